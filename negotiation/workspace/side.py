"""The other tabs: changes of both sides, comments, and the values that were read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import redline
from negotiation.models import Change, ChangeOrigin, ChangeState, Comment
from negotiation.workspace.deal_words import binds_words, fact_word, flag_words, topic_word, value_words
from negotiation.workspace.paper import Mark
from negotiation.workspace.rows import Rows, number, place

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


def _pieces(row: Change) -> list[redline.Piece]:
    author = row.claimed_author or (row.author.user.name if row.author else "")
    pieces = []
    if row.before:
        pieces.append(redline.Piece(text=row.before, state="deleted", author=author))
    if row.after:
        pieces.append(redline.Piece(text=row.after, state="inserted", author=author))
    return pieces


def changes(rows: Rows, marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """Both sides' tracked changes in the order of the document: theirs to decide on, ours in the draft, and
    what the file carries besides (ours that was sent before; theirs, in a version of ours)."""
    tracked = [row for row in rows.theirs if row.origin == ChangeOrigin.TRACKED]
    listed = {part for row in tracked for part in row.engine_id.split(",") if part}
    first = {
        piece.change_id: mark.place for mark in reversed(marks) for piece in mark.pieces if piece.change_id
    }
    position = {block.address: at for at, block in enumerate(rows.blocks)}
    at = {mark.block: mark.place for mark in reversed(marks)}
    is_ours = rows.version.side_id == rows.contract.negotiation.our_side().pk
    entries = []
    for row in tracked:
        places = [first[part] for part in row.engine_id.split(",") if part in first]
        otherwise = at.get(row.block, (position.get(row.block, len(position)), 0))
        entries.append((min(places, default=otherwise), _tracked(row, rows)))
    entries += [
        (at.get(row.block, (position.get(row.block, len(position)), 0)), _own(row, rows)) for row in rows.ours
    ]
    for mark in marks:
        known = mark.side == "theirs" and not is_ours
        if mark.is_in_file and not known and not any(piece.change_id in listed for piece in mark.pieces):
            entries.append((mark.place, _in_file(mark, rows)))
    return [entry for _place, entry in sorted(entries, key=lambda pair: pair[0])]


def _in_file(mark: Mark, rows: Rows) -> dict[str, Any]:
    """A mark that the file carries and nobody decides on here."""
    states = {piece.state for piece in mark.pieces}
    kind = (
        "replace"
        if len(states) > 1
        else {"inserted": "insert", "deleted": "delete"}.get(states.pop(), "move")
    )
    ours = mark.side == "ours"
    return {
        "id": "",
        "kind": str(KIND_WORDS[kind]),
        "author": mark.pieces[0].author or rows.contract.negotiation.their_side().name,
        "side": mark.side,
        "date": None,
        "block": mark.block,
        "clause_number": number(rows, mark.block),
        "pieces": list(mark.pieces),
        "state": "sent" if ours and rows.last_turn is not None else "",
        "decide_url": "",
    }


def _tracked(row: Change, rows: Rows) -> dict[str, Any]:
    return {
        "id": str(row.uuid),
        "kind": str(KIND_WORDS.get(row.kind, row.kind)),
        "author": row.claimed_author or rows.contract.negotiation.their_side().name,
        "side": "theirs",
        "date": None,
        "block": row.block,
        "clause_number": number(rows, row.block),
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
        "clause_number": number(rows, row.block),
        "pieces": _pieces(row),
        "state": "open",
        "decide_url": "",
        "withdraw_url": reverse("negotiation:withdraw_change", args=[row.uuid]),
        "version": row.version,
    }


def silent(row: Change, rows: Rows) -> dict[str, Any]:
    return {
        "id": str(row.uuid),
        "block": row.block,
        "clause_number": number(rows, row.block),
        "before": row.before,
        "after": row.after,
        "difference": _unmarked(row, rows) if row.before and row.after else None,
        "severity": row.severity,
        "why": row.note,
        "state": CHANGE_STATE.get(ChangeState(row.state), row.state),
        "decide_url": reverse("negotiation:decide_change", args=[row.uuid]),
        "version": row.version,
    }


UNMARKED = {"delete": "silent_deleted", "insert": "silent_inserted"}


def _unmarked(row: Change, rows: Rows) -> list[tuple[str, str, str]]:
    """The word difference as marks of theirs that no file shows."""
    author = rows.contract.negotiation.their_side().name
    return [
        (UNMARKED.get(kind, kind), words, author) for kind, words in redline.word_diff(row.before, row.after)
    ]


def threads(rows: Rows) -> list[dict[str, Any]]:
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


def facts(rows: Rows) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for party in rows.version.reading.get("parties", []):
        groups["party"].append(
            {
                "label": party.get("alias") or party.get("role") or _("Party"),
                "value": party.get("name"),
                "quote": "",
                "band": "sure",
            }
            | place(rows, party.get("start"), str(party.get("name") or party.get("alias") or ""))
            | {"clause_number": ""}
        )
    said: dict[tuple[str, str, str], dict[str, Any]] = {}
    for fact in rows.version.facts:
        row = _fact(fact, rows)
        key = (fact["kind"], row["label"], row["value"])
        if key in said:
            said[key]["times"] += 1
            continue
        said[key] = row
        groups[fact["kind"]].append(row)
    return [
        {"label": str(label), "rows": groups[kind][:SHOWN_FACTS], "more": groups[kind][SHOWN_FACTS:]}
        for kind, label in FACT_GROUPS.items()
        if groups[kind]
    ]


SHOWN_FACTS = 6
"""A contract of fifteen pages has some hundred values: the first of each kind, the rest folded."""


def _fact(fact: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    value = value_words(fact.get("value", ""), str(fact.get("unit") or ""))
    quote = str(fact.get("quote", ""))[:160]
    return {
        "label": fact.get("label") or "",
        "value": value,
        "quote": quote if quote != value else "",
        "band": fact.get("band", "sure"),
        "times": 1,
    } | place(rows, fact.get("start"), str(fact.get("quote", "")))


def agreed(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """What the contract agrees on: `values`, `flags` to know before signing, and whom each topic `binds`."""
    deal = rows.version.reading.get("deal", {})
    return {
        "values": [_agreed(fact, rows) for fact in deal.get("key_facts", [])],
        "flags": [
            {
                "label": flag_words(flag),
                "value": flag["value"],
                "quote": flag["quote"][:160],
                "band": flag["band"],
            }
            | place(rows, flag["start"], flag["quote"])
            for flag in deal.get("flags", [])
        ],
        "binds": [
            {"label": topic_word(row["topic"]), "value": binds_words(row), "quote": "", "band": "sure"}
            | place(rows, row["places"][0][0] if row["places"] else None, _first_quote(row))
            for row in deal.get("mutuality", [])
        ],
    }


def _agreed(fact: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    about = str(fact.get("about") or "").replace("_", " ")
    label = fact_word(fact["kind"])
    return {
        "label": f"{label} ({about})" if about else label,
        "value": value_words(fact["value"], fact["unit"]) or fact.get("note") or _("left blank"),
        "quote": str(fact["quote"])[:160],
        "band": fact["band"],
    } | place(rows, fact["start"], str(fact["quote"]))


def _first_quote(row: Mapping[str, Any]) -> str:
    return str(row["places"][0][2]) if row["places"] else ""


def checks(rows: Rows) -> list[dict[str, Any]]:
    """Slips of the whole contract: what contradicts itself, points nowhere, was never defined or is open.

    Problems stand before what is only worth a look; within each the order of the text.
    """
    found = [
        {
            "code": issue["code"],
            "message": issue["message"],
            "severity": issue["severity"],
            "places": [
                {"quote": str(one["quote"])[:160]} | place(rows, one["start"], str(one["quote"]))
                for one in issue["places"]
            ],
        }
        for issue in rows.version.reading.get("checks", [])
    ]
    return sorted(found, key=lambda issue: issue["severity"] != "problem")


def notices(rows: Rows) -> list[dict[str, Any]]:
    """What the check at the door flagged in this version's file."""
    return [
        {
            "message": notice.get("message", ""),
            "quote": str(notice.get("quote") or "")[:160],
            "block": notice.get("block") or "",
            "clause_number": number(rows, notice.get("block") or ""),
        }
        for notice in rows.version.notices
    ]
