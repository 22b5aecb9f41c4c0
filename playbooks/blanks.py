"""What may fill the blank of a form: the number asked for, the rung's own words, or a list's first entry."""

import re
from collections.abc import Mapping
from decimal import Decimal

from clauses.topics.page import Page
from clauses.topics.quantity import in_words
from clauses.topics.values import Instance, Span
from playbooks.conditions import Compare, Ref
from playbooks.evaluation import Facts
from playbooks.rules import Rung
from playbooks.text_changes import AT_BLANK, Change
from playbooks.wordings import render

_UNIT_BEHIND = re.compile(
    r"\s*(?:(?:calendar|business)\s+)?(?:days?|months?|years?|hours?|%|per\s?cent|percent)", re.I
)
_TIMES_BEHIND = re.compile(r"\s*(?:x\b|×|times\b)", re.I)


def fillings(
    page: Page, leaf: Compare, instance: Instance, facts: Facts, rung: Rung, words: Mapping[str, str]
) -> list[Change]:
    """Each way to fill the blank a comparison waits for; none where nothing is blank.

    A candidate that reads as something else than the rung asks for is dropped when the page is read again.
    """
    value = instance.values.get(leaf.left.name)
    if value is None or not value.is_blank or not value.spans:
        return []
    blank = value.spans[0]
    own = [
        Change(blank.start, blank.end, render(rule.text, words))
        for rule in rung.edits
        if rule.at == AT_BLANK and leaf.left.name in rule.mends and _stands_alone(page, blank)
    ]
    target = facts.get(leaf.right) if isinstance(leaf.right, Ref) else None
    asked = target.value if target is not None else leaf.right
    if isinstance(asked, Decimal) and leaf.op in {"<=", ">=", "="}:
        return own or _numbers(page, blank, asked, _unit_of(facts, leaf))
    if leaf.op == "in" and isinstance(asked, tuple) and asked and isinstance(leaf.right, Ref):
        return [*own, Change(blank.start, blank.end, asked[0])]
    return own


def _stands_alone(page: Page, blank: Span) -> bool:
    """Whether the row holds nothing but the blank: only then is there room for more than a figure."""
    line = page.line_at(blank.start)
    return not re.search(r"\w{2}", page.text[line.start : blank.start] + page.text[blank.end : line.end])


def _unit_of(facts: Facts, leaf: Compare) -> str:
    spec = facts.specs.get(leaf.left.name)
    return spec.unit if spec else ""


def _numbers(page: Page, blank: Span, asked: Decimal, unit: str) -> list[Change]:
    """The figure alone where its unit is printed behind the blank, else words, figures and unit."""
    behind = page.text[blank.end : page.line_at(blank.start).end]
    if _TIMES_BEHIND.match(behind):
        return (
            [Change(blank.start, blank.end, f"{asked / 12:f}")] if unit == "month" and not asked % 12 else []
        )
    figure = f"{asked.normalize():f}"
    if _UNIT_BEHIND.match(behind):
        return [Change(blank.start, blank.end, figure)]
    if unit == "percent":
        return [Change(blank.start, blank.end, f"{figure}%")]
    if unit in {"day", "month", "year", "hour"} and asked == asked.to_integral_value():
        plural = unit if asked == 1 else f"{unit}s"
        return [Change(blank.start, blank.end, f"{in_words(int(asked))} ({figure}) {plural}")]
    return []
