"""What only a whole playbook can show: codes used twice, rungs and values that are not there, circles."""

from collections.abc import Mapping
from typing import Any

from clauses.topics import TOPICS
from clauses.topics.values import Spec
from playbooks.conditions import Compare, Condition, Covers, Ref, RungAtLeast, leaves
from playbooks.fields import Notes
from playbooks.rules import OUTSIDE, Issue, Playbook


def check_whole(playbook: Playbook, notes: Notes) -> None:
    """What only the whole can show: double codes, unknown rungs and values, issues that wait for each
    other."""
    codes = [issue.code for issue in playbook.issues]
    for index, issue in enumerate(playbook.issues):
        path = f"issues[{index}]"
        if codes.index(issue.code) != index:
            notes.add(f"{path}.code", f"“{issue.code}” is used twice")
        _check_issue(playbook, issue, path, notes)
    for code in _circular(playbook):
        notes.add(f"issues[{codes.index(code)}]", f"the issue “{code}” depends on its own rung")


def _check_issue(playbook: Playbook, issue: Issue, path: str, notes: Notes) -> None:
    ids = [rung.id for rung in issue.rungs]
    for n, rung in enumerate(issue.rungs):
        if ids.index(rung.id) != n:
            notes.add(f"{path}.rungs[{n}].id", f"“{rung.id}” is used twice")
        for leaf in leaves(rung.when):
            _check_leaf(playbook, issue, leaf, f"{path}.rungs[{n}].when", notes)
    named = {
        "opening": issue.opening,
        "leave_alone.our_paper": issue.leave_alone["ours"],
        "leave_alone.their_paper": issue.leave_alone["theirs"],
    }
    for key, rung_id in named.items():
        if rung_id not in ids:
            notes.add(f"{path}.{key}", f"there is no rung “{rung_id}”")
    if issue.missing.stands not in {*ids, OUTSIDE}:
        notes.add(f"{path}.missing.stands", f"use a rung of this issue or {OUTSIDE}")


def _check_leaf(playbook: Playbook, issue: Issue, leaf: Condition, path: str, notes: Notes) -> None:
    specs = TOPICS[issue.topic].values
    match leaf:
        case RungAtLeast(code, rung):
            other = next((item for item in playbook.issues if item.code == code), None)
            if other is None or rung not in [item.id for item in other.rungs]:
                notes.add(path, f"there is no rung “{rung}” on an issue “{code}”")
        case Covers(large, small):
            for ref in (large, small):
                _check_name(playbook, ref, specs, path, notes)
        case Compare(left, op, right):
            _check_name(playbook, left, specs, path, notes)
            if isinstance(right, Ref):
                _check_name(playbook, right, specs, path, notes)
            elif left.source == "value" and left.name in specs:
                _check_words(specs[left.name], op, right, path, notes)


def _check_name(playbook: Playbook, ref: Ref, specs: Mapping[str, Spec], path: str, notes: Notes) -> None:
    if ref.source == "list" and ref.name not in playbook.lists:
        notes.add(path, f"there is no list “{ref.name}”")
    known = ref.name in specs or ref.name == "clause" or ref.name.endswith(".money")
    if ref.source == "value" and not known:
        notes.add(path, f"“{ref.name}” is not read on this topic; known: clause, {', '.join(sorted(specs))}")


def _check_words(spec: Spec, op: str, right: Any, path: str, notes: Notes) -> None:
    numeric = op in {"<", "<=", ">", ">="}
    if (
        numeric != (spec.kind == "number")
        and op in {"<", "<=", ">", ">=", "has", "lacks", "only"}
        and (numeric or spec.kind == "number")
    ):
        notes.add(path, f"“{op}” does not fit {spec.says}, which is a {spec.kind}")
    items = right if isinstance(right, tuple) else (right,)
    for item in items:
        if spec.allowed and isinstance(item, str) and item not in spec.allowed:
            notes.add(path, f"“{item}” is never read for {spec.says}; possible: {', '.join(spec.allowed)}")


def _circular(playbook: Playbook) -> list[str]:
    needs = {
        issue.code: {
            leaf.issue for rung in issue.rungs for leaf in leaves(rung.when) if isinstance(leaf, RungAtLeast)
        }
        for issue in playbook.issues
    }

    def reaches(start: str, now: str, seen: set[str]) -> bool:
        return any(
            nxt == start or (nxt not in seen and reaches(start, nxt, seen | {nxt}))
            for nxt in needs.get(now, ())
        )

    return sorted(code for code in needs if reaches(code, code, {code}))
