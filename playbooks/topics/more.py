"""A topic with more values than its reader gives: each place is read once more for what ladders also ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from clauses.topics.page import Page, Passage
from clauses.topics.values import CLAUSE, Instance, Span, Spec, Topic, Value

More = Callable[[Page, Instance, Passage], Mapping[str, Value]]
"""The further values of one place; the passage holds all of its words."""


def extended(topic: Topic, values: Mapping[str, Spec], more: More) -> Topic:
    """The topic with further values; those of the same name take the place of the first reading."""

    def read(page: Page) -> Sequence[Instance]:
        return [_with(page, instance) for instance in topic.read(page)]

    def _with(page: Page, instance: Instance) -> Instance:
        row = instance.values.get(CLAUSE)
        if row is not None and row.is_blank:
            return replace(instance, values={**dict.fromkeys(values, row), **instance.values})
        return replace(instance, values={**instance.values, **more(page, instance, words_of(page, instance))})

    return replace(topic, values={**topic.values, **values}, read=read)


def words_of(page: Page, instance: Instance) -> Passage:
    """The words of a place that say most: where it has several, the one its first value stands in."""
    spans = instance.spans
    own = [s for value in instance.values.values() for s in value.spans]
    held = [span for span in spans if any(span.start <= s.start < span.end for s in own)]
    best = held[0] if held else spans[0]
    return page.passage(best.start, best.end)


def all_words(page: Page, instance: Instance) -> list[Passage]:
    """Every stretch of words of a place."""
    return [page.passage(span.start, span.end) for span in instance.spans]


def first_place(passages: Sequence[Passage], pattern: str) -> Span | None:
    """Where the pattern stands in the first passage that has it."""
    return next((span for p in passages if (span := p.find(pattern)) is not None), None)
