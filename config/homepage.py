"""My work: what needs the person, the figures behind it, the deals that run and those last worked on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import REQUEST, may
from accounts.models import Membership
from config.attention import attention_for
from config.figures import Figures, Work
from negotiation import overview, package, stages
from negotiation.access import contracts_visible_to, negotiations_visible_to
from negotiation.models import Negotiation, Stage

RUNNING = 6
RECENT = 5


def context_of(member: Membership, work: Work) -> dict[str, Any]:
    """The context that `home.html` documents, in a number of queries that does not grow with the deals."""
    return {
        "attention": [asdict(line) for line in attention_for(member)],
        "stats": stats(work.figures),
        "negotiations": running(member),
        "recent": [deal for deal in work.deals if deal.worked_on][:RECENT],
        "new_url": reverse("negotiation:new") if may(member, REQUEST) else "",
    }


def stats(figures: Figures) -> list[dict[str, Any]]:
    duties = reverse("obligations:home")
    rows = [
        (_("Approvals for you"), figures.approvals, reverse("approvals:queue") + "?view=mine", "amber"),
        (_("Your overdue obligations"), figures.overdue, f"{duties}?view=mine&state=overdue", "red"),
        (_("Yours, due in 30 days"), figures.soon, f"{duties}?view=mine&state=month", ""),
        (_("Running negotiations"), figures.running, reverse("negotiation:list"), ""),
    ]
    return [
        {"label": label, "number": number, "url": url, "tone": tone if number else ""}
        for label, number, url, tone in rows
    ]


def running(member: Membership) -> list[dict[str, Any]]:
    """One's own deals first, then the others in sight, newest first; each with what it lacks to go on."""
    rows = negotiations_visible_to(member).filter(archived_at=None).exclude(stage=Stage.HANDOVER)
    others_last = Case(When(owner=member, then=Value(0)), default=Value(1))
    deals = list(overview.for_list(rows).order_by(others_last, "-pk")[:RUNNING])
    packages: dict[int, list[package.Document]] = defaultdict(list)
    for document in package.documents(contracts_visible_to(member).filter(negotiation__in=deals)):
        packages[document.contract.negotiation_id].append(document)
    return [_deal(deal, packages[deal.pk]) for deal in deals]


def _deal(row: Negotiation, documents: Sequence[package.Document]) -> dict[str, Any]:
    shown = overview.list_row(row)
    missing = stages.missing_to_leave(row, documents)
    return {
        "title": row.title,
        "url": row.get_absolute_url(),
        "counterparty": shown["counterparty"],
        "stage": shown["stage"],
        "whose": shown["whose"],
        "since": shown["since"],
        "next": missing[0].message if missing else "",
    }
