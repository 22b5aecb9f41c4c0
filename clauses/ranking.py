"""From margins to what is shown: the chance of a sentence, whether the contract has the clause, bands.

1. A sentence's chance rests on its margin, the margins of its neighbours, the best other margin in the
   contract, its rank and how many rank with it, the lengths of sentence and contract (one logistic function
   for each category, fitted on contracts the model had not seen), then on its margins for all other
   categories: a cap on liability makes its exceptions likelier.
2. Whether the contract has such a clause at all is judged from its best sentence, from all of them together
   and from the words the whole contract uses (a reseller agreement has a territory). If so, that sentence
   is shown, and every other one that is likely enough. The limit is half of the F1 that the chances
   themselves promise for the category, which is where F1 is best when chances are right (Lipton, Elkan and
   Naryanaswamy 2014): rare and disputed clauses are shown on less.
3. The score follows the chance, so that scores of different categories compare: from 0.5 for what is
   shown, below for the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log
from typing import Any

from clauses.model import CHECK, SURE, UNSURE

FLOOR = -1.0  # margins below it are never worth a candidate
AWAY = -2.0  # stands for a neighbour that is not there
FEW = -0.3  # margins above it are counted
LEAST_ODDS = -6.0  # log-odds by the first function below it are never worth a candidate


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate: the place of its sentence, its score and band, and the chance that it is one."""

    place: int
    score: float
    band: str
    chance: float


class Seen:
    """Margins of the sentences of one contract (in reading order, for all categories), their lengths, and the
    margins of the contract as a whole.
    """

    def __init__(
        self,
        margins: Iterable[Sequence[float]],
        lengths: Sequence[int],
        classes: Sequence[str],
        whole: Sequence[float] = (),
    ) -> None:
        self.margins = list(margins)
        self.lengths = lengths
        self.whole = whole or [0.0] * len(classes)
        self.column = {name: i for i, name in enumerate(classes)}
        self._others: dict[int, list[float]] = {}

    @cached_property
    def contract_size(self) -> float:
        return log(max(1, len(self.margins)) / 200)

    def others(self, place: int) -> list[float]:
        """The margins of a sentence for all categories, cut and moved so that most are 0."""
        if place not in self._others:
            self._others[place] = [min(max(m, -1.2), 1.0) + 1 for m in self.margins[place]]
        return self._others[place]

    def views(self, category: str) -> dict[int, list[float]]:
        """What the first function sees of each sentence above the floor."""
        column = [row[self.column[category]] for row in self.margins]
        order = sorted(range(len(column)), key=lambda i: (-column[i], i))
        many = log(1 + sum(m > FEW for m in column))
        found = {}
        for position, i in enumerate(order):
            margin = column[i]
            if margin <= FLOOR:
                break
            other = column[order[0]] if position else column[order[1]] if len(order) > 1 else AWAY
            size = log(min(max(self.lengths[i], 10), 2500) / 150)
            found[i] = [
                margin,
                _within(column[i - 1] if i else AWAY),
                _within(column[i + 1] if i + 1 < len(column) else AWAY),
                _within(other),
                log(1 + position),
                many,
                size,
                size * size,
                1.0 if self.lengths[i] < 40 else 0.0,
                self.contract_size,
                max(margin + 0.5, 0.0),
                max(margin, 0.0),
                1.0,
            ]
        return found


def chances(seen: Seen, settings: Mapping[str, Any], category: str) -> dict[int, float]:
    """The chance of every candidate sentence of a category."""
    weights = settings["sentence"][category]
    *others, scale, shift = settings["others"][category]
    found = {}
    for place, view in seen.views(category).items():
        odds = sum(a * b for a, b in zip(weights, view, strict=True))
        if odds > LEAST_ODDS:
            more = sum(a * b for a, b in zip(others, seen.others(place), strict=True))
            found[place] = logistic(more + odds * scale + shift)
    return found


def rank(seen: Seen, settings: Mapping[str, Any], category: str) -> list[Ranked]:
    """Candidates of one category among the sentences of one contract, in reading order."""
    found = chances(seen, settings, category)
    if not found:
        return []
    top = max(found, key=lambda i: (found[i], -i))
    limits = settings["shown"]
    has = there(seen, found, settings, category) >= limits["contract"][category]
    out = []
    for place in sorted(found):
        chance = found[place]
        shown = has and (place == top or chance >= limits["sentence"])
        if shown or chance >= limits["least"]:
            sure = settings["sure"].get(category)
            out.append(
                Ranked(
                    place, score(chance, shown, limits["middle"]), band(chance, shown, sure), round(chance, 4)
                )
            )
    return out


def there(seen: Seen, found: Mapping[int, float], settings: Mapping[str, Any], category: str) -> float:
    """The chance that the contract has such a clause at all, from the chances of its sentences."""
    column = seen.column[category]
    nothing = sum(log(1 - min(p, 0.999)) for p in found.values())
    view = [
        log_odds(max(found.values())),
        log_odds(1 - exp(nothing)),
        max(AWAY, *(row[column] for row in seen.margins)),
        seen.whole[column],
        1.0,
    ]
    return logistic(sum(a * b for a, b in zip(settings["contract"][category], view, strict=True)))


def score(chance: float, shown: bool, middle: float) -> float:
    """The chance stretched so that ``middle`` becomes 0.5; never on the wrong side of 0.5."""
    even = 0.5 + 0.5 * (chance - middle) / (1 - middle) if chance >= middle else 0.5 * chance / middle
    return round(max(even, 0.5) if shown else min(even, 0.499), 4)


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


def _within(margin: float) -> float:
    return min(max(margin, -1.5), 1.0)
