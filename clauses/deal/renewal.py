"""Renewal: by whom, how long each time, and the notice that stops it.

1. A sentence on renewal or extension of the contract is weighed; "automatically renew for successive one
   year terms" is heavier than "the parties may agree to extend".
2. Its length stands after the word, or before "renewal"; "annually" and "month to month" are lengths too;
   "until terminated" after a first term is perpetual.
3. The notice stands in the same sentence or the two after it.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator

from clauses.deal.model import KeyFact
from clauses.deal.page import Page, Sentence, lengths, phrase
from clauses.deal.term import Ending
from clauses.model import CHECK, SURE, UNSURE, Fact

_RENEWS = phrase(
    r"\b(?:renew(?:s|ed|al|als|able|ing)?|extend(?:s|ed|able|ing)?|extensions?|month[\s-]to[\s-]month|year[\s-]to[\s-]year|prolong\w*|"
    r"automatically\scontinue|continue\sautomatically|thereafter|evergreen|after\sthat)\b"
)
_AUTOMATIC = phrase(
    r"\bautomatic\w*|\b(?:shall|will|is|are|to)\s(?:then\s)?(?:be\s)?(?:deemed\s)?(?:renew|extend|continu)\w*|\bautomatically\b|\brenew(?:s|ing)\b|\bevergreen\b|\bmonth[\s-]to[\s-]month|\byear[\s-]to[\s-]year"
)
_RENEWS_ITSELF = phrase(
    r"\bautomatic\w*\s(?:be\s)?(?:renew|extend)\w*|\b(?:renew|extend)\w*\sautomatically"
    r"|\b(?:shall|will)\s(?:then\s)?(?:renew|be\srenewed|be\sextended)\sfor\s(?:successive|additional|further|consecutive|subsequent)\b(?=[^.]{0,200}\bunless\b)"
)
_CHOICE = phrase(r"\b(?:option|right|elect\w*|may|entitled|request)\b")
_AGREED = phrase(
    r"\b(?:mutual\w*|both\sparties|parties\s(?:may\s)?agree|written\s(?:consent|agreement)|by\sagreement|upon\sagreement|by\samendment)\b"
)
_SUBJECT = phrase(
    r"\b(?:agreement|contract|term|franchise|appointment|period|licen[cs]e|venture|engagement|arrangement|duration|services?)\b"
)
_NOT_THIS = phrase(
    r"\b(?:insurance|polic(?:y|ies)|lease|sublease|domain|patent\sterm|patents?|trademark\sregistration|registration|letter\sof\scredit|deadline|time\s(?:for|to)|warranty\speriod|cure|closing\sdate|credit|offer(?:ing)?|surviv\w+|confidential\w*|cur(?:e|ed|ing)|failure|negotiat\w+|non-?solicit\w*|support\speriod|impressions|option\speriod|force\smajeure|competi\w+|"
    r"service\soption\sattachment|statement\sof\swork|work\sorder|commercial\sterm|delivery|maturity|loan|forecast|permits?)\b"
)
_SAME = phrase(
    r"\b(?:same|equal|like|identical)\s(?:duration|length|term|period|in\sduration)|\bterms?\sof\sthe\ssame\b|\bequal\sto\sthe\s(?:initial|original|first)"
)
_YEARLY = phrase(
    r"\b(?:annual(?:ly)?(?!\s(?:fee|meeting|report|licens|budget|minimum|sales|general|payment))|yearly|year[\s-]to[\s-]year|each\s(?:successive\s|subsequent\s)?year|on\s(?:each|every)\sanniversary|additional\syear|another\syear|further\syear|successive\syears?|one-year|a\syear)\b"
)
_MONTHLY = phrase(
    r"\bmonth[\s-]to[\s-]month|\bmonthly\sbasis|\bmonth[\s-]by[\s-]month|\bsuccessive\smonths?\b"
)
_FOREVER = phrase(
    r"\b(?:indefinite\w*|perpetu\w*|unlimited|until\s(?:(?:it\sis|this\sagreement\sis|such\stime\sas|either|the|party|one|of|them|parties|is|gives?|earlier)\s){0,6}(?:terminated|termination|cancell?ed|notice|gives))"
)
_NOTICE = phrase(
    r"\b(?:notice|notif\w+|notification|written\srequest|request\sin\swriting|advise\w*|informs?|objection|election|prior\sto|before)\b"
)
_STOPS = phrase(
    r"\b(?:unless|terminat\w+|not\s(?:be\s)?(?:to\s)?(?:be\s)?(?:renew|extend)\w*|non-?\s?renew\w*|intent\w*|elect\w*|cancel\w*|object\w*|declin\w*|wishing\sto\srenew|desire\w*|does\snot)\b"
)
_CURES = phrase(r"\b(?:cur(?:e|ed|ing)|default\w*|breach\w*)\b")
_NUMBER_OF = phrase(
    r"\b(?P<n>one|two|three|four|five|six|ten|\d{1,2})\s{1,2}(?:\(\s?\d{1,2}\s?\)\s{0,2})?(?:additional|successive|further|consecutive|subsequent|renewal|separate)\b"
)


def renewal(page: Page, end: Ending | None) -> tuple[KeyFact | None, Sentence | None]:
    """The renewal of the contract and the sentence it stands in."""
    found = sorted(
        (
            (w, s)
            for s in page.holding(
                "renew",
                "exten",
                "month to month",
                "month-to-month",
                "thereafter",
                "automatically continue",
                "prolong",
                "year to year",
                "year-to-year",
                "after that",
            )
            if (w := _weight(page, s, end)) > 1.9
        ),
        key=lambda p: (-p[0], p[1].start),
    )
    for _, sentence in found[:6]:
        if (fact := _read(page, sentence, end)) is not None:
            return fact, sentence
    if not found or found[0][0] < 3.5:
        return None, None
    sentence = found[0][1]
    return _by_itself(page, sentence), sentence


def _by_itself(page: Page, sentence: Sentence) -> KeyFact | None:
    """ "automatically renews for further Subscription Periods": that it does is said, how long is not."""
    found = _RENEWS_ITSELF.search(sentence.small)
    if found is None or re.search(r"\bnot\s(?:be\s)?(?:automatic|renew)", sentence.small):
        return None
    return page.fact(
        "renewal", "", "", sentence.start + found.start(), sentence.start + found.end(),
        rests_on=((sentence.start, sentence.end),), about="automatic", note="the length is not said in figures",
    )  # fmt: skip


def _weight(page: Page, sentence: Sentence, end: Ending | None) -> float:
    small = sentence.small
    verb = _RENEWS.search(small)
    if verb is None or not _SUBJECT.search(small):
        return 0
    score = 1.0
    around = small[max(0, verb.start() - 250) : verb.end() + 250]
    if re.search(r"\brenew", small):
        score += 1
    if _AUTOMATIC.search(around):
        score += 1.2
    if re.search(r"\b(?:additional|successive|consecutive|further|subsequent|another)\b", around):
        score += 0.8
    if re.search(
        r"\b(?:this\s(?:[\w-]+\s){0,3}agreement|the\s(?:initial\s)?term|initial\sterm|this\scontract|term\sof\sthis)\b",
        small,
    ):
        score += 1
    if _NOT_THIS.search(around):
        score -= 2
    if verb.group().startswith(("thereafter", "after that", "exten")) and not re.search(
        r"\bterm\b|\bagreement\b|\bcontract\b|\bperiod\b", around
    ):
        score -= 1
    if end is not None and end.sentence is not None and 0 <= sentence.number - end.sentence.number <= 2:
        score += 1
    if re.search(r"\bterm\b|\brenew|\bduration", page.heading_of(sentence.start)):
        score += 0.7
    if re.search(r"^\W{0,3}(?:if|upon|in the event|notwithstanding|during)\b", small):
        score -= 0.3
    if _AGREED.search(around) and "automatic" not in around:
        score -= 1
    if (
        re.search(r"\b(?:no|not)\s(?:be\s)?(?:automatic\w*\s)?(?:renew|exten)\w*", small)
        and "unless" not in small
    ):
        score -= 1.5
    return score


def _read(page: Page, sentence: Sentence, end: Ending | None) -> KeyFact | None:
    small = sentence.small
    for verb in _RENEWS.finditer(small):
        length = None
        if not verb.group().startswith(("month", "year")) and _goes_on(small, verb):
            length = _length(sentence, verb)
        if length is None:
            length = _worded(sentence, verb, end)
        if length is not None:
            value, unit, start, stop, band, rests_on = length
            return page.fact(
                "renewal", value, unit, start, stop, band=band, rests_on=((sentence.start, sentence.end), *rests_on),
                about=_pattern(small), note=_times(small),
            )  # fmt: skip
    return None


def _goes_on(small: str, verb: re.Match[str]) -> bool:
    """ "Thereafter" renews only with a verb that says so."""
    if not verb.group().startswith(("thereafter", "after that")):
        return True
    return re.search(r"\b(?:renew|extend|continue)\w*", small[verb.end() : verb.end() + 90]) is not None


Read = tuple[str | int | float, str, int, int, str, tuple[tuple[int, int], ...]]


def _length(sentence: Sentence, verb: re.Match[str]) -> Read | None:
    """The first length behind the verb that is no notice, else the one right before it ("one year renewals")."""
    after: Fact | None = None
    for fact in lengths(sentence):
        if fact.kind == "notice_period" or fact.unit in ("hours", "minutes", "business_days"):
            continue
        if fact.unit == "days" and float(fact.value) < 28:
            continue  # a deadline put off by days renews nothing
        before = sentence.small[max(0, fact.start - 70) : fact.start]
        behind = sentence.small[fact.end : fact.end + 40]
        if re.search(
            r"\b(?:notice|notif\w+|at\sleast|no\sless\sthan|not\sless\sthan|within|no\slater\sthan|not\slater\sthan|upon)\b[^,;]{0,40}$",
            before,
        ) or re.match(r"['’]?\W{0,3}(?:prior|before|written|advance|in\sadvance|notice)", behind):
            continue
        if verb.end() <= fact.start < verb.end() + 260 and not re.search(
            r"\b(?:initial|original)\b[^,;.]{0,25}$", before
        ):
            after = fact
            break
        if -60 < fact.end - verb.start() <= 0 and re.match(
            r"\W{0,3}(?:automatic\s)?(?:renewal|extension)", sentence.small[fact.end : fact.end + 24]
        ):
            after = fact
            break
    if after is None:
        return None
    return after.value, after.unit, sentence.start + after.start, sentence.start + after.end, after.band, ()


def _worded(sentence: Sentence, verb: re.Match[str], end: Ending | None) -> Read | None:
    window = sentence.small[max(0, verb.start() - 40) : verb.end() + 200]
    shift = max(0, verb.start() - 40)
    if found := _MONTHLY.search(window):
        return 1, "months", *_at(sentence, found, shift), CHECK, ()
    if verb.group().startswith(("renew", "exten", "contin", "year", "autom", "there")) and (
        found := _YEARLY.search(window)
    ):
        return 1, "years", *_at(sentence, found, shift), CHECK, ()
    if (
        (found := _SAME.search(window))
        and end is not None
        and end.length is not None
        and end.sentence is not None
    ):
        length = end.length
        at = end.sentence.start
        return (
            length.value,
            length.unit,
            *_at(sentence, found, shift),
            CHECK,
            ((at + length.start, at + length.end),),
        )
    if (
        end is not None
        and end.value != "perpetual"
        and re.match(r"thereafter|after that|automatically|continue|renew|extend", verb.group())
        and re.match(
            r"[,;]|\s(?:shall|will|it|this|the|continue|automatically|indefinite|for|until|remain|is|be)\b",
            sentence.small[verb.end() : verb.end() + 16],
        )
        and (found := _FOREVER.search(window))
    ):
        return "perpetual", "", *_at(sentence, found, shift), CHECK, ()
    return None


def _at(sentence: Sentence, found: re.Match[str], shift: int) -> tuple[int, int]:
    return sentence.start + shift + found.start(), sentence.start + shift + found.end()


def _pattern(small: str) -> str:
    """How it renews: automatic, by agreement or at somebody's choice."""
    if re.search(r"\bautomatic\w*|\bevergreen\b", small):
        return "automatic"
    if _AGREED.search(small):
        return "agreement"
    if _CHOICE.search(small):
        return "option"
    return "automatic" if _AUTOMATIC.search(small) else "option"


