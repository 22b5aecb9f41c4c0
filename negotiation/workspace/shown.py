"""Which issues the page shows, in which order, and what the risk score is the sum of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from negotiation.models import Decision, Finding, FindingStatus
from negotiation.workspace.rows import Rows
from playbooks import ordering, rules
from playbooks.findings import Finding as Read

ORDERS = {
    "risk": gettext_lazy("Risk"),
    "document": gettext_lazy("Order of the document"),
    "category": gettext_lazy("Category"),
    "policy": gettext_lazy("Order of the playbook"),
}
LEAST = {
    "none": gettext_lazy("any"),
    "low": gettext_lazy("low"),
    "medium": gettext_lazy("medium"),
    "high": gettext_lazy("high"),
}
STATUSES = {
    FindingStatus.OUTSIDE: gettext_lazy("Below the ladder"),
    FindingStatus.MISSING: gettext_lazy("Missing"),
    FindingStatus.UNSURE: gettext_lazy("Could not tell"),
    FindingStatus.FALLBACK: gettext_lazy("On a fallback"),
    FindingStatus.COMPLIANT: gettext_lazy("As we want it"),
}
KEYS = ("order", "least", "status", "category", "weight")


def asked(query: Mapping[str, str]) -> dict[str, str]:
    """The known part of a query: what is misspelt is left out, and everything is shown."""
    found = {name: query.get(name, "").strip()[:80] for name in KEYS}
    if found["order"] not in ORDERS:
        found["order"] = ""
    if found["least"] not in LEAST or found["least"] == "none":
        found["least"] = ""
    if found["status"] not in STATUSES:
        found["status"] = ""
    if not (found["weight"].isdecimal() and 0 < int(found["weight"][:4]) < 1000):
        found["weight"] = ""
    return {name: value for name, value in found.items() if value}


def in_order(findings: Sequence[Finding], view: Mapping[str, str]) -> list[Finding]:
    """What is to be decided first, within it by the order that was asked for; filtered. What could not be
    told is never filtered away by severity or weight."""
    rows = cast("Sequence[Read]", findings)  # rows have the fields that the order looks at
    chosen = ordering.filtered(
        rows,
        at_least=view.get("least", "none"),
        statuses=[view["status"]] if "status" in view else (),
        categories=[view["category"]] if "category" in view else (),
        weight=int(view.get("weight", "0")),
    )
    found = cast("Sequence[Finding]", ordering.ordered(chosen, view.get("order", "risk")))
    return sorted(found, key=lambda row: row.decision != Decision.OPEN)


def choices(everything: Sequence[Finding], view: Mapping[str, str], shown: int) -> dict[str, Any]:
    """The form that orders and filters, and how many of the issues it leaves."""

    def options(words: Mapping[Any, Any], name: str) -> list[dict[str, Any]]:
        return [
            {"value": str(code), "label": label, "chosen": view.get(name, "") == code}
            for code, label in words.items()
        ]

    categories = sorted({row.category for row in everything if row.category}, key=str.casefold)
    present = {row.status for row in everything}
    return {
        "orders": options(ORDERS, "order"),
        "least": options(LEAST, "least"),
        "statuses": options({code: word for code, word in STATUSES.items() if code in present}, "status"),
        "categories": options({one: one for one in categories}, "category"),
        "weight": view.get("weight", ""),
        "is_filtered": bool(set(view) - {"order"}),
        "query": urlencode(view),
        "shown": shown,
        "total": len(everything),
    }


def risk(rows: Rows, playbook: rules.Playbook | None) -> dict[str, Any] | None:
    """The score as what it is: named findings with their weights, added up; nothing is averaged."""
    review = rows.review
    if review is None or playbook is None:
        return None
    titles = {issue.code: issue.title for issue in playbook.issues}
    away = {one["issue"]: rows.document(one["document"])["title"] for one in review.elsewhere}
    parts = [
        {
            "title": titles.get(issue) or _unread(issue),
            "status": str(STATUSES.get(status, status)),
            "weight": weight,
            "document": away.get(issue, ""),
        }
        for issue, status, weight in review.risk_parts
    ]
    parts.sort(key=lambda part: -part["weight"])
    weights = Counter((part["status"], part["weight"]) for part in parts)
    return {
        "score": review.risk_score,
        "level": review.risk_level,
        "parts": parts,
        "sums": [
            {"count": count, "weight": weight, "status": status, "sum": count * weight}
            for (status, weight), count in sorted(weights.items(), key=lambda one: (-one[0][1], one[0][0]))
        ],
    }


def _unread(name: str) -> str:
    return _("Not read: %(name)s") % {"name": name.removeprefix("not read: ")}
