"""Obligations as the plain values their pages show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import AuditEntry, Membership
from accounts.services.audit import actor_name
from negotiation.models import ClauseText
from negotiation.services import reviews
from obligations.dates import LATEST, add_months
from obligations.models import Bearer, Obligation, ObligationQuerySet, ObligationState
from obligations.services.mapping import describe_rule
from obligations.services.reminders import MORNING, instant, offsets
from playbooks.pages import rung_name

SOON = 7
MONTHS_AHEAD = 6


def today_of(member: Membership) -> date:
    """The date at the organisation's place, which due dates are meant in."""
    return timezone.now().astimezone(ZoneInfo(member.organisation.zone)).date()


def state_of(row: Obligation, on: date) -> str:
    """The code shown: what was recorded, or what follows from the date."""
    if row.state != ObligationState.PENDING or row.due_on is None:
        return row.state
    if row.due_on < on:
        return "overdue"
    return "due_soon" if row.due_on <= on + timedelta(days=SOON) else "planned"


def lateness(row: Obligation, on: date) -> str:
    if row.state != ObligationState.PENDING or row.due_on is None:
        return ""
    days = (row.due_on - on).days
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    if days <= 30:
        return (
            _("today")
            if days == 0
            else ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
        )
    return ""


def clause_labels(rows: Iterable[Obligation]) -> dict[int, str]:
    """Clause key → number and heading as in the newest version it stands in; one query for all rows."""
    wanted = {row.clause_id for row in rows if row.clause_id}
    texts = ClauseText.objects.filter(clause__in=wanted).order_by("version__number")
    return {text.clause_id: f"{text.number} {text.heading}".strip() for text in texts}


def line(row: Obligation, on: date, clauses: dict[int, str]) -> dict[str, Any]:
    """One row of the table."""
    return {
        "title": row.title,
        "url": row.get_absolute_url(),
        "note": describe_rule(row.due_rule),
        "contract": row.contract.title,
        "contract_url": clause_url(row),
        "clause": clauses.get(row.clause_id or 0, ""),
        "whose": row.bearer,
        "owner": row.owner.user.name if row.owner else "",
        "due_on": row.due_on,
        "lateness": lateness(row, on),
        "state": state_of(row, on),
        "change_url": reverse("obligations:change", args=[row.uuid]),
        "owner_uuid": str(row.owner.uuid) if row.owner else "",
        "id": str(row.uuid),
        "version": row.version,
    }


def clause_url(row: Obligation) -> str:
    """The contract, opened at the clause the duty stands on."""
    place = f"#b-{row.finding.block}" if row.finding is not None and row.finding.block else ""
    return row.contract.get_absolute_url() + place


@dataclass(frozen=True)
class Bar:
    """One month of the chart."""

    label: str
    number: int
    url: str


def months_ahead(rows: ObligationQuerySet, on: date) -> list[Bar]:
    """How many duties fall due in each of the coming months, each bar opening its records."""
    first = on.replace(day=1)
    last = add_months(first, MONTHS_AHEAD) or LATEST
    due = rows.pending().filter(due_on__gte=first, due_on__lt=last).order_by()
    counted: Counter[date] = Counter()
    for due_on, number in due.values_list("due_on").annotate(n=Count("pk")):
        if due_on is not None:
            counted[due_on.replace(day=1)] += number
    if not counted:
        return []
    here = reverse("obligations:home")
    months = [month for ahead in range(MONTHS_AHEAD) if (month := add_months(first, ahead))]
    return [
        Bar(
            label=formats.date_format(month, "M"),
            number=counted[month],
            url=f"{here}?{urlencode({'view': 'all', 'month': month.strftime('%Y-%m')})}",
        )
        for month in months
    ]


def whole(row: Obligation, on: date) -> dict[str, Any]:
    """One obligation for its own page."""
    negotiation = row.contract.negotiation
    return {
        "title": row.title,
        "detail": row.detail,
        "state": state_of(row, on),
        "whose": row.bearer,
        "owner": row.owner.user.name if row.owner else "",
        "owner_role": row.owner_role.replace("_", " "),
        "due_on": row.due_on,
        "zone": row.zone,
        "lateness": lateness(row, on),
        "rule": describe_rule(row.due_rule),
        "repeats": _repeats(row.repeats_months),
        "contract": row.contract.title,
        "contract_url": clause_url(row),
        "clause": clause_labels([row]).get(row.clause_id or 0, ""),
        "quote": row.quote,
        "negotiation": negotiation.title,
        "negotiation_url": negotiation.get_absolute_url(),
        "issue": row.issue.replace("_", " "),
        "rung": _rung_words(row),
        "version": row.version,
    }


