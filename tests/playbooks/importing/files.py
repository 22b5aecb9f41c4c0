"""Word and Excel files made for the tests: tables as legal teams write them."""

import io
from collections.abc import Sequence

import docx
import openpyxl


def word(*tables: Sequence[Sequence[str]], merges: Sequence[tuple[int, int, int, int, int]] = ()) -> bytes:
    """A document with these tables; a merge is (table, first row, first column, last row, last column)."""
    document = docx.Document()
    made = []
    for rows in tables:
        document.add_paragraph("A table follows.")
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
        made.append(table)
    for t, top, left, bottom, right in merges:
        area = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
        text = made[t].cell(top, left).text
        for r, c in area:
            made[t].cell(r, c).text = ""
        made[t].cell(top, left).merge(made[t].cell(bottom, right)).text = text
    return saved(document)


def saved(file) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def excel(
    sheets: dict[str, Sequence[Sequence[object]]], merges: dict[str, Sequence[str]] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merges or {}).get(name, ()):
            sheet.merge_cells(area)
    return saved(book)


PAYMENT = ["Payment period", "Net 30", "45 days", "60 days from invoice date", "Anything longer", "Finance"]
LADDERS = [
    ["Issue", "Preferred position", "Fallback 1", "Fallback 2", "Unacceptable", "Approver"],
    PAYMENT,
    [
        "Liability cap",
        "24 months' fees",
        "12 months' fees",
        "",
        "Less than a year",
        "CFO and General Counsel",
    ],
    ["Governing law", "New York", "Delaware or California", "", "", "Legal"],
    ["Automatic renewal", "None", "12 months", "", "", ""],
    ["Company picnic", "Twice a year", "", "", "", ""],
]
