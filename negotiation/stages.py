"""The seven stages, the moves allowed between them, and what must be there to leave each."""

from django.urls import reverse
from django.utils.translation import gettext as _

from negotiation.gates import Obstacle
from negotiation.models import (
    ChangeOrigin,
    ChangeState,
    Decision,
    FindingStatus,
    Negotiation,
    Stage,
    VersionState,
)
from negotiation.models.contracts import ContractState

ORDER: list[str] = [stage.value for stage in Stage]

ALLOWED: dict[str, list[str]] = {
    stage: ORDER[:position] + ORDER[position + 1 : position + 2] for position, stage in enumerate(ORDER)
}
"""One step forward, or back to any earlier stage."""


def is_forward(current: str, target: str) -> bool:
    return ORDER.index(target) > ORDER.index(current)


def missing_to_leave(negotiation: Negotiation) -> list[Obstacle]:
    """The exit criteria of the current stage that are not met, each with a place to meet it."""
    check = {
        Stage.PREPARATION: _preparation,
        Stage.DRAFTING: _drafting,
        Stage.ISSUES: _issues,
        Stage.COUNTERS: _counters,
        Stage.REVISION: _revision,
        Stage.APPROVAL: _approval,
        Stage.HANDOVER: _nothing,
    }[Stage(negotiation.stage)]
    return check(negotiation)


def _here(negotiation: Negotiation) -> str:
    return reverse("negotiation:detail", args=[negotiation.uuid])


def _nothing(negotiation: Negotiation) -> list[Obstacle]:
    return []


def _preparation(negotiation: Negotiation) -> list[Obstacle]:
    missing = []
    if not negotiation.objectives.strip():
        missing.append(Obstacle(_("State what we want from this deal."), _here(negotiation), "objectives"))
    if not negotiation.contracts.exists():
        missing.append(
            Obstacle(_("Put at least one contract into the package."), _here(negotiation), "package")
        )
    return missing


def _drafting(negotiation: Negotiation) -> list[Obstacle]:
    without = [
        contract
        for contract in negotiation.contracts.all()
        if not contract.versions.filter(state=VersionState.READY).exists()
    ]
    return [
        Obstacle(_("“%(title)s” has no draft yet.") % {"title": c.title}, _here(negotiation), "draft")
        for c in without
    ]


def _issues(negotiation: Negotiation) -> list[Obstacle]:
    """Every contract that is negotiated under a playbook was reviewed; those without one need no review."""
    missing = []
    for contract in negotiation.contracts.exclude(playbook_version=None):
        latest = contract.ready_version()
        if latest is None or not latest.reviews.exists():
            missing.append(
                Obstacle(
                    _("“%(title)s” was not reviewed yet.") % {"title": contract.title},
                    reverse("negotiation:contract", args=[contract.uuid]),
                    "review",
                )
            )
    return missing


def _counters(negotiation: Negotiation) -> list[Obstacle]:
    missing = []
    for contract in negotiation.contracts.all():
        url = reverse("negotiation:contract", args=[contract.uuid])
        latest = contract.ready_version()
        if latest is None or contract.state != ContractState.NEGOTIATING:
            continue
        undecided = latest.changes.exclude(origin=ChangeOrigin.DRAFT).filter(
            state=ChangeState.PENDING, side__is_ours=False
        )
        open_findings = contract.findings.filter(review__version=latest, decision=Decision.OPEN).exclude(
            status=FindingStatus.COMPLIANT
        )
        if undecided.exists():
            message = _("%(count)d of their changes in “%(title)s” wait for a decision.")
            missing.append(
                Obstacle(message % {"count": undecided.count(), "title": contract.title}, url, "changes")
            )
        if open_findings.exists():
            message = _("%(count)d issues in “%(title)s” are open.")
            missing.append(
                Obstacle(message % {"count": open_findings.count(), "title": contract.title}, url, "issues")
            )
    return missing


def _revision(negotiation: Negotiation) -> list[Obstacle]:
    return [
        Obstacle(
            _("“%(title)s” is not agreed by both sides.") % {"title": contract.title},
            reverse("negotiation:contract", args=[contract.uuid]),
            "agreement",
        )
        for contract in negotiation.contracts.filter(state=ContractState.NEGOTIATING)
    ]


def _approval(negotiation: Negotiation) -> list[Obstacle]:
    return [
        Obstacle(
            _("“%(title)s” is not signed by everybody.") % {"title": contract.title},
            reverse("negotiation:contract", args=[contract.uuid]),
            "signature",
        )
        for contract in negotiation.contracts.exclude(state=ContractState.EXECUTED)
    ]
