"""A paragraph as one string for comparison, with a map back to its XML.

Every character stands for what it is; an object (drawing, formula, note reference) and a container
(hyperlink, content control, field) stand as one private-use character each, the same one for the same meaning
on both sides. A diff of two such strings therefore never cuts an object and never takes half a field. Marks
without extent (bookmarks, comment anchors) are items of length 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from redline.inline import node_text
from redline.names import (
    ALTERNATE,
    BOOKMARK_END,
    BOOKMARK_START,
    COMMENT_END,
    COMMENT_REF,
    COMMENT_START,
    CUSTOM_XML,
    DEL,
    DEL_TEXT,
    ENDNOTE_REF,
    FLDCHAR,
    FLDSIMPLE,
    FOOTNOTE_REF,
    HYPERLINK,
    INS,
    INSTR,
    MOVE_FROM,
    MOVE_TO,
    PPR,
    R_ID,
    R_RUN,
    RANGE_MARKS,
    RPR,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    SECTPR,
    SMARTTAG,
    TXBX,
    Element,
    R,
    T,
    w,
)
from redline.signature import Signature, Target, object_signature, run_signature

Entry = tuple[Element, Element | None]  # (run, node of the run) or (element beside runs, None)
MARK = "\n"  # a paragraph's end; one that also ends a section has a character by its headers' kinds
_MARKERS = frozenset(
    {BOOKMARK_START, BOOKMARK_END, COMMENT_START, COMMENT_END, w("permStart"), w("permEnd"), *RANGE_MARKS}
)
_CONTAINERS = frozenset({HYPERLINK, SDT, FLDSIMPLE, SMARTTAG, CUSTOM_XML, w("dir"), w("bdo")})
_IMAGES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_DROPPED = frozenset({PPR, w("proofErr")})
_DROPPED_IN_RUN = frozenset({RPR, w("lastRenderedPageBreak")})
_CONTROL_NOISE = frozenset(
    {w("id"), w("rPr"), w("placeholder"), w("showingPlcHdr"), w("temporary"), w("lock")}
)


@dataclass(slots=True)
class Container:
    """Something that holds text: ``shell`` is its element, or None for a complex field of runs."""

    shell: Element | None
    head: list[Entry]
    inner: list[Entry]
    tail: list[Entry]


@dataclass(slots=True)
class Item:
    """One node of the flat string: text, object, container, marker or paragraph mark."""

    kind: str  # "text" | "object" | "container" | "marker" | "mark"
    start: int
    length: int
    run: Element | None
    node: Element
    container: Container | None = None


@dataclass
class Flat:
    """The string and its items in order."""

    text: str
    items: list[Item]


@dataclass
class Cursor:
    """Walks the items of a flat string."""

    flat: Flat
    index: int = 0
    at: int = 0

    def take(self, end: int, *, last: bool = False) -> Iterator[tuple[Item, int, int]]:
        """(item, from, to) up to offset ``end``; marks without extent come when the walk passes them."""
        items = self.flat.items
        while self.index < len(items):
            item = items[self.index]
            stop = item.start + item.length
            if item.length == 0:
                if item.start >= end and not last:
                    break
                self.index += 1
                yield item, item.start, item.start
                continue
            if item.start >= end:
                break
            yield item, max(self.at, item.start), min(stop, end)
            if stop > end:
                break
            self.index += 1
        self.at = end


@dataclass
class Interner:
    """Gives each meaning its private-use character; shared by the two sides of a comparison."""

    known: dict[Signature, str] = field(default_factory=dict)

    def character(self, signature: Signature) -> str:
        """The character of a meaning."""
        return self.known.setdefault(signature, chr(0xF0000 + len(self.known)))


def entries(elements: list[Element]) -> list[Entry]:
    """Runs taken apart into their nodes; other elements as they are; noise left out."""
    out: list[Entry] = []
    for element in elements:
        if not isinstance(element.tag, str) or element.tag in _DROPPED:
            continue
        if element.tag == R_RUN:
            out += [
                (element, node)
                for node in element
                if isinstance(node.tag, str) and node.tag not in _DROPPED_IN_RUN
            ]
        elif element.tag in (INS, MOVE_TO):
            out += entries(list(element))
        else:
            out.append((element, None))
    return out


def flatten(these: list[Entry], interner: Interner, target: Target) -> Flat:
    """The flat form of a list of entries."""
    builder = _Builder(interner, target)
    builder.add_all(these)
    return Flat("".join(builder.parts), builder.items)


def flatten_paragraphs(paragraphs: list[Element], interner: Interner, target: Target) -> Flat:
    """The flat form of consecutive paragraphs, a mark after each."""
    builder = _Builder(interner, target)
    for paragraph in paragraphs:
        builder.add_all(entries(list(paragraph)))
        properties = paragraph.find(PPR)
        section = properties.find(SECTPR) if properties is not None else None
        mark = MARK if section is None else interner.character(("section", _header_kinds(section)))
        builder.add("mark", mark, None, paragraph)
    return Flat("".join(builder.parts), builder.items)


def instruction(head: list[Entry]) -> str:
    """What a complex field is told to show, spacing evened out."""
    return " ".join("".join(n.text or "" for _, n in head if n is not None and n.tag == INSTR).split())


def _field_meaning(head: list[Entry]) -> str:
    """Fields of one kind correspond, their instructions are compared inside; nested ones only when alike."""
    told = instruction(head)
    nested = sum(1 for _, node in head if node is not None and node.tag == FLDCHAR) > 2
    return told if nested else told.split(" ")[0].upper()


def _header_kinds(section: Element) -> Signature:
    """Which headers and footers a section has; one with others is another section."""
    kinds = (w("headerReference"), w("footerReference"))
    return tuple(sorted((str(c.tag), c.get(w("type")) or "default") for c in section if c.tag in kinds))


class _Builder:
    def __init__(self, interner: Interner, target: Target) -> None:
        self.interner = interner
        self.target = target
        self.parts: list[str] = []
        self.items: list[Item] = []
        self.length = 0

    def add(
        self, kind: str, text: str, run: Element | None, node: Element, container: Container | None = None
    ) -> None:
        self.items.append(Item(kind, self.length, len(text), run, node, container))
        self.parts.append(text)
        self.length += len(text)

    def add_all(self, these: list[Entry]) -> None:
        ends = _field_ends(these)
        index = 0
        while index < len(these):
            end = ends.get(index)
            if end is not None:
                self._field(these[index : end + 1])
                index = end + 1
                continue
            self._one(*these[index])
            index += 1

    def _field(self, these: list[Entry]) -> None:
        cut = _separator(these)
        container = Container(None, these[: cut + 1], these[cut + 1 : -1], these[-1:])
        run, node = these[0]
        char = self.interner.character(("field", _field_meaning(container.head)))
        self.add("container", char, run, node if node is not None else run, container)

    def _one(self, element: Element, node: Element | None) -> None:
        if node is None:
            self._element(element)
            return
        text = _plain_text(node)
        if text is not None:
            if text:
                self.add("text", text, element, node)
        elif node.tag == COMMENT_REF:
            self.add("marker", "", element, node)
        elif node.tag in (FOOTNOTE_REF, ENDNOTE_REF):
            self.add("object", self.interner.character((node.tag,)), element, node)
        else:
            self.add("object", self.interner.character(_object(node, self.target)), element, node)

    def _element(self, element: Element) -> None:
        if element.tag in _MARKERS or element.tag in (DEL, MOVE_FROM):  # what they struck has no extent
            self.add("marker", "", None, element)
        elif element.tag in _CONTAINERS:
            inner = element.find(SDT_CONTENT) if element.tag == SDT else element
            container = Container(element, [], entries(list(inner) if inner is not None else []), [])
            char = self.interner.character(container_signature(element, self.target))
            self.add("container", char, None, element, container)
        else:
            self.add("object", self.interner.character(_object(element, self.target)), None, element)


def _object(element: Element, target: Target) -> Signature:
    """What an object is. A text box is one whatever its words, and its frame, which grows with them, are."""
    boxes = text_boxes(element)
    if not boxes:
        return object_signature(element, target)
    images = [node.get(f"{{{R}}}embed") or node.get(R_ID) for node in element.iter(*_IMAGES)]
    return ("text boxes", len(boxes), tuple(target(image) for image in images if image))


def _plain_text(node: Element) -> str | None:
    """Characters a node stands for, None when it is an object."""
    if node.tag in (T, DEL_TEXT):
        return node.text or ""
    if node.tag == w("sym") or node.tag == ALTERNATE:
        return None
    return node_text(node) or None


def container_signature(element: Element, target: Target) -> Signature:
    """What a container is, whatever text it holds."""
    if element.tag == HYPERLINK:
        rel = element.get(R_ID)
        return ("link", target(rel) if rel else "", element.get(w("anchor")) or "")
    if element.tag == FLDSIMPLE:
        return ("simple field", " ".join((element.get(w("instr")) or "").split()))
    if element.tag == SDT:
        properties = element.find(SDT_PR)
        inside = [c for c in properties if c.tag not in _CONTROL_NOISE] if properties is not None else []
        return ("control", *sorted((object_signature(c, target) for c in inside), key=repr))
    return (element.tag, element.get(w("element")) or element.get(w("val")) or "")


def _field_ends(these: list[Entry]) -> dict[int, int]:
    """Index of each outermost complex field's begin -> index of its end, for fields closed in this list."""
    out: dict[int, int] = {}
    stack: list[int] = []
    for index, (_, node) in enumerate(these):
        if node is None or node.tag != FLDCHAR:
            continue
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            stack.append(index)
        elif kind == "end" and stack:
            begin = stack.pop()
            for inner in [k for k in out if k > begin]:
                del out[inner]
            out[begin] = index
    return out


def _separator(these: list[Entry]) -> int:
    """Index of the field's own separator; without one all but the end is head."""
    depth = 0
    for index, (_, node) in enumerate(these):
        kind = node.get(w("fldCharType")) if node is not None and node.tag == FLDCHAR else None
        if kind == "begin":
            depth += 1
        elif kind == "end":
            depth -= 1
        elif kind == "separate" and depth == 1:
            return index
    return len(these) - 2


def text_boxes(element: Element) -> list[Element]:
    """The text boxes inside an object, both renderings, in document order."""
    return list(element.iter(TXBX))


def run_look(run: Element | None) -> Signature:
    """The look of a run; () for none."""
    return run_signature(run.find(RPR)) if run is not None else ()
