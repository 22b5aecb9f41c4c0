"""One adjustment of an overlay, made in the plain data of a playbook.

Each maker changes `data` (the stored form) in place and returns what it did, in words. It raises `Already`
where the playbook is as good or better, and `Clash` where it stands in the way; both carry a sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from clauses.topics.values import Spec
from playbooks.condition_text import from_data, write
from playbooks.condition_words import describe
from playbooks.conditions import BY_SIZE, All, AnyOf, Compare, Condition, IfThen, Not, Ref, leaves
from playbooks.packs.overlays import Adjustment
from playbooks.rules import OUTSIDE
from playbooks.topics import TOPICS

Data = dict[str, Any]


class Already(Exception):
    """The playbook has this, or something stricter; nothing is changed."""


class Clash(Exception):
    """The playbook and the adjustment do not fit together; nothing is changed."""


@dataclass(frozen=True)
class Did:
    """What an adjustment did: on which issue (its title), in words, and what stood there before and after."""

    issue: str
    says: str
    before: str = ""
    after: str = ""


def make(data: Data, adjustment: Adjustment, issue: Data | None) -> Did:
    """Make the adjustment; `issue` is the data of the issue it speaks on, None for those of the whole
    playbook."""
    if adjustment.kind == "add_issue":
        return _add_issue(data, adjustment)
    if adjustment.kind == "add_to_list":  # the list is there
        return _add_to_list(data, adjustment)
    if issue is None:
        raise Clash("The playbook has no such issue.")
    return _ON_ISSUES[adjustment.kind](issue, adjustment)


# --- the whole playbook -----------------------------------------------------------------------------------


def _add_issue(data: Data, made: Adjustment) -> Did:
    fields = dict(made.fields)
    for other in data["issues"]:
        if other["code"] == fields.get("code"):
            if other["topic"] == fields.get("topic"):
                raise Already("The playbook has its own ladder on this.")
            raise Clash(f"The playbook has an issue of its own under this name: “{other['title']}”.")
    lists = data.setdefault("lists", {})
    for name, entries in made.lists.items():
        lists.setdefault(name, list(entries))
    data["issues"].append(fields)
    preferred = fields["rungs"][0]["label"] if fields.get("rungs") else ""
    return Did(str(fields.get("title", "")), "A new issue.", "", preferred)


def _add_to_list(data: Data, made: Adjustment) -> Did:
    entries = data["lists"][made.name]
    new = [entry for entry in made.entries if entry not in entries]
    if not new:
        raise Already("All of them are on the list.")
    before = ", ".join(entries)
    entries.extend(new)
    name = made.name.replace("_", " ")
    return Did(f"The list “{name}”", "More on the list.", before, ", ".join(entries))


# --- one issue --------------------------------------------------------------------------------------------


def _set_value(issue: Data, made: Adjustment) -> Did:
    rung = _rung(issue, made.rung)
    condition = from_data(rung["when"])
    found = [leaf for leaf in leaves(condition) if _asks_for_size(leaf, made.value)]
    if len(found) != 1 or not isinstance(found[0], Compare) or not isinstance(found[0].right, Decimal):
        raise Clash(f"Its rule does not compare {_plain(made.value)} with one number.")
    now = found[0].right
    if (now <= made.amount) if made.limit == "at_most" else (now >= made.amount):
        raise Already(f"It asks for {now.normalize():f} already.")
    before, specs = rung["label"], _specs(issue)
    was = describe(condition, specs)
    changed = _with_number(condition, found[0], made.amount)
    rung["when"] = write(changed)
    examples = [*_examples(made.fields), *rung.get("examples", [])]
    rung.update({**made.fields, **({"examples": examples} if examples else {})})
    if rung["label"] == before:
        return Did(_title(issue), _on_rung(issue, made.rung), was, describe(changed, specs))
    return Did(_title(issue), _on_rung(issue, made.rung), before, rung["label"])


def _add_rung(issue: Data, made: Adjustment) -> Did:
    fields = dict(made.fields)
    for rung in issue["rungs"]:
        if rung["id"] == fields.get("id"):
            if rung["label"] == fields.get("label"):
                raise Already("The position is there already.")
            raise Clash(f"The playbook has a position of its own there: “{rung['label']}”.")
    at = 0
    if made.after:
        at = issue["rungs"].index(_rung(issue, made.after)) + 1
    issue["rungs"].insert(at, fields)
    behind = issue["rungs"][at - 1]["label"] if at else ""
    says = f"A new position below “{behind}”." if behind else "A new preferred position."
    return Did(_title(issue), says, "", str(fields.get("label", "")))


def _add_counsel(issue: Data, made: Adjustment) -> Did:
    flags = issue.setdefault("counsel", [])
    if any(flag["says"] == made.text for flag in flags):
        raise Already("The note is there already.")
    flags.append({"when": made.when, "says": made.text})
    return Did(_title(issue), "A note to ask counsel.", "", made.text[:1].upper() + made.text[1:])


def _add_guidance(issue: Data, made: Adjustment) -> Did:
    rung = _rung(issue, issue.get("opening") or issue["rungs"][0]["id"])
    before = rung.get("guidance", "")
    if made.text in before:
        raise Already("The guidance is there already.")
    rung["guidance"] = f"{before} {made.text}".strip()
    return Did(_title(issue), "Internal guidance, never shown outside.", before, rung["guidance"])


def _add_approvers(issue: Data, made: Adjustment) -> Did:
    place = issue["walk_away"] if made.rung == OUTSIDE else _rung(issue, made.rung)
    rule = place.get("approvers") or {}
    mode, roles = next(iter(rule.items())) if rule else ("all", [])
    new = [role for role in made.entries if role not in roles]
    if not new:
        raise Already("They are asked already.")
    if mode == "any" and len(roles) > 1:
        raise Clash(f"Any one of {_listed(roles)} may decide there; say yourself whether others must too.")
    place["approvers"] = {"all": [*roles, *new]}
    says = f"Who must approve going there: {_where(issue, made.rung)}."
    return Did(_title(issue), says, _listed(roles) or "nobody", _listed([*roles, *new]))


_ON_ISSUES: Mapping[str, Callable[[Data, Adjustment], Did]] = {
    "set_value": _set_value,
    "add_rung": _add_rung,
    "add_counsel": _add_counsel,
    "add_guidance": _add_guidance,
    "add_approvers": _add_approvers,
}


# --- parts ------------------------------------------------------------------------------------------------


def _rung(issue: Data, rung_id: str) -> Data:
    for rung in issue["rungs"]:
        if rung["id"] == rung_id:
            return cast(Data, rung)
    raise Clash("The ladder has no such position.")


def _asks_for_size(leaf: Any, name: str) -> bool:
    return isinstance(leaf, Compare) and leaf.left == Ref("value", name) and leaf.op in BY_SIZE


def _with_number(condition: Condition, leaf: Compare, amount: Decimal) -> Condition:
    """The condition with another number in that comparison."""

    def swap(part: Condition) -> Condition:
        return _with_number(part, leaf, amount)

    match condition:
        case All(parts):
            return All(tuple(map(swap, parts)))
        case AnyOf(parts):
            return AnyOf(tuple(map(swap, parts)))
        case Not(part):
            return Not(swap(part))
        case IfThen(test, then, otherwise):
            return IfThen(swap(test), swap(then), swap(otherwise) if otherwise else None)
        case _:
            return Compare(leaf.left, leaf.op, amount) if condition == leaf else condition


def _examples(fields: Mapping[str, Any]) -> list[Any]:
    return list(fields.get("examples", ()))


def _specs(issue: Data) -> Mapping[str, Spec]:
    topic = TOPICS.get(issue["topic"])
    return topic.values if topic else {}


def _title(issue: Data) -> str:
    return str(issue["title"])


def _on_rung(issue: Data, rung_id: str) -> str:
    return f"{_where(issue, rung_id)} is stricter."


def _where(issue: Data, rung_id: str) -> str:
    place = next((n for n, rung in enumerate(issue["rungs"]) if rung["id"] == rung_id), -1)
    if place < 0:
        return "Below the last fallback"
    return f"Fallback {place}" if place else "Preferred"


def _plain(name: str) -> str:
    return name.replace("_", " ").replace(".", " ")


def _listed(roles: list[str]) -> str:
    return ", ".join(role.replace("_", " ") for role in roles)
