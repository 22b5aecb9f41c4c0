"""Working in the draft: deciding findings, editing clauses, deciding the other side's changes.

Every decision is one conditional update with its change rows and its audit entry. After it, how the issue
would now stand in the outgoing text is judged again, and the rooms above are told (approvals opens a request
where we would concede below the free rung).
"""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import redline
from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit
from negotiation.models import (
    Change,
    ChangeState,
    Clause,
    Comment,
    Decision,
    Draft,
    Finding,
    FindingStatus,
    Version,
    Visibility,
)
from negotiation.services import concessions, next_step, outgoing, reviews
from negotiation.services.answers import decide_change, reopen_change, withdraw_change
from negotiation.services.draft_rows import (
    add_change,
    check_edits,
    draft_to_be,
    hold,
    open_draft,
    set_aside,
    withdraw,
)
from negotiation.services.outgoing import Edit
from negotiation.words import LONGEST_PARAGRAPH, checked

__all__ = [
    "ask_for_trade",
    "concede",
    "counter",
    "decide_change",
    "dismiss",
    "draft_to_be",
    "edit_clause",
    "hold_position",
    "open_draft",
    "propose",
    "propose_own_wording",
    "reopen",
    "reopen_change",
    "reserve",
    "set_aside",
    "typed",
    "withdraw_change",
]

ALREADY = {
    Decision.PROPOSED: gettext_lazy("proposed our wording"),
    Decision.EDITED: gettext_lazy("edited the clause"),
    Decision.COUNTERED: gettext_lazy("offered a fallback"),
    Decision.RESERVED: gettext_lazy("reserved our position"),
    Decision.CONCEDED: gettext_lazy("accepted their text"),
    Decision.DISMISSED: gettext_lazy("dismissed it"),
}


def propose(*, finding: Finding, by: Membership, seen: int, reason: str = "") -> Finding:
    """Accept the review's proposal: its smallest change goes into the draft, and goes out with the playbook's
    reason for the rung it reaches. `reason` stays inside."""
    if not finding.edits:
        raise ValidationError(_("There is no proposed change for this issue; edit the clause instead."))
    playbook_rung = reviews.ladder_of(finding).opening
    return _decide(
        finding, Decision.PROPOSED, by, seen, edits=finding.edits, rung=playbook_rung, reason=reason
    )


def counter(*, finding: Finding, rung: str, by: Membership, seen: int, reason: str = "") -> Finding:
    """Offer one rung of the ladder, usually the next fallback: never one worse for us than their text. It
    goes out with that rung's reason; `reason` stays inside."""
    if rung not in {offered.id for offered in reviews.rungs_to_offer(finding)}:
        raise ValidationError(_("Choose one of the positions offered for this issue."), code="no_such_rung")
    edits = reviews.edits_for_rung(finding, rung)
    if not edits:
        raise ValidationError(
            _("No safe change of their text leads to this position; edit the clause instead.")
        )
    return _decide(finding, Decision.COUNTERED, by, seen, edits=edits, rung=rung, reason=reason)


def hold_position(*, finding: Finding, by: Membership, seen: int, reason: str) -> Finding:
    """Ask again for the position we asked for before they answered. `reason` goes out with it."""
    rung = next_step.asked_before(finding)
    if not rung:
        raise ValidationError(_("We asked for nothing on this point before: propose or counter instead."))
    opening = rung == reviews.ladder_of(finding).opening
    edits = finding.edits if opening and finding.edits else reviews.edits_for_rung(finding, rung)
    if not edits:
        raise ValidationError(
            _("No safe change of their text leads to this position; edit the clause or reserve the point.")
        )
    decision = Decision.PROPOSED if opening else Decision.COUNTERED
    return _decide(finding, decision, by, seen, edits=edits, rung=rung, reason=_needed(reason), source="held")


