"""Walks the stories of a document and hands every paragraph to the scans, with the place it stands in.

A paragraph's address is the one the reader prints ("body:12"). A fallback that repeats the choice beside it
is skipped here; ``scan_fields`` compares the two.
"""

from dataclasses import dataclass, field

from lxml import etree

from redline import inline
from redline import names as n
from redline.bundle import Bundle

Element = etree._Element
_NO_RUNS = frozenset({n.FALLBACK, n.PPR, n.SDT_PR, n.P})
_DELETED = frozenset({n.DEL, n.MOVE_FROM})
_DRAWN = (n.w("drawing"), n.w("pict"), n.w("object"))
_PLAIN = {
    n.w("tab"): "\t",
    n.w("br"): "\v",
    n.w("cr"): "\v",
    n.w("noBreakHyphen"): "\u2011",
    n.w("ptab"): "\t",
}


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
    return part.rpartition("/")[2].rsplit(".", 1)[0]


def paragraphs(root: Element, story: str) -> list[Paragraph]:
    """Every paragraph of a story with its runs, in the order and under the address of the reader."""
    places: dict[Element | None, Place] = {}
    found = []
    for index, element in enumerate(inline.paragraphs(root)):
        parent = element.getparent()
        if parent not in places:
            places[parent] = _place(element)
        paragraph = Paragraph(f"{story}:{index}", element, places[parent])
        _collect(element, paragraph, False)
        found.append(paragraph)
    return found


def _place(element: Element) -> Place:
    cells: list[Element] = []
    rows: list[Element] = []
    tables: list[Element] = []
    boxes: list[Element] = []
    kinds = {n.TC: cells, n.TR: rows, n.TBL: tables}
    boxed = False
    for above in element.iterancestors():
        tag = str(above.tag)
        if tag == n.TXBX:
            boxed = True
        elif tag in _DRAWN and boxed:
            boxes.append(above)
        elif tag in kinds and not (boxed and tag == n.TC):  # a box covers the cell behind it
            kinds[tag].append(above)
    return Place(*(tuple(reversed(items)) for items in (cells, rows, tables, boxes)))


def _collect(element: Element, paragraph: Paragraph, gone: bool) -> None:
    """Runs of one paragraph, through hyperlinks, controls, fields and revisions; not those of its text
    boxes.
    """
    for child in element:
        tag = child.tag
        if tag == n.R_RUN:
            text = _run_text(child)
            if text:
                paragraph.runs.append(Run(child, text, gone))
        elif isinstance(tag, str) and tag not in _NO_RUNS:
            _collect(child, paragraph, gone or tag in _DELETED)


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
