"""The issue cards: what was found, why, and what can be done about it at which cost."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

import redline
from negotiation.markup import Drawn
from negotiation.models import Decision, Finding, FindingStatus
from negotiation.workspace.rows import Rows
from playbooks import rules
from playbooks.pages import cost, rung_name

STATE_OF = {
    Decision.OPEN: "open",
    Decision.PROPOSED: "accepted",
    Decision.EDITED: "edited",
    Decision.COUNTERED: "countered",
    Decision.RESERVED: "reserved",
    Decision.CONCEDED: "conceded",
    Decision.DISMISSED: "dismissed",
}


def card(
    row: Finding,
    rows: Rows,
    playbook: rules.Playbook | None,
    approvals: Mapping[str, Mapping[str, Any]],
    drawn: Sequence[Drawn],
) -> dict[str, Any]:
    issue = playbook.issue(row.issue) if playbook else None
    clause = rows.clause_of.get(row.block)
    can_propose = bool(row.edits)
    current = next((one for one in drawn if one.key == row.block), None)
    return {
        "id": str(row.uuid),
        "clause": str(clause.clause.uuid) if clause else "",
        "block": row.block,
        "clause_number": clause.number if clause else "",
        "title": row.title,
        "line": _line(row),
        "severity": {"missing": "missing", "unsure": "unsure"}.get(row.status, row.severity),
        "quote": _shortened(row.quote),
        "rule": row.rule,
        "found": _values(row.value),
        "compared": row.expected,
        "policy": issue.policy if issue else "",
        "reason": issue.rung(issue.opening).reason if issue else "",
        "guidance": row.guidance,
        "proposed": _proposed(row, rows),
        "proposed_text": _wording(row) or _text(current),
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
        "can_accept": can_propose,
        "version": row.version,
    }


LONGEST_QUOTE = 320


def _shortened(quote: str) -> str:
    """The quoted words, cut between words: all of them stand in the paper beside."""
    if len(quote) <= LONGEST_QUOTE:
        return quote
    return quote[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _wording(row: Finding) -> str:
    """The clause the review would add, to be written differently before it is proposed."""
    return next((str(edit["text"]) for edit in row.edits if edit.get("op") == "insert_after"), "")


def _around(text: str, left: int, right: int) -> tuple[int, int]:
    """The span widened to whole words."""
    while left > 0 and not text[left - 1].isspace():
        left -= 1
    while right < len(text) and not text[right].isspace():
        right += 1
    return left, right


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
        if words:
            said.append(f"{name.replace('_', ' ').replace('.', ' ')}: {words.replace('_', ' ')}")
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
        left, right = _around(block.text, max(0, start - 60), min(len(block.text), end + 60))
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
            "name": rung_name(index),
            "text": rung.label,
            "cost": cost(rung.approvers) or _("no approval"),
            "needs_approval": not rung.free,
            "risk": rung.risk,
            "selected": index == max(min(opening + 1, stands - 1), 0),
        }
        for index, rung in enumerate(issue.rungs[:stands])
    ]
