"""Edits as they were asked for, checked against the blocks they name before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from redline.errors import Refused
from redline.names import CELL_DEL, DEL, FLDCHAR, TC, TCPR, TR, TRPR, TXBX, Element, w
from redline.reader import Reading
from redline.tables import cells

TEXT_OPS = frozenset({"replace", "format", "comment", "split"})
BLOCK_OPS = frozenset(
    {"delete_block", "insert_after", "move_after", "join", "set_level", "row_delete", "row_insert_after"}
)
_OTHERS = {"move_after": ("after",), "insert_after": ("style_from",)}
_FINE_IN_DELETED_ROWS = ("comment", "format", "set_level", "row_insert_after")
_WHOLE = ("delete_block", "move_after", "row_delete")


@dataclass
class Edit:
    """One edit, checked: offsets in code points of the block's text in ``view``."""

    index: int
    op: str
    block: str
    start: int
    end: int
    text: str
    view: str
    author: str
    date: str | None
    reason: str
    raw: Mapping[str, Any] = field(default_factory=dict)


def check_edits(
    raws: Sequence[Mapping[str, Any]], reading: Reading, author: str, date: str | None
) -> list[Edit]:
    """The edits in the order they were given. Raises Refused when one, or two together, make no sense."""
    edits = [_check(index, raw, reading, author, date) for index, raw in enumerate(raws)]
    _check_together(edits)
    _check_fields([edit for edit in edits if edit.op in _WHOLE], reading)
    return edits


def _check(index: int, raw: Mapping[str, Any], reading: Reading, author: str, date: str | None) -> Edit:
    op = str(raw.get("op", "replace"))
    name = f"Edit {index + 1}"
    if op not in TEXT_OPS | BLOCK_OPS:
        raise Refused("unknown-op", f"{name}: {op!r} is not an operation.")
    block = raw.get("block")
    if not isinstance(block, str) or block not in reading.elements:
        raise Refused("no-such-block", f"{name}: there is no block {block!r} in this document.")
    view = str(raw.get("view", "accepted"))
    if view not in ("accepted", "original"):
        raise Refused("bad-view", f"{name}: the view must be accepted or original, not {view!r}.")
    _check_details(op, raw, reading, name)
    found = reading.document.block(block)
    if all(piece.state == "same" for piece in found.pieces):
        view = "accepted"  # nothing is pending: both views are one
    start, end = _range(raw, op, found.original if view == "original" else found.text, name)
    wording = raw.get("text", "")
    if not isinstance(wording, str) or any(not _writable(c) for c in wording):
        raise Refused("bad-text", f"{name}: the text holds characters a document cannot hold.")
    if op == "replace" and "\n" in wording:
        raise Refused("new-paragraph", f"{name}: a replacement cannot hold paragraph ends.")
    return Edit(
        index=index,
        op=op,
        block=block,
        start=start,
        end=end,
        text=wording,
        view=view,
        author=str(raw.get("author") or author),
        date=raw.get("date") or date,
        reason=str(raw.get("reason") or ""),
        raw=raw,
    )


def _check_details(op: str, raw: Mapping[str, Any], reading: Reading, name: str) -> None:
    """The other blocks, the row and the cells an operation speaks of."""
    for key in _OTHERS.get(op, ()):
        if (raw.get(key) is not None or key == "after") and raw.get(key) not in reading.elements:
            raise Refused("no-such-block", f"{name}: there is no block {raw.get(key)!r}.")
    places = [reading.elements[str(raw["block"])]]
    if op == "move_after":
        places.append(reading.elements[str(raw["after"])])
        _check_move(places[0], places[1], name)
    if op not in _FINE_IN_DELETED_ROWS and any(map(_in_deleted_row, places)):
        raise Refused(
            "deleted-row", f"{name}: the row or cell is pending to be deleted, with all that is in it."
        )
    if op in ("row_delete", "row_insert_after"):
        row = next(reading.elements[str(raw["block"])].iterancestors(TR), None)
        if row is None:
            raise Refused("not-in-table", f"{name}: the block is not in a table.")
        wording = raw.get("cells")
        if op == "row_delete":
            return
        if not isinstance(wording, list) or not all(isinstance(text, str) for text in wording):
            raise Refused("bad-cells", f"{name}: say the cells' texts as a list.")
        if len(wording) > len(cells(row)):
            raise Refused("bad-cells", f"{name}: the row has {len(cells(row))} cells.")
        if not all(map(_writable, "".join(wording))):
            raise Refused("bad-text", f"{name}: the text holds characters a document cannot hold.")


