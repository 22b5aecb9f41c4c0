"""Playbooks as plain data in one canonical form, which `schema` reads back to equal rules."""

from collections.abc import Mapping
from typing import Any

from playbooks.condition_text import write
from playbooks.rules import (
    ApproverRule,
    EditRule,
    Example,
    Issue,
    ObligationTemplate,
    Playbook,
    Rung,
    WalkAway,
)


def playbook_data(playbook: Playbook) -> dict[str, Any]:
    """The canonical data form: fields in a fixed order, defaults left out, conditions in their short form."""
    return _slim(
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
            "issues": [_issue_data(issue) for issue in playbook.issues],
        }
    )


def _issue_data(issue: Issue) -> dict[str, Any]:
    return _slim(
        {
            "code": issue.code,
            "title": issue.title,
            "category": issue.category,
            "topic": issue.topic,
            "better": issue.better,
            "policy": issue.policy,
            "heading": issue.heading,
            "opening": issue.opening,
            "leave_alone": {
                "our_paper": issue.leave_alone["ours"],
                "their_paper": issue.leave_alone["theirs"],
            },
            "missing": {"stands": issue.missing.stands, "reason": issue.missing.reason},
            "rungs": [_rung_data(rung) for rung in issue.rungs],
            "walk_away": _walk_away_data(issue.walk_away),
        }
    )


def _rung_data(rung: Rung) -> dict[str, Any]:
    return _slim(
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
            "trade": rung.trade,
            "review_on": rung.review_on,
            "wording": [_slim(vars(item)) for item in rung.wordings],
            "edits": [_edit_data(item) for item in rung.edits],
            "obligations": [_obligation_data(item) for item in rung.obligations],
            "examples": [_example_data(item) for item in rung.examples],
        }
    )


def _walk_away_data(walk_away: WalkAway) -> dict[str, Any]:
    return _slim(
        {
            "approvers": _approvers_data(walk_away.approvers),
            "risk": walk_away.risk,
            "weight": walk_away.weight,
            "reason": walk_away.reason,
            "guidance": walk_away.guidance,
            "examples": [_example_data(item) for item in walk_away.examples],
        }
    )


def _approvers_data(rule: ApproverRule | None) -> dict[str, Any] | None:
    return None if rule is None else {rule.mode: list(rule.roles)}


def _edit_data(rule: EditRule) -> dict[str, Any]:
    return _slim({"mends": list(rule.mends), rule.action: rule.text or True, "at": rule.at})


def _obligation_data(item: ObligationTemplate) -> dict[str, Any]:
    due: dict[str, Any] = {item.due.kind: item.due.event}
    if item.due.days:
        due["days"] = item.due.days
    return {"title": item.title, "bearer": item.bearer, "owner": item.owner, "due": due}


def _example_data(example: Example) -> Any:
    return {"text": example.text, "near": True} if example.near else example.text


def _slim(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