def ask_for_trade(*, finding: Finding, rung: str, text: str, by: Membership, seen: int) -> Finding:
    """Keep the point open and say outside what we ask for in return for a lower position. `text` goes out as
    it stands; nothing is conceded until the trade is recorded as agreed."""
    issue = reviews.ladder_of(finding)
    offered = next((one for one in issue.rungs if one.id == rung and one.trade), None)
    if offered is None:
        raise ValidationError(_("The playbook asks for no trade on this position."))
    text = checked(text)
    if not text:
        raise ValidationError(_("Write what the other side shall read."))
    reason = _("Asked for in return: %(trade)s") % {"trade": offered.trade}
    return _decide(finding, Decision.RESERVED, by, seen, reason=reason, outside=text)


def propose_own_wording(
    *, finding: Finding, text: str, by: Membership, seen: int, reason: str = ""
) -> Finding:
    """Propose our own words for one issue: in the paragraph it was found in, or where the review would put
    the missing clause. `reason` goes out with them."""
    text = checked(text, longest=LONGEST_PARAGRAPH)
    if not text:
        raise ValidationError(_("Write the wording to propose."))
    placed = [edit for edit in finding.edits if edit.get("op") == "insert_after"]
    if finding.status == FindingStatus.MISSING and placed:
        edits: list[Edit] = [{**placed[0], "text": "\n".join(line.strip() for line in text.splitlines())}]
        return _decide(finding, Decision.EDITED, by, seen, edits=edits, reason=reason, source="person")
    if finding.clause is None or not finding.block:
        raise ValidationError(_("There is no clause to edit here; propose or counter instead."))
    edit_clause(
        clause=finding.clause,
        version=finding.review.version,
        texts={finding.block: text},
        by=by,
        reason=reason,
        finding=finding,
        finding_seen=seen,
    )
    return finding


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
    return reason


def _decide(
    finding: Finding,
    decision: Decision,
    by: Membership,
    seen: int,
    *,
    edits: Sequence[Edit] = (),
    rung: str = "",
    reason: str = "",
    source: str = "playbook",
    outside: str = "",
) -> Finding:
    """`source`: playbook (its words and its reason), held (its words, our reason) or person (our words)."""
    reason = checked(reason)
    draft = open_draft(contract=finding.contract)
    _stands_on_base(finding, draft)
    mine = draft.changes.filter(finding=finding, state=ChangeState.PENDING)
    if edits and finding.version == seen:
        would_be = check_edits(draft, edits, instead_of=mine, by_hand=source == "person")
        if source != "person":
            rung = reviews.rung_reached(finding, rung, would_be)
    with transaction.atomic():
        hold(draft)
        was_reserved = finding.decision == Decision.RESERVED
        finding.change(
            seen=seen,
            conflict=_who_was_first(finding),
            decision=decision,
            decided_rung=rung,
            decision_reason=reason,
            decided_by=None if decision == Decision.OPEN else by,
            decided_at=None if decision == Decision.OPEN else timezone.now(),
        )
        withdraw(mine, by)
        if edits:
            add_change(
                draft,
                edits,
                by,
                finding=finding,
                clause=finding.clause,
                reason=reviews.outward_reason(finding, rung) if source == "playbook" else reason,
                note=reason if source == "playbook" else "",
                source=source,
            )
        if was_reserved:
            _take_reservation_back(finding)
        if decision == Decision.RESERVED:
            _say_reserved(finding, by, outside)
        audit.record(
            organisation=finding.organisation,
            by=by,
            action=f"finding.{decision}",
            target=finding,
            negotiation=finding.contract.negotiation.uuid,
            payload={"issue": finding.issue, "rung": rung, "review": str(finding.review.uuid)},
            personal={"reason": reason} if reason else None,
        )
    concessions.tell(finding.contract, {finding.issue}, by)
    return finding


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


def _say_reserved(finding: Finding, by: Membership, said: str) -> None:
    Comment.objects.create(
        organisation=finding.organisation,
        negotiation=finding.contract.negotiation,
        contract=finding.contract,
        version=finding.review.version,
        clause=finding.clause,
        finding=finding,
        block=finding.block,
        visibility=Visibility.EXTERNAL,
        body=said
        or _("%(company)s reserves its position on this point.") % {"company": finding.organisation.name},
        author=by,
    )


