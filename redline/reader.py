"""From package to document: every place text lives, read once, in reading order.

The way through a part: its paragraphs in document order -> leaves of each (inline.py) -> pieces -> a block,
with its list number counted on the way. ``Reading`` keeps the XML beside each block for those who write.
"""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field

from redline.document import Block, Comment, Document, Piece, State
from redline.inline import FieldState, Leaf, leaves, paragraphs
from redline.marks import has_content, mark_flag, must_stay, next_paragraph
from redline.names import (
    AUTHOR,
    CELL_DEL,
    CELL_INS,
    COMMENT_END,
    COMMENT_REF,
    COMMENT_START,
    DATE,
    DEL,
    ID,
    INS,
    MOVE_FROM,
    MOVE_TO,
    PARA_ID,
    PPR,
    RPR,
    SECTPR,
    STATE_OF,
    TC,
    TCPR,
    TR,
    TRPR,
    TXBX,
    VAL,
    W15,
    Element,
    P,
    w,
)
from redline.numbering import Counter, Numbering
from redline.package import Package
from redline.revisions import change_ids
from redline.styles import Styles, read_styles
from redline.tables import coordinates

_GONE = (DEL, MOVE_FROM)
_COME = (INS, MOVE_TO)


@dataclass
class Reading:
    """A read package: the document and, by block address, the paragraph it stands for."""

    package: Package
    document: Document
    elements: dict[str, Element]
    parts: dict[str, str]  # block part ("body", "header1") -> package part name
    addresses: dict[Element, str] = field(default_factory=dict)


def read_package(package: Package) -> Reading:
    """Read every story of a package. Raises Refused when a part is damaged."""
    styles = read_styles(package)
    reader = _Reader(package, styles, Numbering(package, styles))
    for part in package.story_parts():
        reader.story(part)
    document = Document(tuple(reader.blocks), tuple(_comments(package, reader)))
    return Reading(package, document, reader.elements, reader.labels, reader.addresses)


def part_label(package: Package, part: str) -> str:
    """The short name of a story in block addresses: "body", "footnotes", "header1" ..."""
    return "body" if part == package.main else posixpath.basename(part).rsplit(".", 1)[0]


