"""Values for the sentences that ``predict`` finds: the contract's one value, at the sentence that carries it.

``predict`` ranks sentences for CUAD's categories. What the contract says on a date, a term or a law is one
answer; it stands with the row whose words hold it, else with the best row of its category, and with no other.
"""

from collections.abc import Sequence
from typing import Any

from clauses.deal import cover, dating, law, renewal, term
from clauses.deal.model import KeyFact
from clauses.deal.page import Page
from clauses.facts import read_facts
from clauses.model import Analysis
from clauses.source import open_source
from clauses.tree import build_tree, freeze

_CATEGORIES = {
    "agreement_date": "Agreement Date",
    "effective_date": "Effective Date",
    "expiry": "Expiration Date",
    "renewal": "Renewal Term",
    "non_renewal_notice": "Notice Period to Terminate Renewal",
    "governing_law": "Governing Law",
}


def with_values(text: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of ``cuad.predict`` with the contract's values; rows of other categories stay as they are."""
    facts = _facts(text)
    kept = [
        {k: v for k, v in row.items() if k != "value" or row["category"] not in _CATEGORIES.values()}
        for row in rows
    ]
    for kind, category in _CATEGORIES.items():
        read = [f for f in facts if f.kind == kind and f.value != ""]
        row = _carrier([r for r in kept if r["category"] == category], read)
        if row is not None:
            row["value"] = _said(kind, read)
    return kept


def _facts(text: str) -> list[KeyFact]:
    """Only what the categories ask for, from a text whose clauses have no types yet."""
    source = open_source(text)
    nodes = build_tree(source)
    clauses = freeze(source, nodes, {})
    facts = read_facts(source, nodes, clauses, kinds=("jurisdiction",))
    page = Page(Analysis(source.text, clauses, facts, (), (), (), ()))
    made = dating.agreement_date(page)
    effective = dating.effective_date(page, made)
    end = term.ending(page, effective, made)
    renews, sentence = renewal.renewal(page, end)
    return [
        *dating.dating(page, made, effective),
        *term.expiry(page, end),
        *([renews] if renews else []),
        *renewal.non_renewal(page, renews, sentence),
        *(law.law(page)),
        *(f for f in cover.cover(page) if f.kind in ("governing_law", "expiry")),
    ]


def _carrier(rows: list[dict[str, Any]], read: list[KeyFact]) -> dict[str, Any] | None:
    """The shown row that holds the first value, else the best row."""
    if not rows or not read:
        return None
    best = max(rows, key=lambda r: (r["score"], -r["start"]))
    holding = [r for r in rows if r["start"] <= read[0].start < r["end"] and r["score"] >= 0.5]
    return max(holding, key=lambda r: (r["score"], -r["start"])) if holding else best


def _said(kind: str, read: list[KeyFact]) -> str:
    if kind == "governing_law":
        return "; ".join(dict.fromkeys(str(f.value) for f in read))
    return f"{read[0].value} {read[0].unit}".strip()
