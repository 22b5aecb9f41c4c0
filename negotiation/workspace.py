"""The contract page as plain values: outline, paper, issues, changes, comments, facts.

Built from rows with a fixed number of queries, whatever the contract's length; the templates only show it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import redline
from negotiation.markup import Drawn, draw
from negotiation.models import (
    Block,
    Change,
    ChangeOrigin,
    ChangeState,
    ClauseText,
    Comment,
    Contract,
    Decision,
    Draft,
    Finding,
    FindingStatus,
    Version,
)
from negotiation.models.contracts import ClauseState, ContractState
from negotiation.services import outgoing, reviews
from playbooks import rules

STATE_OF = {
    Decision.OPEN: "open",
    Decision.PROPOSED: "accepted",
    Decision.EDITED: "edited",
    Decision.COUNTERED: "countered",
    Decision.RESERVED: "reserved",
    Decision.CONCEDED: "conceded",
    Decision.DISMISSED: "dismissed",
}
SEVERITY_ORDER = {"high": 0, "medium": 1, "low": 2}
CHANGE_STATE = {
    ChangeState.PENDING: "open",
    ChangeState.ACCEPTED: "accepted",
    ChangeState.REJECTED: "rejected",
    ChangeState.SENT: "sent",
}
KIND_WORDS = {
    "replace": gettext_lazy("replaced"),
    "insert": gettext_lazy("inserted"),
    "insert_after": gettext_lazy("inserted"),
    "delete": gettext_lazy("deleted"),
    "delete_block": gettext_lazy("deleted"),
    "move": gettext_lazy("moved"),
    "format": gettext_lazy("formatted"),
    "paragraph-mark": gettext_lazy("paragraph joined or split"),
    "row": gettext_lazy("table row"),
    "cell": gettext_lazy("table cell"),
}


@dataclass(frozen=True)
class Rows:
    """Everything of one version that the page needs, fetched once."""

    contract: Contract
    version: Version
    draft: Draft | None
    blocks: list[Block]
    clauses: list[ClauseText]
    findings: list[Finding]
    theirs: list[Change]
    ours: list[Change]
    comments: list[Comment]
    clause_of: dict[str, ClauseText]
    starts: list[int]


def fetch(contract: Contract, version: Version) -> Rows:
    blocks = list(version.blocks.all())
    clauses = list(version.clause_texts.select_related("clause"))
    draft = Draft.objects.filter(contract=contract, state="open", base=version).first()
    findings = Finding.objects.filter(review__version=version).select_related(
        "decided_by__user", "review__playbook_version__playbook", "contract", "clause"
    )
    theirs = version.changes.exclude(origin=ChangeOrigin.DRAFT).select_related("decided_by__user")
    ours = draft.changes.filter(state=ChangeState.PENDING).select_related("author__user") if draft else []
    comments = contract.comments.select_related("author__user", "guest", "clause")
    addresses = {block.position: block.address for block in blocks}
    clause_of = {
        addresses[position]: text
        for text in clauses
        for position in range(text.first_block, text.last_block + 1)
        if position in addresses
    }
    return Rows(
        contract=contract,
        version=version,
        draft=draft,
        blocks=blocks,
        clauses=clauses,
        findings=list(findings),
        theirs=list(theirs),
        ours=list(ours),
        comments=list(comments),
        clause_of=clause_of,
        starts=[block.start for block in blocks],
    )


def context(rows: Rows, *, may_edit: bool, approvals: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The template's context. `approvals` maps an issue code to what the approvals room says of it."""
    contract, version = rows.contract, rows.version
    negotiation = contract.negotiation
    ours_name = negotiation.organisation.name
    edits = outgoing.draft_edits(rows.draft) + _safe_undo(rows)
    drawn = draw(rows.blocks, edits, author=ours_name)
    playbook = _playbook(rows)
    shown = [row for row in rows.findings if _needs_a_person(row)]
    shown.sort(
        key=lambda row: (row.decision != Decision.OPEN, SEVERITY_ORDER.get(row.severity, 3), row.position)
    )
    their_name = negotiation.their_side().name
    last_turn = contract.turns.select_related("side").order_by("-number").first()
    our_turn = last_turn is None or not last_turn.side.is_ours
    silent = [row for row in rows.theirs if row.origin == ChangeOrigin.UNTRACKED]
    tracked = [row for row in rows.theirs if row.origin == ChangeOrigin.TRACKED]
    return {
        "negotiation": {
            "title": negotiation.title,
            "url": negotiation.get_absolute_url(),
            "counterparty": their_name,
        },
        "contract": {"title": contract.title, "url": contract.get_absolute_url(), "state": contract.state},
        "version": {
            "number": version.number,
            "label": version.get_label_display(),
            "sent_at": version.created_at,
        },
        "turn": {
            "number": last_turn.number if last_turn else 1,
            "whose": "ours" if our_turn else "theirs",
            "since": last_turn.sent_at if last_turn else contract.created_at,
        },
        "paper_word": contract.get_paper_display().capitalize(),
        "playbook": _playbook_pill(rows),
        "clauses": _outline(rows, shown),
        "summary": _summary(rows),
        "package": _package(contract),
        "blocks": [_block(one, rows, shown) for one in drawn],
        "sides": _sides(drawn, ours_name),
        "counts": {
            "changes": len(rows.ours) + len(tracked),
            "ours": len(rows.ours),
            "theirs": len(tracked),
            "silent": len(silent),
        },
        "findings": [_finding(row, rows, playbook, approvals, drawn) for row in shown],
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
        "changes": [_tracked(row, rows) for row in tracked] + [_own(row, rows) for row in rows.ours],
        "silent": [_silent(row, rows) for row in silent],
        "threads": _threads(rows),
        "facts": _facts(rows),
        "may_edit": may_edit and our_turn and contract.state == ContractState.NEGOTIATING,
    }


