"""Working in the draft: deciding findings, editing clauses, deciding the other side's changes.

Every decision is one conditional update with its change rows and its audit entry. After it, how the issue
would now stand in the outgoing text is judged again, and the rooms above are told (approvals opens a request
where we would concede below the free rung).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit
from negotiation import gates
from negotiation.models import (
    Change,
    ChangeOrigin,
    ChangeState,
    Clause,
    Comment,
    Contract,
    Decision,
    Draft,
    Finding,
    FindingStatus,
    Version,
    Visibility,
)
from negotiation.models.contracts import ContractState
from negotiation.services import concessions, outgoing, reviews
from negotiation.services.outgoing import Edit, overlapping

ALREADY = {
    Decision.PROPOSED: _("proposed our wording"),
    Decision.EDITED: _("edited the clause"),
    Decision.COUNTERED: _("offered a fallback"),
    Decision.RESERVED: _("reserved our position"),
    Decision.CONCEDED: _("accepted their text"),
    Decision.DISMISSED: _("dismissed it"),
}


def open_draft(*, contract: Contract) -> Draft:
    """The contract's open draft, begun on its newest ready version. Raises ValidationError without one."""
    if contract.state != ContractState.NEGOTIATING:
        raise ValidationError(_("The text of this contract is agreed; upload a version to reopen it."))
    version = contract.ready_version()
    if version is None:
        raise ValidationError(_("There is no draft to work on yet."))
    draft, _created = Draft.objects.get_or_create(
        contract=contract,
        state="open",
        defaults={"organisation": contract.organisation, "base": version},
    )
    if draft.base_id != version.pk:
        if draft.changes.filter(state=ChangeState.PENDING).exists():
            raise Conflict(
                _(
                    "A newer version arrived while this draft was open on version %(old)d. "
                    "Withdraw or send the old draft's changes first."
                )
                % {"old": draft.base.number}
            )
        draft.change(base=version)
    return draft


def propose(*, finding: Finding, by: Membership, seen: int, reason: str = "") -> Finding:
    """Accept the review's proposal: its smallest change goes into the draft."""
    if not finding.edits:
        raise ValidationError(_("There is no proposed change for this issue; edit the clause instead."))
    playbook_rung = reviews.rules_of(finding).issue(finding.issue).opening
    return _decide(
        finding, Decision.PROPOSED, by, seen, edits=finding.edits, rung=playbook_rung, reason=reason
    )


def counter(*, finding: Finding, rung: str, by: Membership, seen: int, reason: str = "") -> Finding:
    """Offer one rung of the ladder, usually the next fallback. Past the last rung there is none to offer."""
    edits = reviews.edits_for_rung(finding, rung)
    if not edits:
        raise ValidationError(
            _("No safe change leads to this rung from their text; edit the clause instead.")
        )
    return _decide(finding, Decision.COUNTERED, by, seen, edits=edits, rung=rung, reason=reason)


def reserve(*, finding: Finding, by: Membership, seen: int, reason: str) -> Finding:
    """Keep the point open: their text stays for now, with a comment that says our position is reserved."""
    return _decide(finding, Decision.RESERVED, by, seen, reason=_needed(reason))


def concede(*, finding: Finding, by: Membership, seen: int, reason: str) -> Finding:
    """Accept their text as it stands. Below the free rung this asks the approvers the ladder names."""
    return _decide(finding, Decision.CONCEDED, by, seen, reason=_needed(reason))


def dismiss(*, finding: Finding, by: Membership, seen: int, reason: str) -> Finding:
    """Set the finding aside. A text left below the free rung still needs approval before the turn leaves."""
    return _decide(finding, Decision.DISMISSED, by, seen, reason=_needed(reason))


def reopen(*, finding: Finding, by: Membership, seen: int) -> Finding:
    """Undo a decision that was not sent yet."""
    return _decide(finding, Decision.OPEN, by, seen)


def _needed(reason: str) -> str:
    if not reason.strip():
        raise ValidationError(_("Say why: the reason is kept with the decision."))
    return reason.strip()


