"""The tables of a Word document, in reading order, as they look with every tracked change accepted.

1. Walk the body; every table becomes one, and a table inside a cell one of its own, named by where it is.
2. A row's cells are laid on the grid: a cell takes its `gridSpan` columns behind `gridBefore`.
3. A cell that continues the one above (`vMerge`) joins its area.

Names of elements: ECMA-376 part 1, section 17.4.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from playbooks.importing.tables import MOST_COLUMNS, MOST_IN_CELL, Area, BadCell, Table
from redline import gate, zipgate
from redline.errors import Refused
from redline.package import Package
from redline.xmlgate import Budget, parse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_GONE = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "sdtPr", "txbxContent"}
)
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes) -> tuple[Table, ...]:
    """Every table of the document. Raises Refused for what the gate refuses."""
    gate.check(data)
    main = Package(data).main
    root = parse(main, zipgate.unpack(data)[main], Budget())
    found: list[Table] = []
    body = next((child for child in root if _name(child) == "body"), None)
    if body is not None:
        for number, table in enumerate(_tables_in(body), start=1):
            _read(table, f"Table {number}", found)
    return tuple(found)


def _name(element: etree._Element) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.removeprefix(_W).removeprefix(_STRICT).rpartition("}")[2]


def _tables_in(parent: etree._Element) -> Iterator[etree._Element]:
    """The tables right below an element, not those inside them."""
    for child in parent:
        name = _name(child)
        if name == "tbl":
            yield child
        elif name not in _GONE:
            yield from _tables_in(child)


@dataclass
class _Grid:
    rows: list[list[str]] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)
    open: dict[int, int] = field(default_factory=dict)  # column → index of the area that may go on below


def _read(element: etree._Element, name: str, found: list[Table]) -> None:
    place = len(found)
    found.append(Table(name, ()))  # before the tables inside it
    grid = _Grid()
    for row in _wrapped(element, "tr"):
        if not _is_deleted(row):
            _read_row(row, name, grid, found)
    width = max((len(row) for row in grid.rows), default=0)
    rows = tuple(tuple(row + [""] * (width - len(row))) for row in grid.rows)
    found[place] = Table(
        name, rows, tuple(a for a in grid.areas if a[0] != a[2] or a[1] != a[3]), tuple(grid.bad)
    )


def _read_row(row: etree._Element, name: str, grid: _Grid, found: list[Table]) -> None:
    number = len(grid.rows)
    texts = [""] * min(_number(_property(row, "trPr", "gridBefore"), 0), MOST_COLUMNS)
    opened: dict[int, int] = {}
    for cell in _wrapped(row, "tc"):
        left = len(texts)
        span = max(1, min(_number(_property(cell, "tcPr", "gridSpan"), 1), MOST_COLUMNS))
        if left + span > MOST_COLUMNS:
            raise Refused("too_wide", f"{name} has more than {MOST_COLUMNS} columns, so it was not read.")
        merge = _property(cell, "tcPr", "vMerge")
        going_on = merge is not None and merge != "restart"
        above = grid.open.get(left) if going_on else None
        text = _text(cell, name, number, left, grid)
        if above is not None:
            top, column, _, right = grid.areas[above]
            grid.areas[above] = (top, column, number, right)
            opened[left] = above
            if text:
                grid.bad.append(
                    BadCell(
                        number + 1, left + 1, "belongs to the merged cell above; its own words are hidden"
                    )
                )
            text = ""
        else:
            grid.areas.append((number, left, number, left + span - 1))
            if merge is not None:
                opened[left] = len(grid.areas) - 1
        texts += [text] + [""] * (span - 1)
        for inner, table in enumerate(_tables_in(cell), start=1):
            _read(
                table,
                f"Table {inner} in {name[:1].lower()}{name[1:]}, row {number + 1}, column {left + 1}",
                found,
            )
    grid.rows.append(texts)
    grid.open = opened


def _text(cell: etree._Element, name: str, row: int, column: int, grid: _Grid) -> str:
    text = "\n".join(part for part in (_words(p).strip() for p in _paragraphs(cell)) if part)
    if len(text) > MOST_IN_CELL:
        grid.bad.append(
            BadCell(row + 1, column + 1, f"holds more than {MOST_IN_CELL:,} characters; only these were read")
        )
    return text[:MOST_IN_CELL]


def _paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    for child in cell:
        name = _name(child)
        if name == "p":
            yield child
        elif name != "tbl" and name not in _GONE:
            yield from _paragraphs(child)


def _words(element: etree._Element) -> str:
    parts: list[str] = []
    for child in element:
        name = _name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name not in _GONE:
            parts.append(_words(child))
    return "".join(parts)


def _wrapped(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those inside content controls and tracked insertions."""
    for child in parent:
        name = _name(child)
        if name == wanted:
            yield child
        elif name in _WRAPPERS:
            yield from _wrapped(child, wanted)


def _is_deleted(row: etree._Element) -> bool:
    return any(_name(mark) == "del" for props in row if _name(props) == "trPr" for mark in props)


def _property(element: etree._Element, holder: str, name: str) -> str | None:
    """The value of a property; "" where it is there without a value, None where it is not there."""
    for props in element:
        if _name(props) == holder:
            for mark in props:
                if _name(mark) == name:
                    return str(mark.get(f"{_W}val") or mark.get(f"{_STRICT}val") or "")
    return None


def _number(value: str | None, default: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 6 else default
