"""Approval requests as the plain values their page shows: the list beside, the chosen request whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

import redline
from accounts.access import APPROVE, may
from accounts.models import Membership, Role
from approvals.models import ApprovalRequest, ApprovalStep, RequestState, StepState
from approvals.notes import SHOWN_STATE, needs_words, step_name, why_asked
from approvals.services.requests import may_decide
from negotiation.models import ClauseText
from negotiation.services import reviews
from playbooks import rules
from playbooks.condition_words import describe
from playbooks.pages import cost, rung_name
from playbooks.topics import TOPICS


def waiting_for(requests: QuerySet[ApprovalRequest], member: Membership) -> QuerySet[ApprovalRequest]:
    """The open requests that this member may decide a step of: theirs by name, by team, or any approver's."""
    if not may(member, APPROVE):
        return requests.none()
    open_steps = ApprovalStep.objects.filter(state=StepState.WAITING)
    named = open_steps.filter(person=member)
    in_team = open_steps.filter(person=None, team__in=member.teams.all())
    anybody = open_steps.filter(person=None, team=None)
    asked = (named | in_team | anybody).values("request")
    return requests.filter(state=RequestState.OPEN, pk__in=asked).exclude(requested_by=member)


def card(request: ApprovalRequest, *, url: str, selected: bool) -> dict[str, Any]:
    """One line of the list."""
    return {
        "id": str(request.uuid),
        "title": request.title,
        "url": url,
        "severity": request.risk,
        "state": SHOWN_STATE[RequestState(request.state)],
        "where": where(request),
        "due": request.due_at if request.state == RequestState.OPEN else None,
        "value_minor": request.negotiation.value_minor,
        "currency": request.negotiation.currency,
        "asked_by": request.requested_by.user.name,
        "is_selected": selected,
    }


def where(request: ApprovalRequest) -> str:
    return f"{request.negotiation.title} · {request.contract.title}"


def whole(request: ApprovalRequest, member: Membership, *, number: str = "") -> dict[str, Any]:
    """Everything the decision needs in one view."""
    playbook = reviews.rules_of(request.finding)
    pinned = request.finding.review.playbook_version
    issue = playbook.issue(request.issue)
    steps = list(request.steps.all())
    prefetch_related_objects([member], "teams")
    people = _people(request, steps)
    place = f"{where(request)} {number}".strip()
    return {
        "id": str(request.uuid),
        "question": _question(request, issue),
        "where": place,
        "needs": needs_words(request, steps) if request.state == RequestState.OPEN else "",
        "severity": request.risk,
        "state": SHOWN_STATE[RequestState(request.state)],
        "before": request.before,
        "before_label": _("The clause as last exchanged"),
        "now": redline.word_diff(request.before, request.after) if request.after else None,
        "now_label": _("As it would be, with what changes")
        if request.before != request.after
        else _("As it would be: their words, left as they are"),
        "ladder_label": issue.title,
        "policy": issue.policy,
        "playbook": f"{playbook.title} v{pinned.number}",
        "playbook_url": reverse("playbooks:version", args=[pinned.uuid]),
        "rungs": rungs(issue, asked=request.rung_index, stands=_stands(request, issue)),
        "facts": list(_facts(request)),
        "why": request.reason,
        "why_by": request.requested_by.user.name,
        "guidance": issue.rung(request.rung).guidance if request.rung else issue.walk_away.guidance,
        "steps": [_step(step, people) for step in steps],
        "decide_url": reverse("approvals:decide", args=[request.uuid]),
        "version": request.version,
        "may_decide": request.state == RequestState.OPEN
        and any(step.state == StepState.WAITING and may_decide(member, step) for step in steps),
        "why_not": _why_not(request, member, steps),
        "contract_url": f"{request.contract.get_absolute_url()}#issue-{request.finding.uuid}",
        "asked_by": request.requested_by.user.name,
    }


def _question(request: ApprovalRequest, issue: rules.Issue) -> str:
    if request.is_unreadable:
        return _("Accept “%(issue)s” in words that could not be read?") % {"issue": issue.title}
    if not request.rung:
        return _("Accept “%(issue)s” below the last fallback?") % {"issue": issue.title}
    return _("Accept “%(rung)s” on %(issue)s?") % {
        "rung": Truncator(issue.rung(request.rung).label).chars(90),
        "issue": issue.title,
    }


