"""When the contract was made and from when it runs.

1. The agreement date is the first date of the preamble that is said to be one; a blank left for it is told
   as a blank. Failing both, the latest date beside a signature.
2. The effective date is the one that the words "Effective Date" are tied to, or that something is
   "effective as of"; failing these, the agreement date, with a note.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from clauses.deal.model import KeyFact, Span
from clauses.deal.page import Page
from clauses.model import CHECK, SURE, UNSURE, Fact
from clauses.values import dates

_HEAD = 9000
_FILING = re.compile(
    r"\b(?:10-?[kq](?:sb)?|8-?k|s-[148]|filed|source|exhibit|edgar|sec\b|printed|draft|version|rev(?:ised|ision)?|form)\b",
    re.I,
)
_MADE = re.compile(
    r"\b(?:dated?|made|entered(?:\s{1,2}(?:in)?to)?|executed|signed|concluded|between|agreement|contract|this|day\s{1,2}of)\b",
    re.I,
)
_DATED = re.compile(r"\b(?:dated?|made|entered|executed|signed|concluded|effective|begin\w*)\b", re.I)
_AMENDED = re.compile(
    r"\b(?:amend(?:s|ing|ed|ment\s{1,2}to)|supplement\w*|pursuant\s{1,2}to|accordance\s{1,2}with|plan\s{1,2}of|under|certain|original\w*|that|reference|ref\.|registration|incorporated|organized|whereas|means|letter|prior|price\s{1,2}list|document|depositors|on\s{1,2}or\s{1,2}before|until|through|begin\s{1,2}on|commenc\w+)\b[^.;]{0,120}$",
    re.I,
)
_EFFECTIVE_ONLY = re.compile(r"\beffective\b[^.;]{0,40}$", re.I)
_BESIDE_SIGNATURE = re.compile(
    r"\bdated?\b\W{0,16}$|\bday\s{1,2}of\b[^\n]{0,20}$|\bsigned\b[^\n]{0,30}$|\bas\s{1,2}of\b[^\n]{0,12}$|\bexecuted\b[^\n]{0,60}$|_{3,}\s{0,8}$|/s/[^\n]{0,60}$|\btitle\b[^\n]{0,60}$",
    re.I,
)
_SIGNING = re.compile(r"\b(?:IN\s{1,2}WITNESS|By\s?:|BY\s?:|/s/|[Ss]ignature|SIGNED|SIGNATURE)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or a blank for one, in the opened text."""

    value: str
    start: int
    end: int
    band: str
    note: str = ""


def agreement_date(page: Page) -> Dated | None:
    """The date of the preamble, the blank left for it, or the date of signing.

    Where the preamble gives only an effective date, the date beside the signatures is the agreement's.
    """
    found = _of_preamble(page)
    if found is not None and not _only_effective(page, found):
        return found
    return _of_signature(page) or found


def _only_effective(page: Page, found: Dated) -> bool:
    before = page.text[max(0, found.start - 60) : found.start]
    if not found.value or not (said := _EFFECTIVE_ONLY.search(before)):
        return False
    return not re.search(
        r"\b(?:made|dated?|entered|executed|day\s{1,2}of)\b", said.group() + before[-45:], re.I
    )


def _of_preamble(page: Page) -> Dated | None:
    head = page.text[:_HEAD]
    found: list[Fact] = sorted(
        [*dates.dates(head), *dates.blank_dates(head)], key=lambda f: (f.start, -f.end)
    )
    best: tuple[float, Dated] | None = None
    for fact in found:
        score = _worth(head, fact)
        if score > 0.5 and (best is None or score > best[0]):
            band = SURE if score >= 3 and fact.band == SURE else CHECK
            note = "blank in the form" if fact.kind == "blank" else fact.note
            best = score, Dated(str(fact.value), fact.start, fact.end, band, note)
    return best[1] if best else None


def _worth(head: str, fact: Fact) -> float:
    """How likely a date is the contract's own: named so, near the top, not a filing's or another paper's."""
    line = head.rfind("\n", 0, fact.start) + 1
    stop = head.find("\n", fact.end)
    row = head[line : stop if stop >= 0 else len(head)]
    if len(row) < 300 and re.search(r"source\s?:|\b10-?[kq]\b|\b8-k\b|\bs-1\b", row, re.I):
        return 0
    if (
        len(row) < 300
        and _FILING.search(head[max(line, fact.start - 60) : fact.start])
        and not _DATED.search(row)
    ):
        return 0
    opened = head.rfind("[", max(0, fact.start - 1500), fact.start)
    if opened > head.rfind("]", 0, fact.start) and re.match(
        r"\[\s?(?:drafting\s)?(?:note|example)", head[opened:], re.I
    ):
        return 0  # a note to whoever fills in the form
    before = head[max(0, fact.start - 160) : fact.start]
    if re.search(r"\b(?:milestone|phase|deliverable)\s?#?\s?\d{1,2}\W{0,6}$", before, re.I):
        return 0  # the date of a step of the work
    own = re.search(r"\bthis\b[^.;]{0,90}$|effective\s{1,2}date[^.;]{0,30}$", before, re.I) is not None
    if fact.start > 2500 and not own:
        return 0
    score = 2.0 - fact.start / 4000
    if _DATED.search(before[-60:]):
        score += 2
    elif _MADE.search(before[-60:]):
        score += 1
    if re.search(r"\b(?:dated|made|entered)\b", before[-40:], re.I):
        score += 0.5
    if len(row.strip()) < 40 and fact.start < 1500:
        score += 1
    if _AMENDED.search(before) and not re.search(r"\bthis\b[^.;]{0,60}$", before, re.I):
        score -= 2.5
    return score


