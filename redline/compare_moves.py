"""Moved paragraphs: where a move is seen, and where it is written.

A paragraph left alone on the old side and one left alone on the new side that read the same are one that
moved. Word wants each end between a range start and a range end, the two starts sharing one name; an end
without the other makes the file unreadable, so both are decided here before either is written.
"""

from dataclasses import dataclass, field

from lxml import etree

from redline.names import ID, MOVE_FROM, MOVE_TO, NAME, PPR, SECTPR, TXBX, Element, P, T, w
from redline.weave import Weaver
from redline.writer import Writer

_LONG_ENOUGH = 25  # characters a paragraph needs before its reappearance counts as a move


@dataclass
class Step:
    """Old blocks that lead to new blocks: one on each side, or one side empty; more in a split or merge."""

    olds: list[Element] = field(default_factory=list)
    news: list[Element] = field(default_factory=list)
    tail: int = 0  # last blocks that come (> 0) or go (< 0) whole at the container's end
    move: str = ""  # name of the move this step is one end of

    @property
    def kind(self) -> str:
        """The element name the blocks share."""
        return str((self.olds or self.news)[0].tag)


def find_moves(steps: list[Step], writer: Writer) -> None:
    """Give both ends of every move its name."""
    gone: dict[str, list[Step]] = {}
    for step in steps:
        if step.olds and not step.news and step.kind == P:
            gone.setdefault(block_text(step.olds[0]), []).append(step)
    for step in steps:
        if step.olds or step.kind != P or len(step.news) != 1:
            continue
        text = block_text(step.news[0])
        if len(text) >= _LONG_ENOUGH and gone.get(text) and not has_section(step.news[0]):
            source = gone[text].pop(0)
            source.move = step.move = f"move{writer.fresh_id()}"


def write_move(step: Step, weaver: Weaver, writer: Writer) -> list[Element]:
    """One end of a move: its paragraph, written as moved, between the marks of its range."""
    kind = "moveFrom" if step.olds else "moveTo"
    start = writer.revision(w(f"{kind}RangeStart"))
    start.set(NAME, step.move)
    end = etree.Element(w(f"{kind}RangeEnd"))
    end.set(ID, start.get(ID) or "")
    return [
        start,
        *weaver.region(step.olds, step.news, tags={"delete": MOVE_FROM, "insert": MOVE_TO}),
        end,
    ]


def block_text(block: Element) -> str:
    """The words of a paragraph or table, for telling which it is."""
    if block.tag == P and next(block.iter(TXBX), None) is None:
        return "".join(node.text or "" for node in block.iter(T))
    if block.tag == P:  # its own words tell which it is; those of its text boxes only if it has none
        words: dict[bool, list[str]] = {True: [], False: []}
        for node in block.iter(T):
            words[next(node.iterancestors(P), None) is block].append(node.text or "")
        return "".join(words[True]) or " ".join(words[False])
    return "\n".join("".join(node.text or "" for node in p.iter(T)) for p in block.iter(P))


def has_section(paragraph: Element) -> bool:
    """Whether a section ends with this paragraph."""
    properties = paragraph.find(PPR)
    return properties is not None and properties.find(SECTPR) is not None
