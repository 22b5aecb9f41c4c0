"""Both documents as lines that can be compared: the returned one with all its changes rejected, ours in
groups.

A group is what becomes one or more lines of our sent text, depending on which of our pending changes were
accepted: usually one paragraph; several where a paragraph mark is itself a pending change.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from redline import names as n
from redline.deciding import settle_package
from redline.document import Block, Document, Piece
from redline.inline import node_text
from redline.names import Element, w
from redline.package import Package
from redline.reader import Reading, read_package

Story = Literal["body", "footnotes", "endnotes", "header", "footer"]
STORIES: tuple[Story, ...] = ("body", "footnotes", "endnotes", "header", "footer")
_COMPUTED = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|REF|NOTEREF|TOC|SEQ|STYLEREF|INDEX|TOA|DATE|TIME|SAVEDATE|PRINTDATE)\b",
    re.I,
)


@dataclass(frozen=True)
class Line:
    """One paragraph of a settled document; ``masked`` has the results of computed fields taken out."""

    text: str
    masked: str
    address: str
    number: str
    style: str
    element: Element


@dataclass(frozen=True, slots=True)
class Segment:
    """Text of our sent document and what may have become of it: "same" must be there, the others may go."""

    text: str
    state: Literal["same", "inserted", "deleted"]
    piece: Piece | None = None


@dataclass
class Group:
    blocks: list[Block]
    segments: list[Segment] = field(default_factory=list)

    @property
    def original(self) -> str:
        return "".join(item.text for item in self.segments if item.state != "inserted")

    @property
    def accepted(self) -> str:
        return "".join(item.text for item in self.segments if item.state != "deleted")

    @property
    def has_choice(self) -> bool:
        return any(item.state != "same" for item in self.segments)

    @property
    def breaks(self) -> int:
        return sum(item.text == "\n" for item in self.segments)


@dataclass
class Settled:
    """A document with all changes decided one way; addresses are those of the undecided document."""

    package: Package
    reading: Reading
    lines: dict[Story, list[Line]]
    by_address: dict[str, Line]
    was: dict[str, str]  # address now → address before


def settled(data: bytes, *, accept: bool) -> Settled:
    """All tracked changes accepted, or all rejected."""
    return _settled(data, everything=accept)


def settled_as(data: bytes, yes: frozenset[str]) -> Settled:
    """The changes of these ids accepted, all others rejected."""
    return _settled(data, yes=yes, everything=False)


def _settled(data: bytes, *, yes: frozenset[str] = frozenset(), everything: bool) -> Settled:
    package = Package(data)
    before = read_package(package)
    settle_package(package, yes, everything=everything)
    after = read_package(package)
    was = {block.id: before.addresses.get(after.elements[block.id], "") for block in after.document.blocks}
    lines: dict[Story, list[Line]] = {story: [] for story in STORIES}
    masks = _masks(after)
    unseen = unseen_parts(after)
    for block in after.document.blocks:
        if block.part in unseen:
            continue
        element = after.elements[block.id]
        line = Line(block.text, masks[element], was[block.id], block.number, block.style, element)
        lines[story_of(block)].append(line)
    by_address = {line.address: line for found in lines.values() for line in found}
    return Settled(package, after, lines, by_address, was)


def story_of(block: Block) -> Story:
    for story in ("footnotes", "endnotes", "header", "footer"):
        if block.part.startswith(story):
            return story
    return "body"


def unseen_parts(reading: Reading) -> set[str]:
    """Headers and footers that no page shows: first-page ones without a title page, even-page ones without
    both sides differing. Programs keep or drop them as they like."""
    package = reading.package
    settings = package.related("settings")
    both_sides = settings is not None and n.is_on(package.tree(settings).find(w("evenAndOddHeaders")))
    rels = package.rels(package.main)
    shown: set[str] = set()
    for section in package.tree(package.main).iter(n.SECTPR):
        titled = n.is_on(section.find(w("titlePg")))
        for reference in section.iterchildren(w("headerReference"), w("footerReference")):
            kind = reference.get(w("type")) or "default"
            found = rels.get(reference.get(n.R_ID) or "")
            if found and (kind == "default" or (titled if kind == "first" else both_sides)):
                shown.add(found.target)
    margins = {label: part for label, part in reading.parts.items() if label.startswith(("header", "footer"))}
    return {label for label, part in margins.items() if part not in shown}


def groups(document: Document, unseen: set[str]) -> dict[Story, list[Group]]:
    """The sent document cut after every paragraph mark that is no pending change; parts no page shows left
    out.
    """
    found: dict[Story, list[Group]] = {story: [] for story in STORIES}
    pending: Group | None = None
    for block in document.blocks:
        if block.part in unseen:
            continue
        group = pending or Group([])
        if pending is None:
            found[story_of(block)].append(group)
        group.blocks.append(block)
        group.segments.extend(_framed(block) or _segments(block))
        goes, came = block.accepted_as != "line", block.original_as != "line"
        pending = None
        if goes or came:
            group.segments.append(Segment("\n", "inserted" if came else "deleted"))
            pending = group
    return found


def _framed(block: Block) -> list[Segment]:
    """The segments of a paragraph that comes or goes as a whole, as those of an inserted or deleted row
    do.
    """
    text = "".join(piece.text for piece in block.pieces)
    if block.original_as == "gone" and block.accepted_as == "line" and text == block.text:
        return [Segment(text, "inserted", next(iter(block.pieces), None))]
    if block.accepted_as == "gone" and block.original_as == "line" and text == block.original:
        return [Segment(text, "deleted", next(iter(block.pieces), None))]
    return []


def _segments(block: Block) -> list[Segment]:
    out: list[Segment] = []
    for piece in block.pieces:
        if not piece.in_original:
            out.append(Segment(piece.text, "inserted", piece))
        elif not piece.in_accepted:
            out.append(Segment(piece.text, "deleted", piece))
        elif out and out[-1].state == "same":
            out[-1] = Segment(out[-1].text + piece.text, "same")
        else:
            out.append(Segment(piece.text, "same"))
    return out


def _masks(reading: Reading) -> dict[Element, str]:
    """Each paragraph's text with a placeholder for every field that a program computes by itself."""
    out: dict[Element, str] = {}
    roots: dict[Element, list[Element]] = {}
    for element in reading.elements.values():
        roots.setdefault(element.getroottree().getroot(), []).append(element)
    for paragraphs in roots.values():
        stack: list[list[str]] = []  # instruction so far, "|" once the result began
        for paragraph in paragraphs:
            out[paragraph] = _mask(paragraph, stack)
    return out


def _mask(paragraph: Element, stack: list[list[str]]) -> str:
    words: list[str] = []
    for node in paragraph.iter(n.T, n.FLDCHAR, n.INSTR, n.FLDSIMPLE, w("tab"), w("br"), w("noBreakHyphen")):
        if node.tag == n.FLDCHAR:
            kind = node.get(w("fldCharType"))
            if kind == "begin":
                stack.append([])
            elif kind == "separate" and stack:
                stack[-1].append("|")
            elif kind == "end" and stack:
                stack.pop()
        elif node.tag == n.INSTR:
            if stack:
                stack[-1].append(node.text or "")
        elif node.tag == n.FLDSIMPLE:
            continue
        elif not any(_COMPUTED.match("".join(parts)) for parts in stack) and not _in_simple(node):
            words.append(node_text(node))
    return "".join(words)


def _in_simple(node: Element) -> bool:
    return any(_COMPUTED.match(above.get(w("instr")) or "") for above in node.iterancestors(n.FLDSIMPLE))
