"""The frame of tables and of block containers: rows, cells, children, looking through wrappers."""

from collections.abc import Iterator

from redline.names import CUSTOM_XML, SDT, SDT_CONTENT, TBL, TC, TR, WRAPPERS, Element

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
