"""Where a clause is used: the rungs of playbook versions whose wording is one of its texts, now or before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Use:
    """A rung of a playbook version that has a text of the clause. `is_current` is false for an older text."""

    version: Any
    issue: str
    issue_title: str
    rung: str
    is_current: bool


def plain(text: str) -> str:
    """A text for comparing: blanks and line ends do not count."""
    return " ".join(text.split())


def uses(current: Iterable[str], before: Iterable[str], versions: Iterable[Any]) -> Iterator[Use]:
    """Every rung of the versions (rows with `data`) that has one of the texts, in the versions' order."""
    now = {plain(text) for text in current}
    known = now | {plain(text) for text in before}
    for version in versions:
        for issue in version.data["issues"]:
            for rung in issue["rungs"]:
                found = {plain(text) for text in wordings(rung)} & known
                if found:
                    yield Use(version, issue["code"], issue["title"], rung["id"], bool(found & now))


def wordings(rung: Mapping[str, Any]) -> list[str]:
    """The texts of a rung in stored form."""
    given = rung.get("wording") or []
    if isinstance(given, str):
        return [given]
    return [item if isinstance(item, str) else str(item["text"]) for item in given]
