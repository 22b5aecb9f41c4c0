"""Clauses on which no issue of the playbook speaks: a person reads each before the turn leaves."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership
from accounts.services import audit
from negotiation.gates import Obstacle
from negotiation.models import Contract, UncoveredClause, Version


def unread(version: Version) -> list[UncoveredClause]:
    """Those of a version that nobody has read yet, in the order of the text."""
    return list(version.uncovered.filter(read_at=None))


@transaction.atomic
def mark_read(*, version: Version, clauses: Collection[str], by: Membership, knowingly: bool = False) -> int:
    """Record that `by` read these clauses (ids), or with `knowingly` every one that is left. Gives how many.

    Raises ValidationError where none was chosen. One that somebody else ticked first keeps their name.
    """
    rows = version.uncovered.filter(read_at=None)
    if not knowingly:
        if not clauses:
            raise ValidationError(_("Choose the clauses you have read."))
        rows = rows.filter(uuid__in=clauses)
    hashes = list(rows.values_list("hash", flat=True))
    count = rows.update(read_by=by, read_at=timezone.now())
    if count:
        audit.record(
            organisation=version.organisation,
            by=by,
            action="version.clauses_read",
            target=version,
            negotiation=version.contract.negotiation.uuid,
            payload={"clauses": count, "all_at_once": knowingly, "hashes": sorted(hashes)},
        )
    return count


@transaction.atomic
def mark_unread(*, clause: UncoveredClause, by: Membership) -> None:
    """Take a tick back."""
    version = clause.version
    if UncoveredClause.objects.filter(pk=clause.pk, read_at__isnull=False).update(read_by=None, read_at=None):
        audit.record(
            organisation=version.organisation,
            by=by,
            action="version.clause_unread",
            target=version,
            negotiation=version.contract.negotiation.uuid,
            payload={"hash": clause.hash},
        )


def obstacles(contract: Contract, version: Version) -> list[Obstacle]:
    """Why a turn on this version cannot leave: clauses that neither a rule nor a person has looked at."""
    count = version.uncovered.filter(read_at=None).count()
    if not count:
        return []
    message = ngettext(
        "%(count)d clause is covered by no rule of the playbook: read it and tick it.",
        "%(count)d clauses are covered by no rule of the playbook: read them and tick them.",
        count,
    )
    return [Obstacle(message % {"count": count}, f"{contract.get_absolute_url()}#not-covered", "uncovered")]
