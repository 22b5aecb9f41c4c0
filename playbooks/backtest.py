"""What a playbook would have cost on past contracts: findings, approvals and walk-away stops, by issue and by
approver.

Counted is what the review and the approval gate of a running deal would do with the same text:

- a *finding* is an issue that would have been marked up: its text is worse than the playbook leaves alone,
- an *approval* is a rung that is not free: leaving the text as it is asks the rung's approvers,
- a *stop* is a text below the last rung, or a clause that is missing: only the walk-away's approvers may let
  it pass,
- what could not be told is counted by itself and asks nobody here: a person must look first.

Nothing is proposed or rewritten, so this costs a fraction of a review.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from clauses.topics.values import Plain
from playbooks.everywhere import values_of
from playbooks.findings import clause_name, json_value
from playbooks.judge import BELOW, COMPLIANT, FALLBACK, MISSING, UNSURE, Case, Standing, depth
from playbooks.package import where
from playbooks.review import case_of, page_of
from playbooks.risk import risk_of, severity_of, weight_of
from playbooks.rules import ApproverRule, Playbook

FREE, APPROVAL, STOP = "", "approval", "stop"
LONGEST_QUOTE = 1_200


@dataclass(frozen=True)
class Stood:
    """Where one text stood on one issue, and what that asks for. `rung` is "" where it could not be told.

    `needs` is "", "approval" or "stop"; `roles` are those it asks (`mode`: any one of them, or all).
    `is_finding` says whether the text would have been marked up. `document` and `start` say where the words
    stand: "" where there is one document, None where there are no words.
    """

    issue: str
    title: str
    status: str
    rung: str
    severity: str
    weight: int
    is_finding: bool
    needs: str
    mode: str
    roles: tuple[str, ...]
    clause: str
    quote: str
    why: str
    values: Mapping[str, Any]
    document: str = ""
    start: int | None = None

    def to_data(self) -> dict[str, Any]:
        return {**vars(self), "roles": list(self.roles), "values": dict(self.values)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Stood":
        return cls(**{**data, "roles": tuple(data["roles"])})


@dataclass(frozen=True)
class Outcome:
    """One text under one playbook. `elsewhere` are the issues it leaves to papers that were not read."""

    stood: tuple[Stood, ...]
    elsewhere: tuple[str, ...]
    risk_score: int
    risk_level: str

    def on(self, issue: str) -> Stood | None:
        """Where the text stood on an issue; None where the playbook has no such issue or it was not read."""
        return next((one for one in self.stood if one.issue == issue), None)

    def worst(self) -> Stood | None:
        """The heaviest finding, ties in the playbook's order; None where nothing weighs anything."""
        heavy = [one for one in self.stood if one.weight]
        return max(heavy, key=lambda one: (one.severity == "high", one.weight), default=None)

    def to_data(self) -> dict[str, Any]:
        return {
            "stood": [one.to_data() for one in self.stood],
            "elsewhere": list(self.elsewhere),
            "risk_score": self.risk_score,
            "risk_level": self.risk_level,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Outcome":
        stood = tuple(Stood.from_data(one) for one in data["stood"])
        return cls(stood, tuple(data["elsewhere"]), data["risk_score"], data["risk_level"])


def outcome(
    playbook: Playbook,
    source: Any,
    *,
    deal: Mapping[str, Plain] | None = None,
    paper: str = "theirs",
    here: Callable[[Stood], bool] = lambda stood: True,
) -> Outcome:
    """Where a document (or plain text, or a page of several) stands on every issue, and what that would have
    asked for. Facts of the deal as for `review`; the same input gives the same outcome everywhere.

    `here` says whether a place is this document's business; the others are left to where they stand.
    """
    case = case_of(playbook, page_of(source), deal, paper)
    standings = [case.standing(issue) for issue in playbook.issues]
    away = [one for one in standings if one.is_elsewhere]
    placed = [(one, _stood(case, one, paper)) for one in standings if not one.is_elsewhere]
    mine = [(one, stood) for one, stood in placed if here(stood)]
    risk = risk_of([one for one, _ in mine], playbook.thresholds, unread=case.unread, elsewhere=away)
    left = {one.issue.code for one in away} | {stood.issue for _, stood in placed if not here(stood)}
    return Outcome(
        tuple(stood for _, stood in mine),
        tuple(issue.code for issue in playbook.issues if issue.code in left),
        risk.score,
        risk.level,
    )


def _stood(case: Case, standing: Standing, paper: str) -> Stood:
    issue, instance = standing.issue, standing.instance
    needs, rule = _asks(standing)
    enough = depth(issue, issue.left_alone(paper, case.deal))
    place = where(case.page, instance.spans[0]) if instance is not None else None
    read = {} if instance is None else values_of(case.page, instance)
    return Stood(
        issue=issue.code,
        title=issue.title,
        status=standing.status,
        rung=standing.rung or "",
        severity=severity_of(standing),
        weight=weight_of(standing),
        is_finding=standing.status != UNSURE and standing.position > enough,
        needs=needs,
        mode=rule.mode if rule else "any",
        roles=rule.roles if rule else (),
        clause=clause_name(case.page, instance),
        quote=place.quote[:LONGEST_QUOTE] if place else "",
        why=standing.why_unsure,
        values={name: json_value(value) for name, value in sorted(read.items()) if name != "text"},
        document=place.document if place else "",
        start=place.start if place else None,
    )


def _asks(standing: Standing) -> tuple[str, ApproverRule | None]:
    """What letting the text stand asks for, and of whom."""
    if standing.status in {BELOW, MISSING}:
        return STOP, standing.issue.walk_away.approvers
    if standing.status in {COMPLIANT, FALLBACK} and standing.rung:
        rule = standing.issue.rung(standing.rung).approvers
        return (APPROVAL, rule) if rule else (FREE, None)
    return FREE, None


# --- Counting -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Count:
    """How often: contracts read on it, findings, approvals, stops, could not tell; and by rung."""

    contracts: int = 0
    findings: int = 0
    approvals: int = 0
    stops: int = 0
    unsure: int = 0
    rungs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ByApprover:
    """Requests that reach one role, and in how many contracts. Where any one of several roles may decide,
    the request reaches each of them."""

    approvals: int = 0
    stops: int = 0
    contracts: int = 0


@dataclass(frozen=True)
class Tally:
    """The outcomes of many contracts added up. `total.contracts` counts the contracts, each once."""

    total: Count
    issues: Mapping[str, Count]
    titles: Mapping[str, str]
    approvers: Mapping[str, ByApprover]

    def to_data(self) -> dict[str, Any]:
        return {
            "contracts": self.total.contracts,
            **{name: getattr(self.total, name) for name in ("findings", "approvals", "stops", "unsure")},
            "issues": {
                code: {**vars(count), "rungs": dict(count.rungs)} for code, count in self.issues.items()
            },
            "approvers": {role: dict(vars(count)) for role, count in self.approvers.items()},
        }


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Outcomes of one playbook, added up; issues in the order they were first met."""
    rows = list(outcomes)
    by_issue: dict[str, list[Stood]] = {}
    for one in rows:
        for stood in one.stood:
            by_issue.setdefault(stood.issue, []).append(stood)
    everything = [stood for one in rows for stood in one.stood]
    total = count(everything)
    return Tally(
        Count(len(rows), total.findings, total.approvals, total.stops, total.unsure),
        {code: count(stood) for code, stood in by_issue.items()},
        {code: stood[0].title for code, stood in by_issue.items()},
        _by_approver(rows),
    )


def count(stood: Sequence[Stood]) -> Count:
    """The places where texts stood on one issue, added up."""
    needs = Counter(one.needs for one in stood)
    rungs = Counter(one.rung or UNSURE for one in stood)
    return Count(
        len(stood),
        sum(one.is_finding for one in stood),
        needs[APPROVAL],
        needs[STOP],
        sum(one.status == UNSURE for one in stood),
        dict(sorted(rungs.items())),
    )


def _by_approver(rows: Sequence[Outcome]) -> dict[str, ByApprover]:
    asked: dict[str, Counter[str]] = {}
    for row in rows:
        reached: set[str] = set()
        for stood in row.stood:
            for role in stood.roles if stood.needs else ():
                asked.setdefault(role, Counter())[stood.needs] += 1
                reached.add(role)
        for role in reached:
            asked[role]["contracts"] += 1
    return {
        role: ByApprover(found[APPROVAL], found[STOP], found["contracts"])
        for role, found in sorted(asked.items())
    }


def backtest(
    playbook: Playbook, documents: Iterable[Any], *, paper: str = "theirs"
) -> tuple[Tally, tuple[Outcome, ...]]:
    """A playbook over documents (pages, `redline.Document`s or texts): the counts, and each one's outcome."""
    outcomes = tuple(outcome(playbook, document, paper=paper) for document in documents)
    return tally(outcomes), outcomes
