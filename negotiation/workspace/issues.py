"""The issue cards: what was found, why, and what can be done about it at which cost."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse

import redline
from negotiation.markup import Drawn, draw
from negotiation.models import Decision, Finding
from negotiation.services import reviews
from negotiation.services.keeping import WORDS_CHANGED
from negotiation.workspace import moves, rates, sentences
from negotiation.workspace.rows import Rows
from playbooks import rules
from playbooks.pages import rung_name

STATE_OF = {
    Decision.OPEN: "open",
    Decision.PROPOSED: "accepted",
    Decision.EDITED: "edited",
    Decision.COUNTERED: "countered",
    Decision.RESERVED: "reserved",
    Decision.CONCEDED: "conceded",
    Decision.DISMISSED: "dismissed",
}


def issue_of(playbook: rules.Playbook | None, row: Finding) -> rules.Issue | None:
    """The ladder a finding stands on; None where the playbook has no such issue (any more)."""
    issues = playbook.issues if playbook is not None else ()
    return next((issue for issue in issues if issue.code == row.issue), None)


def card(
    row: Finding,
    rows: Rows,
    playbook: rules.Playbook | None,
    approvals: Mapping[str, Mapping[str, Any]],
    drawn: Sequence[Drawn],
    steps: Mapping[str, Sequence[Mapping[str, str]]],
) -> dict[str, Any]:
    """`steps` are the comparisons of the review by issue."""
    issue = issue_of(playbook, row)
    ladder = _rungs(row, issue, rows)
    can = {rung["id"] for rung in ladder if rung["can_choose"]}
    left = moves.after_their_answer(row, issue, rows, can) if issue else None
    clause = rows.clause_of.get(row.block)
    can_propose = bool(row.edits)
    current = next((one for one in drawn if one.key == row.block), None)
    return {
        "id": str(row.uuid),
        "clause": str(clause.clause.uuid) if clause else "",
        "block": row.block,
        "clause_number": clause.number if clause else "",
        "title": row.title,
        "line": sentences.line(row, issue),
        "says": sentences.standing(issue, row.status, row.rung, sentences.why_unsure(row)) if issue else "",
        "category": row.category,
        "weight": row.weight,
        "document": rows.document(row.document),
        "severity": {"missing": "missing", "unsure": "unsure"}.get(row.status, row.severity),
        "quote": _shortened(row.quote),
        "rates": rates.table(row),
        "rates_unchanged": rates.why_unchanged(row),
        "rule": sentences.named(row.rule, issue),
        "found": _values(row.value),
        "compared": row.expected,
        "policy": issue.policy if issue else "",
        "reason": issue.rung(issue.opening).reason if issue else "",
        "guidance": row.guidance,
        "why_not": sentences.why_not(row, issue) if issue else [],
        "steps": sentences.compared(steps.get(row.issue, ()), issue) if issue else [],
        "also": sentences.also(row, issue, rows) if issue else [],
        "cautions": row.cautions,
        # That they changed what we asked for is what the moves after their answer say.
        "reopened": "" if left is not None and row.reopened == str(WORDS_CHANGED) else row.reopened,
        "with_draft": sentences.with_draft(row, issue, rows) if issue else "",
        "moves": left,
        "proposed": _redline(row.edits, rows, rates.items(row)),
        "proposed_text": _wording(row) or _text(current),
        "rungs": ladder,
        "can_counter": any(rung["can_choose"] for rung in ladder),
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


def _values(value: Mapping[str, Any] | None) -> str:
    """The values read, in words; what was looked for and is not there is left out."""
    if not value:
        return ""
    said = []
    for name, found in value.items():
        if isinstance(found, dict) or found is None or name == rates.KEY:
            continue
        words = ", ".join(str(one) for one in found) if isinstance(found, list) else str(found)
        if words:
            said.append(f"{name.replace('_', ' ').replace('.', ' ')}: {words.replace('_', ' ')}")
    return "; ".join(said)


def _redline(
    edits: Sequence[Mapping[str, Any]], rows: Rows, items: Mapping[str, str]
) -> list[list[redline.Piece]]:
    """Edits as small redlines, one for each paragraph with all that changes in it, and a little text around
    the first and the last mark. As the draft would be drawn, but in nobody's name. `items` says what the
    price in a paragraph (a cell of a table) is for, where that stands beside it."""
    addresses = {str(edit.get("block", "")) for edit in edits}
    touched = [block for block in rows.blocks if block.address in addresses]
    drawn = draw(touched, edits, author="")
    shown = [
        _named(_around_marks([p for p in one.pieces if p.text]), items.get(one.key, ""))
        for one in drawn
        if one.marks or one.row is None
    ]
    return [pieces for pieces in shown if pieces]


def _named(pieces: list[redline.Piece], item: str) -> list[redline.Piece]:
    """With what a price is for before it, unless the words around it say so."""
    if not pieces or not item or item in "".join(piece.text for piece in pieces):
        return pieces
    return [redline.Piece(f"{item}: "), *pieces]


KEPT_AROUND = 60
"""Characters of unchanged text shown on each side of the marks, to whole words."""


def _around_marks(pieces: Sequence[redline.Piece]) -> list[redline.Piece]:
    shown = [replace(piece, bold=False, italic=False, underline=False) for piece in pieces]
    if shown and shown[0].state == "same":
        text = shown[0].text
        left, _end = _around(text, max(0, len(text) - KEPT_AROUND), len(text))
        shown[0] = replace(shown[0], text=("… " if left else "") + text[left:])
    if len(shown) > 1 and shown[-1].state == "same":
        text = shown[-1].text
        _start, right = _around(text, 0, min(len(text), KEPT_AROUND))
        shown[-1] = replace(shown[-1], text=text[:right] + (" …" if right < len(text) else ""))
    return shown


def _text(current: Drawn | None) -> str:
    return "".join(piece.text for piece in current.pieces if piece.in_accepted) if current else ""


def _rungs(row: Finding, issue: rules.Issue | None, rows: Rows) -> list[dict[str, Any]]:
    """The ladder as choices: what a counter may offer, with what each costs and how it would read. Rungs that
    no safe change leads to cannot be chosen."""
    if issue is None:
        return []
    better = reviews.better_rungs(issue, row.status, row.rung or None)
    can = {rung.id for rung in better if row.ways is None or row.ways.get(rung.id)}
    chosen = _to_begin_with(issue, [rung for rung in better if rung.id in can])
    return [
        {
            "id": rung.id,
            "name": rung_name(index),
            "text": rung.label,
            "risk": rung.risk,
            "trade": moves.trade(rung, rows),
            "selected": rung.id == chosen,
            "can_choose": rung.id in can,
            "proposed": _redline((row.ways or {}).get(rung.id, []), rows, rates.items(row)),
        }
        | moves.price(rung)
        for index, rung in enumerate(better)
    ]


def _to_begin_with(issue: rules.Issue, can: list[rules.Rung]) -> str:
    """The rung a counter starts from: the next one after the opening where it is free, otherwise the best
    free one. One that needs approval only where no other is left: conceding is never the suggestion."""
    following = issue.position(issue.opening) + 1
    free = [rung for rung in can if rung.free]
    next_one = [rung for rung in free if issue.position(rung.id) == following]
    return next((rung.id for rung in (*next_one, *free, *can)), "")
