"""Defined terms: “X” means …, (the “X”), X: a term in bold with its meaning."""

import re
from collections.abc import Iterator

from clauses.model import Definition
from clauses.sentences import sentence_spans
from clauses.source import Source

_TERM = r"[A-Z0-9][^“”\"\n()]{0,80}?"
_MEANS = (
    r"(?:shall\s{1,2}|will\s{1,2}|also\s{1,2}|each\s{1,2}|collectively\s{1,2})?(?:means?|mean|refers?\s{1,2}to|includes?|"
    r"is\s{1,2}defined\s{1,2}(?:as|in)|are\s{1,2}defined|has\s{1,2}the\s{1,2}(?:meanings?|same\s{1,2}meaning)|"
    r"have\s{1,2}the\s{1,2}(?:(?:respective|same)\s{1,2})?meanings?|have\s{1,2}the\s{1,2}meaning|be\s{1,2}defined\s{1,2}as)\b"
)
_QUOTED = re.compile(
    rf"[“\"]\s?(?P<term>{_TERM})\s?(?:\((?P<short>[A-Z][A-Za-z]{{1,9}})\)\s?)?,?[”\"](?:\s{{0,2}}(?:or|and)\s{{1,2}}[“\"](?P<other>{_TERM}),?[”\"])?\s{{0,2}}"
    rf"(?:\([^()\n]{{0,60}}\)\s{{0,2}})?(?:,?\s?(?:as\s[^,.;\n]{{0,60}}|for\s[^,.;\n]{{0,60}}|with\s[^,.;\n]{{0,80}}|when\s[^,.;\n]{{0,60}}),?\s{{0,2}})?[:,]?\s{{0,2}}{_MEANS}"
)
_INLINE = re.compile(
    r"\((?P<lead>[^()“”\"\n]{0,120}?)[“\"]\s?(?P<term>[A-Z0-9][^“”\"\n()]{0,80}?)\s?[,.]?[”\"]"
    r"(?P<more>(?:[^()“”\"\n]{0,40}[“\"][A-Z0-9][^“”\"\n()]{0,80}?[,.]?[”\"]){0,4})[^()“”\"\n]{0,60}\)"
)
# 'The "Share Price" shall initially be $6': a verb that gives the meaning, not one that orders something.
_IS = re.compile(
    rf"[“\"]\s?(?P<term>{_TERM})\s?[”\"]\s{{1,2}}(?:(?:shall|will)\s{{1,2}}(?:initially\s{{1,2}})?be|is|are)\s{{1,2}}"
    r"(?:the|an?|equal|those|any|all|as\s(?:follows|set)|[$€£\d])"
)
# 'b. "Majority Vote" A Majority Vote is …': an item that opens with a term and goes on with its meaning.
_LISTED = re.compile(
    rf"(?:^|(?<=[\s:;.]))\(?(?:[a-z]|\d{{1,2}}(?:\.\d{{1,2}})?)[.)]\s{{1,3}}[“\"](?P<term>{_TERM})[”\"][\s:–-]{{1,4}}(?=(?:The|An?|Any|All|Each)\s)"
)
_MORE = re.compile(r"[“\"]\s?(?P<term>[A-Z0-9][^“”\"\n()]{0,80}?)\s?[,.]?[”\"]")
_BARE = re.compile(
    r"(?P<term>[A-Z][\w’'&/-]{0,30}(?:\s(?:[A-Z][\w’'&/-]{0,30}|of|and|or|to|the)){0,6})\s{1,2}"
    r"(?:shall\s{1,2}mean|means?|has\s{1,2}the\s{1,2}meaning)\b"
)
_CAPITALS = re.compile(  # "ENDORSEMENT shall include only …": capitals alone make it a definition
    r"(?P<term>[A-Z][A-Z’'&/-]{3,30}(?:\s[A-Z’'&/-]{2,30}){0,4})\s{1,2}(?:shall\s{1,2})?(?:includes?|be\s{1,2}defined)\b"
)


def read_definitions(source: Source) -> tuple[Definition, ...]:
    """Definitions in reading order; the same term twice is given twice."""
    found: dict[int, tuple[str, int, int, int, int]] = {}
    for row in _all(source):
        found.setdefault(row[1], row)
    made = []
    for term, start, end, body_start, body_end in sorted(found.values(), key=lambda r: r[1]):
        start, end = source.back(start, end)
        body_start, body_end = source.back(body_start, body_end)
        made.append(Definition(term, start, end, source.text[body_start:body_end], body_start, body_end))
    return tuple(made)


def _all(source: Source) -> Iterator[tuple[str, int, int, int, int]]:
    text = source.plain
    for found in _QUOTED.finditer(text):
        body = _meaning(text, found.end())
        yield _tidy(found["term"]), found.start("term"), found.end("term"), found.start(), body
        if found["short"]:  # "Maximum Daily Quantity (MDQ)" means …
            yield found["short"], found.start("short"), found.end("short"), found.start(), body
        if found["other"]:
            yield _tidy(found["other"]), found.start("other"), found.end("other"), found.start(), body
    for found in _LISTED.finditer(text):
        yield (
            _tidy(found["term"]),
            found.start("term"),
            found.end("term"),
            found.start("term") - 1,
            _meaning(text, found.end()),
        )
    for found in _IS.finditer(text):
        yield (
            _tidy(found["term"]),
            found.start("term"),
            found.end("term"),
            found.start(),
            _meaning(text, found.end()),
        )
    for found in _INLINE.finditer(text):
        if re.search(r"\b(?:see|e\.g|for example|such as|as defined)\b", found["lead"], re.I):
            continue
        start = _sentence_start(text, found.start())
        yield _tidy(found["term"]), found.start("term"), found.end("term"), start, found.end()
        for more in _MORE.finditer(text, found.start("more"), found.end("more")):
            yield _tidy(more["term"]), more.start("term"), more.end("term"), start, found.end()
    for line in source.lines:
        words = line.text.lstrip("0123456789.()ab \t")
        bare = _BARE.match(words) or _CAPITALS.match(words)
        if bare:
            shift = line.start + len(line.text) - len(line.text.lstrip("0123456789.()ab \t"))
            end = shift + bare.end("term")
            yield bare["term"], shift, end, shift, _meaning(text, shift + bare.end())


def _meaning(text: str, at: int) -> int:
    """End of the sentence that gives the meaning; a definition longer than 3,000 characters is cut there."""
    spans = sentence_spans(text, at, min(len(text), at + 3000))
    return spans[0][1] if spans else at


def _sentence_start(text: str, at: int) -> int:
    low = max(0, at - 600)
    spans = sentence_spans(text, low, at)
    return spans[-1][0] if spans else at


def _tidy(term: str) -> str:
    return " ".join(term.split()).strip(" ,.;:")
