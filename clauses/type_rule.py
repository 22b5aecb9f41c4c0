"""The form of a rule for clause types; the rules stand in ``type_rules`` and the modules it names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    weight: float
    pattern: str
    needs: tuple[str, ...]
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class TypeRule:
    """``heading`` is searched in the heading, small letters; ``unless`` takes a heading back."""

    code: str
    heading: str
    phrases: tuple[Phrase, ...]
    unless: str = ""


def phrase(weight: float, pattern: str, needs: str, yes: str, no: str) -> Phrase:
    return Phrase(weight, pattern, tuple(needs.split("|")), yes, no)
