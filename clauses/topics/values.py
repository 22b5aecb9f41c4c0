"""What a topic reader yields: named values, each read with its place, or absent, or unknown with why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from clauses.topics.quantity import Quantity

if TYPE_CHECKING:
    from clauses.topics.page import Page
    from clauses.topics.rates import Rate

Plain = Decimal | str | tuple[str, ...]
READ, UNKNOWN, ABSENT = "read", "unknown", "absent"
BLANK = "the form is blank here"


@dataclass(frozen=True)
class Span:
    """Half-open range of the text read, in code points."""

    start: int
    end: int


@dataclass(frozen=True)
class Value:
    """One named value. `spans` are where it stands; `items` gives each member of a set its own place.

    `lead` is what must stand before a replacement to keep the grammar ("German law" → "the laws of France").
    `linked` are numbers that follow this one (the upper end of the band below a service level): a change of
    it moves them by as much, in the same edit. `rates` are the rows of a rate card; `value` then says each of
    them in words.
    """

    state: str
    value: Plain | None = None
    spans: tuple[Span, ...] = ()
    why: str = ""
    quantity: Quantity | None = None
    items: tuple[tuple[str, Span], ...] = ()
    lead: str = ""
    linked: tuple[Quantity, ...] = ()
    rates: tuple["Rate", ...] = ()

    @property
    def is_read(self) -> bool:
        return self.state == READ

    @property
    def is_blank(self) -> bool:
        """Whether the form leaves this value open; its first span is then the placeholder."""
        return self.state == UNKNOWN and self.why == BLANK


def word(value: str, *spans: Span, lead: str = "") -> Value:
    """A value from a short list of words ("prior", "yes")."""
    return Value(READ, value, spans, lead=lead)


def number(quantity: Quantity, unit: str) -> Value:
    """A quantity in the unit the topic promises; unknown where words and figures or units do not agree."""
    span = Span(quantity.start, quantity.end)
    amount = quantity.in_unit(unit)
    if quantity.amount is None:
        return unknown(f"words and figures disagree in “{quantity.quote}”", span)
    if amount is None:
        return unknown(
            f"“{quantity.quote}” cannot be turned into {unit.replace('_', ' ')}s without guessing", span
        )
    return Value(READ, amount, (span,), quantity=quantity)


def words(items: Sequence[tuple[str, Span]]) -> Value:
    """A set of words, each with the place it was read at; sorted, so that equal sets are equal values."""
    names = tuple(sorted({name for name, _ in items}))
    return Value(READ, names, tuple(span for _, span in items), items=tuple(items))


def unknown(why: str, *spans: Span) -> Value:
    """The text says something here that the reader cannot turn into a value."""
    return Value(UNKNOWN, None, spans, why)


def left_blank(placeholder: Span) -> Value:
    """The form has a place for this value and nobody has filled it in."""
    return unknown(BLANK, placeholder)


def absent(why: str = "") -> Value:
    """The clause is there but says nothing on this value."""
    return Value(ABSENT, None, (), why)


@dataclass(frozen=True)
class Spec:
    """What a value means: its kind (number, word, set, rates), unit or allowed words, and how to say it."""

    kind: str
    says: str
    unit: str = ""
    allowed: tuple[str, ...] = ()


CLAUSE = "clause"
"""The name by which conditions ask whether there is such a clause at all; a reader may answer it itself."""


@dataclass(frozen=True)
class Instance:
    """One place where the contract speaks on a topic: its words (`spans`) and what was read there.

    A reader that finds words which say that there is no such thing ("the term does not renew"), or a row of a
    form that is still blank, gives the value `CLAUSE` itself: absent, or unknown.
    """

    spans: tuple[Span, ...]
    values: Mapping[str, Value]
    anchors: Mapping[str, Span] = field(default_factory=dict)

    @property
    def start(self) -> int:
        return min(span.start for span in self.spans)

    @property
    def end(self) -> int:
        return max(span.end for span in self.spans)


@dataclass(frozen=True)
class Topic:
    """A subject of negotiation: what it looks for, the values it promises, and how it reads them.

    `after` names headings (patterns) behind which a missing clause belongs, best first.
    """

    code: str
    title: str
    looks_for: str
    values: Mapping[str, Spec]
    read: Callable[["Page"], Sequence[Instance]]
    after: tuple[str, ...] = ()
    clause_types: tuple[str, ...] = ()


def number_of(says: str, unit: str) -> Spec:
    return Spec("number", says, unit=unit)


def word_of(says: str, *allowed: str) -> Spec:
    return Spec("word", says, allowed=allowed)


def set_of(says: str, *allowed: str) -> Spec:
    return Spec("set", says, allowed=allowed)
