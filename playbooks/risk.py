"""The risk of a review: the sum of named, weighted findings. Nothing is averaged, offset or hidden.

A finding that could not be told weighs as much as one outside the ladder. The score is not a statement on
law.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playbooks.judge import COMPLIANT, FALLBACK, UNSURE, Standing


@dataclass(frozen=True)
class Risk:
    """Score, level (low, medium, high) and the named parts the score is the sum of."""

    score: int
    level: str
    parts: tuple[tuple[str, str, int], ...]

    def to_data(self) -> dict[str, Any]:
        parts = [{"issue": issue, "status": status, "weight": weight} for issue, status, weight in self.parts]
        return {"score": self.score, "level": self.level, "parts": parts}


def weight_of(standing: Standing) -> int:
    """What one finding adds to the score."""
    if standing.status == COMPLIANT:
        return 0
    if standing.status == FALLBACK and standing.rung is not None:
        return standing.issue.rung(standing.rung).weight
    return standing.issue.walk_away.weight


def severity_of(standing: Standing) -> str:
    """none, low, medium or high: the risk written on the rung, or on the walk-away where no rung holds."""
    if standing.status == COMPLIANT:
        return "none"
    if standing.status == FALLBACK and standing.rung is not None:
        return standing.issue.rung(standing.rung).risk
    return standing.issue.walk_away.risk


def risk_of(
    standings: Sequence[Standing],
    thresholds: Mapping[str, int],
    *,
    unread: str = "",
    elsewhere: Sequence[Standing] = (),
) -> Risk:
    """The risk of all findings; one finding of high severity is never below medium in total.

    Terms that were not read (`unread`, with the issues left to them) count once, as the heaviest of those
    issues: what is unknown is never nothing.
    """
    parts = tuple((s.issue.code, s.status, weight_of(s)) for s in standings if weight_of(s))
    if elsewhere:
        parts = (*parts, (f"not read: {unread}", UNSURE, max(weight_of(s) for s in elsewhere)))
    score = sum(weight for _, _, weight in parts)
    level = "high" if score >= thresholds["high"] else "medium" if score >= thresholds["medium"] else "low"
    if level == "low" and any(severity_of(s) == "high" for s in (*standings, *elsewhere)):
        level = "medium"
    return Risk(score, level, parts)
