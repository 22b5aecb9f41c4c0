"""The text we would send: the base version's bytes with our draft written in as tracked changes.

1. Our pending changes, and the undoing of every change of theirs that we refused, become one edit list.
2. `redline.apply` writes it into a copy of the base version's own file; formatting stays.
3. Changes of theirs that we accepted are settled; everything else of theirs stays pending as it was.
4. `redline.scrub` leaves only what may travel, with the comments both sides may see.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

import redline
from accounts.models import Membership
from accounts.models.organisations import ChangeAuthor
from accounts.services import files
from negotiation.markup import pieces_of
from negotiation.models import (
    Block,
    Change,
    ChangeOrigin,
    ChangeState,
    Comment,
    Contract,
    Draft,
    Version,
    Visibility,
)

Edit = dict[str, Any]


@dataclass(frozen=True)
class Outgoing:
    """Bytes ready to leave, and the edits they came from."""

    docx: bytes
    edits: tuple[Edit, ...]


def author_name(member: Membership) -> str:
    """Whose name our tracked changes carry, as the organisation chose."""
    if member.organisation.change_author == ChangeAuthor.PERSON:
        return member.user.name
    return member.organisation.name


def pending_changes(draft: Draft | None) -> list[Change]:
    """Our changes of an open draft, in the order they were made."""
    return list(draft.changes.filter(state=ChangeState.PENDING).order_by("pk")) if draft else []


def edits_of(ours: Iterable[Change], *, leave_out: Collection[str] = ()) -> list[Edit]:
    """The edits of our changes, the first of each with its reason unless that is left out."""
    return [edit for change in ours for edit in _explained(change, change.edits, leave_out)]


def _explained(change: Change, edits: Sequence[Edit], leave_out: Collection[str] = ()) -> list[Edit]:
    """One change says its reason once, however many places it edits."""
    said = "" if key_of(change) in leave_out else change.reason
    return [{**edit, "reason": "" if at else said} for at, edit in enumerate(edits)]


def key_of(row: Change | Comment) -> str:
    """What names a reason or a comment on the page that lists what leaves."""
    return str(row.uuid)


def draft_edits(draft: Draft | None) -> list[Edit]:
    """Our pending changes of an open draft as edits."""
    return edits_of(pending_changes(draft))


def undoing_edits(
    version: Version, draft: Draft | None = None, *, leave_out: Collection[str] = ()
) -> list[Edit]:
    """Edits that take back what we refused of theirs, as our tracked changes on top of theirs."""
    rows = refused_changes(version)
    if not rows:
        return []
    blocks = version.blocks.filter(address__in={row.block for row in rows})
    block_at = {block.address: block for block in blocks}
    return edits_undoing(rows, pending_changes(draft), block_at, leave_out=leave_out)


def refused_changes(version: Version) -> list[Change]:
    """Changes of theirs that our next turn takes back."""
    refused = version.changes.filter(state=ChangeState.REJECTED).exclude(origin=ChangeOrigin.DRAFT)
    return list(refused.order_by("pk"))


def edits_undoing(
    refused: Iterable[Change],
    ours: Iterable[Change],
    block_at: Mapping[str, Block],
    *,
    leave_out: Collection[str] = (),
) -> list[Edit]:
    """The same from rows that are at hand: their refused changes, our pending ones, paragraphs by address."""
    edits: list[Edit] = []
    for change in still_refused(refused, ours):
        edits += _explained(change, _undo(change, block_at.get(change.block)), leave_out)
    return edits


def still_refused(refused: Iterable[Change], ours: Iterable[Change]) -> list[Change]:
    """Without those in a paragraph written by hand after the refusal, which says all of it already: its form
    showed the text with the refused words taken back."""
    by_hand = _written_by_hand(ours)
    return [
        change
        for change in refused
        if change.block not in by_hand
        or change.decided_at is None
        or by_hand[change.block] <= change.decided_at
    ]


def _written_by_hand(ours: Iterable[Change]) -> dict[str, datetime]:
    return {
        str(edit.get("block", "")): row.created_at
        for row in ours
        if row.source == "person"
        for edit in row.edits
        if edit.get("op") != "insert_after"
    }


def all_edits(version: Version, draft: Draft | None, *, leave_out: Collection[str] = ()) -> list[Edit]:
    """Everything our next turn writes into the version: our changes, and what takes theirs back. Reasons of
    the changes named in `leave_out` are not said."""
    ours = edits_of(pending_changes(draft), leave_out=leave_out)
    return ours + undoing_edits(version, draft, leave_out=leave_out)


def undo_edits(change: Change) -> list[Edit]:
    """The edits that take back one change of theirs. Raises ValidationError where none is safe."""
    return _undo(change, Block.objects.filter(version=change.version_seen_id, address=change.block).first())


def _undo(change: Change, block: Block | None) -> list[Edit]:
    if block is None:
        raise _cannot_undo(change)
    undo = _undo_tracked if change.origin == ChangeOrigin.TRACKED else _undo_untracked
    return undo(change, block)


def _undo_tracked(change: Change, block: Block) -> list[Edit]:
    """Put the deleted words back and strike the inserted ones, at the change's own place."""
    ids = set(change.engine_id.split(","))
    at, start, end = 0, None, 0
    for piece in pieces_of(block):
        if piece.change_id in ids and start is None:
            start = at
        if piece.in_accepted:
            at += len(piece.text)
        if piece.change_id in ids:
            end = at
    if start is None:
        raise _cannot_undo(change)
    return [
        {
            "op": "replace",
            "block": block.address,
            "start": start,
            "end": end,
            "text": change.before,
        }
    ]


