"""The clause outline on the left: number, heading and a state for each clause."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from negotiation.models import ChangeState, ClauseText, Contract, Decision, Finding, FindingStatus
from negotiation.models.contracts import ClauseState, ContractState
from negotiation.workspace.rows import Rows


def outline(rows: Rows, shown: Sequence[Finding]) -> list[dict[str, Any]]:
    by_clause: dict[int, list[Finding]] = defaultdict(list)
    for finding in shown:
        if finding.clause_id:
            by_clause[finding.clause_id].append(finding)
    changed = {row.clause_id: "theirs" for row in rows.theirs if row.state == ChangeState.PENDING}
    changed |= {row.clause_id: "ours" for row in rows.ours}
    addresses = {block.position: block.address for block in rows.blocks}
    entries = [
        {
            "id": str(text.clause.uuid),
            "number": text.number,
            "heading": text.heading or text.text[:60],
            "depth": text.depth + 1,
            "state": _clause_state(text, by_clause[text.clause_id], changed.get(text.clause_id)),
            "block": addresses.get(text.first_block, ""),
            "finding": str(by_clause[text.clause_id][0].uuid) if by_clause[text.clause_id] else "",
        }
        for text in rows.clauses
        if text.heading and text.depth <= 1
    ]
    entries += [
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
    return entries


def _clause_state(text: ClauseText, findings: Sequence[Finding], changed: str | None) -> str:
    if text.clause.state == ClauseState.AGREED and text.clause.agreed_hash == text.hash:
        return "agreed"
    undecided = [finding for finding in findings if finding.decision == Decision.OPEN]
    for status in (FindingStatus.OUTSIDE, FindingStatus.UNSURE, FindingStatus.FALLBACK):
        if any(finding.status == status for finding in undecided):
            return str(status.value)
    return changed or ("compliant" if findings else "none")


def summary(rows: Rows) -> dict[str, int]:
    agreed = sum(
        text.clause.state == ClauseState.AGREED and text.clause.agreed_hash == text.hash
        for text in rows.clauses
        if text.depth == 0
    )
    return {"agreed": agreed, "open": sum(text.depth == 0 for text in rows.clauses) - agreed}


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
