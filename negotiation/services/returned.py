"""What came back: the other side's tracked changes, and what they changed without tracking it.

A tracked change is theirs unless the version we sent already carried it. Neighbouring pieces of one author in
one paragraph are one change to decide, as a reader sees them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import redline
from accounts.services import files
from negotiation.models import Block, Change, ChangeOrigin, ClauseText, Comment, Version, Visibility

TEXT_STATES = {"inserted", "deleted", "moved_from", "moved_to"}


@dataclass(frozen=True)
class TrackedChange:
    """One change of theirs as read from the file; `engine_ids` are those of its parts."""

    kind: str
    engine_ids: tuple[str, ...]
    block: str
    before: str
    after: str
    author: str
    date: str


@dataclass(frozen=True)
class Returned:
    """Everything a version brought that the version it is based on did not have."""

    tracked: tuple[TrackedChange, ...]
    untracked: tuple[redline.Difference, ...]
    comments: tuple[redline.Comment, ...]


NOTHING = Returned((), (), ())


def compare_with_sent(version: Version, data: bytes, document: redline.Document) -> Returned:
    """List their tracked changes and, where we sent something before, their untracked ones."""
    if version.side.is_ours:
        return NOTHING
    earlier = version.contract.turns.filter(side__is_ours=True, version__number__lt=version.number)
    sent_turn = earlier.order_by("-number").first()
    sent = files.read_bytes(sent_turn.version.file) if sent_turn else None
    read = redline.read(sent) if sent is not None else None
    known = Counter(_key(change) for change in _tracked(sent, read)) if sent and read else Counter()
    ours = _our_authors(version, read) if read is not None else frozenset()
    tracked = tuple(
        change
        for change in _tracked(data, document, skip=ours)
        if change.author not in ours and not _take(known, change)
    )
    untracked = redline.untracked(sent, data) if sent is not None else ()
    said = {_comment_key(comment) for comment in read.comments} if read is not None else set()
    comments = tuple(comment for comment in document.comments if _comment_key(comment) not in said)
    return Returned(tracked, untracked, comments)


def _our_authors(version: Version, sent: redline.Document) -> frozenset[str]:
    """The names our own marks carry in what we sent: those that the file it answered did not have.

    A mark that comes back under such a name is ours, even where they cut it in two by working inside it. One
    that we never made is a forged name, and that is told with the untracked changes.
    """
    received = Block.objects.filter(
        version__contract=version.contract,
        version__turn__side__is_ours=False,
        version__number__lt=version.number,
    )
    names = {
        str(piece.get("author", ""))
        for pieces in received.values_list("pieces", flat=True)
        for piece in pieces
    }
    return frozenset(_authors(sent)) - names


def _authors(document: redline.Document) -> set[str]:
    return {piece.author for block in document.blocks for piece in block.pieces if piece.state in TEXT_STATES}


def _key(change: TrackedChange) -> tuple[str, str, str, str]:
    return change.kind, change.author, change.before, change.after


def _take(known: Counter[tuple[str, str, str, str]], change: TrackedChange) -> bool:
    """Whether what we sent had this change; each of those explains one of the returned."""
    key = _key(change)
    if known[key] > 0:
        known[key] -= 1
        return True
    return False


def _comment_key(comment: redline.Comment) -> tuple[str, str, str]:
    return comment.author, comment.date, comment.text


def _tracked(
    data: bytes, document: redline.Document, *, skip: frozenset[str] = frozenset()
) -> list[TrackedChange]:
    changes = _text_changes(document, skip)
    seen = {piece.change_id for block in document.blocks for piece in block.pieces if piece.change_id}
    for change in redline.changes(data):
        if change.kind == "comment" or change.id in seen:
            continue
        changes.append(
            TrackedChange(
                change.kind, (change.id,), change.block or "", "", change.text, change.author, change.date
            )
        )
    return changes


def _text_changes(document: redline.Document, skip: frozenset[str]) -> list[TrackedChange]:
    """Runs of marked pieces of one author in one paragraph. Pieces of the authors in `skip` do not end a run:
    a struck word of ours between a struck and an inserted one of theirs leaves theirs one change."""
    changes: list[TrackedChange] = []
    for block in document.blocks:
        run: list[redline.Piece] = []
        pieces = (*block.pieces, redline.Piece(text=""))
        for place, piece in enumerate(pieces):
            marked = piece.state in TEXT_STATES
            if marked and piece.author in skip and not piece.in_accepted:
                continue
            if marked and piece.author not in skip and (not run or run[-1].author == piece.author):
                run.append(piece)
                continue
            if run and _opens_figures(piece, pieces[place + 1 :], run[-1].author):
                run.append(replace(piece, author=run[-1].author))
                continue
            if run:
                changes.append(_from_pieces(block.id, run))
            run = [piece] if marked and piece.author not in skip else []
    return changes


def _opens_figures(piece: redline.Piece, rest: Sequence[redline.Piece], author: str) -> bool:
    """Whether this unmarked bracket stands between the words and the figures of one number, both changed by
    the author: "ten (10) days" made "nine (9) days" is one change to decide."""
    return (
        piece.state not in TEXT_STATES
        and piece.text.strip() == "("
        and bool(rest)
        and rest[0].state in TEXT_STATES
        and rest[0].author == author
        and rest[0].text[:1].isdigit()
    )


def _from_pieces(block: str, run: list[redline.Piece]) -> TrackedChange:
    before = "".join(piece.text for piece in run if piece.state not in ("inserted", "moved_to"))
    after = "".join(piece.text for piece in run if piece.state not in ("deleted", "moved_from"))
    moved = any(piece.state.startswith("moved") for piece in run)
    kind = "move" if moved else "replace" if before and after else "insert" if after else "delete"
    ids = tuple(dict.fromkeys(piece.change_id for piece in run if piece.change_id))
    return TrackedChange(kind, ids, block, before, after, run[0].author, run[0].date)


def store(version: Version, returned: Returned) -> None:
    """Write their changes and comments, inside the caller's transaction and after the clauses."""
    clause_of = _clause_by_address(version)
    rows = [
        Change(
            organisation=version.organisation,
            contract=version.contract,
            version_seen=version,
            clause_id=clause_of.get(change.block),
            side=version.side,
            origin=ChangeOrigin.TRACKED,
            kind=change.kind,
            engine_id=",".join(change.engine_ids),
            block=change.block,
            before=change.before,
            after=change.after,
            claimed_author=change.author[:300],
            claimed_at=change.date[:60],
            source="import",
        )
        for change in returned.tracked
    ]
    rows += [
        Change(
            organisation=version.organisation,
            contract=version.contract,
            version_seen=version,
            clause_id=clause_of.get(difference.block or ""),
            side=version.side,
            origin=ChangeOrigin.UNTRACKED,
            kind=difference.kind[:20],
            block=difference.block or "",
            before=difference.before,
            after=difference.after,
            severity=difference.severity,
            note=difference.why,
            source="import",
        )
        for difference in returned.untracked
    ]
    Change.objects.bulk_create(rows, batch_size=500)
    Comment.objects.bulk_create(
        Comment(
            organisation=version.organisation,
            negotiation=version.contract.negotiation,
            contract=version.contract,
            version=version,
            clause_id=clause_of.get(comment.block or ""),
            block=comment.block or "",
            visibility=Visibility.EXTERNAL,
            body=comment.text,
            claimed_author=comment.author[:300],
            engine_id=comment.id,
        )
        for comment in returned.comments
    )


def _clause_by_address(version: Version) -> dict[str, int]:
    addresses = dict(version.blocks.values_list("position", "address"))
    found: dict[str, int] = {}
    for text in ClauseText.objects.filter(version=version):
        for position in range(text.first_block, text.last_block + 1):
            if position in addresses:
                found[addresses[position]] = text.clause_id
    return found
