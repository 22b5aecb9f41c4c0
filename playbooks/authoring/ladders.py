"""Pieces of a playbook put in, moved and taken out, on its stored form. Every function gives new data and
leaves the old as it was; `drafting.change` writes them.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from playbooks.codes import issue_code
from playbooks.rules import BY_RULES, OUTSIDE

Data = dict[str, Any]


class NotThere(LookupError):
    """The issue or rung is not in the draft (any more)."""


class LastOne(ValueError):
    """A playbook needs an issue, and a ladder a rung."""


def issue_place(data: Mapping[str, Any], code: str) -> int:
    """Where the issue stands in the list. Raises NotThere."""
    for place, issue in enumerate(data["issues"]):
        if issue["code"] == code:
            return place
    raise NotThere(code)


def rung_place(issue: Mapping[str, Any], rung_id: str) -> int:
    """Where the rung stands on the ladder, 0 for the preferred one. Raises NotThere."""
    for place, rung in enumerate(issue["rungs"]):
        if rung["id"] == rung_id:
            return place
    raise NotThere(rung_id)


def put_issue(data: Mapping[str, Any], code: str, fields: Mapping[str, Any]) -> Data:
    """The issue's own fields in the place of those it has; its rungs and walk-away stay. Empty ones go."""
    new = deepcopy(dict(data))
    place = issue_place(new, code)
    new["issues"][place] = _put(new["issues"][place], fields)
    return new


def put_rung(data: Mapping[str, Any], code: str, rung_id: str, fields: Mapping[str, Any]) -> Data:
    """The fields of a rung or of the walk-away in the place of those it has."""
    new = deepcopy(dict(data))
    issue = new["issues"][issue_place(new, code)]
    if rung_id == OUTSIDE:
        issue["walk_away"] = _put(issue["walk_away"], fields)
    else:
        place = rung_place(issue, rung_id)
        issue["rungs"][place] = _put(issue["rungs"][place], fields)
    return new


def _put(old: Mapping[str, Any], fields: Mapping[str, Any]) -> Data:
    merged = {**old, **fields}
    return {name: value for name, value in merged.items() if value not in (None, "", [], {})}


def add_rung(data: Mapping[str, Any], code: str, rung_id: str, fields: Mapping[str, Any]) -> Data:
    """One more rung below the others."""
    new = deepcopy(dict(data))
    new["issues"][issue_place(new, code)]["rungs"].append(_put({"id": rung_id}, fields))
    return new


def next_rung_id(issue: Mapping[str, Any]) -> str:
    """F1, F2 …: the first that the ladder does not use; P for a ladder without its preferred rung."""
    used = {rung["id"] for rung in issue["rungs"]}
    if "P" not in used and not used:
        return "P"
    return next(f"F{number}" for number in range(1, len(used) + 2) if f"F{number}" not in used)


def next_issue_code(data: Mapping[str, Any], title: str) -> str:
    """A code out of the title that no issue of the playbook has."""
    return issue_code(title, {issue["code"] for issue in data["issues"]})


def add_issue(data: Mapping[str, Any], issue: Mapping[str, Any]) -> Data:
    """One more issue behind the others."""
    new = deepcopy(dict(data))
    new["issues"].append(deepcopy(dict(issue)))
    return new


def move_issue(data: Mapping[str, Any], code: str, by: int) -> Data:
    """The issue one place up (-1) or down (1); at the end of the list nothing changes."""
    new = deepcopy(dict(data))
    _move(new["issues"], issue_place(new, code), by)
    return new


def move_rung(data: Mapping[str, Any], code: str, rung_id: str, by: int) -> Data:
    """The rung one place up (-1) or down (1). It keeps its id, so that what names it goes with it."""
    new = deepcopy(dict(data))
    issue = new["issues"][issue_place(new, code)]
    _move(issue["rungs"], rung_place(issue, rung_id), by)
    return new


def _move(items: list[Any], place: int, by: int) -> None:
    other = place + by
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]


def remove_issue(data: Mapping[str, Any], code: str) -> Data:
    """Without the issue. Raises LastOne for the only one."""
    new = deepcopy(dict(data))
    place = issue_place(new, code)
    if len(new["issues"]) == 1:
        raise LastOne(code)
    del new["issues"][place]
    return new


def remove_rung(data: Mapping[str, Any], code: str, rung_id: str) -> Data:
    """Without the rung. What named it (the opening, what is left alone, silence) names the rung above it, or
    the new preferred one. Raises LastOne for the only rung."""
    new = deepcopy(dict(data))
    issue = new["issues"][issue_place(new, code)]
    place = rung_place(issue, rung_id)
    if len(issue["rungs"]) == 1:
        raise LastOne(rung_id)
    del issue["rungs"][place]
    heir = issue["rungs"][max(0, place - 1)]["id"]
    if issue.get("opening") == rung_id:
        issue["opening"] = heir
    left = issue.get("leave_alone", {})
    for step in (left, *left.get("up_to", ())):
        for paper in ("our_paper", "their_paper"):
            if step.get(paper) == rung_id:
                step[paper] = heir
    if issue["missing"]["stands"] == rung_id and rung_id not in (OUTSIDE, BY_RULES):
        issue["missing"]["stands"] = heir
    return new
