"""How issues ended over many contracts: the distribution of each value, and the ladder it suggests. Pure
functions over `playbooks.backtest.Stood`; no database.

The ladder is a frequency table read from our best end, with the threshold of association mining: a value
counts as a rung when its *support*, the share of contracts that hold it, reaches a minimum (Agrawal,
Imieliński and Swami, "Mining association rules between sets of items in large databases", SIGMOD 1993,
section 2).
Contracts keep to customary figures (30, 45, 60 days), so equal values are counted, not binned: a mean or a
bin would propose a figure that nobody ever agreed to.

1. Count equal values of the contracts in which the value was read.
2. Keep the values with enough support; of more than `MOST_RUNGS` those with the most.
3. Order them from our best to our worst. Each contract belongs to the best rung that admits its value; what
   is worse than the last kept value stands outside.
The preferred rung is thus the best result for us that enough deals really reached.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import ceil
from statistics import median_low
from typing import Any

from clauses.topics.values import Spec
from playbooks.backtest import Stood
from playbooks.conditions import BY_SIZE, Compare, leaves
from playbooks.everywhere import GENERAL, specs_of
from playbooks.rules import Issue

LEAST = 3
"""Fewer contracts than this support nothing."""
SHARE = Decimal("0.10")
"""And no less than this share of the contracts in which the value was read."""
MOST_RUNGS = 4


@dataclass(frozen=True)
class Ending:
    """How one contract ended on one issue; `item` is its place in the run."""

    item: int
    stood: Stood


@dataclass(frozen=True)
class Spread:
    """One value over all contracts. `rows` are (value, contracts): numbers ascending, words and members of
    sets by frequency. `silent` say nothing on it, `unread` could not be told. Numbers have low, median (the
    lower of two middle ones, so that it is a figure somebody agreed to) and high."""

    name: str
    kind: str
    says: str
    unit: str
    read: int
    silent: int
    unread: int
    rows: tuple[tuple[Any, int], ...]
    low: Decimal | None = None
    median: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Step:
    """One rung of a proposed ladder: the figure, how many contracts belong to it, out of how many."""

    value: Decimal
    support: int
    of: int


def spreads(issue: Issue, endings: Sequence[Ending]) -> tuple[Spread, ...]:
    """The distribution of every value of the issue's topic that any contract speaks on; the value that the
    ladder turns on comes first."""
    specs, main = specs_of(issue.topic), main_value(issue)
    names = sorted((name for name in specs if name not in GENERAL), key=lambda name: name != main)
    found = (spread(name, specs[name], endings) for name in names)
    return tuple(one for one in found if one.read)


def spread(name: str, spec: Spec, endings: Sequence[Ending]) -> Spread:
    """The distribution of one value."""
    read: list[Any] = []
    silent = unread = 0
    for ending in endings:
        value = ending.stood.values.get(name)
        if value is None or (isinstance(value, Mapping) and "absent" in value):
            silent += 1
        elif isinstance(value, Mapping) or (spec.kind == "number" and number(value) is None):
            unread += 1
        else:
            read.append(number(value) if spec.kind == "number" else value)
    figures = sorted(read) if spec.kind == "number" else []
    return Spread(
        name,
        spec.kind,
        spec.says,
        spec.unit,
        len(read),
        silent,
        unread,
        _rows(spec.kind, read),
        figures[0] if figures else None,
        median_low(figures) if figures else None,
        figures[-1] if figures else None,
    )


def _rows(kind: str, read: Sequence[Any]) -> tuple[tuple[Any, int], ...]:
    if kind == "set":
        counts: Counter[Any] = Counter(str(member) for value in read for member in set(value))
    else:
        counts = Counter(read)
    if kind == "number":
        return tuple(sorted(counts.items()))
    return tuple(sorted(counts.items(), key=lambda row: (-row[1], str(row[0]))))


def number(value: Any) -> Decimal | None:
    """A figure out of the stored form; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def main_value(issue: Issue) -> str:
    """The value the ladder turns on: the figure that most comparisons bound, or, where none is bounded, the
    value they most ask for; the first one met of several, "" for none."""
    asked = [
        leaf
        for rung in issue.rungs
        for leaf in leaves(rung.when)
        if isinstance(leaf, Compare)
        and leaf.left.source == "value"
        and leaf.left.name not in {"clause", "text"}
    ]
    bounded = [leaf for leaf in asked if leaf.op in BY_SIZE]
    counts = Counter(leaf.left.name for leaf in bounded or asked)
    return max(counts, key=lambda name: counts[name], default="")


def direction(issue: Issue, side: str) -> str:
    """ "higher" or "lower": which figure is better for us, as the issue says or as its comparisons show; ""
    where neither tells."""
    said = {"longer": "higher", "shorter": "lower"}.get(issue.direction(side), issue.direction(side))
    if said:
        return said
    main = main_value(issue)
    signs = {
        leaf.op[0]
        for rung in issue.rungs
        for leaf in leaves(rung.when)
        if isinstance(leaf, Compare) and leaf.left.name == main and leaf.op in BY_SIZE
    }
    return {"<": "lower", ">": "higher"}[signs.pop()] if len(signs) == 1 else ""


def enough(counted: int, *, least: int = LEAST, share: Decimal = SHARE) -> int:
    """How many contracts must hold a value before it counts, where it was read in `counted`."""
    return max(least, ceil(share * counted))


def ladder(
    values: Sequence[Decimal],
    better: str,
    *,
    least: int = LEAST,
    share: Decimal = SHARE,
    most: int = MOST_RUNGS,
) -> tuple[Step, ...]:
    """The rungs that these figures suggest, our best first (see the module's algorithm). Empty where no
    figure has enough support. Raises ValueError unless `better` is "higher" or "lower"."""
    if better not in {"higher", "lower"}:
        raise ValueError("say whether higher or lower is better")
    counts = Counter(values)
    needed = enough(len(values), least=least, share=share)
    kept = sorted((value for value, n in counts.items() if n >= needed), key=lambda v: (-counts[v], v))[:most]
    kept.sort(reverse=better == "higher")
    steps, before = [], 0
    for value in kept:
        admitted = sum(
            n for one, n in counts.items() if (one <= value if better == "lower" else one >= value)
        )
        steps.append(Step(value, admitted - before, len(values)))
        before = admitted
    return tuple(steps)


@dataclass(frozen=True)
class Rest:
    """What became of one rung: `ended` deals stand on it, `worse` ended below it, out of `told` that could be
    told. `state`: "" , "conceded" (every deal ended below it) or "dead" (passed over: some ended above it,
    none on it)."""

    rung: str
    ended: int
    worse: int
    told: int
    state: str


def rests(issue: Issue, endings: Sequence[Ending], *, least: int = LEAST) -> tuple[Rest, ...]:
    """For each rung how many deals ended on it and below it; nothing is called dead or conceded before
    `least` deals could be told."""
    places = [issue.position(one.stood.rung) for one in endings if one.stood.status != "unsure"]
    found = []
    for position, rung in enumerate(issue.rungs):
        ended, worse = places.count(position), sum(place > position for place in places)
        state = ""
        if len(places) >= least and not ended:
            state = "conceded" if worse == len(places) else "dead"
        found.append(Rest(rung.id, ended, worse, len(places), state))
    return tuple(found)
