"""CUAD's 41 categories on a plain text: sentences by the trained model, names and dates by their readers.

The phrase rules of ``cuad_rules`` are features of the model: it learns what each is worth beside the words,
and for rare categories they carry the score. Every candidate has a score; 0.5 and above is what the product
would show.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from clauses import cuad_names, features
from clauses.classify import plain
from clauses.cuad_rules import RULES, SentenceRule
from clauses.features import LONGEST, Group
from clauses.linear import Linear, shipped
from clauses.model import band_of
from clauses.ranking import Ranked, Seen, rank
from clauses.sentences import sentence_spans
from clauses.source import Source, open_source
from clauses.values import durations, places

NAMED = ("Agreement Date", "Document Name", "Effective Date", "Parties")
DATED = ("Agreement Date", "Effective Date")
_SHORTEST = 12


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, SentenceRule, re.Pattern[str], re.Pattern[str]], ...]:
    counts: dict[str, int] = {}
    out = []
    for rule in RULES:
        counts[rule.category] = counts.get(rule.category, 0) + 1
        name = f"{rule.category}/{counts[rule.category]}"
        out.append((name, rule, re.compile(rule.pattern), re.compile(rule.never)))
    return tuple(out)


def predict(text: str) -> list[dict[str, Any]]:
    """Candidate spans: ``start``, ``end``, ``category``, ``score``, ``band``, and ``value`` where a fact
    was read.
    """
    source = open_source(text)
    spans = sentence_spans(source.plain)
    ranked = judged(source, spans)
    found = [
        *_sentences(source, spans, ranked),
        *cuad_names.document_name(source),
        *cuad_names.parties(source),
        *cuad_names.contract_dates(source, spans),
    ]
    for category in DATED:
        settle(found, category, any(one.score >= 0.5 for one in ranked[category]))
    best: dict[tuple[str, int, int], dict[str, Any]] = {}
    for row in [*found, *_at_least_one(found)]:
        start, end = source.back(row["start"], row["end"])
        row = {"band": band_of(row["score"])} | row | {"start": start, "end": end}
        key = (row["category"], start, end)
        if key not in best or row["score"] > best[key]["score"]:
            best[key] = row
    return sorted(best.values(), key=lambda r: (r["start"], r["end"], r["category"]))


def settle(found: list[dict[str, Any]], category: str, there: bool) -> None:
    """A date is shown when the contract is judged to have one: the best that was read, or the sentence that
    speaks of it.
    """
    rows = [row for row in found if row["category"] == category]
    if there and rows:
        best = max(rows, key=lambda row: (row["score"], -row["start"]))
        best["score"] = max(best["score"], 0.5)
    elif not there:
        for row in rows:
            row["score"] = min(row["score"], 0.49)


def _at_least_one(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every contract has a title and parties: where none is likely enough, the best guess is shown."""
    for category in ("Document Name", "Parties"):
        guesses = [row for row in found if row["category"] == category]
        if guesses and max(row["score"] for row in guesses) < 0.5:
            yield max(guesses, key=lambda row: (row["score"], -row["start"])) | {"score": 0.5}


def rule_names(sentence: str) -> list[str]:
    """Names of the phrase rules that match a sentence; a minus marks one that its own exception takes
    back.
    """
    small = plain(sentence[:LONGEST])
    return [
        f"{name}-" if never.search(small) else name
        for name, rule, pattern, never in _compiled()
        if any(need in small for need in rule.needs) and pattern.search(small)
    ]


def views(source: Source, spans: list[tuple[int, int]]) -> Iterator[list[Group]]:
    """What the model sees of each sentence, in order. What sentences share (title, heading, surroundings) is
    the same object for all of them.
    """
    text = source.plain
    title = features.title_group(text)
    heading = features.heading_group("")
    around = features.around_group(text, 0)
    cell = 0
    sentences = [text[start : min(end, start + LONGEST)] for start, end in spans]
    rules = [[], *map(rule_names, sentences), []]
    for number, (start, end) in enumerate(spans):
        if words := features.heading_words(sentences[number]):
            heading = features.heading_group(words)
        if start // features.CELL != cell:
            cell = start // features.CELL
            around = features.around_group(text, cell)
        own = features.sentence_groups(
            features.tokens(sentences[number]),
            (
                features.tokens(text[max(0, start - features.NEAR) : start]),
                features.tokens(text[end : end + features.NEAR]),
            ),
            rules[number + 1],
            (rules[number], rules[number + 2]),
            f"@{10 * start // len(text)}" if number > 15 else f"@s{number // 4}",
        )
        yield [title, heading, around, *own]


def whole_view(source: Source, spans: list[tuple[int, int]]) -> list[Group]:
    """What the model sees of a contract as a whole."""
    text = source.plain
    headings = [features.heading_words(text[start:end]) for start, end in spans if end - start <= 100]
    return list(features.contract_groups(features.tokens(text), headings))


def judged(source: Source, spans: list[tuple[int, int]]) -> dict[str, list[Ranked]]:
    """Ranked sentences of every category of the model."""
    model: Linear = shipped()["sentences"]
    seen = Seen(
        model.margins_each(views(source, spans)),
        [end - start for start, end in spans],
        model.classes,
        shipped()["contracts"].margins(whole_view(source, spans)),
    )
    return {name: rank(seen, model.settings, name) for name in model.classes}


def _sentences(
    source: Source, spans: list[tuple[int, int]], ranked_of: dict[str, list[Ranked]]
) -> Iterator[dict[str, Any]]:
    for category, found in ranked_of.items():
        for ranked in found:
            start, end = spans[ranked.place]
            if end - start < _SHORTEST:
                continue
            if category in NAMED:  # the sentence round a name or date: worth a look, never shown
                yield cuad_names.row(start, end, category, round(0.49 * ranked.chance, 4))
                continue
            value = _value(category, source.plain[start : min(end, start + LONGEST)])
            row = cuad_names.row(start, end, category, ranked.score) | {"band": ranked.band}
            yield row | ({"value": value} if value else {})


def _value(category: str, sentence: str) -> str:
    if category == "Governing Law":
        return "; ".join(str(f.value) for f in places.jurisdictions(sentence) if f.unit == "governing_law")
    if category == "Expiration Date":
        return cuad_names.end_date(sentence)
    if category in ("Renewal Term", "Notice Period to Terminate Renewal"):
        want = "notice_period" if category.startswith("Notice") else "duration"
        read = [f for f in durations.durations(sentence) if f.kind == want]
        return f"{read[0].value} {read[0].unit}" if read else ""
    return ""
