"""Comparing tables: rows pair by their text, cells by position, columns by what stands in them.

A column that came or went is marked cell by cell (w:cellIns, w:cellDel), which Word shows and settles as a
column; that needs tables without merged cells. Elsewhere a row whose cells do not correspond is deleted and
the new one inserted below it.
"""

from copy import deepcopy
from itertools import chain
from typing import Protocol

from lxml import etree

from redline.names import (
    CELL_DEL,
    CELL_INS,
    DEL,
    INS,
    MOVE_FROM,
    PPR,
    TBL,
    TBLPR,
    TC,
    TCPR,
    TRPR,
    WRAPPERS,
    Element,
    P,
    T,
    value,
    w,
)
from redline.pairing import Item, align_items, likeness
from redline.signature import frame_signature
from redline.story import Story
from redline.tables import cells, rows

Columns = list[tuple[int | None, int | None]]


class _Merger(Protocol):
    def merge(self, old: Element, new: Element) -> bool: ...

    def mark_all(self, container: Element | None, tag: str) -> None: ...


class Tables:
    """Merges and marks tables of one story."""

    def __init__(self, story: Story, blocks: _Merger) -> None:
        self.story, self.blocks = story, blocks

    def write(self, olds: list[Element], news: list[Element]) -> list[Element]:
        """The output for one table on each side, or on one side only."""
        if not news:
            for table in olds:
                self.mark_rows(table, DEL)
            return [_touched(table) for table in olds]
        if not olds:
            story = self.story
            out = [story.importer.copy(table, story.new_part, story.old_part) for table in news]
            for table in out:
                self.mark_rows(table, INS)
            return out
        return [_touched(olds[0])] if self._merge(olds[0], news[0]) else olds

    def mark_rows(self, table: Element, tag: str) -> None:
        """Mark every row of a table, and what it holds, as inserted or deleted."""
        for row in rows(table):
            self.story.writer.flag_row(row, tag)
            for cell in cells(row):
                self._mark_cell(cell, tag)

    def _mark_cell(self, cell: Element, tag: str) -> None:
        for paragraph in [p for p in cell.iter(P) if next(p.iterancestors(TC), None) is cell]:
            mark_content(paragraph, tag, self.story)
        for table in [t for t in cell.iter(TBL) if next(t.iterancestors(TC), None) is cell]:
            self.mark_rows(table, tag)

    def _merge(self, old: Element, new: Element) -> bool:
        olds, news = rows(old), rows(new)
        changed = self._frame(old, new, TBLPR, "tblPrChange")
        columns = align_columns(olds, news)
        if columns is not None:
            _widen_grid(old, new)
        last: Element | None = None
        for i, j in align_rows(olds, news):
            if i is not None and j is not None and (columns is not None or _correspond(olds[i], news[j])):
                changed = self._row(olds[i], news[j], columns) or changed
                last = olds[i]
                continue
            changed = True
            if i is not None:
                self._mark_row(olds[i], DEL)
                last = olds[i]
            if j is not None:
                last = self._insert_row(old, last, news[j])
        return changed

    def _mark_row(self, row: Element, tag: str) -> None:
        self.story.writer.flag_row(row, tag)
        for cell in cells(row):
            self._mark_cell(cell, tag)

    def _insert_row(self, table: Element, last: Element | None, new: Element) -> Element:
        row = self.story.importer.copy(new, self.story.new_part, self.story.old_part)
        self._mark_row(row, INS)
        first = rows(table)
        if last is not None:
            last.addnext(row)
        elif first:
            first[0].addprevious(row)
        else:
            table.append(row)
        return row

    def _row(self, old: Element, new: Element, columns: Columns | None) -> bool:
        changed = self._frame(old, new, TRPR, "trPrChange")
        mine, theirs = cells(old), cells(new)
        last: Element | None = None
        for i, j in columns or [(k, k) for k in range(len(mine))]:
            if i is not None and j is not None:
                last = mine[i]
                changed = self._frame(last, theirs[j], TCPR, "tcPrChange") or changed
                changed = self.blocks.merge(last, theirs[j]) or changed
                continue
            changed = True
            if i is not None:
                last = mine[i]
                self._flag_cell(last, DEL, CELL_DEL)
            elif j is not None:
                came = self.story.importer.copy(theirs[j], self.story.new_part, self.story.old_part)
                self._flag_cell(came, INS, CELL_INS)
                (last.addnext if last is not None else mine[0].addprevious)(came)
                last = came
        return changed

    def _flag_cell(self, cell: Element, tag: str, flag: str) -> None:
        """Mark a cell, and what it holds, as inserted or deleted."""
        self._mark_cell(cell, tag)
        properties = cell.find(TCPR)
        if properties is None:
            properties = etree.Element(TCPR)
            cell.insert(0, properties)
        properties.append(self.story.writer.revision(flag))

    def _frame(self, old: Element, new: Element, tag: str, change: str) -> bool:
        """Properties of a table, row or cell: the new ones, remembering the old."""
        a, b = old.find(tag), new.find(tag)
        if frame_signature(a) == frame_signature(b):
            return False
        out = deepcopy(b) if b is not None else etree.Element(tag)
        self.story.writer.frame_change(out, a, change)
        if a is not None:
            old.replace(a, out)
        else:
            after = old.find(w("tblPrEx"))
            old.insert(0 if after is None else old.index(after) + 1, out)
        return True


