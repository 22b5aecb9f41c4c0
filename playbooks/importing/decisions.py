"""What a row of a table becomes: proposed by Parley, corrected by a person, kept as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

TAKE, LEAVE = "take", "leave"
ACCEPT, ASK = "accept", "ask"
"""What a contract's silence means: our best position, or that the clause must be asked for."""


@dataclass(frozen=True)
class RungChoice:
    """One position as a rung. `approvers` is a word of `people.approvers_code`; "" is free. `example` is a
    text that lands on it, where the wording itself (with variables) is none. `names` are the words that may
    take the place of one value alone, each on its line: "forum: Hamburg"."""

    role: str
    label: str
    when: str = ""
    wording: str = ""
    approvers: str = ""
    example: str = ""
    names: str = ""


@dataclass(frozen=True)
class Decision:
    """A row as an issue (TAKE), or left out with a word why (LEAVE). `silence` is ACCEPT, ASK, or "" for what
    the preferred rung says: where it wants no such clause, silence is fine."""

    use: str
    title: str
    category: str = ""
    topic: str = ""
    rungs: tuple[RungChoice, ...] = ()
    walk_away: str = ""
    walk_approvers: str = "any:legal"
    risk: str = "high"
    reason: str = ""
    guidance: str = ""
    why: str = ""
    silence: str = ""

    def to_data(self) -> dict[str, Any]:
        return {**vars(self), "rungs": [dict(vars(rung)) for rung in self.rungs]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Decision":
        fields = {name: str(data.get(name, "")) for name in cls.__dataclass_fields__ if name != "rungs"}
        rungs = tuple(
            RungChoice(**{name: str(rung.get(name, "")) for name in RungChoice.__dataclass_fields__})
            for rung in data.get("rungs", ())
        )
        return cls(**fields, rungs=rungs)

    @property
    def accepts_silence(self) -> bool:
        wants_none = bool(self.rungs) and self.rungs[0].when.strip() == "clause absent"
        return self.silence == ACCEPT or (not self.silence and wants_none)

    def left(self, why: str = "") -> "Decision":
        return replace(self, use=LEAVE, why=why)


def rung_id(position: int) -> str:
    """P, F1, F2 …"""
    return "P" if position == 0 else f"F{position}"
