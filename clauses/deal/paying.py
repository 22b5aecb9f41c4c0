"""Payment: how many days and from when, and what late payment costs."""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator

from clauses.deal.model import KeyFact
from clauses.deal.page import Page, Sentence, lengths, percents, phrase
from clauses.model import CHECK, SURE, Fact
from clauses.values import blanks

_PAYS = phrase(r"\b(?:pay|pays|paid|payable|due|payments?|remit|settle)\b")
_BILL = phrase(
    r"\b(?:invoic\w*|bill(?:s|ed|ing)?|statement|fees?|charges|amounts?|royalt(?:y|ies)|purchase\sprice)\b"
)
_NOT = phrase(
    r"\b(?:interest|overdue|past\sdue|unpaid|suspend\w*|disput\w*|late|refund\w*|terminat\w*|reimburse\w*|insolven\w+|bankrupt\w*|default|audit\w*|warrant\w*|indemni\w*|cure|arbitrat\w*|records|insurance)\b"
)
_TIMED = phrase(
    r"\b(?:within|net|no\slater\sthan|not\slater\sthan|in|due|by|payable|on\sor\sbefore)\s(?:the\s)?(?:\w+\s){0,3}$"
)
_TRIGGER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, phrase(p))
    for code, p in (
        ("receipt", r"\b(?:receipt|receiv\w+)\b"),
        (
            "invoice_date",
            r"\b(?:date\sof\s(?:the\s|each\s|an?\s|such\s|any\s|our\s)?(?:\w+\s)?(?:invoice|bill)|invoice\sdate|invoice'?s?\sdate|date\sof\sissue|of\s(?:the\s|an?\s|each\s|such\s)?invoic\w+|after\sinvoice|from\sinvoice|following\sinvoice|of\sinvoicing)\b",
        ),
        (
            "month_end",
            r"\bend\sof\s(?:the|each|such|that|every)\s(?:\w+\s)?(?:month|quarter|year|period)\b|\bclose\sof\seach\b",
        ),
        ("delivery", r"\b(?:delivery|shipment|acceptance|completion)\b"),
        ("effective_date", r"\b(?:effective\sdate|execution|signing|date\shereof)\b"),
    )
)


def payment(page: Page) -> Iterator[KeyFact]:
    """Days to pay with what they run from, and interest on late payment."""
    seen: set[tuple[object, str, str]] = set()
    for sentence in page.holding("invoice", "payable", "due", "net ", "pay ", "paid"):
        small = sentence.small
        if not (_PAYS.search(small) and _BILL.search(small)) or _NOT.search(small):
            continue
        for fact in lengths(sentence):
            before = small[max(0, fact.start - 40) : fact.start]
            if fact.unit not in ("days", "business_days", "months", "weeks") or not _TIMED.search(before):
                continue
            about = _trigger(small, fact)
            if not about and "invoic" not in small:
                continue
            key = (fact.value, fact.unit, about)
            if key not in seen:
                seen.add(key)
                yield _at(page, sentence, "payment_days", fact, about)
            break
        else:
            if "invoic" in small and (blank := _blank_days(sentence)) is not None:
                yield page.fact(
                    "payment_days",
                    "",
                    "days",
                    sentence.start + blank.start,
                    sentence.start + blank.end,
                    note="blank in the form",
                    about=_trigger(small, blank),
                    rests_on=((sentence.start, sentence.end),),
                )
    yield from _late(page)


def _trigger(small: str, fact: Fact) -> str:
    behind = small[fact.end : fact.end + 110]
    best: tuple[int, str] | None = None
    for code, pattern in _TRIGGER:
        found = pattern.search(behind)
        if found and (best is None or found.start() < best[0]):
            best = found.start(), code
    return best[1] if best else ""


def _blank_days(sentence: Sentence) -> Fact | None:
    for fact in blanks.blanks(sentence.text):
        if fact.unit == "fill_in" and re.match(r"\W{0,3}days\b", sentence.small[fact.end : fact.end + 12]):
            return fact
    return None


_INTEREST = phrase(r"\b(?:interest|late\s(?:charge|fee|payment)s?|service\scharge|finance\scharge)\b")
_LATE = phrase(r"\b(?:late|overdue|past\sdue|unpaid|not\spaid|due|delinquent|outstanding|default|interest)\b")
_PER: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("%/month", phrase(r"\bper\smonth|\bmonthly|\ba\smonth|\beach\smonth|\bper\scalendar\smonth|\bevery\smonth")),
    ("%/year", phrase(r"\bper\s(?:annum|year)|\bannual\w*|\ba\syear|\bp\.a\.|\byearly|\bprime|\blibor|\bbase\s(?:lending\s)?rate")),
    ("%/day", phrase(r"\bper\sday|\bdaily|\beach\sday")),
)  # fmt: skip


# "if the audit shows an underpayment of more than 5%" is no rate of interest.
_A_SHARE = phrase(
    r"\b(?:in\sexcess\sof|more\sthan|exceed\w*|at\sleast|underpayment|discrepancy|shortfall|error|owns?)\b[^.;]{0,30}$"
)


def _late(page: Page) -> Iterator[KeyFact]:
    seen: set[tuple[object, str]] = set()
    for sentence in page.holding("interest", "late "):
        small = sentence.small
        if not (_INTEREST.search(small) and _LATE.search(small)) or re.search(
            r"\b(?:net\sprofit|ownership\sinterest|equity|share|owns?|beneficial)\b", small
        ):
            continue
        for fact in percents(sentence):
            if not 0 < float(fact.value) <= 40 or _A_SHARE.search(
                small[max(0, fact.start - 60) : fact.start]
            ):
                continue
            around = small[max(0, fact.start - 60) : fact.end + 80]
            unit = next((u for u, p in _PER if p.search(small[fact.end : fact.end + 60])), None) or next(
                (u for u, p in _PER if p.search(around)), "%"
            )
            about = (
                "above a base rate"
                if re.search(r"\b(?:above|plus|over|in\sexcess\sof|prime|libor|base\srate)\b", around)
                else ""
            )
            if (fact.value, unit) not in seen:
                seen.add((fact.value, unit))
                yield _at(page, sentence, "late_interest", fact, about, unit=unit)
            break


def _at(page: Page, sentence: Sentence, kind: str, fact: Fact, about: str, *, unit: str = "") -> KeyFact:
    band = fact.band if fact.note else SURE if about else CHECK
    return page.fact(
        kind, fact.value, unit or fact.unit, sentence.start + fact.start, sentence.start + fact.end,
        band=band, note=fact.note, about=about, rests_on=((sentence.start, sentence.end),),
    )  # fmt: skip
