"""An overlay put over a playbook: a new playbook, and a list of what changed that a person can read.

1. Adjustments for other sides, or on issues that the playbook does not have, are passed over and named.
2. What is stricter already stays; what does not fit is left out and named as a conflict.
3. The result is read as strictly as any playbook. Where it is refused, adjustments are tried one by one, and
   those that do not fit are left out with the reason.
4. Examples of the issues that changed are tried again. One that now stands elsewhere moves there and is
   named; one that can no longer be told is left out and named. So every example of the result lands.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playbooks import rules
from playbooks.fields import BadPlaybook
from playbooks.packs.adjusting import Already, Clash, Data, Did, make
from playbooks.packs.overlays import Adjustment, Overlay
from playbooks.schema import read_playbook
from playbooks.trials import place_example


@dataclass(frozen=True)
class Change:
    """One thing that changed, and why."""

    issue: str
    says: str
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class LeftOut:
    """An adjustment that was not made: what it is for, and why not."""

    issue: str
    why: str
    because: str


@dataclass(frozen=True)
class Moved:
    """An example that stands elsewhere now; `to` is empty where it can no longer be told and was left out."""

    issue: str
    text: str
    was: str
    to: str


@dataclass(frozen=True)
class Applied:
    """The playbook with the overlay over it, and everything to know before taking it.

    `conflicts` need a person; `kept` are fine as they are; `elsewhere` names the issues that the playbook
    does not have.
    """

    playbook: rules.Playbook
    changes: tuple[Change, ...]
    conflicts: tuple[LeftOut, ...]
    kept: tuple[LeftOut, ...]
    elsewhere: tuple[str, ...]
    examples: tuple[Moved, ...]


@dataclass
class _Run:
    """One pass over the adjustments."""

    data: Data
    changes: list[Change]
    conflicts: list[LeftOut]
    kept: list[LeftOut]
    elsewhere: list[str]
    touched: set[str]


def apply_overlay(playbook: rules.Playbook, overlay: Overlay) -> Applied:
    """The playbook with the overlay's adjustments; the one given stays as it is."""
    refused: list[LeftOut] = []
    adjustments: Sequence[Adjustment] = overlay.adjustments
    run = _run(playbook, adjustments)
    try:
        read = read_playbook(run.data)
    except BadPlaybook:
        adjustments, refused = _those_that_fit(playbook, adjustments)
        run = _run(playbook, adjustments)
        read = read_playbook(run.data)
    settled, moved = _settle_examples(read, run.touched)
    if run.changes:
        settled = _noted(settled, overlay)
    return Applied(
        settled,
        tuple(run.changes),
        (*run.conflicts, *refused),
        tuple(run.kept),
        tuple(dict.fromkeys(run.elsewhere)),
        moved,
    )


def _run(playbook: rules.Playbook, adjustments: Sequence[Adjustment]) -> _Run:
    run = _Run(_copy(playbook.to_data()), [], [], [], [], set())
    for adjustment in adjustments:
        if not adjustment.sides or playbook.side in adjustment.sides:
            _one(run, adjustment)
    return run


def _one(run: _Run, adjustment: Adjustment) -> None:
    issues = {issue["code"]: issue for issue in run.data["issues"]}
    issue = next((issues[code] for code in adjustment.issues if code in issues), None)
    if adjustment.issues and issue is None:
        run.elsewhere.append(adjustment.issues[0].replace("_", " "))
        return
    if adjustment.kind == "add_to_list" and adjustment.name not in run.data.get("lists", {}):
        run.elsewhere.append(adjustment.name.replace("_", " "))
        return
    before = _copy(run.data)
    name = _subject(adjustment, issue)
    try:
        did = make(run.data, adjustment, issue)
    except Already as reason:
        run.kept.append(LeftOut(name, adjustment.why, str(reason)))
    except Clash as reason:
        run.data = before
        run.conflicts.append(LeftOut(name, adjustment.why, str(reason)))
    else:
        run.changes.append(_change(did, adjustment))
        run.touched |= _touched(run.data, adjustment, issue)


def _change(did: Did, adjustment: Adjustment) -> Change:
    return Change(did.issue, did.says, did.before, did.after, adjustment.why)


