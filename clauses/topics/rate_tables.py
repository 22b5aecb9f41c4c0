"""Rates in tables: cells of a Word table, or rows of plain text with tabs or bars between the columns.

1. The first row that names columns and holds no price is the header; the words of each name what it is.
2. In each row below, the item column says what is priced and each price column holds one price.
3. Currency and unit come from the cell, else its column of units or currencies, else the header, else the
   words before the table.
"""

# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from clauses.topics.page import Page
from clauses.topics.rates import (
    CURRENCY,
    PRICE,
    Rate,
    currency_of,
    names_other_unit,
    price_in,
    unit_alone,
    unit_of,
    writes_comma,
)
from clauses.topics.values import Span

_ITEM = re.compile(
    r"\b(?:roles?|items?|descriptions?|services?|positions?|grades?|levels?|resources?|profiles?|products?"
    r"|categor(?:y|ies)|personnel|staff|consultants?|titles?|skills?|functions?|names?|goods|articles?)\b",
    re.I,
)
_PRICE = re.compile(r"\b(?:rates?|prices?|fees?|charges?|costs?|tariffs?|per diem)\b", re.I)
_PER_HEADER = re.compile(r"(?:per|/)\s*\w+", re.I)
_TOTAL = re.compile(
    r"\b(?:totals?|sub-?totals?|sums?|amounts?|extended|line|budget|discounts?|vat|tax(?:es)?|one[- ]time|set-?up)\b",
    re.I,
)
_LIST = re.compile(r"\b(?:list|standard|gross|regular|catalogue|rrp|msrp)\b", re.I)
_OURS = re.compile(r"\b(?:net|agreed|discounted|contract|customer|special|your|client)\b", re.I)
_UNIT = re.compile(
    r"^\s*(?:units?|per|basis|uom|unit of (?:measure|charge)|charged per|billing unit|rate type|price type)\s*$",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:insur\w+|liabilit\w+|indemnit\w+|service levels?|credits?|penalt\w+|milestones?)\b", re.I
)
"""What the header of a table about other amounts says."""
_DIGIT = re.compile(r"\d")
_FOR_ONE = re.compile(r"\b(?:unit|rates?|each|per)\b|/", re.I)
_FREE = re.compile(r"\W*(?:none|n/?a|not applicable|included|free(?: of charge)?|no charge|nil)?\W*", re.I)
_CURRENCY = re.compile(r"^\s*(?:currency|cur\.?|ccy)\s*$", re.I)
_COUNT = re.compile(
    r"^\s*(?:qty\.?|quantit(?:y|ies)|volumes?|number|no\.?|#|days|hours|effort|estimated.*|units)\s*$", re.I
)
_SUMS = re.compile(r"^\s*(?:grand |sub-?)?totals?\b|^\s*(?:sum|vat|discount)\b", re.I)
_CARD = re.compile(
    r"\b(?:rate cards?|(?:\w+ )?rates?|price lists?|unit prices?|pricing|fee schedule|tariffs?)\b", re.I
)
_TAB, _BAR, _GAP = re.compile(r"\t"), re.compile(r"\|"), re.compile(r"(?<=\S) {3,}(?=\S)")
_UNREAD = re.compile(
    r"\b(?:hourly|daily|day|weekly|monthly) (?:rate|fee|charge|price)s?\b|\b(?:rates?|fees?|charges?|prices?) per (?:hour|day|week|month)\b"
    r"|\brate cards?\b",
    re.I,
)
"""What tables and sentences say that speak of rates."""
_BARS = re.compile(r"^\s*\|?[\s|:—-]+\|?\s*$")
NEAR = 3
"""Lines before a table (and one behind it) that may say its currency and unit."""


@dataclass(frozen=True)
class Cell:
    text: str
    start: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


@dataclass(frozen=True)
class Table:
    """Rows of cells by column, and the range of lines they stand in."""

    rows: tuple[Mapping[int, Cell], ...]
    first: int
    last: int


@dataclass(frozen=True)
class _Columns:
    item: int
    prices: tuple[int, ...]
    unit: int | None
    currency: int | None
    header: Mapping[int, Cell]


def tables(page: Page) -> Iterator[Table]:
    """Every table of the page: of the document, or typed with tabs or bars."""
    yield from _of_document(page)
    yield from _typed(page)


