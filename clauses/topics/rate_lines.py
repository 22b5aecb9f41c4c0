"""Rates in lines and sentences: "Senior Consultant: EUR 1,450 per day", "Developers are charged at $ 120 per
hour", "the daily rate for a project manager is EUR 1,300"."""

# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from collections.abc import Iterator

from clauses.topics.lines import Line
from clauses.topics.page import Page
from clauses.topics.rates import (
    MINUS,
    PRICE,
    SIGNS,
    UNIT_AFTER,
    Price,
    Rate,
    holds_money,
    names_other_unit,
    price_in,
    unit_of,
    writes_comma,
)
from clauses.topics.values import Span

_ITEM = r"[^\W\d_](?:(?!\. )[^:;|\t\n]){1,79}?"
_BULLET = r"\s*(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+|[•\-–*]\s+)?"
_ROW = re.compile(
    rf"{_BULLET}(?P<item>{_ITEM})\s*(?::|\s[-–—]|,(?=\s)|\bat\b|\bis\b|=|\.{{3,}}|(?P<bare>\s)(?=(?:{SIGNS})))\s*(?P<price>(?:[^\s.;:]{{1,6}}\s?|(?:{SIGNS})\s?(?:{MINUS}|\()\s?)?\d[^;:|\t\n]{{0,60}})"
    r"[.;,]?\s*(?:and|or)?\s*$"
)
_RATE_OF = re.compile(
    r"\b(?P<unit>hourly|daily|day|weekly|monthly|annual|yearly)\s+(?:rate|fee|charge)s?\s+(?:of|for)\s+(?:an?\s+|the\s+|each\s+|its\s+)?"
    r"(?P<item>[^\W\d_][\w&/’' -]{1,60}?)\s+(?:is|are|shall be|will be|amounts to)\s+(?P<price>[^.;]{1,12}?\d[^;]{0,40})",
    re.I,
)
_CHARGED = re.compile(
    r"(?P<item>[A-Z][\w&/’' -]{1,60}?)\s+(?:is|are|shall be|will be)\s+(?:charged|billed|invoiced|provided|priced)\s+"
    r"(?:at\s+)?(?:(?:a|the)\s+rate\s+of\s+)?(?P<price>[^\s.;]{0,6}\s?\d[^;]{0,60})"
)
_PROSE = re.compile(r"\b(?:charges?|costs?|pays?|of|to|by|for|at|from|and|or|the|exceed)\s*$", re.I)
"""How words end that are no item before a price with nothing between them."""
_UNPRICED = re.compile(
    rf"{_BULLET}(?P<item>{_ITEM})\s*(?::|\s[-–—])\s*(?:price |rate )?(?:on request|t\.?b\.?[adc]\.?|to be (?:agreed|confirmed|determined))\W*$",
    re.I,
)
"""A row of a list of rates that names no price yet."""
_UNIT = re.compile(rf"{UNIT_AFTER}", re.I)
_LEAD = re.compile(
    r"(?:(?:and|or) )?(?:(?:the |our |its )?(?:hourly|daily|day|weekly|monthly|annual|yearly) (?:rate|fee|charge)s? (?:of|for) )?"
    r"(?:(?:the|an?|each|our|its|services? of (?:an?|the)|work of (?:an?|the))\s+)?",
    re.I,
)
_NO_ITEM = re.compile(
    r"\b(?:shall|will|must|may|not exceed|capped?|liabilit\w+|insurance|insured|damages|penalt\w+|credits?|deposit"
    r"|minimum|totals?|budget|exceeds?|interest|late|discounts?|is|are|was|were|pays?|paid|owes?|expenses|mileage|allowance|subsistence)\b",
    re.I,
)
_RATES = re.compile(r"\b(?:rates?|prices?|fees?|charges?|tariffs?)\b", re.I)
LONGEST = 200
APART = 2
"""Lines between two rates of one list; a wider gap begins another list."""


def rates_in(page: Page) -> Iterator[tuple[int, Rate]]:
    """Each rate in running text, with the index of its line."""
    held = {index for index, line in enumerate(page.lines) if _may_hold(line)}
    comma = any(
        writes_comma(match["figures"]) for index in held for match in PRICE.finditer(page.lines[index].text)
    )
    last = -APART
    for index, line in enumerate(page.lines):
        if index not in held:
            open_row = _unpriced(line) if index <= last + APART else None
            if open_row is not None:
                last = index
                yield index, open_row
            continue
        rows = _rows(page, index, comma=comma)
        last = index if rows else last
        yield from ((index, row) for row in rows)
        if not rows:
            for rate in _sentences(page, line, comma=comma):
                yield index, rate