def _undo_untracked(change: Change, block: Block) -> list[Edit]:
    """Bring the words that were there back, wherever in the block the other words stand now."""
    if change.after and block.text.count(change.after) == 1:
        start = block.text.index(change.after)
        end = start + len(change.after)
        return [{"op": "replace", "block": block.address, "start": start, "end": end, "text": change.before}]
    raise _cannot_undo(change)


def _cannot_undo(change: Change) -> ValidationError:
    return ValidationError(
        _("The change “%(text)s” cannot be taken back automatically; edit the clause by hand.")
        % {"text": (change.after or change.before)[:80]}
    )


def would_be(version: Version, draft: Draft | None, *, author: str = "Parley") -> bytes:
    """The version's bytes with our draft written in; nothing settled, nothing scrubbed. For judging."""
    data = files.read_bytes(version.file)
    edits = all_edits(version, draft)
    return redline.apply(data, edits, author=author).docx if edits else data


def build(
    *,
    version: Version,
    draft: Draft | None,
    by: Membership,
    at: datetime,
    clean: bool = False,
    leave_out: Collection[str] = (),
) -> Outgoing:
    """The bytes for the other side. With `clean` every change is accepted and no comment remains; reasons and
    comments named in `leave_out` (see `key_of`) are not said.

    Raises redline.Refused where an edit cannot be made safely.
    """
    data = files.read_bytes(version.file)
    document = redline.read(data)
    kept = comments_that_may_travel(version, document)
    edits = all_edits(version, draft, leave_out=leave_out)
    said = [] if clean else comments_to_write(version.contract, document, leave_out=leave_out)
    author, date = author_name(by), at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with_reasons = by.organisation.reasons_as_comments and not clean
    if edits or said:
        data = redline.apply(data, [*edits, *said], author=author, date=date, comments=with_reasons).docx
    if clean:
        data = redline.resolve(data, accept_all=True)
        return Outgoing(redline.scrub(data, keep_comments=()), tuple(edits))
    accepted = _accepted_ids(version)
    if accepted:
        data = redline.resolve(data, accept=accepted)
    old = {comment.id for comment in document.comments}
    travelling = [c.id for c in redline.read(data).comments if c.id in kept or c.id not in old]
    return Outgoing(redline.scrub(data, keep_comments=travelling), tuple(edits))


def _accepted_ids(version: Version) -> list[str]:
    accepted = version.changes.filter(origin=ChangeOrigin.TRACKED, state=ChangeState.ACCEPTED)
    return [engine_id for change in accepted for engine_id in change.engine_id.split(",") if engine_id]


def comments_that_may_travel(version: Version, document: redline.Document) -> set[str]:
    """Comments of a file that came from, or already went to, the other side. Those in our own unsent
    upload are internal."""
    seen_by_both = not version.side.is_ours or hasattr(version, "turn")
    return {comment.id for comment in document.comments} if seen_by_both else set()


def comments_to_write(
    contract: Contract, document: redline.Document, *, leave_out: Collection[str] = ()
) -> list[Edit]:
    """External comments written since our last turn, as comments in the file. One about the whole contract,
    or whose words are gone, stands at the first paragraph: none is lost on the way."""
    version = contract.ready_version()
    known = {block.id for block in document.blocks}
    first = next((b.id for b in document.blocks if b.part == "body" and b.text), "")
    unsent = [row for row in unsent_comments(contract) if key_of(row) not in leave_out]
    rows = [(row, _anchor(row, version)) for row in unsent]
    return [
        {"op": "comment", "block": address if address in known else first, "text": row.body}
        for row, address in rows
        if address in known or first
    ]


def unsent_comments(contract: Contract) -> QuerySet[Comment]:
    last = contract.last_turn(ours=True)
    rows = Comment.objects.filter(
        contract=contract, visibility=Visibility.EXTERNAL, author__isnull=False
    ).select_related("clause")
    return rows.filter(created_at__gt=last.created_at) if last else rows


def _anchor(comment: Comment, version: Version | None) -> str:
    """The address in `version` of the words a comment is about; its own one counts in the version it saw."""
    if version is None:
        return ""
    if comment.clause is not None:
        text = version.clause_texts.filter(clause=comment.clause).first()
        block = version.blocks.filter(position=text.first_block).first() if text else None
        if block is not None:
            return block.address
    return comment.block if comment.version_id == version.pk else ""


def overlapping(edits: Sequence[Edit], others: Sequence[Edit]) -> bool:
    """Whether two edit lists touch the same words of one block. A paragraph added after a block touches none
    of its words."""
    return any(
        one.get("block") == two.get("block") and _meet(one, two)
        for one in edits
        for two in others
        if "insert_after" not in (one.get("op"), two.get("op"))
    )


def _meet(one: Edit, two: Edit) -> bool:
    if "start" not in one or "start" not in two:  # a whole paragraph
        return True
    return bool(one["start"] < two["end"] and two["start"] < one["end"])
