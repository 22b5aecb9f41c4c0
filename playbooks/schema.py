"""Playbooks out of plain data: every field read, every mistake named. `data_form` is the way back."""

import re
from collections.abc import Mapping
from typing import Any

from clauses.topics import TOPICS
from playbooks.coherence import check_whole
from playbooks.condition_text import BadCondition, from_data
from playbooks.conditions import Compare, Condition, Ref
from playbooks.fields import BadPlaybook, Fields, Notes
from playbooks.rules import (
    BEARERS,
    OUTSIDE,
    RISKS,
    ROLES,
    ApproverRule,
    Due,
    EditRule,
    Example,
    Issue,
    Missing,
    ObligationTemplate,
    Playbook,
    Rung,
    WalkAway,
    Wording,
)

_CODE = re.compile(r"[a-z][a-z0-9_]{1,60}")
_NAME = re.compile(r"[a-z][a-z0-9-]{1,60}")
ACTIONS = ("insert", "replace", "delete", "sentence")
DUE_KINDS = ("after", "before", "every", "on")


def read_playbook(data: Any, lines: Mapping[str, int] | None = None) -> Playbook:
    """A playbook from plain data. Raises BadPlaybook with every mistake found; `lines` maps paths to line
    numbers."""
    notes = Notes(lines or {})
    playbook = _playbook(Fields(data, "", notes))
    if not notes.mistakes:
        check_whole(playbook, notes)
    if notes.mistakes:
        raise BadPlaybook(notes.mistakes)
    return playbook


def _playbook(f: Fields) -> Playbook:
    if f.whole("parley_playbook", 1) != 1:
        f.wrong("parley_playbook", "this program reads form 1 only")
    name = f.text("name", required=True)
    if name and not _NAME.fullmatch(name):
        f.wrong("name", "use small letters, digits and hyphens")
    lists = _lists(f)
    thresholds = {"medium": 25, "high": 60, **_thresholds(f)}
    playbook = Playbook(
        name=name,
        title=f.text("title", required=True),
        contract_type=f.text("contract_type", required=True),
        side=f.text("side", required=True),
        language=f.text("language", default="en"),
        description=f.text("description"),
        note=f.text("note"),
        version=f.text("version", default="1"),
        lists=lists,
        thresholds=thresholds,
        issues=f.each("issues", _issue, required=True),
    )
    f.done()
    return playbook


def _lists(f: Fields) -> dict[str, tuple[str, ...]]:
    raw = f.raw("lists") or {}
    if not isinstance(raw, Mapping):
        f.wrong("lists", "must be a mapping of names to lists")
        return {}
    inner = Fields(raw, f.at("lists"), f.notes)
    return {str(key): inner.texts(str(key)) for key in raw}


def _thresholds(f: Fields) -> dict[str, int]:
    raw = f.raw("thresholds")
    if raw is None:
        return {}
    inner = Fields(raw, f.at("thresholds"), f.notes)
    found = {"medium": inner.whole("medium", 25), "high": inner.whole("high", 60)}
    inner.done()
    return found


def _issue(f: Fields) -> Issue:
    code = f.text("code", required=True)
    if code and not _CODE.fullmatch(code):
        f.wrong("code", "use small letters, digits and underscores")
    topic = f.text("topic", required=True)
    if topic and topic not in TOPICS:
        f.wrong("topic", f"“{topic}” is not a topic that can be read; known: {', '.join(sorted(TOPICS))}")
    rungs = f.each("rungs", _rung, required=True)
    opening = f.text("opening", default=rungs[0].id if rungs else "")
    issue = Issue(
        code=code,
        title=f.text("title", required=True),
        category=f.text("category", required=True),
        topic=topic,
        opening=opening,
        leave_alone=_leave_alone(f, opening),
        missing=f.one("missing", _missing, required=True) or Missing(OUTSIDE, ""),
        rungs=rungs,
        walk_away=f.one("walk_away", _walk_away, required=True)
        or WalkAway(ApproverRule("any", ("legal",)), "high", 0, ""),
        better=f.text("better"),
        policy=f.text("policy"),
        heading=f.text("heading"),
    )
    f.done()
    return issue


def _leave_alone(f: Fields, opening: str) -> dict[str, str]:
    raw = f.raw("leave_alone")
    if raw is None:
        return {"ours": opening, "theirs": opening}
    inner = Fields(raw, f.at("leave_alone"), f.notes)
    found = {
        "ours": inner.text("our_paper", default=opening),
        "theirs": inner.text("their_paper", default=opening),
    }
    inner.done()
    return found


