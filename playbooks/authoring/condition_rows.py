"""Conditions as rows of a form: "value – comparison – what it is compared with", all of them or any of them.

Rows say what most rungs need. What they cannot say (an "if", another issue's rung, groups within groups) is
written as text; `rows_of` then gives None. A row may add "or the clause says nothing on it".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from clauses.topics.calendar_dates import is_date
from clauses.topics.values import Plain, Spec
from playbooks.condition_text import BadCondition, write
from playbooks.conditions import All, AnyOf, Compare, Condition, Not, Ref, parse_ref
from playbooks.deal import DEAL_FACTS
from playbooks.everywhere import specs_of
from playbooks.rules import Playbook

NAME = re.compile(r"[A-Za-z_]\w{0,60}")
ALL, ANY = "all", "any"
CLAUSE = Spec("clause", "the clause")
NO_OPERAND = frozenset({"absent", "present"})
SETS = frozenset({"in", "has", "lacks", "only"})
FITS: Mapping[str, tuple[str, ...]] = {
    "number": ("<=", ">=", "=", "<", ">", "!=", "absent", "present"),
    "word": ("=", "in", "!=", "absent", "present"),
    "set": ("has", "lacks", "only", "absent", "present"),
    "wording": ("has", "lacks"),
    "rates": ("<=", "present", "absent"),
    "date": ("<=", ">=", "=", "<", ">", "absent", "present"),
    "clause": ("present", "absent"),
}
"""The comparisons that fit each kind of value, the most used first."""


@dataclass(frozen=True)
class Row:
    """One line of the form. `typed` is a number, words separated by semicolons, or the name of another
    value."""

    name: str
    op: str
    typed: str = ""
    or_silent: bool = False


def names_of(playbook: Playbook, topic: str) -> dict[str, Spec]:
    """What the left side of a row may be: the values read on the topic, and the facts of the deal."""
    specs = specs_of(topic)
    values = {name: spec for name, spec in specs.items() if name != "text"}
    caps = {
        f"{prefix}.money": Spec("number", f"{prefix.replace('_', ' ')} as an amount", unit="money")
        for prefix in ("cap", "supercap")
        if any(name.startswith(f"{prefix}.") for name in specs)
    }
    facts = {f"deal.{name}": Spec(fact.kind, fact.says) for name, fact in DEAL_FACTS.items()}
    own = {
        f"deal.{name}": Spec(kind, f"the deal’s {name.replace('_', ' ')}")
        for name, kind in playbook.deal_facts.items()
    }
    return {"clause": CLAUSE, **values, "text": specs["text"], **caps, **facts, **own}


def rows_of(condition: Condition) -> tuple[str, list[Row]] | None:
    """The rows that say this condition, and whether all or any of them must hold; None where rows cannot."""
    if isinstance(condition, AnyOf) and (whole := _row(condition)) is not None:
        return ALL, [whole]
    parts = condition.parts if isinstance(condition, All | AnyOf) else (condition,)
    rows = [_row(part) for part in parts]
    mode = ANY if isinstance(condition, AnyOf) else ALL
    return None if None in rows else (mode, [row for row in rows if row is not None])


def _row(part: Condition) -> Row | None:
    match part:
        case Compare(left, op, right) if _is_plain(left) and _is_plain(right):
            return Row(str(left), op, _typed(right))
        case Not(Compare(left, "=", right)) if _is_plain(left) and right is not None:
            return Row(str(left), "!=", _typed(right))
        case AnyOf((Compare(one, "absent"), Compare(two, op, right))) if one == two and op not in NO_OPERAND:
            return Row(str(two), op, _typed(right), or_silent=True) if _is_plain(right) else None
        case AnyOf((Compare(two, op, right), Compare(one, "absent"))) if one == two and op not in NO_OPERAND:
            return Row(str(two), op, _typed(right), or_silent=True) if _is_plain(right) else None
    return None


def _is_plain(value: Plain | Ref | None) -> bool:
    """Whether one text field can hold it: names of other issues, cover pages and definitions are for text."""
    if isinstance(value, tuple):
        return not any(";" in item or parse_ref(item).source != "value" for item in value)
    if isinstance(value, str):
        return ";" not in value and parse_ref(value).source == "value"
    return not isinstance(value, Ref) or (
        value.source in {"value", "deal", "list", "rates"} and not value.index
    )


def _typed(right: Plain | Ref | None) -> str:
    if right is None:
        return ""
    if isinstance(right, tuple):
        return "; ".join(right)
    return f"{right:f}" if isinstance(right, Decimal) else str(right)


def condition_of(mode: str, rows: Sequence[Row], names: Mapping[str, Spec]) -> Condition:
    """The condition these rows say. Raises BadRows naming each row that cannot be compared."""
    wrong: dict[int, str] = {}
    parts: list[Condition] = []
    for number, row in enumerate(rows):
        try:
            parts.append(_condition(row, names))
        except BadCondition as error:
            wrong[number] = str(error)
    if not rows:
        wrong[0] = "say at least one thing that must hold; “the clause – is there” is one"
    if wrong:
        raise BadRows(wrong)
    if len(parts) == 1:
        return parts[0]
    return AnyOf(tuple(parts)) if mode == ANY else All(tuple(parts))


class BadRows(BadCondition):
    """What is wrong, by the number of the row."""

    def __init__(self, wrong: Mapping[int, str]) -> None:
        super().__init__("; ".join(wrong.values()))
        self.wrong = dict(wrong)


def _condition(row: Row, names: Mapping[str, Spec]) -> Condition:
    spec = names.get(row.name)
    if spec is None:
        raise BadCondition("choose what is compared")
    if row.op not in FITS[spec.kind]:
        raise BadCondition(f"this comparison does not fit {spec.says}; choose another")
    left = parse_ref(row.name)
    if row.op in NO_OPERAND:
        return Compare(left, row.op)
    if not row.typed.strip():
        raise BadCondition(f"say what {spec.says} is compared with")
    compare = Compare(left, row.op, _right(row, spec))
    return AnyOf((Compare(left, "absent"), compare)) if row.or_silent else compare


def _right(row: Row, spec: Spec) -> Plain | Ref:
    text = row.typed.strip()
    if spec.kind == "number":
        return _number(text, spec)
    if spec.kind == "date":
        if text.startswith("deal."):
            return parse_ref(text)
        if not is_date(text):
            raise BadCondition(f"“{text}” is not a day; write {spec.says} as 2027-06-30")
        return text
    if spec.kind == "rates":
        card = parse_ref(text if text.startswith("RATES.") else f"RATES.{text}")
        if card.source != "rates" or not NAME.fullmatch(card.name):
            raise BadCondition("name a rate card, with a tolerance if you like: RATES.ours + 5%")
        return card
    items = tuple(item.strip() for item in text.split(";") if item.strip())
    named = [item for item in items if item.startswith(("LIST.", "deal."))]
    if named and len(items) > 1:
        raise BadCondition(f"compare {spec.says} with either a list or words, not with both")
    if named:
        return parse_ref(named[0])
    if row.op in SETS:
        return items
    if len(items) != 1:
        raise BadCondition(f"“is” takes one word; for several choose “is one of” for {spec.says}")
    return items[0]


def _number(text: str, spec: Spec) -> Decimal | Ref:
    if text.startswith(("deal.", "LIST.")) or (text[:1].isalpha() and "." in text):
        return parse_ref(text)
    try:
        found = Decimal(text.replace(",", "").replace(" ", "").removesuffix("%"))
    except InvalidOperation:
        raise BadCondition(f"“{text}” is not a number, and {spec.says} is one") from None
    if not found.is_finite() or len(text) > 20 or abs(found.adjusted()) > 15:
        raise BadCondition(f"“{text}” is not a number that could be compared")
    return found


def same(one: Condition, other: Condition) -> bool:
    """Whether two conditions are the same rows, so that one form of words need not replace the other."""
    return write(one) == write(other) or (rows_of(one) is not None and rows_of(one) == rows_of(other))


def joined(items: Iterable[str]) -> str:
    """Chosen words as `Row.typed` holds them."""
    return "; ".join(items)
