"""Agreeing the text: both sides' word on one exact version, clean of marks, before anything is signed."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import jobs
import redline
from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit, files
from negotiation import gates
from negotiation.gates import Obstacle
from negotiation.models import (
    Agreement,
    ChangeState,
    ClauseText,
    Contract,
    Decision,
    Draft,
    FindingStatus,
    Stage,
    Version,
    VersionLabel,
)
from negotiation.models.contracts import Clause, ClauseState, ContractState
from negotiation.models.decisions import ChangeOrigin, DraftState
from negotiation.services import blanks, concessions, deals, outgoing, uncovered
from negotiation.services.turns import TurnBlocked, file_name
from negotiation.services.versions import PROCESS, create_version
from negotiation.words import checked


def obstacles(contract: Contract) -> list[Obstacle]:
    """Why the newest text cannot be agreed yet."""
    return [*_own_obstacles(contract), *gates.turn_obstacles(contract, concessions.of_draft(contract))]


def _own_obstacles(contract: Contract) -> list[Obstacle]:
    """What this room itself asks: their changes decided, nothing of ours unsent."""
    url = contract.get_absolute_url()
    version = contract.ready_version()
    if version is None or version != contract.latest_version():
        return [Obstacle(_("The newest version was not read yet."), url, "reading")]
    found = []
    waiting = version.changes.filter(state=ChangeState.PENDING, side__is_ours=False).exclude(
        origin=ChangeOrigin.UNTRACKED, severity="noise"
    )
    if count := waiting.count():
        message = ngettext(
            "%(count)d change of theirs waits for a decision.",
            "%(count)d changes of theirs wait for a decision.",
            count,
        ) % {"count": count}
        found.append(Obstacle(message, url, "changes"))
    ours = contract.changes.filter(origin=ChangeOrigin.DRAFT, draft__isnull=False)
    unsent = ours.filter(state=ChangeState.PENDING).count()
    refused = version.changes.filter(state=ChangeState.REJECTED).exclude(origin=ChangeOrigin.DRAFT).count()
    if unsent or refused:
        message = _("%(count)d of our changes were not sent: the other side has not seen this text.")
        found.append(Obstacle(message % {"count": unsent + refused}, url, "unsent"))
    reserved = contract.findings.filter(review__version=version, decision=Decision.RESERVED).count()
    if reserved:
        message = _("Our position is reserved on %(count)d points: decide them before agreeing.")
        found.append(Obstacle(message % {"count": reserved}, url, "reserved"))
    return found + uncovered.obstacles(contract, version) + _unread(contract, version)


def _unread(contract: Contract, version: Version) -> list[Obstacle]:
    """What no rule could tell, a person must have looked at before anybody is bound by it."""
    rows = contract.findings.filter(
        review__version=version, status=FindingStatus.UNSURE, decision=Decision.OPEN
    )
    return [
        Obstacle(
            _("“%(title)s” could not be read: look at it, then change it, accept it or set it aside.")
            % {"title": row.title},
            f"{contract.get_absolute_url()}?finding={row.uuid}",
            "unsure",
        )
        for row in rows
    ]


def agree_text(
    *,
    contract: Contract,
    by: Membership,
    their_person: str,
    evidence: str,
    seen: int,
    blanks_left: int = 0,
    at: datetime | None = None,
) -> Version:
    """Record that both sides verified and agree to the newest text, and make the clean version to be signed.

    `their_person` and `evidence` say who on the other side agreed and how we know, `blanks_left` with how
    many blanks of the form. Raises TurnBlocked with every obstacle, ValidationError for blanks nobody spoke
    of, Conflict if somebody was faster.
    """
    at = at or timezone.now()
    if not their_person.strip() or not evidence.strip():
        raise ValidationError(_("Say who of the other side agreed, and where that stands in writing."))
    if contract.state != ContractState.NEGOTIATING:
        raise Conflict(_("This text is already agreed."))
    their_person, evidence = checked(their_person, longest=200), checked(evidence)
    standing = concessions.of_draft(contract)
    with transaction.atomic():
        gates.concessions_changed(contract, standing, by)
    in_the_way = [*_own_obstacles(contract), *gates.turn_obstacles(contract, standing)]
    if in_the_way:
        raise TurnBlocked(in_the_way)
    version = contract.ready_version()
    assert version is not None  # noqa: S101  obstacles() has said so
    blanks.check_left(blanks.of_version(version), blanks_left)
    clean = outgoing.build(version=version, draft=None, by=by, at=at, clean=True)
    if redline.text(clean.docx) != redline.text(files.read_bytes(version.file)):
        raise redline.Refused("clean_differs", _("The clean copy does not read as the agreed text does."))
    return _record(contract, version, clean.docx, by, their_person, evidence, blanks_left, seen, at)


def _record(
    contract: Contract,
    base: Version,
    docx: bytes,
    by: Membership,
    their_person: str,
    evidence: str,
    blanks_left: int,
    seen: int,
    at: datetime,
) -> Version:
    with transaction.atomic():
        contract.change(
            seen=seen,
            conflict=_("Somebody changed this contract while you had the page open."),
            state=ContractState.AGREED,
        )
        Draft.objects.filter(contract=contract, state=DraftState.OPEN).update(
            state=DraftState.SENT, version=F("version") + 1
        )
        if base != contract.latest_version() or _undecided(contract):
            # Whoever decides holds the draft's row, so what is seen here is all there is.
            raise Conflict(
                _("Something was uploaded or changed while the agreement was recorded; look at it again.")
            )
        stored = files.store(organisation=contract.organisation, data=docx)
        agreed = create_version(
            contract=contract,
            stored=stored,
            file_name=file_name(contract, "agreed"),
            side=contract.negotiation.our_side(),
            by=by,
            label=VersionLabel.APPROVED,
        )
        for side, person, how in (
            (contract.negotiation.our_side(), by.user.name, ""),
            (contract.negotiation.their_side(), their_person, evidence),
        ):
            Agreement.objects.create(
                organisation=contract.organisation,
                version=agreed,
                side=side,
                recorded_by=by,
                given_by=person,
                evidence=how,
                agreed_at=at,
            )
        _agree_clauses(base)
        audit.record(
            organisation=contract.organisation,
            by=by,
            action="contract.agreed",
            target=contract,
            negotiation=contract.negotiation.uuid,
            payload={"version": agreed.number, "sha256": stored.sha256, "blanks_left": blanks_left},
            personal={"their_person": their_person, "evidence": evidence},
        )
        jobs.enqueue(kind=PROCESS, args={"version": agreed.pk}, key=f"{PROCESS}:{agreed.pk}")
        deals.advance_if_ready(negotiation=contract.negotiation, target=Stage.APPROVAL, by=by)
    return agreed


def _undecided(contract: Contract) -> bool:
    codes = ("changes", "unsent", "reserved", "unsure")
    return any(obstacle.code in codes for obstacle in _own_obstacles(contract))


def _agree_clauses(version: Version) -> None:
    rows = []
    for text in ClauseText.objects.filter(version=version).select_related("clause"):
        text.clause.state, text.clause.agreed_hash = ClauseState.AGREED, text.hash
        rows.append(text.clause)
    Clause.objects.bulk_update(rows, ["state", "agreed_hash"], batch_size=200)


def agreed_version(contract: Contract) -> Version | None:
    """The version both sides agreed to, if nothing came after it."""
    latest = contract.latest_version()
    if latest is None or latest.label not in (VersionLabel.APPROVED, VersionLabel.EXECUTED):
        return None
    return latest if latest.agreements.count() >= 2 else None


@transaction.atomic
def mark_signing(*, contract: Contract, started: bool) -> None:
    """The contract goes out for signature, or comes back unsigned. Called by the signing room."""
    before, after = (
        (ContractState.AGREED, ContractState.SIGNING)
        if started
        else (ContractState.SIGNING, ContractState.AGREED)
    )
    if not Contract.objects.filter(pk=contract.pk, state=before).update(state=after):
        raise Conflict(_("This contract is not in a state to be signed."))
    contract.refresh_from_db()


def mark_executed(*, contract: Contract, version: Version, at: datetime) -> None:
    """Everybody signed exactly this version: it is executed and locked. In the caller's transaction."""
    changed = Contract.objects.filter(pk=contract.pk, state=ContractState.SIGNING).update(
        state=ContractState.EXECUTED, executed_at=at
    )
    if not changed:
        raise Conflict(_("This contract is not out for signature any more."))
    Version.objects.filter(pk=version.pk).update(label=VersionLabel.EXECUTED)
    contract.refresh_from_db()
    audit.record(
        organisation=contract.organisation,
        by=None,
        action="contract.executed",
        target=contract,
        negotiation=contract.negotiation.uuid,
        payload={"version": version.number, "sha256": version.file.sha256},
    )
    gates.contract_executed(contract)
    deals.advance_if_ready(negotiation=contract.negotiation, target=Stage.HANDOVER, by=None)
    deals.close_signed(contract.negotiation, at)