def _check_move(paragraph: Element, target: Element, name: str) -> None:
    if paragraph.getroottree().getroot() is not target.getroottree().getroot():
        raise Refused("cannot-move", f"{name}: a paragraph cannot move to another part of the document.")
    if next(target.iterancestors(TXBX), None) is not None:
        raise Refused("textbox", f"{name}: a paragraph cannot move into a text box.")


def _in_deleted_row(paragraph: Element) -> bool:
    return any(
        above.find(f"{TRPR}/{DEL}") is not None or above.find(f"{TCPR}/{CELL_DEL}") is not None
        for above in paragraph.iterancestors(TR, TC)
    )


def _range(raw: Mapping[str, Any], op: str, text: str, name: str) -> tuple[int, int]:
    start, end = raw.get("start", 0), raw.get("end")
    if op == "split" and "start" not in raw:
        start = raw.get("offset", raw.get("at", 0))
    end = (start if op == "split" else len(text)) if end is None else end
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end <= len(text):
        raise Refused(
            "bad-range", f"{name}: {start}–{end} is not a range of the block's {len(text)} characters."
        )
    quote = raw.get("quote")
    if quote is not None and text[start:end] != quote:
        raise Refused("text-changed", f"{name}: the block does not read {quote!r} there.")
    return start, end


def _writable(char: str) -> bool:
    """Whether XML can hold a character; tab, line break and paragraph end are written as elements."""
    return char in "\t\v\n" or (
        ord(char) >= 32 and not 0xD800 <= ord(char) <= 0xDFFF and ord(char) & ~1 != 0xFFFE
    )


def _check_together(edits: Sequence[Edit]) -> None:
    """Refuse edits that contradict each other."""
    spans: dict[str, list[tuple[int, int]]] = {}
    views: dict[str, str] = {}
    whole: dict[str, str] = {}
    for edit in edits:
        if edit.op in _WHOLE:
            if edit.block in whole:
                raise Refused("overlapping-edits", f"Two edits take away the block {edit.block}.")
            whole[edit.block] = edit.op
    joined = {edit.block for edit in edits if edit.op == "join"}
    for edit in edits:
        if edit.op in ("insert_after", "delete_block", "move_after") and edit.block in joined:
            raise Refused("overlapping-edits", f"The end of the block {edit.block} cannot go and also stay.")
        if edit.op not in TEXT_OPS:
            continue
        if views.setdefault(edit.block, edit.view) != edit.view:
            raise Refused("bad-view", f"Edits of the block {edit.block} count in two different views.")
        if edit.op == "comment":
            continue
        if edit.block in whole:
            raise Refused("overlapping-edits", f"The block {edit.block} is both changed and taken away.")
        if edit.op in ("replace", "split"):
            spans.setdefault(edit.block, []).append((edit.start, edit.end))
    for block, ranges in spans.items():
        ranges.sort()
        if any(b[0] < a[1] for a, b in pairwise(ranges)):
            raise Refused("overlapping-edits", f"Two edits change the same words of the block {block}.")


def _check_fields(edits: Sequence[Edit], reading: Reading) -> None:
    """Refuse to take away a part of a field that spans paragraphs, as a table of contents does."""
    going: set[Element] = set()  # field marks in what is taken away
    roots: dict[Element, None] = {}
    for edit in edits:
        paragraph = reading.elements[edit.block]
        row = next(paragraph.iterancestors(TR), paragraph) if edit.op == "row_delete" else paragraph
        marks = set(row.iter(FLDCHAR))
        if edit.op == "move_after" and not _whole(list(row.iter(FLDCHAR)), marks):
            raise Refused("field", _HALF_FIELD)
        if marks:
            roots[paragraph.getroottree().getroot()] = None
            going |= marks
    for root in roots:
        if not _whole(list(root.iter(FLDCHAR)), going):
            raise Refused("field", _HALF_FIELD)


_HALF_FIELD = (
    "The paragraph holds a part of a field, such as a table of contents, and cannot go without the rest."
)


def _whole(marks: Sequence[Element], going: set[Element]) -> bool:
    """Whether each field among these begin, separate and end marks goes with all its marks or with none."""
    open_fields: list[bool] = []
    for mark in marks:
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append(mark in going)
        elif not open_fields:  # an end without a beginning here
            if mark in going:
                return False
        elif open_fields[-1] != (mark in going):
            return False
        elif kind == "end":
            open_fields.pop()
    return not any(open_fields)
