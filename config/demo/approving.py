"""Conceding and approving, as the story says: who asked, who agreed, and in which words."""

from collections.abc import Sequence

from accounts.models import Membership
from approvals.models import ApprovalRequest, RequestState
from approvals.services import decisions as deciding
from approvals.services.requests import may_decide
from config.demo.cast import Cast
from config.demo.story_model import Ask
from negotiation.models import Contract, Decision, FindingStatus
from negotiation.services import draft


def concede(cast: Cast, contract: Contract, ask: Ask) -> None:
    """Concede what the story says is waiting for an approver: the request opens by itself."""
    version = contract.ready_version()
    if version is None:
        return
    start = version.text.find(ask.place.quote)
    undecided = contract.findings.filter(review__version=version, decision=Decision.OPEN)
    # The words that were asked about may have been answered since: then the issue itself tells.
    finding = undecided.filter(start__lte=start, end__gt=start).first() if start >= 0 else None
    finding = finding or undecided.filter(issue=ask.place.topic).first()
    if finding is not None:
        draft.concede(
            finding=finding, by=cast.members[ask.asked_by], seen=finding.version, reason=ask.business_reason
        )


def settle_the_rest(cast: Cast, contract: Contract, by: Membership, asks: Sequence[Ask]) -> None:
    """Past the negotiation nothing is open but what the story still asks about: the rest is accepted and,
    where that needs somebody's word, approved."""
    waiting = {ask.place.topic for ask in asks if ask.status == "pending"}
    version = contract.ready_version()
    undecided = contract.findings.filter(review__version=version, decision=Decision.OPEN)
    for finding in undecided.exclude(status=FindingStatus.COMPLIANT).exclude(issue__in=waiting):
        draft.concede(finding=finding, by=by, seen=finding.version, reason="Agreed in the last round.")
    approve_all(cast, contract, asks)


def approve_all(cast: Cast, contract: Contract, asks: Sequence[Ask]) -> None:
    said = {ask.approver: ask.words for ask in asks if ask.status == "approved"}
    for request in ApprovalRequest.objects.filter(contract=contract, state=RequestState.OPEN):
        for key, member in cast.members.items():
            request.refresh_from_db()
            waiting = request.steps.filter(state="waiting")
            if request.state == RequestState.OPEN and any(may_decide(member, step) for step in waiting):
                deciding.decide(
                    request=request,
                    outcome=RequestState.APPROVED,
                    by=member,
                    seen=request.version,
                    comment=said.get(key, "Fine for this supplier and this value."),
                )
