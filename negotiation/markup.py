"""Our draft drawn over a version's paragraphs: the same marks the sent file will carry, without writing one.

Offsets of edits count in the paragraph's accepted text. For each edited paragraph:
1. every replacement becomes single deletions and insertions by the engine's own word difference;
2. the pieces are cut where those begin and end;
3. deleted pieces are marked, inserted ones put in, in our name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import redline
from negotiation import untracked
from negotiation.models import Block, Change

Edit = Mapping[str, Any]


@dataclass(frozen=True)
class Mark:
    """One deletion (`end` > `start`) or insertion (`text`) in a paragraph's accepted text."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True)
class Drawn:
    """A paragraph as the page shows it; `row` is None for one that our draft adds."""

    key: str
    row: Block | None
    pieces: tuple[redline.Piece, ...]
    marks: tuple[Mark, ...] = ()

    def shifted(self, offset: int, *, is_end: bool = False) -> int:
        """Where an offset of the version's accepted text lies in the drawn accepted text."""
        moved = offset
        for mark in self.marks:
            if mark.end <= offset:
                moved -= mark.end - mark.start
            elif mark.start < offset:
                moved -= offset - mark.start
            if mark.text and (mark.start < offset or (is_end and mark.start == offset)):
                moved += len(mark.text)
        return moved


def pieces_of(row: Block) -> tuple[redline.Piece, ...]:
    return tuple(redline.Piece(**piece) for piece in row.pieces)


def draw(
    rows: Iterable[Block],
    edits: Sequence[Edit],
    *,
    author: str,
    silent: Iterable[Change] = (),
    their_name: str = "",
) -> list[Drawn]:
    """The version's paragraphs with our edits marked, and the paragraphs our edits add. What they changed
    without tracking it (`silent`) is marked in `their_name`, as such."""
    by_block: dict[str, list[Edit]] = {}
    for edit in edits:
        by_block.setdefault(str(edit.get("block", "")), []).append(edit)
    unmarked: dict[str, list[Change]] = {}
    for change in silent:
        unmarked.setdefault(change.block, []).append(change)
    drawn: list[Drawn] = []
    for row in rows:
        # Where two edits meet at one place, the file has the earlier one's new words first.
        mine = sorted(by_block.get(row.address, []), key=lambda edit: _span(edit, row))
        marks = tuple(sorted((m for edit in mine for m in _marks(edit, row)), key=lambda m: (m.start, m.end)))
        found = unmarked.get(row.address, [])
        pieces = untracked.marked(pieces_of(row), found, their_name)
        drawn.append(Drawn(row.address, row, _marked(pieces, marks, author), marks))
        for number, edit in enumerate(e for e in mine if e.get("op") == "insert_after"):
            for line, text in enumerate(str(edit.get("text", "")).split("\n")):
                piece = redline.Piece(text=text, state="inserted", author=author)
                drawn.append(Drawn(f"{row.address}+{number}.{line}", None, (piece,)))
        for number, gone in enumerate(untracked.removed(found, their_name)):
            drawn.append(Drawn(f"{row.address}-{number}", None, (gone,)))
    return drawn


def _span(edit: Edit, row: Block) -> tuple[int, int]:
    return int(edit.get("start", 0)), int(edit.get("end", len(row.text)))


def _marks(edit: Edit, row: Block) -> list[Mark]:
    op = edit.get("op", "replace")
    if op == "delete_block":
        return [Mark(0, len(row.text))]
    if op != "replace":
        return []
    start, end = _span(edit, row)
    marks, at = [], start
    for kind, words in redline.word_diff(row.text[start:end], str(edit.get("text", ""))):
        if kind == "insert":
            marks.append(Mark(at, at, words))
            continue
        if kind == "delete":
            marks.append(Mark(at, at + len(words)))
        at += len(words)
    return marks


def _marked(pieces: Sequence[redline.Piece], marks: Sequence[Mark], author: str) -> tuple[redline.Piece, ...]:
    if not marks:
        return tuple(pieces)
    cuts = sorted({edge for mark in marks for edge in (mark.start, mark.end)})
    deleted = [(mark.start, mark.end) for mark in marks if mark.end > mark.start]
    inserted: dict[int, list[str]] = {}
    for mark in marks:
        if mark.text:
            inserted.setdefault(mark.start, []).append(mark.text)
    result: list[redline.Piece] = []
    waiting: list[redline.Piece] = []  # as lawyers read it: the struck words first, then what replaces them
    at = 0
    for piece in pieces:
        if not piece.in_accepted:
            result.append(piece)
            continue
        for part in _cut(piece, at, cuts):
            gone = bool(part.text) and any(
                start <= at and at + len(part.text) <= end for start, end in deleted
            )
            fresh = _put_in(inserted.pop(at, []), part, author)
            if fresh or not gone:
                result, waiting = result + waiting, []
            result, waiting = (result, waiting + fresh) if gone else (result + fresh, [])
            result.append(_struck(part, author) if gone else part)
            at += len(part.text)
    result += waiting
    for texts in inserted.values():
        result += _put_in(texts, result[-1] if result else redline.Piece(text=""), author)
    return tuple(result)


def _cut(piece: redline.Piece, at: int, cuts: Sequence[int]) -> list[redline.Piece]:
    inside = [cut - at for cut in cuts if at < cut < at + len(piece.text)]
    edges = [0, *inside, len(piece.text)]
    return [replace(piece, text=piece.text[left:right]) for left, right in pairwise(edges)]


def _put_in(texts: Iterable[str], like: redline.Piece, author: str) -> list[redline.Piece]:
    return [
        redline.Piece(
            text=text,
            state="inserted",
            author=author,
            bold=like.bold,
            italic=like.italic,
            underline=like.underline,
        )
        for text in texts
    ]


def _struck(piece: redline.Piece, author: str) -> redline.Piece:
    """The piece as deleted by us, whoever's words it was."""
    return redline.Piece(
        text=piece.text,
        state="deleted",
        author=author,
        date=piece.date,
        bold=piece.bold,
        italic=piece.italic,
        underline=piece.underline,
        strike=piece.strike,
        hidden=piece.hidden,
        within=piece.state if piece.state in ("inserted", "moved_to") else piece.within,
        within_author=piece.within_author,
        within_date=piece.within_date,
    )
