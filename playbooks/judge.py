"""Where a text stands on a ladder: the best rung whose whole condition holds.

Unknown never counts as yes. Where no rung holds and some could not be decided, the answer is *unsure*.
Where the
contract speaks in several places, the finding stands on the worst of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from clauses.topics.page import Page
from clauses.topics.values import ABSENT, BLANK, CLAUSE, READ, UNKNOWN, Instance, Plain, Value
from playbooks.condition_words import Step, steps
from playbooks.conditions import Ref
from playbooks.evaluation import MAYBE, NO, YES, Facts, evaluate
from playbooks.everywhere import specs_of, values_of, what_is_open, without_brackets
from playbooks.homes import home
from playbooks.other_places import defined_as, on_cover
from playbooks.papers import terms_elsewhere
from playbooks.precedence import prevailing, ranked
from playbooks.rules import BY_RULES, OUTSIDE, Issue, Playbook, Rung
from playbooks.topics import TOPICS

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
    unread: bool = False
    """Nothing was found, and the text leaves its terms to a paper that is not here."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether nothing was found because the text only points to terms that are not here."""
        return self.status == UNSURE and self.instance is None and self.unread

    @property
    def is_blank(self) -> bool:
        """The form leaves open what the ladder asks for."""
        return self.status == UNSURE and BLANK in self.why_unsure

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

    @cached_property
    def unread(self) -> str:
        """The terms this text leaves to a paper that is not here; "" where it is whole."""
        return terms_elsewhere(self.page)

    @cached_property
    def _as_read(self) -> Page:
        """The page for the readers: a number in square brackets is a number still, though an open one."""
        return without_brackets(self.page)

    def instances(self, topic: str) -> Sequence[Instance]:
        """Every place where the contract speaks on the topic."""
        if topic not in self._readings:
            self._readings[topic] = tuple(TOPICS[topic].read(self._as_read))
        return self._readings[topic]

    def standing(self, issue: Issue) -> Standing:
        """Where the contract stands on the issue."""
        if issue.code not in self._standings:
            self._standings[issue.code] = self._placed(issue)
        return self._standings[issue.code]

    def _placed(self, issue: Issue) -> Standing:
        instances = self.instances(issue.topic)
        if not instances:
            return self._silent(issue)
        return place(self.page, issue, instances, self.facts)

    def _silent(self, issue: Issue) -> Standing:
        if self.unread:
            why = f"“{self.unread}”, named here, is not attached and was not read"
            return Standing(issue, None, UNSURE, None, (), why, unread=True)
        stands = issue.missing.stands
        if stands == BY_RULES:
            facts = self.facts(issue, None)
            rung = rung_of(issue, facts)
            if rung is None:
                return Standing(issue, None, UNSURE, None, (), why_unsure(issue, facts))
            stands = rung
        return Standing(issue, stands, MISSING if stands == OUTSIDE else _status(issue, stands), None)

    def facts(self, issue: Issue, instance: Instance | None) -> Facts:
        """What a condition of the issue may look at, for one place of the text, or for silence."""
        specs = specs_of(issue.topic)
        if instance is None:
            values = dict.fromkeys([CLAUSE, *specs], Value(ABSENT))
        else:
            read_here = values_of(self.page, instance)
            if self.unread:
                read_here = {name: self._unsaid(value) for name, value in read_here.items()}
            values = {CLAUSE: Value(READ, "present", instance.spans), **read_here}
        if "home" in specs and "law" in values:
            values["home"] = home(self.page, values["law"], self.playbook, self.deal)
        book = self.playbook
        return Facts(values, specs, self.deal, book.lists, self._rung_holds, self._elsewhere, book.rates)

    def _unsaid(self, value: Value) -> Value:
        """What a part of a contract does not promise may be promised in the terms that were not read."""
        silent = value.value == "no" and not value.spans
        return Value(UNKNOWN, why=f"“{self.unread}” is not attached and was not read") if silent else value

    def _rung_holds(self, code: str, rung: str) -> str:
        issue = self.playbook.issue(code)
        standing = self.standing(issue)
        if standing.rung is None:
            return MAYBE
        return YES if standing.position <= depth(issue, rung) else NO

    def _elsewhere(self, ref: Ref) -> Value:
        """A value read on another issue, on a cover page, or in a definition."""
        if ref.source == "issue":
            code, _, name = ref.name.partition(".")
            return self._on_issue(self.playbook.issue(code), name)
        return on_cover(self.page, ref.name) if ref.source == "cover" else defined_as(self.page, ref.name)

    def _on_issue(self, issue: Issue, name: str) -> Value:
        read = [self.facts(issue, one).get(Ref("value", name)) for one in self.instances(issue.topic)]
        if not read:
            why = f"“{self.unread}” is not attached and was not read"
            return Value(UNKNOWN, why=why) if self.unread else Value(ABSENT)
        if any((v.state, v.value) != (read[0].state, read[0].value) for v in read):
            return Value(
                UNKNOWN, why=f"{issue.title.lower()} is read in several places with different values"
            )
        return read[0]


