"""Conditions of rungs: data, evaluated to yes, no or unknown, and explained in words. No code is ever run.

A condition compares read values (`years`), deal facts (`deal.annual_fees`), lists of the playbook
(`LIST.neutral_laws`) and other issues' rungs. Logic is Kleene's strong three-valued logic: *no* wins in an
"and", *yes* wins in an "or", otherwise *unknown* stays unknown, and an unknown condition never holds.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce

from clauses.topics.values import ABSENT, READ, UNKNOWN, Plain, Spec, Value

YES, NO, MAYBE = "yes", "no", "unknown"
NUMERIC = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
_OPPOSITE = {
    "=": "!=",
    "!=": "=",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "absent": "present",
    "has": "lacks",
}
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in", "has", "lacks", "only", "absent", "present")


@dataclass(frozen=True)
class Ref:
    """A value by name: source "value" (read from the text), "deal" or "list"; `index` picks from a list by
    a deal fact."""

    source: str
    name: str
    index: str = ""

    def __str__(self) -> str:
        prefix = {"value": "", "deal": "deal.", "list": "LIST."}[self.source]
        return f"{prefix}{self.name}" + (f"[{self.index}]" if self.index else "")


@dataclass(frozen=True)
class Compare:
    """`left op right`; `absent` and `present` take no right side."""

    left: Ref
    op: str
    right: Plain | Ref | None = None


@dataclass(frozen=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    part: "Condition"


@dataclass(frozen=True)
class IfThen:
    test: "Condition"
    then: "Condition"
    otherwise: "Condition | None" = None


@dataclass(frozen=True)
class Covers:
    """All members of `small` are in `large`."""

    large: Ref
    small: Ref


@dataclass(frozen=True)
class RungAtLeast:
    """Another issue of the playbook stands on this rung or a better one."""

    issue: str
    rung: str


Condition = Compare | All | AnyOf | Not | IfThen | Covers | RungAtLeast


@dataclass(frozen=True)
class Step:
    """One comparison as it was decided, in words: what was asked, what was found, and the verdict."""

    says: str
    found: str
    verdict: str
    path: str


@dataclass(frozen=True)
class Facts:
    """Everything a condition may look at. `rung_holds(issue, rung)` answers for another issue, in three
    values."""

    values: Mapping[str, Value]
    specs: Mapping[str, Spec] = field(default_factory=dict)
    deal: Mapping[str, Plain] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rung_holds: Callable[[str, str], str] = lambda issue, rung: MAYBE

    def get(self, ref: Ref) -> Value:
        if ref.source == "deal":
            known = self.deal.get(ref.name)
            return (
                Value(UNKNOWN, why=f"the deal does not say its {ref.name.replace('_', ' ')}")
                if known is None
                else Value(READ, known)
            )
        if ref.source == "list":
            return self._from_lists(ref)
        if ref.name.endswith(".money"):
            return self._money(ref.name.removesuffix(".money"))
        return self.values.get(ref.name, Value(UNKNOWN, why=f"{ref.name} is not read here"))

    def _from_lists(self, ref: Ref) -> Value:
        if not ref.index:
            return Value(READ, self.lists.get(ref.name, ()))
        key = self.get(parse_ref(ref.index))
        if key.state != READ:
            return key
        pairs = dict(item.split("=", 1) for item in self.lists.get(ref.name, ()) if "=" in item)
        chosen = pairs.get(str(key.value))
        return (
            Value(UNKNOWN, why=f"{ref.name} has no entry for {key.value}")
            if chosen is None
            else Value(READ, _plain(chosen))
        )

    def _money(self, prefix: str) -> Value:
        """A cap as an amount: months or a multiple of the yearly fees, with a fixed amount by "greater" or
        "lesser"."""
        months, multiple = self._number(f"{prefix}.months"), self._number(f"{prefix}.multiple")
        amount, fees = self._number(f"{prefix}.amount"), self.get(Ref("deal", "annual_fees"))
        by_fees: Decimal | None = None
        if months is not None or multiple is not None:
            if not isinstance(fees.value, Decimal):
                return Value(UNKNOWN, why=fees.why)
            by_fees = fees.value * (Decimal(1) if multiple is None else multiple)
            by_fees *= Decimal(1) if months is None else months / 12
        known = [item for item in (by_fees, amount) if item is not None]
        if not known:
            return Value(UNKNOWN, why="the cap could not be turned into an amount")
        combine = self.values.get(f"{prefix}.combine")
        return Value(READ, min(known) if combine and combine.value == "lesser" else max(known))

    def _number(self, name: str) -> Decimal | None:
        value = self.values.get(name)
        return value.value if value is not None and isinstance(value.value, Decimal) else None


def evaluate(condition: Condition, facts: Facts) -> str:
    """Yes, no or unknown."""
    match condition:
        case All(parts):
            return _and([evaluate(part, facts) for part in parts])
        case AnyOf(parts):
            return _not(_and([_not(evaluate(part, facts)) for part in parts]))
        case Not(part):
            return _not(evaluate(part, facts))
        case IfThen(test, then, otherwise):
            return _if_then(test, then, otherwise, facts)
        case Covers(large, small):
            return _covers(facts.get(large), facts.get(small))
        case RungAtLeast(issue, rung):
            return facts.rung_holds(issue, rung)
        case Compare():
            return _compare(condition, facts)


def steps(condition: Condition, facts: Facts) -> Iterator[Step]:
    """Every comparison of the condition, in order, with what was found and how it was decided."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from steps(part, facts)
        case Not(Compare(left) as part):
            yield Step(
                f"not ({describe(part, facts.specs)})",
                shown(facts.get(left)),
                evaluate(condition, facts),
                str(left),
            )
        case Not(part):
            yield from steps(part, facts)
        case IfThen(test, then, otherwise):
            yield from steps(test, facts)
            chosen = then if evaluate(test, facts) == YES else otherwise
            if chosen is not None:
                yield from steps(chosen, facts)
        case Compare(left):
            says, verdict = describe(condition, facts.specs), evaluate(condition, facts)
            yield Step(says, _found(condition, facts), verdict, str(left))
        case Covers(large, small):
            found = f"{shown(facts.get(large))} against {shown(facts.get(small))}"
            yield Step(describe(condition, facts.specs), found, evaluate(condition, facts), str(large))
        case RungAtLeast(issue, _):
            yield Step(describe(condition, facts.specs), "", evaluate(condition, facts), issue)


