"""Small readers that many topics share: yes/no by phrase, sets by phrases, a number near words."""

import re
from collections.abc import Collection, Mapping

from clauses.topics.lines import placeholder
from clauses.topics.page import Page, Passage, undotted
from clauses.topics.quantity import Quantity
from clauses.topics.values import CLAUSE, Instance, Span, Value, absent, left_blank, number, word, words


def yes_no(passage: Passage, pattern: str) -> Value:
    """Yes with the words that say so, otherwise no."""
    span = passage.find(pattern)
    return word("no") if span is None else word("yes", span)


def choice(passage: Passage, *options: tuple[str, str]) -> Value:
    """The first option whose pattern is found, absent when none is."""
    for name, pattern in options:
        span = passage.find(pattern)
        if span is not None:
            return word(name, span)
    return absent()


def members(passage: Passage, patterns: Mapping[str, str]) -> Value:
    """The set of names whose patterns are found, each with its place."""
    found = [
        (name, span) for name, pattern in patterns.items() if (span := passage.find(pattern)) is not None
    ]
    return words(found)


def quantity_near(passage: Passage, near: str, *units: str, reach: int = 60) -> Quantity | None:
    """The number whose words, or the `reach` characters around it, hold the pattern; the closest match
    wins."""
    best: tuple[int, Quantity] | None = None
    marks = passage.find_all(near)
    for quantity in passage.quantities(*units):
        gaps = [max(mark.start - quantity.end, quantity.start - mark.end, 0) for mark in marks]
        if gaps and min(gaps) <= reach and (best is None or min(gaps) < best[0]):
            best = (min(gaps), quantity)
    return best[1] if best else None


def number_near(passage: Passage, near: str, unit: str, *units: str, reach: int = 60) -> Value:
    """That number as a value in `unit`; unknown where the form leaves it blank, absent where none stands."""
    quantity = quantity_near(passage, near, *units, reach=reach)
    if quantity is not None:
        return number(quantity, unit)
    return blank(passage) or absent()


def blank(passage: Passage) -> Value | None:
    """Unknown, when the passage leaves a value open; the value's span is the placeholder."""
    if not passage.text.strip():
        return left_blank(passage.span)
    found = placeholder(passage.text)
    return None if found is None else left_blank(Span(passage.start + found[0], passage.start + found[1]))


def blank_row(page: Page, label: str, specs: Collection[str]) -> Instance | None:
    """A row of a form that nobody has filled in: every value of the topic is open, the clause itself too."""
    row = page.key_term(label)
    value = None if row is None else blank(row)
    if row is None or value is None:
        return None
    return Instance((row.span,), dict.fromkeys([CLAUSE, *specs], value), {"blank": value.spans[0]})


_NUMBER = r"\d[\d.]*(?:\([a-z]\))*(?:\s*\([A-Z][^()]{0,80}\))?"
_NAMED = re.compile(
    rf"\b(?:sections?|clauses?|articles?|paragraphs?)\s+(?P<list>{_NUMBER}(?:(?:,|\s+and|\s+or|\s+to)+\s+{_NUMBER})*)"
    r"[^.]{0,60}?\bnot apply",
    re.I,
)


def names_clause(text: str, number: str) -> bool | None:
    """Whether words that say which clauses do "not apply" name this one, or one that holds it ("Clauses 8.1,
    8.2 and 9"); None where they name none by number, or the clause has no number."""
    own = number.strip(" .").lower()
    named = [match["list"] for match in _NAMED.finditer(undotted(text).replace("·", "."))]
    if not named or not re.match(r"\d", own):
        return None
    plain = re.sub(r"\([A-Z][^()]*\)", "", " ".join(named))
    listed = re.findall(r"(?<![\w(])\d+(?:\.\d+)*(?:\([a-z]\))*", plain)
    return any(
        own == one or own.startswith((f"{one}.", f"{one}(")) or one.startswith(f"{own}(") for one in listed
    )


def span_of(quantity: Quantity) -> Span:
    return Span(quantity.start, quantity.end)