def align_columns(olds: list[Element], news: list[Element]) -> Columns | None:
    """Columns paired by the text in them when their number differs; None when equal, or cells are merged."""
    if not olds or not news:
        return None
    one, two = [cells(row) for row in olds], [cells(row) for row in news]
    if any(len(side[0]) != len(row) for side in (one, two) for row in side) or len(one[0]) == len(two[0]):
        return None
    merged = (
        _span(cell) != "1" or cell.find(f"{TCPR}/{w('vMerge')}") is not None for cell in chain(*one, *two)
    )
    if any(merged):
        return None
    sides = [
        [Item("column", "\n".join(map(_cell_text, column))) for column in zip(*side, strict=True)]
        for side in (one, two)
    ]
    columns = align_items(sides[0], sides[1])
    return columns if any(None not in pair for pair in columns) else None


def _widen_grid(old: Element, new: Element) -> None:
    """Give the table's grid room for columns that came; a grid that is too wide does no harm."""
    mine, theirs = old.find(w("tblGrid")), new.find(w("tblGrid"))
    if mine is not None and theirs is not None and len(theirs) > len(mine):
        mine[:] = [deepcopy(column) for column in theirs]


def align_rows(olds: list[Element], news: list[Element]) -> list[tuple[int | None, int | None]]:
    """Rows paired in order; rows left over at the same place in equal number are the same rows."""
    items = [[Item("row", _row_text(row)) for row in side] for side in (olds, news)]
    pairs = align_items(items[0], items[1])
    out: list[tuple[int | None, int | None]] = []
    gap: list[tuple[int | None, int | None]] = []
    for pair in [*pairs, (-1, -1)]:
        if None in pair:
            gap.append(pair)
            continue
        gone = [i for i, _ in gap if i is not None]
        came = [j for _, j in gap if j is not None]
        close = len(gone) == len(came) and all(
            likeness(items[0][i], items[1][j]) > 0.2 or len(items[0][i].text) + len(items[1][j].text) < 40
            for i, j in zip(gone, came, strict=True)
        )
        out += zip(gone, came, strict=True) if close else gap
        out.append(pair)
        gap = []
    return out[:-1]


def _row_text(row: Element) -> str:
    return "\t".join(map(_cell_text, cells(row)))


def _cell_text(cell: Element) -> str:
    return "".join(node.text or "" for node in cell.iter(T))


def _correspond(old: Element, new: Element) -> bool:
    """Whether two rows have the same cells: as many, as wide."""
    a, b = cells(old), cells(new)
    return len(a) == len(b) and all(_span(x) == _span(y) for x, y in zip(a, b, strict=True))


def _span(cell: Element) -> str:
    return value(cell.find(TCPR), "gridSpan") or "1"


def mark_content(paragraph: Element, tag: str, story: Story) -> None:
    """Put a paragraph's runs and objects inside one revision each stretch; comment anchors stay outside."""
    group: list[Element] = []
    for child in [*paragraph, None]:
        if tag == DEL and child is not None and child.tag == INS:
            mark_content(child, tag, story)  # their insertion, struck by us
        outside = child is None or child.tag == PPR or not isinstance(child.tag, str) or _is_anchor(child)
        if not outside and child is not None:
            group.append(child)
            continue
        if group:
            place = etree.Element(w("proofErr"))
            group[0].addprevious(place)
            paragraph.replace(place, story.writer.wrap(tag, group))
        group = []


_ANCHORS = frozenset({w("commentRangeStart"), w("commentRangeEnd"), *WRAPPERS, MOVE_FROM})


def _is_anchor(child: Element) -> bool:
    return child.tag in _ANCHORS or child.find(w("commentReference")) is not None


def _touched(table: Element) -> Element:
    """A changed table must not look like the untouched element it was."""
    copy = deepcopy(table)
    copy.tail = None
    return copy
