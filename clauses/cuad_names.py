"""Names and dates of a contract as CUAD labels them: its title, its parties and their short names, its dates.

A name or short name is labelled where it stands first in the text, in whatever letters ("ACME, INC." on the
cover for "Acme" in the preamble). Scores are the share that was right on the contracts the model was
trained on.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from clauses.model import Fact, Party
from clauses.names import LEGAL_FORMS
from clauses.parties import read_parties
from clauses.source import Source
from clauses.values import dates

LONGEST = 2500
_KINDS = r"AGREEMENT|CONTRACT|AMENDMENT|ADDENDUM|(?:LICENSE|LEASE)(?!,?[ \t]{1,3}(?:and\b|[A-Z]))"
_CAPITALS = re.compile(
    r"(?<![\w.])(?!THIS\b|EXHIBIT\b|SCHEDULE\b|EX-|ANNEX\b|APPENDIX\b|AND\b|OF\b|THE\b|EXECUTION\b|VERSION\b|COPY\b|CONFIDENTIAL\b|COMPETITIVE\b|IF\b|TO\b|ATTACHMENT\b|ARTICLE\b|SECTION\b)(?:(?:[A-Z][A-Z0-9&/'’-]*|and|of|for|the|to)[,:]?[ \t]{1,2}){0,12}?"
    rf"(?:{_KINDS})S?\b(?:[ \t](?:NO\.|No\.|#)[ \t]?\d{{1,3}})?"
)
_AMENDS = re.compile(
    rf"[ \t\n]{{1,4}}(?:NO\.[ \t]?\d{{1,2}}[ \t\n]{{1,4}})?(?:TO|to|OF|of)[ \t\n]{{1,4}}(?:[A-Za-z&,-]{{1,20}}[ \t]{{1,4}}){{0,8}}?(?:{_KINDS})\b",
    re.I,
)
_TITLE = re.compile(
    r"[ \t]{0,40}(?:Exhibit[ \t][\d.A-Z]{1,8}[ \t]{1,9})?(?!This\b|THIS\b)(?P<title>[A-Z][^\n.;:]{2,120}?\b(?:Agreement|Contract|Amendment|Addendum|License)"
    r"(?:[ \t](?:NO\.|No\.|#)\s?\d{1,3})?)[ \t]*(?=\n|$|\s{2,}|\()"
)
_CALLED = re.compile(
    r"\b[Tt]h(?:is|e) (?P<title>(?:[A-Z][\w&/-]*,? (?:and |of )?){1,9}?(?:Agreement|Contract|Amendment|Addendum)\b)"
)


def row(start: int, end: int, category: str, score: float) -> dict[str, Any]:
    return {"start": start, "end": end, "category": category, "score": score}


def document_name(source: Source) -> Iterator[dict[str, Any]]:
    """The title near the top: in capitals wherever it stands, or a line of its own, or as the preamble calls it."""
    head = source.plain[:6000]
    found = [m.span() for m in islice(_CAPITALS.finditer(head), 2)]
    if found and (more := _AMENDS.match(head, found[0][1])):
        found[0] = (found[0][0], more.end())
    place = 0
    for line in head.split("\n"):
        if (title := _TITLE.match(line)) and len(title["title"].split()) <= 16:
            found.append((place + title.start("title"), place + title.end("title")))
            break
        place += len(line) + 1
    if called := _CALLED.search(head):
        found.append(called.span("title"))
    for number, (start, end) in enumerate(found):
        yield row(start, end, "Document Name", 0.78 if not number else 0.15)


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
_NAMED_EFFECTIVE = re.compile(r"[\"“]effective date[\"”]", re.I)
_BECOMES = re.compile(r"(?:become|be|is) effective", re.I)
_EFFECTIVE = re.compile(r"effective(?: date|\s+as of| on)|commencement date|commenc\w+ on", re.I)


def contract_dates(source: Source, spans: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    """Agreement date and effective date; where nothing is sure of an effective date, the best guess is shown."""
    yield from _agreement_date(source)
    effective = sorted(_effective(source, spans), key=lambda r: (-r["score"], r["start"]))
    for number, found in enumerate(effective):
        if not number and 0.15 < found["score"] < 0.5:
            found["score"] = 0.5
        yield found


def _effective(source: Source, spans: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    if given := next((r for r in _agreement_date(source) if r["score"] > 0.6), None):
        start, end = given["start"], given["end"]
        nearby = source.plain[max(0, start - 160) : end + 120]
        said = _EFFECTIVE.search(nearby) or "as of" in nearby
        yield given | {"category": "Effective Date", "score": 0.63 if said else 0.27}
    for start, end in spans:
        sentence = source.plain[start : min(end, start + LONGEST)]
        named = _NAMED_EFFECTIVE.search(sentence) is not None
        if not _EFFECTIVE.search(sentence) or not (start < 6000 or named):
            continue
        read = list(dates.dates(sentence))
        near = [f for f in read if _EFFECTIVE.search(sentence[max(0, f.start - 80) : f.end + 60])]
        for fact in near[:1]:
            found = row(start + fact.start, start + fact.end, "Effective Date", 0.12)
            yield found | {"value": fact.value}
        if not near and (named or _BECOMES.search(sentence)):
            yield row(start, end, "Effective Date", 0.22)


_ENDS = re.compile(r"(?:until|through|expire\w*|terminat\w+|ending|end)\b[^.]{0,60}$", re.I)


def end_date(sentence: str) -> str:
    """The first date of a sentence that is said to be an end, "" when there is none."""
    read = [f for f in dates.dates(sentence) if _ENDS.search(sentence[max(0, f.start - 80) : f.start])]
    return str(read[0].value) if read else ""


def _agreement_date(source: Source) -> Iterator[dict[str, Any]]:
    """The first date of the preamble, or the blank left for it."""
    head = source.plain[:8000]
    opening: list[Fact] = sorted([*dates.dates(head), *dates.blank_dates(head)], key=lambda f: f.start)
    given, guessed = 0, False
    for fact in opening:
        before = head[max(0, fact.start - 120) : fact.start]
        if re.search(
            r"\b(?:10-?[kq]|8-?k|s-1|filed|source)\b", head[max(0, fact.start - 60) : fact.end + 20], re.I
        ):
            continue
        said = _DATED.search(before) is not None
        score = 0.77 if said and not given else 0.5 if not given and not guessed else 0.05
        yield row(fact.start, fact.end, "Agreement Date", score) | (
            {"value": fact.value} if fact.value else {}
        )
        given += said
        guessed = True
        if given > 1 or fact.start > 6000:
            return
