"""What a signer should know of before signing: renewal by silence, penalties, fees one does not see, open-ended
exposure, changes by one side alone. Every flag gives the words and a reason as a code; people's sentences are
made at the edge.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator, Sequence

from clauses.deal.model import Flag, KeyFact, Mutuality
from clauses.deal.page import Page, Sentence, percents, phrase
from clauses.model import CHECK, SURE

LATE_INTEREST = 12.0  # percent a year above which late interest is a flag

_PENALTY: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (reason, phrase(p), phrase(n))
    for reason, p, n in (
        (
            "liquidated_damages",
            r"\bliquidated\sdamages\b|\bliquidated\sand\sagreed\b|\bagreed\sdamages\b",
            r"\b(?:no|not|without|waive\w*)\b[^.]{0,60}\bliquidated",
        ),
        (
            "contract_penalty",
            r"\bcontract(?:ual)?\spenalt\w+|\bpenalty\s(?:of|equal|in\sthe\samount)\b|\b(?:pay|liable\sfor|subject\sto|incur|impose)\b[^.;]{0,60}\bpenalt(?:y|ies)\b",
            r"\b(?:no|not|without|free\sof|as)\b(?:\sa|\sany)?[^.]{0,40}\bpenalt|\bcivil\b|\btax(?:es)?\b|\bgovernment\w*|\bfines\b|\binterest\sand\spenalties|\bregulat\w+|\bpenalty\sof\sperjury|\blaw\b",
        ),
        (
            "sum_for_breach",
            r"\bbreach\w*\b[^.]{0,80}\bshall\spay\b[^.]{0,60}\b(?:sum|amount)\s(?:equal|of)\b",
            r"\b(?:fees?|invoice|royalt)\b",
        ),
    )
)
_FEES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (reason, phrase(p), phrase(n))
    for reason, p, n in (
        (
            "price_increase",
            r"\b(?:may|shall|will|reserves?\sthe\sright\sto|entitled\sto|right\sto)\s(?:[\w,]+\s){0,6}?(?:increase|raise|adjust|revise|change|modify)\b[^.;]{0,60}\b(?:fees?|prices?|pricing|charges|rates)\b"
            r"|\b(?:fees?|prices?|pricing|charges|rates)\b[^.;]{0,50}\b(?:may|shall|will)\s(?:\w+\s){0,3}?(?:be\s(?:\w+\s)?(?:increased|adjusted|raised|revised|changed)|increase|rise)\b"
            r"|\b(?:increase|adjust)\w*\b[^.;]{0,80}\b(?:consumer\sprice|cpi|inflation|index)\b",
            r"\b(?:shall|will|may|must)\snot\s[^.;]{0,40}\b(?:increase|raise|adjust|be\sincreased)|\bno\s(?:price\s)?increase|\bresale\sprices?|\bexchange\srate|\binterest\srate|\bretail\sprice",
        ),
        (
            "minimum_commitment",
            r"\b(?:minimum|guaranteed)\s(?:\w+\s){0,3}?(?:purchase|commitment|quantit\w+|order|volume|fee|payment|royalt\w+|amount|guarantee|revenue|sales|spend)\b[^.;]{0,200}\b(?:shall|will|must|agrees?|obligat\w+|commits?|pay|purchase|guarantees?)\b"
            r"|\b(?:shall|will|must|agrees?\sto|commits?\sto)\s(?:\w+\s){0,4}?(?:purchase|order|buy|pay|spend|take)\b[^.;]{0,80}\b(?:at\sleast|a\sminimum|not\sless\sthan|no\sless\sthan|minimum)\b|\btake[- ]or[- ]pay\b",
            r"\bno\sminimum|\bnotice\b[^.;]{0,30}$|\bminimum\swage|\binsurance\b|\bminimum\sstandards?",
        ),
        (
            "expenses",
            r"\b(?:reimburse\w*|pay|bear|responsible\sfor|charged?)\b[^.;]{0,120}\b(?:expenses|out-of-pocket|travel|costs\sand\sexpenses|disbursements)\b",
            r"\b(?:its|their|his)\sown\b|\bnot\s(?:be\s)?(?:reimburse|pay|bear|responsible)|\bindemnif|\blegal\sfees|\battorneys?'?\b|\barbitrat|\baudit|\bcourt\s|\binfring|\blitigation|\brecall|\bat\sno\s(?:cost|expense)|\bharmless\b|\bnot\s(?:\w+\s){1,4}reimburse",
        ),
        (
            "termination_fee",
            r"\b(?:early\s)?(?:termination|cancellation|exit|break-?up)\s(?:fee|charge|payment)s?\b|\bfee\s(?:for|upon)\s(?:early\s)?termination",
            r"\bno\s(?:early\s)?(?:termination|cancellation)\s(?:fee|charge)|\bwithout\s[^.;]{0,30}(?:termination|cancellation)\s(?:fee|charge)",
        ),
        (
            "non_refundable",
            r"\bnon-?\s?refundable\b|\bno\srefunds?\b|\bnot\s(?:be\s)?refund(?:ed|able)\b|\bnon-?cancell?able\b[^.;]{0,60}\bfees|\bfees\b[^.;]{0,60}\bnon-?cancell?able\b",
            r"(?!)",
        ),
        (
            "setup_or_other_fee",
            r"\b(?:set-?up|implementation|administrat\w+|processing|activation|onboarding|storage|reactivation|reinstatement|overage|excess\susage|transfer)\s(?:fee|charge)s?\b",
            r"\bwire\s|\bno\s(?:\w+\s){0,2}(?:fee|charge)s?\b|\bwithout\s(?:\w+\s){0,3}(?:fee|charge)",
        ),
    )
)
_CHANGE = phrase(
    r"\b(?P<right>may|reserves?\sthe\sright\s(?:[^.;]{0,60}\s)?to|(?:is|are|shall\sbe)\sentitled\sto|has\sthe\sright\s(?:[^.;]{0,40}\s)?to)\b(?:(?!\b(?:require|include|result|request|need|propose)\b)[^.;]){0,110}?\b(?P<verb>change|modify|amend|update|revise|alter|discontinue|replace)\b"
    r"[^.;,]{0,70}?\b(?P<what>agreement|terms|polic(?:y|ies)|services?|products?|features?|functionality|specifications?|documentation|guidelines|manual|rules|fees|prices|programs?|schedule|exhibit|territory)\b"
)
_NOT_ALONE = phrase(
    r"\b(?:mutual\w*|both\sparties|signed\sby|written\s(?:consent|agreement|approval)\sof|prior\s(?:written\s)?(?:consent|approval)|(?:only|except)\s(?:by|in|with|upon)\s(?:a\s|an\s)?(?:written|writing|instrument|mutual)|may\s(?:not|only)\b|no\sparty\smay|neither\sparty|parties\s(?:may|shall|agree)|by\sagreement|upon\sagreement|change\sorder|(?:written|other)\s(?:party'?s\s)?request|\b(?:that|which)\smay\b|may\srequest|in\sa\swriting|waived?\b|either\sparty\smay|such\sparty\smay)"
)
_UNLIMITED = phrase(
    r"\b(?:unlimited\sliability|liability\s(?:\w+\s){0,6}(?:is|shall\sbe|will\sbe)\sunlimited|without\slimit(?:ation)?\s(?:as\sto|of)\s(?:the\s)?(?:amount|liability)|liable\swithout\slimit|uncapped|no\slimit(?:ation)?\s(?:on|of|to)\s[^.;]{0,40}liab\w+)"
)


def flags(
    page: Page,
    facts: Sequence[KeyFact],
    sides: Sequence[Mutuality],
    *,
    late_interest_above: float = LATE_INTEREST,
) -> tuple[Flag, ...]:
    """Flags in reading order. ``late_interest_above`` is in percent a year."""
    found = [
        *_renewals(facts),
        *_phrases(page, "penalty", _PENALTY),
        *_phrases(page, "hidden_fee", _FEES),
        *_interest(facts, late_interest_above),
        *_exposure(page, facts, sides),
        *_changes(page),
    ]
    once: dict[tuple[str, str, int], Flag] = {}
    for flag in found:
        once.setdefault((flag.code, flag.reason, flag.start), flag)
    return tuple(sorted(once.values(), key=lambda f: (f.start, f.end, f.code, f.reason)))


def _flag(page: Page, code: str, reason: str, value: str, sentence: Sentence, band: str = CHECK) -> Flag:
    """The whole sentence is shown: half a right misleads."""
    start, end = page.span(sentence.start, sentence.end)
    home = page.clause_of(start)
    return Flag(code, reason, value, start, end, page.analysis.text[start:end], band, home.id if home else "")


def _of_fact(code: str, reason: str, value: str, fact: KeyFact) -> Flag:
    return Flag(code, reason, value, fact.start, fact.end, fact.quote, fact.band, fact.clause)


def _renewals(facts: Sequence[KeyFact]) -> Iterator[Flag]:
    notice = next((f for f in facts if f.kind == "non_renewal_notice" and f.value), None)
    renews = [f for f in facts if f.kind == "renewal" and f.about == "automatic"]
    for fact in [f for f in renews if f.value] or renews[:1]:
        stop = f"; notice {notice.value} {notice.unit}" if notice else ""
        said = f"{fact.value} {fact.unit}".strip() + stop if fact.value else stop.removeprefix("; ")
        yield _of_fact("auto_renewal", "renews_unless_stopped", said, fact)


def _phrases(
    page: Page, code: str, table: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]
) -> Iterator[Flag]:
    needles = ("penalt", "liquidated", "agreed damages", "breach") if code == "penalty" else (
        "increase", "adjust", "raise", "revis", "rise", "minimum", "at least", "less than", "guaranteed", "expenses", "out-of-pocket", "travel",
        "disburse", "fee", "refund", "cancel", "charge", "take-or-pay", "take or pay", "chang", "modif",
    )  # fmt: skip
    for sentence in page.holding(*needles):
        if _is_heading(page, sentence):
            continue
        for reason, pattern, never in table:
            found = pattern.search(sentence.small)
            if found and not never.search(sentence.small):
                value = (
                    next((f"{f.value}%" for f in percents(sentence)), "")
                    if reason == "price_increase"
                    else ""
                )
                yield _flag(page, code, reason, value, sentence)


def _is_heading(page: Page, sentence: Sentence) -> bool:
    start, end = page.span(sentence.start, sentence.end)
    home = page.clause_of(start)
    return (
        home is not None and home.heading_start <= start and end <= home.heading_end + 1 and end - start < 90
    )


def _interest(facts: Sequence[KeyFact], above: float) -> Iterator[Flag]:
    for fact in facts:
        if fact.kind != "late_interest" or not isinstance(fact.value, int | float):
            continue
        yearly = float(fact.value) * {"%/month": 12, "%/day": 365}.get(fact.unit, 1)
        if yearly > above:
            yield _of_fact("hidden_fee", "late_interest", f"{round(yearly, 2):g}% a year", fact)


def _exposure(page: Page, facts: Sequence[KeyFact], sides: Sequence[Mutuality]) -> Iterator[Flag]:
    topics = {side.topic: side for side in sides}
    cap, indemnity = topics.get("liability_cap"), topics.get("indemnity")
    for sentence in page.holding("liab", "uncapped"):
        if _UNLIMITED.search(sentence.small):
            yield _flag(page, "uncapped_exposure", "said_unlimited", "", sentence)
    capped = any(f.kind == "liability_cap" for f in facts)
    if indemnity is not None and not capped and cap is None:
        start, end, quote = indemnity.places[0]
        yield Flag(
            "uncapped_exposure",
            "indemnity_and_no_cap",
            ", ".join(indemnity.who),
            start,
            end,
            quote,
            CHECK,
            indemnity.clause,
        )
    if cap is not None and cap.binds == "one":
        start, end, quote = cap.places[0]
        yield Flag(
            "uncapped_exposure",
            "cap_protects_one_side",
            ", ".join(cap.who),
            start,
            end,
            quote,
            CHECK,
            cap.clause,
        )
    for fact in facts:
        if fact.kind == "cap_exception" and fact.value in ("indemnity", "data_protection"):
            yield _of_fact("uncapped_exposure", "outside_the_cap", str(fact.value), fact)


def _changes(page: Page) -> Iterator[Flag]:
    for sentence in page.holding("may ", "right to", "rights to", "reserve", "entitled"):
        found = _CHANGE.search(sentence.small)
        if found is None or _NOT_ALONE.search(sentence.small):
            continue
        band = (
            SURE
            if re.search(
                r"\bat\sany\stime|\bsole\sdiscretion|\bfrom\stime\sto\stime|\bwithout\s(?:prior\s)?notice",
                sentence.small,
            )
            else CHECK
        )
        yield _flag(page, "unilateral_change", "without_consent", found["what"], sentence, band)
