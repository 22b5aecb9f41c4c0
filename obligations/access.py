"""Which obligations a member sees: those of the contracts they see."""

import uuid

from django.db.models import QuerySet

from accounts.access import load
from accounts.models import Membership
from negotiation.access import contracts_visible_to
from obligations.models import Obligation


def obligations_visible_to(member: Membership) -> QuerySet[Obligation]:
    return Obligation.objects.filter(contract__in=contracts_visible_to(member)).select_related(
        "contract__negotiation", "clause", "owner__user", "team", "organisation"
    )


def get_obligation(member: Membership, uuid: uuid.UUID, action: str) -> Obligation:
    return load(obligations_visible_to(member), member, action, uuid=uuid)
