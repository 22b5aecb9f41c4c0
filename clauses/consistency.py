"""Whole-contract check: what contradicts itself, points nowhere, was never defined, or is still open."""

from dataclasses import dataclass

from clauses.model import Analysis


@dataclass(frozen=True, slots=True)
class Place:
    """Words in the contract."""

    start: int
    end: int
    quote: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding: stable ``code``, a sentence, and the place or both places it stands on."""

    code: str
    message: str
    severity: str  # "problem" or "look"
    places: tuple[Place, ...]


def check(analysis: Analysis) -> tuple[Issue, ...]:
    """Findings in reading order."""
    return ()
