"""What no rule looked at: clauses on which no issue of the playbook speaks, and papers named but not
there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clauses.topics.page import Page
from clauses.topics.values import Span
from playbooks.package import where
from playbooks.papers import is_there, terms_elsewhere

_DUTY = re.compile(r"\b(?:shall|will|must|may|agrees?|undertakes?|warrants?|entitled|liable)\b", re.I)
_NOT_A_CLAUSE = re.compile(
    r"\b(?:definitions?|interpretation|signatures?|table of contents|background|recitals?)\b", re.I
)
_SCHEDULE = re.compile(r"\b(?:Schedule|Annex|Appendix|Exhibit|Attachment) (?:[A-Z]|\d{1,2}|[IVX]{1,4})\b")


@dataclass(frozen=True)
class Uncovered:
    """A clause no issue of the playbook speaks on: a person reads it before the turn leaves."""

    document: str
    clause: str
    block: str
    start: int
    end: int
    quote: str

    def to_data(self) -> Mapping[str, Any]:
        return dict(vars(self))


def uncovered(page: Page, covered: Sequence[Span]) -> tuple[Uncovered, ...]:
    """Clauses with a duty or a right in them where no reading of any issue stands, in the order of the
    text."""
    taken = sorted((span.start, span.end) for span in covered)
    return tuple(
        _row(page, first, last) for first, last in _clauses(page) if not _touched(taken, page, first, last)
    )


def _clauses(page: Page) -> Iterator[tuple[int, int]]:
    """Runs of lines: a paragraph with the list it introduces."""
    index = 0
    while index < len(page.lines):
        line = page.lines[index]
        last = index
        while last + 1 < len(page.lines) and page.lines[last + 1].is_item:
            last += 1
        text = "\n".join(one.text for one in page.lines[index : last + 1])
        about = f"{line.run_in} {line.heading}"
        if (
            line.is_text
            and not line.is_heading
            and len(text) > 40
            and _DUTY.search(text)
            and not _NOT_A_CLAUSE.search(about)
        ):
            yield index, last
        index = last + 1


def _touched(taken: Sequence[tuple[int, int]], page: Page, first: int, last: int) -> bool:
    start, end = page.lines[first].start, page.lines[last].end
    return any(left < end and start < right for left, right in taken)


def _row(page: Page, first: int, last: int) -> Uncovered:
    line = page.lines[first]
    place = where(page, Span(line.start, page.lines[last].end))
    name = " ".join(part for part in (line.number.rstrip("."), line.title) if part)
    return Uncovered(place.document, name, line.block.rpartition("|")[2], place.start, place.end, place.quote)


def named_but_absent(page: Page) -> tuple[str, ...]:
    """Terms and schedules the text names and does not carry, each once, sorted."""
    named = {match.group() for line in page.lines for match in _SCHEDULE.finditer(line.text)}
    absent = {name for name in named if not is_there(page, name)}
    unread = terms_elsewhere(page)
    return tuple(sorted(absent | ({unread} if unread else set())))
