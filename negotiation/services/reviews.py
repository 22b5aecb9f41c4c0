"""Running the pinned playbook over a version, and keeping what it found as rows people decide on."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import redline
from accounts.services import files
from negotiation.models import ClauseText, Contract, Decision, Finding, Review, Version
from negotiation.models.decisions import FindingStatus
from negotiation.services.outgoing import Edit
from negotiation.services.reading import ReadVersion
from playbooks import review as engine
from playbooks import rules
from playbooks.models import PlaybookVersion

CARRIED = (Decision.CONCEDED, Decision.DISMISSED, Decision.RESERVED)
"""Decisions that stand in the next version as long as the words they were about do."""

OFFERED = (Decision.PROPOSED, Decision.EDITED, Decision.COUNTERED)
"""Decisions that wrote words of ours. What is left of the issue in the turn we sent is what we offered, and
had approved where that was needed: it is no new issue while it comes back as it went out."""

_parsed: dict[str, rules.Playbook] = {}


def rules_of_version(playbook_version: PlaybookVersion) -> rules.Playbook:
    """The rules of a published version. Immutable, so each is read once per process, by its digest."""
    known = _parsed.get(playbook_version.digest)
    if known is None:
        known = rules.Playbook.from_data(playbook_version.data)
        if playbook_version.digest and playbook_version.published_at is not None:
            _parsed[playbook_version.digest] = known
    return known


def rules_of(finding: Finding) -> rules.Playbook:
    """The rules a finding was judged by: those of its review, whatever was published since."""
    return rules_of_version(finding.review.playbook_version)


def deal_facts(contract: Contract) -> Mapping[str, Any]:
    """What conditions may ask about the deal: `deal.value`, `deal.law`, `deal.term_months` …"""
    negotiation = contract.negotiation
    facts: dict[str, Any] = {"law": negotiation.law or None, "our_role": contract.our_role or None}
    if negotiation.value_minor is not None:
        value = Decimal(negotiation.value_minor) / 100
        facts |= {"value": value, "annual_fees": value}
    if negotiation.term_months is not None:
        facts["term_months"] = Decimal(negotiation.term_months)
    return {name: value for name, value in facts.items() if value is not None}


def judge_document(contract: Contract, source: Any) -> engine.Review:
    """Review any text by the contract's pinned playbook version. Raises ValueError where none is pinned."""
    if contract.playbook_version is None:
        raise ValueError("the contract has no playbook version")
    playbook = rules_of_version(contract.playbook_version)
    return engine.review(playbook, source, deal=deal_facts(contract), paper=contract.paper)


@dataclass(frozen=True)
class Judged:
    """A review, and for each finding (by issue) the changes that lead to the rungs better than its text."""

    review: engine.Review
    ways: Mapping[str, Mapping[str, list[Edit]]]


def judge(version: Version, read: ReadVersion) -> Judged:
    contract = version.contract
    if contract.playbook_version is None:
        raise ValueError("the contract has no playbook version")
    playbook = rules_of_version(contract.playbook_version)
    facts, page = deal_facts(contract), engine.page_of(read.document)
    judged = engine.review(playbook, page, deal=facts, paper=contract.paper)
    ways = {
        found.issue: {
            rung.id: [
                dict(edit)
                for edit in engine.proposal_for_rung(playbook, page, found.issue, rung.id, deal=facts) or ()
            ]
            for rung in better_rungs(playbook.issue(found.issue), found.status, found.rung)
        }
        for found in judged.findings
    }
    return Judged(judged, ways)


def store(version: Version, judged_with_ways: Judged) -> Review:
    """Write the review's findings, inside the caller's transaction; decisions about unchanged words are
    carried over from the version before."""
    judged, contract = judged_with_ways.review, version.contract
    if contract.playbook_version is None:
        raise ValueError("the contract has no playbook version")
    review = Review.objects.create(
        organisation=version.organisation,
        version=version,
        playbook_version=contract.playbook_version,
        risk_score=judged.risk.score,
        risk_level=judged.risk.level,
        checked=[
            {"issue": found.issue, "steps": [dict(s) for s in found.checked]}
            for found in (*judged.findings, *judged.elsewhere)
        ],
    )
    earlier = _earlier_findings(version)
    clauses = list(ClauseText.objects.filter(version=version).order_by("position"))
    rows = [
        _row(review, contract, position, found, clauses, earlier.get(found.issue))
        for position, found in enumerate(judged.findings)
    ]
    for row in rows:
        row.ways = {rung: list(edits) for rung, edits in judged_with_ways.ways[row.issue].items()}
    Finding.objects.bulk_create(rows)
    return review


