"""The service itself: availability, price, changes by one side, a customer's exit, payment, read as ladders need them."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

from collections.abc import Mapping, Sequence
from decimal import Decimal

from clauses.topics import TOPICS as BASE
from clauses.topics.page import Page, Passage
from clauses.topics.reading import choice, number_near, quantity_near
from clauses.topics.values import (
    READ,
    Instance,
    Topic,
    Value,
    absent,
    number,
    number_of,
    unknown,
    word,
    word_of,
)
from playbooks.topics.more import extended

_LEVEL = r"\b(?:availab\w+|uptime|service levels?|target)\b"


def _uptime(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    beside = page.find_sentences(rf"{_LEVEL}|\bmaintenance\b")
    window = next(
        (
            v
            for p in (passage, *beside)
            if (v := choice(p, ("month", r"\bmonth\w*\b"), ("quarter", r"\bquarter\w*\b"), ("year", r"\b(?:year|annual)\w*\b"))).is_read
        ),
        absent(),
    )  # fmt: skip
    planned = next(
        (v for p in beside if (v := number_near(p, r"\b(?:planned|scheduled)\b[^.]*\b(?:maintenance|downtime|outage)\w*", "hour", "hour", reach=90)).state != "absent"),
        absent(),
    )  # fmt: skip
    return {"window": window, "planned_hours": planned, "exit.misses": _misses(page)}


def _misses(page: Page) -> Value:
    """After how many missed months the contract may be ended."""
    for passage in page.find_sentences(rf"\bterminate\b[^.]*{_LEVEL}|{_LEVEL}[^.]*\bterminate\b"):
        months = quantity_near(
            passage, r"\b(?:miss\w*|fail\w*|below|falls?|not met|in|for)\b", "month", reach=60
        )
        if months is not None:
            return number(months, "month")
        twice = passage.find(r"\btwice\b|\btwo times\b")
        if twice is not None:
            return Value(READ, Decimal(2), (twice,))
        return unknown("it does not say after how many misses", passage.span)
    return absent()


def _price(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    fixed = next(
        (
            s
            for p in page.find_sentences(r"\b(?:fees|prices?|charges|rates)\b")
            if (s := p.find(r"\b(?:fixed|firm|unchanged|shall not (?:change|be increased|increase)|not be raised)\b[^.]{0,80}\bterm\b|\b(?:only|no earlier than)\b[^.]{0,60}\b(?:on|from|upon|with effect from) (?:each |the |a )?(?:renewal|start of (?:a|each) renewal)"))
        ),
        None,
    )  # fmt: skip
    inside = passage.find(r"\b(?:at any time|during the (?:initial |current )?term|each calendar year)\b")
    word_of_term = word("fixed", fixed) if fixed else word("open", inside) if inside else absent()
    return {
        "in_term": word_of_term,
        "combine": choice(
            passage, ("lesser", r"\b(?:lesser|lower|smaller) of\b"), ("greater", r"\b(?:greater|higher) of\b")
        ),
    }


def _change(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    leave = passage.find(r"\bterminate\b")
    refund = passage.find(r"\brefund\w*\b|\brepa(?:y|id)\b")
    return {"exit": word("refund", leave, refund) if leave and refund else instance.values["exit"]}


_CUSTOMER_ENDS = (
    r"\b(?:customer|client|subscriber|licensee|buyer|either party|each party|any party)\b[^.]{0,60}\b(?:may|can|is entitled to"
    r"|has the right to)\b[^.]{0,60}\bterminate\b[^.]*\b(?:for (?:its |their )?convenience|for any (?:or no )?reason|without cause|at any time"
    r"|at will|without giving (?:a )?reasons?)\b"
    r"|\b(?:customer|client|subscriber)\b[^.]{0,60}\bmay\b[^.]{0,40}\bterminate\b[^.]*\b(?:anniversary|months? of the term|after the (?:first|end))\b"
)


def _exits(page: Page) -> Sequence[Instance]:
    """Sentences under which the customer (or either side) may leave without a reason."""
    # A contractor's client often calls itself the Company; elsewhere the Company is the one who provides.
    ends = (
        _CUSTOMER_ENDS.replace("|subscriber|", "|company|subscriber|")
        if "Contractor" in page.text
        else _CUSTOMER_ENDS
    )
    found = page.find_sentences(
        ends,
        follow=r"\brefund\w*\b|\b(?:termination|exit|early) (?:fee|charge)\b|\bfee of\b",
        but=r"\bmaterial breach\b|\btrials?\b|\bpilot\b|\bmay not terminate\b|\bmutual (?:written )?(?:consent|agreement)\b|\bno right to terminate\b",
    )
    return [_exit(p) for p in found]


def _exit(passage: Passage) -> Instance:
    first = passage.find(r"\bfirst (?:anniversary|(?:contract |subscription )?year)\b")
    earliest = (
        Value(READ, Decimal(12), (first,))
        if first
        else number_near(passage, r"\b(?:after|not before|from the end of|end of|earlier than|expiry of)\b", "month", "month", "year", reach=40)
    )  # fmt: skip
    if earliest.state == "absent":
        earliest = Value(READ, Decimal(0))
    none = passage.find(
        r"\b(?:no|without(?: any)?) refund\b|\bnon-?refundable\b|\bnot be (?:refunded|repaid)\b|\bnot refund\w*\b"
    )
    given = passage.find(r"\brefund\w*\b|\brepa(?:y|id)\b")
    values = {
        "earliest_month": earliest,
        "notice_days": number_near(passage, r"\bnotice\b", "day", "day", reach=50),
        "refund": word("no", none) if none else word("yes", given) if given else absent(),
        "fee.percent": number_near(passage, r"\b(?:fee|charge|remaining|rest|balance|outstanding)\b", "percent", "percent", reach=80),
    }  # fmt: skip
    anchors = {"sentence": next(passage.sentences(), passage).span}
    return Instance((passage.span,), values, anchors)


def _payment(page: Page, instance: Instance, passage: Passage) -> Mapping[str, Value]:
    contingent = passage.find(
        r"\b(?:after|when|once|until|upon|if|provided)\b[^.]*\b(?:receiv\w+|paid|payment)\b[^.]{0,60}\b(?:by|from)\b[^.]{0,30}"
        r"\b(?:its|their|the end|the ultimate|an?) (?:own )?(?:end[- ])?(?:client|customer|principal|employer)\b"
        r"|\bpay[- ]when[- ]paid\b|\bback[- ]to[- ]back\b"
    )
    start = instance.values["from"]
    return {
        "contingent": word("yes", contingent) if contingent else absent(),
        "from": unknown("it does not say from when the days run", passage.span)
        if start.state == "absent"
        else start,
    }


TOPICS = (
    extended(
        BASE["uptime"],
        {
            "window": word_of("the time over which it is measured", "month", "quarter", "year"),
            "planned_hours": number_of("planned maintenance", "hour"),
            "exit.misses": number_of("misses until one may leave", "month"),
        },
        _uptime,
    ),
    extended(
        BASE["renewal_price"],
        {
            "in_term": word_of("prices during the term", "fixed", "open"),
            "combine": word_of("how percentage and index combine", "lesser", "greater"),
        },
        _price,
    ),
    extended(
        BASE["unilateral_change"],
        {"exit": word_of("a right to leave on a change", "yes", "no", "refund")},
        _change,
    ),
    extended(
        BASE["payment_days"], {"contingent": word_of("payment only once others have paid", "yes")}, _payment
    ),
    Topic(
        "customer_exit",
        "Termination at will by the customer",
        "a right of the customer to terminate without cause",
        {
            "earliest_month": number_of("the month from which one may leave", "month"),
            "notice_days": number_of("notice of termination", "day"),
            "refund": word_of("refund of prepaid fees", "yes", "no"),
            "fee.percent": number_of("the fee for leaving, of the fees left", "percent"),
        },
        _exits,
        after=(r"terminat", r"term\b"),
        clause_types=("termination",),
    ),
)
