"""Deciding: each step once, the request when its steps have spoken. A lost race is a Conflict."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit
from accounts.services.notifications import notify, settle
from approvals.models import ApprovalDecision, ApprovalRequest, ApprovalStep, RequestState, StepState
from approvals.services import mails
from approvals.services.requests import ASKING, may_decide

OUTCOMES = {
    RequestState.APPROVED: StepState.APPROVED,
    RequestState.CONDITIONAL: StepState.APPROVED,
    RequestState.REJECTED: StepState.REJECTED,
}


def decide(
    *,
    request: ApprovalRequest,
    outcome: str,
    by: Membership,
    seen: int,
    condition: str = "",
    comment: str = "",
    at: datetime | None = None,
) -> ApprovalRequest:
    """Give one's word on every step of the request that waits for this person.

    Raises PermissionDenied for people the request does not ask, ValidationError for a missing condition or
    reason, Conflict with who decided what where somebody was faster.
    """
    at = at or timezone.now()
    if outcome not in OUTCOMES:
        raise ValidationError(_("Choose approve, approve with a condition, or reject."))
    if outcome == RequestState.CONDITIONAL and not condition.strip():
        raise ValidationError(_("Write the condition you approve under."))
    if outcome == RequestState.REJECTED and not comment.strip():
        raise ValidationError(_("Say why you reject it: the reason is kept and shown to the requester."))
    with transaction.atomic():
        # The version check is the lock: of two who decide at once, one UPDATE finds no row.
        won = ApprovalRequest.objects.filter(pk=request.pk, version=seen, state=RequestState.OPEN).update(
            version=seen + 1
        )
        if not won:
            raise Conflict(_who_was_first(request))
        request.refresh_from_db()
        mine = [step for step in _waiting(request) if may_decide(by, step)]
        if not mine:
            raise PermissionDenied
        said = [_decide_step(step, outcome, by, condition, comment, at) for step in mine]
        _settle(request, outcome, condition, at)
        # Decided for good it asks nobody any more; else only this person said their word.
        left = by if request.state == RequestState.OPEN else None
        settle(url=request.get_absolute_url(), kinds=ASKING, at=at, member=left)
        mails.tell_decided(said[0])  # one word on several steps is one mail
        audit.record(
            organisation=request.organisation,
            by=by,
            action=f"approval.{outcome}",
            target=request,
            negotiation=request.negotiation.uuid,
            payload={"issue": request.issue, "rung": request.rung, "steps": len(mine)},
            personal={"condition": condition, "comment": comment} if condition or comment else None,
        )
        notify(
            members=[request.requested_by],
            kind="approval.decided",
            url=request.get_absolute_url(),
            by=by.user.name,
            what=request.title,
            decision=str(RequestState(outcome).label),
        )
    return request


def _waiting(request: ApprovalRequest) -> list[ApprovalStep]:
    return list(request.steps.filter(state=StepState.WAITING).select_related("request", "team", "person"))


def _decide_step(
    step: ApprovalStep, outcome: str, by: Membership, condition: str, comment: str, at: datetime
) -> ApprovalDecision:
    decision = ApprovalDecision.objects.create(
        organisation=by.organisation,
        step=step,
        by=by,
        outcome=outcome,
        condition=condition,
        comment=comment,
        decided_at=at,
    )
    step.state = OUTCOMES[RequestState(outcome)]
    step.save(update_fields=["state"])
    return decision


def _settle(request: ApprovalRequest, outcome: str, condition: str, at: datetime) -> None:
    """One rejection ends the request; approval needs every step; one condition makes it conditional."""
    if condition:
        joined = "\n".join(part for part in (request.condition, condition) if part)
        ApprovalRequest.objects.filter(pk=request.pk).update(condition=joined)
    if outcome == RequestState.REJECTED:
        final: str | None = RequestState.REJECTED
    elif _waiting(request):
        final = None
    else:
        conditional = ApprovalDecision.objects.filter(
            step__request=request, outcome=RequestState.CONDITIONAL
        ).exists()
        final = RequestState.CONDITIONAL if conditional else RequestState.APPROVED
    if final is not None:
        ApprovalRequest.objects.filter(pk=request.pk).update(state=final, decided_at=at)
    request.refresh_from_db()


def _who_was_first(request: ApprovalRequest) -> str:
    last = (
        ApprovalDecision.objects.filter(step__request=request)
        .select_related("by__user")
        .order_by("-decided_at", "-pk")
        .first()
    )
    if last is None:
        return _("This request was changed or withdrawn while you had it open; look at it again.")
    return _("%(name)s already decided: %(what)s. Your decision was not recorded.") % {
        "name": last.by.user.name,
        "what": RequestState(last.outcome).label,
    }
