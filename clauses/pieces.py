"""Pieces of a contract before they are placed: lines, lines cut at typed numbers, rows of tables."""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator

from clauses.source import Line, Source

_INLINE = re.compile(
    r"(?<=\S)[ ]{2,}(?=(?:\d{1,2}\.(?:\d{1,2}\.?){0,3}|(?:ARTICLE|Article|SECTION)\s[IVXL\d]{1,5}\.?)\s{1,8}[\"“A-Z])"
    r"|(?<=[.;:])[ ](?=\d{1,2}\.\d{1,2}\.?\s{1,4}[A-Z][A-Za-z]+)"
)
# What a page carries and the contract does not: the source line of a filing, a page number of its own.
_FURNITURE = re.compile(
    r"\s*(?:Source: [^\n]{3,90}, [^,\n]{1,24}, \d{1,2}/\d{1,2}/\d{4}|[-–—]\s?\d{1,3}\s?[-–—]|Page \d{1,3}(?: of \d{1,3})?)\s*"
)
_SIGNS = re.compile(r"(?:signature|signed|by|print(?:ed)? name)\s{0,3}:?[\s_]{0,60}", re.I)


def is_furniture(text: str) -> bool:
    """Whether a line of plain text belongs to the page and not to the contract."""
    return _FURNITURE.fullmatch(text) is not None


def signature_rows(source: Source) -> set[tuple[int, int]]:
    """(table, row) of signature tables: from the row above the first that asks for a signature to the end."""
    first: dict[int, int] = {}
    rows: set[tuple[int, int]] = set()
    for line in source.lines:
        if line.cell is None:
            continue
        table, row, _ = line.cell
        rows.add((table, row))
        if _SIGNS.fullmatch(line.text.strip()):
            first.setdefault(table, row)
    return {(table, row) for table, row in rows if table in first and row >= first[table] - 1}


def pieces(source: Source) -> Iterator[Line | list[Line]]:
    """Lines (cut at typed numbers in plain text) and, for tables, lists of the lines of one row."""
    row: list[Line] = []
    for line in source.lines:
        if line.aside or (not source.is_document and is_furniture(line.text)):
            continue
        if row and (line.cell is None or line.cell[:2] != (row[0].cell or ())[:2]):
            yield row
            row = []
        if line.cell is not None:
            row.append(line)
        elif line.text.strip():
            yield from _cut(line) if not source.is_document else (line,)
    if row:
        yield row


def _cut(line: Line) -> Iterator[Line]:
    if len(line.text) < 120 or not (cuts := [m.end() for m in _INLINE.finditer(line.text)]):
        yield line
        return
    for place, (begin, end) in enumerate(zip([0, *cuts], [*cuts, len(line.text)], strict=True)):
        yield Line(
            start=line.start + begin,
            text=line.text[begin:end].rstrip(),
            level=line.level if not place else None,
            heading_level=line.heading_level if not place else None,
            lead=line.lead if not place else 0,
        )
