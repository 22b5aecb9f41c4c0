"""What the other side changed without tracking it, drawn into a version's paragraphs as theirs.

The file itself holds no mark of such a change: its words stand there as if both had always agreed to them, or
even inside a tracked insertion of ours. For each of them:
1. find the words as they stand now, in the accepted text, else in what stands there once all is rejected;
2. the engine's word difference to what we sent says which of them are new and which are gone;
3. the new ones are cut out of their pieces and marked, the gone ones put in, struck, under the other side's
   name and as never tracked. The accepted text stays code point for code point.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import redline
from negotiation.models import Change

ADDED, REMOVED = "text_added", "text_removed"
IN_PLACE = frozenset({"text", ADDED, "our_change_altered"})
"""Kinds of untracked differences that are words in a paragraph."""


@dataclass(frozen=True, slots=True)
class SilentPiece(redline.Piece):
    """A piece of theirs that no mark in the file shows: "inserted", or "deleted" and no longer in it."""

    silent: bool = True


def marked(
    pieces: Sequence[redline.Piece], changes: Iterable[Change], author: str
) -> tuple[redline.Piece, ...]:
    """The pieces of one paragraph with the untracked changes in it marked in the author's name."""
    result = tuple(pieces)
    for change in changes:
        if change.kind in IN_PLACE and change.after:
            result = _with(result, change, author)
    return result


def removed(changes: Iterable[Change], author: str) -> Iterator[SilentPiece]:
    """Paragraphs of ours that are gone from the file, one piece each."""
    for change in changes:
        if change.kind == REMOVED and change.before:
            for line in change.before.split("\n"):
                yield SilentPiece(text=line, state="deleted", author=author)


def _with(pieces: tuple[redline.Piece, ...], change: Change, author: str) -> tuple[redline.Piece, ...]:
    for seen in (_in_accepted, _in_original):
        text = "".join(piece.text for piece in pieces if seen(piece))
        if text.count(change.after) == 1:
            return tuple(_drawn(pieces, seen, text.index(change.after), change, author))
    return pieces  # not to be told where: the list of changes has it


def _in_accepted(piece: redline.Piece) -> bool:
    return piece.in_accepted


def _in_original(piece: redline.Piece) -> bool:
    return piece.in_original and not isinstance(piece, SilentPiece)


def _drawn(
    pieces: Sequence[redline.Piece],
    seen: Callable[[redline.Piece], bool],
    start: int,
    change: Change,
    author: str,
) -> Iterator[redline.Piece]:
    new, gone = _differences(change, start)
    at = 0
    for piece in pieces:
        if not seen(piece):
            yield piece
            continue
        end = at + len(piece.text)
        cuts = sorted(
            {at, end, *(cut for span in new for cut in span if at < cut < end), *_within(gone, at, end)}
        )
        for left, right in pairwise(cuts):
            if left in gone:
                yield SilentPiece(text=gone.pop(left), state="deleted", author=author)
            text = piece.text[left - at : right - at]
            is_new = any(first <= left and right <= last for first, last in new)
            yield _as_theirs(piece, text, author) if is_new and piece.in_accepted else _part(piece, text)
        at = end
    for text in gone.values():
        yield SilentPiece(text=text, state="deleted", author=author)


def _within(gone: dict[int, str], at: int, end: int) -> list[int]:
    return [place for place in gone if at < place < end]


def _differences(change: Change, start: int) -> tuple[list[tuple[int, int]], dict[int, str]]:
    """Spans of new words, and the gone words by the place where they stood."""
    new: list[tuple[int, int]] = []
    gone: dict[int, str] = {}
    at = start
    for kind, words in redline.word_diff(change.before, change.after):
        if kind == "delete":
            gone[at] = gone.get(at, "") + words
            continue
        if kind == "insert":
            new.append((at, at + len(words)))
        at += len(words)
    return new, gone


def _as_theirs(piece: redline.Piece, text: str, author: str) -> SilentPiece:
    return SilentPiece(
        text=text,
        state="inserted",
        author=author,
        bold=piece.bold,
        italic=piece.italic,
        underline=piece.underline,
        strike=piece.strike,
        hidden=piece.hidden,
    )


def _part(piece: redline.Piece, text: str) -> redline.Piece:
    return piece if text == piece.text else replace(piece, text=text)
