"""Reminders are rows with a time. A due job per reminder sends one mail, at least once, with a fixed id."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

import jobs
from accounts.models import Membership
from accounts.services import audit
from accounts.services.notifications import notify
from obligations.dates import is_possible
from obligations.models import Obligation, ObligationState, Reminder

SEND = "obligations.send_reminder"
MORNING = time(8, 0)


def instant(day: date, zone: str) -> datetime:
    """Eight in the morning of a local day as an instant. A time that a clock change skips moves forward by
    the gap; one that occurs twice is taken the first time."""
    local = datetime.combine(day, MORNING, tzinfo=ZoneInfo(zone))
    # Through UTC and back: a wall time inside a gap comes back as the time after it.
    return local.astimezone(ZoneInfo("UTC"))


def offsets(obligation: Obligation) -> list[int]:
    """Days before the due date on which to remind, most first."""
    text = obligation.organisation.reminder_days
    return sorted({int(part) for part in text.split(",") if part.strip()}, reverse=True)


def plan(obligation: Obligation, *, now: datetime | None = None) -> list[Reminder]:
    """Write one reminder and one job for each offset still ahead, for the owner. In the caller's transaction;
    planning twice adds nothing, because the date, offset and person are unique."""
    now = now or timezone.now()
    if obligation.due_on is None or obligation.owner is None or obligation.state != ObligationState.PENDING:
        return []
    if not is_possible(obligation.due_on):
        return []  # kept from before dates were bounded; the days before it may be no dates at all
    planned = []
    for days in offsets(obligation):
        at = instant(obligation.due_on - timedelta(days=days), obligation.zone)
        if at < now:
            continue
        planned.append(_plan_one(obligation, obligation.owner, days, at))
    return planned


@transaction.atomic
def remind_now(obligation: Obligation, *, by: Membership, now: datetime | None = None) -> Reminder:
    """Send the owner a reminder at once, whatever the plan says. Once a day: asking twice sends one.

    Raises ValidationError for a duty without owner or date, one that is done, and where today's was sent.
    """
    now = now or timezone.now()
    if obligation.owner is None or obligation.due_on is None:
        raise ValidationError(_("Give it an owner and a date first: nobody can be reminded of it yet."))
    if obligation.state != ObligationState.PENDING:
        raise ValidationError(_("There is nothing left to remind of."))
    today = now.astimezone(ZoneInfo(obligation.zone)).date()
    reminder = _row(obligation, obligation.owner, (obligation.due_on - today).days)
    if reminder.sent_at is not None:
        raise ValidationError(
            _("%(name)s was already reminded today.") % {"name": obligation.owner.user.name}
        )
    # A key of its own: today's planned job may still wait for its hour, and then finds the mail sent.
    jobs.enqueue(kind=SEND, args={"reminder": reminder.pk, "asked": True}, key=f"{SEND}:{reminder.pk}:asked")
    audit.record(
        organisation=obligation.organisation,
        by=by,
        action="reminder.asked",
        target=obligation,
        negotiation=obligation.contract.negotiation.uuid,
    )
    return reminder


def _plan_one(obligation: Obligation, to: Membership, days: int, at: datetime) -> Reminder:
    reminder = _row(obligation, to, days)
    jobs.enqueue(kind=SEND, args={"reminder": reminder.pk}, key=f"{SEND}:{reminder.pk}", due_at=at)
    return reminder


def _row(obligation: Obligation, to: Membership, days: int) -> Reminder:
    due_on = obligation.due_on
    if due_on is None:
        raise ValueError("an obligation without a date has no reminders")
    host = settings.PARLEY_URL.split("://")[-1].split("/")[0].split(":")[0]
    key = f"{obligation.uuid}.{due_on.isoformat()}.{days}.{to.uuid}"
    reminder, _created = Reminder.objects.get_or_create(
        obligation=obligation,
        due_on=due_on,
        days_before=days,
        to=to,
        defaults={"organisation": obligation.organisation, "message_id": f"<{key}@{host}>"},
    )
    return reminder


@jobs.register(SEND)
def send_reminder(job: jobs.JobContext) -> jobs.Effect | None:
    """Send the mail, then mark it sent in the transaction that ends the job. Nothing is sent for a duty that
    was performed, waived, moved to another date or given to another person in the meantime."""
    reminder = Reminder.objects.select_related(
        "obligation__contract__negotiation", "obligation__organisation", "to__user"
    ).get(pk=job.args["reminder"])
    obligation = reminder.obligation
    still_due = (
        reminder.sent_at is None
        and obligation.state == ObligationState.PENDING
        and obligation.due_on == reminder.due_on
        and obligation.owner_id == reminder.to_id
        and reminder.to.user.is_active
    )
    if not still_due:
        return None
    now = job.now()
    with override(reminder.to.user.language):
        _message(reminder, now, asked=bool(job.args.get("asked"))).send()

    def store() -> None:
        Reminder.objects.filter(pk=reminder.pk, sent_at=None).update(sent_at=now)
        notify(
            members=[reminder.to],
            kind="obligation.reminder",
            url=obligation.get_absolute_url(),
            what=obligation.title,
            due=str(reminder.due_on),
        )
        audit.record(
            organisation=obligation.organisation,
            by=None,
            action="reminder.sent",
            target=obligation,
            negotiation=obligation.contract.negotiation.uuid,
            payload={"due_on": str(reminder.due_on), "days_before": reminder.days_before},
        )

    return store


def _message(reminder: Reminder, now: datetime, *, asked: bool) -> EmailMessage:
    obligation = reminder.obligation
    today = now.astimezone(ZoneInfo(obligation.zone)).date()
    left = (reminder.due_on - today).days
    when = (
        _("in %(days)d days") % {"days": left}
        if left > 1
        else {1: _("tomorrow"), 0: _("today"), -1: _("yesterday")}.get(
            left, _("%(days)d days ago") % {"days": -left}
        )
    )
    planned = instant(reminder.due_on - timedelta(days=reminder.days_before), obligation.zone)
    late = not asked and now - planned > timedelta(hours=12)
    words = {"title": obligation.title, "when": when, "date": reminder.due_on.isoformat()}
    is_past = left < 0
    first = (
        _("%(title)s was due %(when)s, on %(date)s.")
        if is_past
        else _("%(title)s is due %(when)s, on %(date)s.")
    )
    lines = [
        first % words,
        "",
        _("Contract: %(contract)s") % {"contract": obligation.contract.title},
        f"{settings.PARLEY_URL}{obligation.get_absolute_url()}",
    ]
    if late:
        lines += ["", _("This reminder is late: it was planned for %(at)s.") % {"at": planned.isoformat()}]
    subject = (_("Was due %(when)s: %(title)s") if is_past else _("Due %(when)s: %(title)s")) % words
    return EmailMessage(
        subject=" ".join(subject.split()),  # no line break may reach a mail header
        body="\n".join(lines),
        to=[reminder.to.user.email],
        headers={"Message-ID": reminder.message_id},
    )
