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
    """``near`` must stand in the sentence, ``never`` must not; ``tight`` must join the value's own surroundings.

    ``who``: the value belongs to the party that acts, so that values of two different parties are no contradiction.
    """

    name: str
    kinds: tuple[str, ...]
    near: str
    never: str = r"(?!)"
    tight: str = ""
    units: tuple[str, ...] = ()
    who: str = ""


_PERIODS = ("duration", "notice_period")
_BEFORE_VALUE = r"\W{0,3}(?:\w+\W{1,3}){0,3}"

# "The Portal shall be available 99.9 %, the Archive 99 %": each named service has an uptime of its own.
_SERVICE = (
    r"(?:uptime|availability)\s+(?:of|for)\s+(?:the\s+)?(?P<who>(?-i:[A-Z])[\w-]+(?:\s(?-i:[A-Z])[\w-]+)?)"
    r"|(?P<by>(?-i:[A-Z])[\w-]+(?:\s(?-i:[A-Z])[\w-]+)?)(?:['’]s)?\s+(?:(?:shall|will|must|is|be|to|have|has|an?|monthly)\s+){0,4}(?:available|uptime|availability)"
)
TOPICS = (
    Topic(
        "the time to pay an invoice",
        _PERIODS,
        r"\b(?:pay|paid|payable|payments?|due)\b",
        r"\b(?:dispute|disagree|late|overdue|past due|suspend|unpaid|refund|reimburs|audit|terminat|interest|withh|correct|cure|expens|fails?|credit|issue|send)",
        rf"(?:within|net|in|due|payable|are|is){_BEFORE_VALUE}@@[^.;]{{0,60}}\b(?:invoice|receipt of (?:the |an |each )?invoice)|\binvoices?\b[^.;]{{0,80}}(?:within|net|due){_BEFORE_VALUE}@@\W{{0,3}}(?:of|after|from|following|net|$)",
    ),
    Topic(
        "the notice to end the contract at will",
        ("notice_period",),
        r"\bterminat\w+\b[^.;]{0,120}\b(?:for convenience|without cause|for any (?:or no )?reason|at any time|for no reason)\b",
        r"\b(?:breach|cure|insolven|bankrupt|renew)\b|\bterminat\w+\s+(?:an?|any|each|such|the|that)\s+(?:[\w-]+\s+)?(?:order|statement of work|sow|licen[cs]e|service)",
        who=r"(?P<who>either party|each party|any party|the parties|[A-Z][\w-]+)\s+may\s+(?:\w+\s+)?terminate\b|by\s+(?P<by>either party|the [A-Z]\w+|[A-Z]\w+)",
    ),
    Topic(
        "the notice to stop renewal",
        _PERIODS,
        r"\b(?:renew\w*|extend\w*)\b[^.;]{0,260}\b(?:notice|notif\w+)\b|\bnot(?:ice|ify|ifies)\b[^.;]{0,160}\b(?:non-?renewal|not to renew|intent(?:ion)? not)",
        r"\b(?:fee|price|increase)\b",
        r"@@['’]?s?\W{1,3}(?:\w+\W{1,3}){0,2}(?:prior|before|notice|advance)",
    ),
    Topic(
        "how long confidentiality lasts",
        ("duration",),
        r"\b(?:confidential\w*|non-?disclosure|secrecy)\b",
        r"\b(?:return|destroy|notice|marked|orally|writing within|fees|liabilit\w*|trade secrets?|source code)\b",
        r"(?:surviv\w+|remain|continue|lasts?|for a (?:period|term) of|period of|expire)[^.;]{0,80}@@[^.;]{0,60}\b(?:after|from|following|thereafter)",
    ),
    Topic(
        "the time to report a breach of data",
        _PERIODS,
        r"\b(?:security (?:incident|breach)|(?:personal )?data breach)\b",
        r"\b(?:annual|report once|retain|update)\b",
        rf"(?:within|later than){_BEFORE_VALUE}@@",
        ("hours", "days", "business_days"),
    ),
    Topic(
        "the time to cure a breach",
        _PERIODS,
        r"\b(?:breach\w*|default\w*)\b[^;]{0,260}\b(?:cur(?:e[sd]?|ing)|remed\w+|put(?:\s\w+)?\sright)\b|\bcure\b[^;]{0,120}\bbreach",
        r"\b(?:fail\w* to pay|non-?payment|payment (?:obligation|default)|undisputed|invoice|refund\w*|indemn\w+|warrant\w+|change of control|defect\w*|non-?conform\w*)\b",
        r"(?:cur(?:e[sd]?|ing)|remed(?:y|ies|ied)|put(?:\s\w+)?\sright)\b[^.;]{0,120}(?:within|for|in|following|upon|on|after)\W{0,3}(?:\w+\W{1,3}){0,2}@@|within\W{0,3}(?:\w+\W{1,3}){0,2}@@[^.;]{0,60}\b(?:notice|receiv)[^.;]{0,60}\b(?:cure|remed)|@@\W{0,3}(?:to cure|to remedy|cure period)",
        who=r"(?P<who>either party|each party|any party|a party|the other party|[A-Z][\w-]+)\s+(?:may|can|shall|fails|materially|commits)",
    ),
    Topic(
        "the first term of the contract",
        ("duration",),
        r"\b(?:initial term|term of this agreement)\b",
        r"\b(?:renew\w*|extend\w*|notice|prior|surviv|after|fail)\b",
        rf"(?:initial term|term of this agreement)\b[^.;]{{0,60}}\b(?:of|for|is|be|means|continues?){_BEFORE_VALUE}@@",
    ),
    Topic(
        "the length of a renewal",
        ("duration",),
        r"\brenew\w*\b",
        r"\b(?:fee|price|increase|statement of work|sow)\b",
        r"(?:successive|additional|further|consecutive|renewal)\W{1,3}(?:terms?|periods?)\W{1,3}of\W{1,3}(?:\w+\W{1,3}){0,2}@@|(?:successive|additional|further|consecutive)\W{1,3}@@\W{1,3}(?:renewal\W)?(?:terms?|periods?)",
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
        r"\buptime\b|\bavailability\b|\bavailable\b(?:[^.;]|\.(?=\d)){0,80}\b(?:month|of the time|hours|year|quarter)\b",
        r"\b(?:credit|below|less than|under)\b",
        r"(?:uptime|availab)[^.;%]{0,60}@@|@@[^.;]{0,40}(?:uptime|availab)",
        who=_SERVICE,
    ),
    Topic(
        "the limit of liability",
        ("money", "multiple"),
        r"\b(?:aggregate|total|entire|maximum)\b[^.;]{0,60}\bliabilit\w+\b[^.;]{0,200}\b(?:exceeds?|limited to|more than|capped)\b",
        r"\b(?:data|indemn\w+|insur\w+|super|increased|enhanced|each claim|per claim|confidential\w*|greater|higher|lesser)\b",
        r"(?:exceeds?|limited to|more than|capped)[^.;]{0,120}@@",
        who=r"(?P<who>each party|either party|neither party|[A-Z][\w-]+)['’]?s?\s+(?:\w+\s+){0,3}liabilit",
    ),
    Topic(
        "how long people may not be solicited",
        ("duration",),
        r"\b(?:solicit\w*|hire|poach)\b",
        r"\bcustomers?\b",
        rf"(?:for|period of|during|within){_BEFORE_VALUE}@@[^.;]{{0,40}}\b(?:after|following|from|thereafter)",
    ),
)  # fmt: skip
_BRACKETS = re.compile(r"\([^()]{5,200}\)")
_ANYONE = re.compile(
    r"either|each|any|neither|parties|^a party|the other"
    r"|^(?:the\s)?(?:(?:cloud|hosted|subscription|target|monthly|our)\s)?(?:services?|platform|systems?|software|products?|solution|uptime|availability|target)$",
    re.I,
)


