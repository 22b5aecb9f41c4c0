"""Conditions of rungs as data: what may be asked of a clause. No code is ever run.

A condition compares read values (`years`), deal facts (`deal.annual_fees`), lists of the playbook
(`LIST.neutral_laws`) and other issues' rungs. `evaluation` decides it, `condition_words` says it to people,
`condition_text` is how authors type it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from clauses.topics.values import Plain

_PREFIXES = {
    "value": "", "deal": "deal.", "list": "LIST.", "issue": "ISSUE.", "cover": "COVER.",
    "defined": "DEFINED.", "rates": "RATES.",
}  # fmt: skip
COVER_UNITS = {
    "days": "day", "months": "month", "years": "year", "hours": "hour", "percent": "percent",
    "times": "times",
    "money": "money",
}  # fmt: skip
"""The last part of a cover-page name that asks for a number: `COVER.Payment_Period.days`."""
_MORE = re.compile(r"(?P<card>[A-Za-z_]\w*)\s*\+\s*(?P<over>\d{1,4}(?:\.\d{1,4})?)\s*%")
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in", "has", "lacks", "only", "absent", "present")
BY_SIZE = frozenset({"<", "<=", ">", ">="})
"""The operators that ask for more or less."""


@dataclass(frozen=True)
class Ref:
    """A value by name. `source` says where it comes from: "value" (read on this issue's topic), "deal" (a
    fact of the deal), "list" (of the playbook; `index` picks by a deal fact), "issue" (read on another
    issue, "code.name"), "cover" (a labelled value of a cover page), "defined" (the words that define a
    term) or "rates" (a rate card of the playbook, whose prices may be exceeded by `over` percent)."""

    source: str
    name: str
    index: str = ""
    over: Decimal = Decimal(0)

    def __str__(self) -> str:
        more = f" + {self.over:f}%" if self.over else ""
        return f"{_PREFIXES[self.source]}{self.name}" + (f"[{self.index}]" if self.index else "") + more

    @property
    def is_wording(self) -> bool:
        """Whether the value is running text, of which one asks what words it holds."""
        if self.source == "cover":
            return self.name.rpartition(".")[2] not in COVER_UNITS
        return self.source == "defined" or (self.source == "value" and self.name == "text")


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
    """`years`, `deal.law`, `LIST.neutral_laws`, `LIST.min[deal.law]`, `ISSUE.insurance.amount`,
    `COVER.Payment_Period.days`, `DEFINED.Fees`, `RATES.ours` or `RATES.ours + 5%`."""
    more = _MORE.fullmatch(text.removeprefix("RATES.")) if text.startswith("RATES.") else None
    if more is not None:
        return Ref("rates", more["card"], over=Decimal(more["over"]))
    name, _, index = text.removesuffix("]").partition("[")
    for source, prefix in _PREFIXES.items():
        if prefix and name.startswith(prefix):
            return Ref(source, name.removeprefix(prefix), index)
    return Ref("value", name, index)
