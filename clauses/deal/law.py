"""Whose law governs and who decides: the clause where it names a place, else the cover page it points to."""

from collections.abc import Iterator

from clauses.deal.model import KeyFact
from clauses.deal.page import Page
from clauses.model import CHECK, Fact


def law(page: Page) -> Iterator[KeyFact]:
    """Governing law and forum, each place once; key terms first, then the clauses in reading order."""
    for unit in ("governing_law", "forum"):
        found = [
            f
            for f in page.analysis.facts
            if f.kind == "jurisdiction" and f.unit == unit and not (page.struck and _is_struck(page, f))
        ]
        seen: set[str] = set()
        for fact in found:
            name = str(fact.value)
            if name in seen or (
                name in ("United States", "European Union") and len({f.value for f in found}) > 1
            ):
                continue  # "the laws of the United States and the State of Texas": the state is meant
            seen.add(name)
            yield _key(page, fact)


def _is_struck(page: Page, fact: Fact) -> bool:
    """Offsets of facts count in the analysed text, empty boxes in the opened one."""
    return any(a <= fact.start < b for a, b in (page.span(*row) for row in page.struck))


def _key(page: Page, fact: Fact) -> KeyFact:
    home = page.clause_of(fact.start)
    return KeyFact(
        fact.unit, fact.value, "", fact.start, fact.end, fact.quote, fact.band or CHECK,
        ((fact.start, fact.end),), fact.note, fact.label, home.id if home else "",
    )  # fmt: skip
