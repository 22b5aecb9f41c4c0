"""Our own pending changes as they came back: still the same words under the same name and time, or not.

Rejecting everything cannot see what happens inside our own insertions, because they are rejected too; so
each of them is looked for among the insertions of the paragraphs it came back in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from redline.difference import Difference
from redline.document import Block, Document, Piece
from redline.untracked_text import Match, likeness, plain
from redline.untracked_views import Segment

_ZONE = timedelta(minutes=15)  # zones differ by quarters of an hour
WIDEST_ZONE = timedelta(hours=15)


def mark_differences(matches: list[Match], ours: Document, theirs: Document) -> Iterator[Difference]:
    found = list(_by_group(matches, theirs))
    yield from found
    altered = {item.block for item in found if item.kind == "our_change_altered"}
    yield from _posing(ours, theirs, altered)


def _by_group(matches: list[Match], theirs: Document) -> Iterator[Difference]:
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


def _group(match: Match, window: tuple[Block, ...]) -> Iterator[Difference]:
    if match.group is None or match.taken is None:
        return
    stretches = {
        "inserted": list(_stretches(window, "inserted")),
        "deleted": list(_stretches(window, "deleted")),
    }
    address = window[-1].id if window else ""
    segments = match.group.segments
    for segment, taken in zip(segments, match.taken, strict=True):
        if segment.piece is None or not segment.text.strip():
            continue
        if segment.state != "same" and taken == (segment.state == "deleted"):
            yield from _pending(segment, stretches[segment.state], _sent(segment, segments), address)


@dataclass(frozen=True, slots=True)
class Mark:
    """Who inserted or deleted some words, and when."""

    author: str
    date: str

    def is_of(self, other: "Mark") -> bool:
        return self.author == other.author and _same_time(self.date, other.date)


def _mark(piece: Piece, kind: str) -> Mark:
    """The insertion or deletion of a piece; one struck inside an insertion has both."""
    if kind == "inserted" and piece.within in ("inserted", "moved_to"):
        return Mark(piece.within_author, piece.within_date)
    return Mark(piece.author, piece.date)


def _sent(segment: Segment, segments: list[Segment]) -> str:
    """All that the group says under the very name and time of a segment's change."""
    if segment.piece is None:
        return ""
    mark, kind = _mark(segment.piece, segment.state), segment.state
    mine = [s for s in segments if s.state == kind and s.piece is not None and _mark(s.piece, kind) == mark]
    return "".join(item.text for item in mine)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring pieces that all come, or all go; what others put into a deletion does not part it."""

    kind: str  # "inserted" | "deleted"
    block: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def struck(self) -> str:
        """What of it is struck out again."""
        return "".join(piece.text for piece in self.pieces if not piece.in_accepted)

    def under(self, mark: Mark) -> str:
        """The words that stand under this name and time, without what others put between them."""
        return "".join(piece.text for piece in self.pieces if _mark(piece, self.kind).is_of(mark))


def _stretches(window: tuple[Block, ...], kind: str) -> Iterator[Stretch]:
    pieces: list[Piece] = []
    place = ""
    for block in window:
        for piece in block.pieces:
            if _is(piece, kind):
                place = place if pieces else block.id
                pieces.append(piece)
            elif pieces and (kind == "inserted" or piece.in_original):
                yield Stretch(kind, place, tuple(pieces))
                pieces = []
        came, goes = block.original_as != "line", block.accepted_as != "line"
        if pieces and not (came or (goes and kind == "deleted")):  # a paragraph end that was there and stays
            yield Stretch(kind, place, tuple(pieces))
            pieces = []
    if pieces:
        yield Stretch(kind, place, tuple(pieces))


def _is(piece: Piece, kind: str) -> bool:
    """A piece struck inside an insertion belongs to the insertion: rejecting everything takes both away."""
    return not piece.in_original if kind == "inserted" else piece.in_original and not piece.in_accepted


def _noun(segment: Segment) -> str:
    return "insertion" if segment.state == "inserted" else "deletion"


def _has_grown(stretch: Stretch, mark: Mark, sent: str) -> bool:
    """Whether the stretch holds more under the very name and time of our change than we wrote."""
    mine = "".join(piece.text for piece in stretch.pieces if _mark(piece, stretch.kind) == mark)
    return bool(mark.date) and plain(mine) not in plain(sent)


def _pending(segment: Segment, stretches: list[Stretch], sent: str, address: str) -> Iterator[Difference]:
    """1. our words under our name and time, whatever others put between them: only added words are told;
    2. our words under other names or times: the attribution was changed;
    3. other words under our name and time: the wording was changed;
    4. nothing of the kind: the change was undone.
    """
    if segment.piece is None:
        return
    mark, words = _mark(segment.piece, segment.state), plain(segment.text)
    ours = [item for item in stretches if words in plain(item.under(mark))]
    if ours:
        grown = next((item for item in ours if _has_grown(item, mark, sent)), None)
        if grown is not None:
            why = f"Words were added inside the tracked {_noun(segment)} by {mark.author}, untracked."
            yield Difference("our_change_altered", grown.block, segment.text, grown.text, "substantive", why)
        elif not segment.piece.in_accepted and all(words not in plain(item.struck) for item in ours):
            why = "Our tracked deletion was rejected without saying."
            yield Difference("our_change_rejected", ours[0].block, "", segment.text, "noise", why)
        return
    holding = next((item for item in stretches if words in plain(item.text)), None)
    if holding is not None:
        yield _attribution(mark, holding, segment.text)
        return
    similar = next((item for item in stretches if likeness(segment.text, item.under(mark)) > 20), None)
    if similar is not None and segment.state == "inserted":
        why = f"The words inside the tracked insertion by {mark.author} were changed without tracking it."
        yield Difference("our_change_altered", similar.block, segment.text, similar.text, "substantive", why)
        return
    before, after = (segment.text, "") if segment.state == "inserted" else ("", segment.text)
    why = f"Our tracked {_noun(segment)} was rejected without saying."
    yield Difference("our_change_rejected", address, before, after, "noise", why)


def _attribution(ours: Mark, holding: Stretch, text: str) -> Difference:
    """Our words stand there, but not all of them under our name and time."""
    marks = [
        _mark(piece, holding.kind) for piece in holding.pieces if piece.text in text or text in piece.text
    ]
    other = next((mark for mark in marks if mark.author != ours.author), None)
    if other is None:
        date = next((mark.date for mark in marks if not mark.is_of(ours)), "")
        why = f"A tracked change by {ours.author} now carries another date."
        return Difference("revision_date", holding.block, ours.date, date, "substantive", why)
    who, now = ours.author or "(no name)", other.author or "(none)"
    why = f"A tracked change made by {who} now carries the name {now}."
    return Difference("revision_author", holding.block, ours.author, other.author, "substantive", why)


def _same_time(one: str, other: str) -> bool:
    """The same moment, also where a program rounded it or wrote local time for universal time, or dropped
    it.
    """
    if one == other or not one or not other:
        return True
    first, second = moment(one), moment(other)
    if first is None or second is None:
        return False
    apart = abs(first - second)
    off_quarter = min(apart % _ZONE, _ZONE - apart % _ZONE)
    return apart < WIDEST_ZONE and off_quarter <= timedelta(minutes=1)


def moment(date: str) -> datetime | None:
    """The date of a change or comment, None where it cannot be read."""
    try:
        return datetime.fromisoformat(date).replace(tzinfo=None)
    except ValueError:
        return None


def _posing(ours: Document, theirs: Document, altered: set[str]) -> Iterator[Difference]:
    """New changes under a name we sent that pose as part of what we sent: dated before our last one, or at
    the very second of one of ours with words it never had. ``altered``: blocks where that was told already.
    """
    sent = [piece for block in ours.blocks for piece in block.pieces if piece.state != "same"]
    said = _words_by_mark(ours)
    last: dict[str, datetime] = {}
    for piece in sent:
        at = moment(piece.date)
        if at is not None:
            last[piece.author] = max(last.get(piece.author, at), at)
    texts = "\n".join(plain(piece.text) for piece in sent)
    for block in theirs.blocks:
        for piece in block.pieces:
            at = moment(piece.date)
            if piece.state == "same" or at is None or piece.author not in last or not piece.text.strip():
                continue
            shown, text = f"{piece.text} ({piece.date})", plain(piece.text)
            words = said.get((piece.state, piece.author, piece.date))
            if words is None and text not in texts and at < max(last.values()) - WIDEST_ZONE:
                why = f"A new tracked change carries the name {piece.author} and a date before what we sent."
                yield Difference("revision_date", block.id, "", shown, "substantive", why)
            elif words is not None and text not in plain(words) and block.id not in altered:
                why = (
                    f"A new tracked change carries the name {piece.author} and the very date of what we sent."
                )
                yield Difference("revision_date", block.id, "", shown, "substantive", why)


def _words_by_mark(document: Document) -> dict[tuple[str, str, str], str]:
    """All words under one kind, name and date, as one string: others' changes inside them may be settled."""
    out: dict[tuple[str, str, str], str] = {}
    for block in document.blocks:
        for piece in block.pieces:
            for key in (
                (piece.state, piece.author, piece.date),
                (piece.within, piece.within_author, piece.within_date),
            ):
                if key[0] != "same":
                    out[key] = out.get(key, "") + piece.text
    return out
