"""Ladders that cannot work: conditions that contradict themselves, rungs that nothing reaches, numbers the
wrong way.

1. Each value a ladder asks for gets a small domain: silence, every literal, and the points between and
beyond them.
2. A condition becomes a list of boxes (for each value the points that are allowed), one box for each
alternative.
3. No box left: the condition contradicts itself. All boxes covered by the rungs above: the rung is never
reached, because the best rung that holds is where a text stands.

The points are exact for what a ladder can tell apart; where a ladder is too large to decide, nothing is said.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise, product

from clauses.topics.calendar_dates import is_date
from clauses.topics.values import ABSENT, READ, Plain, Spec, Value
from playbooks.condition_text import write
from playbooks.conditions import (
    All,
    AnyOf,
    Compare,
    Condition,
    Covers,
    IfThen,
    Not,
    Ref,
    RungAtLeast,
    leaves,
)
from playbooks.evaluation import YES, Facts, evaluate
from playbooks.everywhere import specs_of
from playbooks.fields import Notes
from playbooks.rules import Issue, Playbook, Rung

Box = Mapping[str, frozenset[int]]
MOST_BOXES = 400
_UP, _DOWN = {"higher", "longer", "more"}, {"lower", "shorter", "less"}


class TooLarge(Exception):
    """The ladder has too many alternatives to be decided."""


def check_ladder(playbook: Playbook, issue: Issue, path: str, notes: Notes) -> None:
    """Names rungs that can never hold, rungs that can never be reached, and numbers against the direction."""
    space = _Space(playbook, issue)
    above: list[Box] = []
    names: list[str] = []
    try:
        for n, rung in enumerate(issue.rungs):
            boxes = space.of_rung(rung)
            if not boxes:
                notes.add(
                    f"{path}.rungs[{n}].when", f"can never hold, it contradicts itself: {write(rung.when)}"
                )
            elif above and not _left(boxes, above, space):
                better = ", ".join(names)
                notes.add(
                    f"{path}.rungs[{n}].when",
                    f"can never be reached: every text that meets it stands on a better rung ({better})",
                )
            above += boxes
            names.append(rung.id)
    except TooLarge:
        pass
    _check_direction(issue, issue.direction(playbook.side), path, notes)


def _check_direction(issue: Issue, direction: str, path: str, notes: Notes) -> None:
    """Down a ladder where higher is better no rung may ask for more than the rung above it."""
    ops = {">", ">="} if direction in _UP else {"<", "<="} if direction in _DOWN else set()
    for n, (upper, lower) in enumerate(pairwise(issue.rungs), start=1):
        asked = _bounds(upper, ops)
        for name, bound in _bounds(lower, ops).items():
            if name in asked and (bound > asked[name] if direction in _UP else bound < asked[name]):
                notes.add(
                    f"{path}.rungs[{n}].when",
                    f"asks for more on “{name}” ({bound}) than {upper.id} above it ({asked[name]}); "
                    f"{direction} is better here",
                )


def _bounds(rung: Rung, ops: set[str]) -> dict[str, Decimal]:
    parts = rung.when.parts if isinstance(rung.when, All) else (rung.when,)
    return {
        str(p.left): p.right
        for p in parts
        if isinstance(p, Compare) and p.op in ops and isinstance(p.right, Decimal)
    }


def _left(boxes: Sequence[Box], above: Sequence[Box], space: "_Space") -> list[Box]:
    """What of the boxes no box above covers."""
    rest = list(boxes)
    for better in above:
        rest = [piece for box in rest for piece in _without(box, better, space)]
        if len(rest) > MOST_BOXES:
            raise TooLarge
    return rest


def _without(box: Box, other: Box, space: "_Space") -> Iterator[Box]:
    if any(key in box and not box[key] & allowed for key, allowed in other.items()):
        yield box
        return
    inside = dict(box)
    for key, allowed in other.items():
        mine = inside.get(key, space.every(key))
        if mine - allowed:
            yield {**inside, key: mine - allowed}
        inside[key] = mine & allowed


class _Space:
    """The points of every value of one ladder, and conditions as boxes over them."""

    def __init__(self, playbook: Playbook, issue: Issue) -> None:
        self.lists = playbook.lists
        self.specs = specs_of(issue.topic)
        asked: dict[str, list[Compare]] = {}
        for rung in issue.rungs:
            for leaf in leaves(rung.when):
                if isinstance(leaf, Compare) and (known := self._constant(leaf)) is not None:
                    asked.setdefault(str(known.left), []).append(known)
        self.points = {name: self._points(name, found) for name, found in asked.items()}

    def every(self, name: str) -> frozenset[int]:
        """All points of a value; yes and no for what can only be told in a deal."""
        return frozenset(range(len(self.points[name]))) if name in self.points else frozenset({0, 1})

    def of_rung(self, rung: Rung) -> list[Box]:
        boxes = self._boxes(rung.when, wanted=True)
        if rung.needs_trade:
            boxes = [{**box, f"trade {rung.needs_trade}": frozenset({1})} for box in boxes]
        return boxes

    def _constant(self, leaf: Compare) -> Compare | None:
        """The comparison with a list of the playbook put in; None where the right side is known in a deal
        only."""
        if leaf.left.is_wording or leaf.left.index:
            return None
        if not isinstance(leaf.right, Ref):
            return leaf
        if leaf.right.source == "rates":  # told by how far above the card each rate may be
            return Compare(Ref("value", f"{leaf.left} beside {leaf.right.name}"), leaf.op, leaf.right.over)
        if leaf.right.source == "list" and not leaf.right.index:
            return Compare(leaf.left, leaf.op, self.lists.get(leaf.right.name, ()))
        return None

    def _points(self, name: str, asked: Sequence[Compare]) -> tuple[Value, ...]:
        literals = [item for leaf in asked for item in _items(leaf.right)]
        spec = self.specs.get(name, Spec("", name))
        if any(isinstance(item, Decimal) for item in literals):
            numbers = sorted({item for item in literals if isinstance(item, Decimal)})
            between = [(a + b) / 2 for a, b in pairwise(numbers)]
            known: list[Plain] = [numbers[0] - 1, *numbers, *between, numbers[-1] + 1]
        elif spec.kind == "date":
            known = list(_days([str(item) for item in literals if is_date(item)]))
        elif spec.kind == "set" or any(leaf.op in {"has", "lacks", "only"} for leaf in asked):
            known = list(_sets(asked))
        else:
            words = dict.fromkeys([*map(str, literals), *spec.allowed])
            known = [*words, *([] if spec.allowed else ["(something else)"])]
        return (Value(ABSENT), *(Value(READ, point) for point in known))

    def _boxes(self, condition: Condition, *, wanted: bool) -> list[Box]:
        match condition:
            case All(parts):
                return self._all(parts, wanted=True) if wanted else self._any(parts, wanted=False)
            case AnyOf(parts):
                return self._any(parts, wanted=True) if wanted else self._all(parts, wanted=False)
            case Not(part):
                return self._boxes(part, wanted=not wanted)
            case IfThen(test, then, otherwise):
                rest = [] if otherwise is None else [otherwise]
                yes = self._joined(self._boxes(test, wanted=True), self._boxes(then, wanted=wanted))
                no = self._boxes(test, wanted=False)
                if rest:
                    no = self._joined(no, self._boxes(rest[0], wanted=wanted))
                return yes + (no if wanted or rest else [])
            case Compare() | Covers() | RungAtLeast():
                return self._atom(condition, wanted=wanted)

    def _atom(self, leaf: Compare | Covers | RungAtLeast, *, wanted: bool) -> list[Box]:
        known = self._constant(leaf) if isinstance(leaf, Compare) else None
        if known is None:
            return [{write(leaf): frozenset({1 if wanted else 0})}]
        name = str(known.left)
        points = self.points[name]
        asked = Compare(Ref("value", "x"), known.op, known.right)
        holds = frozenset(n for n, point in enumerate(points) if evaluate(asked, Facts({"x": point})) == YES)
        allowed = holds if wanted else frozenset(range(len(points))) - holds
        return [{name: allowed}] if allowed else []

    def _any(self, parts: Sequence[Condition], *, wanted: bool) -> list[Box]:
        return _few([box for part in parts for box in self._boxes(part, wanted=wanted)])

    def _all(self, parts: Sequence[Condition], *, wanted: bool) -> list[Box]:
        boxes: list[Box] = [{}]
        for part in parts:
            boxes = self._joined(boxes, self._boxes(part, wanted=wanted))
        return boxes

    def _joined(self, left: Sequence[Box], right: Sequence[Box]) -> list[Box]:
        found: list[Box] = []
        for a, b in product(left, right):
            box = {**a, **{key: allowed & a.get(key, allowed) for key, allowed in b.items()}}
            if all(box.values()):
                found.append(box)
        return _few(found)


def _few(boxes: list[Box]) -> list[Box]:
    if len(boxes) > MOST_BOXES:
        raise TooLarge
    return boxes


def _items(right: Plain | Ref | None) -> tuple[Plain, ...]:
    if right is None or isinstance(right, Ref):
        return ()
    return right if isinstance(right, tuple) else (right,)


def _days(literals: Sequence[str]) -> Iterator[str]:
    """The days named, and one between, before and behind them."""
    named = sorted({datetime.date.fromisoformat(item) for item in literals})
    day = datetime.timedelta(days=1)
    if named:
        known = {*named, named[0] - day, named[-1] + day, *(a + day for a, _ in pairwise(named))}
        yield from (one.isoformat() for one in sorted(known))


def _sets(asked: Sequence[Compare]) -> Iterator[tuple[str, ...]]:
    """Sets that tell the comparisons apart: of each group of words that always stand together none, one or
    all."""
    uses = [frozenset(map(str, _items(leaf.right))) for leaf in asked]
    groups: dict[tuple[bool, ...], list[str]] = {}
    for item in sorted(set().union(*uses)):
        groups.setdefault(tuple(item in use for use in uses), []).append(item)
    states = [[(), (group[0],), *([tuple(group)] if len(group) > 1 else [])] for group in groups.values()]
    if len(states) > 5:
        raise TooLarge
    for chosen in product(*states, [(), ("(something else)",)]):
        yield tuple(sorted(word for part in chosen for word in part))