def _of_signature(page: Page) -> Dated | None:
    """The latest date in the last part that stands beside a signature."""
    low = max(0, len(page.text) - 15_000)
    tail = page.text[low:]
    signing = _SIGNING.search(tail)
    if signing is None:
        return None
    found = [
        f
        for f in dates.dates(tail)
        if f.start > signing.start() - 300
        and _BESIDE_SIGNATURE.search(tail[max(0, f.start - 80) : f.start])
        and not re.search(
            r"source\s?:|\b10-?[kq]\b|\b8-k\b|filed", tail[max(0, f.start - 60) : f.start], re.I
        )
    ]
    if not found:
        found = [
            f
            for f in dates.dates(tail[signing.start() : signing.start() + 2500])
            if not re.search(
                r"source\s?:|10-?[kq]\b|8-k\b|filed|exhibit",
                tail[signing.start() :][max(0, f.start - 80) : f.start],
                re.I,
            )
        ]
        low += signing.start()
    if not found:
        return None
    first = found[0]
    near = [f for f in found if f.start - first.start < 1200]
    last = max(near, key=lambda f: (str(f.value), -f.start))
    return Dated(str(last.value), low + last.start, low + last.end, UNSURE, "date of signing")


# --- effective date -------------------------------------------------------------------------------

_NAMED_AFTER = re.compile(r"[\"“'][^\"”“]{0,30}effective\sdate[\"”',.]", re.I)
_AS_OF = re.compile(
    r"effective\s{1,3}(?:date\s{0,2}[:;]?\s{0,3}(?:is|means|shall\s{1,2}mean|shall\s{1,2}be)?\s{0,2}|as\s{1,3}of|on|from|this)\s{0,3}(?:the\s{1,2})?",
    re.I,
)


def effective_date(page: Page, made: Dated | None) -> Dated | None:
    """The date tied to "effective"; else the agreement date, said to be taken from there."""
    return _named_effective(page) or _said_effective(page, made)


def _named_effective(page: Page) -> Dated | None:
    for sentence in islice(page.holding("effective date"), 40):
        for name in _NAMED_AFTER.finditer(sentence.text):
            read = list(dates.dates(sentence.text))
            after = [
                f
                for f in read
                if 0 <= f.start - name.end() < 60 and _defines(sentence.text[name.end() : f.start])
            ]
            before = [f for f in read if 0 <= name.start() - f.end < 90]
            for fact in [*after, *before[-1:]]:
                return Dated(
                    str(fact.value),
                    sentence.start + fact.start,
                    sentence.start + fact.end,
                    fact.band,
                    fact.note,
                )
    return None


def _defines(between: str) -> bool:
    return re.search(r"\b(?:mean|is|shall\s{1,2}be|refers?)\b|^\W{0,4}$", between, re.I) is not None


def _said_effective(page: Page, made: Dated | None) -> Dated | None:
    head = page.text[:_HEAD]
    for said in _AS_OF.finditer(head):
        window = head[said.end() : said.end() + 60]
        for fact in dates.dates(window):
            if fact.start < 25:
                at = said.end() + fact.start
                return Dated(str(fact.value), at, at + len(fact.quote), fact.band, fact.note)
        for fact in dates.blank_dates(window):
            if fact.start < 12:
                at = said.end() + fact.start
                return Dated("", at, at + len(fact.quote), CHECK, "blank in the form")
    if made is None or _begins_later(page):
        return None
    return Dated(
        made.value,
        made.start,
        made.end,
        CHECK if made.value else made.band,
        made.note or "the date of the agreement",
    )


# "effective as of the date (the "Effective Date") the Site opens": an event, no day that is known.
_EVENT = re.compile(
    r"\bthis\s{1,60}(?:agreement|contract)\s{1,60}(?:shall|will)\s{1,60}(?:be|become)\s{1,60}effective\s{1,60}(?:as\s{1,60}of|on|upon)\s{1,60}(?:the|that)\s{1,60}(?:first\s{1,60})?(?:date|day)\s{1,60}"
    r"(?:\([^()]{0,50}\)\s{0,3})?(?:(?:on|upon)\s{1,60}which\s|when\s|that\s|of\s{1,60}(?:the\s{1,60})?(?!\s|(?:last|final|latest|its|this|execution|signature|signing|the|both|\d)\b)|[a-z]+\s{1,60}[a-z]+\s{1,60}becomes?\b)",
    re.I,
)
_SIGNED_EVENT = re.compile(
    r"[^.;]{0,25}\b(?:execut|sign(?!ific)|hereof|first\s{1,3}(?:above|written))"
    r"|[^.;]{0,80}\b(?:executed|executes?|signed|signs?)\s{1,3}(?:it\b|this\b|the\s(?:agreement|contract)\b)",
    re.I,
)


def _begins_later(page: Page) -> bool:
    """Whether the contract runs from an event, so that the day it was made is not its beginning."""
    found = _EVENT.search(page.text)
    return found is not None and not _SIGNED_EVENT.match(page.text, found.end())


def dating(page: Page, made: Dated | None, effective: Dated | None) -> Iterator[KeyFact]:
    for kind, found in (("agreement_date", made), ("effective_date", effective)):
        if found is not None:
            yield page.fact(kind, found.value, "", found.start, found.end, band=found.band, note=found.note)


def place(found: Dated | None) -> tuple[Span, ...]:
    return ((found.start, found.end),) if found else ()
