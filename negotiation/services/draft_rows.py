"""The open draft and its changes as rows: beginning it, holding it while something is written, adding to it.

Whoever writes into the draft holds its row first (`hold`), so that writers follow one another, a turn that is
sent holds exactly what its sender saw, and nothing lands in a draft that has left.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

import redline
from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit, files
from negotiation.models import (
    Block,
    Change,
    ChangeOrigin,
    ChangeState,
    Clause,
    Contract,
    Decision,
    Draft,
    Finding,
    Version,
)
from negotiation.models.contracts import ContractState
from negotiation.models.decisions import DraftState
from negotiation.services import outgoing
from negotiation.services.outgoing import Edit, overlapping


def open_draft(*, contract: Contract) -> Draft:
    """The contract's open draft, begun on its newest ready version, or moved there while it holds nothing.

    Raises ValidationError where there is nothing to work on, and Conflict where the draft holds changes on an
    older version: those are sent nowhere until somebody sets them aside.
    """
    version = _to_work_on(contract)
    draft, _created = Draft.objects.select_related("base").get_or_create(
        contract=contract,
        state=DraftState.OPEN,
        defaults={"organisation": contract.organisation, "base": version},
    )
    if draft.base_id == version.pk:
        return draft
    _refuse_to_leave(draft, version)
    return draft.change(base=version, standing={})


def draft_to_be(*, contract: Contract) -> Draft:
    """The draft as `open_draft` would give it, with the version it would have, for pages that only show it.
    Nothing is written: one that nobody began has no key. Raises as `open_draft` does."""
    version = _to_work_on(contract)
    open_ones = Draft.objects.filter(contract=contract, state=DraftState.OPEN).select_related("base")
    draft = open_ones.first()
    if draft is None:
        return Draft(organisation=contract.organisation, contract=contract, base=version)
    if draft.base_id != version.pk:
        _refuse_to_leave(draft, version)
        draft.base, draft.version = version, draft.version + 1
    return draft


def _to_work_on(contract: Contract) -> Version:
    if contract.state != ContractState.NEGOTIATING:
        raise ValidationError(_("The text of this contract is agreed; upload a version to reopen it."))
    version = contract.ready_version()
    if version is None:
        raise ValidationError(_("There is no draft to work on yet."))
    return version


def _refuse_to_leave(draft: Draft, version: Version) -> None:
    if draft.changes.filter(state=ChangeState.PENDING).exists():
        raise Conflict(
            _(
                "Version %(new)d arrived while %(old)d was being worked on. The changes made on version "
                "%(old)d are kept; on the contract's page you can look at them and set them aside."
            )
            % {"old": draft.base.number, "new": version.number}
        )


def hold(draft: Draft) -> Draft:
    """Take the draft's row until the transaction ends, and count its version up. Raises Conflict where the
    draft was sent, or moved to a newer version, in the meantime."""
    held = Draft.objects.filter(pk=draft.pk, state=DraftState.OPEN, base=draft.base_id).update(
        version=F("version") + 1
    )
    if not held:
        raise Conflict(_("The turn was sent, or a newer version arrived, while you had this page open."))
    draft.refresh_from_db(fields=["version"])
    return draft


@transaction.atomic
def set_aside(*, contract: Contract, by: Membership, seen: int) -> Draft:
    """Withdraw everything unsent in the open draft and go on from the newest version. The withdrawn changes
    stay readable on the version they were made on. Raises Conflict if the draft was changed meanwhile."""
    draft = Draft.objects.filter(contract=contract, state=DraftState.OPEN).first()
    newest = contract.ready_version()
    if draft is None or newest is None:
        raise ValidationError(_("There is no draft to set aside."))
    draft.change(
        seen=seen,
        conflict=_("The draft was changed or sent while you had this page open."),
        base=newest,
        standing={},
    )
    count = withdraw(draft.changes.filter(state=ChangeState.PENDING), by)
    audit.record(
        organisation=contract.organisation,
        by=by,
        action="draft.set_aside",
        target=draft,
        negotiation=contract.negotiation.uuid,
        payload={"changes": count, "version": newest.number},
    )
    return draft


def withdraw(changes: QuerySet[Change], by: Membership) -> int:
    return changes.update(
        state=ChangeState.WITHDRAWN, decided_by=by, decided_at=timezone.now(), version=F("version") + 1
    )


def check_edits(
    draft: Draft, edits: Sequence[Edit], *, instead_of: QuerySet[Change], by_hand: bool = False
) -> bytes:
    """Try the edits together with the rest of the draft, before anything is written. Gives the file.

    Outside any transaction, because writing a document is slow. Raises ValidationError with the engine's
    sentence where they cannot be made safely; later the same edits are made again in the outgoing file.
    """
    kept = draft.changes.filter(state=ChangeState.PENDING).exclude(pk__in=instead_of.values("pk"))
    others = [edit for change in kept.order_by("pk") for edit in change.edits]
    others += _undoing(draft, edits, by_hand=by_hand)
    if overlapping(edits, others):
        raise _touching()
    data = files.read_bytes(draft.base.file)
    try:
        return redline.apply(data, [*others, *edits]).docx
    except redline.Refused as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal


def _undoing(draft: Draft, edits: Sequence[Edit], *, by_hand: bool) -> list[Edit]:
    """What takes their refused changes back beside these edits: a paragraph written by hand started from the
    text with the refused words taken back, so it says all of it itself."""
    written = {edit.get("block") for edit in edits if edit.get("op") != "insert_after"} if by_hand else set()
    undoing = outgoing.undoing_edits(draft.base, draft)
    return [edit for edit in undoing if edit.get("block") not in written]


def _touching() -> ValidationError:
    return ValidationError(
        _("Another change of ours touches the same words. Edit the clause by hand to join them."),
        code="touching",
    )


def add_change(
    draft: Draft,
    edits: Sequence[Edit],
    by: Membership,
    *,
    finding: Finding | None,
    clause: Clause | None,
    reason: str,
    note: str,
    source: str = "playbook",
) -> Change:
    """One more change of ours, in the caller's transaction and with the draft held."""
    others = [edit for row in draft.changes.filter(state=ChangeState.PENDING) for edit in row.edits]
    others += _undoing(draft, edits, by_hand=source == "person")
    if overlapping(edits, others):
        raise _touching()
    blocks = blocks_of(draft.base, edits)
    first = blocks.get(str(edits[0].get("block", "")))
    return Change.objects.create(
        organisation=draft.organisation,
        contract=draft.contract,
        version_seen=draft.base,
        draft=draft,
        clause=clause,
        finding=finding,
        side=draft.contract.negotiation.our_side(),
        origin=ChangeOrigin.DRAFT,
        kind=str(edits[0].get("op", "replace")),
        block=first.address if first else "",
        edits=list(edits),
        before=_words(edits, blocks),
        after=" … ".join(str(edit["text"]) for edit in edits if edit.get("text")),
        reason=reason,
        note=note,
        source=source,
        author=by,
    )


