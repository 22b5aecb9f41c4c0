"""CUAD's 41 categories on a plain text: sentences by phrase rules, names and dates by their readers.

Every candidate has a score; 0.5 and above is what the product would show. A linear model will take the place of the
hand-given scores for the common categories; the rules stay for the rare ones and as a second vote.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from clauses.classify import plain
from clauses.cuad_rules import RULES, SentenceRule
from clauses.model import Fact
from clauses.parties import read_parties
from clauses.sentences import sentence_spans
from clauses.source import Source, open_source
from clauses.values import dates, durations, places

_TITLE = re.compile(
    r"[ \t]{0,40}(?!This\b|THIS\b)(?P<title>[A-Z][^\n.;:]{2,120}?\b(?:AGREEMENT|CONTRACT|AMENDMENT|ADDENDUM|LICENSE|LEASE|TERMS|Agreement|Contract|Amendment|Addendum|License)"
    r"(?:[ \t](?:NO\.|No\.|#)\s?\d{1,3})?)[ \t]*(?=\n|$|\s{2,}|\()"
)
_LONGEST = 2500


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[SentenceRule, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((rule, re.compile(rule.pattern), re.compile(rule.never)) for rule in RULES)


def predict(text: str) -> list[dict[str, Any]]:
    """Candidate spans of a contract: ``start``, ``end``, ``category``, ``score``, and ``value`` where a fact was read."""
    source = open_source(text)
    spans = sentence_spans(source.plain)
    found = [*_sentences(source, spans), *_document_name(source), *_parties(source), *_dates(source, spans)]
    best: dict[tuple[str, int, int], dict[str, Any]] = {}
    for row in found:
        start, end = source.back(row["start"], row["end"])
        row = row | {"start": start, "end": end}
        key = (row["category"], start, end)
        if key not in best or row["score"] > best[key]["score"]:
            best[key] = row
    return sorted(best.values(), key=lambda r: (r["start"], r["end"], r["category"]))


def labels_of(sentence: str) -> dict[str, float]:
    """Categories of one sentence with the best score of the rules that match."""
    small = plain(sentence[:_LONGEST])
    scores: dict[str, float] = {}
    for rule, pattern, never in _compiled():
        if not any(need in small for need in rule.needs) or not pattern.search(small):
            continue
        score = rule.score * (0.45 if never.search(small) else 1.0)
        scores[rule.category] = max(scores.get(rule.category, 0.0), score)
    return scores


def _sentences(source: Source, spans: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    for start, end in spans:
        if end - start < 30:
            continue
        sentence = source.plain[start:end]
        for category, score in sorted(labels_of(sentence).items()):
            row = _row(start, end, category, round(score, 3))
            value = _value(category, sentence)
            yield row | ({"value": value} if value else {})


def _value(category: str, sentence: str) -> str:
    if category == "Governing Law":
        return "; ".join(str(f.value) for f in places.jurisdictions(sentence) if f.unit == "governing_law")
    if category in ("Renewal Term", "Notice Period to Terminate Renewal"):
        want = "notice_period" if category.startswith("Notice") else "duration"
        read = [f for f in durations.durations(sentence) if f.kind == want]
        return f"{read[0].value} {read[0].unit}" if read else ""
    return ""


def _row(start: int, end: int, category: str, score: float) -> dict[str, Any]:
    return {"start": start, "end": end, "category": category, "score": score}


def _document_name(source: Source) -> Iterator[dict[str, Any]]:
    """The title line near the top; the same words in the first sentence are the second guess."""
    head = source.plain[:6000]
    place = 0
    found = False
    for line in head.split("\n"):
        if (title := _TITLE.match(line)) and len(title["title"].split()) <= 16:
            start = place + title.start("title")
            yield _row(start, place + title.end("title"), "Document Name", 0.6 if found else 0.9)
            if found:
                return
            found = True
        place += len(line) + 1
    if not found and (inside := re.search(r"\b[Tt]his ((?:[A-Z][\w&-]+ ){1,8}?Agreement)\b", head)):
        yield _row(inside.start(1), inside.end(1), "Document Name", 0.7)


def _parties(source: Source) -> Iterator[dict[str, Any]]:
    for party in read_parties(source):
        if party.name:
            yield _row(party.start, party.end, "Parties", 0.8) | {"value": party.name}
        if party.alias and party.name:
            at = source.plain.find(party.alias, party.end, party.end + 1500)
            if at >= 0:
                yield _row(at, at + len(party.alias), "Parties", 0.75)


_DATED = re.compile(r"\b(?:dated|made|entered|executed|as of|effective|date|day of)\b", re.I)
_EFFECTIVE = re.compile(r"effective(?: date|\s+as of| on)|commencement date|commenc\w+ on", re.I)
_EXPIRES = re.compile(
    r"\b(?:expire|terminate|continue|remain|until|through|ending|term of (?:this )?(?:the )?agreement|initial term|period of)\w*\b",
    re.I,
)
_TERM_SENTENCE = re.compile(
    r"\b(?:term|agreement)\b.{0,200}\b(?:commence|begin|continue|remain|effective|expire|be for|period of)\w*\b.{0,300}\b(?:years?|months?|until|through|terminated|expir\w+|perpetual|indefinite\w*)",
    re.I | re.S,
)


def _dates(source: Source, spans: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    yield from _agreement_date(source)
    for start, end in spans:
        sentence = source.plain[start : min(end, start + _LONGEST)]
        if _TERM_SENTENCE.search(sentence) and re.search(
            r"\bterm\b|\bexpire|\bin (?:full force and )?effect\b", sentence, re.I
        ):
            score = 0.75 if re.search(r"\b(?:initial term|term of this|the term)\b", sentence, re.I) else 0.5
            if re.search(r"\b(?:breach|cure|confidential|surviv|warrant|employ)\w*\b", sentence, re.I):
                score *= 0.5
            yield _row(start, end, "Expiration Date", score) | _dated(sentence)
        if _EFFECTIVE.search(sentence) and (
            start < 6000 or re.search(r"[\"“]effective date[\"”]", sentence, re.I)
        ):
            read = list(dates.dates(sentence))
            near = [f for f in read if _EFFECTIVE.search(sentence[max(0, f.start - 80) : f.end + 60])]
            for fact in near[:1]:
                yield _row(start + fact.start, start + fact.end, "Effective Date", 0.65) | {
                    "value": fact.value
                }
            if not near and re.search(
                r"(?:become|be|is|shall be) effective|[\"“]effective date[\"”]", sentence, re.I
            ):
                yield _row(start, end, "Effective Date", 0.5)


def _dated(sentence: str) -> dict[str, Any]:
    read = [
        f
        for f in dates.dates(sentence)
        if re.search(
            r"(?:until|through|expire\w*|terminat\w+|ending|end)\b[^.]{0,60}$", sentence[: f.start], re.I
        )
    ]
    return {"value": read[0].value} if read else {}


def _agreement_date(source: Source) -> Iterator[dict[str, Any]]:
    """The first date of the preamble, or the blank left for it."""
    head = source.plain[:8000]
    opening: list[Fact] = sorted([*dates.dates(head), *dates.blank_dates(head)], key=lambda f: f.start)
    given = 0
    for fact in opening:
        before = head[max(0, fact.start - 120) : fact.start]
        if re.search(
            r"\b(?:10-?[kq]|8-?k|s-1|filed|source)\b", head[max(0, fact.start - 60) : fact.end + 20], re.I
        ):
            continue
        said = _DATED.search(before) is not None
        score = 0.85 if said and not given else 0.5 if not given else 0.3
        yield _row(fact.start, fact.end, "Agreement Date", score) | (
            {"value": fact.value} if fact.value else {}
        )
        if said and not given:
            nearby = head[max(0, fact.start - 160) : fact.end + 120]
            yield _row(
                fact.start,
                fact.end,
                "Effective Date",
                0.7 if _EFFECTIVE.search(nearby) or "as of" in nearby else 0.52,
            )
        given += said
        if given > 1 or fact.start > 6000:
            return
