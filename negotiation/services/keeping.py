"""What a review found, kept as rows people decide on; and which earlier decisions still stand on it.

A new version gets new rows; decisions about words that stayed, and still mean the same, are carried over. A
version that is judged again (another document of the deal changed, a fact of the deal, a trade) keeps its
rows: those whose reading changed are written anew, and a decision about them is open again, with the reason.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from negotiation.models import (
    ClauseText,
    Contract,
    Decision,
    Finding,
    Review,
    UncoveredClause,
    Version,
)
from negotiation.models.decisions import FindingStatus
from negotiation.services import beside
from negotiation.services.reviews import Judged
from playbooks import review as engine

CARRIED = (Decision.CONCEDED, Decision.DISMISSED, Decision.RESERVED)
"""Decisions that stand in the next version as long as the words they were about do."""

OFFERED = (Decision.PROPOSED, Decision.EDITED, Decision.COUNTERED)
"""Decisions that wrote words of ours. What is left of the issue in the turn we sent is what we offered, and
had approved where that was needed: it is no new issue while it comes back as it went out."""


WORDS_CHANGED = gettext_lazy("The words changed since it was decided.")


def store(version: Version, judged: Judged) -> Review:
    """Write the review's findings, inside the caller's transaction; decisions about unchanged words are
    carried over from the version before."""
    review = Review.objects.create(
        organisation=version.organisation,
        version=version,
        playbook_version=judged.playbook_version,
        **_of_review(judged),
    )
    earlier = _earlier_findings(version)
    clauses = list(ClauseText.objects.filter(version=version).order_by("position"))
    Finding.objects.bulk_create(
        _row(review, judged, position, found, clauses, earlier.get(found.issue))
        for position, found in enumerate(judged.findings)
    )
    _store_uncovered(version, judged, clauses)
    return review


def store_again(version: Version, judged: Judged, because: str = "") -> list[Finding]:
    """Write what a version that was reviewed before reads as now, inside the caller's transaction. Gives the
    rows whose decision is open again; `because` says what changed, where the rows do not tell themselves.

    A version has one review: judged by another playbook version, its row says so from now on.
    """
    review = Review.objects.filter(version=version).order_by("-pk").first()
    if review is None:
        store(version, judged)
        return []
    Review.objects.filter(pk=review.pk).update(playbook_version=judged.playbook_version, **_of_review(judged))
    review.refresh_from_db()
    clauses = list(ClauseText.objects.filter(version=version).order_by("position"))
    rows = {row.issue: row for row in Finding.objects.filter(review=review)}
    reopened = []
    for position, found in enumerate(judged.findings):
        row = rows.pop(found.issue, None)
        if row is None:
            _row(review, judged, position, found, clauses, None).save(force_insert=True)
        elif _renew(row, _fields(judged, version.contract, position, found, clauses), because):
            reopened.append(row)
    for row in rows.values():
        _no_longer_here(row, judged)
    _store_uncovered(version, judged, clauses)
    return reopened


def _of_review(judged: Judged) -> dict[str, Any]:
    everything = (*judged.findings, *judged.elsewhere)
    risk = judged.review.risk
    return {
        "risk_score": risk.score,
        "risk_level": risk.level,
        "risk_parts": [list(part) for part in risk.parts],
        "checked": [
            {"issue": found.issue, "steps": [dict(step) for step in found.checked]} for found in everything
        ],
        "papers": [
            {
                "contract": beside.key_of(one.contract),
                "title": one.contract.title,
                "number": one.number,
                "rank": one.contract.precedence,
            }
            for one in judged.papers
        ],
        "absent": list(judged.absent),
        "elsewhere": [_elsewhere(found) for found in judged.elsewhere],
    }


def _elsewhere(found: engine.Finding) -> dict[str, Any]:
    names = ("issue", "title", "document", "status", "rung", "severity", "weight", "clause", "rule")
    return {name: getattr(found, name) for name in names} | {"quote": found.quote[:200]}


def _fields(
    judged: Judged,
    contract: Contract,
    position: int,
    found: engine.Finding,
    clauses: Sequence[ClauseText],
) -> dict[str, Any]:
    """A finding as the columns of its row."""
    key = beside.key_of(contract)
    here = found.document in ("", key)
    edits = judged.changes[found.issue]
    return {
        "position": position,
        "title": found.title[:200],
        "category": found.category[:80],
        "status": found.status,
        "severity": found.severity,
        "weight": found.weight,
        "rung": found.rung or "",
        "document": "" if here else found.document,
        "clause_id": clause_at(clauses, found.start) if here else None,
        "quote": found.quote,
        "start": found.start if here else None,
        "end": found.end if here else None,
        "block": found.blocks[0] if found.blocks and here else "",
        "value": {**found.value, **({"rates": [dict(one) for one in found.rates]} if found.rates else {})},
        "expected": found.expected,
        "rule": found.rule,
        "reason": found.reason,
        "guidance": found.guidance,
        "edits": edits,
        "ways": {rung: list(way) for rung, way in judged.ways[found.issue].items()},
        "approvers": [dict(rule) for rule in found.approval],
        "why_not": [dict(one) for one in found.why_not],
        "also": [_also(one, key) for one in found.also],
        "cautions": [*found.cautions, *_made_elsewhere(found, judged, key, edits)],
        "rests_on": [dict(one) for one in found.rests_on],
    }


def _also(place: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Another place that speaks on the issue; one in the same document names none."""
    return {**place, "quote": str(place["quote"])[:300], "document": _other(place.get("document"), key)}


