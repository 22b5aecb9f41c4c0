"""What to do with their answer: where their words stand on the ladder, and which moves are left.

1. What we asked for last on the issue, in a turn that was sent.
2. Their words on an allowed position: accepting them is offered, with the approval it needs.
3. Otherwise hold what we asked, offer the next position below it that is still better for us than their
   words, ask for a trade, or reserve the point.
4. No such position left: only those who may go below the last one can go further.

A position worse for us than what they ask is never among the moves.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from negotiation.models import Contract, Decision, Finding, FindingStatus
from negotiation.services import reviews
from negotiation.services.outgoing import Edit
from playbooks import rules


@dataclass(frozen=True)
class Asked:
    """A position we asked for in a turn that was sent."""

    rung: str
    turn: int


def asked_in(contract: Contract, sent: Mapping[int, int]) -> Mapping[str, Asked]:
    """Issue → what we asked for last in turns that were sent: `sent` has the number of each by the number of
    its version. A position that was proposed is what its change led to; words of our own ask for the
    position that they stood on in the turn."""
    if not sent:
        return {}
    rows = (
        Finding.objects.filter(contract=contract, review__version__number__lte=max(sent))
        .order_by("review__version__number")
        .values_list("issue", "decision", "decided_rung", "rung", "status", "review__version__number")
    )
    asked: dict[str, Asked] = {}
    by_hand: set[str] = set()
    for issue, decision, decided_rung, rung, status, number in rows:
        if number in sent and issue in by_hand:
            by_hand.discard(issue)
            if rung and status in (FindingStatus.COMPLIANT, FindingStatus.FALLBACK):
                asked[issue] = Asked(rung, sent[number])
        elif decision == Decision.EDITED:
            by_hand.add(issue)
        elif decision in (Decision.PROPOSED, Decision.COUNTERED) and decided_rung:
            turn = min((turn for seen, turn in sent.items() if seen > number), default=0)
            asked[issue] = Asked(decided_rung, turn)
    return asked


def asked_before(finding: Finding) -> str:
    """The rung we asked for last on a finding's issue, "" where we asked for none."""
    contract, version = finding.contract, finding.review.version
    turns = contract.turns.filter(side__is_ours=True, version__number__lt=version.number)
    found = asked_in(contract, dict(turns.values_list("version__number", "number"))).get(finding.issue)
    return found.rung if found is not None else ""


@dataclass(frozen=True)
class Moves:
    """The moves on one issue after their answer. `theirs` is the rung their words meet, if any; `hold` what
    we asked; `following` the next position to offer; `trades` positions with something to ask in return."""

    asked: Asked
    theirs: rules.Rung | None
    gives_all: bool  # their words are what we asked for, or better
    hold: rules.Rung | None
    following: rules.Rung | None
    trades: tuple[rules.Rung, ...]
    is_past_the_last: bool


def with_own_words(issue: rules.Issue, ways: Mapping[str, list[Edit]], can: Collection[str]) -> set[str]:
    """The rungs among `can` whose change is not that of a better rung: the same words are no new offer."""
    found: set[str] = set()
    seen: list[list[Edit]] = []
    for rung in issue.rungs:
        words = [
            {name: edit[name] for name in sorted(edit) if name != "reason"} for edit in ways.get(rung.id, ())
        ]
        if rung.id in can and words not in seen:
            found.add(rung.id)
        seen.append(words)
    return found


def moves(
    issue: rules.Issue,
    status: str,
    rung: str,
    asked: Asked,
    *,
    can: Collection[str],
    trades: Collection[str],
    new: Collection[str] | None = None,
) -> Moves:
    """`can` names the rungs a safe change leads to, `new` those with words of their own (default: all of
    them), `trades` the trades agreed in the deal."""
    new = can if new is None else new
    known = {one.id for one in issue.rungs}
    theirs = issue.rung(rung) if rung in known else None
    at = issue.position(asked.rung)
    better = reviews.better_rungs(issue, status, rung or None)
    below = [one for one in better if issue.position(one.id) > at]
    open_to_us = [
        one for one in below if one.id in new and (not one.needs_trade or one.needs_trade in trades)
    ]
    waiting = tuple(one for one in below if one.trade and one.needs_trade not in trades)
    following = next(iter(open_to_us), None)
    return Moves(
        asked=asked,
        theirs=theirs,
        gives_all=theirs is not None and issue.position(theirs.id) <= at,
        hold=issue.rung(asked.rung)
        if asked.rung in can and asked.rung in {one.id for one in better}
        else None,
        following=following,
        trades=waiting,
        is_past_the_last=theirs is None
        and status != FindingStatus.UNSURE
        and following is None
        and not waiting,
    )