class _Reader:
    def __init__(self, package: Package, styles: Styles, numbering: Numbering) -> None:
        self.package = package
        self.styles = styles
        self.numbering = numbering
        self.blocks: list[Block] = []
        self.elements: dict[str, Element] = {}
        self.addresses: dict[Element, str] = {}
        self.labels: dict[str, str] = {}
        self.anchors: dict[str, tuple[str, str]] = {}  # comment id -> (block, quote)
        self._open: dict[str, tuple[str, list[str]]] = {}
        self._formats: dict[tuple[object, ...], tuple[bool, ...]] = {}
        self._has_comments = package.related("comments") is not None

    def story(self, part: str) -> None:
        root = self.package.tree(part)
        label = part_label(self.package, part)
        while label in self.labels:  # two parts of one name in different folders
            label += "'"
        self.labels[label] = part
        counter = Counter(self.numbering, self.styles)
        fields = FieldState()
        ids = change_ids(root, label)
        spots = coordinates(root)
        rows = _RowStates()
        for index, paragraph in enumerate(paragraphs(root)):
            address = f"{label}:{index}"
            self.elements[address] = paragraph
            self.addresses[paragraph] = address
            found = leaves(paragraph, fields)
            block = self._block(address, label, paragraph, found, counter, ids, spots, rows)
            self.blocks.append(block)
            self._watch_comments(paragraph, address)

    def _block(
        self,
        address: str,
        label: str,
        paragraph: Element,
        found: list[Leaf],
        counter: Counter,
        ids: dict[Element, str],
        spots: dict[Element, tuple[int, int, int]],
        rows: "_RowStates",
    ) -> Block:
        ppr = paragraph.find(PPR)
        style_id = self.styles.paragraph_style(ppr)
        revised = len(found) > 0 and any(leaf.wrappers for leaf in found)
        text = "".join(leaf.text for leaf in found if not revised or leaf.in_accepted)
        original = "".join(leaf.text for leaf in found if leaf.in_original) if revised else text
        cell = next(paragraph.iterancestors(TC), None)
        row_state = rows.of(paragraph) if cell is not None else frozenset()
        accepted_as = _line(paragraph, text, _GONE, "gone" in row_state)
        original_as = _line(paragraph, original, _COME, "come" in row_state)
        counts = accepted_as == "line" and (bool(text) or not _only_ends_section(paragraph, ppr))
        number, level = counter.number(ppr) if counts else ("", None)
        outline = self.styles.outline_level(ppr)
        return Block(
            id=address,
            part=label,
            kind=_kind(label, paragraph, cell, outline, self.styles.name(style_id)),
            style=self.styles.name(style_id),
            level=level if level is not None else outline,
            number=number,
            text=text,
            original=original,
            pieces=tuple(self._pieces(found, style_id, ids)),
            table=spots.get(cell) if cell is not None else None,
            accepted_as=accepted_as,
            original_as=original_as,
        )

    def _pieces(self, found: list[Leaf], style_id: str | None, ids: dict[Element, str]) -> Iterable[Piece]:
        """Neighbouring leaves of one formatting and one change become one piece."""
        texts: list[str] = []
        last: tuple[tuple[Element, ...], tuple[bool, ...]] | None = None
        for leaf in found:
            if not leaf.text:
                continue
            look = (leaf.wrappers, self._format(leaf.run, style_id))
            if last is not None and look != last:
                yield _piece("".join(texts), *last, ids)
                texts = []
            last = look
            texts.append(leaf.text)
        if last is not None:
            yield _piece("".join(texts), *last, ids)

    def _format(self, run: Element, style_id: str | None) -> tuple[bool, ...]:
        """Bold, italic, underlined, struck, hidden; runs that set the same are looked up once."""
        rpr = run.find(RPR)
        settings = rpr.iterchildren(*_LOOKS) if rpr is not None else ()
        key = (style_id, *((setting.tag, setting.get(VAL)) for setting in settings))
        found = self._formats.get(key)
        if found is None:
            toggles = [self.styles.toggle(style_id, rpr, name) for name in ("b", "i", "strike", "vanish")]
            line = rpr.find(w("u")) if rpr is not None else None
            underline = line is not None and line.get(VAL) not in (None, "none")
            found = (toggles[0], toggles[1], underline, toggles[2], toggles[3])
            self._formats[key] = found
        return found

    def _watch_comments(self, paragraph: Element, address: str) -> None:
        if not self._has_comments:
            return
        for node in paragraph.iter(COMMENT_START, COMMENT_END, COMMENT_REF, *_TEXT):
            if node.tag == COMMENT_START:
                self._open[node.get(ID) or ""] = (address, [])
            elif node.tag == COMMENT_END:
                begun = self._open.pop(node.get(ID) or "", None)
                if begun is not None:
                    self.anchors[node.get(ID) or ""] = (begun[0], "".join(begun[1]))
            elif node.tag == COMMENT_REF:
                self.anchors.setdefault(node.get(ID) or "", (address, ""))
            else:
                for _, quote in self._open.values():
                    quote.append(node.text or "")


_TEXT = (w("t"), w("delText"))
_LOOKS = tuple(map(w, ("rStyle", "b", "i", "strike", "vanish", "u")))


class _RowStates:
    """For each row and cell whether it was inserted or deleted as a whole, looked up once."""

    def __init__(self) -> None:
        self._known: dict[Element, frozenset[str]] = {}

    def of(self, paragraph: Element) -> frozenset[str]:
        out: frozenset[str] = frozenset()
        for ancestor in paragraph.iterancestors(TR, TC):
            if ancestor not in self._known:
                self._known[ancestor] = _frame_state(ancestor)
            out |= self._known[ancestor]
        return out


def _frame_state(element: Element) -> frozenset[str]:
    properties = element.find(TRPR if element.tag == TR else TCPR)
    tags = {child.tag for child in properties} if properties is not None else set()
    out = set()
    if tags & {DEL, CELL_DEL}:
        out.add("gone")
    if tags & {INS, CELL_INS}:
        out.add("come")
    return frozenset(out)


def _line(paragraph: Element, text: str, lose: tuple[str, ...], row_gone: bool) -> str:
    if row_gone:
        return "gone"
    if mark_flag(paragraph, lose) is None:
        return "line"
    following = next_paragraph(paragraph)
    if following is not None and not _vanishes(following, lose):
        return "joined"
    if text or must_stay(paragraph) or _keeps_objects(paragraph, lose):
        return "line"
    return "gone"


