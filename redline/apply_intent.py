"""The text edits should lead to, worked out without the writer, so that what it wrote can be checked.

Every block's text is taken as a plain string and edited there, in reading order; where a paragraph's end
goes, its text runs into the next one of the same container.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from redline.apply_check import Edit
from redline.document import Block
from redline.marks import mark_flag, next_paragraph
from redline.names import DEL, MOVE_FROM, TR, TXBX, Element, P
from redline.reader import Reading
from redline.tables import cells
from redline.worddiff import diff_spans

_GONE = (DEL, MOVE_FROM)
# the lines of a story; None is a place where an empty paragraph may have to stay
Lines = list[str | None]


@dataclass
class _Line:
    """A paragraph to be. ``open``: its end goes, so its text runs on; ``new``: the lines put after it."""

    block: Block
    element: Element
    text: str
    open: bool
    closes: bool  # nothing of its container follows that its text could run into
    boxed: bool
    new: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)  # lines of rows put after the row that ends here


class Intention:
    """What a document must say once all changes are accepted; made before its trees are written to."""

    def __init__(self, reading: Reading, edits: Sequence[Edit]) -> None:
        self._reading = reading
        self._gone: set[Element] = set()  # rows and paragraphs that go with what they hold
        self._loose: set[str] = set()  # stories where a text box may have gone with the words around it
        self._lines = {block.id: self._line(block) for block in reading.document.blocks}
        by_block: dict[str, list[Edit]] = {}
        for edit in edits:
            by_block.setdefault(edit.block, []).append(edit)
        for address, line in self._lines.items():
            found = by_block.get(address, [])
            self._reword(line, [edit for edit in found if edit.op in ("replace", "split")])
        for address, line in self._lines.items():  # the writer's order, since new paragraphs queue up
            for edit in sorted(by_block.get(address, ()), key=lambda e: (_RANK.get(e.op, 0), e.index)):
                self._do(edit, line)

    def _line(self, block: Block) -> _Line:
        element = self._reading.elements[block.id]
        ends = block.accepted_as != "line" or mark_flag(element, _GONE) is not None
        text = "" if block.accepted_as == "gone" else block.text
        return _Line(block, element, text, ends, next_paragraph(element) is None, in_box(element))

    def _reword(self, line: _Line, edits: list[Edit]) -> None:
        if not edits:
            return
        if next(line.element.iter(TXBX), None) is not None:
            self._loose.add(line.block.part)
        edits = sorted(edits, key=lambda e: (e.start, e.end, e.index), reverse=True)
        original = edits[0].view == "original"
        line.text = _reworded_original(line.block, edits) if original else _reworded(line.text, edits)

    def _do(self, edit: Edit, line: _Line) -> None:
        match edit.op:
            case "join":
                line.text, line.open = line.text + edit.text, True
            case "insert_after":
                line.new += edit.text.split("\n")
            case "move_after":
                self._lines[str(edit.raw["after"])].new.append(line.text)
                line.text, line.open = "", True
            case "delete_block":
                line.text, line.open = "", True
                self._gone.add(line.element)
            case "row_delete":
                self._gone.add(_row(line.element))
            case "row_insert_after":
                row = _row(line.element)
                last = [other for other in self._lines.values() if row in other.element.iterancestors(TR)][-1]
                wording = list(edit.raw["cells"])
                for text in [*wording, *[""] * (len(cells(row)) - len(wording))]:
                    last.rows += text.split("\n")

    def lines(self, label: str, *, boxed: bool) -> Lines | None:
        """The lines of one story, or of its text boxes in any order; None where no telling is possible."""
        if boxed and label in self._loose:
            return None
        out: Lines = []
        text, runs_on = "", False
        for line in self._lines.values():
            if line.block.part != label or line.boxed != boxed:
                continue
            if self._is_gone(line):
                out += line.rows
                continue
            text, runs_on = text + line.text, line.open
            if not line.open:
                out += text.split("\n")
                text = ""
            for fresh in line.new:
                out.append(text + fresh)
                text, runs_on = "", False
            if line.closes:
                out += text.split("\n") if text else [None] if runs_on else []
                text, runs_on = "", False
            out += line.rows
        return out

    def _is_gone(self, line: _Line) -> bool:
        return any(above in self._gone for above in line.element.iterancestors(TR, P))


_RANK = {
    "join": 1,
    "insert_after": 2,
    "row_insert_after": 3,
    "move_after": 4,
    "delete_block": 5,
    "row_delete": 6,
}


def _row(paragraph: Element) -> Element:
    return next(paragraph.iterancestors(TR), paragraph)


def in_box(paragraph: Element) -> bool:
    nearest = next(paragraph.iterancestors(TXBX, P), None)
    return nearest is not None and nearest.tag == TXBX


def _reworded(text: str, edits: Iterable[Edit]) -> str:
    for edit in edits:
        wording = edit.text if edit.op == "replace" else "\n"
        text = text[: edit.start] + wording + text[edit.end :]
    return text


def _reworded_original(block: Block, edits: Iterable[Edit]) -> str:
    """What the block says, all accepted, after edits that count in its original view: words of the original
    that are pending to go are gone all the same, and those only just inserted stay.
    """
    stays = [(c, piece.in_accepted, piece.in_original) for piece in block.pieces for c in piece.text]
    places = [at for at, (_, _, original) in enumerate(stays) if original]
    out = [char if accepted else "" for char, accepted, _ in stays]
    before = [""] * (len(places) + 1)  # what is put after the original's n-th character
    for edit in edits:
        if edit.op == "split":
            before[edit.start] = "\n" + before[edit.start]
            continue
        added: dict[int, str] = {}
        for op, a0, a1, b0, b1 in diff_spans(block.original[edit.start : edit.end], edit.text):
            if op == "insert":
                added[edit.start + a0] = added.get(edit.start + a0, "") + edit.text[b0:b1]
            elif op == "delete":
                for at in range(edit.start + a0, edit.start + a1):
                    out[places[at]] = ""
        for at, text in added.items():
            before[at] = text + before[at]
    for at, text in enumerate(before):
        if at:
            out[places[at - 1]] += text
        elif places:
            out[places[0]] = text + out[places[0]]
        else:
            out.insert(0, text)
    return "".join(out)
