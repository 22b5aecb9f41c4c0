"""The general limit of liability: its base, months, multiple or amount, and whom it protects."""

from collections.abc import Sequence
from decimal import Decimal

from clauses.topics.lines import PLACEHOLDER
from clauses.topics.page import Page, Passage
from clauses.topics.quantity import Quantity, money
from clauses.topics.reading import blank, choice
from clauses.topics.values import (
    ABSENT,
    READ,
    UNKNOWN,
    Instance,
    Span,
    Topic,
    Value,
    absent,
    left_blank,
    number,
    number_of,
    unknown,
    word_of,
)

LIMIT = (
    r"\bliab\w+\b[^.]*\b(?:(?:not|never)\b[^.]{0,30}\b(?:exceed|be more than"
    r"|be greater than)|limited to|capped at|exceeds?)\b"
)
HIGHER = (
    r"\b(?:increased|enhanced|higher|super|data protection|data breach"
    r"|privacy)[- ]?(?:claims?|cap)\b|\bsuper-?cap\b"
)
_NOT_GENERAL = (
    rf"{HIGHER}|\btrials?\b|\bbetas?\b|\bevaluation\b|\bpilot\b|\bservice credits?\b"
    rf"|\bdoes not exceed\b[^.]*\bdays\b"
)
_TERM = (
    r"\b(?:the )?(?P<term>(?:General |Overall |Aggregate )?(?:Liability )?(?:Cap"
    r"|Limit|Cap Amount|Liability Cap)(?: Amount)?)\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences that cap liability in general; a cap given by a defined term is read where the term is
    defined."""
    found: list[Instance] = []
    for passage in page.find_sentences(LIMIT, but=_NOT_GENERAL):
        if passage.has(r"\b(?:insurance|deductible)\b") or not passage.has(
            r"\b(?:total|aggregate|entire|liability|cumulative)\b"
        ):
            continue
        found.append(_instance(page, passage))
    return [instance for instance in found if _has_figure(instance) or len(found) == 1]


def _has_figure(instance: Instance) -> bool:
    return (
        any(instance.values[name].is_read for name in ("cap.months", "cap.amount"))
        or instance.values["cap.months"].state == "unknown"
    )


def _instance(page: Page, passage: Passage) -> Instance:
    place = passage
    spans: tuple[Span, ...] = (passage.span,)
    term = passage.match(_TERM)
    if term is not None and not _figures(passage):
        meaning = page.meaning(_capitalised(passage.text[term.start("term") : term.end("term")]))
        if meaning is not None:
            place, spans = meaning, (passage.span, meaning.span)
    values = cap_values(place, "cap")
    if term is not None and values["cap.months"].state == ABSENT and not values["cap.amount"].is_read:
        why = f"no figure is given for “{_capitalised(term['term'])}”"
        values |= {"cap.months": unknown(why, place.span), "cap.amount": unknown(why, place.span)}
    if values["cap.base"].state == ABSENT and values["cap.months"].state == UNKNOWN:
        values["cap.base"] = values["cap.months"]  # no figure, and so no fees that it could count
    return Instance(spans, values | {"binds": binds(passage)}, _anchors(place))


def _capitalised(term: str) -> str:
    return term.strip()


def _figures(passage: Passage) -> bool:
    return bool(passage.quantities("month", "year", "times")) or any(True for _ in money(passage.text))


def cap_values(place: Passage, prefix: str) -> dict[str, Value]:
    """Months of fees, base, amount and how they combine; months count a multiple in ("2x the fees of 12
    months" = 24)."""
    amounts = list(money(place.text, place.start))
    months = _months(place)
    months = _open_cap(place, amounts, months) or months
    return {
        f"{prefix}.months": months,
        f"{prefix}.base": choice(
            place,
            (
                "paid_and_payable",
                r"\bpaid\b[^.;]{0,20}\b(?:and|or|and/or)\b[^.;]{0,20}\b(?:payable|due"
                r"|to be paid)\b|\bpayable\b[^.;]{0,15}\bpaid\b",
            ),
            ("payable", r"\bpayable\b|\bdue\b|\bannual fees\b"),
            ("paid", r"\bpaid\b|\breceived\b"),
        ),
        f"{prefix}.amount": _amount(amounts),
        f"{prefix}.combine": choice(
            place,
            ("greater", r"\b(?:greater|higher|larger) of\b"),
            ("lesser", r"\b(?:lesser|lower|smaller) of\b|\bwhichever is (?:less|lower)\b"),
        ),
    }


def _open_cap(place: Passage, amounts: Sequence[Quantity], months: Value) -> Value | None:
    """A cap whose figure nobody has filled in: nothing but a blank, or a blank for the multiple of a year's
    fees ("{multiple}x the Fees paid in the 12 month period")."""
    multiple = place.match(rf"(?P<blank>{PLACEHOLDER})\s*(?:x\b|×|times\b)")
    if multiple is not None:
        return left_blank(Span(place.start + multiple.start("blank"), place.start + multiple.end("blank")))
    return None if amounts or months.state == READ else blank(place)


def _amount(amounts: Sequence[Quantity]) -> Value:
    return number(amounts[0], "money") if amounts else absent()


def _months(place: Passage) -> Value:
    periods = [
        q
        for q in place.quantities("month", "year")
        if place.has(r"\b(?:fees|charges|amounts?|sums?|paid|payable)\b") and q
    ]
    multiples = place.quantities("times") + _bare_multiple(place)
    share = next(iter(place.quantities("percent")), None)
    if share is not None and share.amount is not None and place.has(r"\bfees\b|\bcharges\b"):
        # "50 % of the fees of a year" is six months of fees.
        months = periods[0].in_unit("month") if periods else Decimal(12)
        if months is not None and (periods or place.has(r"\bannual|\byear\w*\b")):
            return Value(READ, share.amount * months / 100, (Span(share.start, share.end),))
    if not periods:
        if multiples and place.has(r"\bannual\b|\byear\w*\b"):
            return _times(multiples[0], Decimal(12))
        annual = place.find(
            r"\bannual fees\b|\bfees\b[^.]{0,30}\b(?:per|a|in (?:a|any|each)|for (?:a"
            r"|the)) (?:contract |subscription )?year\b"
        )
        return Value(READ, Decimal(12), (annual,)) if annual else absent()
    if multiples and multiples[0].amount is not None:
        length = periods[0].in_unit("month")
        return unknown("words and figures disagree") if length is None else _times(multiples[0], length)
    return number(periods[0], "month")


def _bare_multiple(place: Passage) -> tuple[Quantity, ...]:
    span = place.find(r"\b(?:twice|double)\b")
    return (
        ()
        if span is None
        else (
            Quantity(
                Decimal(2), "times", span.start, span.end, span.start, span.end, place.words(span), "fixed"
            ),
        )
    )


def _times(multiple: Quantity, months: Decimal) -> Value:
    if multiple.amount is None:
        return unknown(f"words and figures disagree in “{multiple.quote}”")
    return Value(READ, multiple.amount * months, (Span(multiple.start, multiple.end),))


_BUYER = r"\b(?:customer|client|licensee|controller)\b"


def binds(passage: Passage) -> Value:
    """Whom the limit protects."""
    return choice(
        passage,
        ("both", r"\b(?:each|either|neither|no) party\b|\bboth parties\b|\ba party['’]s\b"),
        # "… will Customer be liable to Provider": whose liability it is, not who stands there first.
        (
            "customer",
            rf"{_BUYER}['’]s (?:\w+ ){{0,3}}liabilit"
            rf"|\b(?:will|shall|is|are)\b (?:the )?{_BUYER} (?:ever )?be liable"
            rf"|{_BUYER} (?:is|will|shall)(?: not| never)?(?: be)? (?:not )?liable",
        ),
        ("provider", r"\b(?:provider|supplier|vendor|licensor|processor|company|service provider)\b"),
        ("customer", r"\b(?:customer|client|licensee|controller)\b"),
    )


def _anchors(place: Passage) -> dict[str, Span]:
    anchors: dict[str, Span] = {}
    for name, pattern in (
        ("paid", r"\bpaid\b"),
        ("combine", r"\blesser\b|\blower\b"),
        ("base", r"\b(?:paid|payable)\b(?: (?:and|or) payable\b)?"),
    ):
        span = place.find(pattern)
        if span is not None:
            anchors[name] = span
    return anchors


TOPIC = Topic(
    "liability_cap",
    "General liability cap",
    "a limit on the total liability",
    {
        "cap.months": number_of("the cap in months of fees", "month"),
        "cap.base": word_of("the fees counted", "paid_and_payable", "payable", "paid"),
        "cap.amount": number_of("the cap as an amount", "money"),
        "cap.combine": word_of("how months and amount combine", "greater", "lesser"),
        "binds": word_of("whom the cap protects", "both", "provider", "customer"),
    },
    read,
    after=(r"limitation|liabilit", r"indemni", r"warrant"),
    clause_types=("liability_cap",),
)
