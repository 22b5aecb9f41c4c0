"""What the words of a finding mean: the definitions they use. A changed definition reopens what rested on
it."""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from clauses.topics.page import Page
from clauses.topics.values import Instance

if TYPE_CHECKING:
    from playbooks.review import Review

_DEFINES = re.compile(
    r"[“\"]\**(?P<term>[A-Z][\w&/’' -]{1,60}?)\**[”\"](?:\s*\([^)]{0,40}\))?"
    r"[^.“”\"]{0,40}?\b(?:means?|shall mean|will mean|is defined as|refers to|includes)\b"
)


def definitions(page: Page) -> dict[str, str]:
    """Each term this text defines, with the sentence that defines it."""
    return dict(_definitions(page.text))


@lru_cache(maxsize=8)
def _definitions(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.split("\n"):
        for match in _DEFINES.finditer(line):
            found.setdefault(match["term"], " ".join(line[match.start() :].split()))
    return found


@lru_cache(maxsize=8)
def _uses(text: str) -> re.Pattern[str]:
    """Any of the text's defined terms; the longer of two that begin alike is taken."""
    terms = sorted(_definitions(text), key=lambda term: (-len(term), term))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)")


def rests_on(page: Page, instance: Instance | None) -> tuple[Mapping[str, str], ...]:
    """The defined terms a place uses, directly or through another definition, each with its words' digest."""
    known = definitions(page)
    if instance is None or not known:
        return ()
    uses = _uses(page.text)
    used: set[str] = set()
    waiting = [page.text[span.start : span.end] for span in instance.spans]
    while waiting:
        for term in set(uses.findall(waiting.pop())) - used:
            used.add(term)
            waiting.append(known[term])
    return tuple({"term": term, "digest": _digest(known[term])} for term in sorted(used))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def reopened(before: "Review", after: "Review") -> tuple[str, ...]:
    """Issues whose decision no longer stands on what it stood on: other words, another rung, another value,
    or a definition among those they rest on that now says something else."""
    old = {finding.issue: finding for finding in before.findings}
    found = []
    for now in after.findings:
        was = old.get(now.issue)
        if was is None or (was.quote, was.rung, was.value, was.rests_on) != (
            now.quote,
            now.rung,
            now.value,
            now.rests_on,
        ):
            found.append(now.issue)
    return tuple(found)
