"""Past contracts of our own making: how each ended on one issue, with known frequencies."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from analytics.endings import Ending
from playbooks.backtest import Stood
from playbooks.rules import Playbook

PAYS = "The Customer shall pay each invoice within {days} days of the invoice date."


def small_playbook(**more: Any) -> Playbook:
    """One issue, payment days; we pay, so longer is better: P 45, F1 30 (free), F2 14 (finance)."""
    issue: dict[str, Any] = {
        "code": "payment",
        "title": "Payment period",
        "category": "Money",
        "topic": "payment_days",
        "better": "longer",
        "missing": {"stands": "F1", "reason": "The law gives thirty days."},
        "rungs": [
            rung("P", 45, None),
            rung("F1", 30, None),
            rung("F2", 14, ["finance"]),
        ],
        "walk_away": {"approvers": {"any": ["cfo"]}, "weight": 9, "reason": "Too short to pay."},
        **more,
    }
    return Playbook.from_data(
        {
            "parley_playbook": 1,
            "name": "small",
            "title": "Small",
            "contract_type": "saas",
            "side": "customer",
            "issues": [issue],
        }
    )


def rung(name: str, days: int, approvers: list[str] | None) -> dict[str, Any]:
    made = {
        "id": name,
        "label": f"{days} days or more",
        "when": f"days >= {days}",
        "reason": "So that invoices can be checked.",
        "examples": [PAYS.format(days=days)],
    }
    return {**made, "approvers": {"any": approvers}} if approvers else made


def ending(
    item: int, days: Decimal | int | None, *, playbook: Playbook | None = None, issue: str = "payment"
) -> Ending:
    """A contract that ended on so many days; None: it says nothing."""
    book = playbook or small_playbook()
    ladder = book.issue(issue)
    values: dict[str, Any] = (
        {} if days is None else {"days": str(days), "from": {"absent": ""}, "duty": "firm"}
    )
    if days is None:
        place = ladder.missing.stands
    else:
        met = [one.id for one in ladder.rungs if Decimal(days) >= Decimal(one.label.split()[0])]
        place = met[0] if met else "walk_away"
    return Ending(
        item,
        Stood(
            issue=issue,
            title=ladder.title,
            status="compliant" if place == "P" else "outside" if place == "walk_away" else "fallback",
            rung=place,
            severity="low",
            weight=1,
            is_finding=False,
            needs="",
            mode="any",
            roles=(),
            clause="",
            quote="" if days is None else PAYS.format(days=days),
            why="",
            values=values,
        ),
    )


def history(days: Sequence[Decimal | int | None], playbook: Playbook | None = None) -> list[Ending]:
    return [ending(item, one, playbook=playbook) for item, one in enumerate(days)]
