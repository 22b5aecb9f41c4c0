"""Whose law governs and who decides: the clause where it names a place, else the cover page it points to."""


import re
from collections.abc import Iterator

from clauses.deal.model import KeyFact
from clauses.deal.page import Page
from clauses.model import CHECK, Fact

_NAMES_TERM = re.compile(
    r"\b(?:governing\slaw|laws?\sof\sthe\s(?:state\sof\sthe\s)?governing|chosen\scourts?)\b", re.I
)


def law(page: Page) -> Iterator[KeyFact]:
    """Governing law and forum, each place once; key terms first, then the clauses in reading order."""
    for unit in ("governing_law", "forum"):
        seen: set[str] = set()
        for fact in page.analysis.facts:
            if fact.kind != "jurisdiction" or fact.unit != unit or str(fact.value) in seen:
                continue
            seen.add(str(fact.value))
            yield _key(page, fact)


def _key(page: Page, fact: Fact) -> KeyFact:
    home = page.clause_of(fact.start)
    return KeyFact(
        fact.unit, fact.value, "", fact.start, fact.end, fact.quote, fact.band or CHECK,
        ((fact.start, fact.end),), fact.note, fact.label, home.id if home else "",
    )  # fmt: skip
