"""A stretch of a contract and what stands in it: patterns, quantities, sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from clauses.sentences import sentence_spans
from clauses.topics.quantity import Quantity, quantities
from clauses.topics.values import Span

_ENDLESS = re.compile(r"[^.]{2500}")
_INNER_DOT = re.compile(r"(?<=\d)\.(?=\d)|\b(?:e\.g|i\.e|Inc|Ltd|No|Art|Sec|U\.S|Co|Corp|approx)\.")


@dataclass(frozen=True)
class Passage:
    """A stretch of the text that belongs together: a clause with its list items, or some of its sentences."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def find(self, pattern: str, group: int | str = 0) -> Span | None:
        """Where the pattern first stands, or None; case is ignored."""
        match = compiled(pattern).search(undotted(self.text))
        return None if match is None else self._span(match, group)

    def find_all(self, pattern: str, group: int | str = 0) -> tuple[Span, ...]:
        return tuple(self._span(match, group) for match in compiled(pattern).finditer(undotted(self.text)))

    def has(self, pattern: str) -> bool:
        return found_in(pattern, self.text)

    def match(self, pattern: str) -> re.Match[str] | None:
        return compiled(pattern).search(undotted(self.text))

    def quantities(self, *units: str) -> tuple[Quantity, ...]:
        """Numbers with one of the units, in reading order."""
        return tuple(q for q in quantities(self.text, self.start) if not units or q.unit in units)

    def words(self, span: Span) -> str:
        return self.text[span.start - self.start : span.end - self.start]

    def sentence(self, pattern: str) -> "Passage | None":
        """The first sentence that holds the pattern."""
        return next((s for s in self.sentences() if s.has(pattern)), None)

    def sentences(self) -> Iterator["Passage"]:
        for start, end in _sentence_spans(self.text):
            yield Passage(self.text[start:end], self.start + start)

    def upto(self, end: int) -> "Passage":
        return Passage(self.text[: end - self.start], self.start)

    def after(self, start: int) -> "Passage":
        return Passage(self.text[start - self.start :], start)

    def _span(self, match: re.Match[str], group: int | str) -> Span:
        return Span(self.start + match.start(group), self.start + match.end(group))


@lru_cache(maxsize=1 << 14)
def _sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(text))


_cache: dict[str, re.Pattern[str]] = {}


@lru_cache(maxsize=1 << 14)
def undotted(text: str) -> str:
    """The text, code point for code point, with a dot that ends no sentence ("clause 8.1", "Inc.") made a
    middle dot.

    Patterns say "within one sentence" as [^.]; a clause number must not stop them.
    """
    plain = _INNER_DOT.sub(lambda match: match.group().replace(".", "·"), text)
    # No sentence of a contract runs on like this; without a stop, patterns would take quadratic time on it.
    return _ENDLESS.sub(lambda match: match.group()[:-1] + ".", plain)


@lru_cache(maxsize=1 << 17)
def found_in(pattern: str, text: str) -> bool:
    """Whether the pattern stands in the text. Most lines stay the same when a page is edited and read
    again."""
    return compiled(pattern).search(undotted(text)) is not None


def compiled(pattern: str) -> re.Pattern[str]:
    if pattern not in _cache:
        _cache[pattern] = re.compile(pattern, re.IGNORECASE)
    return _cache[pattern]