def _decide(
    finding: Finding,
    decision: Decision,
    by: Membership,
    seen: int,
    *,
    edits: Sequence[Edit] = (),
    rung: str = "",
    reason: str = "",
) -> Finding:
    with transaction.atomic():
        draft = open_draft(contract=finding.contract)
        _stands_on_base(finding, draft)
        finding.change(
            seen=seen,
            conflict=_who_was_first(finding),
            decision=decision,
            decided_rung=rung,
            decision_reason=reason,
            decided_by=None if decision == Decision.OPEN else by,
            decided_at=None if decision == Decision.OPEN else timezone.now(),
        )
        _withdraw(draft.changes.filter(finding=finding, state=ChangeState.PENDING), by)
        if edits:
            _add_change(
                draft, edits, by, finding=finding, clause=finding.clause, reason=finding.reason, note=reason
            )
        if decision == Decision.RESERVED:
            _say_reserved(finding, by)
        audit.record(
            organisation=finding.organisation,
            by=by,
            action=f"finding.{decision}",
            target=finding,
            negotiation=finding.contract.negotiation.uuid,
            payload={"issue": finding.issue, "rung": rung, "review": str(finding.review.uuid)},
            personal={"reason": reason} if reason else None,
        )
    _judge_again(finding.contract, {finding.issue}, by)
    return finding


def _judge_again(contract: Contract, issues: set[str], by: Membership) -> None:
    """Tell the rooms above how these issues now stand. Outside the decision's transaction, because reading
    the outgoing text is slow; sending a turn judges everything once more, so a crash here loses nothing."""
    standing = concessions.of_draft(contract, only=issues)
    if standing:
        with transaction.atomic():
            gates.concessions_changed(contract, standing, by)


def _who_was_first(finding: Finding) -> str:
    current = Finding.objects.select_related("decided_by__user").get(pk=finding.pk)
    if current.decided_by is None:
        return _("Somebody reopened “%(issue)s” while you had it open.") % {"issue": finding.title}
    return _("%(name)s already %(what)s for “%(issue)s”.") % {
        "name": current.decided_by.user.name,
        "what": ALREADY.get(Decision(current.decision), current.decision),
        "issue": finding.title,
    }


def _stands_on_base(finding: Finding, draft: Draft) -> None:
    if finding.review.version_id != draft.base_id:
        raise Conflict(_("This issue was found in an older version; open the newest one."))


def _say_reserved(finding: Finding, by: Membership) -> None:
    Comment.objects.create(
        organisation=finding.organisation,
        negotiation=finding.contract.negotiation,
        contract=finding.contract,
        version=finding.review.version,
        clause=finding.clause,
        finding=finding,
        block=finding.block,
        visibility=Visibility.EXTERNAL,
        body=_("%(company)s reserves its position on this point.") % {"company": finding.organisation.name},
        author=by,
    )


def _add_change(
    draft: Draft,
    edits: Sequence[Edit],
    by: Membership,
    *,
    finding: Finding | None,
    clause: Clause | None,
    reason: str,
    note: str,
    kind: str = "replace",
    source: str = "playbook",
) -> Change:
    others = [edit for row in draft.changes.filter(state=ChangeState.PENDING) for edit in row.edits]
    if overlapping(edits, others):
        raise ValidationError(
            _("Another change of ours touches the same words. Edit the clause by hand to join them.")
        )
    blocks = {block.address: block for block in draft.base.blocks.all()}
    first = blocks.get(str(edits[0].get("block", "")))
    return Change.objects.create(
        organisation=draft.organisation,
        contract=draft.contract,
        version_seen=draft.base,
        draft=draft,
        clause=clause,
        finding=finding,
        side=draft.contract.negotiation.our_side(),
        origin=ChangeOrigin.DRAFT,
        kind=str(edits[0].get("op", kind)),
        block=first.address if first else "",
        edits=list(edits),
        before=_words(edits, blocks),
        after=" … ".join(str(edit["text"]) for edit in edits if edit.get("text")),
        reason=reason,
        note=note,
        source=source,
        author=by,
    )


def _words(edits: Sequence[Edit], blocks: Mapping[str, Any]) -> str:
    """The words the edits replace or delete, for lists and mails."""
    words = []
    for edit in edits:
        block = blocks.get(str(edit.get("block", "")))
        if block is None or edit.get("op", "replace") not in ("replace", "delete_block"):
            continue
        whole = edit.get("op") == "delete_block"
        words.append(
            block.text if whole else block.text[edit.get("start", 0) : edit.get("end", len(block.text))]
        )
    return " … ".join(word for word in words if word)


def _withdraw(changes: Any, by: Membership) -> None:
    changes.update(state=ChangeState.WITHDRAWN, decided_by=by, decided_at=timezone.now())


