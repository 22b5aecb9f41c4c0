"""What only a whole playbook can show: codes used twice, rungs and values that are not there, circles."""

from typing import Any

from clauses.topics.calendar_dates import is_date
from clauses.topics.values import Spec
from playbooks.conditions import Compare, Condition, Covers, Ref, RungAtLeast, leaves, parse_ref
from playbooks.deal import DEAL_FACTS
from playbooks.everywhere import specs_of
from playbooks.fields import Mistake, Notes
from playbooks.rates import is_one_rate, one_rate_words
from playbooks.reachability import check_ladder
from playbooks.rules import BY_RULES, OUTSIDE, Issue, Playbook


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


def check_ladders(playbook: Playbook, notes: Notes) -> None:
    """Ladders that cannot work: contradictions, rungs that nothing reaches, numbers the wrong way."""
    for index, issue in enumerate(playbook.issues):
        check_ladder(playbook, issue, f"issues[{index}]", notes)


def ladder_mistakes(playbook: Playbook) -> tuple[Mistake, ...]:
    """What stands in the way of publishing a draft whose fields are all in order."""
    notes = Notes()
    check_ladders(playbook, notes)
    return tuple(notes.mistakes)


def _check_issue(playbook: Playbook, issue: Issue, path: str, notes: Notes) -> None:
    ids = [rung.id for rung in issue.rungs]
    for n, rung in enumerate(issue.rungs):
        if ids.index(rung.id) != n:
            notes.add(f"{path}.rungs[{n}].id", f"“{rung.id}” is used twice")
        for leaf in leaves(rung.when):
            _check_leaf(playbook, issue, leaf, f"{path}.rungs[{n}].when", notes)
    for n, flag in enumerate(issue.counsel):
        for leaf in leaves(flag.when):
            _check_leaf(playbook, issue, leaf, f"{path}.counsel[{n}].when", notes)
    named = {
        "opening": issue.opening,
        "leave_alone.our_paper": issue.leave_alone["ours"],
        "leave_alone.their_paper": issue.leave_alone["theirs"],
    }
    for n, step in enumerate(issue.small_deals):
        named[f"leave_alone.up_to[{n}].our_paper"] = step.ours or issue.opening
        named[f"leave_alone.up_to[{n}].their_paper"] = step.theirs or issue.opening
    for key, rung_id in named.items():
        if rung_id not in ids:
            notes.add(f"{path}.{key}", f"there is no rung “{rung_id}”")
    if issue.missing.stands not in {*ids, OUTSIDE, BY_RULES}:
        notes.add(f"{path}.missing.stands", f"use a rung of this issue, {OUTSIDE} or {BY_RULES}")


def _check_leaf(playbook: Playbook, issue: Issue, leaf: Condition, path: str, notes: Notes) -> None:
    match leaf:
        case RungAtLeast(code, rung):
            other = next((item for item in playbook.issues if item.code == code), None)
            if other is None or rung not in [item.id for item in other.rungs]:
                notes.add(path, f"there is no rung “{rung}” on an issue “{code}”")
        case Covers(large, small):
            for ref in (large, small):
                _check_name(playbook, ref, issue, path, notes)
        case Compare(left, op, right):
            spec = _check_name(playbook, left, issue, path, notes)
            if left.source == "rates":
                notes.add(path, f"“{left}” stands on the right: each_rate <= {left}")
            if isinstance(right, Ref):
                _check_name(playbook, right, issue, path, notes)
                _check_card(spec, left, op, right, path, notes)
            elif spec is not None:
                _check_words(spec, op, right, path, notes)


def _check_card(spec: Spec | None, left: Ref, op: str, right: Ref, path: str, notes: Notes) -> None:
    """Rates are at most those of a rate card, and nothing else is compared with one."""
    is_rates = spec is not None and spec.kind == "rates"
    if right.source == "rates" and not is_rates:
        notes.add(path, f"“{left}” is compared with a rate card; only each_rate can be")
    elif is_rates and (right.source != "rates" or op != "<="):
        notes.add(path, f"compare “{left}” with a rate card: {left} <= RATES.NAME, or RATES.NAME + 5%")


