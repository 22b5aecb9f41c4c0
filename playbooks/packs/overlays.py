"""Overlays: what an industry or a border changes in a playbook that is already there, as data.

`applying.apply_overlay` puts one over a playbook. Each adjustment says why, in words a negotiator reads
before taking it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from playbooks.fields import Fields
from playbooks.library import shipped_names
from playbooks.packs.contract_types import ladder_of
from playbooks.packs.reading import read_file

FOLDER = Path(__file__).parent / "overlays"
INDUSTRY, BORDER = "industry", "border"
KINDS = ("set_value", "add_rung", "add_issue", "add_counsel", "add_guidance", "add_to_list", "add_approvers")


@dataclass(frozen=True)
class Adjustment:
    """One change of a playbook.

    `kind` is one of KINDS; `issues` are the codes it looks for (the first that the playbook has is adjusted),
    `sides` the sides it is meant for (none: every side). `why` is shown to people. What else a kind needs:
    set_value       rung, value, limit ("at_most"/"at_least"), amount, and `fields`, put in place with it
    add_rung        fields (a rung as in a playbook file), after (a rung's id; "" first)
    add_issue       fields (an issue as in a playbook file) and lists, or `ladder: playbook/issue` of a
                    shipped playbook, from which both are taken
    add_counsel     when, text
    add_guidance    text
    add_to_list     name, entries
    add_approvers   rung (or "walk_away"), entries (roles)
    """

    kind: str
    why: str
    issues: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    rung: str = ""
    value: str = ""
    limit: str = ""
    amount: Decimal = Decimal(0)
    after: str = ""
    name: str = ""
    when: str = ""
    text: str = ""
    entries: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    lists: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Advice:
    """Guidance for people: what to know or to ask, by subject."""

    subject: str
    title: str
    text: str
    ask: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overlay:
    """What one industry or setting changes, and what to know about it."""

    code: str
    kind: str
    title: str
    summary: str
    note: str
    adjustments: tuple[Adjustment, ...]
    advice: tuple[Advice, ...]


@cache
def overlays() -> tuple[Overlay, ...]:
    """All of them, by title."""
    found = (read_file(path, _overlay) for path in sorted(FOLDER.glob("*.yaml")))
    return tuple(sorted(found, key=lambda overlay: overlay.title))


def overlay(code: str) -> Overlay:
    """The overlay with this code; KeyError when there is none."""
    for found in overlays():
        if found.code == code:
            return found
    raise KeyError(code)


# --- reading ----------------------------------------------------------------------------------------------


def _overlay(f: Fields) -> Overlay:
    return Overlay(
        code=f.text("overlay", required=True),
        kind=f.text("kind", required=True, choices=(INDUSTRY, BORDER)),
        title=f.text("title", required=True),
        summary=f.text("summary", required=True),
        note=f.text("note", required=True),
        adjustments=f.each("adjustments", read_adjustment),
        advice=f.each("advice", _advice),
    )


def _advice(f: Fields) -> Advice:
    found = Advice(
        f.text("subject", required=True),
        f.text("title", required=True),
        f.text("text", required=True),
        f.texts("ask"),
    )
    f.done()
    return found


def read_adjustment(f: Fields) -> Adjustment:
    """One adjustment; what its kind needs and lacks is named."""
    limit = next((name for name in ("at_most", "at_least") if name in f.data), "")
    found = Adjustment(
        kind=f.text("do", required=True, choices=KINDS),
        why=f.text("why", required=True),
        issues=f.texts("issue"),
        sides=f.texts("sides"),
        rung=f.text("rung"),
        value=f.text("value"),
        limit=limit,
        amount=_amount(f, limit) if limit else Decimal(0),
        after=f.text("after"),
        name=f.text("list"),
        when=f.text("when"),
        text=f.text("text"),
        entries=f.texts("add"),
        fields=_mapping(f, "with") or _ladder(f),
        lists=_mapping(f, "lists") or _lists(f),
    )
    for key, is_there in _needs(found).items():
        if not is_there:
            f.wrong(key, "is required")
    f.done()
    return found


def _needs(made: Adjustment) -> dict[str, bool]:
    """The fields that an adjustment of this kind must have, and whether it has them."""
    needs: dict[str, dict[str, object]] = {
        "set_value": {
            "issue": made.issues,
            "rung": made.rung,
            "value": made.value,
            "at_most or at_least": made.limit,
        },
        "add_rung": {"issue": made.issues, "with": made.fields},
        "add_issue": {"with": made.fields},
        "add_counsel": {"issue": made.issues, "when": made.when, "text": made.text},
        "add_guidance": {"issue": made.issues, "text": made.text},
        "add_to_list": {"list": made.name, "add": made.entries},
        "add_approvers": {"issue": made.issues, "rung": made.rung, "add": made.entries},
    }
    return {key: bool(value) for key, value in needs.get(made.kind, {}).items()}


def _amount(f: Fields, key: str) -> Decimal:
    raw = f.raw(key)
    if isinstance(raw, (int, Decimal)) and not isinstance(raw, bool):
        return Decimal(raw)
    f.wrong(key, f"“{raw}” is not a number")
    return Decimal(0)


def _ladder(f: Fields) -> Mapping[str, Any]:
    """The issue that `ladder` names, in its stored form."""
    named = f.text("ladder")
    if not named:
        return {}
    try:
        playbook, issue = ladder_of(named)
    except KeyError:
        f.wrong("ladder", f"there is no ladder “{named}”")
        return {}
    alone: Mapping[str, Any] = replace(playbook, issues=(issue,)).to_data()["issues"][0]
    return alone


def _lists(f: Fields) -> Mapping[str, Any]:
    """The lists that issue uses."""
    named = f.text("ladder")
    if not named or named.partition("/")[0] not in shipped_names():
        return {}
    playbook, _ = ladder_of(named)
    written = str(_ladder(f))
    return {
        name: list(items)
        for name, items in playbook.lists.items()
        if f"LIST.{name}" in written or f"{{{{{name}}}}}" in written
    }


def _mapping(f: Fields, key: str) -> Mapping[str, Any]:
    raw = f.raw(key)
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        f.wrong(key, "must be a mapping of fields")
        return {}
    return raw
