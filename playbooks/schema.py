"""The data form of playbooks: reading with every mistake named by its field, writing without defaults."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from clauses.topics import TOPICS
from clauses.topics.values import Spec
from playbooks.condition_text import BadCondition, from_data, write
from playbooks.conditions import Compare, Condition, Covers, Ref, RungAtLeast, leaves
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
T = TypeVar("T")


@dataclass(frozen=True)
class Mistake:
    """One thing wrong with a playbook: where (a path such as "issues[2].rungs[0].when"), the line, and
    why."""

    field: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"line {self.line}, " if self.line else ""
        return f"{place}{self.field}: {self.message}"


class BadPlaybook(ValueError):
    """The playbook cannot be used; `mistakes` names every field that is wrong."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)


@dataclass
class _Notes:
    """Mistakes found so far, and the line each path of the data stands on."""

    lines: Mapping[str, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, path: str, message: str) -> None:
        line = self.lines.get(path)
        parent = path
        while line is None and parent:
            parent = parent.rpartition(".")[0] if "." in parent else ""
            line = self.lines.get(parent)
        self.mistakes.append(Mistake(path or "playbook", message, line))


class _Fields:
    """Reads one mapping field by field and names what is missing, of the wrong kind, or unknown."""

    def __init__(self, data: Any, path: str, notes: _Notes) -> None:
        self.path, self.notes = path, notes
        self.seen: set[str] = set()
        if not isinstance(data, Mapping):
            notes.add(path, "must be a mapping of fields")
            data = {}
        self.data: Mapping[str, Any] = data

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def raw(self, key: str) -> Any:
        self.seen.add(key)
        return self.data.get(key)

    def wrong(self, key: str, message: str) -> None:
        self.notes.add(self.at(key), message)

    def text(
        self, key: str, *, required: bool = False, choices: Sequence[str] = (), default: str = ""
    ) -> str:
        value = self.raw(key)
        if value is None:
            if required:
                self.wrong(key, "is required")
            return default
        if isinstance(value, (Mapping, list)):
            self.wrong(key, "must be text")
            return default
        if choices and str(value) not in choices:
            self.wrong(key, f"“{value}” is not one of {', '.join(choices)}")
        return str(value).strip()

    def whole(self, key: str, default: int = 0) -> int:
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,6}", str(value)):
            self.wrong(key, f"“{value}” is not a whole number")
            return default
        return int(str(value))

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.raw(key)
        if value is None:
            return ()
        if isinstance(value, (str, int)):
            return (str(value),)
        if not isinstance(value, list) or any(isinstance(item, (Mapping, list)) for item in value):
            self.wrong(key, "must be a list of words")
            return ()
        return tuple(str(item) for item in value)

    def each(self, key: str, read: Callable[["_Fields"], T], *, required: bool = False) -> tuple[T, ...]:
        value = self.raw(key)
        if value is None or value == []:
            if required:
                self.wrong(key, "needs at least one entry")
            return ()
        if not isinstance(value, list):
            self.wrong(key, "must be a list")
            return ()
        return tuple(read(_Fields(item, f"{self.at(key)}[{n}]", self.notes)) for n, item in enumerate(value))

    def one(self, key: str, read: Callable[["_Fields"], T], *, required: bool = False) -> T | None:
        value = self.raw(key)
        if value is None:
            if required:
                self.wrong(key, "is required")
            return None
        return read(_Fields(value, self.at(key), self.notes))

    def done(self) -> None:
        for key in self.data:
            if key not in self.seen:
                self.wrong(str(key), "is not a known field")


def read_playbook(data: Any, lines: Mapping[str, int] | None = None) -> Playbook:
    """A playbook from plain data. Raises BadPlaybook with every mistake found; `lines` maps paths to line
    numbers."""
    notes = _Notes(lines or {})
    playbook = _playbook(_Fields(data, "", notes))
    if not notes.mistakes:
        _check_whole(playbook, notes)
    if notes.mistakes:
        raise BadPlaybook(notes.mistakes)
    return playbook


def _playbook(f: _Fields) -> Playbook:
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


def _lists(f: _Fields) -> dict[str, tuple[str, ...]]:
    raw = f.raw("lists") or {}
    if not isinstance(raw, Mapping):
        f.wrong("lists", "must be a mapping of names to lists")
        return {}
    inner = _Fields(raw, f.at("lists"), f.notes)
    return {str(key): inner.texts(str(key)) for key in raw}


