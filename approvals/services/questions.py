"""Asking back before deciding: an internal comment on the clause, and a line for the person who asked."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.services.notifications import notify
from approvals.models import ApprovalRequest, RequestState
from negotiation.models import Comment, Visibility
from negotiation.services import comments


@transaction.atomic
def ask_requester(*, request: ApprovalRequest, question: str, by: Membership) -> Comment:
    """Put a question to the requester; the request stays open. Raises ValidationError for an empty question
    or a request that is already decided."""
    if request.state != RequestState.OPEN:
        raise ValidationError(_("This request is already decided; comment on the clause instead."))
    if not question.strip():
        raise ValidationError(_("Write your question."))
    comment = comments.add_comment(
        contract=request.contract,
        body=question,
        visibility=Visibility.INTERNAL,
        by=by,
        clause=request.clause,
        finding=request.finding,
    )
    notify(
        members=[request.requested_by],
        kind="comment.mentioned",
        url=request.get_absolute_url(),
        by=by.user.name,
        what=request.title,
    )
    return comment
