"""Playbooks tried out: their own examples, and past documents (what the playbook would have said)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from playbooks.judge import Standing
from playbooks.review import place_text, review
from playbooks.rules import Example, Playbook


@dataclass(frozen=True)
class Miss:
    """An example that does not land where its author says."""

    issue: str
    wanted: str
    got: str
    text: str
    why: str


def place_example(playbook: Playbook, issue_code: str, example: Example) -> Standing:
    """Where an example stands, with the facts of the deal and the rate cards it was written for."""
    if example.rates:
        playbook = replace(playbook, rates={**playbook.rates, **example.rates})
    return place_text(playbook, issue_code, example.text, deal=example.deal)


def check_examples(playbook: Playbook) -> tuple[int, tuple[Miss, ...]]:
    """How many examples the playbook has, and those that land on another rung than they stand under."""
    count, misses = 0, []
    for issue, wanted, example in playbook.examples():
        count += 1
        standing = place_example(playbook, issue.code, example)
        got = "unsure" if standing.rung is None else standing.rung
        if got != wanted:
            misses.append(Miss(issue.code, wanted, got, example.text, standing.why_unsure))
    return count, tuple(misses)


def without_examples(playbook: Playbook, at_least: int = 1) -> tuple[str, ...]:
    """Rungs that fewer examples test than that, as "issue/rung"."""
    return tuple(
        f"{issue.code}/{rung.id}"
        for issue in playbook.issues
        for rung in issue.rungs
        if len(rung.examples) < at_least
    )


def backtest(playbook: Playbook, documents: Iterable[Any]) -> dict[str, dict[str, int]]:
    """For each issue how many documents stand where: counts by status and by rung."""
    counts: dict[str, Counter[str]] = {issue.code: Counter() for issue in playbook.issues}
    for document in documents:
        for finding in review(playbook, document).findings:
            counts[finding.issue].update([finding.status, f"rung {finding.rung or 'unsure'}"])
    return {code: dict(sorted(counter.items())) for code, counter in counts.items()}
