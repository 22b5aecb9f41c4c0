"""The mails of approvals: a request that is somebody's to decide, and a decision for whoever asked.

Each is one job, written in the transaction of what it tells. What is no longer true when the job runs is not
sent: a request that was decided or taken back meanwhile asks nobody.
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

import jobs
from accounts.models import Membership
from approvals.models import ApprovalDecision, ApprovalRequest, RequestState, StepState

ASKED = "approvals.mail_asked"
DECIDED = "approvals.mail_decided"


def tell_asked(request: ApprovalRequest, members: Iterable[Membership]) -> None:
    """One mail for each person who may decide. In the caller's transaction; asking again adds nothing."""
    for member in members:
        jobs.enqueue(
            kind=ASKED,
            args={"request": request.pk, "member": member.pk},
            key=f"{ASKED}:{request.pk}:{member.pk}",
        )


def tell_decided(decision: ApprovalDecision) -> None:
    """A mail about this decision for whoever asked. In the caller's transaction."""
    jobs.enqueue(kind=DECIDED, args={"decision": decision.pk}, key=f"{DECIDED}:{decision.pk}")


@jobs.register(ASKED)
def send_asked(job: jobs.JobContext) -> None:
    from approvals.services.requests import may_decide  # which asks for these mails to be sent

    request = _requests().get(pk=job.args["request"])
    to = Membership.objects.select_related("user", "organisation").get(pk=job.args["member"])
    waiting = request.steps.filter(state=StepState.WAITING).select_related("request", "team", "person")
    still_asked = to.is_active and to.user.is_active and any(may_decide(to, step) for step in waiting)
    if request.state != RequestState.OPEN or not still_asked:
        return
    with override(to.user.language):
        lines = [
            _("%(by)s asks you to approve: %(what)s")
            % {"by": request.requested_by.user.name, "what": request.title},
            "",
            _("Deal: %(deal)s") % {"deal": request.negotiation.title},
            _("Contract: %(contract)s") % {"contract": request.contract.title},
            _("Risk: %(risk)s") % {"risk": request.get_risk_display()},
        ]
        if request.due_at:
            local = request.due_at.astimezone(ZoneInfo(to.user.zone))
            lines.append(_("Decide by: %(day)s") % {"day": local.strftime("%Y-%m-%d %H:%M %Z")})
        if request.reason:
            lines += ["", _("Why they would concede it: %(reason)s") % {"reason": request.reason}]
        if request.reopened_from_id:
            lines += ["", _("It was approved before, for other words.")]
        _mail(job, to, _("To approve: %(what)s") % {"what": request.title}, lines, request)


@jobs.register(DECIDED)
def send_decided(job: jobs.JobContext) -> None:
    decision = ApprovalDecision.objects.select_related("by__user", "step").get(pk=job.args["decision"])
    request = _requests().get(pk=decision.step.request_id)
    to = request.requested_by
    if not (to.is_active and to.user.is_active):
        return
    with override(to.user.language):
        said = str(RequestState(decision.outcome).label)
        lines = [
            _("%(by)s decided: %(what)s — %(decision)s")
            % {"by": decision.by.user.name, "what": request.title, "decision": said}
        ]
        if decision.condition:
            lines += ["", _("Condition: %(condition)s") % {"condition": decision.condition}]
        if decision.comment:
            lines += ["", _("Reason: %(reason)s") % {"reason": decision.comment}]
        if request.state == RequestState.OPEN:
            lines += ["", _("It still waits for others.")]
        lines += ["", _("Contract: %(contract)s") % {"contract": request.contract.title}]
        subject = _("%(decision)s: %(what)s") % {"decision": said.capitalize(), "what": request.title}
        _mail(job, to, subject, lines, request)


def _requests() -> QuerySet[ApprovalRequest]:
    return ApprovalRequest.objects.select_related("negotiation", "contract", "requested_by__user", "finding")


def _mail(
    job: jobs.JobContext, to: Membership, subject: str, lines: list[str], request: ApprovalRequest
) -> None:
    """At least once, with the same Message-ID each time."""
    host = settings.PARLEY_URL.split("://")[-1].split("/")[0].split(":")[0]
    EmailMessage(
        subject=" ".join(subject.split()),  # no line break may reach a mail header
        body="\n".join([*lines, "", f"{settings.PARLEY_URL}{request.get_absolute_url()}"]),
        to=[to.user.email],
        headers={"Message-ID": f"<{job.uuid}@{host}>"},
    ).send()
