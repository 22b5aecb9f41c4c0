"""The obligations of signed contracts: the list with its figures, one obligation, and the calendar feed."""

import uuid as uuids
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, F, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import OPERATE, VIEW, may, require
from accounts.models import Membership
from accounts.refusals import said_on_next_page
from accounts.services import files
from accounts.web import member_of, signed_in, version_seen
from obligations import pages
from obligations.access import feeds_visible_to, get_fulfilment, get_obligation, obligations_visible_to
from obligations.dates import is_possible
from obligations.export import csv_of
from obligations.forms import ChangeForm, NewForm, RecordForm
from obligations.models import Obligation, ObligationQuerySet, ObligationState
from obligations.services import feeds, performance, reminders
from obligations.services.evidence import MEDIA_TYPE

ROWS = 50
KEPT = ("state", "party", "month")


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), VIEW)
    on = pages.today_of(member)
    view = _view(request, member)
    mine = pages.of_view(obligations_visible_to(member), view, member)
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    rows = _filtered(mine, kept, on)
    page = Paginator(_ordered(rows), ROWS).get_page(request.GET.get("page"))
    found = list(page.object_list)
    clauses = pages.clause_labels(found)
    may_operate = may(member, OPERATE)
    return render(
        request,
        "obligations/home.html",
        {
            "views": _views(member, view, kept),
            "filters": _chips(mine, view, kept, on),
            "stats": _stats(mine, view, on),
            "page": page,
            "rows": [pages.line(row, on, clauses) for row in found],
            "total": rows.count(),
            "renewals": pages.months_ahead(mine, on),
            "side": _parties(mine, view, kept),
            "change_form": ChangeForm(member=member) if may_operate else None,
            "here": request.get_full_path(),
            "feed_url": reverse("obligations:feed"),
            "export_url": f"{reverse('obligations:export')}?{urlencode({'view': view, **kept})}",
            "new_url": reverse("obligations:new") if may_operate else "",
        },
    )


def _view(request: HttpRequest, member: Membership) -> str:
    """The view asked for; whoever owns something starts with their own."""
    asked = request.GET.get("view", "")
    if asked in pages.WHOSE:
        return asked
    return "mine" if obligations_visible_to(member).pending().of(member).exists() else "all"


def _ordered(rows: ObligationQuerySet) -> ObligationQuerySet:
    """Open before done, the most urgent first, those without a date after the dated."""
    done = Case(When(state=ObligationState.PENDING, then=0), default=1)
    return rows.order_by(done, F("due_on").asc(nulls_last=True), "pk")


def _filtered(rows: ObligationQuerySet, kept: dict[str, str], on: date) -> ObligationQuerySet:
    state = kept.get("state", "")
    match state:
        case "overdue":
            rows = rows.overdue(on)
        case "week" | "month":
            rows = rows.due_within(on, 7 if state == "week" else 30)
        case "no_owner":
            rows = rows.without_owner()
        case "no_date":
            rows = rows.pending().filter(due_on=None)
        case code if code in ObligationState.values:
            rows = rows.filter(state=code)
    if kept.get("party"):
        with_party = {
            "contract__negotiation__sides__name": kept["party"],
            "contract__negotiation__sides__is_ours": False,
        }
        rows = rows.filter(**with_party)
    month = _month(kept.get("month", ""))
    return rows.filter(due_on__year=month.year, due_on__month=month.month) if month else rows