def _vanishes(paragraph: Element, lose: tuple[str, ...]) -> bool:
    """Whether a paragraph goes without a trace: nothing stays in it and its mark has nowhere to flow."""
    if mark_flag(paragraph, lose) is None or must_stay(paragraph) or _keeps_objects(paragraph, lose):
        return False
    following = next_paragraph(paragraph)
    return following is None or _vanishes(following, lose)


def _only_ends_section(paragraph: Element, ppr: Element | None) -> bool:
    """Whether a paragraph is there for its section break alone: programs show and count no number for it."""
    return ppr is not None and ppr.find(SECTPR) is not None and not _keeps_objects(paragraph, _GONE)


def _keeps_objects(paragraph: Element, lose: tuple[str, ...]) -> bool:
    """Whether content other than text stays when the changes named ``lose`` go."""
    if not has_content(paragraph):
        return False
    return any(not any(wrapper.tag in lose for wrapper in leaf.wrappers) for leaf in leaves(paragraph))


def _kind(label: str, paragraph: Element, cell: Element | None, outline: int | None, style: str) -> str:
    for ancestor in paragraph.iterancestors(TXBX, P):
        if ancestor.tag == TXBX:
            return "textbox"
        break
    if label.startswith("header"):
        return "header"
    if label.startswith("footer"):
        return "footer"
    if label.startswith(("footnotes", "endnotes")):
        return "note"
    if cell is not None:
        return "cell"
    return "heading" if outline is not None or style.lower().startswith(("heading", "title")) else "paragraph"


def _piece(
    text: str, wrappers: tuple[Element, ...], look: tuple[bool, ...], ids: dict[Element, str]
) -> Piece:
    bold, italic, underline, strike, hidden = look
    plain = {"bold": bold, "italic": italic, "underline": underline, "strike": strike, "hidden": hidden}
    if not wrappers:
        return Piece(text, **plain)  # type: ignore[arg-type]
    deciding = next((x for x in reversed(wrappers) if x.tag in _GONE), wrappers[-1])
    other = next((x for x in wrappers if x is not deciding), None)
    return Piece(
        text,
        state=_state(deciding),
        author=deciding.get(AUTHOR) or "",
        date=deciding.get(DATE) or "",
        change_id=ids.get(deciding, ""),
        within=_state(other) if other is not None else "same",
        within_author=(other.get(AUTHOR) or "") if other is not None else "",
        within_date=(other.get(DATE) or "") if other is not None else "",
        **plain,
    )


def _state(wrapper: Element) -> State:
    return STATE_OF[str(wrapper.tag)]  # type: ignore[return-value]


def _comments(package: Package, reader: _Reader) -> Iterable[Comment]:
    part = package.related("comments")
    if part is None:
        return
    extended = _extended(package)
    by_para: dict[str, str] = {}
    found = list(package.tree(part).iterchildren(w("comment")))
    for element in found:
        for paragraph in element.iter(P):
            if paragraph.get(PARA_ID):
                by_para[paragraph.get(PARA_ID) or ""] = element.get(ID) or ""
    for element in found:
        last = next((p.get(PARA_ID) or "" for p in reversed(list(element.iter(P)))), "")
        parent, done = extended.get(last, ("", False))
        block, quote = reader.anchors.get(element.get(ID) or "", (None, ""))
        lines = ["".join(leaf.text for leaf in leaves(p)) for p in paragraphs(element)]
        yield Comment(
            id=element.get(ID) or "",
            author=element.get(AUTHOR) or "",
            date=element.get(DATE) or "",
            text="\n".join(lines),
            block=block,
            quote=quote,
            parent=by_para.get(parent),
            resolved=done,
        )


def _extended(package: Package) -> dict[str, tuple[str, bool]]:
    """w15:commentEx by paragraph id: (parent's paragraph id, resolved)."""
    part = package.related("commentsExtended")
    if part is None:
        return {}
    out = {}
    for element in package.tree(part).iterchildren(f"{{{W15}}}commentEx"):
        done = (element.get(f"{{{W15}}}done") or "0") in ("1", "true")
        parent = element.get(f"{{{W15}}}paraIdParent") or ""
        out[element.get(f"{{{W15}}}paraId") or ""] = (parent, done)
    return out
