"""The rows of a rate card as lines of text, as they are typed or pasted from a spreadsheet, and back."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clauses.topics.rates import (
    CURRENCY,
    Price,
    currency_of,
    price_in,
    said,
    unit_alone,
    unit_of,
    without_unit,
)
from playbooks.data_form import fact_data

_ALSO = re.compile(r"\(\s*also:?\s*(?P<names>[^()]*)\)\s*$", re.I)
_CELLS = re.compile(r"[\t;|]")
_NAMELESS = re.compile(r"\b(?:rates?|prices?|fees?|charges?)\b", re.I)
"""Words that say of a price what it is anyway."""
_PRICED = re.compile(
    r"\b(?:rates?|prices?|fees?|charges?|costs?|amounts?|tariffs?|per|hourly|daily|monthly)\b", re.I
)
MOST_ROWS = 400
MOST_SAID = 10
"""So many lines that are wrong are told one by one."""


class BadRow(ValueError):
    """Lines that are no rows of a rate card; `says` tells of each which it is, and what is wrong with it."""

    def __init__(self, says: Sequence[str]) -> None:
        super().__init__(" ".join(says))
        self.says = tuple(says)


def text_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows of the data form, one a line: "Senior consultant: EUR 1,450 per day (also: Lead consultant)"."""
    return "\n".join(line_of(row) for row in rows)


def line_of(row: Mapping[str, Any]) -> str:
    """One row as a line."""
    price = said(Decimal(str(row["price"])), str(row["currency"]), str(row["unit"]))
    also = [str(name) for name in row.get("also", ())]
    return f"{row['item']}: {price}" + (f" (also: {', '.join(also)})" if also else "")


def rows_of(text: str) -> list[dict[str, Any]]:
    """The rows that the lines say. The first line may be the header of a table: the unit and the currency
    that it names are those of rows that name none. Raises BadRow for the lines that say none."""
    given = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(given) > MOST_ROWS:
        raise BadRow([_("A rate card holds at most %(most)s rows.") % {"most": MOST_ROWS}])
    header = given.pop(0)[1] if given and _is_header(given[0][1]) else ""
    rows: list[dict[str, Any]] = []
    wrong: list[str] = []
    for number, line in given:
        try:
            rows.append(_row(number, line, header))
        except BadRow as error:
            wrong += error.says
    if wrong:
        more = len(wrong) - MOST_SAID
        rest = ngettext("%(more)d more line is no row.", "%(more)d more lines are no rows.", more)
        raise BadRow([*wrong[:MOST_SAID], *([rest % {"more": more}] if more > 0 else [])])
    return rows


def _is_header(line: str) -> bool:
    """Whether a line names the columns of a table: it holds no figure, and a cell of it names the price."""
    cells = _CELLS.split(line)
    return len(cells) > 1 and not re.search(r"\d", line) and any(map(_PRICED.search, cells[1:]))


def text_of_cards(cards: Mapping[str, Mapping[str, Any]]) -> str:
    """The rows of several cards, each behind the name of its card: "ours: Tester: EUR 95 per hour"."""
    return "\n".join(
        f"{name}: {line_of(row)}" for name, card in cards.items() for row in card.get("rows", ())
    )


def cards_of(text: str) -> dict[str, Any]:
    """The cards that such lines say. Raises BadRow."""
    given: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _mark, row = line.partition(":")
        given.setdefault(name.strip(), []).append(row)
    return {name: {"rows": rows_of("\n".join(rows))} for name, rows in given.items()}


def _row(number: int, line: str, header: str) -> dict[str, Any]:
    found = _ALSO.search(line)
    also = [name.strip() for name in found["names"].split(",") if name.strip()] if found else []
    item, rest, own_unit = _parts(line[: found.start()] if found else line)
    price = price_in(rest)
    currency = (price.currency if price else "") or currency_of(rest) or currency_of(header)
    unit = unit_of(rest) or own_unit or unit_of(header)
    wrong = _what_is_wrong(item, rest, price, currency, unit)
    if wrong or price is None or price.amount is None:
        said = {"number": number, "line": " ".join(line.split())[:60], "wrong": wrong}
        raise BadRow([_("Line %(number)s, “%(line)s”, %(wrong)s.") % said])
    row: dict[str, Any] = {"item": item, "price": fact_data(price.amount), "currency": currency, "unit": unit}
    return {**row, "also": also} if also else row


def _what_is_wrong(item: str, rest: str, price: Price | None, currency: str, unit: str) -> str:
    """What keeps a line from being a row, in words; "" where it is one."""
    if price is not None and price.amount is None:
        return _("has a price that cannot be used: %(why)s. Write it like “EUR 1,450”") % {"why": price.why}
    lacks = [
        (not item, _("what it is for")),
        (price is None, _("a price")),
        (not currency, _("the currency")),
        (not unit, _("the unit")),
    ]
    missing = ", ".join(str(name) for is_lacking, name in lacks if is_lacking)
    if price is not None and price.amount == 0 and not missing:
        return _("costs nothing; leave it out instead")
    if missing or price is None:
        return _("does not say %(missing)s. Write it like “Tester: EUR 95 per hour”") % {"missing": missing}
    more = _more_than_a_price(rest, price)
    return (
        _("says “%(more)s”, which a rate card does not keep; leave it out") % {"more": more} if more else ""
    )


def _more_than_a_price(rest: str, price: Price) -> str:
    """What stands beside a price, its currency and unit ("plus VAT"); "" where nothing does."""
    around = f"{rest[: price.start]} {rest[price.end :]}"
    words = _NAMELESS.sub(" ", without_unit(CURRENCY.sub(" ", around))).split()
    said = " ".join(word for word in words if re.search(r"[\w%+]", word) and not unit_alone(word))
    return said.strip(" ,.:;–-()/")


def _parts(line: str) -> tuple[str, str, str]:
    """The item, the words about its price, and the unit where it has a cell of its own."""
    cells = [cell.strip() for cell in _CELLS.split(line)]
    if len(cells) == 1:
        item, _mark, rest = line.rpartition(":")
        return item.strip(), rest, unit_alone(rest.strip())
    unit = next(filter(None, map(unit_alone, reversed(cells[1:]))), "")
    return cells[0], " ; ".join(cells[1:]), unit  # "95" and "hour" beside it are no “95 hours”