def _stands(request: ApprovalRequest, issue: rules.Issue) -> int | None:
    """Where the text that was reviewed stands; None where that could not be told."""
    finding = request.finding
    return None if finding.status == "unsure" else issue.position(finding.rung or None)


def rungs(issue: rules.Issue, *, asked: int | None = None, stands: int | None = None) -> list[dict[str, Any]]:
    """The ladder for the `ladder` tag, the walk-away last."""
    specs = TOPICS[issue.topic].values if issue.topic in TOPICS else {}
    shown = [
        {
            "name": rung_name(index),
            "text": rung.label or describe(rung.when, specs),
            "kind": "free" if rung.free else "approval",
            "needs": cost(rung.approvers),
            "asked": index == asked,
            "stands": index == stands and index != asked,
        }
        for index, rung in enumerate(issue.rungs)
    ]
    below = len(issue.rungs)
    shown.append(
        {
            "name": _("Below the last fallback"),
            "text": issue.walk_away.reason,
            "kind": "walkaway",
            "needs": cost(issue.walk_away.approvers),
            "asked": asked == below,
            "stands": stands == below and stands != asked,
        }
    )
    return shown


def _facts(request: ApprovalRequest) -> Iterable[dict[str, Any]]:
    negotiation = request.negotiation
    yield {"label": _("Counterparty"), "value": negotiation.their_side().name}
    if negotiation.value_minor:
        yield {
            "label": _("Yearly value"),
            "minor": negotiation.value_minor,
            "currency": negotiation.currency,
        }
    if negotiation.term_months:
        yield {"label": _("Term"), "value": _("%(months)d months") % {"months": negotiation.term_months}}
    if request.reopened_from is not None:
        yield {
            "label": _("Approved before"),
            "value": _("for other words: see that request"),
            "url": request.reopened_from.get_absolute_url(),
        }


def _people(request: ApprovalRequest, steps: Iterable[ApprovalStep]) -> dict[int, list[str]]:
    """Team → the names of those in it who may decide a waiting step; one query for all steps."""
    teams = {step.team_id for step in steps if step.team_id and step.state == StepState.WAITING}
    if not teams:
        return {}
    members = Membership.objects.filter(teams__in=teams, is_active=True, user__is_active=True)
    names: dict[int, list[str]] = defaultdict(list)
    rows = members.annotate(team_asked=F("teams")).select_related("user").order_by("user__name", "pk")
    for member in rows:
        if member.has_role(Role.APPROVER) and member.pk != request.requested_by_id:
            names[member.team_asked].append(member.user.name)
    return names


def _step(step: ApprovalStep, people: Mapping[int, list[str]]) -> dict[str, Any]:
    decision = getattr(step, "decision", None)
    who = decision.by.user.name if decision else step_name(step)
    asked = step_name(step)
    shown: dict[str, Any] = {
        "who": who,
        "for_whom": asked if decision and asked != who else "",
        "people": "" if decision else _(" or ").join(people.get(step.team_id or 0, [])),
        "why": why_asked(step),
        "state": "waiting" if decision is None else SHOWN_STATE[RequestState(decision.outcome)],
        "at": decision.decided_at if decision else None,
        "condition": decision.condition if decision else "",
        "reason": decision.comment if decision else "",
    }
    return shown


def _why_not(request: ApprovalRequest, member: Membership, steps: list[ApprovalStep]) -> str:
    if request.state != RequestState.OPEN:
        return ""
    if request.requested_by_id == member.pk:
        return _("You asked for this yourself, so somebody else decides.")
    waiting = [step_name(step) for step in steps if step.state == StepState.WAITING]
    return _("This waits for %(names)s.") % {"names": ", ".join(waiting)}


def clause_number(request: ApprovalRequest) -> str:
    """The clause's number in the newest version it stands in."""
    if request.clause_id is None:
        return ""
    text = ClauseText.objects.filter(clause=request.clause_id).order_by("-version__number").first()
    return text.number if text else ""
