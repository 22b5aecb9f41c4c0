"""What a person should know before deciding: echoes of a deletion, limits that bind both sides, points for
counsel.

Cautions are for people; no rung and no weight follows from them. They never say what the law allows.
"""

import re
from collections.abc import Iterator, Sequence

from clauses.topics.page import Page
from clauses.topics.values import Span
from playbooks.block_changes import KEPT_NUMBER
from playbooks.evaluation import YES, evaluate
from playbooks.judge import Case, Standing
from playbooks.meaning import definitions
from playbooks.numbers import moves_references
from playbooks.rates import ALL_RATES, total_of
from playbooks.text_changes import Edit

_NUMBER = re.compile(r"\s*(?:(?:section|clause|article)\s+)?(?P<number>\d+(?:\.\d+)*)", re.I)
_SURVIVAL = re.compile(r"\bsurviv\w+\b", re.I)


def cautions(case: Case, standing: Standing, edits: Sequence[Edit]) -> tuple[str, ...]:
    """Sentences for the person who decides, in a fixed order."""
    return tuple(
        dict.fromkeys(
            [
                *_counsel(case, standing),
                *_binds_both(standing, edits),
                *_totals(case.page, standing, edits),
                *_echoes(case.page, edits),
            ]
        )
    )


def _counsel(case: Case, standing: Standing) -> Iterator[str]:
    facts = case.facts(standing.issue, standing.instance)
    for flag in standing.issue.counsel:
        if evaluate(flag.when, facts) == YES:
            yield f"Ask counsel: {flag.says}"


def _binds_both(standing: Standing, edits: Sequence[Edit]) -> Iterator[str]:
    if not edits or standing.instance is None:
        return
    binds = standing.instance.values.get("binds")
    if binds is not None and binds.value == "both":
        yield "These words bind both sides: what is changed for the other side is changed for ours too."


def _totals(page: Page, standing: Standing, edits: Sequence[Edit]) -> Iterator[str]:
    """Sums beside a rate that changes and that were worked out from it."""
    read = standing.instance.values.get(ALL_RATES) if standing.instance is not None else None
    for rate in read.rates if read is not None else ():
        if rate.figures is None or not any(_changes(page, edit, rate.figures) for edit in edits):
            continue
        total = total_of(page.text[rate.span.start : rate.span.end], rate)
        if total:
            yield f"{total} beside “{rate.item}” was worked out from its rate; look at it and at the total."


def _changes(page: Page, edit: Edit, span: Span) -> bool:
    """Whether an edit writes over these words."""
    line = page.line_at(span.start)
    if edit["op"] != "replace" or _address(edit) != line.block:
        return False
    return bool(edit["start"] < span.end - line.start and span.start - line.start < edit["end"])


def _echoes(page: Page, edits: Sequence[Edit]) -> Iterator[str]:
    """What a deletion leaves behind: references to it, and terms that only it defined or only it used."""
    yield from _renumbers(page, edits)
    gone = {
        _address(edit) for edit in edits if edit["op"] == "delete_block" or edit.get("text") in KEPT_NUMBER
    }
    if not gone:
        return
    rest = [line for line in page.lines if line.block not in gone]
    for line in (line for line in page.lines if line.block in gone):
        number = (line.number or ((m := _NUMBER.match(line.text)) and m["number"]) or "").strip(" .")
        if number:
            yield from _references(number, rest)
    yield from _orphans(page, gone)


def _address(edit: Edit) -> str:
    return str(edit.get("document", "")) + ("|" if edit.get("document") else "") + str(edit["block"])


def _renumbers(page: Page, edits: Sequence[Edit]) -> Iterator[str]:
    """Numbers that a new clause would move and that others name: only where no other place was free."""
    for edit in edits:
        if edit["op"] == "insert_after":
            like = _address({**edit, "block": edit.get("style_from", edit["block"])})
            index = next(n for n, line in enumerate(page.lines) if line.block == like)
            for number in moves_references(page, index):
                yield f"A new clause here renumbers {number}, which other clauses refer to"


def _references(number: str, rest: Sequence[object]) -> Iterator[str]:
    pattern = re.compile(
        rf"\b(?:section|clause|article|paragraph)s?\s+(?:[\d.]+,?\s+(?:and\s+|or\s+|to\s+)?)*{re.escape(number)}(?![\d.]*\d)",
        re.I,
    )
    for line in rest:
        text = str(getattr(line, "text", ""))
        if pattern.search(text):
            what = (
                "the list of clauses that survive"
                if _SURVIVAL.search(text)
                else f"“{' '.join(text.split())[:60]}…”"
            )
            yield f"{number} would be deleted and is still named in {what}"


def _orphans(page: Page, gone: set[str]) -> Iterator[str]:
    kept = "\n".join(line.text for line in page.lines if line.block not in gone)
    removed = "\n".join(line.text for line in page.lines if line.block in gone)
    for term in sorted(term for term in definitions(page) if term in removed):
        pattern = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)")
        here, there = len(pattern.findall(removed)), len(pattern.findall(kept))
        defined_here = re.search(rf"[“\"]{re.escape(term)}[”\"]", removed)
        if defined_here and there:
            yield f"“{term}” is defined in what would be deleted and is still used elsewhere"
        elif here and not defined_here and there == 1:
            yield f"“{term}” would be defined and used nowhere"