def _rung_words(row: Obligation) -> str:
    """The rung as its ladder names it: "Fallback 1: twelve months"; its code where no ladder is known."""
    if not row.rung or row.finding is None:
        return row.rung
    issue = next((one for one in reviews.rules_of(row.finding).issues if one.code == row.issue), None)
    place = next((at for at, one in enumerate(issue.rungs) if one.id == row.rung), None) if issue else None
    if issue is None or place is None:
        return row.rung
    return f"{rung_name(place)}: {issue.rungs[place].label}".removesuffix(": ")


def _repeats(months: int | None) -> str:
    if not months:
        return ""
    return ngettext("every month", "every %(months)d months", months) % {"months": months}


def fulfilments(row: Obligation) -> list[dict[str, Any]]:
    return [
        {
            "due_on": done.due_on,
            "state": done.outcome,
            "done_on": done.recorded_at,
            "by": done.recorded_by.user.name,
            "evidence": done.evidence,
            "file": done.file_name,
            "file_url": done.file_url,
            "file_hash": done.file.sha256 if done.file else "",
        }
        for done in row.fulfilments.select_related("recorded_by__user", "file").order_by(
            "-recorded_at", "-pk"
        )
    ]


def reminders(row: Obligation) -> list[dict[str, Any]]:
    """The reminders of the present date and owner, and all that were sent."""
    shown = []
    for reminder in row.reminders.select_related("to__user").order_by("-due_on", "-days_before"):
        is_planned = (
            row.state == ObligationState.PENDING
            and reminder.due_on == row.due_on
            and reminder.to_id == row.owner_id
        )
        if reminder.sent_at is None and not is_planned:
            continue
        planned = instant(reminder.due_on - timedelta(days=reminder.days_before), row.zone)
        shown.append(
            {
                "at": reminder.sent_at or planned,
                "to": reminder.to.user.name,
                "state": "sent" if reminder.sent_at else "planned",
            }
        )
    return shown


def reminder_plan(row: Obligation) -> str:
    """When reminders go out for it, in one sentence; what is missing for any where none will."""
    if row.state != ObligationState.PENDING:
        return ""
    if row.owner is None or row.due_on is None:
        return _("None is planned: it needs an owner and a date first.")
    days = offsets(row)
    if not days:
        return _("The organisation sends none by itself.")
    names = [
        _("on the day")
        if ahead == 0
        else ngettext("%(days)d day before", "%(days)d days before", ahead) % {"days": ahead}
        for ahead in days
    ]
    return _("By mail to %(name)s, %(when)s, at %(hour)s (%(zone)s).") % {
        "name": row.owner.user.name,
        "when": ", ".join(names),
        "hour": MORNING.strftime("%H:%M"),
        "zone": row.zone,
    }


SENTENCES = {
    "obligation.created": gettext_lazy("created it from the signed contract"),
    "obligation.added": gettext_lazy("added it"),
    "obligation.changed": gettext_lazy("changed title, owner or date"),
    "obligation.fulfilled": gettext_lazy("recorded it as fulfilled"),
    "obligation.waived": gettext_lazy("waived it"),
    "obligation.cancelled": gettext_lazy("cancelled it"),
    "obligation.reopened": gettext_lazy("reopened it"),
    "reminder.asked": gettext_lazy("asked for a reminder"),
    "reminder.sent": gettext_lazy("sent a reminder"),
}


def history(row: Obligation) -> list[dict[str, Any]]:
    """What the record says of this obligation, newest first."""
    entries = AuditEntry.objects.filter(organisation=row.organisation, object_uuid=row.uuid)
    return [
        {"at": entry.at, "who": actor_name(entry), "sentence": SENTENCES.get(entry.action, entry.action)}
        for entry in entries.select_related("actor_user", "actor_guest").order_by("-number")
    ]


def by_party(rows: ObligationQuerySet) -> Sequence[tuple[str, int]]:
    """Counterparty → pending obligations, most first."""
    found = (
        rows.pending()
        .filter(contract__negotiation__sides__is_ours=False)
        .order_by()
        .values_list("contract__negotiation__sides__name")
        .annotate(n=Count("pk", distinct=True))
    )
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


WHOSE = {
    "mine": gettext_lazy("Mine"),
    "team": gettext_lazy("My team"),
    "all": gettext_lazy("All"),
    "theirs": gettext_lazy("Theirs"),
}


def of_view(rows: ObligationQuerySet, view: str, member: Membership) -> ObligationQuerySet:
    """The rows of one of the four views; unknown codes mean all."""
    if view == "mine":
        return rows.of(member)
    if view == "team":
        return rows.of_teams_of(member)
    if view == "theirs":
        return rows.filter(bearer=Bearer.THEIRS)
    return rows
