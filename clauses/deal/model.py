"""What a contract agrees on, as plain frozen values with offsets in the text read."""

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class KeyFact:
    """One agreed value. ``quote`` is the text at start:end; ``derived_from`` gives every range it rests on.

    ``value`` is "" where the form is blank (``note`` says so). ``about`` narrows the kind: what starts a
    payment period, what a cap counts, which insurance; ``clause`` is the id of the clause it stands in.
    """

    kind: str
    value: str | int | float
    unit: str
    start: int
    end: int
    quote: str
    band: str
    derived_from: tuple[Span, ...] = ()
    note: str = ""
    about: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Mutuality:
    """Whom the wording on one topic binds. ``binds``: both, one or unclear; ``who``: aliases as written.

    ``what`` says what the topic does to them ("duty", "right", "protected"), ``places`` are (start, end,
    quote) of the words it rests on.
    """

    topic: str
    binds: str
    who: tuple[str, ...]
    what: str
    places: tuple[tuple[int, int, str], ...]
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a signer should know of. ``code`` names the kind, ``reason`` why (a code with ``value``)."""

    code: str
    reason: str
    value: str
    start: int
    end: int
    quote: str
    band: str
    clause: str = ""
