"""Which of several places wins: by the rank of their documents, or because the words say so.

"Notwithstanding anything to the contrary" wins over every other place, "notwithstanding section 8.2" over
the places under that number, and rows of an order form that it says displace the terms win over those. A
place under a better-ranked document of a package wins over those of the others.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from clauses.topics.page import Page
from clauses.topics.values import Instance

_OVER_ALL = re.compile(
    r"\bnotwithstanding (?:anything|any(?: other)? (?:provision|term|clause|section))\b"
    r"|\bnotwithstanding (?:the other provisions|all other)\b"
    r"|\bprevails? over (?:any|every|all) other\b|\bin no (?:case|event) and notwithstanding\b",
    re.I,
)
_OVER_ONE = re.compile(
    r"\b(?:notwithstanding|despite|in place of|instead of|supersedes|replaces|modifying|amending|displaces)\b"
    r"[^.]{0,20}?"
    r"\b(?:section|clause|article|paragraph)s? (?P<number>\d+(?:\.\d+)*)",
    re.I,
)
_ROWS = re.compile(
    r"\brows?\b(?P<names>[^.]{0,160}?)"
    r"\b(?:displaces?|prevails?|overrides?|takes? precedence|replaces?|supersedes?)\b",
    re.I,
)
_NAME = re.compile(r"[“\"]([^”\"]+)[”\"]")


def prevailing(page: Page, instances: Sequence[Instance]) -> tuple[int, ...]:
    """Indexes of the places that clearly win, in order; empty where nothing settles it."""
    if len(instances) < 2:
        return ()
    rows = _rows_that_win(page.text)
    if rows:
        winners = tuple(
            n for n, one in enumerate(instances) if page.line_at(one.start).heading.casefold() in rows
        )
        if winners:
            return winners
    rank = getattr(page, "rank_at", None)
    if rank is not None:
        ranks = [rank(instance.start) for instance in instances]
        if None not in ranks and len(set(ranks)) > 1:
            best = min(ranks)
            return tuple(n for n, own in enumerate(ranks) if own == best)
    return tuple(
        n for n, one in enumerate(instances) if _wins(page, one, [o for o in instances if o is not one])
    )


@lru_cache(maxsize=8)
def _rows_that_win(text: str) -> frozenset[str]:
    """Rows of an order form that are to win over the terms ("the rows “Payment” and “Term” displace …")."""
    found = (name for match in _ROWS.finditer(text) for name in _NAME.findall(match["names"]))
    return frozenset(name.casefold() for name in found)


def ranked(page: Page) -> bool:
    """Whether the documents of a package have an agreed order."""
    return any(rank is not None for _, rank, _ in getattr(page, "papers", ()))


def _wins(page: Page, instance: Instance, others: Sequence[Instance]) -> bool:
    words = " ".join(page.text[span.start : span.end] for span in instance.spans)
    if _OVER_ALL.search(words):
        return True
    named = {match["number"] for match in _OVER_ONE.finditer(words)}
    numbers = {page.line_at(other.start).number.strip(" .") for other in others}
    return bool(named) and numbers <= named
