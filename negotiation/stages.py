"""The seven stages, the moves allowed between them, and what must be there to leave each."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiation.gates import Obstacle
from negotiation.models import Contract, Negotiation, Stage
from negotiation.models.contracts import ContractState
from negotiation.package import Document, documents

ORDER: list[str] = [stage.value for stage in Stage]

ALLOWED: dict[str, list[str]] = {
    stage: ORDER[:position] + ORDER[position + 1 : position + 2] for position, stage in enumerate(ORDER)
}
"""One step forward, or back to any earlier stage."""


def is_forward(current: str, target: str) -> bool:
    return ORDER.index(target) > ORDER.index(current)


def missing_to_leave(negotiation: Negotiation, package: Sequence[Document] | None = None) -> list[Obstacle]:
    """The exit criteria of the current stage that are not met, each with a place to meet it. `package` are
    the deal's contracts, where they are at hand."""
    check = {
        Stage.PREPARATION: _preparation,
        Stage.DRAFTING: _drafting,
        Stage.ISSUES: _issues,
        Stage.COUNTERS: _counters,
        Stage.REVISION: _revision,
        Stage.APPROVAL: _approval,
        Stage.HANDOVER: _nothing,
    }[Stage(negotiation.stage)]
    return check(negotiation, documents(negotiation.contracts.all()) if package is None else package)


def _here(negotiation: Negotiation) -> str:
    return reverse("negotiation:detail", args=[negotiation.uuid])


def _nothing(negotiation: Negotiation, package: Sequence[Document]) -> list[Obstacle]:
    return []


def _preparation(negotiation: Negotiation, package: Sequence[Document]) -> list[Obstacle]:
    missing = []
    if not negotiation.objectives.strip():
        missing.append(
            Obstacle(
                _("State what we want from this deal."),
                reverse("negotiation:change", args=[negotiation.uuid]),
                "objectives",
            )
        )
    if not package:
        missing.append(
            Obstacle(_("Put at least one contract into the package."), _here(negotiation), "package")
        )
    return missing


def _drafting(negotiation: Negotiation, package: Sequence[Document]) -> list[Obstacle]:
    return [
        Obstacle(
            _("“%(title)s” has no draft yet.") % {"title": document.contract.title},
            _here(negotiation),
            "draft",
        )
        for document in package
        if not document.is_read
    ]


def _issues(negotiation: Negotiation, package: Sequence[Document]) -> list[Obstacle]:
    """Every contract that is negotiated under a playbook was reviewed; those without one need no review."""
    return [
        _of(document.contract, _("“%(title)s” was not reviewed yet."), "review")
        for document in package
        if document.contract.playbook_version_id is not None and not document.is_reviewed
    ]


def _counters(negotiation: Negotiation, package: Sequence[Document]) -> list[Obstacle]:
    missing = []
    for document in package:
        contract, changes, issues = document.contract, document.undecided_changes, document.open_issues
        if contract.state != ContractState.NEGOTIATING:
            continue
        if changes:
            message = ngettext(
                "%(count)d change of theirs in “%(title)s” waits for a decision.",
                "%(count)d changes of theirs in “%(title)s” wait for a decision.",
                changes,
            )
            missing.append(_of(contract, message, "changes", changes))
        if issues:
            message = ngettext(
                "%(count)d issue in “%(title)s” is open.", "%(count)d issues in “%(title)s” are open.", issues
            )
            missing.append(_of(contract, message, "issues", issues))
    return missing


def _revision(negotiation: Negotiation, package: Sequence[Document]) -> list[Obstacle]:
    return [
        _of(document.contract, _("“%(title)s” is not agreed by both sides."), "agreement")
        for document in package
        if document.contract.state == ContractState.NEGOTIATING
    ]


def _approval(negotiation: Negotiation, package: Sequence[Document]) -> list[Obstacle]:
    return [
        _of(document.contract, _("“%(title)s” is not signed by everybody."), "signature")
        for document in package
        if document.contract.state != ContractState.EXECUTED
    ]


def _of(contract: Contract, message: str, code: str, count: int = 0) -> Obstacle:
    return Obstacle(message % {"title": contract.title, "count": count}, contract.get_absolute_url(), code)