def edit_clause(
    *,
    clause: Clause,
    version: Version,
    texts: Mapping[str, str],
    by: Membership,
    reason: str,
    finding: Finding | None = None,
    seen: int | None = None,
) -> Draft:
    """Write a clause by hand: `texts` maps the address of each of its paragraphs to the wished text.

    Replaces our pending changes in this clause. An emptied paragraph is deleted. Raises Conflict if the
    clause was changed since the form was shown.
    """
    contract = clause.contract
    with transaction.atomic():
        draft = open_draft(contract=contract)
        if version.pk != draft.base_id:
            raise Conflict(_("A newer version arrived while you were editing; your text was not applied."))
        clause.change(seen=seen)
        edits = _edits_for(version, texts)
        affected = draft.changes.filter(clause=clause, state=ChangeState.PENDING)
        findings = list(Finding.objects.filter(changes__in=affected).distinct())
        _withdraw(affected, by)
        if edits:
            _add_change(
                draft, edits, by, finding=finding, clause=clause, reason=reason, note="", source="person"
            )
        for row in {f.pk: f for f in (*findings, *([finding] if finding else []))}.values():
            row.change(
                decision=Decision.EDITED if edits else Decision.OPEN,
                decided_rung="",
                decision_reason=reason,
                decided_by=by if edits else None,
                decided_at=timezone.now() if edits else None,
            )
        audit.record(
            organisation=clause.organisation,
            by=by,
            action="clause.edited",
            target=clause,
            negotiation=contract.negotiation.uuid,
            payload={"version": version.number, "edits": len(edits)},
            personal={"reason": reason} if reason else None,
        )
        issues = _touched_by_hand(version, clause) | {row.issue for row in findings}
    _judge_again(contract, issues, by)
    return draft


def _touched_by_hand(version: Version, clause: Clause) -> set[str]:
    """Issues a hand edit may concede: those decided already and those that stood well. One that nobody
    decided yet is only conceded by sending it unmarked."""
    rows = Finding.objects.filter(review__version=version, clause=clause)
    stood_well = (FindingStatus.COMPLIANT, FindingStatus.FALLBACK)
    return {row.issue for row in rows if row.decision != Decision.OPEN or row.status in stood_well}


def _edits_for(version: Version, texts: Mapping[str, str]) -> list[Edit]:
    edits: list[Edit] = []
    for block in version.blocks.filter(address__in=list(texts)).order_by("position"):
        wished = " ".join(texts[block.address].split("\r\n")).rstrip()
        if wished == block.text.rstrip():
            continue
        if not wished:
            edits.append({"op": "delete_block", "block": block.address})
            continue
        edits.append(
            {"op": "replace", "block": block.address, "start": 0, "end": len(block.text), "text": wished}
        )
    return edits


def decide_change(*, change: Change, accept: bool, by: Membership, seen: int, reason: str = "") -> Change:
    """Accept or refuse one change of theirs, tracked or not. Refusing takes it back in our next turn."""
    if change.side.is_ours:
        raise ValidationError(_("This is our own change; withdraw it instead."))
    if not accept:
        outgoing.undo_edits(change)  # says at once where it cannot be taken back
    with transaction.atomic():
        open_draft(contract=change.contract)
        change.change(
            seen=seen,
            conflict=_change_was_decided(change),
            state=ChangeState.ACCEPTED if accept else ChangeState.REJECTED,
            decided_by=by,
            decided_at=timezone.now(),
            reason=reason,
        )
        audit.record(
            organisation=change.organisation,
            by=by,
            action="change.accepted" if accept else "change.rejected",
            target=change,
            negotiation=change.contract.negotiation.uuid,
            payload={"origin": change.origin, "kind": change.kind},
            personal={"reason": reason} if reason else None,
        )
        issues = set(
            change.contract.findings.filter(
                review__version=change.version_seen, clause=change.clause
            ).values_list("issue", flat=True)
        )
    _judge_again(change.contract, issues, by)
    return change


def _change_was_decided(change: Change) -> str:
    current = Change.objects.select_related("decided_by__user").get(pk=change.pk)
    if current.decided_by is None:
        return _("Somebody changed this while you had it open.")
    what = _("accepted") if current.state == ChangeState.ACCEPTED else _("refused")
    return _("%(name)s already %(what)s this change.") % {
        "name": current.decided_by.user.name,
        "what": what,
    }


def withdraw_change(*, change: Change, by: Membership, seen: int) -> Change:
    """Take one of our unsent changes out of the draft; its finding is open again."""
    if change.origin != ChangeOrigin.DRAFT or change.state != ChangeState.PENDING:
        raise ValidationError(_("Only our own changes that were not sent yet can be withdrawn."))
    with transaction.atomic():
        change.change(seen=seen, state=ChangeState.WITHDRAWN, decided_by=by, decided_at=timezone.now())
        if change.finding is not None:
            change.finding.change(decision=Decision.OPEN, decided_rung="", decided_by=None, decided_at=None)
        audit.record(
            organisation=change.organisation,
            by=by,
            action="change.withdrawn",
            target=change,
            negotiation=change.contract.negotiation.uuid,
        )
    if change.finding is not None:
        _judge_again(change.contract, {change.finding.issue}, by)
    return change
