"""The choices of the editor's forms in the words of the people who fill them in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from playbooks.rules import BY_RULES, OUTSIDE, ROLES

Choices = list[tuple[str, Any]]

COMPARISONS: Mapping[str, Any] = {
    "<=": gettext_lazy("is at most"),
    ">=": gettext_lazy("is at least"),
    "=": gettext_lazy("is"),
    "<": gettext_lazy("is below"),
    ">": gettext_lazy("is above"),
    "!=": gettext_lazy("is not"),
    "in": gettext_lazy("is one of"),
    "has": gettext_lazy("includes all of"),
    "lacks": gettext_lazy("includes none of"),
    "only": gettext_lazy("includes nothing beyond"),
    "present": gettext_lazy("is there"),
    "absent": gettext_lazy("is not there"),
}
RISKS = [("low", gettext_lazy("low")), ("medium", gettext_lazy("medium")), ("high", gettext_lazy("high"))]
APPROVAL = [
    ("free", gettext_lazy("nobody: we may concede it freely")),
    ("any", gettext_lazy("one of these")),
    ("all", gettext_lazy("all of these")),
]
ROLE_WORDS: Mapping[str, Any] = {
    "legal": gettext_lazy("Legal"),
    "finance": gettext_lazy("Finance"),
    "privacy": gettext_lazy("Privacy"),
    "security": gettext_lazy("Security"),
    "procurement": gettext_lazy("Procurement"),
    "business": gettext_lazy("Business"),
    "people": gettext_lazy("People"),
    "ip_counsel": gettext_lazy("IP counsel"),
    "general_counsel": gettext_lazy("General counsel"),
    "cfo": gettext_lazy("CFO"),
}
BEARERS = [("ours", gettext_lazy("we")), ("theirs", gettext_lazy("they")), ("both", gettext_lazy("both"))]
DUE_KINDS = [
    ("after", gettext_lazy("days after")),
    ("before", gettext_lazy("days before")),
    ("every", gettext_lazy("every")),
    ("on", gettext_lazy("on each")),
]
EDIT_ACTIONS = [
    ("insert", gettext_lazy("insert")),
    ("replace", gettext_lazy("replace the words by")),
    ("sentence", gettext_lazy("replace the sentence by")),
    ("delete", gettext_lazy("delete the words")),
]
DIRECTIONS = [
    ("", gettext_lazy("not a matter of more or less")),
    ("higher", gettext_lazy("higher is better for us")),
    ("lower", gettext_lazy("lower is better for us")),
    ("longer", gettext_lazy("longer is better for us")),
    ("shorter", gettext_lazy("shorter is better for us")),
]
FACT_KINDS = [
    ("number", gettext_lazy("a number")),
    ("word", gettext_lazy("a word")),
    ("set", gettext_lazy("several words")),
]


def roles() -> Choices:
    return [(role, ROLE_WORDS.get(role, role.replace("_", " "))) for role in ROLES]


def rung_name(place: int) -> str:
    return _("Preferred") if place == 0 else _("Fallback %(number)d") % {"number": place}


def rungs(issue: Mapping[str, Any]) -> Choices:
    """The rungs of an issue's ladder, best first, as "Fallback 1: up to five years"."""
    return [
        (rung["id"], f"{rung_name(place)} ({rung['id']}): {rung.get('label', '')}")
        for place, rung in enumerate(issue["rungs"])
    ]


def silence(issue: Mapping[str, Any]) -> Choices:
    """What it may mean that the contract says nothing on an issue."""
    return [
        (OUTSIDE, _("missing: the clause must be asked for")),
        *((code, _("the same as %(rung)s") % {"rung": said}) for code, said in rungs(issue)),
        (BY_RULES, _("what the conditions of the rungs say about it")),
    ]


def plain(code: str) -> str:
    """A code in plain words: "paid_and_payable" → "paid and payable"."""
    return code.replace("_", " ")


def told(values: Iterable[str]) -> str:
    return ", ".join(plain(value) for value in values)
