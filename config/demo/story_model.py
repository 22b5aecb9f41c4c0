"""The shapes of the demo story. Days count from "today": minus is past, plus is to come."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Side = Literal["us", "them"]
Audience = Literal["internal", "external"]
Edit = tuple[str, str]


class Stage(StrEnum):
    """The seven stages, in order, by their shown names."""

    PREPARATION = "Preparation and Research"
    DRAFTING = "Initial Drafting"
    ISSUES = "Issue Identification"
    NEGOTIATION = "Negotiation and Counter-Proposals"
    REVIEW = "Review and Revision"
    APPROVAL = "Approval and Sign-Off"
    HANDOVER = "Post-Signature Handover"


@dataclass(frozen=True)
class Person:
    """Someone at Northgate. ``role`` is the membership role; ``functions`` are the approver roles held."""

    key: str
    name: str
    email: str
    job: str
    role: Literal["admin", "legal", "business", "approver", "operations", "auditor", "read-only"]
    functions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guest:
    """Someone on the other side, who comes in by a link."""

    key: str
    name: str
    email: str
    job: str


@dataclass(frozen=True)
class Organisation:
    """A party to the contracts, with what a negotiator would want to know of it."""

    name: str
    short_name: str
    city: str
    country: str
    business: str
    finances: str = ""
    market: str = ""
    past: str = ""


@dataclass(frozen=True)
class Place:
    """Words in a contract that a record hangs on. ``topic`` is a clause type of the reading room."""

    contract: str
    topic: str
    quote: str


@dataclass(frozen=True)
class Decision:
    """What was done about one issue.

    ``outcome``: open (found, nobody has decided), accepted (the playbook's change taken as it is), edited,
    countered, agreed (by both sides), dismissed. ``edit`` is the (find, replace) of our current offer against
    the first draft. ``justification`` is safe to show the other side; ``note`` never leaves the house.
    """

    place: Place
    outcome: Literal["open", "accepted", "edited", "countered", "agreed", "dismissed"]
    title: str
    risk: Literal["high", "medium", "low"]
    rung: str = ""
    by: str = ""
    day: int | None = None
    edit: Edit | None = None
    justification: str = ""
    note: str = ""


@dataclass(frozen=True)
class Remark:
    """A comment on a place, by a person or guest."""

    place: Place
    by: str
    day: int
    audience: Audience
    text: str


@dataclass(frozen=True)
class Ask:
    """An approval that a concession needed. Pending while ``decided_day`` is None."""

    place: Place
    concession: str
    rung: str
    asked_by: str
    asked_day: int
    approver: str
    business_reason: str
    status: Literal["pending", "approved", "approved with condition", "rejected"] = "pending"
    decided_day: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Turn:
    """One side's pass. ``tracked`` and ``silent`` edit the file of the turn before."""

    side: Side
    by: str
    day: int
    label: str
    message: str
    contract: str
    tracked: tuple[Edit, ...] = ()
    silent: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Verification:
    """A legal reviewer's word on one version; outstanding while ``day`` is None."""

    side: Side
    by: str
    day: int | None


@dataclass(frozen=True)
class Signing:
    """One signature; outstanding while ``day`` is None."""

    side: Side
    by: str
    day: int | None


@dataclass(frozen=True)
class Duty:
    """An obligation of the executed contract. ``due`` None means it runs without a date, per event."""

    place: Place
    title: str
    bearer: Side
    owner: str
    due: int | None
    status: Literal["pending", "due soon", "due", "overdue", "fulfilled", "waived"]
    every_months: int | None = None
    remind_before_days: tuple[int, ...] = ()
    evidence: str = ""


@dataclass(frozen=True)
class Objective:
    """What we want of a deal, ranked in the order given."""

    text: str
    kind: Literal["must-have", "nice-to-have", "deal-breaker"]
    firm: bool
    measure: str


@dataclass(frozen=True)
class Risk:
    """A risk of a term, with the mitigation prepared before it is discussed."""

    topic: str
    kind: Literal["legal", "operational", "financial"]
    text: str
    mitigation: str


@dataclass(frozen=True)
class Trade:
    """A concession planned beforehand, tied to what we ask for it."""

    give: str
    get: str


@dataclass(frozen=True)
class Preparation:
    """The preparation page of a negotiation."""

    objectives: tuple[Objective, ...]
    risks: tuple[Risk, ...] = ()
    trades: tuple[Trade, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()  # (question to the other side, answer or "")
    walk_away: str = ""


@dataclass(frozen=True)
class Deal:
    """One negotiation. ``contracts`` are slugs in order of precedence; ``value`` is in whole euro over"
    " the first term."""

    key: str
    title: str
    stage: Stage
    contracts: tuple[str, ...]
    playbook: str | None
    value: int
    term_months: int
    opened_day: int
    stage_day: int
    target_day: int
    lead: str
    their_lead: str
    next_action: str
    waiting_on: Side
    summary: str
    preparation: Preparation | None = None
    turns: tuple[Turn, ...] = ()
    decisions: tuple[Decision, ...] = ()
    remarks: tuple[Remark, ...] = ()
    asks: tuple[Ask, ...] = ()
    verifications: tuple[Verification, ...] = ()
    signings: tuple[Signing, ...] = ()
    duties: tuple[Duty, ...] = ()


def on(today: datetime.date, day: int) -> datetime.date:
    """The calendar date of a story day."""
    return today + datetime.timedelta(days=day)
