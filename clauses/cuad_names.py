"""Names and dates of a contract as CUAD labels them: its title, its parties and their short names, its dates.

A name or short name is labelled where it stands first in the text, in whatever letters ("ACME, INC." on the
cover for "Acme" in the preamble). Scores are the share that was right on the contracts the model was
trained on.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator
from typing import Any

from clauses.model import Fact, Party
from clauses.parties import LEGAL_FORMS, read_parties
from clauses.source import Source
from clauses.values import dates

LONGEST = 2500
_TITLE = re.compile(
    r"[ \t]{0,40}(?!This\b|THIS\b)(?P<title>[A-Z][^\n.;:]{2,120}?\b(?:AGREEMENT|CONTRACT|AMENDMENT|ADDENDUM|LICENSE|LEASE|TERMS|Agreement|Contract|Amendment|Addendum|License)"
    r"(?:[ \t](?:NO\.|No\.|#)\s?\d{1,3})?)[ \t]*(?=\n|$|\s{2,}|\()"
)


def row(start: int, end: int, category: str, score: float) -> dict[str, Any]:
    return {"start": start, "end": end, "category": category, "score": score}


def document_name(source: Source) -> Iterator[dict[str, Any]]:
    """The title line near the top; the same words in the first sentence are the second guess."""
    head = source.plain[:6000]
    place = 0
    found = False
    for line in head.split("\n"):
        if (title := _TITLE.match(line)) and len(title["title"].split()) <= 16:
            start = place + title.start("title")
            yield row(start, place + title.end("title"), "Document Name", 0.6 if found else 0.9)
            if found:
                return
            found = True
        place += len(line) + 1
    if not found and (inside := re.search(r"\b[Tt]his ((?:[A-Z][\w&-]+ ){1,8}?Agreement)\b", head)):
        yield row(inside.start(1), inside.end(1), "Document Name", 0.7)


_FORMED = re.compile(
    rf"(?:[A-Z0-9&][\w.&'’-]{{0,40}},?\s(?:(?:&|of|and|the|for|de)\s)?){{1,7}}?(?:{LEGAL_FORMS})\b\.?"
)
_SHORT = re.compile(
    r"\((?:the |hereinafter |each, )?[^()]{0,60}?[\"“](?P<alias>[A-Z][^\"”]{1,40})[\"”][^()]{0,40}\)"
)
_NO_PARTY = re.compile(r"agreement|date|part(?:y|ies)|contract|term|territory|product|service", re.I)


def parties(source: Source) -> Iterator[dict[str, Any]]:
    """Names and short names at their first occurrence; other names with a legal form near the top as
    second guesses.
    """
    text = source.plain
    read = read_parties(source)
    seen: dict[tuple[int, int], dict[str, Any]] = {}
    for words, score, value in _party_words(text, read):
        at = _first(text, words)
        if at and (at not in seen or seen[at]["score"] < score):
            seen[at] = row(*at, "Parties", score) | ({"value": value} if value else {})
    yield from seen.values()


def _party_words(text: str, read: tuple[Party, ...]) -> Iterator[tuple[str, float, str]]:
    for party in read:
        if party.name:
            yield party.name, 0.72, party.name
        if party.alias:
            yield party.alias, 0.76 if party.name else 0.3, ""
    for found in _FORMED.finditer(text, 0, min(len(text), 4000)):
        yield found.group(), 0.2 if read else 0.52, ""
    for short in _SHORT.finditer(text, 0, min(len(text), 5000)):
        if not _NO_PARTY.search(short["alias"]):
            yield short["alias"], 0.1, ""


def _first(text: str, words: str) -> tuple[int, int] | None:
    """Where the words stand first, letters and blanks compared loosely."""
    words = words.strip(" ,;.\n\"“”'")
    if not 2 <= len(words) <= 160:
        return None
    found = re.search(r"\s{1,9}".join(map(re.escape, words.split())), text, re.I)
    return (found.start(), found.end()) if found else None


_DATED = re.compile(r"\b(?:dated|made|entered|executed|as of|effective|date|day of)\b", re.I)
_EFFECTIVE = re.compile(r"effective(?: date|\s+as of| on)|commencement date|commenc\w+ on", re.I)


def contract_dates(source: Source, spans: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    yield from _agreement_date(source)
    for start, end in spans:
        sentence = source.plain[start : min(end, start + LONGEST)]
        if _EFFECTIVE.search(sentence) and (
            start < 6000 or re.search(r"[\"“]effective date[\"”]", sentence, re.I)
        ):
            read = list(dates.dates(sentence))
            near = [f for f in read if _EFFECTIVE.search(sentence[max(0, f.start - 80) : f.end + 60])]
            for fact in near[:1]:
                yield row(start + fact.start, start + fact.end, "Effective Date", 0.65) | {
                    "value": fact.value
                }
            if not near and re.search(
                r"(?:become|be|is|shall be) effective|[\"“]effective date[\"”]", sentence, re.I
            ):
                yield row(start, end, "Effective Date", 0.5)


_ENDS = re.compile(r"(?:until|through|expire\w*|terminat\w+|ending|end)\b[^.]{0,60}$", re.I)


def end_date(sentence: str) -> str:
    """The first date of a sentence that is said to be an end, "" when there is none."""
    read = [f for f in dates.dates(sentence) if _ENDS.search(sentence[max(0, f.start - 80) : f.start])]
    return str(read[0].value) if read else ""


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
        yield row(fact.start, fact.end, "Agreement Date", score) | (
            {"value": fact.value} if fact.value else {}
        )
        if said and not given:
            nearby = head[max(0, fact.start - 160) : fact.end + 120]
            yield row(
                fact.start,
                fact.end,
                "Effective Date",
                0.7 if _EFFECTIVE.search(nearby) or "as of" in nearby else 0.52,
            )
        given += said
        if given > 1 or fact.start > 6000:
            return
