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


def rests_on(page: Page, instance: Instance | None) -> tuple[Mapping[str, str], ...]:
    """The defined terms a place uses, directly or through another definition, each with its words' digest."""
    known = definitions(page)
    if instance is None or not known:
        return ()
    used: dict[str, None] = {}
    waiting = [page.text[span.start : span.end] for span in instance.spans]
    while waiting:
        text = waiting.pop()
        for term in known:
            if term not in used and re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text):
                used.setdefault(term)
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
