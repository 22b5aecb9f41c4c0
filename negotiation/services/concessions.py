"""Where our outgoing text would stand, issue by issue: the one reading that decides whether approval is due.

Accepting, editing, countering and leaving their text unmarked are all the same here: the text we would send
is written, read and reviewed, and each issue's rung is looked up. Reserved points are not conceded. What
cannot be read counts as the worst once we had a hand in it; what they wrote and nobody has looked at yet is
no concession in a turn, and must be decided before the text is agreed.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

import redline
from accounts.models import Membership
from negotiation import gates
from negotiation.gates import Concession
from negotiation.models import (
    ChangeState,
    ClauseText,
    Contract,
    Decision,
    Draft,
    Finding,
    FindingStatus,
    Version,
    VersionState,
)
from negotiation.services import outgoing, refreshed, reviews
from playbooks import review as engine
from playbooks import rules


@dataclass(frozen=True)
class Written:
    """The text we would send: the version it stands on, the draft that is written in, and how it reads."""

    version: Version
    draft: Draft | None
    document: redline.Document


def written(contract: Contract) -> Written | None:
    """The outgoing text of a contract that is judged by a playbook, or None."""
    version = contract.ready_version()
    if version is None or contract.playbook_version is None:
        return None
    draft = Draft.objects.filter(contract=contract, state="open", base=version).first()
    return Written(version, draft, redline.read(outgoing.would_be(version, draft)))


def of_draft(
    contract: Contract, *, only: Collection[str] | None = None, text: Written | None = None
) -> list[Concession]:
    """How the outgoing text (`text`, where it is at hand) would stand on each issue, or on `only` those; free
    rungs included.

    An issue that cannot be told in their own words, which nobody changed or decided about, is left out.
    """
    version = contract.ready_version()
    if version is None or contract.playbook_version is None or (only is not None and not only):
        return []
    playbook = reviews.rules_of_version(contract.playbook_version)
    codes = {issue.code for issue in playbook.issues}
    findings = Finding.objects.filter(review__version=version, issue__in=codes)
    found_rows = findings.select_related("clause", "contract")
    rows = {row.issue: row for row in found_rows if only is None or row.issue in only}
    reserved = {issue: row for issue, row in rows.items() if row.decision == Decision.RESERVED}
    if len(reserved) == len(rows):
        return [_reserved(row) for row in reserved.values()]
    text = text or written(contract)
    if text is None:
        return []
    told = reviews.places(contract, text.document, set(rows))
    unsure = any(one.status == FindingStatus.UNSURE for one in told)
    answered = _answered(version, text.draft) if unsure else set()
    return [
        _reserved(rows[found.issue])
        if found.issue in reserved
        else _concession(contract, playbook.issue(found.issue), found, rows[found.issue], text.document)
        for found in told
        if found.issue in reserved
        or found.status != FindingStatus.UNSURE
        or _our_doing(rows[found.issue], found, answered)
    ]


def _our_doing(row: Finding, found: engine.Placed, answered: Collection[int | str]) -> bool:
    """Whether we answer for words that cannot be read: they could be before, somebody decided to let them
    stand, or their clause was changed or answered by us."""
    if row.status != FindingStatus.UNSURE or row.decision != Decision.OPEN:
        return True
    return row.clause_id in answered or any(address in answered for address in (row.block, *found.blocks))


def _answered(version: Version, draft: Draft | None) -> set[int | str]:
    """The clauses, and the paragraphs by address, that hold a change of ours or an answered one of theirs."""
    rows = list(version.changes.filter(state__in=(ChangeState.ACCEPTED, ChangeState.REJECTED)))
    rows += draft.changes.filter(state=ChangeState.PENDING) if draft else []
    touched: set[int | str] = {row.clause_id for row in rows if row.clause_id is not None}
    touched |= {str(edit["block"]) for row in rows for edit in row.edits if edit.get("block")}
    return touched | {row.block for row in rows if row.block}


def tell(contract: Contract, issues: Collection[str], by: Membership) -> None:
    """Tell the rooms above how these issues now stand, and keep with the draft how it reads. Outside the
    decision's transaction, because reading the outgoing text is slow; sending a turn judges everything once
    more, so a crash here loses nothing."""
    text = written(contract)
    if text is None:
        return
    standing = of_draft(contract, only=issues, text=text)
    if standing:
        with transaction.atomic():
            gates.concessions_changed(contract, standing, by)
    if text.draft is not None:
        refreshed.keep(contract, text.version, text.draft, text.document)


def _reserved(row: Finding) -> Concession:
    """A point we keep open concedes nothing: whoever was asked to approve it is asked no more."""
    return Concession(
        finding=row,
        rung=row.rung,
        rung_index=0,
        rung_label="",
        is_free=True,
        approvers=(),
        mode="any",
        risk="low",
        before="",
        after="",
        reason=row.decision_reason,
    )


def _concession(
    contract: Contract,
    issue: rules.Issue,
    found: engine.Placed,
    row: Finding,
    document: redline.Document,
) -> Concession:
    is_unreadable = found.status == FindingStatus.UNSURE
    index = len(issue.rungs) if is_unreadable else issue.position(found.rung)
    rung = issue.rungs[index] if index < len(issue.rungs) else None
    approvers = rung.approvers if rung else issue.walk_away.approvers
    return Concession(
        finding=row,
        rung=rung.id if rung else "",
        rung_index=index,
        rung_label=rung.label if rung else "",
        is_free=rung is not None and rung.free,
        approvers=approvers.roles if approvers else (),
        mode=approvers.mode if approvers else "any",
        risk=rung.risk if rung else issue.walk_away.risk,
        before=_before(contract, row),
        after=_after(found, document),
        reason=row.decision_reason,
        is_unreadable=is_unreadable,
    )


def _before(contract: Contract, row: Finding) -> str:
    """The clause as we last sent it, or as we first received it."""
    turn = contract.last_turn(ours=True)
    received = contract.versions.exclude(state=VersionState.WITHDRAWN).order_by("number")
    version: Version | None = turn.version if turn else received.first()
    text = ClauseText.objects.filter(version=version, clause=row.clause).first() if row.clause else None
    return text.text if text else ""


def _after(found: engine.Placed, document: redline.Document) -> str:
    """The paragraphs of the outgoing text that the issue now stands on."""
    if found.blocks:
        return "\n".join(document.block(address).text for address in found.blocks)
    return ""
