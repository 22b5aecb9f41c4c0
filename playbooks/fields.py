"""Reading plain data field by field, with every mistake named by where it stands."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Mistake:
    """One thing wrong with a playbook: where (a path such as "issues[2].rungs[0].when"), the line, and
    why."""

    field: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"line {self.line}, " if self.line else ""
        return f"{place}{self.field}: {self.message}"


class BadPlaybook(ValueError):
    """The playbook cannot be used; `mistakes` names every field that is wrong."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)


@dataclass
class Notes:
    """Mistakes found so far, and the line each path of the data stands on."""

    lines: Mapping[str, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, path: str, message: str) -> None:
        line = self.lines.get(path)
        parent = path
        while line is None and parent:
            parent = parent.rpartition(".")[0] if "." in parent else ""
            line = self.lines.get(parent)
        self.mistakes.append(Mistake(path or "playbook", message, line))


class Fields:
    """Reads one mapping field by field and names what is missing, of the wrong kind, or unknown."""

    def __init__(self, data: Any, path: str, notes: Notes) -> None:
        self.path, self.notes = path, notes
        self.seen: set[str] = set()
        if not isinstance(data, Mapping):
            notes.add(path, "must be a mapping of fields")
            data = {}
        self.data: Mapping[str, Any] = data

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def raw(self, key: str) -> Any:
        self.seen.add(key)
        return self.data.get(key)

    def wrong(self, key: str, message: str) -> None:
        self.notes.add(self.at(key), message)

    def text(
        self, key: str, *, required: bool = False, choices: Sequence[str] = (), default: str = ""
    ) -> str:
        value = self.raw(key)
        if value is None:
            if required:
                self.wrong(key, "is required")
            return default
        if isinstance(value, (Mapping, list)):
            self.wrong(key, "must be text")
            return default
        if choices and str(value) not in choices:
            self.wrong(key, f"“{value}” is not one of {', '.join(choices)}")
        return str(value).strip()

    def whole(self, key: str, default: int = 0) -> int:
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,6}", str(value)):
            self.wrong(key, f"“{value}” is not a whole number")
            return default
        return int(str(value))

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.raw(key)
        if value is None:
            return ()
        if isinstance(value, (str, int)):
            return (str(value),)
        if not isinstance(value, list) or any(isinstance(item, (Mapping, list)) for item in value):
            self.wrong(key, "must be a list of words")
            return ()
        return tuple(str(item) for item in value)

    def each(self, key: str, read: Callable[["Fields"], T], *, required: bool = False) -> tuple[T, ...]:
        value = self.raw(key)
        if value is None or value == []:
            if required:
                self.wrong(key, "needs at least one entry")
            return ()
        if not isinstance(value, list):
            self.wrong(key, "must be a list")
            return ()
        return tuple(read(Fields(item, f"{self.at(key)}[{n}]", self.notes)) for n, item in enumerate(value))

    def one(self, key: str, read: Callable[["Fields"], T], *, required: bool = False) -> T | None:
        value = self.raw(key)
        if value is None:
            if required:
                self.wrong(key, "is required")
            return None
        return read(Fields(value, self.at(key), self.notes))

    def done(self) -> None:
        for key in self.data:
            if key not in self.seen:
                self.wrong(str(key), "is not a known field")