def _found(compare: Compare, facts: Facts) -> str:
    """What the left side is; where only the right side is unknown, why that is."""
    left = facts.get(compare.left)
    right = facts.get(compare.right) if isinstance(compare.right, Ref) else None
    return (
        shown(right) if right is not None and right.state == UNKNOWN and left.state == READ else shown(left)
    )


def leaves(condition: Condition) -> Iterator[Compare | Covers | RungAtLeast]:
    """The comparisons a condition is made of."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case IfThen(test, then, otherwise):
            for part in (test, then, *([otherwise] if otherwise else [])):
                yield from leaves(part)
        case _:
            yield condition


def ways_to_hold(condition: Condition, facts: Facts) -> list[tuple[Compare | Covers, ...]]:
    """The sets of comparisons that must turn to yes for the condition to hold, one set for each
    alternative."""
    if evaluate(condition, facts) == YES:
        return [()]
    match condition:
        case All(parts):
            joined: list[tuple[Compare | Covers, ...]] = [()]
            for part in parts:
                joined = [a + b for a in joined for b in ways_to_hold(part, facts)][:16]
            return joined
        case AnyOf(parts):
            return [way for part in parts for way in ways_to_hold(part, facts)][:16]
        case IfThen(test, then, otherwise):
            chosen = then if evaluate(test, facts) == YES else otherwise
            return ways_to_hold(chosen, facts) if chosen is not None else []
        case Not(Compare(left, op, right)) if op in _OPPOSITE:
            return [(Compare(left, _OPPOSITE[op], right),)]
        case Compare() | Covers():
            return [(condition,)]
        case _:
            return []


def _and(verdicts: Sequence[str]) -> str:
    if NO in verdicts:
        return NO
    return MAYBE if MAYBE in verdicts else YES


def _not(verdict: str) -> str:
    return {YES: NO, NO: YES, MAYBE: MAYBE}[verdict]


def _if_then(test: Condition, then: Condition, otherwise: Condition | None, facts: Facts) -> str:
    verdict = evaluate(test, facts)
    if verdict == YES:
        return evaluate(then, facts)
    if verdict == NO:
        return YES if otherwise is None else evaluate(otherwise, facts)
    both = {evaluate(then, facts), YES if otherwise is None else evaluate(otherwise, facts)}
    return both.pop() if len(both) == 1 else MAYBE


def _covers(large: Value, small: Value) -> str:
    if UNKNOWN in {large.state, small.state}:
        return MAYBE
    return YES if set(_members(small)) <= set(_members(large)) else NO


def _compare(compare: Compare, facts: Facts) -> str:
    left = facts.get(compare.left)
    if left.state == UNKNOWN:
        return MAYBE
    if compare.op in {"absent", "present"}:
        return YES if (left.state == ABSENT) == (compare.op == "absent") else NO
    right = facts.get(compare.right) if isinstance(compare.right, Ref) else Value(READ, compare.right)
    if right.state != READ:
        return MAYBE
    return YES if _holds(left, compare.op, right) else NO


def _holds(left: Value, op: str, right: Value) -> bool:
    if op in {"has", "lacks", "only"}:
        mine, theirs = set(_members(left)), set(_members(right))
        return {"has": theirs <= mine, "lacks": not (theirs & mine), "only": mine <= theirs}[op]
    if left.state == ABSENT:
        return op == "!="  # silence is different from every value, and neither more nor less than any
    if op == "in":
        return str(left.value) in {str(item) for item in _members(right)}
    if op in {"=", "!="}:
        return (left.value == right.value) == (op == "=")
    if not isinstance(left.value, Decimal) or not isinstance(right.value, Decimal):
        return False
    a, b = left.value, right.value
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]


def _members(value: Value) -> tuple[str, ...]:
    if value.value is None:
        return ()
    return value.value if isinstance(value.value, tuple) else (str(value.value),)


def describe(condition: Condition, specs: Mapping[str, Spec]) -> str:
    """The condition as a sentence fragment a lawyer reads."""
    match condition:
        case All(parts):
            return " and ".join(_wrapped(part, specs, AnyOf) for part in parts)
        case AnyOf(parts):
            return " or ".join(_wrapped(part, specs, All) for part in parts)
        case Not(part):
            return f"not ({describe(part, specs)})"
        case IfThen(test, then, otherwise):
            rest = f", otherwise {describe(otherwise, specs)}" if otherwise else ""
            return f"if {describe(test, specs)}, then {describe(then, specs)}{rest}"
        case Covers(large, small):
            return f"{_name(large, specs)} covers every {_name(small, specs)}"
        case RungAtLeast(issue, rung):
            return f"the issue {issue.replace('_', ' ')} stands at {rung} or better"
        case Compare(left, op, right):
            return _describe_compare(left, op, right, specs)


def _wrapped(part: Condition, specs: Mapping[str, Spec], kind: type) -> str:
    text = describe(part, specs)
    return f"({text})" if isinstance(part, kind) else text


def _describe_compare(left: Ref, op: str, right: Plain | Ref | None, specs: Mapping[str, Spec]) -> str:
    name = _name(left, specs)
    if op == "absent":
        return "no such clause" if left.name == "clause" else f"nothing on {name}"
    if op == "present":
        return "the clause is there" if left.name == "clause" else f"{name} is stated"
    unit = specs[left.name].unit if left.source == "value" and left.name in specs else ""
    operand = (
        f"the list {str(right).removeprefix('LIST.').replace('_', ' ')}"
        if isinstance(right, Ref) and right.source == "list"
        else _operand(right, unit)
    )
    phrase = {
        "=": "is",
        "!=": "is not",
        "in": "is one of",
        "has": "includes",
        "lacks": "does not include",
        "only": "is nothing beyond",
        **NUMERIC,
    }[op]
    return f"{name} {phrase} {operand}"


def _operand(right: Plain | Ref | None, unit: str) -> str:
    if isinstance(right, Ref):
        return (
            f"the deal’s {right.name.replace('_', ' ')}"
            if right.source == "deal"
            else str(right).replace("_", " ")
        )
    return shown(Value(READ, right), unit)


def _name(ref: Ref, specs: Mapping[str, Spec]) -> str:
    if ref.source == "value" and ref.name in specs:
        return specs[ref.name].says
    return (
        f"the deal’s {ref.name.replace('_', ' ')}"
        if ref.source == "deal"
        else ref.name.replace("_", " ").replace(".", " ")
    )


def shown(value: Value, unit: str = "") -> str:
    """A value as people read it."""
    if value.state == ABSENT:
        return "nothing"
    if value.state == UNKNOWN or value.value is None:
        return f"could not tell: {value.why}" if value.why else "could not tell"
    if isinstance(value.value, tuple):
        return ", ".join(item.replace("_", " ") for item in value.value) or "nothing"
    if isinstance(value.value, Decimal):
        return _with_unit(value.value, unit)
    return value.value.replace("_", " ")


def _with_unit(amount: Decimal, unit: str) -> str:
    text = f"{amount:,f}"
    if unit == "percent":
        return f"{text} %"
    if unit == "times":
        return f"{text}×"
    if not unit or unit == "money":
        return text
    return f"{text} {unit.replace('_', ' ')}" + ("" if amount == 1 else "s")


def parse_ref(text: str) -> Ref:
    """`years`, `deal.law`, `LIST.neutral_laws` or `LIST.min[deal.law]`."""
    name, _, index = text.removesuffix("]").partition("[")
    if name.startswith("deal."):
        return Ref("deal", name.removeprefix("deal."), index)
    if name.startswith("LIST."):
        return Ref("list", name.removeprefix("LIST."), index)
    return Ref("value", name, index)


def _plain(text: str) -> Plain:
    return Decimal(text) if text.replace(".", "", 1).isdigit() else text


def all_of(*parts: Condition) -> Condition:
    """One condition from several; a single part stays itself."""
    return parts[0] if len(parts) == 1 else reduce(lambda a, b: All((*a.parts, b)), parts, All(()))
