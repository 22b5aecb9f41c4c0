"""Keeping the approval matrix: lines are added and archived, never changed in place or deleted, so an old
request can still say which line asked."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Team
from accounts.services import audit
from approvals.models import MatrixRow


@transaction.atomic
def add_line(
    *,
    by: Membership,
    issue: str = "",
    rung: str = "",
    risk: str = "",
    value_from_minor: int | None = None,
    currency: str = "",
    team: Team | None = None,
    person: Membership | None = None,
) -> MatrixRow:
    """A deviation like this also asks this team or person. Raises ValidationError where neither is named, or
    where they belong to somebody else."""
    if (team is None) == (person is None):
        raise ValidationError(_("Name one team or one person who decides."))
    for approver in (team, person):
        if approver is not None and approver.organisation_id != by.organisation_id:
            raise ValidationError(_("The approver must belong to this organisation."))
    line = MatrixRow.objects.create(
        organisation=by.organisation,
        issue=issue,
        rung=rung,
        risk=risk,
        value_from_minor=value_from_minor,
        currency=currency if value_from_minor is not None else "",
        team=team,
        person=person,
    )
    audit.record(
        organisation=by.organisation,
        by=by,
        action="matrix.line_added",
        target=line,
        payload={
            "issue": issue,
            "rung": rung,
            "risk": risk,
            "value_from_minor": value_from_minor,
            "currency": line.currency,
            "team": team.code if team else "",
            "person": str(person.uuid) if person else "",
        },
    )
    return line


@transaction.atomic
def archive_line(*, line: MatrixRow, by: Membership, seen: int) -> MatrixRow:
    """Take a line out of force; requests already open keep their approvers. Raises Conflict if it changed."""
    if line.archived_at is not None:
        return line
    line.change(seen=seen, archived_at=timezone.now())
    audit.record(organisation=by.organisation, by=by, action="matrix.line_archived", target=line)
    return line
