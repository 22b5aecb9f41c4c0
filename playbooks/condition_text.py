"""The short written form of conditions, as authors type it, and the data form, as forms and JSON carry it.

    years <= 3 and from in [disclosure, effective_date] and not (residuals present)
    if deal.law in LIST.void then clause absent else months >= 9
    covers(waiver.exceptions, cap.exceptions) and rung(insurance) >= F1

Grammar: or < and < not < comparison. `parse(write(c)) == c` for every condition, and
`from_data(to_data(c)) == c`.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from clauses.topics.calendar_dates import ISO
from clauses.topics.values import Plain
from playbooks.conditions import (
    BY_SIZE,
    OPERATORS,
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

MAX_DEPTH = 20
_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"[^\"]*\")|(?P<date>\d{4}-\d{2}-\d{2})(?![\w-])|(?P<number>-?\d+(?:\.\d+)?)(?![\w.])"
    r"|(?P<name>[A-Za-z_][\w.]*(?:\[[A-Za-z_][\w.]*\])?)|(?P<op><=|>=|!=|[=<>()\[\],+%]))"
)
_NAME = re.compile(r"[a-z_][a-z0-9_]*", re.I)
_KEYWORDS = frozenset(
    {
        "and",
        "or",
        "not",
        "if",
        "then",
        "else",
        "in",
        "has",
        "lacks",
        "only",
        "absent",
        "present",
        "covers",
        "rung",
    }
)
_DATA_OPS = {
    "is": "=", "is_not": "!=", "below": "<", "max": "<=", "above": ">", "min": ">=", "in": "in", "has": "has",
    "lacks": "lacks", "only": "only", "absent": "absent", "present": "present",
}  # fmt: skip
_OP_NAMES = {op: name for name, op in _DATA_OPS.items()}


class BadCondition(ValueError):
    """The condition cannot be understood; the message says where and why."""


def parse(text: str) -> Condition:
    """The condition a short form stands for. Raises BadCondition."""
    parser = _Parser(_tokens(text), text)
    condition = parser.either(0)
    if parser.peek():
        raise BadCondition(f"“{parser.peek()}” is not expected here: {text}")
    return condition


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadCondition(f"cannot read “{text[at:].strip()[:20]}” in: {text}")
        found.append(match.group().strip())
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[str], text: str) -> None:
        self.tokens, self.text, self.at = tokens, text, 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        word = self.peek()
        if not word or (wanted and word not in wanted):
            expected = " or ".join(wanted) or "more"
            raise BadCondition(f"expected {expected}, found {word or 'the end'}: {self.text}")
        self.at += 1
        return word

    def either(self, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            raise BadCondition("the condition is nested too deeply")
        parts = [self.both(depth)]
        while self.peek() == "or":
            self.take()
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def both(self, depth: int) -> Condition:
        parts = [self.single(depth)]
        while self.peek() == "and":
            self.take()
            parts.append(self.single(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def single(self, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            raise BadCondition("the condition is nested too deeply")
        word = self.peek()
        if word == "not":
            self.take()
            return Not(self.single(depth + 1))
        if word == "(":
            self.take()
            inside = self.either(depth + 1)
            self.take(")")
            return inside
        if word == "if":
            return self.if_then(depth)
        if word == "covers":
            return self.covers()
        return self.rung() if word == "rung" else self.comparison()

    def if_then(self, depth: int) -> Condition:
        self.take("if")
        test = self.either(depth + 1)
        self.take("then")
        then = self.either(depth + 1)
        if self.peek() != "else":
            return IfThen(test, then)
        self.take()
        return IfThen(test, then, self.either(depth + 1))

    def covers(self) -> Condition:
        self.take("covers")
        self.take("(")
        large = self.name()
        self.take(",")
        small = self.name()
        self.take(")")
        return Covers(large, small)

    def rung(self) -> Condition:
        self.take("rung")
        self.take("(")
        issue = self.take()
        self.take(")")
        self.take(">=")
        return RungAtLeast(issue, self.take())

    def name(self) -> Ref:
        word = self.take()
        if word.split(".")[0].split("[")[0] in _KEYWORDS or not _NAME.match(word):
            raise BadCondition(f"“{word}” is not the name of a value: {self.text}")
        return parse_ref(word)

    def comparison(self) -> Condition:
        left = self.name()
        op = self.take(*OPERATORS)
        if op in {"absent", "present"}:
            return Compare(left, op)
        return Compare(left, op, self.operand(op))

    def operand(self, op: str) -> Plain | Ref:
        if self.peek() == "[":
            return self.list()
        word = self.take()
        value = self.literal(word)
        if isinstance(value, Ref) and value.source == "rates":
            return self.more_than(word)
        if op in BY_SIZE and isinstance(value, str) and not (word.startswith('"') or ISO.fullmatch(word)):
            return self._named()  # more and less are asked of numbers only, so a word is the name of one
        as_set = op in {"has", "lacks", "only", "in"} and not isinstance(value, Ref)
        return (str(value),) if as_set else value

    def more_than(self, word: str) -> Ref:
        """A rate card, and by how much its prices may be exceeded."""
        if self.peek() != "+":
            return parse_ref(word)
        self.take("+")
        by = self.take()
        self.take("%")
        return parse_ref(f"{word} + {by}%")

    def _named(self) -> Ref:
        self.at -= 1
        return self.name()

    def list(self) -> tuple[str, ...]:
        self.take("[")
        items: list[str] = []
        while self.peek() != "]":
            items.append(str(self.literal(self.take())))
            if self.peek() != "]":
                self.take(",")
        self.take("]")
        return tuple(items)

    def literal(self, word: str) -> Decimal | str | Ref:
        if word.startswith('"'):
            return word[1:-1]
        if ISO.fullmatch(word):
            return word
        if word[0].isdigit() or word[0] == "-":
            return Decimal(word)
        if not _NAME.match(word):
            raise BadCondition(f"“{word}” is not a value: {self.text}")
        return parse_ref(word) if "." in word else word


def write(condition: Condition) -> str:
    """The short form of a condition; `parse` reads it back to an equal condition."""
    match condition:
        case All(parts):
            return " and ".join(_bracketed(part, All, AnyOf, IfThen) for part in parts)
        case AnyOf(parts):
            return " or ".join(_bracketed(part, AnyOf, IfThen) for part in parts)
        case Not(part):
            return f"not {_bracketed(part, All, AnyOf, IfThen)}"
        case IfThen(test, then, otherwise):
            rest = f" else {_bracketed(otherwise, IfThen)}" if otherwise else ""
            return f"if {_bracketed(test, IfThen)} then {_bracketed(then, IfThen)}{rest}"
        case Covers(large, small):
            return f"covers({large}, {small})"
        case RungAtLeast(issue, rung):
            return f"rung({issue}) >= {rung}"
        case Compare(left, op, right):
            return f"{left} {op}" if right is None else f"{left} {op} {_written(right)}"


def _bracketed(condition: Condition, *kinds: type) -> str:
    text = write(condition)
    return f"({text})" if isinstance(condition, kinds) else text


def _written(value: Plain | Ref) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_written(item) for item in value) + "]"
    if isinstance(value, (Decimal, Ref)):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if ISO.fullmatch(value):
        return value
    return value if _NAME.fullmatch(value) and value not in _KEYWORDS else f'"{value}"'


def to_data(condition: Condition) -> dict[str, Any]:
    """The condition as plain JSON values, for forms and the database."""
    match condition:
        case All(parts):
            return {"all": [to_data(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [to_data(part) for part in parts]}
        case Not(part):
            return {"not": to_data(part)}
        case IfThen(test, then, otherwise):
            rest = {"else": to_data(otherwise)} if otherwise else {}
            return {"if": to_data(test), "then": to_data(then), **rest}
        case Covers(large, small):
            return {"covers": [str(large), str(small)]}
        case RungAtLeast(issue, rung):
            return {"rung": {"issue": issue, "at_least": rung}}
        case Compare(left, op, right):
            return {str(left): {_OP_NAMES[op]: True if right is None else _operand_data(right)}}


def _operand_data(value: Plain | Ref) -> Any:
    if isinstance(value, Ref):
        return {"ref": str(value)}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else {"number": f"{value:f}"}
    return list(value) if isinstance(value, tuple) else value


def from_data(data: Any, depth: int = 0) -> Condition:
    """The condition from its data form. Raises BadCondition."""
    if depth > MAX_DEPTH:
        raise BadCondition("the condition is nested too deeply")
    if isinstance(data, str):
        return parse(data)
    if not isinstance(data, Mapping) or not data:
        raise BadCondition(f"a condition is a line of text or a mapping, not {data!r:.60}")
    keys = set(data)
    if keys <= {"if", "then", "else"} and {"if", "then"} <= keys:
        rest = from_data(data["else"], depth + 1) if "else" in data else None
        return IfThen(from_data(data["if"], depth + 1), from_data(data["then"], depth + 1), rest)
    parts = [part for key, value in data.items() for part in _entry(str(key), value, depth)]
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _entry(key: str, value: Any, depth: int) -> list[Condition]:
    if key in {"all", "any"}:
        if not isinstance(value, list) or not value:
            raise BadCondition(f"“{key}” needs a list of conditions")
        inner = tuple(from_data(part, depth + 1) for part in value)
        return [All(inner) if key == "all" else AnyOf(inner)]
    if key == "not":
        return [Not(from_data(value, depth + 1))]
    if key == "covers":
        if not isinstance(value, list) or len(value) != 2:
            raise BadCondition("“covers” needs two names")
        return [Covers(parse_ref(str(value[0])), parse_ref(str(value[1])))]
    if key == "rung":
        if not isinstance(value, Mapping) or set(value) != {"issue", "at_least"}:
            raise BadCondition("“rung” needs issue and at_least")
        return [RungAtLeast(str(value["issue"]), str(value["at_least"]))]
    return _comparisons(key, value)


def _comparisons(key: str, value: Any) -> list[Condition]:
    left = parse_ref(key)
    if not isinstance(value, Mapping):
        return [Compare(left, "=", _operand(value, "="))]
    found: list[Condition] = []
    for name, operand in value.items():
        op = _DATA_OPS.get(str(name))
        if op is None:
            raise BadCondition(f"“{name}” is not a comparison; use one of {', '.join(_DATA_OPS)}")
        if op in {"absent", "present"}:
            found.append(Compare(left, op))
        else:
            found.append(Compare(left, op, _operand(operand, op)))
    return found


def _operand(value: Any, op: str) -> Plain | Ref:
    if isinstance(value, Mapping):
        if set(value) == {"ref"}:
            return parse_ref(str(value["ref"]))
        if set(value) == {"number"}:
            return Decimal(str(value["number"]))
        raise BadCondition(f"cannot compare with {dict(value)!r:.60}")
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return Decimal(str(value))
    text = str(value)
    if op in BY_SIZE and _NAME.match(text):
        return parse_ref(text)
    return (
        (text,)
        if op in {"has", "lacks", "only", "in"} and not text.startswith("LIST.")
        else (parse_ref(text) if text.startswith(("LIST.", "deal.", "ISSUE.", "COVER.", "RATES.")) else text)
    )