def _of_document(page: Page) -> Iterator[Table]:
    rows: dict[tuple[str, int], dict[int, dict[int, Cell]]] = {}
    reach: dict[tuple[str, int], tuple[int, int]] = {}
    for index, line in enumerate(page.lines):
        if line.cell is None:
            continue
        number, row, column = line.cell
        key = (line.block.rpartition("|")[0], number)
        cells = rows.setdefault(key, {}).setdefault(row, {})
        before = cells.get(column)
        # A cell of several paragraphs is one stretch of the text, unless another table stands inside it.
        joined = before is not None and before.span.end + 1 == line.start
        start = before.start if before is not None and joined else line.start
        if before is None or joined:
            cells[column] = Cell(page.text[start : line.end] if line.is_text else "", start)
        first, _ = reach.get(key, (index, index))
        reach[key] = (first, index)
    for key, found in rows.items():
        yield Table(tuple(found[row] for row in sorted(found)), *reach[key])


def _typed(page: Page) -> Iterator[Table]:
    run: list[Mapping[int, Cell]] = []
    first = 0
    for index, line in enumerate([*page.lines, None]):
        cells = (
            _cells(line.text, line.start) if line is not None and line.cell is None and line.is_text else {}
        )
        if len(cells) > 1:
            first = first if run else index
            run.append(cells)
        elif line is None or not _BARS.match(line.text) or "-" not in line.text:
            if len(run) > 1:
                yield Table(tuple(run), first, index - 1)
            run = []


def _cells(text: str, start: int) -> dict[int, Cell]:
    """The cells of a typed row; none where the line is no row."""
    mark = _TAB if "\t" in text.strip() else _BAR if text.count("|") > 1 or " | " in text else _GAP
    if _BARS.match(text):
        return {}
    found: dict[int, Cell] = {}
    at = 0
    for end, after in [*(m.span() for m in mark.finditer(text)), (len(text), len(text))]:
        part = text[at:end]
        plain = part.strip()
        if plain:
            found[len(found)] = Cell(plain, start + at + part.index(plain))
        at = after
    return found


def rates_of(page: Page, table: Table) -> list[Rate]:
    """The priced rows of a table; none where it is no table of rates."""
    columns = _columns(table)
    if columns is None:
        return []
    around = _around(page, table)
    header = [cell.text for cell in columns.header.values()]
    comma = any(
        writes_comma(match["figures"])
        for row in table.rows
        for column in columns.prices
        if column in row
        for match in PRICE.finditer(row[column].text)
    )
    found = [rate for row in table.rows for rate in _rates(row, columns, around, comma=comma)]
    named = any(_CARD.search(text) for text in [*header, around])
    if any(rate.figures for rate in found) and (named or any(rate.unit for rate in found)):
        return found
    return []


def speaks_of_rates(page: Page, table: Table) -> bool:
    """Whether a table holds amounts and calls them rates: where it could not be read, a person must look."""
    texts = [cell.text for row in table.rows for cell in row.values()]
    return (
        any(map(_UNREAD.search, texts))
        and sum(PRICE.fullmatch(text.strip()) is not None for text in texts) > 1
    )


def _around(page: Page, table: Table) -> str:
    """The words that introduce a table: its heading and the lines before and behind it."""
    before = []
    for line in reversed(page.lines[max(0, table.first - NEAR) : table.first]):
        if line.cell is not None or len(line.text) > 400:
            break
        before.append(line.text)
    behind = [
        line.text
        for line in page.lines[table.last + 1 : table.last + 2]
        if line.cell is None and not line.is_heading
    ]
    heading = page.lines[table.first].heading if table.rows else ""
    return "\n".join([heading, *reversed(before), *(text for text in behind if len(text) <= 400)])


def _columns(table: Table) -> _Columns | None:
    """What each column holds, by the header; None where the table is about something else."""
    for n, row in enumerate(table.rows[:3]):
        texts = {column: cell.text for column, cell in row.items() if cell.text.strip()}
        if len(texts) < 2 or any(_is_priced(text) for text in texts.values()):
            continue
        if any(map(_OTHER.search, texts.values())):
            return None
        prices = _price_columns(texts)
        items = [c for c, text in texts.items() if _ITEM.search(text) and c not in prices]
        item = items[0] if items else min(set(texts) - set(prices), default=None)
        if prices and item is not None and n + 1 < len(table.rows):
            unit = next((c for c, text in texts.items() if _UNIT.match(text) and c not in prices), None)
            currency = next((c for c, text in texts.items() if _CURRENCY.match(text)), None)
            return _Columns(item, prices, unit, currency, row)
    return _without_header(table)


