"""Conditions, values and decisions in words that a lawyer reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clauses.topics.calendar_dates import date_said, is_date
from clauses.topics.values import ABSENT, READ, UNKNOWN, Plain, Spec, Value
from playbooks.conditions import All, AnyOf, Compare, Condition, Covers, IfThen, Not, Ref, RungAtLeast
from playbooks.evaluation import YES, Facts, evaluate
from playbooks.rates import found_words, is_one_rate, one_rate_words

BY_DAY = {
    "<": "before", "<=": "no later than", ">": "after", ">=": "no earlier than", "=": "is", "!=": "is not",
    "in": "is one of",
}  # fmt: skip
NUMERIC = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}


@dataclass(frozen=True)
class Step:
    """One comparison as it was decided, in words: what was asked, what was found, and the verdict."""

    says: str
    found: str
    verdict: str
    path: str


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
    if left.state == READ and isinstance(compare.right, Ref) and compare.right.source == "rates":
        return found_words(facts.beside(compare))
    right = facts.get(compare.right) if isinstance(compare.right, Ref) else None
    return (
        shown(right) if right is not None and right.state == UNKNOWN and left.state == READ else shown(left)
    )


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
    if left.is_wording and op in {"has", "lacks"} and isinstance(right, tuple):
        quoted = ", ".join(f"“{item}”" for item in right)
        return (
            f"{name} {'say' if left.name == 'text' else 'says'} {quoted}"
            if op == "has"
            else f"{name} without {quoted}"
        )
    operand = (
        f"the list {str(right).removeprefix('LIST.').replace('_', ' ')}"
        if isinstance(right, Ref) and right.source == "list"
        else _operand(right, unit)
    )
    if is_date(right):
        return f"{name} {BY_DAY[op]} {operand}"
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
    if isinstance(right, Ref) and right.source == "rates":
        more = f" and {right.over:f} % more" if right.over else ""
        return f"the price on our rate card “{right.name.replace('_', ' ')}”{more}"
    if isinstance(right, Ref):
        return _name(right, {}) if right.source != "list" else str(right).replace("_", " ")
    return shown(Value(READ, right), unit)


def _name(ref: Ref, specs: Mapping[str, Spec]) -> str:
    if ref.source == "value" and ref.name in specs:
        return specs[ref.name].says
    if ref.source == "value" and is_one_rate(ref.name):
        return one_rate_words(ref.name)
    plain = ref.name.replace("_", " ").replace(".", " ")
    return {
        "deal": f"the deal’s {plain}",
        "issue": f"{plain} (read on that issue)",
        "cover": f"“{plain}” on the cover page",
        "defined": f"the definition of “{plain}”",
    }.get(ref.source, plain)


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
    return date_said(value.value) if is_date(value.value) else value.value.replace("_", " ")


def _with_unit(amount: Decimal, unit: str) -> str:
    text = f"{amount:,f}"
    if unit == "percent":
        return f"{text} %"
    if unit == "times":
        return f"{text}×"
    if not unit or unit == "money":
        return text
    return f"{text} {unit.replace('_', ' ')}" + ("" if amount == 1 else "s")
