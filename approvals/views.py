"""The approver's queue, one request decided beside it, and the matrix of who decides what."""

import uuid as uuids
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import APPROVE, VIEW, WRITE_PLAYBOOKS, may, require
from accounts.models import Membership
from accounts.web import member_of, signed_in, version_seen
from approvals import pages
from approvals.access import get_matrix_line, get_request, requests_visible_to
from approvals.forms import ASK, OUTCOMES, DecideForm, MatrixForm
from approvals.ladders import known_ladders, rung_words
from approvals.models import ApprovalRequest, RequestState, Risk
from approvals.services import decisions, questions
from approvals.services import matrix as matrix_services
from approvals.services.requests import matrix_of

PER_PAGE = 50
"""Requests in one list; older ones are on its further pages."""


@signed_in
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The list, with the first request open beside it."""
    member = member_of(request)
    rows = _chosen(request, member)
    found = list(rows.object_list)
    return _page(request, member, rows, found[0] if found else None, picked=False)


@signed_in
@require_GET
def detail(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    row = get_request(member, uuid, VIEW)
    return _page(request, member, _chosen(request, member), row, picked=True)


@signed_in
@require_POST
def decide(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Approve, approve with a condition, reject, or ask back. A lost race is the 409 page."""
    member = member_of(request)
    row = get_request(member, uuid, APPROVE)
    form = DecideForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(_("Choose approve, approve with a condition, or reject."))
        said = _give_word(row, member, form.cleaned_data)
    except ValidationError as error:
        wrong = {
            "error": " ".join(error.messages),
            "typed": {name: request.POST.get(name, "") for name in ("decision", "condition", "reason")},
        }
        return _page(request, member, _chosen(request, member), row, picked=True, more=wrong)
    messages.success(request, said)
    query = request.GET.urlencode()
    return redirect(row.get_absolute_url() + (f"?{query}" if query else ""))


def _give_word(row: ApprovalRequest, member: Membership, data: dict[str, Any]) -> str:
    if data["decision"] == ASK:
        questions.ask_requester(request=row, question=data["reason"], by=member)
        return _("Your question stands at the clause, and %(name)s is told.") % {
            "name": row.requested_by.user.name
        }
    decided = decisions.decide(
        request=row,
        outcome=OUTCOMES[data["decision"]],
        by=member,
        seen=data["version"],
        condition=data["condition"],
        comment=data["reason"],
    )
    if decided.state == RequestState.OPEN:
        return _("Your decision is recorded; the request still waits for others.")
    return _("Decided: %(state)s.") % {"state": decided.get_state_display()}


def _views(member: Membership) -> dict[str, tuple[str, QuerySet[ApprovalRequest]]]:
    seen = requests_visible_to(member)
    kept = seen.exclude(state=RequestState.WITHDRAWN)
    return {
        "mine": (_("Waiting for me"), pages.waiting_for(seen, member)),
        "all": (_("All open"), seen.filter(state=RequestState.OPEN)),
        "asked": (_("Asked by me"), kept.filter(requested_by=member)),
        "decided": (_("Decided"), kept.exclude(state=RequestState.OPEN)),
    }


def _view_code(request: HttpRequest, member: Membership) -> str:
    """The view asked for; approvers start with what waits for them, others with everything open."""
    code = request.GET.get("view", "")
    if code in ("mine", "all", "asked", "decided"):
        return code
    return "mine" if may(member, APPROVE) else "all"


def _chosen(request: HttpRequest, member: Membership) -> Page[ApprovalRequest]:
    """One page of the requests of the chosen view and filters: due first, decided ones newest first."""
    code = _view_code(request, member)
    rows = _views(member)[code][1]
    if request.GET.get("risk") in Risk.values:
        rows = rows.filter(risk=request.GET["risk"])
    if request.GET.get("issue"):
        rows = rows.filter(issue=request.GET["issue"])
    if request.GET.get("party"):
        rows = rows.filter(negotiation__sides__name=request.GET["party"], negotiation__sides__is_ours=False)
    order = ["-decided_at", "-pk"] if code == "decided" else [F("due_at").asc(nulls_last=True), "pk"]
    return Paginator(rows.order_by(*order), PER_PAGE).get_page(request.GET.get("page"))


