"""One door for what is read: a Word document or plain text becomes lines with what is known of each.

1. A ``redline.Document`` gives its blocks: numbers, styles, tables and bold lead-ins are known.
2. A PDF gives its paragraphs: numbers are typed in the text, bold lead-ins are known.
3. Plain text gives its lines; numbers are typed in the text. Light Markdown is taken off before reading,
   and an offset map leads every result back to the characters of the file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clauses.pdf import PdfText

if TYPE_CHECKING:
    from redline import Block, Document


@dataclass(slots=True)
class Line:
    """A paragraph with its place in the text that is read."""

    start: int
    text: str
    blocks: tuple[str, ...] = ()
    number: str = ""
    level: int | None = None
    heading_level: int | None = None
    cell: tuple[int, int, int] | None = None
    lead: int = 0  # code points of bold or underlined lead-in at the front
    aside: bool = False  # header, footer, note: facts are read, no clause is made

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class Source:
    """The text as given, the text that is read, and the map from the second to the first."""

    text: str
    plain: str
    lines: list[Line]
    offsets: Sequence[int] | None = None
    is_document: bool = False

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Range of the given text for a range of the text that is read."""
        if self.offsets is None:
            return start, end
        if end <= start:
            place = self.offsets[start] if start < len(self.offsets) else len(self.text)
            return place, place
        return self.offsets[start], self.offsets[end - 1] + 1


def open_source(source: "Document | PdfText | str") -> Source:
    """Lines of a document, of a PDF or of plain text."""
    if isinstance(source, str):
        return _of_text(source)
    return _of_pdf(source) if isinstance(source, PdfText) else _of_document(source)


# --- Word documents -------------------------------------------------------------------------------

_HEADING_STYLE = re.compile(r"(?:heading|überschrift|titre)\s?(\d)", re.I)


def _of_document(document: "Document") -> Source:
    text = document.text
    lines: list[Line] = []
    open_line: Line | None = None
    for block in document.blocks:
        if block.accepted_as == "gone":
            continue
        line = _line_of_block(block, document.start_of(block.id))
        if open_line is not None:  # its paragraph mark is deleted: accepted, both are one paragraph
            open_line.text += line.text
            open_line.blocks += line.blocks
            open_line.number = open_line.number or line.number
        else:
            lines.append(line)
        open_line = None if block.accepted_as == "line" else lines[-1]
    return Source(text, even(text), lines, is_document=True)


def _line_of_block(block: "Block", start: int) -> Line:
    style = _HEADING_STYLE.search(block.style or "")
    level = int(style.group(1)) if style else None
    if level is None and block.kind == "heading":
        level = (block.level or 0) + 1
    if level is None and (block.style or "").lower() in ("title", "subtitle"):
        level = 1
    return Line(
        start=start,
        text=even(block.text),
        blocks=(block.id,),
        number=(block.number or "").strip(),
        level=block.level,
        heading_level=level,
        cell=block.table,
        lead=_bold_lead(block),
        aside=block.part != "body" or block.kind in ("header", "footer", "note"),
    )


def _bold_lead(block: "Block") -> int:
    """Length of the bold or underlined text a block begins with; pieces deleted by a tracked change do not
    count.
    """
    length = 0
    for piece in block.pieces:
        if piece.state in ("deleted", "moved_from") or not piece.text:
            continue
        if not (piece.bold or piece.underline) and piece.text.strip():
            break
        length += len(piece.text)
    return min(length, len(block.text))


# --- PDF ------------------------------------------------------------------------------------------


def _of_pdf(source: PdfText) -> Source:
    plain = even(source.text)
    lines = _lines_of(plain)
    for line, lead in zip(
        lines, source.leads, strict=False
    ):  # the text ends with a line end, so one empty line is left
        line.lead = lead
    return Source(source.text, plain, lines)


# --- plain text -----------------------------------------------------------------------------------

# Same length in, same length out: what looks like a blank reads as a blank, offsets stay.
_EVEN = {ord(c): " " for c in "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t\v\f\r"} | {
    0x2011: "-",
    0x2010: "-",
}
_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>\n]{0,200}>|\*\*|^#{1,6}[ \t]+|\]\((?:https?:|mailto:)[^)\s]{0,300}\)", re.M
)
_LOOKS_MARKED = re.compile(r"^#{1,6} \S|<span class|\*\*[^*\n]{1,80}\*\*", re.M)
_HASHES = re.compile(r"(#{1,6})[ \t]")


def even(text: str) -> str:
    """The text with every sign that looks like a blank as a blank; as long as before, so offsets hold."""
    return text.translate(_EVEN)


def _of_text(text: str) -> Source:
    if _LOOKS_MARKED.search(text[:20_000]):
        return _of_marked_text(text)
    plain = even(text)
    return Source(text, plain, _lines_of(plain))


def _lines_of(plain: str) -> list[Line]:
    lines, place = [], 0
    for row in plain.split("\n"):
        lines.append(Line(start=place, text=row))
        place += len(row) + 1
    return lines


def _of_marked_text(text: str) -> Source:
    """Markdown: marks go, the offset map stays; hashes become heading levels and indents list levels."""
    kept: list[str] = []
    offsets: list[int] = []
    place = 0
    for mark in _MARKUP.finditer(text):
        kept.append(text[place : mark.start()])
        offsets.extend(range(place, mark.start()))
        place = mark.end()
    kept.append(text[place:])
    offsets.extend(range(place, len(text)))
    plain = even("".join(kept))
    lines = _lines_of(plain)
    for line, raw in zip(lines, text.split("\n"), strict=True):
        hashes = _HASHES.match(raw)
        line.heading_level = len(hashes.group(1)) if hashes else None
        indent = len(raw) - len(raw.lstrip(" \t"))
        if raw[indent : indent + 1].isdigit():
            line.level = indent // 3
        if line.heading_level is None and (bold := re.match(r"\s*\*\*([^*\n]{1,120})\*\*", raw)):
            line.lead = len(bold.group(1)) + indent
        if line.heading_level is None and (
            span := re.search(r"<span class=\"header_\d\"[^>]{0,80}>([^<\n]{1,120})<", raw)
        ):
            at = line.text.find(span.group(1))
            line.lead = at + len(span.group(1)) if at >= 0 else 0
    return Source(text, plain, lines, offsets)
