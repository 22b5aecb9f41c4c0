"""The form of a phrase rule for sentences; the rules stand in ``cuad_rules`` and ``rules_*``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentenceRule:
    """One pattern for one category: ``needs`` are literals of which one must be there, ``never`` takes a
    match back, ``yes`` and ``no`` are words of our own that must and must not match.
    """

    category: str
    score: float
    pattern: str
    needs: tuple[str, ...]
    yes: str
    no: str
    never: str = r"(?!)"


def rule(
    category: str, score: float, pattern: str, needs: str, yes: str, no: str, never: str = r"(?!)"
) -> SentenceRule:
    return SentenceRule(category, score, pattern, tuple(needs.split("|")), yes, no, never)
