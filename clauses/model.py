"""What reading a contract yields: plain frozen values, offsets in Unicode code points of the text read.

Every ``start``/``end`` pair is a half-open range of ``Analysis.text``; a ``quote`` is exactly that slice.
"""

from dataclasses import asdict, dataclass
from typing import Any

SURE, CHECK, UNSURE = "sure", "check", "unsure"


class Unreadable(Exception):
    """The text cannot be read; ``code`` is stable, ``message`` is a sentence for a lawyer."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class ClauseType:
    """One type of a clause: code, score from 0 to 1, and the band people see."""

    type: str
    score: float
    band: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of the clause tree; ``end`` covers its children, ``own_end`` stops before the first child.

    ``kind``: title, schedule, section, item, paragraph, key_term, table or signature.
    ``path`` is the full number ("8.1(a)"), ``schedule`` names the schedule it stands in ("" = main body).
    """

    id: str
    number: str
    heading: str
    start: int
    end: int
    depth: int
    parent: str | None
    blocks: tuple[str, ...]
    types: tuple[ClauseType, ...]
    kind: str = "section"
    own_end: int = 0
    path: str = ""
    schedule: str = ""
    heading_start: int = 0
    heading_end: int = 0

    def has_type(self, code: str) -> bool:
        return any(found.type == code for found in self.types)


@dataclass(frozen=True, slots=True)
class Fact:
    """A value read from the words at start:end; ``label`` is its key term's label on a cover page."""

    kind: str
    value: str | int | float
    unit: str
    start: int
    end: int
    quote: str
    band: str
    label: str = ""
    note: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A party by name; ``alias`` as the contract calls it, ``role`` the side it plays ("customer", …)."""

    name: str
    alias: str
    role: str
    legal_form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A defined term; start:end is the term itself, ``text`` the words that define it."""

    term: str
    start: int
    end: int
    text: str
    text_start: int = 0
    text_end: int = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another place; ``target`` is a clause id when resolved, else the number looked for."""

    text: str
    target: str
    start: int
    end: int
    resolved: bool
    external: bool = False


@dataclass(frozen=True, slots=True)
class Obligation:
    """Who must (may, must not) do what, for whom, by when, if what, unless what.

    ``kind``: duty, ban, right, or release ("shall not be required to"). ``parts`` gives the range of each
    part that is said: (name, start, end) of bearer, modal, action, beneficiary, deadline, condition,
    exceptions.
    """

    bearer: str
    beneficiary: str
    modal: str
    action: str
    deadline: str
    condition: str
    start: int
    end: int
    clause: str = ""
    kind: str = "duty"
    exceptions: str = ""
    parts: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything read from one contract, in reading order."""

    text: str
    clauses: tuple[Clause, ...]
    facts: tuple[Fact, ...]
    parties: tuple[Party, ...]
    definitions: tuple[Definition, ...]
    references: tuple[Reference, ...]
    obligations: tuple[Obligation, ...]

    def quote(self, item: Any) -> str:
        """The words an item with start and end stands on."""
        return self.text[item.start : item.end]

    def clause(self, clause_id: str) -> Clause:
        """The clause with this id; KeyError when there is none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)

    def of_type(self, code: str) -> tuple[Clause, ...]:
        """Clauses that carry a type, best score first, then reading order."""
        found = [(kind.score, c) for c in self.clauses for kind in c.types if kind.type == code]
        return tuple(c for _, c in sorted(found, key=lambda pair: (-pair[0], pair[1].start)))

    def clause_at(self, offset: int) -> Clause | None:
        """The deepest clause whose range holds the offset."""
        best: Clause | None = None
        for clause in self.clauses:
            if clause.start > offset:
                break
            if offset < clause.end and (best is None or clause.depth >= best.depth):
                best = clause
        return best

    def children(self, clause_id: str) -> tuple[Clause, ...]:
        return tuple(c for c in self.clauses if c.parent == clause_id)

    def facts_in(self, start: int, end: int, *kinds: str) -> tuple[Fact, ...]:
        """Facts that lie wholly inside a range, of the kinds given or of all."""
        return tuple(
            f for f in self.facts if f.start >= start and f.end <= end and (not kinds or f.kind in kinds)
        )

    def key_term(self, label: str) -> Fact | None:
        """The cover-page value whose label is this one, compared without case."""
        wanted = label.casefold().strip(" :")
        for fact in self.facts:
            if fact.kind == "key_term" and fact.label.casefold() == wanted:
                return fact
        return None

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values of everything but the text."""
        names = ("clauses", "facts", "parties", "definitions", "references", "obligations")
        return {name: [asdict(item) for item in getattr(self, name)] for name in names}


def band_of(score: float) -> str:
    """The band of a score: *sure* rests on a heading or on two agreeing phrases."""
    if score >= 0.8:
        return SURE
    return CHECK if score >= 0.5 else UNSURE
