"""How much is bought and what it costs over time: volumes and forecasts, prices tied to an index."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from collections.abc import Sequence
from decimal import Decimal

from clauses.topics.page import Page, Passage
from clauses.topics.quantity import Quantity
from clauses.topics.reading import number_near
from clauses.topics.values import (
    READ,
    Instance,
    Span,
    Topic,
    Value,
    absent,
    number,
    number_of,
    word,
    word_of,
)
from playbooks.topics.more import first_place

# --- volume ---------------------------------------------------------------------------------------

_VOLUME = r"\bforecasts?\b|\btake[- ]or[- ]pay\b|\bminimum (?:\w+ ){0,2}(?:quantit\w+|volumes?|purchases?|order)\b|\b(?:shall|will|must|commits? to|undertakes? to) (?:buy|purchase|order|call off)\b[^.]*(?:%|\bper\s?cent\b|\bat least\b|\bminimum\b)"


def _volume(page: Page) -> Sequence[Instance]:
    """Everything the contract says on how much must be bought, read together."""
    found = page.find_sentences(_VOLUME, follow=r"\bshortfall\b|\bbinding\b|\bcarried\b|\bfirm\b")
    return [_volume_of(found)] if found else []


_FEWEST = re.compile(
    r"\b(?:at least|(?:no|not) (?:fewer|less) than|minimum(?: [a-z]+){0,4}(?: of)?)\s+(?P<figures>\d{1,3}(?:,\d{3})+|\d{1,9})(?![\d.,]*\s?%|[\d])\s+(?!per\s?cent)"
    r"(?P<what>(?!days?\b|months?\b|years?\b|hours?\b|weeks?\b)[a-z]+(?: [a-z]+){0,3}?)\s+(?:per|a|an|each|every|in each|in any|during each)\s+(?:calendar |contract |full )?(?P<period>year|annum|quarter|month)\b",
    re.I,
)
_PERIODS = {"year": 1, "annum": 1, "quarter": 4, "month": 12}


def _a_year(passages: Sequence[Passage]) -> Value:
    """The fewest that must be bought in a year; a month counts twelve times. The number can be rewritten
    where it is said by the year."""
    for passage in passages:
        match = _FEWEST.search(passage.text)
        if match is None:
            continue
        times = _PERIODS[match["period"].lower()]
        start, end = (passage.start + place for place in match.span("figures"))
        amount = Decimal(match["figures"].replace(",", "")) * times
        written = Quantity(amount, "", start, end, start, end, match["figures"], "figures")
        return Value(READ, amount, (Span(start, end),), quantity=written if times == 1 else None)
    return absent()


def _volume_of(passages: Sequence[Passage]) -> Instance:
    bound = first_place(
        passages,
        r"\b(?:minimum|take[- ]or[- ]pay)\b|\bat least\b[^.]*(?:%|\bper\s?cent\b|\bpercent\b|\bunits?\b|\bpieces\b)",
    )
    denied = first_place(
        passages,
        r"\b(?:no|not|without(?: any)?)\b[^.]{0,40}\b(?:minimum|obligation to (?:buy|purchase|order))\b",
    )
    free = first_place(
        passages,
        r"\bnon-?binding\b|\bnot (?:be )?binding\b|\bno (?:binding|firm)\b|\bfor (?:planning|information)\b",
    )
    one = first_place(
        passages, r"\bfirst month\b[^.]*\b(?:binding|firm)\b|\b(?:binding|firm)\b[^.]*\bfirst month\b"
    )
    months = next(
        (
            v
            for p in passages
            if (
                v := number_near(
                    p, r"(?<!non-)(?<!not )(?<!not be )\b(?:binding|firm)\b", "month", "month", reach=60
                )
            ).state
            != "absent"
        ),
        absent(),
    )
    if one is not None:
        months = Value(READ, Decimal(1), (one,))
    if months.state == "absent" and free is not None:
        months = Value(READ, Decimal(0), (free,))
    percent = next((number(q, "percent") for p in passages for q in p.quantities("percent")), absent())
    over = first_place(
        passages,
        r"\bcarr(?:y|ied|ies)\b[^.]{0,30}\b(?:over|forward)\b|\badded to\b[^.]{0,30}\b(?:next|following)\b",
    )
    pays = first_place(
        passages,
        r"\btake[- ]or[- ]pay\b|\bpay\w*\b[^.]{0,60}\b(?:shortfall|not (?:taken|bought|ordered)|difference)\b|\bshortfall\b[^.]{0,60}\b(?:pay\w*|paid|due|invoiced)\b",
    )
    values = {
        "minimum": word("yes", bound) if bound and not denied else absent(),
        "minimum.percent": percent if bound else absent(),
        "minimum.a_year": _a_year(passages) if bound and not denied else absent(),
        "binding.months": months,
        "shortfall": word("carry_over", over) if over else word("pay", pays) if pays else absent(),
    }
    anchors = {name: span for name in ("forecast",) if (span := first_place(passages, r"\bforecasts?\b"))}
    return Instance(tuple(p.span for p in passages), values, anchors)


# --- index ----------------------------------------------------------------------------------------

_INDEX = r"\b(?:prices?|charges|rates|fees)\b[^.]*\b(?:index|indices|CPI|PPI|HICP|fixed|firm)\b|\b(?:index|indices|CPI|PPI|HICP)\b[^.]*\b(?:prices?|charges|rates|fees)\b"


def _index(page: Page) -> Sequence[Instance]:
    """Sentences that tie prices to an index or hold them fixed, read together."""
    found = page.find_sentences(
        _INDEX, follow=r"\b(?:adjust\w*|index|change|per\s?cent|percent|base)\b|%", but=r"\brenewal\b"
    )
    return [_index_of(found)] if found else []


def _index_of(passages: Sequence[Passage]) -> Instance:
    both = first_place(
        passages,
        r"\bup (?:and|or) down\b|\bupwards? (?:and|or) downwards?\b|\b(?:both|either) (?:ways?|directions?)\b|\bincreas\w+ (?:and|or) (?:decreas|reduc)\w+|\brises? (?:and|or) falls?\b|\braised? or lowered\b",
    )
    up = first_place(passages, r"\b(?:increase\w*|raise\w*|upwards?|rise)\b")
    named = first_place(
        passages,
        r"\b(?:consumer|producer|retail|harmoni[sz]ed|labou?r cost|wholesale)\b[^.]{0,30}\bprice index\b|\b(?:CPI|PPI|HICP|RPI)\b|\bindex\b[^.]{0,40}\bpublished by\b|\blabou?r cost index\b",
    )
    base = first_place(
        passages,
        r"\bbase (?:month|date|value)\b|\bindex (?:value )?(?:for|of) (?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b(?:month|date) of signature\b",
    )
    values = {
        "fixed.months": _any_number(
            passages,
            r"\b(?:fixed|firm|unchanged|not (?:be )?(?:changed|adjusted))\b",
            "month",
            "month",
            "year",
        ),
        "direction": word("both", both) if both else word("up", up) if up else absent(),
        "threshold": _any_number(
            passages, r"\b(?:more than|exceeds|beyond|over|at least)\b", "percent", "percent", reach=25
        ),
        "limit": _any_number(
            passages,
            r"\b(?:not exceed|at most|no more than|maximum|capped|up to|never)\b",
            "percent",
            "percent",
            reach=40,
        ),
        "index": word("named", named) if named else absent(),
        "base_month": word("named", base) if base else absent(),
    }
    anchors = {} if up is None else {"increase": up}
    return Instance(tuple(p.span for p in passages), values, anchors)


def _any_number(passages: Sequence[Passage], near: str, unit: str, *units: str, reach: int = 60) -> Value:
    return next(
        (
            v
            for p in passages
            for s in p.sentences()
            if (v := number_near(s, near, unit, *units, reach=reach)).state != "absent"
        ),
        absent(),
    )


TOPICS = (
    Topic(
        "volume", "Volumes and forecasts", "forecasts and minimum quantities",
        {
            "minimum": word_of("a minimum quantity", "yes"),
            "minimum.percent": number_of("the minimum, of the forecast", "percent"),
            "minimum.a_year": number_of("the minimum quantity a year", ""),
            "binding.months": number_of("the months of a forecast that bind", "month"),
            "shortfall": word_of("what happens with a shortfall", "carry_over", "pay"),
        },
        _volume, after=(r"forecast|order|volume", r"deliver"),
    ),
    Topic(
        "price_index", "Index clause", "prices tied to an index or held fixed",
        {
            "fixed.months": number_of("the months of fixed prices", "month"),
            "direction": word_of("the direction of an adjustment", "both", "up"),
            "threshold": number_of("the change from which prices move", "percent"),
            "limit": number_of("the most that prices move", "percent"),
            "index": word_of("the index", "named"),
            "base_month": word_of("the month it is counted from", "named"),
        },
        _index, after=(r"price|fees|charges|payment",),
    ),
)  # fmt: skip
