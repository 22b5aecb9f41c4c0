"""Rules out of decisions: one issue for each row that is taken, checked alone and together.

A reason may be shown to the other side, so it is only ever taken from a column that is meant for them; what
the table says for colleagues (rationale, notes, the walk-away) becomes guidance.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playbooks.codes import issue_code
from playbooks.fields import BadPlaybook, Mistake, Notes
from playbooks.importing.decisions import Decision, rung_id
from playbooks.importing.instructions import blanks_in
from playbooks.importing.people import approvers_from
from playbooks.importing.rule_words import why_unread
from playbooks.rates import ALL_RATES
from playbooks.reachability import check_ladder
from playbooks.review import place_text
from playbooks.rules import OUTSIDE, Playbook
from playbooks.topics import TOPICS

MOST_ISSUES = 400
_WEIGHTS = {"low": 3, "medium": 5, "high": 8}
_BELOW = {"low": "low", "medium": "low", "high": "medium"}
_PATH = re.compile(r"issues\[(\d+)\](?:\.rungs\[(\d+)\])?")


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken as it stands. `rung` is its place on the ladder, None for the whole row."""

    key: str
    rung: int | None
    says: str


@dataclass(frozen=True)
class Head:
    """What a playbook is called and for whom it speaks. `rates` are its rate cards in stored form, for issues
    on rates."""

    name: str
    title: str
    contract_type: str
    side: str
    source: str = ""
    rates: Mapping[str, Any] = field(default_factory=dict)


class CannotBuild(ValueError):
    """The rows taken make no playbook; `problems` names each row, `others` what concerns none of them."""

    def __init__(self, problems: Sequence[Problem], others: Sequence[str] = ()) -> None:
        super().__init__("; ".join([*(problem.says for problem in problems), *others]))
        self.problems, self.others = tuple(problems), tuple(others)


def build(head: Head, taken: Sequence[tuple[str, Decision, str]]) -> Playbook:
    """The playbook of these rows: (key, decision, where it comes from). Raises CannotBuild."""
    if not taken:
        raise CannotBuild([], ["No row is taken yet: take at least one."])
    if len(taken) > MOST_ISSUES:
        raise CannotBuild(
            [], [f"A playbook takes at most {MOST_ISSUES} issues; {len(taken)} rows are taken."]
        )
    incomplete = [problem for key, decision, _ in taken for problem in _incomplete(key, decision)]
    if incomplete:
        raise CannotBuild(incomplete)
    codes = _codes([decision.title for _, decision, _ in taken])
    issues = [
        issue_data(decision, code, source) for (_, decision, source), code in zip(taken, codes, strict=True)
    ]
    try:
        read = Playbook.from_data(_playbook_data(head, issues))
    except BadPlaybook as error:
        raise _named(error.mistakes, [key for key, _, _ in taken]) from error
    notes = Notes()
    for index, issue in enumerate(read.issues):
        check_ladder(read, issue, f"issues[{index}]", notes)
    if notes.mistakes:
        raise _named(notes.mistakes, [key for key, _, _ in taken])
    return _with_examples(read)


def problems_of(key: str, decision: Decision, head: Head) -> tuple[Problem, ...]:
    """What is wrong with a row alone."""
    try:
        build(head, [(key, decision, "")])
    except CannotBuild as error:
        return (*error.problems, *(Problem(key, None, says) for says in error.others))
    return ()


def landing(decision: Decision, head: Head, position: int) -> str:
    """The rung on which a rung's own wording stands: its id, "walk_away", "" for could not tell or none."""
    wording = decision.rungs[position].wording
    if not wording or problems_of("", decision, head):
        return ""
    return place_text(playbook_of(head, [("issue", decision)]), "issue", wording).rung or ""


def _incomplete(key: str, decision: Decision) -> Iterable[Problem]:
    if decision.topic not in TOPICS:
        yield Problem(key, None, "choose the topic Parley shall read for it, or leave the row out")
        return
    if not decision.rungs:
        yield Problem(key, None, "has no position to hold a contract against")
    for position, rung in enumerate(decision.rungs):
        if not rung.when.strip():
            yield Problem(key, position, "say what it means as a condition")
        elif why := why_unread(decision.topic, rung.when):
            yield Problem(key, position, why)
        for blank in blanks_in(rung.wording):
            yield Problem(key, position, f"fill in “{blank}” in its wording, or leave the wording empty")


