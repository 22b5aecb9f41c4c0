"""A text tried on the ladder of one issue: every comparison of every rung, and where the text lands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from clauses.topics.values import Instance, Plain
from playbooks.condition_words import Step
from playbooks.conditions import Compare, Covers, Ref, leaves
from playbooks.deal import DEAL_FACTS
from playbooks.judge import Case, Standing, decided_by, verdict
from playbooks.review import case_of, page_of
from playbooks.rules import Issue, Playbook


@dataclass(frozen=True)
class RungTried:
    """How one rung fared: its comparisons, its verdict (yes, no, unknown), whether the text lands on it."""

    id: str
    label: str
    steps: tuple[Step, ...]
    verdict: str
    lands: bool


@dataclass(frozen=True)
class Tried:
    """Where a text stands on an issue, and why. `also` are the other places of the text that speak on it."""

    issue: Issue
    rung: str | None
    status: str
    why_unsure: str
    quote: str
    rungs: tuple[RungTried, ...]
    also: tuple[tuple[str, str | None], ...] = ()


def try_text(
    playbook: Playbook,
    code: str,
    source: Any,
    *,
    deal: Mapping[str, Plain] | None = None,
    paper: str = "theirs",
) -> Tried:
    """Tries text, a document or a page on the issue with this code. KeyError for an unknown issue."""
    issue = playbook.issue(code)
    case = case_of(playbook, page_of(source), deal, paper)
    standing = case.standing(issue)
    facts = case.facts(issue, standing.instance)
    rungs = tuple(
        RungTried(
            rung.id,
            rung.label,
            decided_by(issue, facts, rung.id),
            verdict(rung, facts),
            rung.id == standing.rung,
        )
        for rung in issue.rungs
    )
    also = tuple((_quote(case, one), rung) for one, rung in standing.others)
    return Tried(
        issue,
        standing.rung,
        standing.status,
        standing.why_unsure,
        _quote_of(case, standing),
        rungs,
        also,
    )


def _quote_of(case: Case, standing: Standing) -> str:
    return "" if standing.instance is None else _quote(case, standing.instance)


def _quote(case: Case, instance: Instance) -> str:
    spans = sorted(instance.spans, key=lambda span: span.start)
    return " … ".join(" ".join(case.page.text[span.start : span.end].split()) for span in spans)


def facts_asked(playbook: Playbook, issue: Issue) -> dict[str, str]:
    """The facts of the deal that the issue's conditions ask for, with their kinds, in order of their names.

    A cap as an amount asks for the fees of a year without naming them.
    """
    found: set[str] = set()
    for rung in issue.rungs:
        for leaf in leaves(rung.when):
            for ref in _refs(leaf):
                found |= {ref.name} if ref.source == "deal" else set()
                found |= {ref.index.removeprefix("deal.")} if ref.index.startswith("deal.") else set()
                found |= {"annual_fees"} if ref.name.endswith(".money") else set()
        if rung.needs_trade:
            found.add("trades")
    kinds = {**{name: fact.kind for name, fact in DEAL_FACTS.items()}, **playbook.deal_facts}
    return {name: kinds.get(name, "word") for name in sorted(found)}


def _refs(leaf: Any) -> Sequence[Ref]:
    match leaf:
        case Compare(left, _, right):
            return [left, *([right] if isinstance(right, Ref) else [])]
        case Covers(large, small):
            return [large, small]
    return []


def fact(kind: str, text: str) -> Plain | None:
    """A fact as conditions compare it; None for an empty one. Raises ValueError where a number is none."""
    text = text.strip()
    if not text:
        return None
    if kind == "set":
        return tuple(sorted({item.strip() for item in text.replace(",", ";").split(";") if item.strip()}))
    if kind != "number":
        return text
    try:
        found = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        raise ValueError(text) from None
    if not found.is_finite():
        raise ValueError(text)
    return found