def _needs_a_person(row: Finding) -> bool:
    """Compliant issues are only listed as checked, unless somebody decided something about them."""
    return row.status != FindingStatus.COMPLIANT or row.decision != Decision.OPEN


def _safe_undo(rows: Rows) -> list[dict[str, Any]]:
    if not any(row.state == ChangeState.REJECTED for row in rows.theirs):
        return []
    return outgoing.undoing_edits(rows.version)


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


def _package(contract: Contract) -> list[dict[str, Any]]:
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


# --- outline ------------------------------------------------------------------------------------------------


def _outline(rows: Rows, shown: Sequence[Finding]) -> list[dict[str, Any]]:
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


def _summary(rows: Rows) -> dict[str, int]:
    agreed = sum(
        text.clause.state == ClauseState.AGREED and text.clause.agreed_hash == text.hash
        for text in rows.clauses
        if text.depth == 0
    )
    return {"agreed": agreed, "open": sum(text.depth == 0 for text in rows.clauses) - agreed}


# --- paper --------------------------------------------------------------------------------------------------


def _block(drawn: Drawn, rows: Rows, shown: Sequence[Finding]) -> dict[str, Any]:
    row = drawn.row
    clause = rows.clause_of.get(row.address) if row else None
    return {
        "id": drawn.key,
        "clause": str(clause.clause.uuid) if clause else "",
        "kind": row.kind if row else "paragraph",
        "level": row.level if row else None,
        "number": row.number if row else "",
        "pieces": drawn.pieces,
        "table": tuple(row.table) if row and row.table else None,
        "highlights": _highlights(drawn, shown) if row else [],
    }


def _highlights(drawn: Drawn, shown: Sequence[Finding]) -> list[dict[str, Any]]:
    row = drawn.row
    if row is None:
        return []
    found = []
    length = len(row.text)
    for finding in shown:
        if finding.start is None or finding.end is None:
            continue
        start, end = max(finding.start - row.start, 0), min(finding.end - row.start, length)
        if start < end:
            found.append(
                {
                    "start": drawn.shifted(start),
                    "end": drawn.shifted(end, is_end=True),
                    "finding": str(finding.uuid),
                    "severity": finding.severity,
                }
            )
    return found


def _sides(drawn: Sequence[Drawn], ours: str) -> dict[str, str]:
    authors = {piece.author for one in drawn for piece in one.pieces if piece.author}
    return {author: "ours" if author == ours else "theirs" for author in sorted(authors)}


# --- issues -------------------------------------------------------------------------------------------------


def _finding(
    row: Finding,
    rows: Rows,
    playbook: rules.Playbook | None,
    approvals: Mapping[str, Mapping[str, Any]],
    drawn: Sequence[Drawn],
) -> dict[str, Any]:
    issue = playbook.issue(row.issue) if playbook else None
    clause = rows.clause_of.get(row.block)
    current = next((one for one in drawn if one.key == row.block), None)
    return {
        "id": str(row.uuid),
        "clause": str(clause.clause.uuid) if clause else "",
        "block": row.block,
        "clause_number": clause.number if clause else "",
        "title": row.title,
        "line": _line(row),
        "severity": {"missing": "missing", "unsure": "unsure"}.get(row.status, row.severity),
        "quote": row.quote if len(row.quote) <= 600 else row.quote[:600] + " …",
        "rule": row.rule,
        "found": _values(row.value),
        "compared": row.expected,
        "policy": issue.policy if issue else "",
        "reason": row.reason,
        "guidance": row.guidance,
        "proposed": _proposed(row, rows),
        "proposed_text": _text(current),
        "rungs": _rungs(row, issue),
        "state": STATE_OF[Decision(row.decision)],
        "decided_by": row.decided_by.user.name if row.decided_by else "",
        "decided_at": row.decided_at,
        "decision_reason": row.decision_reason,
        "approval": approvals.get(row.issue),
        "decide_url": reverse("negotiation:decide_finding", args=[row.uuid]),
        "edit_url": (
            reverse("negotiation:edit_clause", args=[clause.clause.uuid]) + f"?finding={row.uuid}"
            if clause
            else ""
        ),
        "can_accept": bool(row.edits),
        "version": row.version,
    }