def _is_priced(text: str) -> bool:
    """Whether a cell holds a price, and so stands in no header."""
    return len(text) < 20 and PRICE.search(text) is not None and CURRENCY.search(text) is not None


def _price_columns(texts: Mapping[int, str]) -> tuple[int, ...]:
    """The columns that hold a price for one; where a list price stands beside ours, ours."""

    def is_price(text: str) -> bool:
        named = bool(_PRICE.search(text)) or bool(CURRENCY.search(text) and _PER_HEADER.search(text))
        return (
            named
            and not _TOTAL.search(text)
            and not _COUNT.match(text)
            and not _UNIT.match(text)
            and len(text) < 80
        )

    found = [column for column, text in texts.items() if is_price(text)]
    for_one = [column for column in found if _FOR_ONE.search(texts[column])]
    if for_one and any(_COUNT.match(text) for text in texts.values()):
        found = for_one  # what stands beside a price and a quantity is what they come to
    agreed = [column for column in found if _OURS.search(texts[column])]
    if agreed and any(_LIST.search(texts[column]) for column in found):
        return tuple(agreed)
    return tuple(column for column in found if not _LIST.search(texts[column])) or tuple(found)


def _without_header(table: Table) -> _Columns | None:
    """A table whose rows speak for themselves: an item, and a price with its unit ("EUR 1,450 per day")."""
    for column in sorted({c for row in table.rows for c in row} - {0}):
        cells = [row[column].text for row in table.rows if column in row]
        told = [text for text in cells if PRICE.search(text) and CURRENCY.search(text) and unit_of(text)]
        if told and len(told) * 2 >= len(cells) and all(len(text) < 80 for text in told):
            return _Columns(0, (column,), None, None, {})
    return None


def _rates(row: Mapping[int, Cell], columns: _Columns, around: str, *, comma: bool) -> Iterator[Rate]:
    item = row.get(columns.item)
    if row is columns.header or item is None or not item.text.strip() or _SUMS.match(item.text):
        return
    if not any(cell.text.strip() for cell in row.values() if cell is not item):
        return  # a title within the table
    for column in columns.prices:
        cell = row.get(column)
        if (
            cell is None
            or (cell.text.strip() and _FREE.fullmatch(cell.text))
            or (not columns.header and not _DIGIT.search(cell.text))
        ):
            continue
        rate = _rate(row, cell, item, columns, column, around, comma=comma)
        if rate is not None:
            yield rate


def _rate(
    row: Mapping[int, Cell],
    cell: Cell,
    item: Cell,
    columns: _Columns,
    column: int,
    around: str,
    *,
    comma: bool,
) -> Rate | None:
    header = columns.header[column].text if column in columns.header else ""
    price = price_in(cell.text, offset=cell.start, comma=comma)
    own = row[columns.unit].text if columns.unit in row and columns.unit is not None else ""
    paid_in = row[columns.currency].text if columns.currency in row and columns.currency is not None else ""
    unit = unit_of(cell.text) or (unit_alone(own) if own else "") or unit_of(header) or _unit_around(around)
    if names_other_unit(cell.text) or (own and not unit_alone(own)):
        unit = ""
    currency = (
        (price.currency if price else "")
        or currency_of(paid_in)
        or currency_of(header)
        or currency_of(around)
    )
    name = " ".join(item.text.split())
    alike = [
        c
        for c in columns.prices
        if c in columns.header and unit_of(columns.header[c].text) == unit_of(header)
    ]
    if len(alike) > 1:
        name = f"{name}, {' '.join(header.split())}"
    cells = [one.span for one in row.values()]
    found = Rate(
        name[:120],
        None,
        currency,
        unit,
        Span(min(s.start for s in cells), max(s.end for s in cells)),
        item.span,
    )
    if price is None:
        words = " ".join(cell.text.split())
        if len(words) >= 60 and not _DIGIT.search(words):
            return None
        cannot = f"cannot be read from “{words[:60]}”" if words else "is not given"
        return replace(found, why=f"the price of “{name[:80]}” {cannot}")
    why = f"of “{name[:80]}” {price.why}" if price.why else ""
    return replace(found, price=price.amount, figures=Span(price.start, price.end), why=why)


def _unit_around(around: str) -> str:
    """The unit that the words before a table give its rates ("The following daily rates apply"); only one."""
    told = [
        unit
        for sentence in re.split(r"[.\n;]", around)
        if _PRICE.search(sentence) and not re.search(r"%|\bincreas", sentence) and (unit := unit_of(sentence))
    ]
    return told[0] if len(set(told)) == 1 else ""
