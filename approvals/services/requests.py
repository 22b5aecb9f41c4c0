"""Opening, keeping and reopening approval requests: only where we would concede, only for that variance.

Called by the negotiation room whenever it judged how issues would stand in the outgoing text:
1. a free rung needs nothing: an open request for it is withdrawn;
2. a rung that is not free, and not covered by an approval, opens one request with a step per approver;
3. an approval covers its rung or better. It is reopened, alone, when its clause changed and now stands on a
   worse rung, or changed at all below the last rung, where no rule bounds the text. What cannot be read
   counts as below the last rung, and an approval of words that could be read does not cover it.
"""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Membership, Organisation, Role, Team
from accounts.services import audit
from accounts.services.notifications import notify, settle
from approvals.models import ApprovalRequest, ApprovalStep, MatrixRow, RequestState, Risk, StepState
from approvals.services import mails
from negotiation.gates import Concession
from negotiation.models import Contract
from playbooks.rules import OUTSIDE

DUE_IN = {Risk.HIGH: timedelta(days=1), Risk.MEDIUM: timedelta(days=2), Risk.LOW: timedelta(days=3)}
RISK_ORDER = {Risk.LOW: 0, Risk.MEDIUM: 1, Risk.HIGH: 2}
ASKING = ("approval.asked", "approval.reopened")
"""Notifications that are answered by a decision."""
GRANTED = (RequestState.APPROVED, RequestState.CONDITIONAL)


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def concessions_changed(contract: Contract, standing: Sequence[Concession], by: Membership) -> None:
    """The negotiation room's handler; runs in its transaction."""
    for concession in standing:
        if concession.is_free:
            _withdraw_open(contract, concession.finding.issue, by)
        elif covering(contract, concession) is None:
            _open(contract, concession, by)


def covering(contract: Contract, concession: Concession) -> ApprovalRequest | None:
    """The newest request that settles or awaits this concession, if one does."""
    rows = ApprovalRequest.objects.filter(contract=contract, issue=concession.finding.issue).exclude(
        state=RequestState.WITHDRAWN
    )
    latest = rows.order_by("-pk").first()
    return latest if latest is not None and covers(latest, concession) else None


def covers(request: ApprovalRequest, concession: Concession) -> bool:
    """Whether what was asked is still what would be conceded, or something better for us."""
    same_words = request.text_hash == text_hash(concession.after)
    if request.state in (RequestState.OPEN, RequestState.REJECTED):
        same_rung = request.rung_index == concession.rung_index
        return same_words and same_rung and request.is_unreadable == concession.is_unreadable
    if concession.rung_index > request.rung_index:
        # The same words can stand lower than before: a definition or a value they lean on got worse.
        return False
    return bool(concession.rung) or (same_words and request.is_unreadable == concession.is_unreadable)


def _open(contract: Contract, concession: Concession, by: Membership) -> ApprovalRequest:
    previous = (
        ApprovalRequest.objects.filter(contract=contract, issue=concession.finding.issue)
        .exclude(state=RequestState.WITHDRAWN)
        .order_by("-pk")
        .first()
    )
    _withdraw_open(contract, concession.finding.issue, by)
    now = timezone.now()
    request = ApprovalRequest.objects.create(
        organisation=contract.organisation,
        negotiation=contract.negotiation,
        contract=contract,
        clause=concession.finding.clause,
        finding=concession.finding,
        issue=concession.finding.issue,
        issue_title=concession.finding.title,
        rung=concession.rung,
        rung_label=concession.rung_label[:300],
        is_unreadable=concession.is_unreadable,
        rung_index=concession.rung_index,
        risk=concession.risk,
        before=concession.before,
        after=concession.after,
        text_hash=text_hash(concession.after),
        reason=concession.reason,
        requested_by=by,
        due_at=now + DUE_IN[Risk(concession.risk)],
        reopened_from=previous if previous is not None and previous.state in GRANTED else None,
    )
    for team, person, line in approvers_for(contract, concession, by):
        ApprovalStep.objects.create(
            organisation=contract.organisation, request=request, team=team, person=person, line=line
        )
    audit.record(
        organisation=contract.organisation,
        by=by,
        action="approval.reopened" if request.reopened_from else "approval.asked",
        target=request,
        negotiation=contract.negotiation.uuid,
        payload={
            "issue": request.issue,
            "rung": request.rung,
            "unreadable": request.is_unreadable,
            "text_hash": request.text_hash,
        },
        personal={"reason": request.reason} if request.reason else None,
    )
    asked = people_asked(request)
    mails.tell_asked(request, asked)
    notify(
        members=asked,
        kind="approval.reopened" if request.reopened_from else "approval.asked",
        url=request.get_absolute_url(),
        by=by.user.name,
        what=request.title,
    )
    return request


