"""Uploads by mistake: telling that a file is no answer to what was sent, and taking a version back.

A withdrawn version keeps its row and its bytes. The turn it closed is undone, so that the contract stands as
before; that is possible as long as nobody worked on it.
"""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

import redline
from accounts.models import Membership
from accounts.services import audit
from negotiation.models import (
    Change,
    ChangeState,
    Comment,
    Contract,
    Finding,
    Turn,
    Version,
    VersionLabel,
    VersionState,
)
from negotiation.models.contracts import ContractState
from negotiation.services import again
from negotiation.services.holding import hold_contract

LEAST_SHARED = 0.3
"""Of the shorter text's runs of three words. Measured: two of the sample contracts share at most 0.22, a text
and its first half nearly all."""
_WORDS = re.compile(r"\w+")
_FEWEST_RUNS = 40  # too little text to tell


def is_unlike(contract: Contract, data: bytes) -> bool:
    """Whether a file that passed the gate shares little with what it should answer: our last turn, or
    else the newest version that was read."""
    turn = contract.last_turn(ours=True)
    earlier = turn.version if turn is not None and turn.version.is_ready() else contract.ready_version()
    return earlier is not None and shared(earlier.text, redline.text(data)) < LEAST_SHARED


def refuse_unlike(contract: Contract, data: bytes) -> None:
    """Raises ValidationError with code *unlike* for a file that shares little with what was exchanged;
    whoever means it says so, and it is taken."""
    if is_unlike(contract, data):
        raise ValidationError(
            _(
                "This does not look like a version of “%(title)s”: it shares little with the text exchanged "
                "so far. If it is the right document, choose it again and say so."
            )
            % {"title": contract.title},
            code="unlike",
        )


def shared(one: str, two: str) -> float:
    """Which part of the shorter text's runs of three words stands in the other as well; 1.0 where there is
    too little text to tell."""
    first, second = _runs(one), _runs(two)
    least = min(len(first), len(second))
    return len(first & second) / least if least >= _FEWEST_RUNS else 1.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORDS.findall(text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


def may_be_withdrawn(version: Version) -> bool:
    """Whether nothing came after the version and nobody worked on it."""
    return not _why_not(version)


def withdraw_version(*, version: Version, by: Membership) -> Version:
    """Take back a version uploaded by mistake: the row stays, marked; whose turn it is, is as before.

    Raises ValidationError saying why where somebody worked on it or it is not the newest.
    """
    contract = version.contract
    if reason := _why_not(version):
        raise ValidationError(reason)
    with transaction.atomic():
        hold_contract(contract)
        version.refresh_from_db(fields=["state", "label"])
        if reason := _why_not(version):
            raise ValidationError(reason)
        Version.objects.filter(pk=version.pk).update(state=VersionState.WITHDRAWN)
        undone = Turn.objects.filter(version=version).delete()[0]
        Comment.objects.filter(version=version, author=None, resolved_at=None).update(
            resolved_at=timezone.now()
        )
        agreed_again = _is_agreed(contract)
        if agreed_again:
            contract.change(state=ContractState.AGREED)
        audit.record(
            organisation=contract.organisation,
            by=by,
            action="version.withdrawn",
            target=version,
            negotiation=contract.negotiation.uuid,
            payload={
                "contract": str(contract.uuid),
                "number": version.number,
                "sha256": version.file.sha256,
                "turn_undone": bool(undone),
                "agreed_again": agreed_again,
            },
        )
        again.ask(
            negotiation=contract.negotiation,
            because="document",
            key=f"{version.uuid}:withdrawn",
            but=contract,
        )
    version.refresh_from_db()
    return version


def _is_agreed(contract: Contract) -> bool:
    latest = contract.latest_version()
    is_agreed = latest is not None and latest.label == VersionLabel.APPROVED
    return is_agreed and latest is not None and latest.agreements.count() >= 2


def _why_not(version: Version) -> str:
    contract = version.contract
    if version.state == VersionState.WITHDRAWN:
        return _("This version was withdrawn already.")
    if contract.state != ContractState.NEGOTIATING or version != contract.latest_version():
        return _("Only the newest version of a contract that is negotiated can be withdrawn.")
    if version.label in (VersionLabel.APPROVED, VersionLabel.EXECUTED):
        return _("An agreed text is reopened by uploading a version, not withdrawn.")
    if version.side.is_ours and Turn.objects.filter(version=version).exists():
        return _("A turn that was sent cannot be taken back.")
    if _was_worked_on(version):
        return _("Something was decided or written on this version already; it stays.")
    return ""


def _was_worked_on(version: Version) -> bool:
    """Decisions carried over from the version before are none on this one: their rows were never changed."""
    findings = Finding.objects.filter(review__version=version, version__gt=1)
    answered = Q(state__in=(ChangeState.ACCEPTED, ChangeState.REJECTED)) | Q(draft__isnull=False)
    said = Comment.objects.filter(version=version, author__isnull=False)
    changes = Change.objects.filter(answered, version_seen=version)
    return findings.exists() or changes.exists() or said.exists()