def _line(row: Finding) -> str:
    if row.status == FindingStatus.MISSING:
        return _("not found · asked for: %(what)s") % {"what": row.expected.split(":")[0]}
    return row.rule.split(".")[0][:140]


def _values(value: Mapping[str, Any] | None) -> str:
    """The values read, in words; what was looked for and is not there is left out."""
    if not value:
        return ""
    said = []
    for name, found in value.items():
        if isinstance(found, dict) or found is None:
            continue
        words = ", ".join(str(one) for one in found) if isinstance(found, list) else str(found)
        said.append(f"{name.replace('_', ' ').replace('.', ' ')}: {words}")
    return "; ".join(said)


def _proposed(row: Finding, rows: Rows) -> list[Any]:
    """The proposal as a small redline: the edited paragraphs with a little text around the marks."""
    if not row.edits:
        return []
    blocks = {block.address: block for block in rows.blocks}
    pieces: list[Any] = []
    for edit in row.edits:
        block = blocks.get(str(edit.get("block", "")))
        if block is None:
            continue
        if pieces:
            pieces.append(redline.Piece(text=" … "))
        if edit.get("op") == "insert_after":
            pieces.append(redline.Piece(text=str(edit.get("text", "")), state="inserted"))
            continue
        start, end = int(edit.get("start", 0)), int(edit.get("end", len(block.text)))
        left, right = max(0, start - 60), min(len(block.text), end + 60)
        pieces.append(redline.Piece(text=("… " if left else "") + block.text[left:start]))
        words = "" if edit.get("op") == "delete_block" else str(edit.get("text", ""))
        states = {"same": "same", "insert": "inserted", "delete": "deleted"}
        pieces += [
            redline.Piece(text=text, state=states[kind])  # type: ignore[arg-type]
            for kind, text in redline.word_diff(block.text[start:end], words)
        ]
        pieces.append(redline.Piece(text=block.text[end:right] + (" …" if right < len(block.text) else "")))
    return pieces


def _text(current: Drawn | None) -> str:
    return "".join(piece.text for piece in current.pieces if piece.in_accepted) if current else ""


def _rungs(row: Finding, issue: rules.Issue | None) -> list[dict[str, Any]]:
    """The ladder as choices: what a counter may offer, with what each costs."""
    if issue is None:
        return []
    stands = issue.position(row.rung or None) if row.status != FindingStatus.UNSURE else len(issue.rungs)
    opening = issue.position(issue.opening)
    return [
        {
            "id": rung.id,
            "name": _("Preferred") if index == 0 else _("Fallback %(number)d") % {"number": index},
            "text": rung.label,
            "cost": cost(rung.approvers),
            "needs_approval": not rung.free,
            "risk": rung.risk,
            "selected": index == min(opening + 1, stands - 1) if stands else index == opening,
            "stands": index == stands,
        }
        for index, rung in enumerate(issue.rungs[: max(stands, 1)])
    ]


def cost(approvers: rules.ApproverRule | None) -> str:
    """What conceding costs: whose approval, in words."""
    if approvers is None:
        return _("no approval")
    names = [role.replace("_", " ") for role in approvers.roles]
    return (_(" and ") if approvers.mode == "all" else _(" or ")).join(names)


# --- changes, comments, facts -------------------------------------------------------------------------------


def _number(rows: Rows, address: str) -> str:
    clause = rows.clause_of.get(address)
    return clause.number if clause else ""


def _pieces(row: Change) -> list[redline.Piece]:
    author = row.claimed_author or (row.author.user.name if row.author else "")
    pieces = []
    if row.before:
        pieces.append(redline.Piece(text=row.before, state="deleted", author=author))
    if row.after:
        pieces.append(redline.Piece(text=row.after, state="inserted", author=author))
    return pieces


