"""Answering single changes: accepting or refusing one of theirs, and withdrawing one of ours."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit
from negotiation.models import Change, ChangeOrigin, ChangeState, Decision, Draft
from negotiation.services import concessions, outgoing
from negotiation.services.draft_rows import check_edits, hold, open_draft, reopen_findings
from negotiation.words import checked


def decide_change(*, change: Change, accept: bool, by: Membership, seen: int, reason: str = "") -> Change:
    """Accept or refuse one change of theirs, tracked or not. Refusing takes it back in our next turn."""
    draft = _draft_to_answer_in(change)
    if not accept:
        check_edits(draft, outgoing.undo_edits(change), instead_of=Change.objects.none())
    state = ChangeState.ACCEPTED if accept else ChangeState.REJECTED
    return _answer(change, draft, state, by, seen, checked(reason))


def reopen_change(*, change: Change, by: Membership, seen: int) -> Change:
    """Undo a decision about a change of theirs that was not sent yet."""
    return _answer(change, _draft_to_answer_in(change), ChangeState.PENDING, by, seen, "")


def _draft_to_answer_in(change: Change) -> Draft:
    if change.side.is_ours:
        raise ValidationError(_("This is our own change; withdraw it instead."))
    draft = open_draft(contract=change.contract)
    if change.version_seen_id != draft.base_id:
        raise Conflict(_("This change came with an older version; open the newest one."))
    return draft


ANSWERED = {
    ChangeState.ACCEPTED: "change.accepted",
    ChangeState.REJECTED: "change.rejected",
    ChangeState.PENDING: "change.reopened",
}


def _answer(
    change: Change, draft: Draft, state: ChangeState, by: Membership, seen: int, reason: str
) -> Change:
    with transaction.atomic():
        hold(draft)
        change.change(
            seen=seen,
            conflict=_change_was_decided(change),
            state=state,
            decided_by=None if state == ChangeState.PENDING else by,
            decided_at=None if state == ChangeState.PENDING else timezone.now(),
            reason=reason,
        )
        audit.record(
            organisation=change.organisation,
            by=by,
            action=ANSWERED[state],
            target=change,
            negotiation=change.contract.negotiation.uuid,
            payload={"origin": change.origin, "kind": change.kind},
            personal={"reason": reason} if reason else None,
        )
        rows = change.contract.findings.filter(review__version=change.version_seen, clause=change.clause)
        issues = set(rows.values_list("issue", flat=True))
    concessions.tell(change.contract, issues, by)
    return change


def _change_was_decided(change: Change) -> str:
    current = Change.objects.select_related("decided_by__user").get(pk=change.pk)
    if current.decided_by is None:
        return _("Somebody changed this while you had it open.")
    what = {
        ChangeState.ACCEPTED: _("accepted"),
        ChangeState.REJECTED: _("refused"),
        ChangeState.WITHDRAWN: _("withdrew"),
    }
    return _("%(name)s already %(what)s this change.") % {
        "name": current.decided_by.user.name,
        "what": what.get(ChangeState(current.state), current.get_state_display()),
    }


def withdraw_change(*, change: Change, by: Membership, seen: int) -> Change:
    """Take one of our unsent changes out of the draft; its finding is open again."""
    if change.origin != ChangeOrigin.DRAFT:
        raise ValidationError(_("Only our own changes that were not sent yet can be withdrawn."))
    if change.version != seen:
        raise Conflict(_change_was_decided(change))
    if change.state != ChangeState.PENDING or change.draft is None:
        raise ValidationError(_("Only our own changes that were not sent yet can be withdrawn."))
    with transaction.atomic():
        hold(change.draft)
        change.change(
            seen=seen,
            conflict=_change_was_decided(change),
            state=ChangeState.WITHDRAWN,
            decided_by=by,
            decided_at=timezone.now(),
        )
        issues = reopen_findings(change.draft, clause=change.clause, by=by)
        finding = change.finding
        if finding is not None:
            finding.refresh_from_db()
        if finding is not None and finding.decision != Decision.OPEN:
            finding.change(
                decision=Decision.OPEN, decided_rung="", decision_reason="", decided_by=None, decided_at=None
            )
            issues.add(finding.issue)
        audit.record(
            organisation=change.organisation,
            by=by,
            action="change.withdrawn",
            target=change,
            negotiation=change.contract.negotiation.uuid,
        )
    concessions.tell(change.contract, issues, by)
    return change
