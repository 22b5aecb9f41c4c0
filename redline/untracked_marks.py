"""Our own pending changes as they came back: still the same words under the same name and time, or not.

Rejecting everything cannot see what happens inside our own insertions, because they are rejected too; so
each of them is looked for among the insertions of the paragraphs it came back in.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from redline.difference import Difference
from redline.document import Block, Document, Piece
from redline.untracked_text import Match, likeness
from redline.untracked_views import Segment

_ZONE = timedelta(minutes=15)  # zones differ by quarters of an hour
_WIDEST_ZONE = timedelta(hours=15)


def mark_differences(matches: list[Match], ours: Document, theirs: Document) -> Iterator[Difference]:
    places = {block.id: at for at, block in enumerate(theirs.blocks)}
    previous = -1
    for match in matches:
        here = [places[line.address] for line in match.lines if line.address in places]
        if match.group is not None and match.group.has_choice and match.taken is not None:
            window = theirs.blocks[previous + 1 : here[-1] + 1] if here and here[-1] > previous else ()
            if not window:
                window = theirs.blocks[max(0, previous) : max(0, previous) + 2]
            yield from _group(match, window)
        if here:
            previous = here[-1]
    yield from _backdated(ours, theirs)


def _group(match: Match, window: tuple[Block, ...]) -> Iterator[Difference]:
    if match.group is None or match.taken is None:
        return
    stretches = list(_stretches(window))
    address = window[-1].id if window else ""
    pending = [segment for segment in match.group.segments if segment.piece is not None]
    mine = {
        kind: "".join(item.text for item in pending if item.state == kind) for kind in ("inserted", "deleted")
    }
    for segment, taken in zip(match.group.segments, match.taken, strict=True):
        if segment.piece is None or not segment.text.strip():
            continue
        if segment.state == "inserted" and not taken:
            yield from _pending(segment, _of(stretches, "inserted"), mine["inserted"], address)
        elif segment.state == "deleted" and taken:
            yield from _pending(segment, _of(stretches, "deleted"), mine["deleted"], address)


def _of(stretches: "list[Stretch]", kind: str) -> "list[Stretch]":
    return [item for item in stretches if item[0] == kind]


Stretch = tuple[str, str, list[Piece], str]  # ("inserted" | "deleted", text, pieces, block)


def _stretches(window: tuple[Block, ...]) -> Iterator[Stretch]:
    """Neighbouring pieces that are inserted, or deleted, by anyone; a piece struck inside an insertion is
    both.
    """
    for block in window:
        for kind in ("inserted", "deleted"):
            pieces: list[Piece] = []
            for piece in (*block.pieces, None):
                if piece is not None and _is(piece, kind):
                    pieces.append(piece)
                elif pieces:
                    yield kind, "".join(item.text for item in pieces), pieces, block.id
                    pieces = []


def _is(piece: Piece, kind: str) -> bool:
    return not piece.in_original if kind == "inserted" else not piece.in_accepted


def _noun(segment: Segment) -> str:
    return "insertion" if segment.state == "inserted" else "deletion"


def _has_grown(segment: Segment, stretch: Stretch, sent: str) -> bool:
    """Whether the stretch holds more under the very name and time of our change than we wrote."""
    piece = segment.piece
    if piece is None or not piece.date:
        return False
    mine = [found.text for found in stretch[2] if (found.author, found.date) == (piece.author, piece.date)]
    return "".join(mine) not in sent


def _pending(segment: Segment, stretches: list[Stretch], sent: str, address: str) -> Iterator[Difference]:
    piece = segment.piece
    if piece is None:
        return
    holding = [item for item in stretches if segment.text in item[1]]
    if holding:
        grown = next((item for item in holding if _has_grown(segment, item, sent)), None)
        if grown is not None:
            why = f"Words were added inside the tracked {_noun(segment)} by {piece.author}, untracked."
            yield Difference("our_change_altered", grown[3], segment.text, grown[1], "substantive", why)
            return
        named = [item for item in holding if any(_is_by(found, piece, segment.text) for found in item[2])]
        yield from _attribution(piece, named or holding, bool(named))
        return
    similar = [
        item
        for item in stretches
        if segment.state == "inserted"
        and any(found.author == piece.author and _same_time(found.date, piece.date) for found in item[2])
        and likeness(segment.text, item[1]) > 20
    ]
    if similar:
        why = f"The words inside the tracked insertion by {piece.author} were changed without tracking it."
        yield Difference("our_change_altered", similar[0][3], segment.text, similar[0][1], "substantive", why)
    else:
        done = _noun(segment)
        before, after = (segment.text, "") if segment.state == "inserted" else ("", segment.text)
        why = f"Our tracked {done} was rejected without saying."
        yield Difference("our_change_rejected", address, before, after, "noise", why)


def _is_by(found: Piece, ours: Piece, text: str) -> bool:
    if found.within in ("inserted", "moved_to"):
        return found.text in text or text in found.text  # struck inside ours: the piece names who struck it
    return found.author == ours.author and (found.text in text or text in found.text)


def _attribution(ours: Piece, holding: list[Stretch], named: bool) -> Iterator[Difference]:
    address = holding[0][3]
    if not named:
        other = next(
            (found.author for found in holding[0][2] if ours.text in found.text or found.text in ours.text),
            "",
        )
        why = (
            f"A tracked change made by {ours.author or '(no name)'} now carries the name {other or '(none)'}."
        )
        yield Difference("revision_author", address, ours.author, other, "substantive", why)
        return
    mine = [found for item in holding for found in item[2] if _is_by(found, ours, ours.text)]
    dates = [found.date for found in mine if found.within == "same"]
    if dates and not any(_same_time(date, ours.date) for date in dates):
        why = f"A tracked change by {ours.author} now carries another date."
        yield Difference("revision_date", address, ours.date, dates[0], "substantive", why)


def _same_time(one: str, other: str) -> bool:
    """The same moment, also where a program rounded it or wrote local time for universal time, or dropped
    it.
    """
    if one == other or not one or not other:
        return True
    first, second = _moment(one), _moment(other)
    if first is None or second is None:
        return False
    apart = abs(first - second)
    off_quarter = min(apart % _ZONE, _ZONE - apart % _ZONE)
    return apart < _WIDEST_ZONE and off_quarter <= timedelta(minutes=1)


def _moment(date: str) -> datetime | None:
    try:
        return datetime.fromisoformat(date).replace(tzinfo=None)
    except ValueError:
        return None


def _backdated(ours: Document, theirs: Document) -> Iterator[Difference]:
    """New changes under a name we sent, dated before our own last one: they pose as part of what we sent."""
    sent = [piece for block in ours.blocks for piece in block.pieces if piece.state != "same"]
    known = {(piece.author, piece.date, piece.text) for piece in sent}
    texts = "\n".join(piece.text for piece in sent)
    moments = [moment for piece in sent if (moment := _moment(piece.date))]
    authors = {piece.author for piece in sent}
    for block in theirs.blocks:
        for piece in block.pieces:
            moment = _moment(piece.date)
            if piece.state == "same" or moment is None or not moments or piece.author not in authors:
                continue
            new = (piece.author, piece.date, piece.text) not in known and piece.text not in texts
            if new and moment < max(moments) - _WIDEST_ZONE:
                why = f"A new tracked change carries the name {piece.author} and a date before what we sent."
                yield Difference(
                    "revision_date", block.id, "", f"{piece.text} ({piece.date})", "substantive", why
                )
