"""What approvals says of a contract's issues, for the cards of the contract page."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from approvals.models import ApprovalRequest, ApprovalStep, MatrixRow, RequestState, Risk, StepState
from negotiation.models import Contract

GRANTED = (RequestState.APPROVED, RequestState.CONDITIONAL)
SHOWN_STATE = {
    RequestState.OPEN: "waiting",
    RequestState.APPROVED: "approved",
    RequestState.CONDITIONAL: "approved_with_condition",
    RequestState.REJECTED: "rejected",
    RequestState.WITHDRAWN: "withdrawn",
}
"""Request states as the codes of the page's badges."""


def issue_notes(contracts: Collection[Contract]) -> Mapping[int, Mapping[str, Mapping[str, Any]]]:
    """Contract key → issue code → title, state, needs (words) and url of the newest request that was not
    withdrawn."""
    asked = (
        ApprovalStep.objects.filter(request__contract__in=contracts)
        .exclude(request__state=RequestState.WITHDRAWN)
        .select_related("request", "team", "person__user", "decision__by__user")
        .order_by("request", "pk")
    )
    notes: dict[int, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for _key, steps in groupby(asked, key=lambda step: step.request_id):
        of_one = list(steps)
        row = of_one[0].request
        notes[row.contract_id][row.issue] = {
            "title": row.title,
            "state": SHOWN_STATE[RequestState(row.state)],
            "needs": needs_words(row, of_one),
            "said": approved_words(of_one) if row.state in GRANTED else "",
            "url": row.get_absolute_url(),
        }
    return notes


def approved_words(steps: Iterable[ApprovalStep]) -> str:
    """Who approved it, and when the last of them did."""
    given = [step.decision for step in steps if hasattr(step, "decision")]
    if not given:
        return ""
    return _("approved by %(names)s on %(day)s") % {
        "names": ", ".join(dict.fromkeys(one.by.user.name for one in given)),
        "day": date_format(max(one.decided_at for one in given), "j M Y"),
    }


def step_name(step: ApprovalStep) -> str:
    """Who the step asks, in words."""
    if step.person is not None:
        return step.person.user.name
    return step.team.name if step.team is not None else _("any approver")


def why_asked(step: ApprovalStep) -> str:
    """Which rule asked this step's people, in words."""
    if step.line is None:
        return _("the playbook's rule on “%(issue)s”") % {"issue": step.request.issue_title}
    return _("the approval matrix: %(line)s") % {"line": line_words(step.line, step.request)}


def line_words(line: MatrixRow, request: ApprovalRequest) -> str:
    """When a line of the matrix asks, said of a request it asked about. A line has no lasting number: those
    below it move up when it is archived."""
    parts = [request.issue_title if line.issue else _("any issue")]
    if line.rung:
        parts.append(request.rung_label if request.rung else _("below the last fallback"))
    if line.risk:
        parts.append(_("risk %(risk)s or higher") % {"risk": Risk(line.risk).label})
    if line.value_from_minor is not None:
        whole, rest = divmod(line.value_from_minor, 100)
        amount = f"{line.currency} {whole:,}".strip() + (f".{rest:02}" if rest else "")
        parts.append(_("deal value from %(amount)s") % {"amount": amount})
    return ", ".join(parts)


def needs_words(request: ApprovalRequest, steps: Iterable[ApprovalStep]) -> str:
    """Whose word is still missing, or the condition it was approved under."""
    if request.state == RequestState.OPEN:
        waiting = [step_name(s) for s in steps if s.state == StepState.WAITING]
        return _("waits for %(names)s") % {"names": ", ".join(waiting)}
    return request.condition if request.state == RequestState.CONDITIONAL else ""