def _unpriced(line: Line) -> Rate | None:
    """A row that follows others and leaves its price open."""
    match = _UNPRICED.match(line.text) if line.is_text and line.cell is None else None
    if match is None:
        return None
    item, span = match["item"].strip(), Span(line.start, line.end)
    at = Span(line.start + match.start("item"), line.start + match.end("item"))
    return Rate(item, None, "", "", span, at, why=f"the price of “{item}” is still open")


def _may_hold(line: Line) -> bool:
    return (
        line.cell is None
        and line.is_text
        and "\t" not in line.text.strip()
        and "|" not in line.text
        and holds_money(line.text)
    )


def _rows(page: Page, index: int, *, comma: bool) -> list[Rate]:
    """The row a line is, or the rows that stand in it one after the other, between semicolons."""
    line = page.lines[index]
    whole = _row(page, index, line.text, line.start, comma=comma)
    if whole is not None or ";" not in line.text.rstrip(" ;") or len(line.text) > LONGEST * 5:
        return [] if whole is None else [whole]
    found, at = [], line.start
    for part in line.text.split(";"):
        row = _row(page, index, part, at, comma=comma)
        found += [] if row is None else [row]
        at += len(part) + 1
    return found if len(found) > 1 else []


def _row(page: Page, index: int, text: str, start: int, *, comma: bool) -> Rate | None:
    match = _ROW.match(text) if len(text) <= LONGEST else None
    if match is None or _NO_ITEM.search(match["item"]):
        return None
    if match["bare"] and (_PROSE.search(match["item"]) or not unit_of(match["price"])):
        return None
    unit = unit_of(match["price"]) or unit_of(match["item"]) or _unit_before(page, index)
    if not unit or names_other_unit(match["price"]):
        return None
    price = price_in(match["price"], offset=start + match.start("price"), comma=comma)
    return _rate(
        match, price, unit, start, Span(start + match.start("item"), start + len(text.rstrip(" ;,.")))
    )


def _unit_before(page: Page, index: int) -> str:
    """The unit of the words that introduce a list of rates, up to the first line that is no row of it."""
    for line in reversed(page.lines[max(0, index - 30) : index]):
        if not line.text.strip() or (
            _ROW.match(line.text) and len(line.text) <= LONGEST and holds_money(line.text)
        ):
            continue
        said = line.text if len(line.text) <= 400 and _RATES.search(line.text) else ""
        return unit_of(said)
    return ""


def _sentences(page: Page, line: Line, *, comma: bool) -> Iterator[Rate]:
    for sentence in page.passage(line.start + line.body, line.end).sentences():
        if not holds_money(sentence.text):
            continue
        for pattern in (_RATE_OF, _CHARGED):
            for match in pattern.finditer(sentence.text):
                known = "unit" in match.groupdict()
                told = _UNIT.search(match["price"])
                unit = unit_of(f"{match['unit']} rate") if known else unit_of(told.group()) if told else ""
                words = match["price"] if known or told is None else match["price"][: told.end()]
                price = price_in(words, offset=sentence.start + match.start("price"), comma=comma)
                end = price.end if price is not None else sentence.start + match.end()
                if unit and price is not None and price.currency and not _NO_ITEM.search(match["item"]):
                    found = _rate(
                        match, price, unit, sentence.start, Span(sentence.start + match.start(), end)
                    )
                    if found is not None:
                        yield found


def _rate(match: re.Match[str], price: Price | None, unit: str, start: int, span: Span) -> Rate | None:
    """The row of a match; the item without the article before it."""
    if price is None or not price.currency:
        return None
    lead = _LEAD.match(match["item"])
    first = match.start("item") + (lead.end() if lead else 0)
    item = match.string[first : match.end("item")].strip()
    at = Span(start + first, start + match.end("item"))
    why = f"of “{item[:80]}” {price.why}" if price.why else ""
    whole = Span(min(span.start, at.start), max(span.end, price.end))
    return Rate(item, price.amount, price.currency, unit, whole, at, Span(price.start, price.end), why)
