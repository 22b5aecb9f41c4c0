"""The figures and deals that every page shows of the person's work: two queries, made when they are shown."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Subquery
from django.http import HttpRequest

from accounts.models import AuditEntry, Membership, Notification
from approvals import pages as approval_pages
from approvals.access import requests_visible_to
from negotiation.access import negotiations_visible_to
from negotiation.models import Stage
from obligations.access import obligations_visible_to
from obligations.pages import today_of

AT_HAND = 8


@dataclass(frozen=True)
class Figures:
    """How much there is of what one person looks after."""

    approvals: int  # wait for their word
    overdue: int  # of their own obligations
    soon: int  # of their own obligations, due within 30 days
    running: int  # negotiations in sight
    unread: int  # notifications


class _Tally(Subquery):
    """How many rows a query gives, as one column of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) tallied)"
    output_field = IntegerField()


def figures_of(member: Membership) -> Figures:
    """All figures in one query: they stand on every page."""
    on = today_of(member)
    mine = obligations_visible_to(member).of(member)
    counted = {
        "approvals": approval_pages.waiting_for(requests_visible_to(member), member),
        "overdue": mine.overdue(on),
        "soon": mine.due_within(on, 30),
        "running": negotiations_visible_to(member).filter(archived_at=None).exclude(stage=Stage.HANDOVER),
        "unread": Notification.objects.filter(member=member, read_at=None),
    }
    tallies = {name: _Tally(rows.order_by().values("pk")) for name, rows in counted.items()}
    row: Any = Membership.objects.filter(pk=member.pk).annotate(**tallies).get()
    return Figures(**{name: getattr(row, name) for name in counted})


@dataclass(frozen=True)
class Deal:
    """A deal to go back to; `worked_on` says that the person did something in it."""

    title: str
    url: str
    hint: str
    worked_on: bool


def deals_of(member: Membership) -> list[Deal]:
    """The deals this person worked on last, as the record tells; then the newest others in sight."""
    entries = AuditEntry.objects.filter(
        organisation=member.organisation, actor_user=member.user, negotiation_uuid=OuterRef("uuid")
    )
    rows = (
        negotiations_visible_to(member)
        .filter(archived_at=None)
        .annotate(touched=Subquery(entries.order_by("-number").values("number")[:1]))
        .order_by(F("touched").desc(nulls_last=True), "-pk")
    )
    return [
        Deal(row.title, row.get_absolute_url(), str(row.get_stage_display()), row.touched is not None)
        for row in rows[:AT_HAND]
    ]


class Work:
    """Figures and deals of one request: asked for when they are first shown, and only once."""

    def __init__(self, member: Membership | None) -> None:
        self._member = member

    @cached_property
    def figures(self) -> Figures:
        return figures_of(self._member) if self._member else Figures(0, 0, 0, 0, 0)

    @cached_property
    def deals(self) -> list[Deal]:
        return deals_of(self._member) if self._member else []


def work_of(request: HttpRequest) -> Work:
    """The same object for view and frame of one request, so that nothing is counted twice."""
    work: Work | None = getattr(request, "work", None)
    if work is None:
        work = Work(getattr(request, "member", None))
        request.work = work  # type: ignore[attr-defined]
    return work
