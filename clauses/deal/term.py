"""How long the contract runs: its end, also where it must be worked out from a start and a length.

1. Sentences that speak of the term of the contract are weighed by what they say; the heaviest that gives an
   end is read.
2. An end is a date ("through December 31, 2022"), a length from a start ("five years from the Effective
   Date", "the third anniversary of …"), or "perpetual" where it runs until somebody ends it.
3. The start is the date beside it, the defined date it names, else the effective date; a derived end keeps
   the places of all its parts.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from clauses.deal.dating import Dated, agreement_date
from clauses.deal.model import KeyFact, Span
from clauses.deal.page import Page, Sentence, days, lengths, phrase
from clauses.deal.ranked import margins
from clauses.model import CHECK, SURE, UNSURE, Fact
from clauses.values import blanks, dates

_PAPER = r"(?:agreement|contract|venture|amendment|addendum|lease|licen[cs]e|mnda|nda|dpa|appointment|order|services?|letter|arrangement|engagement)"
_OF_TERM = phrase(
    rf"\b(?:(?:initial|original|primary|base)\s)?(?:term|duration|period)\sof\s(?:this|the|your|said)\s(?:[\w-]+\s){{0,4}}?{_PAPER}\b"
    rf"|\bthe\s(?:initial\s)?term\s(?:\([^)]{{0,80}}\)\s)?(?:shall|will|is|of|hereof|commences?|begins?)|[\"“]\s?(?:initial\s)?term\s?[\"”]\s?\)?\s?(?:shall|will|means|is|begins?|commences?)"
    r"|\((?:the\s|herein\s|such\speriod,?\s)?[\"“]\s?(?:initial\s)?term\s?[\"”]|\beffective\sterm\b|\binitial\sterm\b|\bcooperation\sterm\b|\bagreement\sterm\b|\bterms?\sof\sthe\sproject|\binitial\speriod\b",
)
_RUNS = phrase(
    rf"\b(?:this|the|our|your)\s(?:[\w&'-]+\s){{0,5}}?{_PAPER}\s?(?:\([^)]{{0,80}}\)\s?)?,?\s?[^.;]{{0,160}}?\b(?:shall|will|is|are|may|commences?|begins?|enters?|becomes?|continues?|remains?|expires?|terminates?|ends?|has)\b"
)
_LASTS = phrase(
    r"\b(?:continu\w+|remain\w*\s(?:in|valid|effective|binding)|in\s(?:full\s)?(?:force|effect)|expir\w+|for\s(?:a|an|the)\s(?:[\w-]+\s){0,3}?(?:period|term|duration)|commenc\w+|begin\w*|for\s(?:a\s)?term|valid|end(?:s|ing)?\b|terminate\s(?:on|at|upon|automatically)|from\b|have\s(?:a|an)\s(?:initial\s)?(?:term|duration)|until|through|shall\sbe|will\sbe|is\s(?:for\s)?)"
)
_OTHER = phrase(
    r"\b(?:confidential\w*|non-disclosure|surviv\w+|warrant\w+|royalt(?:y|ies)\s(?:shall|will|payable)|invoice|pay(?:ment|able)?\b|insurance|cure|arbitrat\w+|non-compet\w+|lock-?up|option\sto\spurchase|restrict\w*|solicit\w*|audit|records|inspection|indemnif\w+|force\smajeure|sublease|work\sorder|purchase\sorder\sshall|trial|escrow|letter\sof\scredit|forecast)\b"
)
_AGAIN = phrase(
    r"(?<=.{25})\b(?:and\s)?(?:(?:shall|will|may)\s)?(?:thereafter|automatically|automatic\ssuccessive|renew\w*|be\s(?:automatically\s)?(?:renew|extend)ed|after\swhich|and\s(?:shall\s|will\s)?(?:be\s)?renew\w*|with\sautomatic\srenewal|extend(?:ed|able)?\s(?:for|by))",
    re.S,
)
_ENDLESS = phrase(
    r"\buntil\s(?:(?:it|this|such\stime|the|either|one|any|is|agreement|as|party|otherwise|duly|earlier|sooner|and|unless|each|contract)\s){0,8}(?:terminated|termination|cancell?ed|gives?\snotice|giving)|\bperpetu\w+|\bindefinite\w*|\bunlimited\s(?:period|term|duration)|\bno\sfixed\sterm\b|\bunless\sand\suntil\b|\bend\swhen\sterminated"
    r"|\b(?:continue|remain)\b[^.;]{0,80}\b(?:unless|until)\s(?:(?:it\sis|this\sagreement\sis|otherwise|earlier|sooner)\s){0,3}(?:terminated|cancell?ed)|\bthereafter,?\sunless\sterminated|\buntil\sthe\sexpiration\sof\sthe\sroyalty\sterm"
)
_TO_DATE = phrase(
    r"\b(?:until|through|thru|to|till|expir\w*|terminat\w*|end\w*|up\sto|including|later\sthan|close\sof|ends?\s:|expiration\sdate\s?:?|termination\sdate\s?:?)\b[^.;]{0,45}$"
)
_NOTICE_BY = phrase(
    r"\b(?:notice|notif\w+|elect|on\sor\sbefore|prior\sto|no\slater\sthan|by\sno|written\s(?:notice|request))\b[^.;]{0,45}$"
)
_ANNIVERSARY = phrase(
    r"\b(?P<n>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|fifteenth|twentieth|\d{1,2}(?:st|nd|rd|th))\s{1,2}(?:\(\s?\d{1,2}\s?(?:st|nd|rd|th|t\sh|s\st|n\sd|r\sd)?\s?\)\s{0,2})?(?:year\s{1,2})?(?:annual\s{1,2})?anniversary"
)
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twelfth": 12, "fifteenth": 15, "twentieth": 20,
}  # fmt: skip
_NO_LENGTH = phrase(
    r"\b(?:notice|notif\w+|at\sleast|within|no\sless\sthan|not\sless\sthan|prior\sto|every|each|breach\w*|upon|days?\safter)\b[^.;,]{0,40}$"
)
_AFTERWARDS = phrase(
    r"\b(?:during|throughout)\s(?:the|its|this)\s(?:[\w-]+\s){0,2}term\b[^.;]{0,120}\b(?:and|plus|through)\b[^.;]{0,80}\b(?:for|after|thereafter|following)\b"
    r"|\b(?:after|following|upon)\s(?:the\s)?(?:its\s)?(?:expiration|termination|expiry|end)\b|^\W{0,3}(?:\d[\d.]*\s)?(?:thereafter|(?:after|following|upon\sexpir\w+\sof)\sthe\sinitial)\b|\bcalendar\s(?:quarter|year)[\"”]?\smeans|\bfor\sthe\s(?:twelve|[\w-]+)[- ]month\speriod\b"
)
_CALENDAR_YEAR = phrase(r"\bend\sof\sthe\s(?:then\s)?(?:current\s)?calendar\syear\b")


_ENOUGH = 2.6  # weight of a sentence, the model's margin added, below which it gives no end


@dataclass(frozen=True, slots=True)
class Ending:
    """An end as read: ISO date, "perpetual", or "" with a note; and the words it rests on."""

    value: str
    start: int
    end: int
    band: str
    rests_on: tuple[Span, ...] = ()
    note: str = ""
    length: Fact | None = None
    sentence: Sentence | None = None


def ending(page: Page, effective: Dated | None, made: Dated | None) -> Ending | None:
    """The end of the contract, from the heaviest sentence that gives one."""
    thought = [(w, s) for s in _candidates(page) if (w := weight(page, s)) > 1]
    if not thought:
        return None
    said = margins(page, (s for _, s in thought), "Expiration Date")
    found = [(w + said[s.number] + 1, w, s) for w, s in thought]
    found.sort(key=lambda row: (-row[0], row[2].start))
    for score, sure, sentence in found[:12]:
        if score <= _ENOUGH:
            break
        if (end := _read(page, sentence, effective, made, sure)) is not None:
            return end
    return None


def _candidates(page: Page) -> Iterator[Sentence]:
    yield from page.holding(
        "term",
        "continue",
        "expir",
        "in effect",
        "in force",
        "perpetu",
        "anniversary",
        "duration",
        "valid ",
        "effective until",
        "begins",
        "contract end",
    )


def weight(page: Page, sentence: Sentence) -> float:
    """How much a sentence speaks of the length of the contract."""
    small = sentence.small[:900]
    score = 0.0
    if _OF_TERM.search(small):
        score += 3
    if _RUNS.search(small):
        score += 1.2
    if not score or not _LASTS.search(small):
        return 0
    if "commence" in small or "begin" in small or "effective date" in small or "date hereof" in small:
        score += 1
    if re.search(r"\b(?:in\s(?:full\s)?(?:force|effect)|continue)\b", small):
        score += 0.8
    if re.search(
        r"\bfor\s(?:a|an|the)\s(?:[\w-]+\s){0,2}(?:period|term)\b|\buntil\b|\bthrough\b|\bexpire", small
    ):
        score += 0.8
    if _OTHER.search(small[:400]):
        score -= 2
    if re.search(r"\brenew|\bextend|\bextension", small[:60]):
        score -= 1.5
    if re.search(
        r"^\W{0,3}(?:if|in the event|upon|following|after|during|either|notwithstanding|where)\b", small
    ):
        score -= 1.6
    if _AFTERWARDS.search(small[:400]):
        score -= 3
    heading = page.heading_of(sentence.start)
    if re.search(r"\bterm\b|\bduration\b", heading):
        score += 1.5
    return score


def _read(
    page: Page, sentence: Sentence, effective: Dated | None, made: Dated | None, sure: float
) -> Ending | None:
    cut = _AGAIN.search(sentence.small)
    reach = cut.start() if cut else len(sentence.small)
    part = sentence.small[:reach]
    dated = days(sentence)
    for fact in dated:
        before = part[max(0, fact.start - 80) : fact.start]
        if fact.start < reach and _TO_DATE.search(before) and not _NOTICE_BY.search(before):
            at = sentence.start + fact.start
            return Ending(
                str(fact.value),
                at,
                at + len(fact.quote),
                SURE if fact.band == SURE else CHECK,
                sentence=sentence,
            )
    return (
        _after_length(page, sentence, part, dated, effective, made)
        or _blank(page, sentence, part)
        or _named_end(page, sentence, part)
        or _endless(page, sentence, part, sure)
    )


def _after_length(
    page: Page, sentence: Sentence, part: str, dated: list[Fact], effective: Dated | None, made: Dated | None
) -> Ending | None:
    length = _length(sentence, part)
    if length is None:
        return None
    start = _start(page, sentence, part, dated, length, effective, made)
    at, stop = sentence.start + length.start, sentence.start + length.end
    if start is None or not start.value:
        note = "the start is blank in the form" if start else "the start is not said here"
        return Ending("", at, stop, CHECK, note=note, length=length, sentence=sentence)
    value = shift(start.value, float(length.value), length.unit)
    rests_on = ((start.start, start.end),)
    return Ending(
        value,
        at,
        stop,
        CHECK if not start.note else UNSURE,
        rests_on,
        f"from {start.value}",
        length,
        sentence,
    )


def _length(sentence: Sentence, part: str) -> Fact | None:
    if found := _ANNIVERSARY.search(part):
        word = found["n"]
        count = _ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
        if count:
            return Fact("duration", count, "years", found.start(), found.end(), found.group(), SURE)
    if found := re.search(r"\bterm\sof\s(?:one\s)?year\b", part):
        return Fact("duration", 1, "years", found.start(), found.end(), found.group(), CHECK)
    for fact in lengths(sentence):
        if (
            fact.start >= len(part)
            or fact.kind != "duration"
            or fact.unit in ("minutes", "hours", "business_days")
        ):
            continue
        if _NO_LENGTH.search(part[max(0, fact.start - 60) : fact.start]):
            continue
        if re.match(
            r"\W{0,3}(?:\w+\s){0,2}?(?:prior|before|notice|after\s(?:the\s)?(?:terminat|expir))",
            part[fact.end : fact.end + 40],
        ):
            continue
        return fact
    return None


_START = phrase(r"\b(?:commenc\w*|begin\w*|start\w*|effective|from|as\sof|after|on)\b[^.;]{0,60}$")
_EVENT = phrase(
    r"\b(?:from|after|following|upon|on|of)\s(?:the\s)?(?:date\s(?:that|on\swhich|upon\swhich|when|the|of\s(?:the\s)?(?:first|last|initial|physical|completion|acceptance|delivery))|first\scommercial\s(?:sale|launch)|completion|expiration\sof|last\s(?:to|day))|\bthat\sdate\b"
)
_NAMED = phrase(r"\b(?:[A-Z][\w&'’-]*\s){1,4}Date\b|\bStart\sof\sService\b")


def _start(
    page: Page,
    sentence: Sentence,
    part: str,
    dated: list[Fact],
    length: Fact,
    effective: Dated | None,
    made: Dated | None,
) -> Dated | None:
    for fact in dated:
        if fact.start < len(part) and _START.search(part[max(0, fact.start - 80) : fact.start]):
            at = sentence.start + fact.start
            return Dated(str(fact.value), at, at + len(fact.quote), fact.band)
    event = _EVENT.search(part)
    for name in _NAMED.finditer(sentence.text[: len(part)]):
        words = " ".join(name.group().split())
        if "effective date" in words.lower():
            if event is None or event.start() < length.start:
                return effective  # none when the contract begins with an event
            continue
        if (meant := defined_date(page, words)) is not None:
            return meant
    if event is not None:
        return None
    if re.search(
        r"\bdate\s(?:hereof|of\s(?:this|the)\s(?:agreement|contract)|first\s(?:above|written|set)|of\sexecution|of\ssign\w+)|\bdate\sof\sthis\b|\bhereof\b",
        part,
    ):
        return made or effective
    return effective  # none when the contract begins with an event


def defined_date(page: Page, name: str) -> Dated | None:
    """The date a defined term such as "Launch Date" stands for, where a sentence gives both."""
    low = name.lower()
    for sentence in page.holding(low):
        at = sentence.small.find(low)
        quoted = re.search(rf"[\"“']\s?{re.escape(low)}\s?[\"”']|{re.escape(low)}\s?:", sentence.small)
        if not quoted:
            continue
        for fact in dates.dates(sentence.text):
            if abs(fact.start - at) < 160:
                begin = sentence.start + fact.start
                return Dated(str(fact.value), begin, begin + len(fact.quote), fact.band)
    return None


_END_TERM = phrase(r"\b(?:expiration|expiry|termination|end|maturity)\sdate\b")


def _named_end(page: Page, sentence: Sentence, part: str) -> Ending | None:
    """ "until the Expiration Date": the date or the end of the calendar year that stands for it."""
    if (found := _CALENDAR_YEAR.search(part)) is not None:
        made = agreement_date(page)
        if made is None or not made.value:
            return None
        return Ending(
            f"{made.value[:4]}-12-31",
            *sentence.span(found),
            CHECK,
            ((made.start, made.end),),
            f"from {made.value}",
            sentence=sentence,
        )
    if found := _END_TERM.search(part):
        meant = defined_date(page, found.group())
        if meant is not None:
            return Ending(
                meant.value, *sentence.span(found), CHECK, ((meant.start, meant.end),), sentence=sentence
            )
    return None


def _endless(page: Page, sentence: Sentence, part: str, sure: float) -> Ending | None:
    found = _ENDLESS.search(sentence.small)
    if not found or _CALENDAR_YEAR.search(part) or sure < 3:
        return None
    return Ending("perpetual", *sentence.span(found), CHECK, sentence=sentence)


def _blank(page: Page, sentence: Sentence, part: str) -> Ending | None:
    for fact in blanks.blanks(sentence.text[: len(part)]):
        after = part[fact.end : fact.end + 30]
        if fact.unit in ("fill_in", "redacted", "bracketed") and re.match(
            r"\W{0,3}(?:\([^)]{0,12}\)\W{0,3})?(?:years?|months?|days?)\b", after
        ):
            at = sentence.start + fact.start
            return Ending(
                "", at, sentence.start + fact.end, CHECK, note="blank in the form", sentence=sentence
            )
    return None


def shift(start: str, amount: float, unit: str) -> str:
    """ISO date `amount` units later; the day is kept where the month has it, else its last day."""
    begin = date.fromisoformat(start)
    if unit in ("days", "weeks"):
        try:
            return (begin + timedelta(days=int(amount * (7 if unit == "weeks" else 1)))).isoformat()
        except OverflowError:
            return ""
    months = round(amount * {"years": 12, "quarters": 3}.get(unit, 1))
    year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        return ""
    return date(year, month + 1, min(begin.day, monthrange(year, month + 1)[1])).isoformat()


def expiry(page: Page, end: Ending | None) -> Iterator[KeyFact]:
    if end is None:
        return
    if end.length is not None and end.sentence is not None:
        length = end.length
        at = end.sentence.start + length.start
        yield page.fact(
            "initial_term",
            length.value,
            length.unit,
            at,
            end.sentence.start + length.end,
            band=length.band,
            note=length.note,
        )
    yield page.fact(
        "expiry", end.value, "", end.start, end.end, band=end.band, rests_on=end.rests_on, note=end.note
    )
