"""The editor's pages as the plain values they show."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from playbooks import rules
from playbooks.authoring.forms.conditions import UNITS
from playbooks.authoring.forms.words import plain, rung_name, told
from playbooks.authoring.ladders import next_issue_code
from playbooks.authoring.problems import Problem, stands
from playbooks.authoring.trying import Tried
from playbooks.authoring.views.common import at
from playbooks.condition_words import describe
from playbooks.everywhere import specs_of
from playbooks.models import PlaybookVersion
from playbooks.pages import cost, not_set
from playbooks.topics import TOPICS, Topic

EXCERPT = 600


def first_rules(given: Mapping[str, Any]) -> rules.Playbook:
    """A playbook with one issue, on which every text stands that has its clause."""
    topic = TOPICS[given["topic"]]
    issue = {
        "code": next_issue_code({"issues": []}, topic.title),
        "title": topic.title,
        "category": _("General"),
        "topic": topic.code,
        "missing": {"stands": rules.OUTSIDE, "reason": _("The contract says nothing on it.")},
        "rungs": [
            {
                "id": "P",
                "label": _("The clause is there"),
                "when": "clause present",
                "reason": _("This is the position we ask for."),
            }
        ],
        "walk_away": {
            "approvers": {"any": ["general_counsel"]},
            "risk": "high",
            "weight": 10,
            "reason": _("This is below our last position."),
        },
    }
    names = ("name", "title", "contract_type", "side", "description")
    return rules.Playbook.from_data(
        {"parley_playbook": 1, **{name: given[name] for name in names if given[name]}, "issues": [issue]}
    )


def draft(version: PlaybookVersion, read: rules.Playbook, found: Sequence[Problem]) -> dict[str, Any]:
    """The list of issues, and what stands in the way of publishing."""
    published = version.playbook.published()
    last = len(read.issues) - 1
    return {
        "issues": [
            {
                "code": issue.code,
                "title": issue.title,
                "category": issue.category,
                "topic": TOPICS[issue.topic].title,
                "url": at("edit_issue", version, issue=issue.code),
                "rungs": len(issue.rungs),
                "not_set": not_set(read, issue),
                "ladder": ladder(issue),
                "first": place == 0,
                "last": place == last,
                "stops": sum(one.stops for one in found if one.issue == issue.code),
            }
            for place, issue in enumerate(read.issues)
        ],
        "stops": [_problem(version, one) for one in found if one.stops],
        "hints": [_problem(version, one) for one in found if not one.stops],
        "published": published.number if published else None,
        "objective": read.description,
        "settings_url": at("settings", version),
        "add_url": at("add_issue", version),
        "arrange_url": at("arrange", version),
        "difference_url": at("difference", version),
        "discard_url": reverse("playbooks:discard", args=[version.uuid]),
        "export_url": reverse("playbooks:export", args=[version.uuid]),
    }


def _problem(version: PlaybookVersion, one: Problem) -> dict[str, Any]:
    if one.rung:
        url = at("edit_rung", version, issue=one.issue, rung=one.rung)
    else:
        url = at("edit_issue", version, issue=one.issue) if one.issue else at("settings", version)
    return {"where": one.where, "says": one.says, "quote": one.quote[:EXCERPT], "url": url}


def problem_rows(version: PlaybookVersion, found: Sequence[Problem]) -> list[dict[str, Any]]:
    return [_problem(version, one) for one in found]


def ladder(issue: rules.Issue) -> list[dict[str, Any]]:
    """The strip of rungs."""
    rungs = [
        {
            "name": rung_name(place),
            "text": rung.label,
            "kind": "free" if rung.free else "approval",
            "needs": cost(rung.approvers),
        }
        for place, rung in enumerate(issue.rungs)
    ]
    below = {
        "name": _("Below the last rung"),
        "text": _("walk-away"),
        "kind": "walkaway",
        "needs": cost(issue.walk_away.approvers),
    }
    return [*rungs, below]


def rung_cards(version: PlaybookVersion, issue: rules.Issue) -> list[dict[str, Any]]:
    """The rungs as cards, the walk-away last."""
    specs, last = specs_of(issue.topic), len(issue.rungs) - 1
    return [
        {
            "id": rung.id,
            "name": rung_name(place),
            "label": rung.label,
            "kind": "free" if rung.free else "approval",
            "condition": describe(rung.when, specs),
            "risk": rung.risk,
            "weight": rung.weight,
            "needs": cost(rung.approvers) or _("no approval"),
            "reason": rung.reason,
            "wordings": len(rung.wordings),
            "edits": len(rung.edits),
            "examples": len(rung.examples),
            "obligations": len(rung.obligations),
            "trade": rung.trade,
            "url": at("edit_rung", version, issue=issue.code, rung=rung.id),
            "first": place == 0,
            "last": place == last,
            "opens": rung.id == issue.opening,
        }
        for place, rung in enumerate(issue.rungs)
    ]


def walk_away_card(version: PlaybookVersion, issue: rules.Issue) -> dict[str, Any]:
    below = issue.walk_away
    return {
        "risk": below.risk,
        "weight": below.weight,
        "needs": cost(below.approvers),
        "reason": below.reason,
        "examples": len(below.examples),
        "url": at("edit_rung", version, issue=issue.code, rung=rules.OUTSIDE),
    }


def topic_row(topic: Topic) -> dict[str, Any]:
    """A subject that can be read, with what is read on it."""
    return {
        "code": topic.code,
        "title": topic.title,
        "looks_for": topic.looks_for,
        "values": [
            {"says": spec.says, "unit": str(UNITS.get(spec.unit, "")), "words": told(spec.allowed)}
            for spec in topic.values.values()
        ],
    }


def topics(query: str) -> list[dict[str, Any]]:
    """The subjects whose words hold the query, by title."""
    words = query.casefold().split()
    rows = [topic_row(topic) for topic in sorted(TOPICS.values(), key=lambda topic: topic.title)]
    return [row for row in rows if all(word in _haystack(row) for word in words)]


def _haystack(row: Mapping[str, Any]) -> str:
    values = " ".join(f"{value['says']} {value['words']}" for value in row["values"])
    return f"{row['title']} {row['looks_for']} {values} {plain(row['code'])}".casefold()


VERDICTS = {"yes": "green", "no": "grey", "unknown": "amber"}


def tried(result: Tried, *, what: str) -> dict[str, Any]:
    """The outcome of a live test: where the text lands, its words, and every comparison."""
    issue = result.issue
    return {
        "what": what,
        "lands": stands(issue, result.rung),
        "rung": result.rung or "",
        "label": next((rung.label for rung in issue.rungs if rung.id == result.rung), ""),
        "status": result.status,
        "tone": {"compliant": "green", "fallback": "amber", "unsure": "amber"}.get(result.status, "red"),
        "silent": not result.quote and result.status != "unsure",
        "silence": issue.missing.reason,
        "why": result.why_unsure,
        "quote": result.quote[:EXCERPT],
        "rungs": [
            {
                "name": rung_name(place),
                "label": one.label,
                "lands": one.lands,
                "verdict": one.verdict,
                "tone": VERDICTS[one.verdict],
                "steps": [
                    {
                        "says": step.says,
                        "found": step.found,
                        "verdict": step.verdict,
                        "tone": VERDICTS[step.verdict],
                    }
                    for step in one.steps
                ],
            }
            for place, one in enumerate(result.rungs)
        ],
        "also": [
            {"quote": quote[:EXCERPT], "stands": stands(issue, rung)} for quote, rung in result.also[:5]
        ],
    }
