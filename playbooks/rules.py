"""A playbook as plain typed values: issues, each with a ladder of rungs. No database, no Django.

`Playbook.to_data` and `from_data` are the stored form (plain JSON values); `digest` names its content.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from clauses.topics.rates import plain_item
from clauses.topics.values import Plain
from playbooks.conditions import Compare, Condition, Ref, leaves

RISKS = ("low", "medium", "high")
PAPERS = ("ours", "theirs")
OUTSIDE = "walk_away"
"""The name of the place below the last rung."""
BY_RULES = "by_rules"
"""`missing.stands`: let the ladder's own conditions say what silence means (`clause absent`)."""

BEARERS = ("ours", "theirs", "both")
ROLES = (
    "legal", "finance", "privacy", "security", "procurement", "business", "people", "ip_counsel",
    "general_counsel", "cfo",
)  # fmt: skip


@dataclass(frozen=True)
class RateLine:
    """One row of our rate card: an item, what it may cost for a unit, and other names it goes by."""

    item: str
    price: Decimal
    currency: str
    unit: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class RateCard:
    """What we are ready to pay, or what we charge, row by row. A card that is not in use holds examples: no
    contract is compared with it."""

    lines: tuple[RateLine, ...] = ()
    in_use: bool = True

    def lines_for(self, item: str) -> tuple[RateLine, ...]:
        """The rows of an item, by its plain name or another one."""
        return tuple(line for line in self.lines if item in map(plain_item, (line.item, *line.also)))


@dataclass(frozen=True)
class ApproverRule:
    """Who must approve conceding a rung: any one of the roles, or all of them."""

    mode: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Due:
    """When an obligation falls due: after or before an event by days, every period, or on each event."""

    kind: str
    event: str
    days: int = 0


@dataclass(frozen=True)
class ObligationTemplate:
    """An obligation that a rung creates once agreed. `owner` is the role that looks after it on our side."""

    title: str
    bearer: str
    owner: str
    due: Due


@dataclass(frozen=True)
class Wording:
    """An approved text; variables stand in double braces. Empty fields mean "anywhere"."""

    text: str
    jurisdiction: str = ""
    industry: str = ""
    role: str = ""


@dataclass(frozen=True)
class EditRule:
    """A small edit that mends some read values: insert, replace, delete or sentence (replace the whole
    sentence).

    `at` places an insertion: "before:NAME", "after:NAME" (a value or anchor of the topic) or "end" of the
    clause.
    """

    mends: tuple[str, ...]
    action: str
    text: str = ""
    at: str = ""


@dataclass(frozen=True)
class Example:
    """A text that must land on the rung it stands under, given these facts of the deal.

    `rates` holds the rows of other rate cards than the playbook's that it is tried with: those it was written
    for.
    """

    text: str
    near: bool = False
    deal: Mapping[str, Plain] = field(default_factory=dict)
    rates: Mapping[str, RateCard] = field(default_factory=dict)


@dataclass(frozen=True)
class Counsel:
    """When a person who knows the law must look: the engine says so and never judges what the law allows."""

    when: Condition
    says: str


@dataclass(frozen=True)
class UpTo:
    """The rungs that get no mark-up in deals up to a value, by whose paper it is."""

    value: Decimal
    ours: str
    theirs: str


@dataclass(frozen=True)
class Rung:
    """One position of a ladder. A rung without approvers is free: it may be conceded without asking.

    `trade` is what we ask for in return; with `needs_trade`, the trade's code, the rung holds only while
    that trade is agreed in the deal (`deal.trades`).
    """

    id: str
    label: str
    when: Condition
    risk: str
    weight: int
    reason: str
    guidance: str = ""
    mitigation: str = ""
    approvers: ApproverRule | None = None
    wordings: tuple[Wording, ...] = ()
    edits: tuple[EditRule, ...] = ()
    obligations: tuple[ObligationTemplate, ...] = ()
    examples: tuple[Example, ...] = ()
    trade: str = ""
    needs_trade: str = ""
    review_on: str = ""

    @property
    def free(self) -> bool:
        return self.approvers is None


@dataclass(frozen=True)
class WalkAway:
    """Below the last rung: who alone may go there, and how heavy it weighs."""

    approvers: ApproverRule
    risk: str
    weight: int
    reason: str
    guidance: str = ""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Missing:
    """What silence means: the text stands on a rung, or the clause is missing and must be asked for."""

    stands: str
    reason: str


