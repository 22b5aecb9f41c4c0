"""The frame of tables and of block containers: rows, cells, children, looking through wrappers."""

from collections.abc import Iterator

from redline.names import (
    CUSTOM_XML,
    SDT,
    SDT_CONTENT,
    TBL,
    TC,
    TCPR,
    TR,
    TRPR,
    VAL,
    WRAPPERS,
    Element,
    value,
    w,
)

_THROUGH = frozenset({SDT, SDT_CONTENT, CUSTOM_XML, *WRAPPERS})


def _inside(element: Element, tag: str) -> Iterator[Element]:
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from _inside(child, tag)


def rows(table: Element) -> list[Element]:
    """The rows of a table itself (not of tables inside it), looking through content controls."""
    return list(_inside(table, TR))


def cells(row: Element) -> list[Element]:
    """The cells of a row itself, looking through content controls."""
    return list(_inside(row, TC))


def coordinates(root: Element) -> dict[Element, tuple[int, int, int]]:
    """For every cell below root: (table index in document order, row index, column index), all from 0."""
    out: dict[Element, tuple[int, int, int]] = {}
    for number, table in enumerate(root.iter(TBL)):
        for row_number, row in enumerate(rows(table)):
            for column, cell in enumerate(cells(row)):
                out[cell] = (number, row_number, column)
    return out


def widen(row: Element) -> None:
    """Where cells went out of a row, let the one that is said to be as wide as the gap and itself span it.

    Word notes the new width of a cell that took in deleted ones, but not the columns it covers.
    """
    table = next(row.iterancestors(TBL), None)
    grid = table.find(w("tblGrid")) if table is not None else None
    columns = [_number(c.get(w("w"))) for c in grid.iterchildren(w("gridCol"))] if grid is not None else []
    properties = row.find(TRPR)
    at = _number(value(properties, "gridBefore"))
    spans = [_number(value(cell.find(TCPR), "gridSpan")) or 1 for cell in cells(row)]
    missing = len(columns) - at - sum(spans) - _number(value(properties, "gridAfter"))
    for cell, span in zip(cells(row), spans, strict=True) if missing > 0 else ():
        frame = cell.find(TCPR)
        width = frame.find(w("tcW")) if frame is not None else None
        wanted = sum(columns[at : at + span + missing])
        if frame is not None and width is not None and _number(width.get(w("w"))) == wanted:
            for old in frame.findall(w("gridSpan")):
                frame.remove(old)
            fresh = frame.makeelement(w("gridSpan"))
            fresh.set(VAL, str(span + missing))
            width.addnext(fresh)
            return
        at += span


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 0
