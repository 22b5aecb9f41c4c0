"""Insights: what history says, trials of playbooks, many contracts at once."""

import re
import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import ANALYSE, WRITE_PLAYBOOKS, may, require
from accounts.refusals import said_on_next_page
from accounts.web import member_of, signed_in
from analytics import pages
from analytics.access import get_item, get_run, items_visible_to, runs_visible_to
from analytics.export import csv_of
from analytics.forms import BacktestForm, BulkForm, ContractsForm, HistoryForm
from analytics.models import ItemState, Run, RunKind
from analytics.services import answers, runs

ROWS = 50
FILTERS = ("high", "medium", "low", "failed")


@signed_in
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), ANALYSE)
    rows = runs_visible_to(member)
    kind = request.GET.get("kind", "")
    kind = kind if kind in RunKind.values else ""
    page = Paginator(rows.filter(kind=kind) if kind else rows, ROWS).get_page(request.GET.get("page"))
    kinds = [("", _("All")), *RunKind.choices]
    context = {
        "page": page,
        "rows": [pages.line(row) for row in page.object_list],
        "views": [
            {"label": label, "url": f"?kind={code}" if code else request.path, "active": code == kind}
            for code, label in kinds
        ],
        "new_history_url": reverse("analytics:new_history"),
        "new_backtest_url": reverse("analytics:new_backtest"),
        "new_bulk_url": reverse("analytics:new_bulk"),
    }
    return render(request, "analytics/list.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def new_history(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), ANALYSE)
    form = HistoryForm(request.POST or None, member=member, initial=_asked_for(request))
    if form.is_valid():
        try:
            run = runs.start_history(version=form.cleaned_data["rules"], contracts=form.wanted(), by=member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(run)
    return _form_page(
        request,
        form,
        title=_("Ask what history says"),
        says=_(
            "Past contracts are read for every issue of the playbook: on which rung each deal ended, which "
            "figures were agreed, and what the ladder could learn from it."
        ),
        button=_("Read the contracts"),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def new_backtest(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), ANALYSE)
    form = BacktestForm(request.POST or None, member=member, initial=_asked_for(request))
    if form.is_valid():
        try:
            run = runs.start_backtest(
                version=form.cleaned_data["rules"],
                against=form.compared_with(),
                contracts=form.wanted(),
                by=member,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(run)
    return _form_page(
        request,
        form,
        title=_("Try a playbook on past contracts"),
        says=_(
            "A draft, or any version, is held against contracts you have: the findings, approvals and "
            "walk-away stops it would have caused, beside those of the version in force. No deal is "
            "changed by it."
        ),
        button=_("Start the trial"),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def new_bulk(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), ANALYSE)
    form = (
        BulkForm(request.POST, request.FILES, member=member)
        if request.method == "POST"
        else BulkForm(member=member, initial=_asked_for(request))
    )
    if form.is_valid():
        try:
            run = runs.start_bulk(
                version=form.cleaned_data["rules"],
                title=form.cleaned_data["title"],
                uploads=form.cleaned_data["documents"],
                contracts=form.wanted(),
                paper=form.cleaned_data["paper"],
                by=member,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(run)
    return _form_page(
        request,
        form,
        title=_("Review many contracts"),
        says=_(
            "Word files, one by one or in a zip, and contracts of yours are reviewed against one playbook. "
            "The work goes on in the background; what cannot be read is a row that says why."
        ),
        button=_("Review them"),
    )


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """A link may name the playbook version (`?rules=` its public id)."""
    return {"rules": request.GET.get("rules", "")[:40]}


def _form_page(
    request: HttpRequest, form: ContractsForm, *, title: str, says: str, button: str
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "says": says,
        "button": button,
        "cancel_url": reverse("analytics:list"),
    }
    return render(request, "analytics/new.html", context)


@signed_in
@require_GET
def run(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The run's progress while it goes on, then what it found."""
    member = member_of(request)
    shown = get_run(member, uuid, ANALYSE)
    context: dict[str, Any] = {
        "run": {
            "title": shown.title,
            "kind": shown.kind,
            "kind_word": str(shown.get_kind_display()),
            "playbook": shown.playbook_version.playbook.title,
            "playbook_url": reverse("playbooks:version", args=[shown.playbook_version.uuid]),
            "version": shown.playbook_version.number,
            "is_draft": shown.playbook_version.published_at is None,
            "has_changed": shown.rules_digest != shown.playbook_version.digest,
            "against": shown.against.number if shown.against else None,
            "state": pages.state_of(shown),
            "total": shown.total,
            "by": shown.started_by.user.name if shown.started_by else "",
            "at": shown.created_at,
        },
        "progress": pages.progress(shown, may_stop=True),
        "export_url": reverse("analytics:export", args=[shown.uuid]),
    }
    if shown.kind == RunKind.BULK:
        return render(request, "analytics/bulk.html", context | _bulk(request, shown))
    if shown.is_running:
        return render(request, "analytics/running.html", context)
    if shown.kind == RunKind.BACKTEST:
        trial = pages.trial(shown)
        page = Paginator(trial["contracts"], ROWS).get_page(request.GET.get("page"))
        context |= {"trial": trial, "page": page, "failed": _failed(request, shown)}
        return render(request, "analytics/trial.html", context)
    may_answer = may(member, WRITE_PLAYBOOKS, shown)
    context |= {"history": pages.history(shown, may_answer=may_answer), "failed": _failed(request, shown)}
    return render(request, "analytics/history.html", context)


def _bulk(request: HttpRequest, shown: Run) -> dict[str, Any]:
    rows = items_visible_to(member_of(request)).filter(run=shown)
    rows = rows.defer("outcome", "outcome_against", "run__rules")
    asked = request.GET.get("show", "")
    chips = [(code, label, _of(rows, code).count()) for code, label in _filters()]
    page = Paginator(_of(rows, asked).order_by("-risk_score", "-high", "-medium", "position"), ROWS).get_page(
        request.GET.get("page")
    )
    return {
        "page": page,
        "rows": [pages.item_line(row) for row in page.object_list],
        "filters": [
            {
                "label": label,
                "url": f"?show={code}" if code else request.path,
                "active": code == asked,
                "count": n,
            }
            for code, label, n in chips
        ],
    }


def _filters() -> list[tuple[str, str]]:
    return [
        ("", _("All")),
        ("high", _("High risk")),
        ("medium", _("Medium risk")),
        ("low", _("Low risk")),
        ("failed", _("Could not be read")),
    ]


def _of(rows: Any, code: str) -> Any:
    if code == "failed":
        return rows.filter(state=ItemState.FAILED)
    return rows.filter(state=ItemState.READY, risk_level=code) if code in FILTERS else rows


def _failed(request: HttpRequest, shown: Run) -> list[dict[str, Any]]:
    rows = items_visible_to(member_of(request)).filter(run=shown, state=ItemState.FAILED)
    return [pages.item_line(row) for row in rows.defer("outcome", "outcome_against", "run__rules")[:ROWS]]


@signed_in
@require_GET
def progress(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The box of a run that goes on; once it is over, htmx is sent to the page with the results."""
    shown = get_run(member_of(request), uuid, ANALYSE)
    context = {"progress": pages.progress(shown, may_stop=True)}
    response = render(request, "analytics/_progress.html", context)
    if not shown.is_running:
        response.headers["HX-Redirect"] = shown.get_absolute_url()
    return response


@signed_in
@require_GET
def item(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """One document of a run, issue by issue."""
    shown = get_item(member_of(request), uuid, ANALYSE)
    context = {
        "item": pages.item_line(shown),
        "run": {"title": shown.run.title, "url": shown.run.get_absolute_url()},
        "contract_url": shown.contract.get_absolute_url() if shown.contract else "",
        "document": pages.document(shown) if shown.state == ItemState.READY else None,
    }
    return render(request, "analytics/item.html", context)


@signed_in
@require_GET
def export(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The run's result table as CSV."""
    member = member_of(request)
    shown = get_run(member, uuid, ANALYSE)
    rows = items_visible_to(member).filter(run=shown).defer("outcome_against", "run__rules")
    response = HttpResponse(csv_of(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="parley-{shown.kind}-{shown.created_at:%Y-%m-%d}.csv"'
    )
    return response


@signed_in
@require_POST
def stop(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    shown = get_run(member, uuid, ANALYSE)
    runs.stop(run=shown, by=member)
    messages.success(request, _("Stopped. What was read so far stays here."))
    return redirect(shown)


@signed_in
@require_POST
def accept(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """A person's word on one suggestion: into the draft, or set aside."""
    member = member_of(request)
    shown = get_run(member, uuid, WRITE_PLAYBOOKS)
    key = request.POST.get("suggestion", "")[:160]
    with said_on_next_page(request):
        if request.POST.get("answer") == "refuse":
            answers.refuse(run=shown, key=key, by=member)
            messages.success(request, _("Set aside. The draft stays as it is."))
        else:
            draft = answers.accept(run=shown, key=key, by=member)
            said = _("Written into the draft of version %(number)d. Read its words before you publish it.")
            messages.success(request, said % {"number": draft.number})
    issue = re.fullmatch(r"[a-z]+:([a-z0-9_]{1,80}):.*", key)
    return redirect(shown.get_absolute_url() + (f"#{issue[1]}" if issue else ""))
