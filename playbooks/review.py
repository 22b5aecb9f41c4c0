"""A playbook applied to a document: one finding for each issue, explained, with at most one smallest change.

The same playbook, document and deal facts give the same bytes on every machine.
"""

import json
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clauses.topics import TOPICS
from clauses.topics.page import Page
from clauses.topics.values import Instance, Plain, Value
from playbooks.condition_words import describe
from playbooks.judge import (
    BELOW,
    COMPLIANT,
    FALLBACK,
    MISSING,
    UNSURE,
    Case,
    Standing,
    decided_by,
    depth,
)
from playbooks.proposals import propose
from playbooks.risk import Risk, risk_of, severity_of, weight_of
from playbooks.rules import OUTSIDE, ApproverRule, Issue, Playbook, Rung
from playbooks.text_changes import Edit


@dataclass(frozen=True)
class Finding:
    """What the review says on one issue. `rung` is a rung id, "walk_away", or None when it could not be told.

    `reason` may be shown outside; `guidance` may not and is not part of `to_data`. Offsets count code
    points of
    the document's accepted text; `blocks` are the addresses the quote stands in.
    """

    issue: str
    title: str
    category: str
    rung: str | None
    status: str
    severity: str
    weight: int
    clause: str
    quote: str
    start: int | None
    end: int | None
    blocks: tuple[str, ...]
    value: Mapping[str, Any]
    expected: str
    rule: str
    reason: str
    changes: tuple[Edit, ...]
    approval: tuple[Mapping[str, Any], ...]
    checked: tuple[Mapping[str, str], ...]
    also: tuple[Mapping[str, Any], ...]
    guidance: str = ""

    def to_data(self) -> dict[str, Any]:
        """The finding as plain JSON values, without internal guidance."""
        return {
            "issue": self.issue,
            "title": self.title,
            "category": self.category,
            "rung": self.rung,
            "status": self.status,
            "severity": self.severity,
            "weight": self.weight,
            "clause": self.clause,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "blocks": list(self.blocks),
            "value": dict(self.value),
            "expected": self.expected,
            "rule": self.rule,
            "reason": self.reason,
            "changes": [dict(edit) for edit in self.changes],
            "approval": [dict(rule) for rule in self.approval],
            "checked": [dict(step) for step in self.checked],
            "also": [dict(place) for place in self.also],
        }


@dataclass(frozen=True)
class Review:
    """All findings of one playbook on one text, in the playbook's order, and the risk they add up to."""

    playbook: str
    version: str
    digest: str
    risk: Risk
    findings: tuple[Finding, ...]

    def finding(self, issue: str) -> Finding:
        """The finding on an issue; KeyError when the playbook has none of that code."""
        for finding in self.findings:
            if finding.issue == issue:
                return finding
        raise KeyError(issue)

    def to_data(self) -> dict[str, Any]:
        return {
            "playbook": self.playbook,
            "version": self.version,
            "digest": self.digest,
            "risk": self.risk.to_data(),
            "findings": [finding.to_data() for finding in self.findings],
        }

    def to_json(self) -> str:
        """One JSON document; byte-stable."""
        return json.dumps(self.to_data(), ensure_ascii=False, indent=2) + "\n"


def page_of(source: Any) -> Page:
    """The page of a `redline.Document`, of plain text, or a page itself."""
    if isinstance(source, Page):
        return source
    return Page.from_text(source) if isinstance(source, str) else Page.from_document(source)


def review(
    playbook: Playbook, source: Any, *, deal: Mapping[str, Plain] | None = None, paper: str = "theirs"
) -> Review:
    """Reviews a document (or plain text) by a playbook.

    `deal` holds facts for conditions (Decimal for numbers); `paper` ("ours" or "theirs") chooses the rung
    that is left without mark-up.
    """
    case = Case(playbook, page_of(source), deal or {})
    standings = [case.standing(issue) for issue in playbook.issues]
    findings = tuple(_finding(case, standing, paper) for standing in standings)
    return Review(
        playbook.name, playbook.version, playbook.digest, risk_of(standings, playbook.thresholds), findings
    )


@dataclass(frozen=True)
class Placed:
    """Where a text stands on one issue, without reasons and without a proposal.

    `blocks` are the paragraphs it stands on: those of the worst place that speaks on it, or, below the last
    rung, where no rule bounds the words, those of every such place.
    """

    issue: str
    status: str
    rung: str | None
    blocks: tuple[str, ...]


