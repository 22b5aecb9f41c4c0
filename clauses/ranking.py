"""From margins to what is shown: the probability of a sentence, whether the contract has the clause, bands.

1. A sentence's probability rests on its margin, the better of its two neighbours' margins and the best
   other margin in the contract (one logistic function for each category, fitted on contracts the model had
   not seen).
2. Whether the contract has such a clause at all is judged from its best sentence. If so, that sentence is
   shown, and every other one that is likely enough.
3. The score is the mean of "shown" (1 or 0) and the probability: 0.5 and above is what the product shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Any

from clauses.model import CHECK, SURE, UNSURE

FLOOR = -1.15  # margins below it are never worth a candidate
_AWAY = -2.0  # stands for a neighbour that is not there


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate: the place of its sentence, its score and band."""

    place: int
    score: float
    band: str


def rank(margins: Sequence[float], settings: Mapping[str, Any], category: str) -> list[Ranked]:
    """Candidates of one category among the sentences of one contract, in reading order."""
    places = [i for i, m in enumerate(margins) if m > FLOOR]
    if not places:
        return []
    a, b, c, d = settings["sentence"][category]
    best, second = _two_best(margins, places)
    chances: dict[int, float] = {}
    for i in places:
        beside = max(margins[i - 1] if i else _AWAY, margins[i + 1] if i + 1 < len(margins) else _AWAY)
        other = margins[second] if i == best and second is not None else _AWAY if i == best else margins[best]
        chances[i] = logistic(a * margins[i] + b * _within(beside) + c * _within(other) + d)
    top = max(places, key=lambda i: (chances[i], -i))
    slope, shift = settings["contract"][category]
    has = logistic(slope * log_odds(chances[top]) + shift) >= settings["shown"]["contract"]
    out = []
    for i in places:
        p = chances[i]
        shown = has and (i == top or p >= settings["shown"]["sentence"])
        if shown or p >= settings["shown"]["least"]:
            out.append(Ranked(i, round((shown + p) / 2, 4), band(p, shown, settings["sure"].get(category))))
    return out


def band(chance: float, shown: bool, sure: float | None) -> str:
    """*sure* from the chance at which nine of ten were right; *check* what is shown; *unsure* the rest."""
    if not shown:
        return UNSURE
    return SURE if sure is not None and chance >= sure else CHECK


def logistic(x: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, x))))


def log_odds(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return log(p / (1 - p))


def _two_best(margins: Sequence[float], places: list[int]) -> tuple[int, int | None]:
    ordered = sorted(places, key=lambda i: (-margins[i], i))[:2]
    return ordered[0], ordered[1] if len(ordered) > 1 else None


def _within(margin: float) -> float:
    return min(max(margin, -1.5), 1.0)
