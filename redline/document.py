"""The document as people read it: blocks of pieces, comments, and text with offsets. Values only, no XML."""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

View = Literal["accepted", "original", "current"]
State = Literal["same", "inserted", "deleted", "moved_from", "moved_to"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one formatting and one state.

    ``within`` is the state of the change around it: a piece deleted inside a pending insertion has state
    "deleted" and within "inserted", and is in neither the accepted nor the original text. ``author`` and
    ``date`` are then those of the deletion, ``within_author`` and ``within_date`` those of the insertion.
    """

    text: str
    state: State = "same"
    author: str = ""
    date: str = ""
    change_id: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    hidden: bool = False
    within: State = "same"
    within_author: str = ""
    within_date: str = ""

    @property
    def in_accepted(self) -> bool:
        """Whether it is there once all changes are accepted."""
        return self.state not in ("deleted", "moved_from")

    @property
    def in_original(self) -> bool:
        """Whether it is there once all changes are rejected."""
        return self.state not in ("inserted", "moved_to") and self.within not in ("inserted", "moved_to")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, wherever it stands.

    ``text`` and ``original`` are its own characters with all changes accepted or rejected. Whether it is a
    line of its own there is told by ``accepted_as`` and ``original_as``: "line"; "joined" (its mark goes: the
    text runs on into the next block); "gone" (nothing of it stays).
    """

    id: str
    part: str
    kind: str
    style: str
    level: int | None
    number: str
    text: str
    original: str
    pieces: tuple[Piece, ...]
    table: tuple[int, int, int] | None
    accepted_as: str = "line"
    original_as: str = "line"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: who, when, what, where; replies name their parent."""

    id: str
    author: str
    date: str
    text: str
    block: str | None  # where the commented text begins; None when the anchor is lost
    quote: str
    parent: str | None = None
    resolved: bool = False


@dataclass(frozen=True)
class Document:
    """A whole document in reading order: body, footnotes, endnotes, headers, footers."""

    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @cached_property
    def text(self) -> str:
        """The text with all changes accepted, one paragraph a line; offsets count its code points."""
        return self.view("accepted")

    def view(self, view: View = "accepted", *, numbers: bool = False) -> str:
        """The text in one view, one paragraph a line, ending with a newline (unless there is none)."""
        return "".join(self._chunks(view, numbers))

    def _chunks(self, view: View, numbers: bool) -> list[str]:
        chunks: list[str] = []
        for block in self.blocks:
            if view == "current":
                body, how = "".join(piece.text for piece in block.pieces), "line"
            elif view == "original":
                body, how = block.original, block.original_as
            else:
                body, how = block.text, block.accepted_as
            if how == "gone":
                chunks.append("")
                continue
            label = f"{block.number} " if numbers and block.number else ""
            chunks.append(label + body + ("\n" if how == "line" else ""))
        return chunks

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for chunk in self._chunks("accepted", False):
            starts.append(at)
            at += len(chunk)
        return starts

    @cached_property
    def _index(self) -> dict[str, int]:
        return {block.id: index for index, block in enumerate(self.blocks)}

    def block(self, block_id: str) -> Block:
        """The block of that address. Raises KeyError when there is none."""
        return self.blocks[self._index[block_id]]

    def start_of(self, block_id: str) -> int:
        """The offset in ``text`` at which a block begins. Raises KeyError."""
        return self._starts[self._index[block_id]]

    def locate(self, offset: int) -> tuple[str, int]:
        """(block address, offset in the block's accepted text) of an offset in ``text``.

        A newline belongs to the end of its block. Raises IndexError outside the text.
        """
        if not 0 <= offset <= len(self.text) or not self.blocks:
            raise IndexError(f"offset {offset} is outside the text of {len(self.text)} characters")
        index = bisect_right(self._starts, offset) - 1
        while index and (
            self.blocks[index].accepted_as == "gone"
            or offset - self._starts[index] > len(self.blocks[index].text)
        ):
            index -= 1
        block = self.blocks[index]
        return block.id, min(offset - self._starts[index], len(block.text))
