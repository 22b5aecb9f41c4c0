"""Step-by-step lists for preparing, negotiating and following up: for every deal, by kind of contract and by
kind of negotiation.

A step is known by its code; what was ticked in a deal is kept by that code, so a step may be reworded.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playbooks.fields import Fields
from playbooks.packs.reading import read_file

FOLDER = Path(__file__).parent / "checklists"
PREPARATION, NEGOTIATION, FOLLOW_UP = "preparation", "negotiation", "follow_up"
PHASES = (PREPARATION, NEGOTIATION, FOLLOW_UP)


@dataclass(frozen=True)
class Step:
    """One thing to do. `help` says how, `tip` is a short prompt on the skill it takes."""

    code: str
    phase: str
    title: str
    help: str
    tip: str = ""
    source: str = ""


@dataclass(frozen=True)
class Checklist:
    """Steps, and the kinds of contract or negotiation they are for; for every deal where both are empty."""

    code: str
    title: str
    contract_types: tuple[str, ...]
    kinds: tuple[str, ...]
    steps: tuple[Step, ...]

    def is_for(self, contract_types: Collection[str], kind: str) -> bool:
        if not self.contract_types and not self.kinds:
            return True
        return bool(set(self.contract_types) & set(contract_types)) or kind in self.kinds


@cache
def checklists() -> tuple[Checklist, ...]:
    """All of them: first the one for every deal, then by kind of contract, then by kind of negotiation."""
    every = (read_file(FOLDER / "every.yaml", _checklist),)
    groups = (read_file(FOLDER / name, _several) for name in ("by_type.yaml", "by_setting.yaml"))
    return every + tuple(one for group in groups for one in group)


def steps_for(contract_types: Collection[str], kind: str) -> tuple[Step, ...]:
    """The steps of a deal in the order of its phases: the general ones first, then the special ones."""
    found = [step for one in checklists() if one.is_for(contract_types, kind) for step in one.steps]
    return tuple(step for phase in PHASES for step in found if step.phase == phase)


# --- reading ----------------------------------------------------------------------------------------------


def _several(f: Fields) -> tuple[Checklist, ...]:
    return f.each("checklists", _one, required=True)


def _one(f: Fields) -> Checklist:
    found = _checklist(f)
    f.done()
    return found


def _checklist(f: Fields) -> Checklist:
    title = f.text("title", required=True)
    contract_types, kinds = f.texts("contract_types"), f.texts("kinds")
    source = title if contract_types or kinds else ""

    def step(inner: Fields) -> Step:
        made = Step(
            code=inner.text("code", required=True),
            phase=inner.text("phase", required=True, choices=PHASES),
            title=inner.text("title", required=True),
            help=inner.text("help", required=True),
            tip=inner.text("tip"),
            source=source,
        )
        inner.done()
        return made

    code = f.text("checklist", required=True)
    return Checklist(code, title, contract_types, kinds, f.each("steps", step, required=True))