def _touched(data: Data, adjustment: Adjustment, issue: Data | None) -> set[str]:
    """The issues whose examples may stand elsewhere now."""
    if adjustment.kind == "add_issue":
        return {str(adjustment.fields["code"])}
    if adjustment.kind == "add_to_list":
        named = f"LIST.{adjustment.name}"
        return {row["code"] for row in data["issues"] if named in json.dumps(row, default=str)}
    if issue is None or adjustment.kind not in {"set_value", "add_rung"}:
        return set()
    waiting = f"rung({issue['code']})"
    return {
        row["code"]
        for row in data["issues"]
        if row["code"] == issue["code"] or waiting in json.dumps(row, default=str)
    }


def _those_that_fit(
    playbook: rules.Playbook, adjustments: Sequence[Adjustment]
) -> tuple[list[Adjustment], list[LeftOut]]:
    """Tried one after the other: those that leave a sound playbook, and what is wrong with the rest."""
    fitting: list[Adjustment] = []
    refused: list[LeftOut] = []
    for adjustment in adjustments:
        run = _run(playbook, [*fitting, adjustment])
        try:
            read_playbook(run.data)
        except BadPlaybook as error:
            issue = next(
                (row for row in run.data["issues"] if row["code"] in adjustment.issues),
                None,
            )
            because = error.mistakes[0].message
            refused.append(LeftOut(_subject(adjustment, issue), adjustment.why, _sentence(because)))
        else:
            fitting.append(adjustment)
    return fitting, refused


def _settle_examples(playbook: rules.Playbook, touched: set[str]) -> tuple[rules.Playbook, tuple[Moved, ...]]:
    """Every example of the touched issues under the rung it stands on, those that moved named."""
    moved: list[Moved] = []
    data = _copy(playbook.to_data())
    for issue in playbook.issues:
        if issue.code not in touched:
            continue
        row = next(row for row in data["issues"] if row["code"] == issue.code)
        kept: dict[str, list[Any]] = {}
        for place, example in _examples(row):
            text = example if isinstance(example, str) else example["text"]
            known = _read_example(playbook, issue.code, place, text)
            stands = place_example(playbook, issue.code, known).rung
            if stands != place:
                moved.append(Moved(issue.title, text, _name(issue, place), _name(issue, stands)))
            if stands is not None and example not in kept.setdefault(stands, []):
                kept[stands].append(example)
        for rung in row["rungs"]:
            rung["examples"] = kept.get(rung["id"], [])
        row["walk_away"]["examples"] = kept.get(rules.OUTSIDE, [])
    return (read_playbook(data) if moved else playbook), tuple(moved)


def _examples(row: Data) -> list[tuple[str, Any]]:
    found = [(rung["id"], example) for rung in row["rungs"] for example in rung.get("examples", [])]
    return [*found, *((rules.OUTSIDE, example) for example in row["walk_away"].get("examples", []))]


def _read_example(playbook: rules.Playbook, code: str, place: str, text: str) -> rules.Example:
    for issue, rung, known in playbook.examples():
        if issue.code == code and rung == place and known.text == text:
            return known
    return rules.Example(text)


def _name(issue: rules.Issue, place: str | None) -> str:
    if place is None:
        return ""
    if place == rules.OUTSIDE:
        return "Below the last fallback"
    number = issue.position(place)
    return f"Fallback {number}" if number else "Preferred"


def _noted(playbook: rules.Playbook, overlay: Overlay) -> rules.Playbook:
    """The description says what the playbook was adjusted for, once."""
    said = f"Adjusted for: {overlay.title}."
    if said in playbook.description:
        return playbook
    data = playbook.to_data()
    data["description"] = f"{playbook.description} {said}".strip()
    return read_playbook(data)


def _subject(adjustment: Adjustment, issue: Data | None) -> str:
    if issue is not None:
        return str(issue["title"])
    if adjustment.kind == "add_issue":
        return str(adjustment.fields.get("title", ""))
    return f"The list “{adjustment.name.replace('_', ' ')}”"


def _sentence(words: str) -> str:
    said = words[:1].upper() + words[1:]
    return said if said.endswith(".") else f"{said}."


def _copy(data: Any) -> Any:
    """A deep copy of plain values."""
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_copy(value) for value in data]
    return data
