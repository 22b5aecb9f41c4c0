"""The rows of a contract's rates beside a rate card of the playbook: what each may cost, and what it costs.

A row is compared only with the row of the card that has the same item, unit and currency. Nothing is
converted: a row that the card does not have, or has in another unit or currency, cannot be told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from clauses.topics.rates import PRICE, Rate, amount_of, known_unit, plain_item, restated, said, unit_said
from clauses.topics.values import READ, Plain, Value, absent, unknown
from playbooks.conditions import Compare, Ref
from playbooks.rules import RateCard, RateLine

_ONE = re.compile(r"rate\.(?P<item>[a-z0-9_]+)\.(?P<currency>[a-z]{3})_(?P<unit>[a-z_]+)")
ALL_RATES = "each_rate"
"""The value that holds the rows."""


@dataclass(frozen=True)
class Beside:
    """A row of theirs, our row for it where the card has one, the most it may cost, and whether it holds:
    None where it could not be told, and why."""

    theirs: Rate
    ours: RateLine | None
    most: Decimal | None
    holds: bool | None
    why: str = ""


def beside(rates: Sequence[Rate], card: RateCard, over: Decimal = Decimal(0)) -> tuple[Beside, ...]:
    """Each row beside the card, which may be exceeded by `over` percent."""
    return tuple(_beside(rate, card, over) for rate in rates)


def _beside(rate: Rate, card: RateCard, over: Decimal) -> Beside:
    lines = card.lines_for(plain_item(rate.item))
    if not lines:
        why = f"“{rate.item}” is not on our rate card" if card.lines else "our rate card has no rows yet"
        return Beside(rate, None, None, None, why)
    if rate.price is None:
        return Beside(rate, lines[0], None, None, rate.why)
    line = next((one for one in lines if (one.unit, one.currency) == (rate.unit, rate.currency)), None)
    if line is None:
        return Beside(rate, lines[0], None, None, _differs(rate, lines[0]))
    most = most_of(line, over)
    return Beside(rate, line, most, rate.price <= most)


def _differs(rate: Rate, line: RateLine) -> str:
    """Why two prices cannot be compared: no unit or currency, or another one."""
    if not rate.unit or not rate.currency:
        lacks = "unit" if not rate.unit else "currency"
        return f"no {lacks} is given for the price of “{rate.item}”"
    if rate.unit != line.unit:
        theirs, ours = unit_said(rate.unit), unit_said(line.unit)
        return f"“{rate.item}” is priced {theirs}, on our rate card {ours}, and is not converted"
    theirs, ours = rate.currency, line.currency
    return f"“{rate.item}” is priced in {theirs}, on our rate card in {ours}, and is not converted"


def most_of(line: RateLine, over: Decimal) -> Decimal:
    """The most a row may cost: its price and the tolerance, rounded down to cents (or as finely as the card
    writes the price)."""
    places = min(int(line.price.as_tuple().exponent), -2)
    exact = line.price * (1 + over / 100)
    return exact.quantize(Decimal(1).scaleb(places), ROUND_DOWN)


def all_hold(rows: Sequence[Beside]) -> bool | None:
    """Whether every row holds; a row above its price decides, else one that cannot be told."""
    if any(row.holds is False for row in rows):
        return False
    return None if not rows or any(row.holds is None for row in rows) else True


def found_words(rows: Sequence[Beside]) -> str:
    """What a comparison found: the rows above the card, else those that cannot be told, else how many fit."""
    above = [row.theirs.said for row in rows if row.holds is False]
    if above:
        return "; ".join(above)
    open_rows = dict.fromkeys(row.why for row in rows if row.holds is None)
    if open_rows:
        return "could not tell: " + "; ".join(open_rows)
    return "all rows" if len(rows) != 1 else "the only row"


def above_words(rows: Sequence[Beside]) -> tuple[str, str]:
    """What is too high and what we accept for it, for a sentence; "" where nothing is."""
    above = [row for row in rows if row.holds is False]
    told = " and ".join(
        f"{row.theirs.item} costs {said(row.theirs.price, row.theirs.currency, row.theirs.unit)}"
        for row in above[:MOST]
    )
    if len(above) == 1 and above[0].most is not None:
        return told, f"{said(above[0].most, above[0].theirs.currency, '')} or less"
    asked = ", ".join(
        f"{said(row.most, row.theirs.currency, '')} for {row.theirs.item}" for row in above[:MOST]
    )
    more = f" and {len(above) - MOST} more rows are above our rate card" if len(above) > MOST else ""
    return told + more, f"at most {asked}" if asked else ""


MOST = 3
"""So many rows make a sentence; the table shows them all."""


def total_of(row: str, rate: Rate) -> str:
    """The figures in a row that are its price times another number of the row; "" where there are none."""
    price = rate.price
    if price is None or price == 0:
        return ""
    found = [(match["figures"], amount_of(match["figures"])) for match in PRICE.finditer(row)][:MOST_FIGURES]
    counts = {amount for _, amount in found if amount is not None and amount > 1 and amount != price}
    return next((words for words, amount in found if any(amount == count * price for count in counts)), "")


MOST_FIGURES = 12
"""Figures of a row that are looked at."""


def is_one_rate(name: str) -> bool:
    """Whether a name asks for the rate of one item: `rate.senior_consultant.eur_day`."""
    match = _ONE.fullmatch(name)
    return match is not None and known_unit(match["unit"])


def one_rate(rates: Value | None, name: str) -> Value:
    """The rate of one item in the unit and currency that the name asks for. Silence where no row is for it;
    unknown where its unit or currency is another, or two rows differ."""
    match = _ONE.fullmatch(name)
    if rates is None or rates.state != READ or match is None:
        return rates if rates is not None and rates.state != READ else unknown(f"{name} is not read here")
    wanted = plain_item(match["item"].replace("_", " "))
    rows = [rate for rate in rates.rates if plain_item(rate.item) == wanted]
    if not rows:
        return absent()
    line = RateLine(wanted, Decimal(0), match["currency"].upper(), match["unit"])
    fitting = [rate for rate in rows if (rate.unit, rate.currency) == (line.unit, line.currency)]
    if not fitting:
        return unknown(_differs(rows[0], line).replace(", on our rate card", ", asked for"), rows[0].span)
    if fitting[0].price is None:
        return unknown(fitting[0].why, fitting[0].span)
    if len({rate.price for rate in fitting}) > 1:
        return unknown(f"“{fitting[0].item}” has two prices", *(rate.span for rate in fitting))
    return Value(READ, fitting[0].price, tuple(rate.span for rate in fitting), rates=tuple(fitting))


def one_rate_words(name: str) -> str:
    """`rate.senior_consultant.eur_day` as people say it."""
    match = _ONE.fullmatch(name)
    if match is None:
        return name
    item, currency = match["item"].replace("_", " "), match["currency"].upper()
    return f"the rate of {item} (in {currency} {unit_said(match['unit'])})"


def new_prices(text: str, leaf: Compare, left: Value, card: RateCard | None) -> list[tuple[int, int, str]]:
    """The prices that must change for the comparison to hold: where each stands in the text, and the price in
    the style of the one that stands there."""
    rates: list[tuple[Rate, Plain | Ref | None]] = []
    if card is not None and isinstance(leaf.right, Ref):
        rows = beside(left.rates, card, leaf.right.over)
        rates = [(row.theirs, row.most) for row in rows if row.holds is False]
    elif is_one_rate(leaf.left.name) and leaf.op == "<=":
        rates = [(rate, leaf.right) for rate in left.rates]
    return [
        (rate.figures.start, rate.figures.end, restated(text[rate.figures.start : rate.figures.end], price))
        for rate, price in rates
        if rate.figures is not None and isinstance(price, Decimal) and price
    ]
