"""Findings of the whole-contract check and the words they stand on."""

from dataclasses import dataclass

from clauses.model import Analysis


@dataclass(frozen=True, slots=True)
class Place:
    """Words in the contract and the clause they stand in."""

    start: int
    end: int
    quote: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding: stable ``code``, a sentence, "problem" or "look", and the place or both places."""

    code: str
    message: str
    severity: str
    places: tuple[Place, ...]


def place_of(analysis: Analysis, start: int, end: int) -> Place:
    """A place with its quote and clause."""
    home = analysis.clause_at(start)
    return Place(start, end, analysis.text[start:end], home.id if home else "")
