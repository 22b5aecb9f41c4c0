"""Two different values for the same thing, found by narrow topics.

1. A topic names the sentences it speaks in and the kind of value it reads there.
2. Values of all its sentences are collected; two that differ, in different sentences, make one finding.
A topic is narrow on purpose: "thirty days" for payment and "thirty days" for cure are never compared.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clauses.model import Analysis, Fact
from clauses.places import Issue, place_of
from clauses.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Topic:
    """``near`` must stand in the sentence, ``never`` must not; ``tight`` must join the value's own surroundings."""

    name: str
    kinds: tuple[str, ...]
    near: str
    never: str = r"(?!)"
    tight: str = ""
    units: tuple[str, ...] = ()


TOPICS = (
    Topic(
        "the time to pay an invoice",
        ("duration", "notice_period"),
        r"\b(?:pay|paid|payable|payments?|due)\b",
        r"\b(?:dispute|late|overdue|past due|suspend|unpaid|refund|reimburs|audit|terminat|interest|withh|correct|cure|expens|fails?|credit)",
        r"(?:within|net|in)\W{0,3}(?:\w+\W{1,3}){0,3}@@[^.;]{0,60}\b(?:invoice|receipt of (?:the |an |each )?invoice)",
    ),
    Topic(
        "the notice to end the contract at will",
        ("notice_period",),
        r"\bterminat\w+\b[^.;]{0,120}\b(?:for convenience|without cause|for any (?:or no )?reason|at any time|for no reason)\b",
        r"\b(?:breach|cure|insolven|bankrupt|renew|order form|order|statement of work|sow)\b",
    ),
    Topic(
        "the notice to stop renewal",
        ("notice_period",),
        r"\b(?:renew\w*|extend\w*)\b[^.;]{0,220}\bnotice\b|\bnotice\b[^.;]{0,160}\b(?:non-?renewal|not to renew|intent(?:ion)? not)",
        r"\b(?:fee|price|increase)\b",
        r"@@[^.;]{0,40}\b(?:prior|before|notice|end|advance)",
    ),
    Topic(
        "how long confidentiality lasts",
        ("duration",),
        r"\b(?:confidential\w*|non-?disclosure|secrecy)\b",
        r"\b(?:return|destroy|notice|marked|orally|writing within|fees|liabilit)\b",
        r"(?:surviv\w+|remain|continue|for a (?:period|term) of|period of|expire)[^.;]{0,80}@@[^.;]{0,60}\b(?:after|from|following|thereafter)",
    ),
    Topic(
        "the time to report a breach of data",
        ("duration", "notice_period"),
        r"\b(?:security (?:incident|breach)|(?:personal )?data breach)\b",
        r"\b(?:annual|report once|retain|update)\b",
        r"(?:within|later than)\W{0,3}(?:\w+\W{1,3}){0,2}@@",
        ("hours", "days", "business_days"),
    ),
    Topic(
        "the first term of the contract",
        ("duration",),
        r"\b(?:initial term|term of this agreement)\b",
        r"\b(?:renew\w*|extend\w*|notice|prior|surviv|after|fail)\b",
        r"(?:initial term|term of this agreement)\b[^.;]{0,60}\b(?:of|for|is|be)\W{0,3}(?:\w+\W{1,3}){0,3}@@",
    ),
    Topic(
        "the rate of interest on late payment",
        ("percent",),
        r"\b(?:interest|late (?:fee|charge|payment))\b",
        r"\b(?:ownership|equity|voting|shares|stock|prime|audit|royalt)\b",
        r"@@[^.;]{0,30}\b(?:per month|monthly|per annum|a month|per year|annually|a year)",
    ),
    Topic(
        "the uptime promised",
        ("percent",),
        r"\b(?:uptime|availab)\w*\b",
        r"\b(?:credit|below|less than|under)\b",
        r"(?:uptime|availab)[^.;%]{0,60}@@|@@[^.;]{0,40}(?:uptime|availab)",
    ),
)  # fmt: skip


def contradictions(analysis: Analysis) -> Iterator[Issue]:
    """Findings topic by topic, governing law and effective date last."""
    sentences = _sentences_with_values(analysis)
    for topic in TOPICS:
        yield from _differing(analysis, topic.name, list(_values(analysis, topic, sentences)))
    yield from _differing(analysis, "the governing law", _laws(analysis))
    yield from _differing(analysis, "the effective date", _effective_dates(analysis))


