"""The contracts that are changed, and how: edits of the text, of a Word document's blocks in memory."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import redline
from clauses import Analysis, Issue, analyse, check
from config.demo.contracts import build, catalogue
from tests.shared import SHARED

Edit = tuple[int, int, str]  # start, end and new words, in offsets of the text that is read

_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|\*\*|\]\([^)\s]{0,300}\)")


@dataclass(frozen=True)
class Form:
    """One contract: a Word document or a text."""

    name: str
    source: "redline.Document | str" = field(repr=False)

    @cached_property
    def analysis(self) -> Analysis:
        return analyse(self.source)

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        return check(self.analysis)

    @cached_property
    def text(self) -> str:
        return self.source if isinstance(self.source, str) else self.source.text

    @cached_property
    def _bare(self) -> tuple[str, list[int]]:
        """The text without marks, and where each of its characters stands in the text with them."""
        kept: list[int] = []
        place = 0
        for tag in _TAG.finditer(self.text) if isinstance(self.source, str) else ():
            kept.extend(range(place, tag.start()))
            place = tag.end()
        kept.extend(range(place, len(self.text)))
        return "".join(self.text[k] for k in kept), kept

    @property
    def bare(self) -> str:
        return self._bare[0]

    def back(self, start: int, end: int) -> tuple[int, int] | None:
        """Range of the text for a range of the bare text; None where marks stand inside."""
        kept = self._bare[1]
        if end > start and kept[end - 1] - kept[start] != end - 1 - start:
            return None
        return (kept[start], kept[end - 1] + 1) if end > start else (kept[start], kept[start])

    def edited(self, edits: Sequence[Edit]) -> "redline.Document | str":
        """The contract after the edits, none of which may overlap."""
        if isinstance(self.source, str):
            text = self.source
            for start, end, new in sorted(edits, reverse=True):
                text = text[:start] + new + text[end:]
            return text
        blocks = list(self.source.blocks)
        places = {block.id: k for k, block in enumerate(blocks)}
        for start, end, new in sorted(edits, reverse=True):
            block_id, offset = self.source.locate(start)
            place = places[block_id]
            if new == "" and offset == 0 and end - start >= len(blocks[place].text):
                blocks[place] = replace(blocks[place], text="", pieces=(), accepted_as="gone")
            else:
                blocks[place] = _written(
                    blocks[place], offset, min(end - start, len(blocks[place].text) - offset), new
                )
        return redline.Document(tuple(blocks))


def _written(block: "redline.Block", offset: int, length: int, new: str) -> "redline.Block":
    """A block with some words replaced; the new ones look like those they replace."""
    pieces, at, written = [], 0, False
    for piece in block.pieces:
        if piece.state in ("deleted", "moved_from"):
            pieces.append(piece)
            continue
        first, last = at, at + len(piece.text)
        at = last
        cut = [max(0, offset - first), max(0, offset + length - first)]
        if last < offset or first > offset + length or (written and first >= offset + length):
            pieces.append(piece)
            continue
        words = piece.text[: cut[0]] + ("" if written else new) + piece.text[cut[1] :]
        written = True
        pieces.append(replace(piece, text=words))
    text = block.text[:offset] + new + block.text[offset + length :]
    return replace(block, text=text, pieces=tuple(pieces))


def own(slug: str) -> Form:
    """One of our own sample contracts."""
    return Form(f"own/{slug}", redline.read(build(slug)))


def forms(*, shared: bool = True) -> list[Form]:
    """Our own sample contracts and, where they are, the standard forms."""
    made = [own(entry.slug) for entry in catalogue()]
    if shared and SHARED.is_dir():
        for path in sorted((SHARED / "data" / "docx").glob("*.docx")):
            made.append(Form(f"docx/{path.stem}", redline.read(path.read_bytes())))
        for path in sorted((SHARED / "data" / "markdown").glob("*.md")):
            made.append(Form(f"markdown/{path.stem}", path.read_text(encoding="utf-8")))
    return made


def numbered(form: Form) -> Form:
    """A Word document as text with its numbers typed, as it comes from a PDF or an e-mail."""
    if isinstance(form.source, str):
        return form
    return Form(f"{form.name} as text", form.source.view(numbers=True))
