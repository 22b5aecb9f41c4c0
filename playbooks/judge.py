"""Where a text stands on a ladder: the best rung whose whole condition holds.

Unknown never counts as yes. Where no rung holds and some could not be decided, the answer is *unsure*.
Where the
contract speaks in several places, the finding stands on the worst of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from clauses.topics import TOPICS
from clauses.topics.page import Page
from clauses.topics.values import ABSENT, READ, Instance, Plain, Value
from playbooks.condition_words import Step, steps
from playbooks.evaluation import MAYBE, NO, YES, Facts, evaluate
from playbooks.rules import OUTSIDE, Issue, Playbook

COMPLIANT, FALLBACK, BELOW, MISSING, UNSURE = "compliant", "fallback", "outside", "missing", "unsure"


@dataclass(frozen=True)
class Standing:
    """One issue's place: a rung id, the walk-away, or None when it could not be told; and what decided it."""

    issue: Issue
    rung: str | None
    status: str
    instance: Instance | None
    others: tuple[tuple[Instance, str | None], ...] = ()
    why_unsure: str = ""

    @property
    def position(self) -> int:
        """Depth on the ladder; the walk-away is below the last rung, unsure below every rung but above the
        walk-away."""
        return depth(self.issue, self.rung)


def depth(issue: Issue, rung: str | None) -> int:
    """Twice the position of the rung, so that unsure fits between the last rung and the walk-away."""
    return 2 * len(issue.rungs) - 1 if rung is None else 2 * issue.position(rung)


@dataclass(frozen=True)
class Case:
    """A page to be judged by a playbook with the facts of a deal; readings and standings are kept once
    made."""

    playbook: Playbook
    page: Page
    deal: Mapping[str, Plain]

    @cached_property
    def _readings(self) -> dict[str, Sequence[Instance]]:
        return {}

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        return {}

    def instances(self, topic: str) -> Sequence[Instance]:
        """Every place where the contract speaks on the topic."""
        if topic not in self._readings:
            self._readings[topic] = tuple(TOPICS[topic].read(self.page))
        return self._readings[topic]

    def standing(self, issue: Issue) -> Standing:
        """Where the contract stands on the issue."""
        if issue.code not in self._standings:
            self._standings[issue.code] = place(
                issue, self.instances(issue.topic), self.facts, unread=self.page.unread_terms
            )
        return self._standings[issue.code]

    def facts(self, issue: Issue, instance: Instance | None) -> Facts:
        """What a condition of the issue may look at, for one place of the text."""
        clause = Value(ABSENT) if instance is None else Value(READ, "present", instance.spans)
        values = {"clause": clause, **({} if instance is None else instance.values)}
        return Facts(values, TOPICS[issue.topic].values, self.deal, self.playbook.lists, self._rung_holds)

    def _rung_holds(self, code: str, rung: str) -> str:
        issue = self.playbook.issue(code)
        standing = self.standing(issue)
        if standing.rung is None:
            return MAYBE
        return YES if standing.position <= depth(issue, rung) else NO


def place(
    issue: Issue,
    instances: Sequence[Instance],
    facts_of: Callable[[Issue, Instance | None], Facts],
    *,
    unread: str = "",
) -> Standing:
    """The standing of an issue over all places that speak on it: the worst one counts.

    `unread` names terms the text points to but does not carry: silence then tells nothing.
    """
    if not instances and unread:
        return Standing(
            issue, None, UNSURE, None, (), f"“{unread}”, named here, is not attached and was not read"
        )
    if not instances:
        return _silent(issue)
    judged = [(instance, _rung(issue, facts_of(issue, instance))) for instance in instances]
    worst = max(range(len(judged)), key=lambda n: (depth(issue, judged[n][1]), -judged[n][0].start))
    instance, rung = judged[worst]
    others = tuple(pair for n, pair in enumerate(judged) if n != worst)
    return Standing(
        issue,
        rung,
        _status(issue, rung),
        instance,
        others,
        _why(issue, facts_of(issue, instance)) if rung is None else "",
    )


def decided_by(standing: Standing, facts: Facts, rung_id: str) -> tuple[Step, ...]:
    """The comparisons of one rung with their verdicts."""
    return tuple(steps(standing.issue.rung(rung_id).when, facts))


def _silent(issue: Issue) -> Standing:
    if issue.missing.stands == OUTSIDE:
        return Standing(issue, OUTSIDE, MISSING, None)
    return Standing(issue, issue.missing.stands, _status(issue, issue.missing.stands), None)


def _rung(issue: Issue, facts: Facts) -> str | None:
    verdicts = [evaluate(rung.when, facts) for rung in issue.rungs]
    if YES in verdicts:
        return issue.rungs[verdicts.index(YES)].id
    return None if MAYBE in verdicts else OUTSIDE


def _status(issue: Issue, rung: str | None) -> str:
    if rung is None:
        return UNSURE
    if rung == OUTSIDE:
        return BELOW
    return COMPLIANT if issue.position(rung) == 0 else FALLBACK


def _why(issue: Issue, facts: Facts) -> str:
    """The reasons of every comparison that could not be decided, each once, in order."""
    reasons: dict[str, None] = {}
    for rung in issue.rungs:
        for step in steps(rung.when, facts):
            if step.verdict == MAYBE:
                reasons.setdefault(step.found.removeprefix("could not tell: "))
    return "; ".join(reasons)