def _take_reservation_back(finding: Finding) -> None:
    """A reservation that did not leave yet must not leave once we decided otherwise. It stays as a note."""
    unsent = outgoing.unsent_comments(finding.contract).filter(finding=finding)
    unsent.update(visibility=Visibility.INTERNAL, resolved_at=timezone.now())


def edit_clause(
    *,
    clause: Clause,
    version: Version,
    texts: Mapping[str, str],
    by: Membership,
    reason: str,
    finding: Finding | None = None,
    seen: int | None = None,
    finding_seen: int | None = None,
) -> Draft:
    """Write a clause by hand: `texts` maps the address of each of its paragraphs to the wished text.

    Joins our pending changes in this clause; paragraphs that those add stay. An emptied paragraph is deleted.
    Raises Conflict if the clause was changed since the form was shown.
    """
    contract, reason = clause.contract, checked(reason)
    draft = open_draft(contract=contract)
    if version.pk != draft.base_id:
        raise Conflict(_("A newer version arrived while you were editing; your text was not applied."))
    affected = draft.changes.filter(clause=clause, state=ChangeState.PENDING)
    edits = [*_edits_for(version, texts), *_added_paragraphs(affected)]
    if edits:
        check_edits(draft, edits, instead_of=affected, by_hand=True)
    with transaction.atomic():
        hold(draft)
        clause.change(seen=seen, conflict=_("Somebody edited this clause while you had it open."))
        answered = Q(changes__in=affected) | Q(pk=finding.pk if finding else None)
        rows = list(Finding.objects.filter(answered).distinct())
        withdraw(affected, by)
        if edits:
            add_change(
                draft, edits, by, finding=finding, clause=clause, reason=reason, note="", source="person"
            )
        for row in rows:
            row.change(
                seen=finding_seen if finding and row.pk == finding.pk else None,
                conflict=_who_was_first(row),
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
        issues = _touched_by_hand(version, clause) | {row.issue for row in rows}
    concessions.tell(contract, issues, by)
    return draft


def _touched_by_hand(version: Version, clause: Clause) -> set[str]:
    """Issues a hand edit may concede: those decided already, those that stood well, and those that could not
    be told. Another that nobody decided yet is only conceded by sending it unmarked."""
    rows = Finding.objects.filter(review__version=version, clause=clause)
    at_stake = (FindingStatus.COMPLIANT, FindingStatus.FALLBACK, FindingStatus.UNSURE)
    return {row.issue for row in rows if row.decision != Decision.OPEN or row.status in at_stake}


def _edits_for(version: Version, texts: Mapping[str, str]) -> list[Edit]:
    edits: list[Edit] = []
    for block in version.blocks.filter(address__in=list(texts)).order_by("position"):
        wished = "\v".join(checked(texts[block.address], longest=LONGEST_PARAGRAPH).splitlines())
        if wished == typed(block.text):
            continue
        if not wished:
            edits.append({"op": "delete_block", "block": block.address})
            continue
        edits.append(_smallest(block.address, block.text, _with_page_breaks(block.text, wished)))
    return edits


def typed(text: str) -> str:
    """A paragraph's text as a form can hold it: without page breaks, and without blanks at its ends."""
    return text.replace("\f", "").strip()


def _with_page_breaks(before: str, wished: str) -> str:
    """A page break at either end of the paragraph stays where it was: nobody typed it away."""
    head = before[: len(before) - len(before.lstrip())]
    tail = before[len(before.rstrip()) :]
    return head + wished + tail


def _smallest(address: str, before: str, after: str) -> Edit:
    """One replacement from the first to the last word that differs, so that it leaves room for other changes
    in the same paragraph."""
    words = list(redline.word_diff(before, after))
    head = len(words[0][1]) if words[0][0] == "same" else 0
    tail = len(words[-1][1]) if words[-1][0] == "same" and len(words) > 1 else 0
    end, stop = len(before) - tail, len(after) - tail
    return {"op": "replace", "block": address, "start": head, "end": end, "text": after[head:stop]}


def _added_paragraphs(changes: Iterable[Change]) -> list[Edit]:
    """Paragraphs that our pending changes add after one of the clause's: the form does not show them."""
    return [edit for change in changes for edit in change.edits if edit.get("op") == "insert_after"]
