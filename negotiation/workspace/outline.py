"""The clause outline on the left: number, heading and a state for each clause."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from negotiation.models import ChangeState, ClauseText, Contract, Decision, Finding, FindingStatus
from negotiation.models.contracts import ClauseState, ContractState
from negotiation.workspace.rows import Rows


def outline(rows: Rows, shown: Sequence[Finding]) -> list[dict[str, Any]]:
    """One entry for each clause worth a line; what stands below it counts for it."""
    by_clause: dict[int, list[Finding]] = defaultdict(list)
    for finding in shown:
        if finding.clause_id:
            by_clause[finding.clause_id].append(finding)
    changed = {row.clause_id: "theirs" for row in rows.theirs if row.state == ChangeState.PENDING}
    changed |= {row.clause_id: "ours" for row in rows.ours}
    entries = []
    for text, below in _runs(rows):
        findings = [finding for one in below for finding in by_clause[one.clause_id]]
        marks = [changed[one.clause_id] for one in below if one.clause_id in changed]
        first = next((one for one in findings if one.decision == Decision.OPEN), None)
        entries.append(
            {
                "id": str(text.clause.uuid),
                "number": text.number,
                "heading": text.heading or text.text.split("\n")[0][:80],
                "depth": min(text.depth, 1) + 1,
                "state": _clause_state(below, findings, marks[-1] if marks else None),
                "block": rows.address_of.get(text.first_block, ""),
                "finding": str((first or findings[0]).uuid) if findings else "",
            }
        )
    return entries + _missing(shown)


def _missing(shown: Sequence[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "id": "",
            "number": "",
            "heading": _("%(title)s (missing)") % {"title": finding.title},
            "depth": 1,
            "state": "missing",
            "block": "",
            "finding": str(finding.uuid),
        }
        for finding in shown
        if finding.status == FindingStatus.MISSING and finding.decision == Decision.OPEN
    ]


def _runs(rows: Rows) -> Iterator[tuple[ClauseText, list[ClauseText]]]:
    """Each outlined clause with itself and all that follows until the next one."""
    run: list[ClauseText] = []
    for text in rows.clauses:
        if _is_outlined(text, rows):
            if run:
                yield run[0], run
            run = [text]
        elif run:
            run.append(text)
    if run:
        yield run[0], run


def _is_outlined(text: ClauseText, rows: Rows) -> bool:
    block = rows.block_at.get(text.first_block)
    if block is None or block.table or block.part != "body":
        return False
    if text.heading:
        return text.depth <= 1 or block.kind == "heading"
    return bool(text.number) and text.depth <= 1 and block.kind == "heading"


def _clause_state(below: Sequence[ClauseText], findings: Sequence[Finding], changed: str | None) -> str:
    if all(_is_agreed(text) for text in below):
        return "agreed"
    undecided = [finding for finding in findings if finding.decision == Decision.OPEN]
    for status in (FindingStatus.OUTSIDE, FindingStatus.UNSURE, FindingStatus.FALLBACK):
        if any(finding.status == status for finding in undecided):
            return str(status.value)
    return changed or ("compliant" if findings else "none")


def _is_agreed(text: ClauseText) -> bool:
    return text.clause.state == ClauseState.AGREED and text.clause.agreed_hash == text.hash


def summary(rows: Rows) -> dict[str, int]:
    runs = [below for _text, below in _runs(rows)]
    agreed = sum(all(_is_agreed(text) for text in below) for below in runs)
    return {"agreed": agreed, "open": len(runs) - agreed}


def package(contract: Contract) -> list[dict[str, Any]]:
    documents = list(contract.negotiation.contracts.all())
    if len(documents) < 2:
        return []
    return [
        {
            "rank": one.precedence,
            "title": one.title,
            "url": one.get_absolute_url(),
            "state": "open" if one.state == ContractState.NEGOTIATING else "agreed",
            "current": one.pk == contract.pk,
        }
        for one in documents
    ]
