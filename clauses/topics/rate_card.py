"""What work or goods cost: the rows of rate cards and price lists, and how long the rates stay fixed."""

from collections.abc import Iterator, Mapping, Sequence

from clauses.topics.page import Page
from clauses.topics.rate_lines import APART, rates_in
from clauses.topics.rate_tables import rates_of, speaks_of_rates, tables
from clauses.topics.rates import CODES, UNITS, Rate, plain_item
from clauses.topics.reading import number_near
from clauses.topics.values import (
    READ,
    Instance,
    Span,
    Spec,
    Topic,
    Value,
    absent,
    number_of,
    set_of,
    unknown,
    word,
    word_of,
    words,
)

_FIXED = (
    r"\b(?:rates?|prices?|charges)\b[^.]*\b(?:fixed|firm|not (?:be )?(?:increased?|changed?|adjusted)"
    r"|(?:no|without) (?:increase|change))\b"
)
_FIXED_NEAR = r"\b(?:fixed|firm|increase\w*|change\w*|adjust\w*)\b"


def read(page: Page) -> Sequence[Instance]:
    """Each table of rates, and each list of them in the text."""
    found: list[list[Rate]] = []
    unread: list[Span] = []
    for table in tables(page):
        rates = rates_of(page, table)
        if rates:
            found.append(rates)
        elif speaks_of_rates(page, table):
            unread.append(Span(page.lines[table.first].start, page.lines[table.last].end))
    found += list(_lists(page))
    if not found and not unread:
        return []
    fixed = _fixed(page)
    places = [*(_instance(rates, fixed) for rates in found), *map(_unread, unread)]
    return sorted(places, key=lambda place: place.spans[0].start)


def _unread(span: Span) -> Instance:
    """A table of rates in a form that is not read: nothing is known of it but that it is there."""
    return Instance(
        (span,), dict.fromkeys(SPECS, unknown("this table of rates could not be read row by row", span))
    )


def _lists(page: Page) -> Iterator[list[Rate]]:
    run: list[Rate] = []
    last = 0
    for index, rate in rates_in(page):
        if run and (index > last + APART or _paper(page, index) != _paper(page, last)):
            yield run
            run = []
        run.append(rate)
        last = index
    if run:
        yield run


def _paper(page: Page, index: int) -> str:
    """The paper of a package that a line stands in; "" where there is one."""
    return page.lines[index].block.rpartition("|")[0]


def _fixed(page: Page) -> Value:
    for passage in page.find_sentences(_FIXED):
        value = number_near(passage, _FIXED_NEAR, "month", "month", "year", reach=80)
        if value.is_read:
            return value
    return absent()


def _instance(rates: Sequence[Rate], fixed: Value) -> Instance:
    spans = tuple(rate.span for rate in rates)
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    values = {
        "each_rate": Value(READ, tuple(rate.said for rate in rates), spans, rates=tuple(rates)),
        "items": words([(plain_item(rate.item), rate.at) for rate in rates]),
        "currency": _same(rates, "currency", "currency"),
        "unit": _same(rates, "unit", "unit"),
        "highest": _highest(rates),
        "fixed_months": fixed,
    }
    return Instance((whole, *fixed.spans), values)


def _same(rates: Sequence[Rate], name: str, said: str) -> Value:
    """The unit or currency of all rows; unknown where they differ or some name none."""
    names = sorted({str(getattr(rate, name)) for rate in rates})
    spans = tuple(rate.span for rate in rates)
    if "" in names:
        bare = next(rate for rate in rates if not getattr(rate, name))
        return unknown(f"no {said} is given for “{bare.item}”", bare.span)
    if len(names) > 1:
        listed = ", ".join(one.replace("_", " ") for one in names)
        return unknown(f"the rates are not all in one {said} ({listed})", *spans)
    return word(names[0], *spans)


def _highest(rates: Sequence[Rate]) -> Value:
    for rate in rates:
        if rate.price is None:
            return unknown(rate.why, rate.span)
    for name in ("currency", "unit"):
        same = _same(rates, name, name)
        if not same.is_read:
            return same
    top = max(rates, key=lambda rate: rate.price or 0)
    return Value(READ, top.price, (top.span,))


SPECS: Mapping[str, Spec] = {
    "each_rate": Spec("rates", "each rate"),
    "items": set_of("what the rates are for"),
    "currency": word_of("the currency of the rates", *CODES),
    "unit": word_of("the unit of the rates", *UNITS, "user_month", "user_year", "unit_month"),
    "highest": number_of("the highest rate", "money"),
    "fixed_months": number_of("how long the rates stay fixed", "month"),
}

TOPIC = Topic(
    "rate_card",
    "Rate card",
    "a table or list of rates",
    SPECS,
    read,
    after=(r"\brates?\b|fees|charges|prices|remuneration", r"payment"),
    clause_types=("fees",),
)
__all__ = ["TOPIC", "read"]
