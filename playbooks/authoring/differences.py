"""What is new in a playbook against another version of it, in the words of the people who decide.

Issues are paired by their code, rungs by their id, the lines of a rung (wordings, examples …) by their place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from playbooks.authoring.forms.rate_rows import line_of
from playbooks.authoring.forms.words import (
    BEARERS,
    DIRECTIONS,
    DUE_KINDS,
    EDIT_ACTIONS,
    ROLE_WORDS,
    rung_name,
)
from playbooks.condition_words import describe
from playbooks.everywhere import specs_of
from playbooks.rules import (
    BY_RULES,
    OUTSIDE,
    ApproverRule,
    EditRule,
    Example,
    Issue,
    ObligationTemplate,
    Playbook,
    Rung,
    WalkAway,
    Wording,
)

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"


@dataclass(frozen=True)
class FieldChange:
    """One field, before and after; empty where there was or is nothing. `is_text`: shown as a redline."""

    name: str
    before: str
    after: str
    is_text: bool = False


@dataclass(frozen=True)
class RungChange:
    """What became of one rung: added, removed, changed or only moved."""

    kind: str
    name: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class IssueChange:
    kind: str
    code: str
    title: str
    fields: tuple[FieldChange, ...] = ()
    rungs: tuple[RungChange, ...] = ()


@dataclass(frozen=True)
class Difference:
    """Everything that is new. Nothing in it: the two say the same."""

    settings: tuple[FieldChange, ...] = ()
    issues: tuple[IssueChange, ...] = ()
    order: tuple[str, ...] = field(default=())
    """Titles in their new order, where only the order of issues changed."""

    @property
    def is_empty(self) -> bool:
        return not (self.settings or self.issues or self.order)

    def counts(self) -> dict[str, int]:
        """How many issues were added, removed, changed."""
        return {kind: sum(one.kind == kind for one in self.issues) for kind in (ADDED, REMOVED, CHANGED)}


Said = dict[str, tuple[str, bool]]
"""Field name → what it says, and whether it is running text."""


def difference(old: Playbook | None, new: Playbook) -> Difference:
    """What `new` changes against `old`; without an old one everything is added."""
    if old is None:
        return Difference(_fields({}, _book(new)), tuple(_issue_added(issue) for issue in new.issues))
    before = {issue.code: issue for issue in old.issues}
    after = {issue.code: issue for issue in new.issues}
    changed = [
        found
        for code, issue in after.items()
        if (
            found := _issue_added(issue)
            if code not in before
            else _issue_changed(before[code], issue, old, new)
        )
        is not None
    ]
    removed = [
        IssueChange(
            REMOVED,
            code,
            issue.title,
            rungs=tuple(RungChange(REMOVED, _said_rung(issue, r)) for r in issue.rungs),
        )
        for code, issue in before.items()
        if code not in after
    ]
    kept_before = [code for code in before if code in after]
    kept_after = [code for code in after if code in before]
    order = () if kept_before == kept_after else tuple(issue.title for issue in new.issues)
    return Difference(_fields(_book(old), _book(new)), (*changed, *removed), order)


def _fields(before: Said, after: Said) -> tuple[FieldChange, ...]:
    names = dict.fromkeys([*before, *after])
    found = []
    for name in names:
        old, is_text = before.get(name, ("", False))
        new, also_text = after.get(name, ("", False))
        if old != new:
            found.append(FieldChange(name, old, new, is_text or also_text))
    return tuple(found)


def _book(book: Playbook) -> Said:
    said: Said = {
        _("Title"): (book.title, False),
        _("Kind of contract"): (book.contract_type.replace("_", " "), False),
        _("Our side"): (book.side.replace("_", " "), False),
        _("Objective"): (book.description, True),
        _("Note"): (book.note, True),
        _("Risk is medium from"): (str(book.thresholds["medium"]), False),
        _("Risk is high from"): (str(book.thresholds["high"]), False),
    }
    for name, items in book.lists.items():
        said[_("List “%(name)s”") % {"name": name.replace("_", " ")}] = (", ".join(items), False)
    for name, card in book.rates.items():
        rows = [line_of(vars(line)) for line in card.lines]
        rows += [] if card.in_use else [_("not in use")]
        said[_("Rate card “%(name)s”") % {"name": name.replace("_", " ")}] = ("\n".join(rows), True)
    for name, kind in book.deal_facts.items():
        said[_("Fact of the deal “%(name)s”") % {"name": name.replace("_", " ")}] = (kind, False)
    return {name: pair for name, pair in said.items() if pair[0]}


def _issue_added(issue: Issue) -> IssueChange:
    rungs = [
        RungChange(ADDED, _said_rung(issue, rung), _fields({}, _rung(issue, rung))) for rung in issue.rungs
    ]
    below = RungChange(ADDED, _below(), _fields({}, _walk_away(issue.walk_away)))
    return IssueChange(ADDED, issue.code, issue.title, _fields({}, _issue(issue)), (*rungs, below))


def _issue_changed(old: Issue, new: Issue, old_book: Playbook, new_book: Playbook) -> IssueChange | None:
    fields = _fields(_issue(old), _issue(new))
    rungs = (*_rungs(old, new), *_below_changed(old, new))
    if not fields and not rungs:
        return None
    return IssueChange(CHANGED, new.code, new.title, fields, rungs)


def _rungs(old: Issue, new: Issue) -> Iterable[RungChange]:
    before = {rung.id: rung for rung in old.rungs}
    kept_before = [rung.id for rung in old.rungs if any(rung.id == other.id for other in new.rungs)]
    kept_after = [rung.id for rung in new.rungs if rung.id in before]
    moved = {one for one, other in zip(kept_after, kept_before, strict=True) if one != other}
    for rung in new.rungs:
        name = _said_rung(new, rung)
        if rung.id not in before:
            yield RungChange(ADDED, name, _fields({}, _rung(new, rung)))
            continue
        fields = _fields(_rung(old, before[rung.id]), _rung(new, rung))
        if rung.id in moved:
            place = FieldChange(
                _("Place"), rung_name(old.position(rung.id)), rung_name(new.position(rung.id))
            )
            yield RungChange(CHANGED if fields else MOVED, name, (place, *fields))
        elif fields:
            yield RungChange(CHANGED, name, fields)
    kept = {rung.id for rung in new.rungs}
    for rung in old.rungs:
        if rung.id not in kept:
            yield RungChange(REMOVED, _said_rung(old, rung), _fields(_rung(old, rung), {}))


def _below_changed(old: Issue, new: Issue) -> tuple[RungChange, ...]:
    fields = _fields(_walk_away(old.walk_away), _walk_away(new.walk_away))
    return (RungChange(CHANGED, _below(), fields),) if fields else ()


def _below() -> str:
    return _("Below the last rung")


def _said_rung(issue: Issue, rung: Rung) -> str:
    return f"{rung_name(issue.position(rung.id))}: {rung.label}"


def _place(issue: Issue, rung_id: str) -> str:
    if rung_id == OUTSIDE:
        return _("missing: the clause must be asked for")
    if rung_id == BY_RULES:
        return _("what the conditions of the rungs say about it")
    place = issue.position(rung_id)
    return rung_name(place) if place < len(issue.rungs) else rung_id


def _issue(issue: Issue) -> Said:
    ways = {code: str(said) for code, said in DIRECTIONS}
    better = "; ".join(f"{side}: {ways.get(way, way)}" for side, way in issue.better_for.items()) or ways.get(
        issue.better, issue.better
    )
    small = "; ".join(
        _("up to %(value)s: %(ours)s on our paper, %(theirs)s on theirs")
        % {
            "value": f"{step.value:,f}",
            "ours": _place(issue, step.ours or issue.leave_alone["ours"]),
            "theirs": _place(issue, step.theirs or issue.leave_alone["theirs"]),
        }
        for step in issue.small_deals
    )
    said: Said = {
        _("Title"): (issue.title, False),
        _("Category"): (issue.category, False),
        _("What is read"): (issue.topic.replace("_", " "), False),
        _("We open with"): (_place(issue, issue.opening), False),
        _("Left alone on our paper"): (_place(issue, issue.leave_alone["ours"]), False),
        _("Left alone on their paper"): (_place(issue, issue.leave_alone["theirs"]), False),
        _("Small deals"): (small, False),
        _("If the contract says nothing"): (_place(issue, issue.missing.stands), False),
        _("Why silence means that"): (issue.missing.reason, True),
        _("Direction"): (better, False),
        _("Heading of a clause to insert"): (issue.heading, False),
        _("Policy"): (issue.policy, True),
    }
    for number, flag in enumerate(issue.counsel, start=1):
        when = describe(flag.when, specs_of(issue.topic))
        said[_("Ask counsel %(number)d") % {"number": number}] = (f"{when}: {flag.says}", True)
    return {name: pair for name, pair in said.items() if pair[0]}


def _rung(issue: Issue, rung: Rung) -> Said:
    trade = rung.trade
    if rung.needs_trade:
        trade = _("%(trade)s (holds only while agreed)") % {"trade": rung.trade}
    said: Said = {
        _("Position"): (rung.label, True),
        _("Holds when"): (describe(rung.when, specs_of(issue.topic)), True),
        _("Risk"): (rung.risk, False),
        _("Weight"): (str(rung.weight), False),
        _("Approval"): (_approvers(rung.approvers), False),
        _("Reason we give"): (rung.reason, True),
        _("Guidance"): (rung.guidance, True),
        _("Mitigation"): (rung.mitigation, True),
        _("Asked in return"): (trade, True),
        _("Look at it again on"): (rung.review_on, False),
    }
    said |= _lines(_("Wording"), [_wording(one) for one in rung.wordings])
    said |= _lines(_("Small edit"), [_edit(one) for one in rung.edits])
    said |= _lines(_("Obligation"), [_obligation(one) for one in rung.obligations])
    said |= _lines(_("Example"), [_example(one) for one in rung.examples])
    return {name: pair for name, pair in said.items() if pair[0]}


def _walk_away(below: WalkAway) -> Said:
    said: Said = {
        _("Approval"): (_approvers(below.approvers), False),
        _("Risk"): (below.risk, False),
        _("Weight"): (str(below.weight), False),
        _("Reason we give"): (below.reason, True),
        _("Guidance"): (below.guidance, True),
    }
    said |= _lines(_("Example"), [_example(one) for one in below.examples])
    return {name: pair for name, pair in said.items() if pair[0]}


def _lines(name: str, items: Sequence[str]) -> Said:
    if len(items) == 1:
        return {name: (items[0], True)}
    return {f"{name} {number}": (text, True) for number, text in enumerate(items, start=1)}


def _approvers(rule: ApproverRule | None) -> str:
    if rule is None:
        return _("none: we may concede it freely")
    joint = _(" and ") if rule.mode == "all" else _(" or ")
    return joint.join(str(ROLE_WORDS.get(role, role.replace("_", " "))) for role in rule.roles)


def _wording(one: Wording) -> str:
    where = ", ".join(part for part in (one.jurisdiction, one.industry, one.role) if part)
    return f"({where}) {one.text}" if where else one.text


def _edit(one: EditRule) -> str:
    action = {code: str(said) for code, said in EDIT_ACTIONS}[one.action]
    place = f" [{one.at}]" if one.at else ""
    words = f" “{one.text}”" if one.text else ""
    return f"{', '.join(one.mends)}: {action}{words}{place}"


def _obligation(one: ObligationTemplate) -> str:
    kinds: Mapping[str, Any] = dict(DUE_KINDS)
    days = f"{one.due.days} " if one.due.days else ""
    due = f"{days}{kinds[one.due.kind]} {one.due.event}"
    bearer = dict(BEARERS)[one.bearer]
    return f"{one.title} ({bearer}; {due}; {one.owner.replace('_', ' ')})"


def _example(one: Example) -> str:
    facts = "; ".join(f"{name}={value}" for name, value in one.deal.items())
    near = _("close to the next rung") if one.near else ""
    prices = _("with the prices it was written for") if one.rates else ""
    more = ", ".join(part for part in (near, facts, prices) if part)
    return f"{one.text} ({more})" if more else one.text
