"""My work: what needs the person, the figures behind it, the deals that run and those last worked on."""

from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import REQUEST, may
from accounts.models import AuditEntry, Membership
from approvals import pages as approval_pages
from approvals.access import requests_visible_to
from config.attention import attention_for
from negotiation import overview, stages
from negotiation.access import negotiations_visible_to
from negotiation.models import Negotiation, Stage
from obligations.access import obligations_visible_to
from obligations.pages import today_of

RUNNING = 6
RECENT = 5


def context_of(member: Membership) -> dict[str, Any]:
    """The context that `home.html` documents."""
    return {
        "attention": [asdict(line) for line in attention_for(member)],
        "stats": stats(member),
        "negotiations": [_deal(row) for row in running(member)],
        "recent": recent(member),
        "new_url": reverse("negotiation:new") if may(member, REQUEST) else "",
    }


def stats(member: Membership) -> list[dict[str, Any]]:
    on = today_of(member)
    waiting = approval_pages.waiting_for(requests_visible_to(member), member).count()
    mine = obligations_visible_to(member).of(member)
    overdue, soon = mine.overdue(on).count(), mine.due_within(on, 30).count()
    deals = negotiations_visible_to(member).filter(archived_at=None).exclude(stage=Stage.HANDOVER).count()
    duties = reverse("obligations:home")
    rows = [
        (_("Approvals for you"), waiting, reverse("approvals:queue") + "?view=mine", "amber"),
        (_("Your overdue obligations"), overdue, f"{duties}?view=mine&state=overdue", "red"),
        (_("Yours, due in 30 days"), soon, f"{duties}?view=mine&state=month", ""),
        (_("Running negotiations"), deals, reverse("negotiation:list"), ""),
    ]
    return [
        {"label": label, "number": number, "url": url, "tone": tone if number else ""}
        for label, number, url, tone in rows
    ]


def running(member: Membership) -> list[Negotiation]:
    """One's own deals first, then the others in sight, newest first."""
    rows = negotiations_visible_to(member).filter(archived_at=None).exclude(stage=Stage.HANDOVER)
    rows = rows.select_related("owner__user", "organisation").prefetch_related("sides", "contracts")
    own = list(rows.filter(owner=member).order_by("-pk")[:RUNNING])
    others = rows.exclude(owner=member).order_by("-pk")[: RUNNING - len(own)]
    return [*own, *others]


def _deal(row: Negotiation) -> dict[str, Any]:
    shown = overview.list_row(row)
    missing = stages.missing_to_leave(row)
    return {
        "title": row.title,
        "url": row.get_absolute_url(),
        "counterparty": shown["counterparty"],
        "stage": shown["stage"],
        "whose": shown["whose"],
        "since": shown["since"],
        "next": missing[0].message if missing else "",
    }


def recent(member: Membership) -> list[dict[str, str]]:
    """The deals this person did something in last, as the record tells."""
    touched = (
        AuditEntry.objects.filter(
            organisation=member.organisation, actor_user=member.user, negotiation_uuid__isnull=False
        )
        .order_by("-number")
        .values_list("negotiation_uuid", flat=True)[:200]
    )
    order = [uuid for uuid in dict.fromkeys(touched) if uuid is not None][:RECENT]
    rows = {row.uuid: row for row in negotiations_visible_to(member).filter(uuid__in=order)}
    return [
        {
            "title": rows[uuid].title,
            "url": rows[uuid].get_absolute_url(),
            "hint": str(rows[uuid].get_stage_display()),
        }
        for uuid in order
        if uuid in rows
    ]
