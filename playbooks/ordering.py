"""Findings in the order people work through them, and the part of them that a threshold leaves."""

from collections.abc import Collection, Sequence

from playbooks.findings import Finding
from playbooks.judge import BELOW, COMPLIANT, FALLBACK, MISSING, UNSURE

SEVERITIES = ("none", "low", "medium", "high")
STATUSES = (BELOW, MISSING, UNSURE, FALLBACK, COMPLIANT)
ORDERS = ("risk", "policy", "document", "category")


def ordered(findings: Sequence[Finding], by: str = "risk") -> tuple[Finding, ...]:
    """By "risk" (heaviest first), "policy" (the playbook's own order), "document" (as the text runs; what is
    missing comes last) or "category". Ties keep the playbook's order. Raises ValueError for another order."""
    if by not in ORDERS:
        raise ValueError(f"findings are ordered by {', '.join(ORDERS)}, not by “{by}”")
    keys = {
        "risk": lambda f: (-SEVERITIES.index(f.severity), -f.weight, STATUSES.index(f.status)),
        "policy": lambda f: (),
        "document": lambda f: (f.start is None, f.document, f.start or 0),
        "category": lambda f: (f.category.casefold(),),
    }
    return tuple(sorted(findings, key=keys[by]))


def filtered(
    findings: Sequence[Finding],
    *,
    at_least: str = "none",
    statuses: Collection[str] = (),
    categories: Collection[str] = (),
    weight: int = 0,
) -> tuple[Finding, ...]:
    """Findings of at least this severity and weight, of the given statuses and categories (or all).

    What could not be told is never filtered away by severity or weight: unknown is not low.
    """
    floor = SEVERITIES.index(at_least)
    return tuple(
        f
        for f in findings
        if (f.status == UNSURE or (SEVERITIES.index(f.severity) >= floor and f.weight >= weight))
        and (not statuses or f.status in statuses)
        and (not categories or f.category in categories)
    )
