"""Which obligations a member sees: those of the contracts they see."""

import uuid

from django.db.models import QuerySet

from accounts.access import load
from accounts.models import Membership
from negotiation.access import contracts_visible_to
from obligations.models import CalendarFeed, Fulfilment, Obligation, ObligationQuerySet


def obligations_visible_to(member: Membership) -> ObligationQuerySet:
    return Obligation.objects.filter(contract__in=contracts_visible_to(member)).select_related(
        "contract__negotiation", "clause", "owner__user", "team", "organisation", "finding"
    )


def get_obligation(member: Membership, uuid: uuid.UUID, action: str) -> Obligation:
    return load(obligations_visible_to(member), member, action, uuid=uuid)


def fulfilments_visible_to(member: Membership) -> QuerySet[Fulfilment]:
    return Fulfilment.objects.filter(obligation__in=obligations_visible_to(member)).select_related(
        "obligation__contract__negotiation", "organisation", "file"
    )


def get_fulfilment(member: Membership, uuid: uuid.UUID, action: str) -> Fulfilment:
    return load(fulfilments_visible_to(member), member, action, uuid=uuid)


def feeds_visible_to(member: Membership) -> QuerySet[CalendarFeed]:
    """Only one's own."""
    return CalendarFeed.objects.filter(member=member)