def _times(small: str) -> str:
    found = _NUMBER_OF.search(small)
    if found and found["n"] not in ("one", "1"):
        return f"{found['n']} times"
    return (
        "again and again"
        if re.search(
            r"\bsuccessive|\bconsecutive|\bsubsequent|\bterms\b|\bperiods\b|\beach\s(?:year|anniversary)",
            small,
        )
        else ""
    )


def non_renewal(page: Page, renews: KeyFact | None, sentence: Sentence | None) -> Iterator[KeyFact]:
    """The notice that stops renewal, from the sentence that renews or the ones beside it."""
    if sentence is None:
        return
    for step in (0, 1, 2, -1, 3):
        beside = page.near(sentence, step)
        if beside is None or (step and not _about_stopping(beside)):
            continue
        if (fact := _notice(beside)) is not None:
            at = beside.start + fact.start
            yield page.fact(
                "non_renewal_notice", fact.value, fact.unit, at, beside.start + fact.end,
                band=SURE if fact.band == SURE and not step else CHECK if not fact.note else UNSURE,
                rests_on=((beside.start, beside.end),), note=fact.note,
            )  # fmt: skip
            return


def _about_stopping(sentence: Sentence) -> bool:
    small = sentence.small
    if _CURES.search(small) and not re.search(r"\brenew\w*|\bextend\w*", small):
        return False  # the time to mend a breach stops no renewal
    return bool(
        re.search(r"\b(?:renew\w*|extend\w*|expir\w+|term\b)", small)
        and _NOTICE.search(small)
        and _STOPS.search(small)
    )


def _notice(sentence: Sentence) -> Fact | None:
    for fact in lengths(sentence):
        if fact.unit in ("hours", "minutes"):
            continue
        before = sentence.small[max(0, fact.start - 130) : fact.start]
        behind = sentence.small[fact.end : fact.end + 70]
        timed = (
            re.search(
                r"\b(?:at\sleast|less\sthan|later\sthan|within|minimum|notice|notif\w+|by|upon|giv\w+)\b[^.;]{0,40}$",
                before,
            )
            or fact.kind == "notice_period"
        )
        ahead = re.match(
            r"['’]?\W{0,3}(?:\w+\s){0,3}?(?:prior|before|notice|in\sadvance|advance|written|preceding|of\s(?:the\s)?expir)",
            behind,
        )
        if (
            (timed or fact.kind == "notice_period")
            and (ahead or fact.kind == "notice_period")
            and (_NOTICE.search(before) or _NOTICE.search(behind))
        ):
            return fact
    return None
