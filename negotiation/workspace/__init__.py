"""The contract page as plain values: outline, paper, issues, changes, comments, facts.

Built from rows with a fixed number of queries, whatever the length of the contract; templates only show it.
"""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from negotiation.markup import draw
from negotiation.models import ChangeOrigin, ChangeState, Decision, Finding, FindingStatus
from negotiation.models.contracts import ContractState
from negotiation.services import outgoing, reviews
from negotiation.workspace import blanks, issues, outline, paper, side
from negotiation.workspace.rows import Rows, fetch
from negotiation.workspace.version_words import version_word
from playbooks import rules

__all__ = ["Rows", "context", "fetch"]

SEVERITY_ORDER = {"high": 0, "medium": 1, "low": 2}


def context(rows: Rows, *, may_edit: bool, approvals: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The template's context. `approvals` maps an issue code to what the approvals room says of it."""
    contract, version = rows.contract, rows.version
    negotiation = contract.negotiation
    ours_name = contract.organisation.name
    refused = [row for row in rows.theirs if row.state == ChangeState.REJECTED]
    block_at = {block.address: block for block in rows.blocks}
    edits = outgoing.edits_of(rows.ours) + outgoing.edits_undoing(refused, rows.ours, block_at)
    silent = [row for row in rows.theirs if row.origin == ChangeOrigin.UNTRACKED]
    their_name = negotiation.their_side().name
    drawn = draw(
        rows.blocks,
        edits,
        author=ours_name,
        silent=[row for row in silent if row.state != ChangeState.REJECTED],
        their_name=their_name,
    )
    playbook = _playbook(rows)
    shown = [row for row in rows.findings if _needs_a_person(row)]
    shown.sort(
        key=lambda row: (row.decision != Decision.OPEN, SEVERITY_ORDER.get(row.severity, 3), row.position)
    )
    blocks = [paper.block(one, rows, shown) for one in paper.in_order(drawn)]
    last_turn = rows.last_turn
    our_turn = last_turn is None or not last_turn.side.is_ours
    sides = paper.sides(drawn, rows.our_names)
    marks = paper.marks(drawn, sides)
    changes = side.changes(rows, marks)
    return {
        "negotiation": {
            "title": negotiation.title,
            "url": negotiation.get_absolute_url(),
            "counterparty": their_name,
        },
        "contract": {
            "title": contract.title,
            "url": contract.get_absolute_url(),
            "state": contract.state,
            "state_word": contract.get_state_display(),
            "is_open": contract.state == ContractState.NEGOTIATING,
        },
        "version": {
            "number": version.number,
            "label": version_word(next((one for one in rows.versions if one.pk == version.pk), version)),
            "sent_at": version.created_at,
        },
        "turn": {
            "number": last_turn.number + 1 if last_turn else 1,  # the one being made
            "whose": "ours" if our_turn else "theirs",
            "since": last_turn.sent_at if last_turn else contract.created_at,
        },
        "paper_word": contract.get_paper_display().capitalize(),
        "playbook": _playbook_pill(rows),
        "clauses": outline.outline(rows, shown),
        "summary": outline.summary(rows),
        "package": outline.package(contract),
        "blocks": [block for block in blocks if not block["margin"]],
        "margin_blocks": [block for block in blocks if block["margin"]],
        "sides": sides,
        "counts": {
            "changes": len(marks),
            "listed": len(changes) + len(silent),
            "ours": sum(mark.side == "ours" for mark in marks),
            "theirs": sum(mark.side == "theirs" for mark in marks),
            "silent": len(silent),
        },
        "findings": [issues.card(row, rows, playbook, approvals, drawn) for row in shown],
        "progress": {
            "decided": sum(row.decision != Decision.OPEN for row in shown),
            "total": len(shown),
            "waiting": sum(found.get("state") == "waiting" for found in approvals.values()),
        },
        "checked": [
            _("%(title)s: %(status)s") % {"title": row.title, "status": row.get_status_display()}
            for row in rows.findings
            if not _needs_a_person(row)
        ],
        "changes": changes,
        "silent": [side.silent(row, rows) for row in silent],
        "notices": side.notices(rows),
        "form_blanks": blanks.rows_at_hand(contract, version, rows.blocks, rows.clauses),
        "threads": side.threads(rows),
        "agreed": side.agreed(rows),
        "facts": side.facts(rows),
        "checks": side.checks(rows),
        "may_edit": may_edit and our_turn and contract.state == ContractState.NEGOTIATING,
        # They may agree to what we sent: what we left open on our side is closed on the page, unchanged.
        "may_settle": may_edit and not our_turn and contract.state == ContractState.NEGOTIATING,
    }


def _needs_a_person(row: Finding) -> bool:
    """Compliant issues are only listed as checked, unless somebody decided something about them."""
    return row.status != FindingStatus.COMPLIANT or row.decision != Decision.OPEN


def _playbook(rows: Rows) -> rules.Playbook | None:
    if not rows.findings:
        return None
    return reviews.rules_of(rows.findings[0])


def _playbook_pill(rows: Rows) -> dict[str, str] | None:
    pinned = rows.contract.playbook_version
    if pinned is None:
        return None
    return {
        "label": f"{pinned.playbook.title} v{pinned.number}",
        "url": reverse("playbooks:detail", args=[pinned.playbook.uuid]),
    }