def _thresholds(f: _Fields) -> dict[str, int]:
    raw = f.raw("thresholds")
    if raw is None:
        return {}
    inner = _Fields(raw, f.at("thresholds"), f.notes)
    found = {"medium": inner.whole("medium", 25), "high": inner.whole("high", 60)}
    inner.done()
    return found


def _issue(f: _Fields) -> Issue:
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


def _leave_alone(f: _Fields, opening: str) -> dict[str, str]:
    raw = f.raw("leave_alone")
    if raw is None:
        return {"ours": opening, "theirs": opening}
    inner = _Fields(raw, f.at("leave_alone"), f.notes)
    found = {
        "ours": inner.text("our_paper", default=opening),
        "theirs": inner.text("their_paper", default=opening),
    }
    inner.done()
    return found


def _missing(f: _Fields) -> Missing:
    missing = Missing(f.text("stands", required=True), f.text("reason", required=True))
    f.done()
    return missing


def _rung(f: _Fields) -> Rung:
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


def _condition(f: _Fields) -> Condition:
    raw = f.raw("when")
    try:
        return from_data(raw)
    except BadCondition as error:
        f.wrong("when", "is required" if raw is None else str(error))
        return Compare(Ref("value", "clause"), "present")


def _approvers(f: _Fields) -> ApproverRule:
    mode = "all" if "all" in f.data else "any"
    roles = f.texts(mode)
    if not roles:
        f.wrong(mode, "name at least one role")
    for role in roles:
        if role not in ROLES:
            f.wrong(mode, f"“{role}” is not a known role; known: {', '.join(ROLES)}")
    f.done()
    return ApproverRule(mode, roles)


def _wordings(f: _Fields) -> tuple[Wording, ...]:
    raw = f.data.get("wording")
    if isinstance(raw, str):
        f.seen.add("wording")
        return (Wording(raw.strip()),)
    return f.each("wording", _wording)


def _wording(f: _Fields) -> Wording:
    found = Wording(f.text("text", required=True), f.text("jurisdiction"), f.text("industry"), f.text("role"))
    f.done()
    return found


def _edit(f: _Fields) -> EditRule:
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


def _obligation(f: _Fields) -> ObligationTemplate:
    due = f.one("due", _due, required=True) or Due("on", "")
    found = ObligationTemplate(
        f.text("title", required=True),
        f.text("bearer", choices=BEARERS, required=True),
        f.text("owner", required=True),
        due,
    )
    f.done()
    return found


def _due(f: _Fields) -> Due:
    kind = next((name for name in DUE_KINDS if name in f.data), "")
    if not kind:
        f.notes.add(f.path, f"say when: one of {', '.join(DUE_KINDS)}")
        return Due("on", "")
    due = Due(kind, f.text(kind, required=True), f.whole("days"))
    f.done()
    return due


def _examples(f: _Fields) -> tuple[Example, ...]:
    raw = f.raw("examples")
    if raw is None:
        return ()
    if not isinstance(raw, list):
        f.wrong("examples", "must be a list")
        return ()
    return tuple(_example(item, f, n) for n, item in enumerate(raw))


def _example(item: Any, f: _Fields, index: int) -> Example:
    if isinstance(item, str):
        return Example(item.strip())
    inner = _Fields(item, f"{f.at('examples')}[{index}]", f.notes)
    example = Example(inner.text("text", required=True), inner.text("near") in {"true", "True", "yes"})
    inner.done()
    return example


def _walk_away(f: _Fields) -> WalkAway:
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


def _check_whole(playbook: Playbook, notes: _Notes) -> None:
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


def _check_issue(playbook: Playbook, issue: Issue, path: str, notes: _Notes) -> None:
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


def _check_leaf(playbook: Playbook, issue: Issue, leaf: Condition, path: str, notes: _Notes) -> None:
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


def _check_name(playbook: Playbook, ref: Ref, specs: Mapping[str, Spec], path: str, notes: _Notes) -> None:
    if ref.source == "list" and ref.name not in playbook.lists:
        notes.add(path, f"there is no list “{ref.name}”")
    known = ref.name in specs or ref.name == "clause" or ref.name.endswith(".money")
    if ref.source == "value" and not known:
        notes.add(path, f"“{ref.name}” is not read on this topic; known: clause, {', '.join(sorted(specs))}")


def _check_words(spec: Spec, op: str, right: Any, path: str, notes: _Notes) -> None:
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
