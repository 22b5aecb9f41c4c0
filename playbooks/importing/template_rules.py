"""What a template says on a topic as the condition of a preferred rung.

1. The shipped ladders for our side tell which values of the topic count and which way. Each comparison of
   theirs is taken with what our template says in its place: its number, its place, its members.
2. A comparison is kept only when it holds at every place where the template speaks on the topic; of a ladder
   the best rung that it meets is taken, so that text better for us than the template passes too.
3. Without a ladder for our side those of any side tell what counts, and not which way; where ladders for our
   side differ, neither do they. The rule then asks for exactly what the template says, and a person is told
   to look.
4. What else the template says is asked for in the direction that is ours, or named (see `template_more`).
5. A template that meets nothing of all that gives no comparison: the rule asks for the clause, and what the
   template says is offered beside it. To ask for exactly that would call better text worse.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from clauses.topics.values import ABSENT, READ, UNKNOWN, Plain
from playbooks.conditions import BY_SIZE, All, AnyOf, Compare, Condition, Covers, Not, Ref, leaves
from playbooks.evaluation import YES, Facts, evaluate
from playbooks.everywhere import specs_of
from playbooks.importing.template_more import NEVER, Way, more_parts, way_of
from playbooks.library import shipped, shipped_names
from playbooks.rules import Issue

CARD = "template"
"""The rate card that holds a template's own rates."""
_FAMILIES = (
    frozenset({"customer", "buyer", "client", "licensee"}),
    frozenset({"provider", "supplier", "licensor"}),
)
"""Sides whose interests run alike: a ladder for one guides the other where it has none of its own."""


@dataclass(frozen=True)
class Rule:
    """A template's reading as comparisons that all hold in it; none: only that the clause is there.

    `guided` is whether our side has a ladder, `untold` names the values that count and could not be read,
    with why.
    """

    parts: tuple[Condition, ...]
    guided: bool = True
    untold: tuple[tuple[str, str], ...] = ()

    @property
    def only_forbids(self) -> bool:
        """Whether it only says what must not stand there."""
        return bool(self.parts) and all(
            isinstance(part, Not)
            or (
                isinstance(part, Compare)
                and part.op in {"lacks", "!=", "absent"}
                and part.left.name != "clause"
            )
            for part in self.parts
        )

    @property
    def condition(self) -> Condition:
        if not self.parts:
            return Compare(Ref("value", "clause"), "present")
        return self.parts[0] if len(self.parts) == 1 else All(self.parts)


def rule_for(topic: str, *, side: str, contract_type: str, facts: Sequence[Facts]) -> Rule:
    """The rule of a template that speaks on the topic at these places, for our side."""
    if all(one.get(Ref("value", "clause")).state == ABSENT for one in facts):
        return Rule((Compare(Ref("value", "clause"), "absent"),))
    ladders = guides(topic, side, contract_type)
    reading = _Guided(ladders or any_side(topic), facts, of_any_side=not ladders)
    for name in specs_of(topic):
        if (way := way_of(topic, name, side)) is not None and way.sign in {">", "<"}:
            reading.ways.setdefault(name, {way.sign})
    parts = reading.parts()
    asked = {name for part in parts for name in names_in(part)}
    ways = {name: Way(min(signs)) for name, signs in reading.ways.items() if len(signs) == 1}
    parts += more_parts(topic, side=side, asked=asked, facts=facts, ways=ways)
    return Rule(tuple(parts), bool(ladders), tuple(reading.untold()))


def read_besides(topic: str, rule: Rule, facts: Sequence[Facts]) -> tuple[Compare, ...]:
    """What else the template says on the topic, exactly: for a person to choose from."""
    asked = {name for part in rule.parts for name in names_in(part)}
    found = []
    for name, spec in specs_of(topic).items():
        is_plain = spec.kind in {"number", "word", "set"} and name not in asked | NEVER
        values = values_of(facts, name) if is_plain else []
        if values and len(values) == len(facts) and all(value == values[0] for value in values):
            found.append(
                Compare(Ref("value", name), "has" if isinstance(values[0], tuple) else "=", values[0])
            )
    return tuple(part for part in found if part.right != ())


