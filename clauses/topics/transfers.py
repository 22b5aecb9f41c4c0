"""Transfers of personal data abroad: none, under a named mechanism, or at will."""

from collections.abc import Sequence

from clauses.topics.page import Page, Passage
from clauses.topics.reading import members
from clauses.topics.values import Instance, Span, Topic, Value, set_of, word, word_of, words

_ABROAD = (
    r"\b(?:restricted|international|cross-border|third[- ]country) transfers?\b"
    r"|\btransfer\w*\b[^.]*\b(?:outside|third countr\w+|countr(?:y|ies)|abroad"
    r"|territor(?:y|ies))\b"
    r"|\b(?:not|only)\b[^.]*\b(?:transfer|store|process)\w*\b[^.]*\b(?:outside"
    r"|within|in) (?:of )?the (?:european economic area|eea|european union|eu"
    r"|united kingdom|uk)\b"
)
_MECHANISMS = {
    "sccs": r"\bstandard contractual clauses\b|\bsccs\b|\bmodel clauses\b",
    "adequacy": r"\badequacy\b",
    "bcr": r"\bbinding corporate rules\b",
    "uk_addendum": r"\buk addendum\b|\bidta\b|\binternational data transfer (?:addendum|agreement)\b",
}


def read(page: Page) -> Sequence[Instance]:
    """Everything the contract says on transfers abroad, read together."""
    found = page.find_sentences(
        _ABROAD,
        follow=r"\bstandard contractual clauses\b|\badequacy\b|\bsccs\b|\bconsent\b",
        but=r"[“\"](?:restricted transfer|eea sccs|uk addendum"
        r"|standard contractual clauses)[”\"] means|\brole:|\bannex\b[^.]*\bstates\b"
        r"|\bassessments?\b|\bcountry of location\b|\bclaims\b|\bfrequency of transfer\b"
        r"|\bswiss law\b",
    )
    about = [p for p in found if p.has(r"\b(?:shall|will|may|must|agrees?|only|rely|appl(?:y|ies))\b")]
    return [_instance(page, about)] if about else []


def _instance(page: Page, passages: Sequence[Passage]) -> Instance:
    heading = page.line_at(passages[0].start).heading
    beside = [
        p
        for p in page.find_sentences(
            r"\bstandard contractual clauses\b|\badequacy\b|\bsccs\b", but=r"[”\"] means"
        )
        if page.line_at(p.start).heading == heading
    ]
    named: list[tuple[str, Span]] = []
    for passage in (*passages, *beside):
        named += members(passage, _MECHANISMS).items
    free, place = _scope(passages)
    anchors = {} if place is None else {"free": place}
    return Instance(tuple(p.span for p in passages), {"scope": free, "mechanism": words(named)}, anchors)


def _scope(passages: Sequence[Passage]) -> tuple[Value, Span | None]:
    for sentence in (s for p in passages for s in p.sentences()):
        if sentence.has(
            r"\bmay (?:make a (?:restricted )?)?transfer\b[^.]*\b(?:any country|outside"
            r"|other|wherever|to any|countries)\b|\bmay make a restricted transfer\b"
        ) and not sentence.has(r"\bmay (?:only )?transfer\b[^.]*\bonly (?:if|with|under|on)\b"):
            return word("free", sentence.span), sentence.span
        if sentence.has(r"\b(?:agrees? that|authori[sz]es)\b[^.]*\bmay transfer\b"):
            return word("free", sentence.span), sentence.span
    for sentence in (s for p in passages for s in p.sentences()):
        if sentence.has(
            r"\b(?:prior|written|specific)\b[^.]{0,30}\b(?:consent|approval"
            r"|authori[sz]ation)\b|\bonly on\b[^.]*\binstructions?\b"
        ):
            return word("consent", sentence.span), None
        if sentence.has(
            r"\b(?:shall|will|must|may) not\b[^.]*\btransfer|\bonly (?:within|in|inside)\b"
            r"|\bremain\w* (?:within|in)\b"
        ):
            return word("home", sentence.span), None
    return word("mechanism", passages[0].span), None


TOPIC = Topic(
    "transfers",
    "Transfers abroad",
    "transfers of personal data to other countries",
    {
        "scope": word_of("where data may go", "home", "consent", "mechanism", "free"),
        "mechanism": set_of("transfer mechanisms named", *_MECHANISMS),
    },
    read,
    after=(r"transfer", r"sub-?processor"),
    clause_types=("transfers",),
)