def _sentences_with_values(analysis: Analysis) -> list[tuple[str, int, list[Fact]]]:
    kinds = {kind for topic in TOPICS for kind in topic.kinds}
    facts = [f for f in analysis.facts if f.kind in kinds]
    rows, place = [], 0
    for start, end in sentence_spans(analysis.text):
        while place < len(facts) and facts[place].start < start:
            place += 1
        inside = []
        ahead = place
        while ahead < len(facts) and facts[ahead].end <= end:
            inside.append(facts[ahead])
            ahead += 1
        if inside and end - start < 3000:
            rows.append((analysis.text[start:end], start, inside))
    return rows


def _values(analysis: Analysis, topic: Topic, sentences: list[tuple[str, int, list[Fact]]]) -> Iterator[Fact]:
    near, never = re.compile(topic.near, re.I | re.S), re.compile(topic.never, re.I)
    tight = re.compile(topic.tight.replace("@@", "\x00"), re.I | re.S) if topic.tight else None
    for sentence, start, facts in sentences:
        if not near.search(sentence) or never.search(sentence):
            continue
        for fact in facts:
            if fact.kind not in topic.kinds or (topic.units and fact.unit not in topic.units):
                continue
            marked = sentence[: fact.start - start] + "\x00" + sentence[fact.end - start :]
            if tight is None or tight.search(marked):
                yield fact


def _differing(analysis: Analysis, name: str, facts: list[Fact]) -> Iterator[Issue]:
    """One finding for each value that differs from the first, in another clause or at least another sentence."""
    if not facts:
        return
    first, seen = facts[0], {_key(facts[0])}
    for fact in facts[1:]:
        if _key(fact) in seen or fact.start - first.end < 40:
            continue
        seen.add(_key(fact))
        yield Issue(
            "contradiction",
            f"Two different values for {name}: {_say(first)} and {_say(fact)}.",
            "problem",
            (place_of(analysis, first.start, first.end), place_of(analysis, fact.start, fact.end)),
        )


def _key(fact: Fact) -> tuple[str | int | float, str]:
    days = {"weeks": 7, "years": 12}
    if fact.unit == "years" and not isinstance(fact.value, str):
        return fact.value * days["years"], "months"
    if fact.unit == "weeks" and not isinstance(fact.value, str):
        return fact.value * days["weeks"], "days"
    return fact.value, fact.unit


def _say(fact: Fact) -> str:
    return "“" + " ".join(fact.quote.split()) + "”"


_ABOUT_THIS = re.compile(
    r"\b(?:this|the|these)\s+(?:[\w-]+\s+){0,3}(?:agreement|contract|terms|dpa|nda|mnda|addendum)\b", re.I
)


def _laws(analysis: Analysis) -> list[Fact]:
    """Laws said to govern this contract; a sentence that names several (by region, by party) is a choice, no slip."""
    spans = sentence_spans(analysis.text)
    rows: dict[int, list[Fact]] = {}
    place = 0
    for fact in analysis.facts:
        if fact.kind != "jurisdiction" or fact.unit != "governing_law":
            continue
        while place + 1 < len(spans) and spans[place + 1][0] <= fact.start:
            place += 1
        sentence = analysis.text[slice(*spans[place])]
        home = analysis.clause_at(fact.start)
        in_body = home is None or not home.schedule
        if fact.label or (in_body and re.search(r"govern", sentence, re.I) and _ABOUT_THIS.search(sentence)):
            rows.setdefault(place, []).append(fact)
    return [facts[0] for _, facts in sorted(rows.items()) if len(facts) == 1]


_DATE_AFTER = re.compile(
    r"\beffective\s+date\W{1,4}(?:of\s+this\s+agreement\s+)?(?:is|means|shall\s+be|of|:)?\W{0,6}$", re.I
)
_DATE_BEFORE = re.compile(r"\W{0,6}(?:\(?the\W{1,3})?effective\s+date\b", re.I)
_OTHER_PAPER = re.compile(r"\b(?:amend\w*|original|prior|previous|that certain|existing|dated)\b", re.I)


def _effective_dates(analysis: Analysis) -> list[Fact]:
    """Dates within a few words of "Effective Date" or "effective as of", this contract's own."""
    found = []
    for fact in analysis.facts:
        if fact.kind != "date" or fact.band != "sure":
            continue
        before, after = (
            analysis.text[max(0, fact.start - 200) : fact.start],
            analysis.text[fact.end : fact.end + 40],
        )
        said = _DATE_AFTER.search(before) or _DATE_BEFORE.match(after)
        if said and not _OTHER_PAPER.search(before + after):
            home = analysis.clause_at(fact.start)
            if home is None or not home.schedule:
                found.append(fact)
    return found