def issue_data(decision: Decision, code: str, source: str) -> dict[str, Any]:
    """One row as an issue in stored form."""
    rungs = [_rung_data(decision, position) for position in range(len(decision.rungs))]
    return {
        "code": code,
        "title": decision.title[:200],
        "category": decision.category[:100] or TOPICS[decision.topic].title,
        "topic": decision.topic,
        "policy": source,
        "missing": _missing(decision),
        "rungs": rungs,
        "walk_away": {
            "approvers": approvers_from(decision.walk_approvers) or {"any": ["legal"]},
            "risk": decision.risk or "high",
            "weight": _WEIGHTS.get(decision.risk, 8),
            "reason": "This is outside what we can agree to.",
            "guidance": decision.walk_away,
        },
    }


def _missing(decision: Decision) -> dict[str, str]:
    if not decision.accepts_silence:
        return {"stands": OUTSIDE, "reason": "The contract does not deal with this, and it should."}
    wants_none = decision.rungs[0].when.strip() == "clause absent"
    return {
        "stands": "P",
        "reason": "We ask for no such clause." if wants_none else "We need no clause on this.",
    }


def _rung_data(decision: Decision, position: int) -> dict[str, Any]:
    rung = decision.rungs[position]
    neutral = "This is our standard position." if position == 0 else "We can agree to this instead."
    data: dict[str, Any] = {
        "id": rung_id(position),
        "label": rung.label or rung_id(position),
        "when": rung.when,
        "reason": decision.reason if decision.reason and position == 0 else neutral,
        "risk": "low" if position == 0 else _BELOW.get(decision.risk, "medium"),
        "weight": 0 if position == 0 else max(1, _WEIGHTS.get(decision.risk, 8) // 2),
        "guidance": decision.guidance if position == 0 else "",
    }
    if rung.wording:
        data["wording"] = rung.wording
    if rung.example:
        data["examples"] = [rung.example]
    if edits := [line.split(": ", 1) for line in rung.names.splitlines() if ": " in line]:
        known = TOPICS[decision.topic].values
        data["edits"] = [{"mends": [name], "replace": text} for name, text in edits if name in known]
    if approvers := approvers_from(rung.approvers):
        data["approvers"] = approvers
    return {name: value for name, value in data.items() if value != ""}


def _playbook_data(head: Head, issues: list[dict[str, Any]]) -> dict[str, Any]:
    about_rates = any(
        TOPICS[issue["topic"]].values.get(ALL_RATES) for issue in issues if issue["topic"] in TOPICS
    )
    return {
        "parley_playbook": 1,
        "name": head.name or "imported",
        "title": head.title or "Imported",
        "contract_type": head.contract_type or "other",
        "side": head.side or "both",
        "note": head.source,
        **({"rates": dict(head.rates)} if about_rates and head.rates else {}),
        "issues": [{k: v for k, v in issue.items() if v != ""} for issue in issues],
    }


def playbook_of(head: Head, issues: Iterable[tuple[str, Decision]]) -> Playbook:
    """The playbook of these decisions by the code of each, unchecked as a whole. Raises BadPlaybook."""
    return Playbook.from_data(
        _playbook_data(head, [issue_data(decision, code, "") for code, decision in issues])
    )


def _codes(titles: Sequence[str]) -> list[str]:
    """A code for each issue out of its title, each once."""
    found: list[str] = []
    for title in titles:
        found.append(issue_code(title, found))
    return found


def _named(mistakes: Iterable[Mistake], keys: Sequence[str]) -> CannotBuild:
    problems, others = list[Problem](), list[str]()
    for mistake in mistakes:
        match = _PATH.match(mistake.field)
        if match is None:
            others.append(f"{mistake.field}: {mistake.message}")
            continue
        rung = int(match.group(2)) if match.group(2) else None
        problems.append(Problem(keys[int(match.group(1))], rung, mistake.message))
    return CannotBuild(problems, others)


def _with_examples(read: Playbook) -> Playbook:
    """Texts that land on their own rung become its examples, so that publishing tries them again."""
    data = read.to_data()
    for issue, entry in zip(read.issues, data["issues"], strict=True):
        rungs: list[Mapping[str, Any]] = entry["rungs"]
        for rung, target in zip(issue.rungs, rungs, strict=True):
            texts = [wording.text for wording in rung.wordings if "{{" not in wording.text]
            texts = list(dict.fromkeys([*(one.text for one in rung.examples), *texts]))
            target.pop("examples", None)  # type: ignore[attr-defined]
            good = [text for text in texts if place_text(read, issue.code, text).rung == rung.id]
            if good:
                target["examples"] = good  # type: ignore[index]
    return Playbook.from_data(data)