def _other(document: Any, key: str) -> str:
    return "" if document in (None, "", key) else str(document)


def _made_elsewhere(found: engine.Finding, judged: Judged, key: str, edits: Sequence[object]) -> list[str]:
    """Where a part of the change stands in other documents of the deal."""
    named = {
        str(change.get("document") or str(change["block"]).rpartition("|")[0]) for change in found.changes
    }
    titles = [one.contract.title for one in judged.papers if beside.key_of(one.contract) in named - {"", key}]
    if not titles or (edits and found.start is None):  # a clause that is missing is written once
        return []
    if edits:
        said = _("The same has to be mended in another document of the deal, in its own file: %(titles)s.")
    else:
        said = _("The change that would mend it is to be made in another document of the deal: %(titles)s.")
    return [said % {"titles": ", ".join(f"“{title}”" for title in titles)}]


def _row(
    review: Review,
    judged: Judged,
    position: int,
    found: engine.Finding,
    clauses: Sequence[ClauseText],
    before: Finding | None,
) -> Finding:
    contract = review.version.contract
    row = Finding(
        organisation=contract.organisation,
        review=review,
        contract=contract,
        issue=found.issue,
        **_fields(judged, contract, position, found, clauses),
    )
    if before is not None and before.decision in CARRIED:
        row.reopened = why_reopened(before, row)
        if not row.reopened:
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


def _earlier_findings(version: Version) -> dict[str, Finding]:
    if version.based_on is None:
        return {}
    rows = Finding.objects.filter(review__version=version.based_on)
    return {row.issue: row for row in rows}


def why_reopened(before: Finding, now: Finding) -> str:
    """Why a decision about `before` does not stand for `now`; "" where words and meaning are the same.

    The words may have stayed while what they mean changed: a definition they use, a value that is read with
    them, a reference, another document (the second of the fifteen traps of legal meaning).
    """
    if before.quote != now.quote or before.document != now.document:
        return str(WORDS_CHANGED)
    terms = _terms_changed(before.rests_on, now.rests_on)
    if terms:
        return _("The words stayed, but what they rest on changed: %(terms)s.") % {
            "terms": ", ".join(f"“{term}”" for term in terms)
        }
    if (before.status, before.rung) != (now.status, now.rung):
        return _("The words stayed and now stand elsewhere on the ladder.")
    if before.rests_on is not None and before.value != now.value:
        return _("The words stayed, but what was read with them changed.")
    return ""


def _terms_changed(before: Any, now: Any) -> list[str]:
    if before is None or now is None:
        return []
    old, new = ({one["term"]: one["digest"] for one in rows} for rows in (before, now))
    return sorted(term for term in old.keys() | new.keys() if old.get(term) != new.get(term))


def _renew(row: Finding, fields: Mapping[str, Any], because: str) -> bool:
    """Write what was read now; whether an earlier decision does not stand on it any more."""
    now = Finding(**fields)
    reason = why_reopened(row, now)
    if not reason:
        Finding.objects.filter(pk=row.pk).update(**fields)  # nothing a decision stood on: nobody lost a race
        return False
    reason = f"{because} {reason}".strip()
    decided = row.decision in CARRIED
    row.change(**fields, reopened=reason if row.decision != Decision.OPEN else row.reopened)
    if decided:
        row.change(
            decision=Decision.OPEN, decided_rung="", decision_reason="", decided_by=None, decided_at=None
        )
    return decided


def _no_longer_here(row: Finding, judged: Judged) -> None:
    """An issue that another document speaks on now, or that the playbook has no more. What hangs on its row
    stays: then the row stays as well."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        where = next((one for one in judged.elsewhere if one.issue == row.issue), None)
        row.change(
            status=FindingStatus.COMPLIANT if where is None else where.status,
            rung="" if where is None else where.rung or "",
            document="" if where is None else where.document,
            block="",
            start=None,
            end=None,
            reopened=_("The playbook has no such issue any more.")
            if where is None
            else _("Another document of the deal speaks on it now."),
        )


def _store_uncovered(version: Version, judged: Judged, clauses: Sequence[ClauseText]) -> None:
    """The clauses no issue speaks on. What somebody read stays read as long as its words do: in this version
    when it is judged again, and in the next one."""
    known: Iterable[UncoveredClause] = version.uncovered.all()
    if version.based_on is not None:
        known = [*version.based_on.uncovered.all(), *known]
    read = {row.hash: (row.read_by, row.read_at) for row in known if row.read_at is not None}
    turn = version.turn if _is_our_offer(version) else None
    # A turn of ours leaves once everything was read: what is new in it are our own words.
    written = (turn.sent_by, turn.sent_at) if turn is not None else (None, None)
    version.uncovered.all().delete()
    rows = []
    for position, found in enumerate(judged.not_covered):
        digest = hashlib.sha256(found.quote.encode()).hexdigest()
        read_by, read_at = read.get(digest, written)
        rows.append(
            UncoveredClause(
                organisation=version.organisation,
                version=version,
                clause_id=clause_at(clauses, found.start),
                position=position,
                name=found.clause[:400],
                block=found.block,
                start=found.start,
                end=found.end,
                quote=found.quote,
                hash=digest,
                read_by=read_by,
                read_at=read_at,
            )
        )
    UncoveredClause.objects.bulk_create(rows)


def clause_at(clauses: Sequence[ClauseText], offset: int | None) -> int | None:
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
