"""Owning and performing: assign an owner, move a date, record that a duty was performed or waived."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit
from accounts.services.notifications import notify
from negotiation.models import Contract
from obligations.dates import EARLIEST, LATEST, add_months, is_possible
from obligations.models import Bearer, Fulfilment, Obligation, ObligationState
from obligations.services import reminders
from obligations.services.evidence import Evidence, keep

ENDS = (ObligationState.FULFILLED, ObligationState.WAIVED, ObligationState.CANCELLED)


@transaction.atomic
def add_obligation(
    *,
    contract: Contract,
    title: str,
    bearer: str,
    by: Membership,
    owner: Membership | None = None,
    due_on: date | None = None,
    detail: str = "",
) -> Obligation:
    """A duty that no mapping created.

    Raises ValidationError without words for it, with a strange owner, or with an impossible date.
    """
    if not title.strip():
        raise ValidationError(_("Say what is to be done."))
    if owner is not None and owner.organisation_id != contract.organisation_id:
        raise ValidationError(_("The owner must belong to this organisation."))
    _check_day(due_on)
    obligation = Obligation.objects.create(
        organisation=contract.organisation,
        contract=contract,
        title=title.strip(),
        detail=detail,
        bearer=Bearer(bearer),
        owner=owner,
        due_on=due_on,
        zone=contract.organisation.zone,
    )
    _record(obligation, by, "obligation.added", due_on=str(due_on or ""))
    reminders.plan(obligation)
    if owner is not None and owner.pk != by.pk:
        _tell_owner(obligation, owner)
    return obligation


@transaction.atomic
def change_obligation(
    *,
    obligation: Obligation,
    by: Membership,
    seen: int,
    owner: Membership | None,
    due_on: date | None,
    title: str | None = None,
) -> Obligation:
    """Give it another owner, date or title (None: as it is). Reminders for the old date or person are not
    sent any more.

    Raises ValidationError with a strange owner, an impossible date or an empty title, Conflict where it
    changed meanwhile.
    """
    title = obligation.title if title is None else " ".join(title.split())
    if not title:
        raise ValidationError(_("Say what is to be done."))
    if owner is not None and owner.organisation_id != obligation.organisation_id:
        raise ValidationError(_("The owner must belong to this organisation."))
    _check_day(due_on)
    given = owner is not None and owner.pk != obligation.owner_id
    renamed = {} if title == obligation.title else {"title_was": obligation.title, "title": title}
    obligation.change(seen=seen, owner=owner, due_on=due_on, title=title)
    _record(
        obligation,
        by,
        "obligation.changed",
        due_on=str(due_on or ""),
        owner=str(owner.uuid) if owner else "",
        **renamed,
    )
    reminders.plan(obligation)
    if given and owner is not None:
        _tell_owner(obligation, owner)
    return obligation


def _check_day(day: date | None) -> None:
    if day is not None and not is_possible(day):
        raise ValidationError(
            _("A due date lies between %(first)d and %(last)d.")
            % {"first": EARLIEST.year, "last": LATEST.year}
        )


def _tell_owner(obligation: Obligation, owner: Membership) -> None:
    notify(
        members=[owner],
        kind="obligation.assigned",
        url=obligation.get_absolute_url(),
        what=obligation.title,
    )


@transaction.atomic
def record_outcome(
    *,
    obligation: Obligation,
    outcome: str,
    evidence: str,
    by: Membership,
    seen: int,
    file: Evidence | None = None,
    at: datetime | None = None,
) -> Fulfilment:
    """Performed, waived or cancelled. A repeating duty moves to its next date and stays pending, unless it is
    cancelled; where no date follows that a duty may have, it ends here.

    Raises ValidationError without anything that shows it (a waiver and a cancelling need words, a performance
    words or a file), Conflict where it was recorded or changed meanwhile.
    """
    if outcome not in ENDS:
        raise ValidationError(_("Record it as fulfilled, waived or cancelled."))
    if not evidence.strip() and (file is None or outcome != ObligationState.FULFILLED):
        raise ValidationError(needed(outcome))
    if obligation.state != ObligationState.PENDING:
        raise Conflict(
            _("This was already recorded as %(state)s.") % {"state": obligation.get_state_display()}
        )
    next_on = (
        add_months(obligation.due_on, obligation.repeats_months)
        if obligation.repeats_months and obligation.due_on and outcome != ObligationState.CANCELLED
        else None
    )
    due_on = obligation.due_on
    fields = {"due_on": next_on} if next_on else {"state": outcome}
    obligation.change(seen=seen, **fields)
    kept, file_name = keep(file, obligation.organisation) if file is not None else (None, "")
    fulfilment = Fulfilment.objects.create(
        organisation=obligation.organisation,
        obligation=obligation,
        due_on=due_on,
        outcome=outcome,
        evidence=evidence.strip(),
        file=kept,
        file_name=file_name,
        recorded_by=by,
        recorded_at=at or timezone.now(),
    )
    payload = {"due_on": str(due_on or ""), "next_on": str(next_on or "")}
    if kept is not None:
        payload["file_sha256"] = kept.sha256
    _record(obligation, by, f"obligation.{outcome}", **payload)
    reminders.plan(obligation)
    return fulfilment


def needed(outcome: str) -> str:
    """What is missing where nothing shows what happened."""
    if outcome == ObligationState.WAIVED:
        return _("Say why it no longer applies.")
    if outcome == ObligationState.CANCELLED:
        return _("Say why the entry is cancelled.")
    return _("Say what shows it, or attach it: an invoice number, a mail, a file.")


@transaction.atomic
def reopen(*, obligation: Obligation, by: Membership, seen: int) -> Obligation:
    """Undo fulfilled, waived or cancelled; reminders still ahead are planned again."""
    if obligation.state == ObligationState.PENDING:
        raise ValidationError(_("This obligation is open already."))
    obligation.change(seen=seen, state=ObligationState.PENDING)
    _record(obligation, by, "obligation.reopened")
    reminders.plan(obligation)
    return obligation


def _record(obligation: Obligation, by: Membership, action: str, **payload: str) -> None:
    audit.record(
        organisation=obligation.organisation,
        by=by,
        action=action,
        target=obligation,
        negotiation=obligation.contract.negotiation.uuid,
        payload=payload,
    )
