"""Availability of a service: the level promised, the exit after repeated misses, and whether credits are
all there is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from clauses.topics.page import Page, Passage
from clauses.topics.quantity import Quantity
from clauses.topics.reading import blank
from clauses.topics.values import Instance, Span, Topic, Value, number, number_of, unknown, word, word_of

_LEVEL = r"\b(?:availab\w+|uptime)\b"
_EXIT = (
    r"\bterminate\b[^.]*\b(?:availab\w+|uptime|service levels?|target)\b"
    r"|\b(?:availab\w+|uptime|service levels?|target uptime)\b[^.]*\bterminate\b"
)
_SOLE = (
    r"\b(?:service credits?|credits?|sla)\b[^.]*\b(?:sole|exclusive"
    r"|only)\b[^.]*\bremed\w+|\b(?:sole|exclusive"
    r"|only)\b[^.]*\bremed\w+[^.]*\b(?:service credits?|credits?|service levels?"
    r"|target uptime)\b"
)
NEAR = 4
"""Lines (cells of a table) before and behind a level in which its credit bands are looked for."""


def read(page: Page) -> Sequence[Instance]:
    """Sentences and table rows that give availability a percentage; a blank target is unknown."""
    exit_right = next(iter(page.find_sentences(_EXIT)), None)
    sole = next(iter(page.find_sentences(_SOLE)), None)
    levels = [level for index in range(len(page.lines)) for level in _levels(page, index)]
    if not levels:
        label = page.key_term(r"Target Uptime|Uptime|Availability|Service Level")
        open_level = None if label is None else blank(label)
        if label is not None and open_level is not None:
            levels = [(label, open_level)]
        named = page.find_sentences(r"\bTarget Uptime\b[^.]*\b(?:will|shall)\b")
        if not levels and named:
            levels = [(named[0], unknown("the level stands in a term that is not given here", named[0].span))]
    shared = {
        "exit": word("no") if exit_right is None else word("yes", exit_right.span),
        "sole_remedy": word("no") if sole is None else word("yes", sole.span),
    }
    promises = [
        p.span
        for p in page.find_sentences(
            rf"{_LEVEL}[^.]*\b(?:shall|will|guarantee\w*)\b|\b(?:shall|will" rf"|guarantees?)\b[^.]*{_LEVEL}"
        )
    ]
    out = []
    for passage, value in levels:
        promise = passage.span if len(passage.text) > 30 or not promises else promises[0]
        spans = (passage.span,) if promise == passage.span else (passage.span, promise)
        bands = tuple(_bands(page, passage, value))
        if bands:
            value = replace(value, linked=tuple(q for q, _ in bands))
            spans = tuple(dict.fromkeys([*spans, *(span for _, span in bands)]))
        out.append(Instance(spans, {"uptime": value, **shared}, {"promise": promise}))
    return out


def _bands(page: Page, level: Passage, value: Value) -> Iterator[tuple[Quantity, Span]]:
    """The upper end of the credit band next below the level ("99.0% to 99.49%" below 99.5 %), beside it in a
    table or in a sentence on credits, and a credit that begins "below 99.5%"."""
    if value.quantity is None or not isinstance(value.value, Decimal):
        return
    index = page.index_at(level.start)
    for line in page.lines[max(0, index - NEAR) : index + NEAR]:
        if line.start <= level.start < line.end:
            continue
        text = Passage(line.text, line.start)
        for q in text.quantities("percent"):
            before = line.text[max(0, q.start - line.start - 24) : q.start - line.start]
            if q.amount is None or q.amount < 90:
                continue
            step = Decimal(1).scaleb(int(Decimal(q.amount).as_tuple().exponent))
            top = value.value - q.amount == step and re.search(r"(?:\bto|[-–]|\band)\s*$", before)
            under = q.amount == value.value and re.search(r"\b(?:below|less than|under)\s*$", before, re.I)
            if top or under:
                yield q, Span(line.start, line.end)


def _levels(page: Page, index: int) -> list[tuple[Passage, Value]]:
    line = page.lines[index]
    if not line.is_text or not Passage(line.text, line.start).has(_LEVEL):
        return []
    for sentence in page.passage(line.start + line.body, line.end).sentences():
        found = [q for q in sentence.quantities("percent") if q.amount is not None and q.amount >= 90]
        if sentence.has(_LEVEL) and found and not sentence.has(r"\bcredit\b[^.]*\bunder\b"):
            return [(sentence, number(found[0], "percent"))]
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    if (
        below is not None
        and len(line.text) < 80
        and re.match(r"\s*(?:at least )?\d[\d.]*\s*%.{0,40}$", below.text)
    ):
        cell = Passage(below.text, below.start)
        found = [q for q in cell.quantities("percent") if q.amount is not None and q.amount >= 90]
        if found:
            return [(Passage(page.text[below.start : below.end], below.start), number(found[0], "percent"))]
    return []


TOPIC = Topic(
    "uptime",
    "Availability",
    "a promised level of availability",
    {
        "uptime": number_of("the availability promised", "percent"),
        "exit": word_of("a right to leave after repeated misses", "yes", "no"),
        "sole_remedy": word_of("credits as the only remedy", "yes", "no"),
    },
    read,
    after=(r"service level|\bsla\b|support", r"\bservices?\b"),
    clause_types=("service_levels",),
)
