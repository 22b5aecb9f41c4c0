"""Walks the stories of a document and hands every paragraph to the scans, with the place it stands in.

A paragraph's address is the one the reader prints ("body:12", see ``story_name``). Content of ``mc:Fallback`` is
skipped here, because it repeats the choice beside it; ``scan_fields`` compares the two.
"""

from dataclasses import dataclass, field, replace

from lxml import etree

from redline import names as n
from redline.bundle import Bundle

Element = etree._Element
_DELETED = frozenset({n.DEL, n.MOVE_FROM})
_DRAWN = (n.w("drawing"), n.w("pict"), n.w("object"))
_PLAIN = {n.w("tab"): "\t", n.w("br"): "\v", n.w("cr"): "\v", n.w("noBreakHyphen"): "\u2011", n.w("ptab"): "\t"}


@dataclass(frozen=True, slots=True)
class Place:
    """What surrounds a paragraph: rows, cells, tables and boxes, from the outside in."""

    cells: tuple[Element, ...] = ()
    rows: tuple[Element, ...] = ()
    tables: tuple[Element, ...] = ()
    boxes: tuple[Element, ...] = ()  # w:drawing, w:pict or w:object around a text box


@dataclass(slots=True)
class Run:
    """The text of one run (or of a field's result); ``gone`` = inside a tracked deletion."""

    element: Element
    text: str
    gone: bool


@dataclass(slots=True)
class Paragraph:
    part: str
    address: str
    element: Element
    place: Place
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything that stands here, deleted text left out."""
        return "".join(run.text for run in self.runs if not run.gone)


def stories(bundle: Bundle) -> list[tuple[str, str]]:
    """(part name, short name) of every part with contract text, main document first."""
    main = bundle.main
    found = [(main, "body")]
    kinds = ("header", "footer", "footnotes", "endnotes", "comments")
    seen = {main}
    for kind in kinds:
        for item in bundle.from_source(main):
            if item.kind == kind and item.part in bundle.trees and item.part not in seen:
                seen.add(item.part)
                found.append((item.part, story_name(item.part)))
    return found


def story_name(part: str) -> str:
    """ "word/header1.xml" → "header1"."""
    return part.rpartition("/")[2].removesuffix(".xml")


def paragraphs(root: Element, part: str, story: str) -> list[Paragraph]:
    """Every paragraph of a story in document order; text boxes follow the paragraph they hang on."""
    found: list[Paragraph] = []
    _walk(root, Place(), part, story, found)
    return found


def _walk(element: Element, place: Place, part: str, story: str, found: list[Paragraph]) -> None:
    for child in element:
        tag = child.tag
        if tag == n.P:
            paragraph = Paragraph(part, f"{story}:{len(found)}", child, place)
            found.append(paragraph)
            _collect(child, paragraph, False, part, story, found)
        elif tag == n.TBL:
            _walk(child, replace(place, tables=(*place.tables, child)), part, story, found)
        elif tag == n.TR:
            _walk(child, replace(place, rows=(*place.rows, child)), part, story, found)
        elif tag == n.TC:
            _walk(child, replace(place, cells=(*place.cells, child)), part, story, found)
        elif isinstance(tag, str) and tag != n.FALLBACK:
            _walk(child, place, part, story, found)


def _collect(
    element: Element, paragraph: Paragraph, gone: bool, part: str, story: str, found: list[Paragraph]
) -> None:
    """Runs of one paragraph, through hyperlinks, controls, fields and revisions."""
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in (n.FALLBACK, n.PPR):
            continue
        if tag == n.R_RUN:
            text = _run_text(child)
            if text:
                paragraph.runs.append(Run(child, text, gone))
            _boxes(child, None, paragraph.place, part, story, found)
        else:
            _collect(child, paragraph, gone or tag in _DELETED, part, story, found)


def _boxes(
    element: Element, drawing: Element | None, place: Place, part: str, story: str, found: list[Paragraph]
) -> None:
    """Text boxes inside a run, each once: not in the fallback, and a box in a box is found from the inner runs."""
    for child in element:
        if child.tag == n.TXBX:
            outer = (*place.boxes, drawing) if drawing is not None else place.boxes
            _walk(child, Place(boxes=outer), part, story, found)
        elif isinstance(child.tag, str) and child.tag != n.FALLBACK:
            _boxes(child, child if child.tag in _DRAWN else drawing, place, part, story, found)


def _run_text(run: Element) -> str:
    out: list[str] = []
    for child in run:
        tag = child.tag
        if tag in (n.T, n.DEL_TEXT):
            out.append(child.text or "")
        elif tag in _PLAIN:
            out.append(_PLAIN[str(tag)])
        elif tag == n.w("softHyphen"):
            out.append("\u00ad")
        elif tag == n.ALTERNATE:
            choice = child.find(n.CHOICE)
            if choice is not None:
                out.append("".join(t.text or "" for t in choice.iterchildren(n.T)))
    return "".join(out)