@cache
def guides(topic: str, side: str, contract_type: str) -> tuple[Issue, ...]:
    """The shipped ladders that speak for our side on a topic: those for this kind of contract, else any."""
    everything = [shipped(name) for name in shipped_names()]
    family = next((known for known in _FAMILIES if side in known), frozenset({side}))
    for sides in ({side}, family):
        mine = [book for book in everything if book.side in sides]
        for books in ([book for book in mine if book.contract_type == contract_type], mine):
            found = [issue for book in books for issue in book.issues if issue.topic == topic]
            if found:
                return tuple(found)
    return ()


def weighed(topic: str, *, side: str, contract_type: str) -> tuple[str, str]:
    """The category of a topic and the risk below the last rung, as the nearest shipped ladder has them."""
    ladders = guides(topic, side, contract_type) or any_side(topic)
    return (ladders[0].category, ladders[0].walk_away.risk) if ladders else ("", "medium")


def any_side(topic: str) -> tuple[Issue, ...]:
    """The shipped ladders on a topic, whosever they are."""
    books = [shipped(name) for name in shipped_names()]
    return tuple(issue for book in books for issue in book.issues if issue.topic == topic)


def is_fine_without(topic: str, *, side: str, contract_type: str) -> bool:
    """Whether silence on the topic is the best position of our side, by every ladder that speaks for it."""
    ladders = guides(topic, side, contract_type)
    return bool(ladders) and all(issue.missing.stands == issue.rungs[0].id for issue in ladders)


class _Guided:
    """The comparisons of ladders with what the template says in the place of what they ask for."""

    def __init__(self, ladders: Sequence[Issue], facts: Sequence[Facts], *, of_any_side: bool) -> None:
        self.ladders, self.facts, self.of_any_side = ladders, facts, of_any_side
        self.ways: dict[str, set[str]] = {}
        self.lists: dict[str, set[str]] = {}
        for leaf in self._leaves():
            if leaf.op in BY_SIZE and not of_any_side:  # ladders of others do not tell which way is ours
                self.ways.setdefault(leaf.left.name, set()).add(leaf.op[0])
            if isinstance(leaf.right, Ref) and leaf.right.source == "list":
                said = [str(value) for value in self._values(leaf.left.name)]
                self.lists.setdefault(leaf.right.name, set()).update(said)

    def _leaves(self) -> Iterator[Compare]:
        for issue in self.ladders:
            for rung in issue.rungs:
                for leaf in leaves(rung.when):
                    if isinstance(leaf, Compare) and leaf.left.source == "value":
                        yield leaf

    def untold(self) -> Iterator[tuple[str, str]]:
        """The values that count and could not be read, each with the first reason why."""
        for name in dict.fromkeys(leaf.left.name for leaf in self._leaves()):
            read = [one.values[name] for one in self.facts if name in one.values]
            why = next((value.why for value in read if value.state == UNKNOWN), None)
            if why is not None and name not in NEVER:
                yield name, why

    def parts(self) -> list[Condition]:
        found: list[Condition] = []
        settled: set[str] = set()
        for issue in self.ladders:
            for place, rung in enumerate(issue.rungs):
                for asked in rung.when.parts if isinstance(rung.when, All) else (rung.when,):
                    names = names_in(asked)
                    if names & (settled | NEVER):
                        continue
                    said = self._said(asked, issue, place)
                    if said is None or (self.of_any_side and _is_silence(said)):
                        continue  # what one side wants left open another wants said
                    if self._holds(said):
                        found.append(said)
                        settled |= names
        return found

    def _said(self, asked: Condition, issue: Issue, place: int) -> Condition | None:
        """The comparison as our template would ask it; None where it has nothing to say in its place."""
        match asked:
            case AnyOf(parts):
                return self._either(parts, issue, place)
            case All(parts):
                every = [self._said(part, issue, place) for part in parts]
                return None if None in every else All(tuple(part for part in every if part is not None))
            case Not(part):
                return asked if _is_plain(part) else None
            case Covers(large, small):
                return asked if {large.source, small.source} == {"value"} else None
            case Compare(left) if left.source == "value" and not left.name.endswith(".money"):
                return self._compared(asked, issue, place)
        return None

    def _either(self, parts: Sequence[Condition], issue: Issue, place: int) -> Condition | None:
        """The alternatives that the template meets, with its figures; others stay if they have no figures."""
        kept: list[Condition] = []
        for part in parts:
            said = self._said(part, issue, place)
            if said is not None and self._holds(said):
                kept.append(said)
            elif _is_plain(part):
                kept.append(part)
        if len(kept) < len(parts) and all(_is_silence(part) for part in kept):
            return None  # what the template leaves open is not forbidden by it
        kept = list(dict.fromkeys(kept))
        return AnyOf(tuple(kept)) if len(kept) > 1 else kept[0]

    def _holds(self, condition: Condition) -> bool:
        return all(evaluate(condition, one) == YES for one in self.facts)

    def _compared(self, asked: Compare, issue: Issue, place: int) -> Compare | None:
        left, right = asked.left, asked.right
        if isinstance(right, Ref) and right.source == "list":
            words = tuple(sorted(self.lists.get(right.name, ())))
            return Compare(left, "in", words) if words and asked.op == "in" and not right.index else None
        if isinstance(right, Ref) and right.source == "value":
            return asked
        if isinstance(right, Ref) and right.source == "rates":
            return Compare(left, asked.op, Ref("rates", CARD)) if not self.of_any_side else None
        if asked.op in BY_SIZE or (asked.op == "=" and isinstance(right, Decimal)):
            return self._number(asked)
        if isinstance(right, Ref):
            return None
        if asked.op in {"has", "only"} and not left.is_wording:
            return self._members(asked, issue, place)
        return asked

    def _number(self, asked: Compare) -> Compare | None:
        numbers = [value for value in self._values(asked.left.name) if isinstance(value, Decimal)]
        if len(numbers) < len(self.facts):
            return None
        ways = self.ways.get(asked.left.name, set())
        if len(ways) != 1:
            return Compare(asked.left, "=", numbers[0]) if len(set(numbers)) == 1 else None
        at_least = ways == {">"}
        return Compare(asked.left, ">=" if at_least else "<=", min(numbers) if at_least else max(numbers))

    def _members(self, asked: Compare, issue: Issue, place: int) -> Compare | None:
        """The members that stand in the template, without those that only a lower rung names."""
        every = [set(value) for value in self._values(asked.left.name) if isinstance(value, tuple)]
        if len(every) < len(self.facts) or not isinstance(asked.right, tuple):
            return None
        if asked.op == "only":
            return Compare(asked.left, "only", tuple(sorted(set().union(*every))) or asked.right)
        lesser = {
            member
            for rung in issue.rungs[place + 1 :]
            for leaf in leaves(rung.when)
            if isinstance(leaf, Compare) and (leaf.left, leaf.op) == (asked.left, "has")
            for member in (leaf.right if isinstance(leaf.right, tuple) else ())
        } - set(asked.right)
        ours = set.intersection(*every) - lesser
        return Compare(asked.left, "has", tuple(sorted(ours))) if ours else None

    def _values(self, name: str) -> list[Plain]:
        return values_of(self.facts, name)


