"""The checklist of a deal: preparation, live negotiation, follow-up."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import COMMENT, VIEW, may
from accounts.web import member_of, signed_in, version_seen
from negotiation.access import get_negotiation
from negotiation.models import ChecklistStep, Negotiation, NegotiationKind
from negotiation.services import checklists
from playbooks.packs.checklists import FOLLOW_UP, NEGOTIATION, PHASES, PREPARATION, Step

PHASE_NAMES = {
    PREPARATION: gettext_lazy("Preparation"),
    NEGOTIATION: gettext_lazy("At the table"),
    FOLLOW_UP: gettext_lazy("After the agreement"),
}


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    negotiation = get_negotiation(member, uuid, COMMENT if request.method == "POST" else VIEW)
    if request.method == "POST":
        return _record(request, negotiation)
    phases = _phases(negotiation)
    context = {
        "negotiation": {"title": negotiation.title, "url": negotiation.get_absolute_url()},
        "phases": phases,
        "done": sum(phase["done"] for phase in phases),
        "total": sum(len(phase["steps"]) for phase in phases),
        "may_tick": may(member, COMMENT, negotiation),
        "border_url": reverse("playbooks:overlay", args=["cross_border"])
        if negotiation.kind == NegotiationKind.CROSS_BORDER
        else "",
    }
    return render(request, "negotiation/checklist.html", context)


def _record(request: HttpRequest, negotiation: Negotiation) -> HttpResponse:
    step = request.POST.get("step", "")
    here = reverse("negotiation:checklist", args=[negotiation.uuid])
    try:
        checklists.record_step(
            negotiation=negotiation,
            step=step,
            is_done=request.POST.get("done") == "on",
            note=request.POST.get("note", ""),
            seen=version_seen(request),
            by=member_of(request),
        )
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect(here)
    messages.success(request, _("Kept."))
    return redirect(f"{here}#{step}")


def _phases(negotiation: Negotiation) -> list[dict[str, Any]]:
    rows = {row.step: row for row in negotiation.checklist_steps.select_related("by__user")}
    steps = checklists.steps_of(negotiation)
    phases = []
    for phase in PHASES:
        shown = [_step(step, rows.get(step.code)) for step in steps if step.phase == phase]
        phases.append(
            {
                "code": phase,
                "name": PHASE_NAMES[phase],
                "steps": shown,
                "done": sum(step["is_done"] for step in shown),
            }
        )
    return phases


def _step(step: Step, row: ChecklistStep | None) -> dict[str, Any]:
    return {
        "code": step.code,
        "title": step.title,
        "help": step.help,
        "tip": step.tip,
        "source": step.source,
        "is_done": bool(row and row.is_done),
        "note": row.note if row else "",
        "by": row.by.user.name if row else "",
        "at": row.at if row else None,
        "version": row.version if row else 0,
    }
