"""Which approval requests a member sees: those of the deals they see. The matrix is everybody's to read."""

import uuid

from django.db.models import Prefetch, QuerySet

from accounts.access import VIEW, load, may
from accounts.models import Membership
from approvals.models import ApprovalRequest, ApprovalStep, MatrixRow
from negotiation.access import contracts_visible_to


def requests_visible_to(member: Membership) -> QuerySet[ApprovalRequest]:
    steps = ApprovalStep.objects.select_related("team", "person__user", "line", "decision__by__user")
    return (
        ApprovalRequest.objects.filter(contract__in=contracts_visible_to(member))
        .select_related(
            "negotiation__organisation",
            "contract",
            "clause",
            "finding__review__playbook_version__playbook",
            "requested_by__user",
            "organisation",
            "reopened_from",
        )
        .prefetch_related(Prefetch("steps", steps))
    )


def get_request(member: Membership, uuid: uuid.UUID, action: str) -> ApprovalRequest:
    return load(requests_visible_to(member), member, action, uuid=uuid)


def matrix_lines_visible_to(member: Membership) -> QuerySet[MatrixRow]:
    rows = MatrixRow.objects.filter(organisation=member.organisation)
    return rows if may(member, VIEW) else rows.none()


def get_matrix_line(member: Membership, uuid: uuid.UUID, action: str) -> MatrixRow:
    return load(matrix_lines_visible_to(member), member, action, uuid=uuid)