def values_of(facts: Sequence[Facts], name: str) -> list[Plain]:
    """What was read on a value, at each place where it was."""
    read = [one.get(Ref("value", name)) for one in facts]
    return [value.value for value in read if value.state == READ and value.value is not None]


def names_in(condition: Condition) -> set[str]:
    """The values of the topic that a condition asks for."""
    found: set[str] = set()
    for leaf in leaves(condition):
        match leaf:
            case Compare(left):
                found.add(left.name)
            case Covers(large, small):
                found |= {large.name, small.name}
    return found


def _is_plain(condition: Condition) -> bool:
    """Whether it asks for words only, of this clause alone."""
    return all(
        isinstance(leaf, Compare)
        and leaf.left.source == "value"
        and leaf.op not in BY_SIZE
        and not isinstance(leaf.right, Ref | Decimal)
        for leaf in leaves(condition)
    )


def _is_silence(condition: Condition) -> bool:
    return isinstance(condition, Compare) and condition.op == "absent"


def exact_numbers(rule: Rule) -> Iterator[Compare]:
    """The comparisons of a rule that ask for exactly one number, as nothing told which way is better."""
    for part in rule.parts:
        for leaf in leaves(part):
            if isinstance(leaf, Compare) and leaf.op == "=" and isinstance(leaf.right, Decimal):
                yield leaf


def turned(condition: Condition, leaf: Compare, op: str) -> Condition:
    """The condition with another comparison in the place of this one."""
    match condition:
        case AnyOf(parts):
            return AnyOf(tuple(turned(part, leaf, op) for part in parts))
        case All(parts):
            return All(tuple(turned(part, leaf, op) for part in parts))
        case _:
            return replace(leaf, op=op) if condition is leaf else condition
