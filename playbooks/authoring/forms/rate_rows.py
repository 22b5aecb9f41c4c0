"""The rows of a rate card as lines of text, as they are typed or pasted from a spreadsheet, and back."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clauses.topics.rates import currency_of, price_in, said, unit_alone, unit_of

_ALSO = re.compile(r"\(\s*also:?\s*(?P<names>[^()]*)\)\s*$", re.I)
_CELLS = re.compile(r"[\t;|]")
MOST_ROWS = 400


class BadRow(ValueError):
    """A line that is no row of a rate card; the message says which, and what it lacks."""


def text_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows of the data form, one a line: "Senior consultant: EUR 1,450 per day (also: Lead consultant)"."""
    return "\n".join(_line(row) for row in rows)


def _line(row: Mapping[str, Any]) -> str:
    price = said(Decimal(str(row["price"])), str(row["currency"]), str(row["unit"]))
    also = [str(name) for name in row.get("also", ())]
    return f"{row['item']}: {price}" + (f" (also: {', '.join(also)})" if also else "")


def rows_of(text: str) -> list[dict[str, Any]]:
    """The rows that the lines say. Raises BadRow for the first line that says none."""
    given = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(given) > MOST_ROWS:
        raise BadRow(_("A rate card holds at most %(most)s rows.") % {"most": MOST_ROWS})
    return [_row(number, line) for number, line in given]


def text_of_cards(cards: Mapping[str, Mapping[str, Any]]) -> str:
    """The rows of several cards, each behind the name of its card: "ours: Tester: EUR 95 per hour"."""
    return "\n".join(f"{name}: {_line(row)}" for name, card in cards.items() for row in card.get("rows", ()))


def cards_of(text: str) -> dict[str, Any]:
    """The cards that such lines say. Raises BadRow."""
    given: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _mark, row = line.partition(":")
        given.setdefault(name.strip(), []).append(row)
    return {name: {"rows": rows_of("\n".join(rows))} for name, rows in given.items()}


def _row(number: int, line: str) -> dict[str, Any]:
    found = _ALSO.search(line)
    also = [name.strip() for name in found["names"].split(",") if name.strip()] if found else []
    item, rest, last = _parts(line[: found.start()] if found else line)
    price = price_in(rest)
    currency = (price.currency if price else "") or currency_of(rest)
    unit = unit_of(rest) or unit_alone(last)
    lacks = [
        (not item, _("what it is for")),
        (price is None or price.amount is None, _("a price")),
        (not currency, _("the currency")),
        (not unit, _("the unit")),
    ]
    missing = [str(name) for is_lacking, name in lacks if is_lacking]
    if missing or price is None or price.amount is None:
        raise BadRow(
            _(
                "Line %(number)s, “%(line)s”, does not say %(missing)s. Write it like “Tester: EUR 95 per"
                " hour”."
            )
            % {"number": number, "line": line[:60], "missing": ", ".join(missing)}
        )
    amount = int(price.amount) if price.amount == price.amount.to_integral_value() else f"{price.amount:f}"
    row: dict[str, Any] = {"item": item, "price": amount, "currency": currency, "unit": unit}
    return {**row, "also": also} if also else row


def _parts(line: str) -> tuple[str, str, str]:
    """The item, the words about its price, and the last cell of them."""
    cells = [cell.strip() for cell in _CELLS.split(line)]
    if len(cells) == 1:
        item, _mark, rest = line.rpartition(":")
        return item.strip(), rest, rest.strip()
    return cells[0], " ".join(cells[1:]), cells[-1]