def _row(
    review: Review,
    contract: Contract,
    position: int,
    found: engine.Finding,
    clauses: list[ClauseText],
    before: Finding | None,
) -> Finding:
    row = Finding(
        organisation=contract.organisation,
        review=review,
        contract=contract,
        clause_id=clause_at(clauses, found.start),
        position=position,
        issue=found.issue,
        title=found.title[:200],
        status=found.status,
        severity=found.severity,
        rung=found.rung or "",
        quote=found.quote,
        start=found.start,
        end=found.end,
        block=found.blocks[0] if found.blocks else "",
        value=dict(found.value),
        expected=found.expected,
        rule=found.rule,
        reason=found.reason,
        guidance=found.guidance,
        edits=[dict(edit) for edit in found.changes],
        approvers=[dict(rule) for rule in found.approval],
    )
    if before is not None and before.decision in CARRIED and _same_words(before, row):
        _carry(before, row, before.decision)
    elif before is not None and before.decision in OFFERED and _is_our_offer(review.version):
        _carry(before, row, Decision.CONCEDED)
    return row


def _carry(before: Finding, row: Finding, decision: str) -> None:
    row.decision = decision
    row.decided_rung = before.decided_rung
    row.decision_reason = before.decision_reason
    row.decided_by = before.decided_by
    row.decided_at = before.decided_at


def _is_our_offer(version: Version) -> bool:
    return version.side.is_ours and hasattr(version, "turn")


def _same_words(before: Finding, now: Finding) -> bool:
    return (before.status, before.rung, before.quote) == (now.status, now.rung, now.quote)


def _earlier_findings(version: Version) -> dict[str, Finding]:
    if version.based_on is None:
        return {}
    rows = Finding.objects.filter(review__version=version.based_on)
    return {row.issue: row for row in rows}


def clause_at(clauses: list[ClauseText], offset: int | None) -> int | None:
    """The clause that holds the offset most closely: the last one that begins before it and ends after it."""
    best: ClauseText | None = None
    for text in clauses:
        if (
            offset is not None
            and text.start <= offset < text.end
            and (best is None or text.depth >= best.depth)
        ):
            best = text
    return best.clause_id if best else None


def edits_for_rung(finding: Finding, rung: str) -> list[Edit]:
    """The smallest change from the finding's version to a rung of its ladder; empty where none is safe or
    needed. Raises KeyError for a rung the ladder does not have."""
    if finding.ways is not None and rung in finding.ways:
        return [dict(edit) for edit in finding.ways[rung]]
    version = finding.review.version
    document = redline.read(files.read_bytes(version.file))
    edits = engine.proposal_for_rung(
        rules_of(finding), document, finding.issue, rung, deal=deal_facts(finding.contract)
    )
    return [dict(edit) for edit in edits or ()]


def rungs_to_offer(finding: Finding) -> list[rules.Rung]:
    """The rungs better than where the text stands, preferred first: what a counter may offer. Never one that
    is worse for us than what the other side already wrote."""
    return better_rungs(rules_of(finding).issue(finding.issue), finding.status, finding.rung or None)


def better_rungs(issue: rules.Issue, status: str, rung: str | None) -> list[rules.Rung]:
    stands = len(issue.rungs) if status == FindingStatus.UNSURE else issue.position(rung)
    return list(issue.rungs[:stands])


def rung_reached(finding: Finding, rung: str, would_be: bytes) -> str:
    """The rung that `would_be`, a file with the edits towards `rung` written in, stands on: that one, or a
    better one, since the words that open with a fallback sometimes ask for more than it.

    Where the text cannot be told, words that are also those of a better rung ask for the better rung.
    """
    playbook = rules_of(finding)
    issue = playbook.issue(finding.issue)
    (placed,) = engine.places(
        playbook, redline.read(would_be), deal=deal_facts(finding.contract), only={finding.issue}
    )
    if placed.rung == rung:
        return rung
    better = issue.rungs[: issue.position(rung)]
    words = _words_of(issue.rung(rung))
    told = [one.id for one in better if one.id == placed.rung]
    alike = [one.id for one in better if words and words <= _words_of(one)]
    return next(iter(told or alike), rung)


def _words_of(rung: rules.Rung) -> set[str]:
    return {edit.text.strip() for edit in rung.edits if edit.text.strip()}


def outward_reason(finding: Finding, rung: str) -> str:
    """What the other side may read about our asking for this rung. Never the finding's own sentence, which
    says what the review could or could not tell."""
    return rules_of(finding).issue(finding.issue).rung(rung).reason


def outward_reasons(finding: Finding) -> frozenset[str]:
    """Everything the playbook lets out about this issue."""
    return frozenset(rung.reason for rung in rules_of(finding).issue(finding.issue).rungs)
