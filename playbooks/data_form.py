"""Playbooks as plain data in one canonical form, which `schema` reads back to equal rules."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from playbooks.condition_text import write
from playbooks.rules import (
    ApproverRule,
    EditRule,
    Example,
    Issue,
    ObligationTemplate,
    Playbook,
    RateCard,
    Rung,
    UpTo,
    WalkAway,
)


def playbook_data(playbook: Playbook) -> dict[str, Any]:
    """The canonical data form: fields in a fixed order, defaults left out, conditions in their short form."""
    return slim(
        {
            "parley_playbook": 1,
            "name": playbook.name,
            "title": playbook.title,
            "version": playbook.version,
            "contract_type": playbook.contract_type,
            "side": playbook.side,
            "language": playbook.language,
            "description": playbook.description,
            "note": playbook.note,
            "lists": {name: list(items) for name, items in playbook.lists.items()},
            "thresholds": dict(playbook.thresholds),
            "deal_facts": dict(playbook.deal_facts),
            "rates": {name: _card_data(card) for name, card in playbook.rates.items()},
            "issues": [_issue_data(issue) for issue in playbook.issues],
        }
    )


def _card_data(card: RateCard) -> dict[str, Any]:
    rows = [
        slim({**vars(line), "price": fact_data(line.price), "also": list(line.also)}) for line in card.lines
    ]
    return {"rows": rows} if card.in_use else {"in_use": False, "rows": rows}


def _issue_data(issue: Issue) -> dict[str, Any]:
    return slim(
        {
            "code": issue.code,
            "title": issue.title,
            "category": issue.category,
            "topic": issue.topic,
            "better": dict(issue.better_for) or issue.better,
            "policy": issue.policy,
            "heading": issue.heading,
            "opening": issue.opening,
            "leave_alone": {
                "our_paper": issue.leave_alone["ours"],
                "their_paper": issue.leave_alone["theirs"],
                **({"up_to": [_up_to_data(step) for step in issue.small_deals]} if issue.small_deals else {}),
            },
            "counsel": [{"when": write(flag.when), "says": flag.says} for flag in issue.counsel],
            "missing": {"stands": issue.missing.stands, "reason": issue.missing.reason},
            "rungs": [_rung_data(rung) for rung in issue.rungs],
            "walk_away": _walk_away_data(issue.walk_away),
        }
    )


def _rung_data(rung: Rung) -> dict[str, Any]:
    return slim(
        {
            "id": rung.id,
            "label": rung.label,
            "when": write(rung.when),
            "risk": rung.risk,
            "weight": rung.weight,
            "approvers": _approvers_data(rung.approvers),
            "reason": rung.reason,
            "guidance": rung.guidance,
            "mitigation": rung.mitigation,
            "trade": {"code": rung.needs_trade, "text": rung.trade} if rung.needs_trade else rung.trade,
            "review_on": rung.review_on,
            "wording": [slim(vars(item)) for item in rung.wordings],
            "edits": [_edit_data(item) for item in rung.edits],
            "obligations": [_obligation_data(item) for item in rung.obligations],
            "examples": [example_data(item) for item in rung.examples],
        }
    )


def _walk_away_data(walk_away: WalkAway) -> dict[str, Any]:
    return slim(
        {
            "approvers": _approvers_data(walk_away.approvers),
            "risk": walk_away.risk,
            "weight": walk_away.weight,
            "reason": walk_away.reason,
            "guidance": walk_away.guidance,
            "examples": [example_data(item) for item in walk_away.examples],
        }
    )


def _approvers_data(rule: ApproverRule | None) -> dict[str, Any] | None:
    return None if rule is None else {rule.mode: list(rule.roles)}


def _edit_data(rule: EditRule) -> dict[str, Any]:
    return slim({"mends": list(rule.mends), rule.action: rule.text or True, "at": rule.at})


def _obligation_data(item: ObligationTemplate) -> dict[str, Any]:
    due: dict[str, Any] = {item.due.kind: item.due.event}
    if item.due.days:
        due["days"] = item.due.days
    return {"title": item.title, "bearer": item.bearer, "owner": item.owner, "due": due}


def example_data(example: Example) -> Any:
    """An example in its stored form: its text alone where there is nothing else."""
    if not example.near and not example.deal and not example.rates:
        return example.text
    deal = {name: fact_data(value) for name, value in example.deal.items()}
    rates = {name: _card_data(card) for name, card in example.rates.items()}
    return slim({"text": example.text, "near": True if example.near else None, "deal": deal, "rates": rates})


def fact_data(value: Any) -> Any:
    """A fact of a deal as JSON keeps it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else f"{value:f}"
    return list(value) if isinstance(value, tuple) else value


def _up_to_data(step: UpTo) -> dict[str, Any]:
    return {"value": fact_data(step.value), "our_paper": step.ours, "their_paper": step.theirs}


def slim(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