def _tracked(row: Change, rows: Rows) -> dict[str, Any]:
    return {
        "id": str(row.uuid),
        "kind": str(KIND_WORDS.get(row.kind, row.kind)),
        "author": row.claimed_author or rows.contract.negotiation.their_side().name,
        "side": "theirs",
        "date": None,
        "block": row.block,
        "clause_number": _number(rows, row.block),
        "pieces": _pieces(row),
        "state": CHANGE_STATE.get(ChangeState(row.state), row.state),
        "decide_url": reverse("negotiation:decide_change", args=[row.uuid]),
        "version": row.version,
    }


def _own(row: Change, rows: Rows) -> dict[str, Any]:
    return {
        "id": str(row.uuid),
        "kind": str(KIND_WORDS.get(row.kind, row.kind)),
        "author": row.author.user.name if row.author else rows.contract.organisation.name,
        "side": "ours",
        "date": row.created_at,
        "block": row.block,
        "clause_number": _number(rows, row.block),
        "pieces": _pieces(row),
        "state": "open",
        "decide_url": "",
        "withdraw_url": reverse("negotiation:withdraw_change", args=[row.uuid]),
        "version": row.version,
    }


def _silent(row: Change, rows: Rows) -> dict[str, Any]:
    return {
        "id": str(row.uuid),
        "block": row.block,
        "clause_number": _number(rows, row.block),
        "before": row.before,
        "after": row.after,
        "difference": redline.word_diff(row.before, row.after) if row.before and row.after else None,
        "severity": row.severity,
        "why": row.note,
        "state": CHANGE_STATE.get(ChangeState(row.state), row.state),
        "decide_url": reverse("negotiation:decide_change", args=[row.uuid]),
        "version": row.version,
    }


def _threads(rows: Rows) -> list[dict[str, Any]]:
    replies: dict[int, list[Comment]] = defaultdict(list)
    for comment in rows.comments:
        if comment.reply_to_id:
            replies[comment.reply_to_id].append(comment)
    first_block = {text.clause_id: text.first_block for text in rows.clauses}
    addresses = {block.position: block.address for block in rows.blocks}
    numbers = {text.clause_id: text.number for text in rows.clauses}
    return [
        {
            "id": str(comment.uuid),
            "block": addresses.get(first_block.get(comment.clause_id or 0, -1), comment.block),
            "clause_number": numbers.get(comment.clause_id or 0, ""),
            "audience": comment.visibility,
            "quote": "",
            "is_done": comment.resolved_at is not None,
            "entries": [_entry(one, rows) for one in (comment, *replies[comment.pk])],
            "reply_url": reverse("negotiation:reply", args=[comment.uuid]),
            "resolve_url": reverse("negotiation:resolve_comment", args=[comment.uuid]),
        }
        for comment in rows.comments
        if comment.reply_to_id is None
    ]


def _entry(comment: Comment, rows: Rows) -> dict[str, Any]:
    ours = comment.author is not None
    name = comment.author.user.name if comment.author else comment.claimed_author
    return {
        "author": name or rows.contract.negotiation.their_side().name,
        "side": "ours" if ours else "theirs",
        "at": comment.created_at,
        "text": comment.body,
    }


FACT_GROUPS = {
    "party": gettext_lazy("Parties"),
    "money": gettext_lazy("Money"),
    "percent": gettext_lazy("Percentages"),
    "duration": gettext_lazy("Periods"),
    "notice_period": gettext_lazy("Notice periods"),
    "date": gettext_lazy("Dates"),
    "jurisdiction": gettext_lazy("Law and forum"),
    "key_term": gettext_lazy("Key terms"),
    "blank": gettext_lazy("Left blank"),
}


def _facts(rows: Rows) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for party in rows.version.reading.get("parties", []):
        groups["party"].append(
            {
                "label": party.get("alias") or party.get("role") or _("Party"),
                "value": party.get("name"),
                "quote": "",
                "block": _address_at(rows, party.get("start")),
                "clause_number": "",
                "band": "sure",
            }
        )
    for fact in rows.version.facts:
        address = _address_at(rows, fact.get("start"))
        unit = fact.get("unit") or ""
        groups[fact["kind"]].append(
            {
                "label": fact.get("label") or fact["kind"].replace("_", " "),
                "value": f"{fact.get('value', '')} {unit}".strip(),
                "quote": fact.get("quote", "")[:160],
                "block": address,
                "clause_number": _number(rows, address),
                "band": fact.get("band", "sure"),
            }
        )
    return [
        {"label": str(label), "rows": groups[kind]} for kind, label in FACT_GROUPS.items() if groups[kind]
    ]


def _address_at(rows: Rows, offset: int | None) -> str:
    if offset is None:
        return ""
    at = bisect_right(rows.starts, offset) - 1
    return rows.blocks[at].address if at >= 0 else ""