def place(
    page: Page,
    issue: Issue,
    instances: Sequence[Instance],
    facts_of: Callable[[Issue, Instance | None], Facts],
) -> Standing:
    """The standing of an issue over all places that speak on it: the worst one counts, unless the text says
    clearly which place wins."""
    judged = [(one, *_judged(page, issue, one, facts_of(issue, one))) for one in instances]
    ruling = list(range(len(judged)))
    winners = prevailing(page, instances)
    in_conflict = len({judged[n][1] for n in winners}) > 1 and not ranked(page)
    if winners and not in_conflict:
        ruling = list(winners)
    worst = max(ruling, key=lambda n: (depth(issue, judged[n][1]), -judged[n][0].start))
    instance, rung, why = judged[worst]
    others = tuple((one, other) for n, (one, other, _) in enumerate(judged) if n != worst)
    if in_conflict:
        conflict = "two places both claim to prevail over the other; a person must say which one does"
        return Standing(issue, None, UNSURE, instance, others, conflict)
    return Standing(issue, rung, _status(issue, rung), instance, others, why)


def _judged(page: Page, issue: Issue, instance: Instance, facts: Facts) -> tuple[str | None, str]:
    """The rung of one place, or None and why it cannot be told."""
    opened = what_is_open(page, instance)
    if opened:
        return None, f"“{opened}” is still open: an offer or a choice is not agreed text"
    rung = rung_of(issue, facts)
    return rung, why_unsure(issue, facts) if rung is None else ""


def verdict(rung: Rung, facts: Facts) -> str:
    """Whether a rung holds: its condition, and the trade it was offered for where it asks for one."""
    found = evaluate(rung.when, facts)
    return NO if found == YES and not trade_agreed(rung, facts) else found


def trade_agreed(rung: Rung, facts: Facts) -> bool:
    """A concession tied to a trade falls with the trade: silence on trades means none is agreed."""
    agreed = facts.deal.get("trades", ())
    return not rung.needs_trade or rung.needs_trade in (
        agreed if isinstance(agreed, tuple) else (str(agreed),)
    )


def decided_by(issue: Issue, facts: Facts, rung_id: str) -> tuple[Step, ...]:
    """The comparisons of one rung with their verdicts, and the trade it needs."""
    rung = issue.rung(rung_id)
    found = tuple(steps(rung.when, facts))
    if not rung.needs_trade:
        return found
    agreed = trade_agreed(rung, facts)
    said = Step(
        f"the trade “{rung.trade}” is agreed",
        "agreed" if agreed else "not agreed",
        YES if agreed else NO,
        "trade",
    )
    return (*found, said)


def rung_of(issue: Issue, facts: Facts) -> str | None:
    """The best rung that holds; the walk-away where none does; None where some could not be decided."""
    verdicts = [verdict(rung, facts) for rung in issue.rungs]
    if YES in verdicts:
        return issue.rungs[verdicts.index(YES)].id
    return None if MAYBE in verdicts else OUTSIDE


def _status(issue: Issue, rung: str | None) -> str:
    if rung is None:
        return UNSURE
    if rung == OUTSIDE:
        return BELOW
    return COMPLIANT if issue.position(rung) == 0 else FALLBACK


def why_unsure(issue: Issue, facts: Facts) -> str:
    """The reasons of every comparison that could not be decided, each once, in order."""
    reasons: dict[str, None] = {}
    for rung in issue.rungs:
        for step in steps(rung.when, facts):
            if step.verdict == MAYBE:
                reasons.setdefault(
                    step.found.removeprefix("could not tell: ") or f"{step.says} could not be told"
                )
    return "; ".join(reasons)
