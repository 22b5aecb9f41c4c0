"""The doors of the package: one page for one analysis, then each reader in turn."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from clauses.deal import cap, cover, dating, law, mutual, paying, promises, renewal, term, warnings
from clauses.deal.model import Flag, KeyFact, Mutuality
from clauses.deal.page import Page
from clauses.model import CHECK, Analysis
from clauses.reading import analyse


@dataclass(frozen=True, slots=True)
class Deal:
    """All that is agreed, read from one contract in one pass."""

    key_facts: tuple[KeyFact, ...]
    mutuality: tuple[Mutuality, ...]
    flags: tuple[Flag, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)


def read_deal(contract: Analysis | str, *, late_interest_above: float = warnings.LATE_INTEREST) -> Deal:
    """Key facts, whom each topic binds, and flags. A string is analysed first; any text gives an answer.

    Deterministic; every quote is the text of the analysis at its offsets. ``late_interest_above`` is the
    interest in percent a year from which late interest is a flag.
    """
    page = _page(contract)
    facts = _facts(page)
    sides = tuple(mutual.mutuality(page))
    return Deal(facts, sides, warnings.flags(page, facts, sides, late_interest_above=late_interest_above))


def key_facts(contract: Analysis | str) -> tuple[KeyFact, ...]:
    """Agreed values in reading order."""
    return _facts(_page(contract))


def mutuality(contract: Analysis | str) -> tuple[Mutuality, ...]:
    """For each two-sided topic the contract speaks of: both or one, and whom."""
    return tuple(mutual.mutuality(_page(contract)))


def flags(
    contract: Analysis | str, *, late_interest_above: float = warnings.LATE_INTEREST
) -> tuple[Flag, ...]:
    """What a signer should know of, in reading order."""
    return read_deal(contract, late_interest_above=late_interest_above).flags


def _page(contract: Analysis | str) -> Page:
    return Page(analyse(contract) if isinstance(contract, str) else contract)


def _facts(page: Page) -> tuple[KeyFact, ...]:
    named = list(cover.cover(page))
    made = dating.agreement_date(page)
    effective = _dated(page, named, "effective_date") or dating.effective_date(page, made)
    end = term.ending(page, effective, made)
    renews, sentence = renewal.renewal(page, end)
    found = [
        *named,
        *_end_of(page, named, effective, end),
        *dating.dating(page, made, effective),
        *term.expiry(page, end),
        *([renews] if renews else []),
        *renewal.non_renewal(page, renews, sentence),
        *law.law(page),
        *cap.cap(page),
        *paying.payment(page),
        *promises.service_levels(page),
        *promises.secrecy(page),
        *promises.insurance(page),
        *promises.incident_report(page),
        *promises.ways_out(page),
    ]
    return _once(found)


def _dated(page: Page, named: list[KeyFact], kind: str) -> dating.Dated | None:
    """A date of the cover page, where one stands there and offsets need no map."""
    for fact in named:
        if fact.kind == kind and fact.value and not fact.unit and page.source.offsets is None:
            return dating.Dated(str(fact.value), fact.start, fact.end, fact.band, fact.note)
    return None


def _end_of(
    page: Page, named: list[KeyFact], effective: dating.Dated | None, end: term.Ending | None
) -> list[KeyFact]:
    """Length and start of the cover page give the end, where no clause gives one."""
    lengths = [f for f in named if f.kind == "initial_term" and f.value and f.unit != "words" and not f.about]
    if end is not None or len(lengths) != 1 or effective is None or not effective.value:
        return []
    (length,) = lengths
    effective = _dated(page, named, "order_date") or effective  # an order runs from its own date
    value = term.shift(effective.value, float(length.value), length.unit)
    start = page.span(effective.start, effective.end)
    return [
        replace(
            length,
            kind="expiry",
            value=value,
            unit="",
            band=CHECK,
            derived_from=tuple(sorted({*length.derived_from, start})),
            note=f"from {effective.value}",
        )
    ]


def _once(found: list[KeyFact]) -> tuple[KeyFact, ...]:
    """Reading order; the cover page's reading of a place wins over a clause reader's of the same place."""
    kept: dict[tuple[str, int], KeyFact] = {}
    for fact in found:
        kept.setdefault((fact.kind, fact.start), fact)
    return tuple(sorted(kept.values(), key=lambda f: (f.start, f.end, f.kind, str(f.value))))