@dataclass(frozen=True)
class Issue:
    """A subject with our ladder on it, best rung first."""

    code: str
    title: str
    category: str
    topic: str
    opening: str
    leave_alone: Mapping[str, str]
    missing: Missing
    rungs: tuple[Rung, ...]
    walk_away: WalkAway
    better: str = ""
    better_for: Mapping[str, str] = field(default_factory=dict)
    policy: str = ""
    heading: str = ""
    small_deals: tuple[UpTo, ...] = ()
    counsel: tuple[Counsel, ...] = ()

    def direction(self, side: str) -> str:
        """ "higher" or "lower": which way is better for this side; "" where the issue is no matter of more
        or less."""
        return self.better_for.get(side, self.better)

    def left_alone(self, paper: str, deal: Mapping[str, Plain]) -> str:
        """The rung from which text gets no mark-up, by whose paper it is and the value of the deal."""
        value = deal.get("value")
        if isinstance(value, Decimal):
            for step in sorted(self.small_deals, key=lambda step: step.value):
                if value <= step.value:
                    return step.ours if paper == "ours" else step.theirs
        return self.leave_alone[paper]

    def rung(self, rung_id: str) -> Rung:
        """The rung with this id; KeyError when there is none."""
        for rung in self.rungs:
            if rung.id == rung_id:
                return rung
        raise KeyError(rung_id)

    def position(self, rung_id: str | None) -> int:
        """0 for the preferred rung, growing downwards; the walk-away stands below the last rung."""
        for index, rung in enumerate(self.rungs):
            if rung.id == rung_id:
                return index
        return len(self.rungs)


@dataclass(frozen=True)
class Playbook:
    """A named set of issues for one kind of contract and one side of it."""

    name: str
    title: str
    contract_type: str
    side: str
    issues: tuple[Issue, ...]
    language: str = "en"
    description: str = ""
    note: str = ""
    version: str = "1"
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    thresholds: Mapping[str, int] = field(default_factory=lambda: {"medium": 25, "high": 60})
    deal_facts: Mapping[str, str] = field(default_factory=dict)
    """Facts of the deal that this playbook asks for beyond those every deal has: name and kind."""
    rates: Mapping[str, RateCard] = field(default_factory=dict)
    """Rate cards, as conditions name them (`RATES.ours`)."""

    @cached_property
    def judged(self) -> tuple[Issue, ...]:
        """The issues contracts are judged by: all but those that ask for a rate card nobody has filled in."""
        return tuple(issue for issue in self.issues if not self.cards_not_set(issue))

    def cards_named(self, issue: Issue) -> tuple[str, ...]:
        """The rate cards an issue asks for."""
        named = (
            leaf.right.name
            for rung in issue.rungs
            for leaf in leaves(rung.when)
            if isinstance(leaf, Compare) and isinstance(leaf.right, Ref) and leaf.right.source == "rates"
        )
        return tuple(dict.fromkeys(named))

    def cards_not_set(self, issue: Issue) -> tuple[str, ...]:
        """The rate cards an issue asks for that are empty, or hold nothing but examples."""
        cards = {name: self.rates.get(name, RateCard()) for name in self.cards_named(issue)}
        return tuple(name for name, card in cards.items() if not (card.in_use and card.lines))

    def issue(self, code: str) -> Issue:
        """The issue with this code; KeyError when there is none."""
        for issue in self.issues:
            if issue.code == code:
                return issue
        raise KeyError(code)

    def examples(self) -> Iterator[tuple[Issue, str, Example]]:
        """Every example with the place on the ladder it must land on."""
        for issue in self.issues:
            for rung in issue.rungs:
                yield from ((issue, rung.id, example) for example in rung.examples)
            yield from ((issue, OUTSIDE, example) for example in issue.walk_away.examples)

    def to_data(self) -> dict[str, Any]:
        """Plain JSON values, defaults left out; `Playbook.from_data` reads them back to an equal playbook."""
        from playbooks.data_form import playbook_data

        return playbook_data(self)

    @classmethod
    def from_data(cls, data: Any) -> "Playbook":
        """The playbook from its stored form. Raises `schema.BadPlaybook` naming each wrong field.

        Rungs that nothing reaches are let pass, because drafts are stored as well;
        `coherence.ladder_mistakes` names them.
        """
        from playbooks.schema import read_playbook

        return read_playbook(data, with_ladders=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON: equal playbooks have equal digests on every machine."""
        canonical = json.dumps(self.to_data(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