def places(
    playbook: Playbook,
    source: Any,
    *,
    deal: Mapping[str, Plain] | None = None,
    only: Collection[str] | None = None,
) -> tuple[Placed, ...]:
    """Where the text stands on each issue (or on `only` those), as `review` would say, at a fraction of its
    cost: nothing is proposed."""
    case = Case(playbook, page_of(source), deal or {})
    wanted = [issue for issue in playbook.issues if only is None or issue.code in only]
    standings = [case.standing(issue) for issue in wanted]
    return tuple(Placed(one.issue.code, one.status, one.rung, _stood_on(case.page, one)) for one in standings)


def _stood_on(page: Page, standing: Standing) -> tuple[str, ...]:
    below = (None, OUTSIDE)
    found = [standing.instance] if standing.instance is not None else []
    if standing.rung in below:
        found += [instance for instance, rung in standing.others if rung in below]
    found.sort(key=lambda instance: instance.start)
    return tuple(dict.fromkeys(block for instance in found for block in _blocks(page, instance)))


def proposal_for_rung(
    playbook: Playbook, source: Any, issue_code: str, rung_id: str, *, deal: Mapping[str, Plain] | None = None
) -> tuple[Edit, ...] | None:
    """The smallest change that brings an issue to a given rung (a counter); empty when the text is there
    already.

    None when no change could be found. KeyError for an unknown issue or rung.
    """
    case = Case(playbook, page_of(source), deal or {})
    standing = case.standing(playbook.issue(issue_code))
    rung = standing.issue.rung(rung_id)
    if standing.rung is not None and standing.position <= depth(standing.issue, rung.id):
        return ()
    proposal = propose(case, standing, rung)
    return None if proposal is None else proposal.edits


def together(found: Review) -> list[Edit]:
    """The edits of all findings, fit to be applied at once.

    Findings may touch the same words; of two changes that overlap the one of the graver finding is kept
    whole.
    """
    kept: list[Edit] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    graver = sorted(enumerate(found.findings), key=lambda pair: (-pair[1].weight, pair[0]))
    chosen: dict[int, tuple[Edit, ...]] = {}
    for index, finding in graver:
        if finding.changes and not any(_clashes(edit, taken) for edit in finding.changes):
            chosen[index] = finding.changes
            for edit in finding.changes:
                if edit["op"] != "insert_after":
                    taken.setdefault(edit["block"], []).append(_reach(edit))
    for index in sorted(chosen):
        kept.extend(chosen[index])
    return kept


def _reach(edit: Edit) -> tuple[int, int]:
    return (0, sys.maxsize) if edit["op"] == "delete_block" else (edit["start"], edit["end"])


def _clashes(edit: Edit, taken: Mapping[str, list[tuple[int, int]]]) -> bool:
    if edit["op"] == "insert_after":
        return False
    start, end = _reach(edit)
    return any(
        (start < right and left < end) or (start, end) == (left, right)
        for left, right in taken.get(edit["block"], ())
    )


def place_text(
    playbook: Playbook, issue_code: str, text: str, *, deal: Mapping[str, Plain] | None = None
) -> Standing:
    """Where a clause's text alone stands on an issue's ladder (examples, a counter, the authoring screen)."""
    return Case(playbook, Page.from_text(text), deal or {}).standing(playbook.issue(issue_code))


def _finding(case: Case, standing: Standing, paper: str) -> Finding:
    issue, page, instance = standing.issue, case.page, standing.instance
    opening = issue.rung(issue.opening)
    facts = case.facts(issue, instance)
    judged = _judged_rung(standing)
    start, end = (None, None) if instance is None else (instance.spans[0].start, instance.spans[0].end)
    return Finding(
        issue=issue.code,
        title=issue.title,
        category=issue.category,
        rung=standing.rung,
        status=standing.status,
        severity=severity_of(standing),
        weight=weight_of(standing),
        clause=_clause_name(page, instance),
        quote="" if start is None else page.text[start:end],
        start=start,
        end=end,
        blocks=_blocks(page, instance),
        value=_values(instance),
        expected=f"{opening.label}: {describe(opening.when, facts.specs)}",
        rule=_rule(standing, judged, case),
        reason=_reason(standing, opening),
        changes=_changes(case, standing, opening, paper),
        approval=_approval(standing),
        checked=_checked(case, standing),
        also=_also(page, standing),
        guidance=judged.guidance if judged else issue.walk_away.guidance,
    )


def _judged_rung(standing: Standing) -> Rung | None:
    return None if standing.rung in {None, OUTSIDE} else standing.issue.rung(str(standing.rung))


