"""Conditions of rungs as data: what may be asked of a clause. No code is ever run.

A condition compares read values (`years`), deal facts (`deal.annual_fees`), lists of the playbook
(`LIST.neutral_laws`) and other issues' rungs. `evaluation` decides it, `condition_words` says it to people,
`condition_text` is how authors type it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from clauses.topics.values import Plain

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


def parse_ref(text: str) -> Ref:
    """`years`, `deal.law`, `LIST.neutral_laws` or `LIST.min[deal.law]`."""
    name, _, index = text.removesuffix("]").partition("[")
    if name.startswith("deal."):
        return Ref("deal", name.removeprefix("deal."), index)
    if name.startswith("LIST."):
        return Ref("list", name.removeprefix("LIST."), index)
    return Ref("value", name, index)
