"""Writing tracked changes: revision elements with author, date and fresh ids, and where they go.

Order matters to Word: in w:pPr the mark's w:rPr, then w:sectPr, then w:pPrChange come last; in a mark's w:rPr
the revision flags come first; every ...Change holds the old properties and comes last in its parent.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from redline.names import (
    AUTHOR,
    DATE,
    DEL,
    DEL_INSTR,
    DEL_TEXT,
    ID,
    INSTR,
    PARA_ID,
    PPR,
    PROPERTY_CHANGES,
    RPR,
    SECTPR,
    SPACE,
    TEXT_ID,
    TRPR,
    TXBX,
    WRAPPERS,
    Element,
    T,
    w,
)
from redline.package import Package


@dataclass
class Writer:
    """Makes revision elements; one per document, so that ids never repeat."""

    author: str
    date: str | None
    next_id: int = 1
    theirs: set[str] = field(default_factory=set)  # fresh ids given to halves of somebody else's change

    @classmethod
    def for_package(cls, package: Package, author: str, date: str | None) -> "Writer":
        """A writer whose ids start above every annotation id of the document."""
        highest = 0
        for part in [*package.story_parts(), *package.related_all("comments")]:
            for element in package.tree(part).iter():
                number = element.get(ID)
                if number is not None and number.isdigit() and len(number) < 10:
                    highest = max(highest, int(number))
        return cls(author, date, highest + 1)

    def fresh_id(self) -> str:
        """The next free annotation id."""
        self.next_id += 1
        return str(self.next_id - 1)

    def halve(self, change: Element) -> Element:
        """An empty element like a pending change that is cut in two, for its right half."""
        right = etree.Element(change.tag)
        for name, setting in change.attrib.items():
            right.set(name, setting)
        right.set(ID, self.fresh_id())
        self.theirs.add(right.get(ID) or "")
        return right

    def revision(self, tag: str) -> Element:
        """A revision element of that name with id, author and date."""
        element = etree.Element(tag)
        element.set(ID, self.fresh_id())
        element.set(AUTHOR, self.author)
        if self.date:
            element.set(DATE, self.date)
        return element

    def wrap(self, tag: str, elements: Iterable[Element]) -> Element:
        """The elements inside a new revision wrapper."""
        wrapper = self.revision(tag)
        wrapper.extend(elements)
        if tag == DEL:
            for element in wrapper:
                mark_text_deleted(element)
        return wrapper

    def flag_mark(self, paragraph: Element, tag: str) -> None:
        """Flag a paragraph's mark as inserted, deleted or moved; after others' flags, which came first."""
        rpr = mark_properties(paragraph)
        rpr.insert(sum(1 for child in rpr if child.tag in WRAPPERS), self.revision(tag))

    def flag_row(self, row: Element, tag: str) -> None:
        """Flag a table row as inserted or deleted."""
        properties = row.find(TRPR)
        if properties is None:
            properties = etree.Element(TRPR)
            after = row.find(w("tblPrEx"))
            row.insert(0 if after is None else row.index(after) + 1, properties)
        flag = self.revision(tag)
        change = properties.find(w("trPrChange"))
        if change is not None:
            change.addprevious(flag)
        else:
            properties.append(flag)

    def run_change(self, new: Element | None, old: Element | None) -> Element:
        """A w:rPr with the new look that remembers the old one."""
        out = deepcopy(new) if new is not None else etree.Element(RPR)
        for child in [c for c in out if c.tag in PROPERTY_CHANGES]:
            out.remove(child)
        change = self.revision(w("rPrChange"))
        change.append(_bare(old, RPR, frozenset(WRAPPERS)))
        out.append(change)
        return out

    def paragraph_change(self, properties: Element, old: Element | None) -> None:
        """Note in a w:pPr what its properties were."""
        for child in properties.findall(w("pPrChange")):
            properties.remove(child)
        change = self.revision(w("pPrChange"))
        change.append(_bare(old, PPR, frozenset({RPR, SECTPR})))
        properties.append(change)

    def frame_change(self, new: Element, old: Element | None, change_name: str) -> None:
        """Note in table, row, cell or section properties what they were."""
        for child in new.findall(w(change_name)):
            new.remove(child)
        change = self.revision(w(change_name))
        keep_out = frozenset({w(name) for name in ("headerReference", "footerReference", "ins", "del")})
        change.append(_bare(old, str(new.tag), keep_out))
        new.append(change)


def _bare(element: Element | None, tag: str, without: frozenset[str]) -> Element:
    """A copy of properties without their own history, flags and foreign parts."""
    out = etree.Element(tag)
    for child in element if element is not None else ():
        if child.tag not in without and child.tag not in PROPERTY_CHANGES:
            out.append(deepcopy(child))
    return out


def mark_properties(paragraph: Element) -> Element:
    """The w:rPr of a paragraph's mark, made where missing."""
    properties = paragraph.find(PPR)
    if properties is None:
        properties = etree.Element(PPR)
        paragraph.insert(0, properties)
    rpr = properties.find(RPR)
    if rpr is None:
        rpr = etree.Element(RPR)
        last = next((c for c in properties if c.tag in (SECTPR, w("pPrChange"))), None)
        if last is not None:
            last.addprevious(rpr)
        else:
            properties.append(rpr)
    return rpr


def mark_text_deleted(element: Element) -> None:
    """Turn text into deleted text below an element, not in the text boxes of a drawing."""
    if element.tag == T:
        element.tag = DEL_TEXT
    elif element.tag == INSTR:
        element.tag = DEL_INSTR
    elif element.tag != TXBX:
        for child in element.iterchildren():
            mark_text_deleted(child)


def text_node(tag: str, text: str) -> Element:
    """A w:t or w:delText that keeps its spaces."""
    node = etree.Element(tag)
    node.text = text
    if text != text.strip() or not text:
        node.set(SPACE, "preserve")
    return node


def drop_identity(element: Element) -> None:
    """Remove from a copy what must be unique (paragraph ids) and what only one session meant (rsids)."""
    for inner in element.iter(etree.Element):
        for key in [k for k in inner.attrib if k in (PARA_ID, TEXT_ID) or "rsid" in str(k)]:
            del inner.attrib[key]
