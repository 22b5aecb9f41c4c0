"""A deal's checklist: which steps it has, and ticking one."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.services import audit
from negotiation.models import ChecklistStep, Negotiation
from negotiation.words import checked
from playbooks.packs.checklists import Step, steps_for

LONGEST_NOTE = 500


def steps_of(negotiation: Negotiation) -> tuple[Step, ...]:
    """The steps for this kind of negotiation and the kinds of contract in its package."""
    pinned = negotiation.contracts.exclude(playbook_version=None)
    kinds = pinned.values_list("playbook_version__data__contract_type", flat=True).distinct()
    return steps_for([kind for kind in kinds if kind], negotiation.kind)


def summary(negotiation: Negotiation) -> dict[str, int]:
    """How many of the steps are done: `done` of `total`."""
    codes = [step.code for step in steps_of(negotiation)]
    done = negotiation.checklist_steps.filter(step__in=codes, is_done=True).count()
    return {"done": done, "total": len(codes)}


@transaction.atomic
def record_step(
    *,
    negotiation: Negotiation,
    step: str,
    is_done: bool,
    note: str,
    seen: int,
    by: Membership,
    at: datetime | None = None,
) -> ChecklistStep:
    """Say that a step is done or is not, with a note. `seen` is the row's version the form was shown with,
    0 where there was none.

    Raises ValidationError for a step this deal does not have or an unfit note, and Conflict when a colleague
    was faster.
    """
    if step not in {known.code for known in steps_of(negotiation)}:
        raise ValidationError(_("This deal has no such step any more. Look at the list again."))
    fields = {"is_done": is_done, "note": checked(note, longest=LONGEST_NOTE), "at": at or timezone.now()}
    row, created = ChecklistStep.objects.get_or_create(
        organisation=negotiation.organisation,
        negotiation=negotiation,
        step=step,
        defaults={**fields, "by": by},
    )
    if not created:
        faster = _("A colleague ticked this step meanwhile. Look at it again.")
        row.change(seen=seen, conflict=faster, by=by, **fields)
    audit.record(
        organisation=negotiation.organisation,
        by=by,
        action="checklist.recorded",
        target=negotiation,
        negotiation=negotiation.uuid,
        payload={"step": step, "is_done": is_done},
        personal={"note": fields["note"]},
    )
    return row
