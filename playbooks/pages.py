"""Playbooks as the plain values their pages show."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clauses.topics.values import Spec
from playbooks import rules
from playbooks.condition_words import describe
from playbooks.models import Playbook, PlaybookVersion
from playbooks.topics import TOPICS

ROLE_NAMES = {"cfo": gettext_lazy("the CFO"), "ip_counsel": gettext_lazy("IP counsel")}
"""Roles that are not simply their code in words."""
RISK_ORDER = {risk: place for place, risk in enumerate(rules.RISKS)}


def card(playbook: Playbook, *, in_use: int) -> dict[str, Any]:
    """One playbook of the list, by its newest published version, or its draft where there is none."""
    kept = (row for row in playbook.versions.all() if row.discarded_at is None)
    versions = sorted(kept, key=lambda row: row.number, reverse=True)
    published = next((row for row in versions if row.published_at), None)
    shown = published or (versions[0] if versions else None)
    read = rules.Playbook.from_data(shown.data) if shown else None
    return {
        "title": playbook.title,
        "url": reverse("playbooks:detail", args=[playbook.uuid]),
        "contract_type": read.contract_type.replace("_", " ") if read else "",
        "side": read.side.replace("_", " ") if read else "",
        "version": published.number if published else None,
        "published_at": published.published_at if published else None,
        "issues": len(read.issues) if read else 0,
        "in_use": in_use,
        "state": "archived" if playbook.archived_at else "published" if published else "draft",
        "has_draft": any(row.published_at is None for row in versions) and published is not None,
        "summary": read.description if read else "",
        "export_url": reverse("playbooks:export", args=[shown.uuid]) if shown else "",
    }


def issues(playbook: rules.Playbook) -> list[dict[str, Any]]:
    """Every issue with its ladder, read-only."""
    return [{**_issue(issue), "not_set": not_set(playbook, issue)} for issue in playbook.issues]


def not_set(playbook: rules.Playbook, issue: rules.Issue) -> str:
    """The rate cards that nobody has filled in, where an issue waits for them; "" where it is judged."""
    return ", ".join(f"“{name.replace('_', ' ')}”" for name in playbook.cards_not_set(issue))


def _issue(issue: rules.Issue) -> dict[str, Any]:
    topic = TOPICS.get(issue.topic)
    specs: Mapping[str, Spec] = topic.values if topic else {}
    risks = [issue.walk_away.risk, *(rung.risk for rung in issue.rungs)]
    shown = [_rung(rung, index, specs) for index, rung in enumerate(issue.rungs)]
    return {
        "code": issue.code,
        "title": issue.title,
        "topic": topic.title if topic else issue.topic,
        "severity": max(risks, key=lambda risk: RISK_ORDER.get(risk, 0)),
        "policy": issue.policy,
        "rule": topic.looks_for if topic else "",
        "opens_at": _name_of(issue, issue.opening),
        "leave_alone": _leave_alone(issue),
        "missing_is": _missing(issue),
        "rungs": [*shown, _walk_away(issue.walk_away)],
    }


def _rung(rung: rules.Rung, index: int, specs: Mapping[str, Spec]) -> dict[str, Any]:
    return {
        "name": rung_name(index),
        "label": rung.label,
        "kind": "free" if rung.free else "approval",
        "text": rung.label,
        "condition": describe(rung.when, specs),
        "needs": cost(rung.approvers),
        "wording": "\n\n".join(wording.text for wording in rung.wordings),
        "reason": rung.reason,
        "guidance": "\n".join(part for part in (rung.guidance, rung.mitigation) if part),
        "risk": rung.risk,
        "obligations": [_obligation(item) for item in rung.obligations],
    }


def _walk_away(below: rules.WalkAway) -> dict[str, Any]:
    return {
        "name": _("Below the last fallback"),
        "label": "",
        "kind": "walkaway",
        "text": below.reason,
        "condition": _("none of the above holds"),
        "needs": cost(below.approvers),
        "wording": "",
        "reason": below.reason,
        "guidance": below.guidance,
        "risk": below.risk,
        "obligations": [],
    }


def rung_name(index: int) -> str:
    return _("Preferred") if index == 0 else _("Fallback %(number)d") % {"number": index}


def cost(approvers: rules.ApproverRule | None) -> str:
    """Whose approval conceding needs, in words; empty where it is free."""
    if approvers is None:
        return ""
    names = [str(ROLE_NAMES.get(role, role.replace("_", " "))) for role in approvers.roles]
    return _("needs %(names)s") % {
        "names": (_(" and ") if approvers.mode == "all" else _(" or ")).join(names)
    }


def _name_of(issue: rules.Issue, rung_id: str) -> str:
    place = issue.position(rung_id)
    return rung_name(place) if place < len(issue.rungs) else _("Below the last fallback")


def _leave_alone(issue: rules.Issue) -> str:
    papers = {"ours": _("on our paper"), "theirs": _("on their paper")}
    parts = [
        _("%(rung)s or better %(paper)s")
        % {"rung": _name_of(issue, rung_id), "paper": papers.get(paper, paper)}
        for paper, rung_id in issue.leave_alone.items()
    ]
    return "; ".join(parts)


def _missing(issue: rules.Issue) -> str:
    stands = issue.missing.stands
    if stands == rules.OUTSIDE:
        return _("Missing: the clause must be asked for. %(reason)s") % {"reason": issue.missing.reason}
    if stands == rules.BY_RULES:
        return _("What the rungs’ own conditions say about it. %(reason)s") % {"reason": issue.missing.reason}
    return _("Silence stands at: %(rung)s. %(reason)s") % {
        "rung": _name_of(issue, stands),
        "reason": issue.missing.reason,
    }


def _obligation(item: rules.ObligationTemplate) -> str:
    due = f"{item.due.kind} {item.due.event}" + (f", {item.due.days} d" if item.due.days else "")
    return f"{item.title} ({due}; {item.owner})".replace("_", " ")


def versions(rows: Iterable[PlaybookVersion], shown: PlaybookVersion) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "url": reverse("playbooks:version", args=[row.uuid]),
            "published_at": row.published_at,
            "is_shown": row.pk == shown.pk,
        }
        for row in rows
    ]