def contradictions(analysis: Analysis) -> Iterator[Issue]:
    """Findings topic by topic, governing law and effective date last."""
    sentences = _sentences_with_values(analysis)
    for topic in TOPICS:
        yield from _differing(analysis, topic.name, list(_values(analysis, topic, sentences)))
    yield from _differing(analysis, "the governing law", [(fact, "") for fact in _laws(analysis)])
    yield from _differing(analysis, "the effective date", [(fact, "") for fact in _effective_dates(analysis)])


def _sentences_with_values(analysis: Analysis) -> list[tuple[str, int, list[Fact]]]:
    """Sentences that hold values; a value on a cover page has its label in front, as if it were one sentence."""
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
            label = f"{inside[0].label}: " if inside[0].label else ""
            rows.append((label + analysis.text[start:end], start - len(label), inside))
    return rows


def _values(
    analysis: Analysis, topic: Topic, sentences: list[tuple[str, int, list[Fact]]]
) -> Iterator[tuple[Fact, str]]:
    """Values of a topic, each with the party it binds ("" = anyone)."""
    near, never = re.compile(topic.near, re.I | re.S), re.compile(topic.never, re.I)
    tight = re.compile(topic.tight.replace("@@", "\x00"), re.I | re.S) if topic.tight else None
    who = re.compile(topic.who, re.I) if topic.who else None
    for sentence, start, facts in sentences:
        if not near.search(sentence):
            continue
        found = []
        for fact in facts:
            if fact.kind not in topic.kinds or (topic.units and fact.unit not in topic.units):
                continue
            before, after = sentence[: fact.start - start], sentence[fact.end - start :]
            if never.search(_part(before, after)):
                continue
            if tight is None or tight.search(f"{before}\x00{after}"):
                found.append(fact)
        if len({_key(fact) for fact in found}) == 1:  # several in one sentence are a choice, no slip
            yield found[0], _party(who.search(sentence)) if who else ""


def _part(before: str, after: str) -> str:
    """The part of a list that a value stands in, without what stands in brackets."""
    return _BRACKETS.sub(" ", before.rpartition(";")[2] + " " + after.partition(";")[0])


def _party(found: re.Match[str] | None) -> str:
    words = next((g for g in found.groups() if g), "") if found else ""
    return "" if _ANYONE.search(words) else words.casefold().removeprefix("the ")


def _differing(analysis: Analysis, name: str, rows: list[tuple[Fact, str]]) -> Iterator[Issue]:
    """One finding for each value that differs from an earlier one that binds the same party."""
    seen: list[tuple[Fact, str]] = []
    for fact, party in rows:
        same = [(f, p) for f, p in seen if not (p and party and p != party)]
        if same and all(_key(f) != _key(fact) and fact.start - f.end >= 40 for f, _ in same):
            first = same[0][0]
            yield Issue(
                "contradiction",
                f"Two different values for {name}: {_say(first)} and {_say(fact)}.",
                "problem",
                (place_of(analysis, first.start, first.end), place_of(analysis, fact.start, fact.end)),
            )
        seen.append((fact, party))


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
    r"\b(?:this|the|these)\s+(?:[\w-]+\s+){0,3}(?:agreement|contract|terms|dpa|nda|mnda|addendum|statement of work|order form)\b",
    re.I,
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
