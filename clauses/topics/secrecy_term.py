"""How long information stays confidential: length, from when, and what happens to trade secrets."""

import re
from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import blank, choice
from clauses.topics.values import (
    Instance,
    Span,
    Topic,
    Value,
    absent,
    number,
    number_of,
    unknown,
    word,
    word_of,
)

_LASTS = (
    r"\b(?:confidential\w*|secrecy|non-disclosure)\b[^.]*\b(?:surviv\w+|continu\w+"
    r"|remain\w*|lasts?|endures?|for a (?:period|term) of|"
    r"for so long|expires?|in effect|indefinite\w*|perpetu\w+)\b"
    r"|\b(?:surviv\w+|continu\w+|remain\w*|in effect|for a (?:period"
    r"|term) of)\b[^.]*\b(?:confidential\w*|secrecy|non-disclosure|obligations)\b"
)
_DUTIES_LAST = r"\b(?:duties|obligations)\b[^.]*\b(?:last|continue|survive|remain)\b"
_REGARDLESS = (
    r",? (?:whatever|irrespective of|regardless of|no matter what)(?: is)? the (?:nature|kind|type)s?"
    r" of (?:the|that|such|any) (?:confidential )?information(?: is)?"
)
_PERPETUAL = (
    r"\bperpetu\w+|\bindefinite\w*|\bwithout (?:any )?(?:time )?limit|\bforever\b"
    r"|\bsurvive (?:any )?(?:the )?(?:expiration"
    r"|termination)[^.]{0,40}(?:permanently|at all times)"
)
_SECRETS = (
    r"\btrade secrets?\b[^.]*\b(?:for (?:so|as) long|as long as|until|while"
    r"|remain\w*|continu\w*)\b|\b(?:for (?:so|as) long|as long as|until"
    r"|while)\b[^.]*\btrade secrets?\b"
)
_LABEL = (
    r"Term of Confidentiality|Confidentiality (?:Period|Term)|(?:Survival"
    r"|Protection) Period|Duration of Confidentiality"
)


def read(page: Page) -> Sequence[Instance]:
    """The key term of a cover page wins; otherwise each sentence that gives the duty a length."""
    labelled = page.key_term(_LABEL)
    if labelled is not None:
        return [_instance(labelled)]
    found = [
        passage
        for passage in page.find_sentences(
            _LASTS, follow=r"\btrade secrets?\b", but=r"\b(?:notice|cure)\b[^.]*\bdays\b|\bworking days\b"
        )
        if _says_how_long(passage)
    ]
    if not found:
        found = [
            p
            for p in page.find_sentences(_DUTIES_LAST, follow=r"\btrade secrets?\b")
            if p.quantities("year", "month")
            and re.search("confiden|secre", page.line_at(p.start).heading, re.I)
        ]
    by_period = [
        passage for passage in found if passage.quantities("year", "month") or passage.has(_PERPETUAL)
    ]
    return [_instance(passage) for passage in (by_period or found)]


def _says_how_long(passage: Passage) -> bool:
    return (
        bool(passage.quantities("year", "month"))
        or passage.has(_PERPETUAL)
        or passage.has(rf"\b(?:{_LABEL})\b")
    )


def _instance(passage: Passage) -> Instance:
    lengths = list(passage.quantities("year", "month"))
    endless = passage.find(_PERPETUAL)
    anchors: dict[str, Span] = {}
    if lengths:
        years, duration = number(lengths[0], "year"), word("fixed", Span(lengths[0].start, lengths[0].end))
        sentence = next((s for s in passage.sentences() if s.start <= lengths[0].start < s.end), passage)
        if sentence.text.endswith("."):
            anchors["length_clause"] = Span(sentence.start, sentence.end - 1)
    elif endless is not None:
        years, duration = absent(), word("perpetual", endless)
    else:
        away = unknown("the length stands in a term that is not given here", passage.span)
        years = duration = blank(passage) or away
    regardless = passage.find(_REGARDLESS)
    if regardless is not None:
        anchors["regardless"] = regardless
    secret = passage.find(_SECRETS)
    trade: Value = word("while_secret", secret) if secret else absent("nothing is said on trade secrets")
    values = {"years": years, "duration": duration, "from": _start(passage), "trade_secrets": trade}
    return Instance((passage.span,), values, anchors)


def _start(passage: Passage) -> Value:
    return choice(
        passage,
        (
            "disclosure",
            r"\b(?:from|after|following|of)\b[^.]{0,40}\b(?:disclosure|receipt|disclosed|received)\b",
        ),
        ("end", r"\b(?:after|following|from|upon|survive\w*)\b[^.]{0,60}\b(?:expir\w+|terminat\w+|end of)\b"),
        (
            "effective_date",
            r"\b(?:from|after|following)\b[^.]{0,30}\b(?:effective date|date (?:of|hereof))\b",
        ),
    )


TOPIC = Topic(
    "secrecy_term",
    "Length of secrecy",
    "how long confidential information stays protected, and trade secrets",
    {
        "years": number_of("the length of secrecy", "year"),
        "duration": word_of("the duty’s end", "fixed", "perpetual"),
        "from": word_of("the start of the period", "disclosure", "end", "effective_date"),
        "trade_secrets": word_of("trade secrets protected", "while_secret"),
    },
    read,
    after=(r"term\b", r"exceptions|exclusions", r"confidential"),
    clause_types=("confidentiality",),
)