def _clause_name(page: Page, instance: Instance | None) -> str:
    if instance is None:
        return ""
    line = page.line_at(instance.spans[0].start)
    return " ".join(part for part in (line.number.rstrip("."), line.title) if part)


def _blocks(page: Page, instance: Instance | None) -> tuple[str, ...]:
    if instance is None:
        return ()
    found: dict[str, None] = {}
    for span in instance.spans:
        for index in range(page.index_at(span.start), page.index_at(max(span.start, span.end - 1)) + 1):
            found.setdefault(page.lines[index].block)
    return tuple(found)


def _values(instance: Instance | None) -> dict[str, Any]:
    return (
        {}
        if instance is None
        else {name: _json_value(instance.values[name]) for name in sorted(instance.values)}
    )


def _json_value(value: Value) -> Any:
    if not value.is_read:
        return {value.state: value.why}
    if isinstance(value.value, Decimal):
        return int(value.value) if value.value == value.value.to_integral_value() else f"{value.value:f}"
    return list(value.value) if isinstance(value.value, tuple) else value.value


def _rule(standing: Standing, judged: Rung | None, case: Case) -> str:
    issue = standing.issue
    if standing.status == UNSURE:
        return f"Could not tell, because {standing.why_unsure}."
    if standing.instance is None:
        return f"Nothing was found on {TOPICS[issue.topic].looks_for}. {issue.missing.reason}"
    facts = case.facts(issue, standing.instance)
    if judged is not None:
        found = "; ".join(
            f"{step.says} (found: {step.found})"
            for step in decided_by(standing, facts, judged.id)
            if step.verdict == "yes"
        )
        return f"{judged.id} “{judged.label}” holds: {found or describe(judged.when, facts.specs)}."
    lowest = issue.rungs[-1]
    failed = "; ".join(
        f"needs “{step.says}”, found {step.found}"
        for step in decided_by(standing, facts, lowest.id)
        if step.verdict == "no"
    )
    return f"Below the last rung, {lowest.id} “{lowest.label}”: {failed}."


def _reason(standing: Standing, opening: Rung) -> str:
    if standing.status == UNSURE:
        return f"Could not tell, because {standing.why_unsure}."
    if standing.status == COMPLIANT:
        return opening.reason
    return opening.reason if standing.status in {FALLBACK, BELOW, MISSING} else ""


def _changes(case: Case, standing: Standing, opening: Rung, paper: str) -> tuple[Edit, ...]:
    issue = standing.issue
    if standing.status == UNSURE or standing.position <= depth(issue, issue.leave_alone[paper]):
        return ()
    proposal = propose(case, standing, opening)
    return () if proposal is None else proposal.edits


def _approval(standing: Standing) -> tuple[Mapping[str, Any], ...]:
    rule: ApproverRule | None
    if standing.status in {COMPLIANT, FALLBACK} and standing.rung is not None:
        rule = standing.issue.rung(standing.rung).approvers
    else:
        rule = standing.issue.walk_away.approvers
    return () if rule is None else ({"mode": rule.mode, "roles": list(rule.roles)},)


def _checked(case: Case, standing: Standing) -> tuple[Mapping[str, str], ...]:
    issue = standing.issue
    looked = {
        "rung": "",
        "says": f"looked for {TOPICS[issue.topic].looks_for}",
        "found": "nothing" if standing.instance is None else "read",
        "verdict": "",
    }
    if standing.instance is None:
        return (looked,)
    facts = case.facts(issue, standing.instance)
    rows = [
        {"rung": rung.id, "says": step.says, "found": step.found, "verdict": step.verdict}
        for rung in issue.rungs
        for step in decided_by(standing, facts, rung.id)
    ]
    return (looked, *rows)


def _also(page: Page, standing: Standing) -> tuple[Mapping[str, Any], ...]:
    """The other words the finding rests on, and the other places that speak on the issue with their rungs."""
    own = () if standing.instance is None else standing.instance.spans[1:]
    places = [(span, standing.rung) for span in own]
    places += [(span, rung) for instance, rung in standing.others for span in instance.spans]
    return tuple(
        {"rung": rung, "quote": page.text[span.start : span.end], "start": span.start, "end": span.end}
        for span, rung in sorted(places, key=lambda place: place[0].start)
    )


__all__ = [
    "Finding",
    "Issue",
    "Placed",
    "Review",
    "page_of",
    "place_text",
    "places",
    "proposal_for_rung",
    "review",
    "together",
]
