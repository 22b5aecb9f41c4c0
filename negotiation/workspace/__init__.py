"""The contract page as plain values: outline, paper, issues, changes, comments, facts.

Built from rows with a fixed number of queries, whatever the length of the contract; templates only show it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from negotiation.markup import draw
from negotiation.models import ChangeOrigin, ChangeState, Decision, Finding, FindingStatus
from negotiation.models.contracts import ContractState
from negotiation.services import outgoing, reviews
from negotiation.workspace import blanks, issues, moves, outline, paper, sentences, side
from negotiation.workspace import shown as order
from negotiation.workspace.rows import Rows, fetch
from negotiation.workspace.version_words import version_word
from playbooks import rules

__all__ = ["Rows", "context", "fetch"]

EVERYTHING: Mapping[str, str] = {}


def context(
    rows: Rows,
    *,
    may_edit: bool,
    approvals: Mapping[str, Mapping[str, Any]],
    view: Mapping[str, str] = EVERYTHING,
) -> dict[str, Any]:
    """The template's context. `approvals` maps an issue code to what the approvals room says of it, `view`
    says which issues are shown in which order (see `shown.asked`)."""
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
    needed = [row for row in rows.findings if _needs_a_person(row, playbook, rows)]
    # A status asked for by name is shown, be it one that needs nobody.
    listed = [row for row in rows.findings if row.status == view.get("status")] or needed
    shown = order.in_order(listed, view)
    steps = {one["issue"]: one["steps"] for one in (rows.review.checked if rows.review is not None else [])}
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
        "clauses": outline.outline(rows, needed),
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
        "findings": [issues.card(row, rows, playbook, approvals, drawn, steps) for row in shown],
        "view": order.choices(listed, view, len(shown)),
        "risk": order.risk(rows, playbook),
        "uncovered": _uncovered(rows),
        "elsewhere": _elsewhere(rows, playbook),
        "absent": rows.review.absent if rows.review is not None else [],
        "papers": [
            rows.document(one["contract"]) for one in (rows.review.papers if rows.review is not None else [])
        ],
        "trades": moves.trades_of_deal(rows),
        "agree_trade_url": reverse("negotiation:agree_trade", args=[negotiation.uuid]),
        "read_clauses_url": reverse("negotiation:read_clauses", args=[contract.uuid]),
        "progress": {
            "decided": sum(row.decision != Decision.OPEN for row in needed),
            "total": len(needed),
            "waiting": sum(found.get("state") == "waiting" for found in approvals.values()),
        },
        "checked": [_checked(row, rows, playbook, steps) for row in rows.findings if row not in needed],
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


def _needs_a_person(row: Finding, playbook: rules.Playbook | None, rows: Rows) -> bool:
    """Compliant issues are only listed as checked, unless somebody decided something about them, or our own
    draft moves them."""
    issue = issues.issue_of(playbook, row)
    if playbook is not None and issue is None:
        return False
    moved = issue is not None and sentences.got_worse(row, issue, rows)
    return row.status != FindingStatus.COMPLIANT or row.decision != Decision.OPEN or moved


def _checked(
    row: Finding,
    rows: Rows,
    playbook: rules.Playbook | None,
    steps: Mapping[str, Sequence[Mapping[str, str]]],
) -> dict[str, Any]:
    """An issue that needs nobody: where it stands, its clause, what was compared, and the guidance."""
    issue = issues.issue_of(playbook, row)
    clause = rows.clause_of.get(row.block)
    return {
        "title": row.title,
        "says": sentences.line(row, issue),
        "clause_number": clause.number if clause else "",
        "block": row.block,
        "guidance": row.guidance,
        "steps": sentences.compared(steps.get(row.issue, ()), issue) if issue else [],
        "status": row.get_status_display(),
    }


def _uncovered(rows: Rows) -> dict[str, Any]:
    """The clauses no rule covers, what is left to read of them first."""
    listed = [
        {
            "id": str(one.uuid),
            "name": one.name,
            "block": one.block,
            "quote": sentences.short(one.quote),
            "read_by": one.read_by.user.name if one.read_by else "",
            "read_at": one.read_at,
            "unread_url": reverse("negotiation:unread_clause", args=[one.uuid]),
        }
        for one in rows.uncovered
    ]
    return {
        "unread": [one for one in listed if not one["read_at"]],
        "read": [one for one in listed if one["read_at"]],
        "total": len(listed),
    }


def _elsewhere(rows: Rows, playbook: rules.Playbook | None) -> list[dict[str, Any]]:
    """Issues that another document of the deal, or one that was not given, speaks on."""
    found = rows.review.elsewhere if rows.review is not None else []
    known = {issue.code: issue for issue in playbook.issues} if playbook is not None else {}
    return [
        {
            "title": one["title"],
            "document": rows.document(one["document"]),  # equal for equal ones: they are grouped by it
            "clause": one["clause"],
            "says": sentences.short(
                sentences.standing(known[one["issue"]], one["status"], one["rung"] or "", _why(one))
                if one["issue"] in known
                else one["rule"]
            ),
        }
        for one in sorted(found, key=lambda one: str(one["document"]))  # those of each together
    ]


def _why(one: Mapping[str, Any]) -> str:
    return str(one["rule"]).removeprefix("Could not tell, because ").rstrip(".")


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
