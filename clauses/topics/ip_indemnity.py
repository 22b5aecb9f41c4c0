"""Protection against third-party claims that the service infringes rights."""

from collections.abc import Sequence
from dataclasses import replace

from clauses.topics.page import Page, Passage
from clauses.topics.reading import blank
from clauses.topics.values import CLAUSE, Instance, Span, Topic, Value, absent, set_of, word, word_of, words

_ACTS = {
    "defend": r"\bdefend\b",
    "indemnify": r"\bindemnif(?:y|ies)\b|\bhold\w*\b[^.;]{0,40}\bharmless\b",
    "reimburse": r"\breimburse\b|\bcompensate\b",
}
_INFRINGES = r"\binfring\w+\b|\bmisappropriat\w+\b|\bintellectual property\b"
_COVERED = r"\b(?:Provider|Supplier|Vendor)[- ]Covered Claims?\b|\binfringement claims?\b"
_GIVER = (
    r"\b(?:provider|supplier|vendor|licensor|service provider"
    r"|contractor)\b[^.]{0,60}\b(?:shall|will|must"
    r"|agrees to)\b[^.]{0,60}\b(?:indemnif\w+|defend|hold|reimburse)\b"
)


def read(page: Page) -> Sequence[Instance]:
    """Sentences in which the provider protects the customer; defined "covered claims" are followed."""
    found = []
    for passage in page.find_sentences(
        _GIVER, but=r"\b(?:customer|client)\b[^.]{0,40}\b(?:shall|will|must) (?:indemnify|defend)"
    ):
        if passage.has(_INFRINGES) or (passage.has(_COVERED) and _covers_infringement(page)):
            found.append(_instance(page, passage))
        elif passage.has(_COVERED) and (row := _open_claims(page)) is not None:
            read_here = _instance(page, passage)
            values = {**read_here.values, CLAUSE: row, "acts": row}
            found.append(replace(read_here, spans=(*read_here.spans, *row.spans), values=values))
    return found[:1]


def _open_claims(page: Page) -> Value | None:
    """The claims covered stand on a cover page that nobody has filled in."""
    row = page.key_term(r"(?:Provider )?Covered Claims?")
    return None if row is None else blank(row)


def _covers_infringement(page: Page) -> bool:
    for name in ("Provider Covered Claims", "Provider Covered Claim", "Provider-Covered Claim"):
        meaning = page.meaning(name)
        if meaning is not None:
            return meaning.has(_INFRINGES)
    return bool(page.find_sentences(rf"\b(?:provider)[- ]covered claims?\b[^.]*(?:{_INFRINGES})"))


def _instance(page: Page, passage: Passage) -> Instance:
    acts = [(name, span) for name, pattern in _ACTS.items() if (span := passage.find(pattern)) is not None]
    anchors: dict[str, Span] = {}
    first = passage.find(r"\b(?:indemnify|hold harmless)\b")
    if first is not None:
        anchors["indemnify"] = first
    limit = _limit(passage)
    if limit is not None:
        anchors["territory"] = limit
    return Instance((passage.span,), {"acts": words(acts), "territory": _territory(passage)}, anchors)


_TERRITORY = (
    r"\b(?:rights?|patents?|copyrights?|trade ?marks?)\b[^.,;]{0,40}?"
    r"(?P<limit>,? (?:in|under the laws? of|registered in|granted in|subsisting in|existing in) (?:the )?"
    r"(?:United (?:States|Kingdom)(?: of America)?|European Union|EEA|UK|USA?|EU)\b)"
)


def _limit(passage: Passage) -> Span | None:
    """The words that confine the protection to the rights of one territory, with the blank before them."""
    return passage.find(_TERRITORY, "limit")


def _territory(passage: Passage) -> Value:
    span = _limit(passage)
    return absent() if span is None else word("limited", span)


TOPIC = Topic(
    "ip_indemnity",
    "Indemnity for infringement",
    "the provider’s protection against infringement claims",
    {
        "acts": set_of("what the provider does", *_ACTS),
        "territory": word_of("rights covered", "limited"),
    },
    read,
    after=(r"indemni", r"warrant", r"intellectual"),
    clause_types=("indemnity",),
)