def _month(text: str) -> date | None:
    """The first day of a month such as 2027-02; None for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if is_possible(first) else None


def _url(view: str, kept: dict[str, str], **changed: str) -> str:
    wanted = {name: value for name, value in (kept | changed).items() if value}
    return f"{reverse('obligations:home')}?{urlencode({'view': view, **wanted})}"


def _views(member: Membership, view: str, kept: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": _url(code, kept), "active": code == view}
        for code, label in pages.WHOSE.items()
    ]


def _chips(rows: ObligationQuerySet, view: str, kept: dict[str, str], on: date) -> list[dict[str, Any]]:
    """The state filters that have no card, and whatever else narrows the list, each taken away by choosing it
    again."""
    state = kept.get("state", "")
    chips = [
        {
            "label": label,
            "url": _url(view, kept, state="" if state == code else code),
            "active": state == code,
        }
        for code, label in (
            ("pending", _("Open")),
            ("no_date", _("Without date")),
            ("waived", _("Waived")),
            ("cancelled", _("Cancelled")),
        )
    ]
    known = {
        "overdue": _("Overdue"),
        "week": _("Due in 7 days"),
        "month": _("Due in 30 days"),
        "no_owner": _("Without owner"),
        "fulfilled": _("Fulfilled"),
    }
    if state in known:
        chips.insert(0, {"label": known[state], "url": _url(view, kept, state=""), "active": True})
    for name in ("party", "month"):
        if kept.get(name):
            chips.append({"label": kept[name], "url": _url(view, kept, **{name: ""}), "active": True})
    return chips


def _stats(rows: ObligationQuerySet, view: str, on: date) -> list[dict[str, Any]]:
    counted = (
        ("overdue", _("Overdue"), rows.overdue(on).count(), "red"),
        ("week", _("Due in 7 days"), rows.due_within(on, 7).count(), "amber"),
        ("month", _("Due in 30 days"), rows.due_within(on, 30).count(), ""),
        ("no_owner", _("Without owner"), rows.without_owner().count(), "red"),
        ("fulfilled", _("Fulfilled"), rows.fulfilled().count(), ""),
    )
    return [
        {"label": label, "number": number, "url": _url(view, {}, state=code), "tone": tone if number else ""}
        for code, label, number, tone in counted
    ]


def _parties(rows: ObligationQuerySet, view: str, kept: dict[str, str]) -> list[dict[str, Any]]:
    found = pages.by_party(rows)
    if not found:
        return []
    return [
        {
            "title": _("Open by counterparty"),
            "rows": [
                {"label": name, "value": number, "url": _url(view, {}, party=name)} for name, number in found
            ],
        }
    ]


@signed_in
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The filtered list as CSV."""
    member = require(member_of(request), VIEW)
    rows = pages.of_view(obligations_visible_to(member), _view(request, member), member)
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    data = csv_of(_ordered(_filtered(rows, kept, pages.today_of(member))))
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="obligations.csv"'
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), OPERATE)
    posted = request.POST if request.method == "POST" else None
    form = NewForm(posted, member=member, initial={"contract": request.GET.get("contract")})
    if request.method == "POST" and form.is_valid():
        try:
            row = performance.add_obligation(by=member, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Added."))
            return redirect(row)
    return render(request, "obligations/new.html", {"form": form, "cancel_url": reverse("obligations:home")})


@signed_in
@require_GET
def detail(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    return _detail_page(request, member, get_obligation(member, uuid, VIEW))


def _detail_page(
    request: HttpRequest,
    member: Membership,
    row: Obligation,
    *,
    change_form: ChangeForm | None = None,
    record_form: RecordForm | None = None,
) -> HttpResponse:
    may_operate = may(member, OPERATE, row)
    is_pending = row.state == ObligationState.PENDING
    context: dict[str, Any] = {
        "obligation": pages.whole(row, pages.today_of(member)),
        "fulfilments": pages.fulfilments(row),
        "reminders": pages.reminders(row),
        "reminder_plan": pages.reminder_plan(row),
        "history": pages.history(row),
    }
    if may_operate and is_pending:
        context |= {
            "record_form": record_form or RecordForm(initial={"version": row.version}),
            "record_url": reverse("obligations:record", args=[row.uuid]),
            "change_form": change_form or ChangeForm.of(row, member=member),
            "change_url": reverse("obligations:change", args=[row.uuid]),
            "remind_url": reverse("obligations:remind", args=[row.uuid]) if row.owner and row.due_on else "",
        }
    elif may_operate:
        context["reopen_url"] = reverse("obligations:reopen", args=[row.uuid])
    return render(request, "obligations/obligation.html", context)


@signed_in
@require_POST
def change(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Owner and date, from the list or from the obligation's page; what is wrong is said on the page."""
    member = member_of(request)
    row = get_obligation(member, uuid, OPERATE)
    posted = request.POST.copy()
    posted.setdefault("title", row.title)  # the small form of the list has owner and date alone
    form = ChangeForm(posted, member=member, known=row.due_on)
    if form.is_valid():
        try:
            performance.change_obligation(
                obligation=row,
                by=member,
                seen=form.cleaned_data["version"],
                owner=form.cleaned_data["owner"],
                due_on=form.cleaned_data["due_on"],
                title=form.cleaned_data["title"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved: %(title)s") % {"title": row.title})
            return redirect(_back(request) or row.get_absolute_url())
    return _detail_page(request, member, row, change_form=form)


def _back(request: HttpRequest) -> str:
    """The list the form was sent from, with its filters; nothing but our own list."""
    back = request.POST.get("next", "")
    return (
        back
        if back.startswith(f"{reverse('obligations:home')}?") or back == reverse("obligations:home")
        else ""
    )


@signed_in
@require_POST
def record(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    row = get_obligation(member, uuid, OPERATE)
    form = RecordForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            performance.record_outcome(
                obligation=row,
                outcome=form.cleaned_data["outcome"],
                evidence=form.cleaned_data["evidence"],
                by=member,
                seen=form.cleaned_data["version"],
                file=form.cleaned_data["file"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Recorded."))
            return redirect(row)
    return _detail_page(request, member, row, record_form=form)


@signed_in
@require_GET
def evidence(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The file handed in with a fulfilment, always as a download: what it holds is not ours to show."""
    done = get_fulfilment(member_of(request), uuid, VIEW)
    if done.file is None:
        raise Http404
    response = HttpResponse(files.read_bytes(done.file), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, done.file_name or "evidence") or "attachment"
    )
    return response


@signed_in
@require_POST
def reopen(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    row = get_obligation(member, uuid, OPERATE)
    with said_on_next_page(request):
        performance.reopen(obligation=row, by=member, seen=version_seen(request))
        messages.success(request, _("Open again."))
    return redirect(row)


@signed_in
@require_POST
def remind(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    row = get_obligation(member, uuid, OPERATE)
    with said_on_next_page(request):
        reminder = reminders.remind_now(row, by=member)
        messages.success(request, _("%(name)s gets a reminder now.") % {"name": reminder.to.user.name})
    return redirect(row)


@signed_in
@require_http_methods(["GET", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """One's own calendar address. A new one is shown this once, on the answer to the POST itself."""
    member = require(member_of(request), VIEW)
    address = ""
    if request.method == "POST":
        _row, token = feeds.new_feed(member=member)
        address = settings.PARLEY_URL + reverse("feeds:calendar", args=[token])
    living = feeds_visible_to(member).filter(revoked_at=None).first()
    return render(
        request,
        "obligations/feed.html",
        {"address": address, "feed": living, "revoke_url": reverse("obligations:revoke_feed")},
    )


@signed_in
@require_POST
def revoke_feed(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), VIEW)
    feeds.revoke_feed(member=member)
    messages.success(request, _("The address no longer works."))
    return redirect("obligations:feed")
