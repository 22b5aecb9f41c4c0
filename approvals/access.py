"""Which approval requests a member sees: those of the deals they see."""

import uuid

from django.db.models import QuerySet

from accounts.access import load
from accounts.models import Membership
from approvals.models import ApprovalRequest
from negotiation.access import contracts_visible_to


def requests_visible_to(member: Membership) -> QuerySet[ApprovalRequest]:
    return (
        ApprovalRequest.objects.filter(contract__in=contracts_visible_to(member))
        .select_related("negotiation", "contract", "clause", "finding", "requested_by__user", "organisation")
        .prefetch_related("steps__team", "steps__person__user", "steps__decision__by__user")
    )


def get_request(member: Membership, uuid: uuid.UUID, action: str) -> ApprovalRequest:
    return load(requests_visible_to(member), member, action, uuid=uuid)