def blocks_of(version: Version, edits: Sequence[Edit]) -> dict[str, Block]:
    addresses = {str(edit.get("block", "")) for edit in edits}
    return {block.address: block for block in version.blocks.filter(address__in=addresses)}


def _words(edits: Sequence[Edit], blocks: Mapping[str, Any]) -> str:
    """The words the edits replace or delete, for lists and mails."""
    words = []
    for edit in edits:
        block = blocks.get(str(edit.get("block", "")))
        if block is None or edit.get("op", "replace") not in ("replace", "delete_block"):
            continue
        whole = edit.get("op") == "delete_block"
        words.append(
            block.text if whole else block.text[edit.get("start", 0) : edit.get("end", len(block.text))]
        )
    return " … ".join(word for word in words if word)


def reopen_findings(draft: Draft, *, clause: Clause | None, by: Membership) -> set[str]:
    """Findings of a clause that were answered by a hand edit are open again once no edit is left.
    Gives their issue codes."""
    if clause is None or draft.changes.filter(clause=clause, state=ChangeState.PENDING).exists():
        return set()
    rows = Finding.objects.filter(review__version=draft.base, clause=clause, decision=Decision.EDITED)
    for row in rows:
        row.change(
            decision=Decision.OPEN, decided_rung="", decision_reason="", decided_by=None, decided_at=None
        )
    return {row.issue for row in rows}
