"""All negotiations, one negotiation, opening one, moving it to another stage."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import EDIT, REQUEST, VIEW, may, require
from accounts.web import member_of, signed_in
from negotiation import overview
from negotiation.access import get_negotiation, negotiations_visible_to
from negotiation.forms import ChangeForm, NegotiationForm, StageForm
from negotiation.models import Negotiation, Stage
from negotiation.services import deals
from negotiation.words import searched


@signed_in
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), VIEW)
    query = searched(request.GET.get("q", ""))
    view = request.GET.get("view", "running")
    rows = negotiations_visible_to(member).filter(archived_at=None)
    views = {
        "running": ~Q(stage=Stage.HANDOVER),
        "mine": Q(owner=member) | Q(team__member=member),
        "done": Q(stage=Stage.HANDOVER),
        "all": Q(),
    }
    rows = rows.filter(views.get(view, Q()))
    if query:
        rows = rows.filter(
            Q(title__icontains=query) | Q(sides__name__icontains=query) | Q(contracts__title__icontains=query)
        )
    # A deal joined to several sides or contracts is still one row.
    rows = negotiations_visible_to(member).filter(pk__in=rows.values("pk"))
    page = Paginator(overview.for_list(rows).order_by("-pk"), 25).get_page(request.GET.get("page"))
    labels = (("running", _("Running")), ("mine", _("Mine")), ("done", _("Done")), ("all", _("All")))
    return render(
        request,
        "negotiation/list.html",
        {
            "page": page,
            "rows": [overview.list_row(row) for row in page],
            "query": query,
            "views": [
                {"label": label, "url": f"?view={code}", "active": code == view} for code, label in labels
            ],
            "new_url": reverse("negotiation:new") if may(member, REQUEST) else "",
        },
    )


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), REQUEST)
    form = NegotiationForm(request.POST or None, initial={"currency": member.organisation.currency})
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        counterparty = fields.pop("counterparty")
        lead = fields.pop("lead_name"), fields.pop("lead_email")
        negotiation = deals.open_negotiation(
            by=member, counterparty_name=counterparty, their_lead=lead if lead[0] else None, **fields
        )
        messages.success(request, _("The negotiation is open. Put its first contract into the package."))
        return redirect("negotiation:add_contract", negotiation.uuid)
    return render(request, "negotiation/new.html", {"form": form, "cancel_url": reverse("negotiation:list")})


@signed_in
@require_GET
def detail(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    negotiation = get_negotiation(member, uuid, VIEW)
    asked = request.GET.get("decisions", "")
    at = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    return render(
        request, "negotiation/negotiation.html", overview.page(negotiation, member, decisions_page=at)
    )


@signed_in
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """What was said when the deal was opened, to be mended."""
    member = member_of(request)
    negotiation = get_negotiation(member, uuid, REQUEST)
    form = ChangeForm(request.POST or None, initial=_as_it_is(negotiation))
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        counterparty, seen = fields.pop("counterparty"), fields.pop("version")
        lead = fields.pop("lead_name"), fields.pop("lead_email")
        deals.change_negotiation(
            negotiation=negotiation,
            by=member,
            seen=seen,
            counterparty_name=counterparty,
            their_lead=lead if lead[0] else None,
            **fields,
        )
        messages.success(request, _("Changed."))
        return redirect(negotiation)
    context = {
        "form": form,
        "cancel_url": negotiation.get_absolute_url(),
        "negotiation": {"title": negotiation.title, "url": negotiation.get_absolute_url()},
    }
    return render(request, "negotiation/new.html", context)


def _as_it_is(negotiation: Negotiation) -> dict[str, Any]:
    theirs = negotiation.their_side()
    party = theirs.parties.select_related("lead_guest").order_by("pk").first()
    lead = party.lead_guest if party is not None else None
    names = ("title", "kind", "objectives", "value_minor", "currency", "term_months", "law", "version")
    return {name: getattr(negotiation, name) for name in names} | {
        "counterparty": theirs.name,
        "lead_name": lead.name if lead else "",
        "lead_email": lead.email if lead else "",
    }


@signed_in
@require_POST
def stage(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    negotiation = get_negotiation(member, uuid, EDIT)
    form = StageForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the stage to go to."))
        return redirect(negotiation)
    _move(request, negotiation, form, member)
    return redirect(negotiation)


def _move(request: HttpRequest, negotiation: Negotiation, form: StageForm, member: Any) -> None:
    try:
        deals.move_to_stage(
            negotiation=negotiation,
            target=form.cleaned_data["target"],
            by=member,
            seen=form.cleaned_data["version"],
            override_reason=form.cleaned_data["reason"],
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Now in: %(stage)s.") % {"stage": negotiation.get_stage_display()})