def _check_name(playbook: Playbook, ref: Ref, issue: Issue, path: str, notes: Notes) -> Spec | None:
    """What the name stands for; None (and a mistake) where there is no such thing."""
    if ref.index:
        _check_name(playbook, parse_ref(ref.index), issue, path, notes)
    match ref.source:
        case "value":
            return _read_value(issue, ref.name, path, notes)
        case "issue":
            return _value_of_issue(playbook, ref, path, notes)
        case "list" if ref.name not in playbook.lists:
            notes.add(path, f"there is no list “{ref.name}”")
        case "rates" if ref.name not in playbook.rates:
            notes.add(path, f"there is no rate card “{ref.name}”")
        case "deal":
            return _deal_fact(playbook, ref.name, path, notes)
    return None


def _read_value(issue: Issue, name: str, path: str, notes: Notes) -> Spec | None:
    specs = specs_of(issue.topic)
    if is_one_rate(name) and any(spec.kind == "rates" for spec in specs.values()):
        return Spec("number", one_rate_words(name), unit="money")
    if name not in specs and name != "clause" and not name.endswith(".money"):
        notes.add(path, f"“{name}” is not read on this topic; known: clause, {', '.join(sorted(specs))}")
    return specs.get(name)


def _value_of_issue(playbook: Playbook, ref: Ref, path: str, notes: Notes) -> Spec | None:
    code, _, name = ref.name.partition(".")
    other = next((item for item in playbook.issues if item.code == code), None)
    if other is None:
        notes.add(path, f"there is no issue “{code}”")
        return None
    return _read_value(other, name, path, notes)


def _deal_fact(playbook: Playbook, name: str, path: str, notes: Notes) -> Spec | None:
    own = playbook.deal_facts.get(name)
    if own is None and name not in DEAL_FACTS:
        known = ", ".join(sorted({*DEAL_FACTS, *playbook.deal_facts}))
        notes.add(path, f"“deal.{name}” is not a fact of a deal; known: {known}")
        return None
    return Spec(own or DEAL_FACTS[name].kind, f"the deal’s {name.replace('_', ' ')}")


def _check_words(spec: Spec, op: str, right: Any, path: str, notes: Notes) -> None:
    """Numbers are compared by size, sets by membership, wording by what it says."""
    fits = {
        "number": {"=", "!=", "<", "<=", ">", ">=", "in", "absent", "present"},
        "word": {"=", "!=", "in", "absent", "present"},
        "set": {"has", "lacks", "only", "=", "!=", "absent", "present"},
        "wording": {"has", "lacks", "absent", "present"},
        "rates": {"<=", "absent", "present"},
        "date": {"=", "!=", "<", "<=", ">", ">=", "absent", "present"},
    }[spec.kind]
    if op not in fits:
        notes.add(path, f"“{op}” does not fit {spec.says}, which is a {spec.kind}")
    if spec.kind == "date" and op not in {"absent", "present"} and not is_date(right):
        notes.add(path, f"“{right}” is not a day; write {spec.says} as 2027-06-30")
    if spec.kind == "rates" and op == "<=":
        notes.add(path, f"compare {spec.says} with a rate card: RATES.NAME, or RATES.NAME + 5%")
    items = right if isinstance(right, tuple) else (right,)
    for item in items:
        if spec.allowed and isinstance(item, str) and item not in spec.allowed:
            notes.add(path, f"“{item}” is never read for {spec.says}; possible: {', '.join(spec.allowed)}")
    if spec.kind == "number" and op in {"=", "!=", "<", "<=", ">", ">="} and isinstance(right, str):
        notes.add(path, f"“{right}” is not a number, and {spec.says} is one")


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
