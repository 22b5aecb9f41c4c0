"""Conditions decided: yes, no or unknown.

Logic is Kleene's strong three-valued logic: *no* wins in an "and", *yes* wins in an "or", otherwise *unknown*
stays unknown, and an unknown condition never holds.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clauses.topics.calendar_dates import is_date
from clauses.topics.values import ABSENT, READ, UNKNOWN, Plain, Spec, Value
from playbooks.conditions import (
    BY_SIZE,
    All,
    AnyOf,
    Compare,
    Condition,
    Covers,
    IfThen,
    Not,
    Ref,
    RungAtLeast,
    parse_ref,
)
from playbooks.rates import ALL_RATES, Beside, all_hold, beside, is_one_rate, one_rate
from playbooks.rules import RateCard

YES, NO, MAYBE = "yes", "no", "unknown"
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


@dataclass(frozen=True)
class Facts:
    """Everything a condition may look at. `rung_holds(issue, rung)` answers for another issue, in three
    values; `elsewhere(ref)` reads another issue's value, a cover page or a definition."""

    values: Mapping[str, Value]
    specs: Mapping[str, Spec] = field(default_factory=dict)
    deal: Mapping[str, Plain] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rung_holds: Callable[[str, str], str] = lambda issue, rung: MAYBE
    elsewhere: Callable[[Ref], Value] = lambda ref: Value(UNKNOWN, why=f"{ref} is not read here")
    rates: Mapping[str, RateCard] = field(default_factory=dict)

    def get(self, ref: Ref) -> Value:
        if ref.source == "deal":
            return self._from_deal(ref)
        if ref.source == "list":
            return self._from_lists(ref)
        if ref.source == "rates":
            return Value(UNKNOWN, why="a rate card is compared row by row")
        if ref.source != "value":
            return self.elsewhere(ref)
        if is_one_rate(ref.name):
            return one_rate(self.values.get(ALL_RATES), ref.name)
        if ref.name.endswith(".money"):
            return cap_as_money(
                self.values, ref.name.removesuffix(".money"), self.get(Ref("deal", "annual_fees"))
            )
        return self.values.get(ref.name, Value(UNKNOWN, why=f"{ref.name} is not read here"))

    def beside(self, compare: Compare) -> tuple[Beside, ...]:
        """The rows of a rate comparison, each beside our card; none where it is no such comparison."""
        right = compare.right
        if not isinstance(right, Ref) or right.source != "rates":
            return ()
        return beside(self.get(compare.left).rates, self.rates.get(right.name, RateCard()), right.over)

    def _from_deal(self, ref: Ref) -> Value:
        known = self.deal.get(ref.name)
        if known is None:
            return Value(UNKNOWN, why=f"the deal does not say its {ref.name.replace('_', ' ')}")
        return Value(READ, known)

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


def cap_as_money(values: Mapping[str, Value], prefix: str, fees: Value) -> Value:
    """A cap as an amount: months or a multiple of the yearly fees, with a fixed amount by "greater" or
    "lesser".

    Unknown where the fees counted are not said, or the cap does not count for all claims together: the
    number alone is not the cap.
    """

    def number(name: str) -> Decimal | None:
        value = values.get(f"{prefix}.{name}")
        return value.value if value is not None and isinstance(value.value, Decimal) else None

    scope, base = values.get(f"{prefix}.scope"), values.get(f"{prefix}.base")
    if scope is not None and scope.value in {"per_claim", "per_order", "yearly"}:
        return Value(
            UNKNOWN, why=f"the limit counts {str(scope.value).replace('_', ' ')}, not for all claims together"
        )
    months, multiple, amount = number("months"), number("multiple"), number("amount")
    by_fees: Decimal | None = None
    if months is not None or multiple is not None:
        if not isinstance(fees.value, Decimal):
            return Value(UNKNOWN, why=fees.why)
        for told in (base, values.get(f"{prefix}.window")):
            if told is not None and told.state == UNKNOWN:
                return told
        by_fees = fees.value * (Decimal(1) if multiple is None else multiple)
        by_fees *= Decimal(1) if months is None else months / 12
    known = [item for item in (by_fees, amount) if item is not None]
    if not known:
        return Value(UNKNOWN, why="the cap could not be turned into an amount")
    combine = values.get(f"{prefix}.combine")
    return Value(READ, min(known) if combine and combine.value == "lesser" else max(known))


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
    if isinstance(compare.right, Ref) and compare.right.source == "rates":
        held = None if left.state == ABSENT else all_hold(facts.beside(compare))
        return NO if left.state == ABSENT else MAYBE if held is None else YES if held else NO
    right = facts.get(compare.right) if isinstance(compare.right, Ref) else Value(READ, compare.right)
    if right.state != READ:
        return MAYBE
    if is_date(left.value) and compare.op in BY_SIZE and not is_date(right.value):
        return MAYBE  # what it is compared with names no day
    if compare.left.is_wording and compare.op in {"has", "lacks"}:
        return _has_words(left, compare.op, right)
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
    a, b = left.value, right.value
    if is_date(a) and is_date(b):  # ISO dates stand in the order of their text
        return _in_order(str(a), op, str(b))
    return isinstance(a, Decimal) and isinstance(b, Decimal) and _in_order(a, op, b)


def _in_order(a: Any, op: str, b: Any) -> bool:
    return bool({"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op])


def _has_words(left: Value, op: str, right: Value) -> str:
    """Whether all of the phrases (none of them, for "lacks") stand in the text; case and spacing do not
    count."""
    text = " ".join(str(left.value or "").casefold().split())
    found = [
        re.search(rf"(?<!\w){re.escape(' '.join(item.casefold().split()))}(?!\w)", text) is not None
        for item in _members(right)
    ]
    return YES if (all(found) if op == "has" else not any(found)) else NO


def _members(value: Value) -> tuple[str, ...]:
    if value.value is None:
        return ()
    return value.value if isinstance(value.value, tuple) else (str(value.value),)


def _plain(text: str) -> Plain:
    return Decimal(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else text
