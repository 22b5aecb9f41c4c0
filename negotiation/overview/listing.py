"""The rows of the list of deals, as plain values."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from negotiation import stages
from negotiation.models import (
    Decision,
    Finding,
    FindingStatus,
    Negotiation,
    Stage,
    Turn,
    Version,
    VersionState,
)


def list_row(negotiation: Negotiation) -> dict[str, Any]:
    """One row of the list, of `for_list`: no query of its own."""
    theirs = next((side for side in negotiation.sides.all() if not side.is_ours), None)
    last_is_ours: bool | None = getattr(negotiation, "last_turn_is_ours", None)
    return {
        "title": negotiation.title,
        "url": negotiation.get_absolute_url(),
        "counterparty": theirs.name if theirs else "",
        "kind": negotiation.get_kind_display(),
        "stage": negotiation.get_stage_display(),
        "stage_number": stages.ORDER.index(negotiation.stage) + 1,
        "whose": _whose(negotiation, last_is_ours=bool(last_is_ours)),
        "since": getattr(negotiation, "last_turn_at", None) or negotiation.created_at,
        "lead": negotiation.owner.user.name,
        "value_minor": negotiation.value_minor,
        "currency": negotiation.currency,
        "open_issues": getattr(negotiation, "open_issues", 0),
        "waiting_approvals": 0,
        "risk": "",
    }


def for_list(rows: QuerySet[Negotiation]) -> QuerySet[Negotiation]:
    """The deals with all that `list_row` shows of them: one query and one for the sides, however many."""
    turns = Turn.objects.filter(contract__negotiation=OuterRef("pk")).order_by("-sent_at", "-pk")
    newest = (
        Version.objects.filter(contract=OuterRef("contract"), state=VersionState.READY)
        .order_by("-number")
        .values("pk")[:1]
    )
    undecided = (
        Finding.objects.filter(
            contract__negotiation=OuterRef("pk"),
            decision=Decision.OPEN,
            review__version=Subquery(newest),
        )
        .exclude(status=FindingStatus.COMPLIANT)
        .order_by()
        .values("contract__negotiation")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return (
        rows.select_related("owner__user", "organisation")
        .prefetch_related("sides")
        .annotate(
            open_issues=Coalesce(Subquery(undecided), 0),
            last_turn_is_ours=Subquery(turns.values("side__is_ours")[:1]),
            last_turn_at=Subquery(turns.values("sent_at")[:1]),
        )
    )


def _whose(negotiation: Negotiation, *, last_is_ours: bool) -> str:
    if negotiation.stage == Stage.HANDOVER:
        return "none"
    return "theirs" if last_is_ours else "ours"