def _page(
    request: HttpRequest,
    member: Membership,
    rows: Page[ApprovalRequest],
    chosen: ApprovalRequest | None,
    *,
    picked: bool,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    code = _view_code(request, member)
    kept = {name: request.GET[name] for name in ("risk", "issue", "party") if request.GET.get(name)}
    views = _views(member)
    waiting = list(views["mine"][1].order_by("created_at").values_list("created_at", flat=True))
    counts = {"mine": len(waiting), **{name: views[name][1].count() for name in ("all", "asked")}}
    query = urlencode({"view": code, **kept, **({"page": rows.number} if rows.number > 1 else {})})
    item = None
    if chosen is not None:
        item = pages.whole(chosen, member, number=pages.clause_number(chosen)) | (more or {})
        item["decide_url"] += f"?{query}"
    return render(
        request,
        "approvals/queue.html",
        {
            "views": [
                {
                    "label": label,
                    "url": f"{reverse('approvals:queue')}?{urlencode({'view': name, **kept})}",
                    "active": name == code,
                    "count": counts.get(name),
                }
                for name, (label, _rows) in views.items()
            ],
            "filters": _filters(code, kept),
            "choices": _filter_choices(member, code, kept),
            "requests": [
                pages.card(
                    row,
                    url=f"{row.get_absolute_url()}?{query}",
                    selected=chosen is not None and row.pk == chosen.pk,
                )
                for row in rows.object_list
            ],
            "page": rows,
            "item": item,
            "picked": picked,
            "back_url": f"{reverse('approvals:queue')}?{query}",
            "waiting": len(waiting),
            "oldest": waiting[0] if waiting else None,
            "matrix_url": reverse("approvals:matrix"),
        },
    )


def _filters(code: str, kept: dict[str, str]) -> list[dict[str, Any]]:
    """Risk as chips: choosing the active one again takes it away."""
    here = reverse("approvals:queue")
    chips = []
    for risk in (Risk.HIGH, Risk.MEDIUM, Risk.LOW):
        active = kept.get("risk") == risk
        wanted = {**kept, "risk": "" if active else str(risk.value)}
        chips.append(
            {
                "label": str(risk.label).capitalize(),
                "url": f"{here}?{urlencode({'view': code} | {k: v for k, v in wanted.items() if v})}",
                "active": active,
            }
        )
    return chips


def _filter_choices(member: Membership, code: str, kept: dict[str, str]) -> dict[str, Any]:
    """What the issue and counterparty selects offer: only what occurs in the view."""
    rows = _views(member)[code][1].order_by()
    issues = rows.values_list("issue", "finding__title").distinct()
    parties = rows.filter(negotiation__sides__is_ours=False).values_list(
        "negotiation__sides__name", flat=True
    )
    return {
        "view": code,
        "risk": kept.get("risk", ""),
        "issue": kept.get("issue", ""),
        "party": kept.get("party", ""),
        "issues": sorted(dict(issues).items(), key=lambda pair: pair[1]),
        "parties": sorted(set(parties)),
    }


@signed_in
@require_http_methods(["GET", "POST"])
def matrix(request: HttpRequest) -> HttpResponse:
    """Who must agree beside the playbook's own rule. Everybody reads it; legal and administrators keep it."""
    member = require(member_of(request), VIEW)
    may_edit = may(member, WRITE_PLAYBOOKS)
    if request.method == "POST":
        require(member, WRITE_PLAYBOOKS)
    ladders = known_ladders(member)
    posted = request.POST if request.method == "POST" else None
    form = MatrixForm(posted, organisation=member.organisation, ladders=ladders)
    if request.method == "POST" and form.is_valid():
        try:
            matrix_services.add_line(by=member, **form.line())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The line is in force for requests from now on."))
            return redirect("approvals:matrix")
    lines = [
        {
            "number": number,
            "row": row,
            "issue": ladders[row.issue].title if row.issue in ladders else row.issue,
            "rung": rung_words(row.rung, ladders.get(row.issue)),
        }
        for number, row in enumerate(matrix_of(member.organisation), start=1)
    ]
    return render(
        request,
        "approvals/matrix.html",
        {"lines": lines, "form": form if may_edit else None, "may_edit": may_edit},
    )


@signed_in
@require_POST
def archive_line(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    line = get_matrix_line(member, uuid, WRITE_PLAYBOOKS)
    matrix_services.archive_line(line=line, by=member, seen=version_seen(request))
    messages.success(request, _("The line is no longer in force."))
    return redirect("approvals:matrix")