def _withdraw_open(contract: Contract, issue: str, by: Membership) -> None:
    """Nothing is conceded on this issue (any more): take the question back."""
    for request in ApprovalRequest.objects.filter(contract=contract, issue=issue, state=RequestState.OPEN):
        withdrawn = ApprovalRequest.objects.filter(
            pk=request.pk, state=RequestState.OPEN, version=request.version
        ).update(state=RequestState.WITHDRAWN, version=request.version + 1)
        if withdrawn:
            settle(url=request.get_absolute_url(), kinds=ASKING, at=timezone.now())
            audit.record(
                organisation=contract.organisation,
                by=by,
                action="approval.withdrawn",
                target=request,
                negotiation=contract.negotiation.uuid,
                payload={"issue": issue},
            )


def approvers_for(
    contract: Contract, concession: Concession, by: Membership
) -> list[tuple[Team | None, Membership | None, MatrixRow | None]]:
    """Who must agree: the rung's own approvers, then those of every line of the matrix that matches, with it.

    A rule with mode "any" becomes one step for the first named team that can decide here, "all" one step for
    each. A team that does not exist, or in which nobody else may decide (nobody approves what they asked
    themselves), would leave the question open for ever: any approver of the organisation decides instead.
    """
    organisation = contract.organisation
    named = _able_teams(organisation, concession.approvers, by)
    able = [team for team in named if team is not None]
    chosen: list[Team | None] = list(named) if concession.mode == "all" else list(able[:1])
    steps: list[tuple[Team | None, Membership | None, MatrixRow | None]] = [
        (team, None, None) for team in chosen or [None]
    ]
    steps += [
        (row.team, row.person, row) for row in matrix_of(organisation) if matches(row, contract, concession)
    ]
    unique = {
        (team.pk if team else None, person.pk if person else None): (team, person, line)
        for team, person, line in reversed(steps)
    }
    return list(reversed(unique.values()))


def _able_teams(organisation: Organisation, codes: Sequence[str], by: Membership) -> list[Team | None]:
    """For each code the team in which somebody other than `by` may decide, or None."""
    teams = {
        team.code: team
        for team in Team.objects.filter(organisation=organisation, code__in=codes).prefetch_related("members")
    }
    return [
        teams[code]
        if code in teams
        and any(one.has_role(Role.APPROVER) and one.pk != by.pk for one in teams[code].members.all())
        else None
        for code in codes
    ]


def matrix_of(organisation: Organisation) -> QuerySet[MatrixRow]:
    """The lines in force, in the order they are numbered by."""
    rows = MatrixRow.objects.filter(organisation=organisation, archived_at=None)
    return rows.select_related("team", "person__user").order_by("pk")


def matches(row: MatrixRow, contract: Contract, concession: Concession) -> bool:
    """Whether a line of the matrix speaks of this concession; an empty field means any."""
    negotiation = contract.negotiation
    if row.issue and row.issue != concession.finding.issue:
        return False
    if row.rung and row.rung != (concession.rung or OUTSIDE):
        return False
    if row.risk and RISK_ORDER[Risk(row.risk)] > RISK_ORDER[Risk(concession.risk)]:
        return False
    if row.value_from_minor is None:
        return True
    same_currency = not row.currency or row.currency == negotiation.currency
    return same_currency and (negotiation.value_minor or 0) >= row.value_from_minor


def people_asked(request: ApprovalRequest) -> list[Membership]:
    """Everybody who may decide a waiting step of the request."""
    members = Membership.objects.filter(organisation=request.organisation, is_active=True)
    steps = list(request.steps.filter(state=StepState.WAITING).select_related("team", "person"))
    return [
        member
        for member in members.select_related("user", "organisation").prefetch_related("teams")
        if any(may_decide(member, step) for step in steps)
    ]


def may_decide(member: Membership, step: ApprovalStep) -> bool:
    """An approver named by the step: its person, a member of its team, or any approver where it names none.

    The person who asked never decides their own request.
    """
    if not member.has_role(Role.APPROVER) or step.request.requested_by_id == member.pk:
        return False
    if step.person_id is not None:
        return step.person_id == member.pk
    if step.team_id is not None:
        return any(team.pk == step.team_id for team in member.teams.all())  # at hand where prefetched
    return True