def _missing(f: Fields) -> Missing:
    missing = Missing(f.text("stands", required=True), f.text("reason", required=True))
    f.done()
    return missing


def _rung(f: Fields) -> Rung:
    rung = Rung(
        id=f.text("id", required=True),
        label=f.text("label", required=True),
        when=_condition(f),
        risk=f.text("risk", choices=RISKS, default="low"),
        weight=f.whole("weight"),
        reason=f.text("reason", required=True),
        guidance=f.text("guidance"),
        mitigation=f.text("mitigation"),
        approvers=f.one("approvers", _approvers),
        wordings=_wordings(f),
        edits=f.each("edits", _edit),
        obligations=f.each("obligations", _obligation),
        examples=_examples(f),
        trade=f.text("trade"),
        review_on=f.text("review_on"),
    )
    if rung.id == OUTSIDE or (rung.id and not re.fullmatch(r"[A-Z][A-Za-z0-9]{0,9}", rung.id)):
        f.wrong("id", "use a capital letter followed by letters or digits, such as P or F1")
    f.done()
    return rung


def _condition(f: Fields) -> Condition:
    raw = f.raw("when")
    try:
        return from_data(raw)
    except BadCondition as error:
        f.wrong("when", "is required" if raw is None else str(error))
        return Compare(Ref("value", "clause"), "present")


def _approvers(f: Fields) -> ApproverRule:
    mode = "all" if "all" in f.data else "any"
    roles = f.texts(mode)
    if not roles:
        f.wrong(mode, "name at least one role")
    for role in roles:
        if role not in ROLES:
            f.wrong(mode, f"“{role}” is not a known role; known: {', '.join(ROLES)}")
    f.done()
    return ApproverRule(mode, roles)


def _wordings(f: Fields) -> tuple[Wording, ...]:
    raw = f.data.get("wording")
    if isinstance(raw, str):
        f.seen.add("wording")
        return (Wording(raw.strip()),)
    return f.each("wording", _wording)


def _wording(f: Fields) -> Wording:
    found = Wording(f.text("text", required=True), f.text("jurisdiction"), f.text("industry"), f.text("role"))
    f.done()
    return found


def _edit(f: Fields) -> EditRule:
    action = next((name for name in ACTIONS if name in f.data), "")
    if not action:
        f.notes.add(f.path, f"say what to do: one of {', '.join(ACTIONS)}")
    raw = f.raw(action) if action else ""
    f.seen.add(action)
    rule = EditRule(f.texts("mends"), action, "" if raw in (True, None) else str(raw), f.text("at"))
    if action == "insert" and not re.fullmatch(r"end|(?:before|after):[a-z_.]+(?::[a-z_]+)?", rule.at):
        f.wrong("at", "an insertion needs a place: end, before:NAME or after:NAME")
    f.done()
    return rule


def _obligation(f: Fields) -> ObligationTemplate:
    due = f.one("due", _due, required=True) or Due("on", "")
    found = ObligationTemplate(
        f.text("title", required=True),
        f.text("bearer", choices=BEARERS, required=True),
        f.text("owner", required=True),
        due,
    )
    f.done()
    return found


def _due(f: Fields) -> Due:
    kind = next((name for name in DUE_KINDS if name in f.data), "")
    if not kind:
        f.notes.add(f.path, f"say when: one of {', '.join(DUE_KINDS)}")
        return Due("on", "")
    due = Due(kind, f.text(kind, required=True), f.whole("days"))
    f.done()
    return due


def _examples(f: Fields) -> tuple[Example, ...]:
    raw = f.raw("examples")
    if raw is None:
        return ()
    if not isinstance(raw, list):
        f.wrong("examples", "must be a list")
        return ()
    return tuple(_example(item, f, n) for n, item in enumerate(raw))


def _example(item: Any, f: Fields, index: int) -> Example:
    if isinstance(item, str):
        return Example(item.strip())
    inner = Fields(item, f"{f.at('examples')}[{index}]", f.notes)
    example = Example(inner.text("text", required=True), inner.text("near") in {"true", "True", "yes"})
    inner.done()
    return example


def _walk_away(f: Fields) -> WalkAway:
    found = WalkAway(
        f.one("approvers", _approvers, required=True) or ApproverRule("any", ("legal",)),
        f.text("risk", choices=RISKS, default="high"),
        f.whole("weight", 10),
        f.text("reason", required=True),
        f.text("guidance"),
        _examples(f),
    )
    f.done()
    return found
