"""The sheets of an Excel workbook as tables: values as people see them, merged cells, unsaved formulas.

The container passes the same gate as a Word file, every XML part is looked through for depth, size and
document types before openpyxl sees it, and what a sheet says about its own size is not believed.
"""

import datetime
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from playbooks.importing.tables import (
    MOST_COLUMNS,
    MOST_IN_CELL,
    MOST_ROWS,
    Area,
    BadCell,
    Table,
)
from redline import zipgate
from redline.errors import Refused
from redline.xmlgate import Budget, looks_like_xml, parse

MOST_EMPTY = 100_000  # rows that are looked at; some workbooks are formatted down to the last one
MOST_AREAS = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_xlsx(data: bytes) -> tuple[Table, ...]:
    """Every sheet that holds something. Raises Refused."""
    parts = zipgate.unpack(data)
    if "xl/workbook.xml" not in {name.lower() for name in parts}:
        raise Refused(
            "not_xlsx", "This is not an Excel workbook (.xlsx): open it in Excel and save it as .xlsx."
        )
    if any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise Refused("macros", "The workbook holds macros: save it as .xlsx without them.")
    budget = Budget()
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")) or looks_like_xml(content):
            parse(name, content, budget)
    shown, written = (
        load_workbook(io.BytesIO(data), read_only=True, data_only=only, keep_links=False)
        for only in (True, False)
    )
    tables = (_sheet(sheet, written[sheet.title], parts, budget) for sheet in shown.worksheets)
    return tuple(table for table in tables if table.rows)


def _sheet(sheet: Any, written: Any, parts: dict[str, bytes], budget: Budget) -> Table:
    name = f"Sheet “{sheet.title}”" + ("" if sheet.sheet_state == "visible" else " (hidden)")
    rows: list[tuple[str, ...]] = []
    bad: list[BadCell] = []
    for values, formulas in zip(_rows(sheet), _rows(written), strict=False):
        texts = tuple(
            _cell(cell, formula, len(rows) + 1, column + 1, bad)
            for column, (cell, formula) in enumerate(zip(values, formulas, strict=False))
        )
        rows.append(texts)
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((_used(row) for row in rows), default=0)
    if len(rows) > MOST_ROWS:
        raise Refused("too_many_rows", f"{name} has more than {MOST_ROWS:,} rows: split the workbook.")
    if width > MOST_COLUMNS:
        raise Refused("too_wide", f"{name} has more than {MOST_COLUMNS} columns, so it was not read.")
    even = tuple((row + ("",) * width)[:width] for row in rows)
    areas = tuple(_areas(parts.get(str(sheet._worksheet_path), b""), budget, len(even), width))
    return Table(name, even, areas, tuple(bad))


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # a sheet may claim to be seventeen billion cells large
    for count, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1)):
        if count > MOST_EMPTY:
            return
        yield row


def _used(row: tuple[str, ...]) -> int:
    return max((column + 1 for column, text in enumerate(row) if text), default=0)


def _cell(cell: Any, formula: Any, row: int, column: int, bad: list[BadCell]) -> str:
    value = cell.value
    if cell.data_type == "e":
        bad.append(BadCell(row, column, f"shows the error {value}"))
        return ""
    if value is None:
        if isinstance(formula.value, str) and formula.value.startswith("="):
            bad.append(
                BadCell(row, column, "is a formula whose result was not saved: open it in Excel and save it")
            )
        return ""
    text = shown(value, str(getattr(cell, "number_format", "") or ""))
    if len(text) > MOST_IN_CELL:
        bad.append(BadCell(row, column, f"holds more than {MOST_IN_CELL:,} characters; only these were read"))
    return text[:MOST_IN_CELL]


def shown(value: Any, number_format: str) -> str:
    """A value as the sheet shows it: 0.995 in a percentage column is "99.5%", 30.0 is "30"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        number = Decimal(str(value))
        percent = "%" in number_format
        plain = (number * 100 if percent else number).normalize()
        return f"{plain:f}" + ("%" if percent else "")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    text = _CONTROL.sub("", str(value))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _areas(content: bytes, budget: Budget, rows: int, columns: int) -> Iterator[Area]:
    """Merged areas, cut to the cells that hold something."""
    if not content:
        return
    cells = 0
    for count, mark in enumerate(parse("sheet", content, budget).iter("{*}mergeCell")):
        left, top, right, bottom = range_boundaries(mark.get("ref", "A1"))
        area = (top - 1, left - 1, min(bottom, rows) - 1, min(right, columns) - 1)
        cells += max(0, (area[2] - area[0] + 1)) * max(0, (area[3] - area[1] + 1))
        if count > MOST_AREAS or cells > MOST_ROWS * MOST_COLUMNS:
            raise Refused(
                "too_many_areas", "The sheet merges more cells than a playbook has: undo the merging first."
            )
        if area[0] <= area[2] and area[1] <= area[3]:
            yield area
