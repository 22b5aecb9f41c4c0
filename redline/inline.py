"""The character-to-run map: a paragraph's text as leaves, each tied to the XML node it came from.

A leaf is one text-bearing node (w:t, w:tab, w:br ...) or one object without text (a drawing, a note
reference). Text boxes inside a drawing are blocks of their own and are not walked into. A field's
instruction is not text; its result is. mc:AlternateContent is read once, by its first choice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from redline.names import (
    ALTERNATE,
    CHOICE,
    COMMENT_REF,
    DEL,
    DEL_INSTR,
    DEL_TEXT,
    FALLBACK,
    FLDCHAR,
    INS,
    INSTR,
    M_RUN,
    M_TEXT,
    MOVE_FROM,
    MOVE_TO,
    PPR,
    R_RUN,
    RPR,
    SDT_PR,
    WRAPPERS,
    Element,
    P,
    T,
    w,
)

TEXT_NODES = frozenset({T, DEL_TEXT, M_TEXT})
_TABS = frozenset({w("tab"), w("ptab")})
_BREAKS = frozenset({w("br"), w("cr")})
_FIXED = {w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad"}
_SILENT = frozenset(
    {
        RPR,
        INSTR,
        DEL_INSTR,
        COMMENT_REF,
        w("lastRenderedPageBreak"),
        w("annotationRef"),
        w("footnoteRef"),
        w("endnoteRef"),
    }
)
_NO_RUNS = frozenset({PPR, SDT_PR, w("sdtEndPr"), P, w("fldData")})
# the symbol fonts keep their glyphs in the private use area; outside such a font they mean nothing
_SYMBOLS = {
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0D3: "©",
    0xF0E2: "®",
    0xF0E4: "™",
    0xF0FE: "☒",
    0xF0A8: "☐",
    0xF06F: "☐",
}


@dataclass(slots=True)
class Leaf:
    """One node of a run and the characters it stands for ("" for objects)."""

    node: Element
    run: Element
    text: str
    wrappers: tuple[Element, ...]  # revisions around it, outermost first

    @property
    def in_accepted(self) -> bool:
        """Whether the leaf is there once all changes are accepted."""
        return not any(wrapper.tag in (DEL, MOVE_FROM) for wrapper in self.wrappers)

    @property
    def in_original(self) -> bool:
        """Whether the leaf is there once all changes are rejected."""
        return not any(wrapper.tag in (INS, MOVE_TO) for wrapper in self.wrappers)


@dataclass
class FieldState:
    """Which complex fields are open, over paragraphs: True while in the instruction, False in the result."""

    stack: list[bool] = field(default_factory=list)

    @property
    def in_instruction(self) -> bool:
        """Whether text here belongs to an instruction and is not shown."""
        return any(self.stack)

    def meet(self, fldchar: Element) -> None:
        """Take note of a w:fldChar."""
        kind = fldchar.get(w("fldCharType"))
        if kind == "begin":
            self.stack.append(True)
        elif kind == "separate" and self.stack:
            self.stack[-1] = False
        elif kind == "end" and self.stack:
            self.stack.pop()


def leaves(paragraph: Element, fields: FieldState | None = None) -> list[Leaf]:
    """The leaves of a paragraph in reading order, deleted ones too; ``fields`` carries over paragraphs."""
    return list(_walk(paragraph, fields if fields is not None else FieldState(), ()))


def _walk(element: Element, fields: FieldState, wrappers: tuple[Element, ...]) -> Iterator[Leaf]:
    for child in element.iterchildren():
        tag = child.tag
        if tag in (R_RUN, M_RUN):
            yield from _run(child, child, fields, wrappers)
        elif tag in WRAPPERS:
            yield from _walk(child, fields, (*wrappers, child))
        elif tag == ALTERNATE:
            yield from _walk(first_choice(child), fields, wrappers)
        elif isinstance(tag, str) and tag not in _NO_RUNS:
            yield from _walk(child, fields, wrappers)


def _run(run: Element, parent: Element, fields: FieldState, wrappers: tuple[Element, ...]) -> Iterator[Leaf]:
    for node in parent.iterchildren():
        tag = node.tag
        if tag == FLDCHAR:
            fields.meet(node)
        elif tag in _SILENT or not isinstance(tag, str):
            continue
        elif tag == ALTERNATE:
            yield from _run(run, first_choice(node), fields, wrappers)
        elif tag in WRAPPERS:  # Word writes insertions inside the runs of a formula
            yield from _run(run, node, fields, (*wrappers, node))
        elif not fields.in_instruction:
            yield Leaf(node, run, node_text(node), wrappers)


def first_choice(alternate: Element) -> Element:
    """The branch of mc:AlternateContent that is read: the first choice, else the fallback."""
    choice = alternate.find(CHOICE)
    if choice is None:
        choice = alternate.find(FALLBACK)
    return choice if choice is not None else alternate


def node_text(node: Element) -> str:
    """The characters one child of a run stands for; "" for objects."""
    tag = node.tag
    if tag in TEXT_NODES:
        return node.text or ""
    if tag in _TABS:
        return "\t"
    if tag in _BREAKS:
        return "\f" if node.get(w("type")) in ("page", "column") else "\v"
    if tag == w("sym"):
        return _symbol(node)
    return _FIXED.get(str(tag), "")


def _symbol(node: Element) -> str:
    try:
        code = int(node.get(w("char")) or "", 16)
    except ValueError:
        return "□"
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    return "□" if 0xE000 <= code <= 0xF8FF or code > 0x10FFFF or code == 0 else chr(code)


def paragraphs(root: Element) -> list[Element]:
    """Every paragraph below root in document order, each text once (a fallback is a copy of its choice)."""
    copies: set[Element] = set()
    for fallback in root.iter(FALLBACK):
        parent = fallback.getparent()
        if parent is not None and parent.find(CHOICE) is not None:
            copies.update(fallback.iter(P))
    return (
        [paragraph for paragraph in root.iter(P) if paragraph not in copies] if copies else list(root.iter(P))
    )
