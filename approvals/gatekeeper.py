"""What approvals has to say before a turn leaves and before signing starts."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from approvals.models import ApprovalRequest, RequestState
from approvals.services import requests
from negotiation.gates import Concession, Obstacle
from negotiation.models import Contract, Version


def check_turn(contract: Contract, standing: Sequence[Concession]) -> Iterable[Obstacle]:
    """Every concession that is not free needs an approval that covers it."""
    for concession in standing:
        if concession.is_free:
            continue
        request = requests.covering(contract, concession)
        if request is None:
            message = _("“%(title)s” would be conceded and nobody was asked yet.")
            yield Obstacle(
                message % {"title": concession.finding.title}, contract.get_absolute_url(), "unasked"
            )
        elif request.state == RequestState.OPEN:
            message = _("“%(title)s” waits for approval.") % {"title": request.title}
            yield Obstacle(message, request.get_absolute_url(), "waiting")
        elif request.state == RequestState.REJECTED:
            message = _("“%(title)s” was rejected: change the clause or reserve the point.")
            yield Obstacle(message % {"title": request.title}, request.get_absolute_url(), "rejected")


def check_signing(contract: Contract, version: Version) -> Iterable[Obstacle]:
    """Signing cannot start while a variance is open anywhere in this contract."""
    for request in ApprovalRequest.objects.filter(contract=contract, state=RequestState.OPEN):
        yield Obstacle(
            _("“%(title)s” still waits for approval.") % {"title": request.title},
            request.get_absolute_url(),
            "waiting",
        )
