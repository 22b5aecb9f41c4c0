"""Who sees runs: those whose work it is to look over all contracts of the organisation.

A run tells about many deals at once, so there is no «only mine» here: whoever may not see all deals does not
see runs.
"""

import uuid

from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.access import ANALYSE, load, may
from accounts.models import Membership
from analytics.models import Run, RunItem
from negotiation.access import contracts_visible_to
from negotiation.models import Contract, Version, VersionState


def runs_visible_to(member: Membership) -> QuerySet[Run]:
    rows = Run.objects.filter(organisation=member.organisation)
    rows = rows.select_related("playbook_version__playbook", "against", "started_by__user", "organisation")
    # The rules of each row's versions would be read and parsed with it, and no page needs them all.
    rows = rows.defer("rules", "playbook_version__data", "against__data")
    return rows if may(member, ANALYSE) else rows.none()


def items_visible_to(member: Membership) -> QuerySet[RunItem]:
    rows = RunItem.objects.filter(run__in=runs_visible_to(member))
    return rows.select_related("run", "contract__negotiation", "organisation").defer("run__rules")


def get_run(member: Membership, uuid: uuid.UUID, action: str) -> Run:
    return load(runs_visible_to(member), member, action, uuid=uuid)


def get_item(member: Membership, uuid: uuid.UUID, action: str) -> RunItem:
    return load(items_visible_to(member), member, action, uuid=uuid)


def readable_contracts(member: Membership) -> QuerySet[Contract]:
    """Contracts the member sees that have a text to read, the newest first."""
    ready = Version.objects.filter(contract=OuterRef("pk"), state=VersionState.READY)
    rows = contracts_visible_to(member).filter(Exists(ready), archived_at=None)
    return rows.order_by(F("executed_at").desc(nulls_last=True), "-pk")
