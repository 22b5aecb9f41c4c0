"""The doors of the package: one page for one analysis, then each reader in turn."""

from clauses.deal import dating, law, renewal, term
from clauses.deal.model import KeyFact
from clauses.deal.page import Page
from clauses.model import Analysis
from clauses.reading import analyse


def key_facts(contract: Analysis | str) -> tuple[KeyFact, ...]:
    """Agreed values in reading order. A string is analysed first; any text gives an answer.

    Deterministic; every fact quotes the text of the analysis at its offsets.
    """
    return _facts(Page(analyse(contract) if isinstance(contract, str) else contract))


def _facts(page: Page) -> tuple[KeyFact, ...]:
    made = dating.agreement_date(page)
    effective = dating.effective_date(page, made)
    end = term.ending(page, effective, made)
    renews, sentence = renewal.renewal(page, end)
    found = [
        *dating.dating(page, made, effective),
        *term.expiry(page, end),
        *([renews] if renews else []),
        *renewal.non_renewal(page, renews, sentence),
        *law.law(page),
    ]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.kind, str(f.value))))
