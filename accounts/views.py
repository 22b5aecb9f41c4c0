"""Signing in and out, one's own profile, and the administrator's pages."""

import uuid as uuids
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import (
    AUDIT,
    MANAGE,
    VIEW,
    audit_visible_to,
    living_memberships,
    load,
    members_visible_to,
    require,
    tokens_visible_to,
)
from accounts.forms import ChangePersonForm, PersonForm, ProfileForm, SettingsForm, TokenForm
from accounts.middleware import SESSION_KEY
from accounts.models import Membership
from accounts.services import audit, sign_in
from accounts.services import people as services
from accounts.services.notifications import sentence
from accounts.web import member_of, signed_in


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"is_demo": settings.PARLEY_DEMO}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sign_in.is_address_stopped(request):
            return render(request, settings.AXES_LOCKOUT_TEMPLATE, status=settings.AXES_HTTP_RESPONSE_CODE)
        return super().post(request, *args, **kwargs)


class SignOut(LogoutView):
    http_method_names = ["post", "options"]


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    form = ProfileForm(request.POST or None, instance=member.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            audit.record(
                organisation=member.organisation, by=member, action="profile.changed", target=member.user
            )
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form, **_notifications(member)})


def _notifications(member: Membership) -> dict[str, Any]:
    rows = member.notifications.order_by("-created_at")[:50]
    return {"notifications": [{"row": row, "sentence": sentence(row)} for row in rows]}


@signed_in
@require_POST
def read_notifications(request: HttpRequest) -> HttpResponse:
    member_of(request).notifications.filter(read_at=None).update(read_at=timezone.now())
    return redirect("accounts:profile")


@signed_in
@require_POST
def switch_organisation(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    if not living_memberships(member_of(request).user).filter(organisation__uuid=uuid).exists():
        raise Http404
    request.session[SESSION_KEY] = str(uuid)
    return redirect("home")


@signed_in
@require_http_methods(["GET", "POST"])
def organisation_settings(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), MANAGE)
    organisation = member.organisation
    form = SettingsForm(
        request.POST or None, instance=organisation, initial={"version": organisation.version}
    )
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        seen = fields.pop("version")
        services.change_settings(organisation=organisation, seen=seen, by=member, **fields)
        messages.success(request, _("Settings saved."))
        return redirect("accounts:settings")
    return render(request, "accounts/settings.html", {"form": form, "organisation": organisation})


@signed_in
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), MANAGE)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_member(organisation=member.organisation, by=member, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s can now sign in.") % {"name": form.cleaned_data["name"]})
            return redirect("accounts:people")
    rows = [
        {
            "member": row,
            "form": ChangePersonForm(
                initial={"roles": row.roles, "is_active": row.is_active, "version": row.version},
                auto_id=f"id_{row.uuid}_%s",
            ),
        }
        for row in members_visible_to(member).prefetch_related("teams").order_by("user__name")
    ]
    return render(request, "accounts/people.html", {"form": form, "rows": rows})


@signed_in
@require_POST
def change_person(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    person = load(members_visible_to(member), member, MANAGE, uuid=uuid)
    form = ChangePersonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose at least one of the roles offered."))
        return redirect("accounts:people")
    try:
        services.change_member(
            member=person,
            roles=form.cleaned_data["roles"],
            is_active=form.cleaned_data["is_active"],
            seen=form.cleaned_data["version"],
            by=member,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Saved."))
    return redirect("accounts:people")


@signed_in
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own API tokens. A new token's text is shown once, on the answer to the POST itself."""
    member = require(member_of(request), VIEW)
    form = TokenForm(request.POST or None)
    shown = ""
    if request.method == "POST" and form.is_valid():
        _token, shown = services.create_token(member=member, by=member, **form.cleaned_data)
        form = TokenForm()
    rows = tokens_visible_to(member).order_by("-created_at")
    return render(request, "accounts/tokens.html", {"form": form, "tokens": rows, "shown": shown})


@signed_in
@require_POST
def revoke_token(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    token = load(tokens_visible_to(member), member, VIEW, uuid=uuid)
    services.revoke_token(token=token, by=member)
    return redirect("accounts:tokens")


@signed_in
@require_GET
def audit_log(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), AUDIT)
    entries = audit_visible_to(member).select_related("actor_user", "actor_guest", "personal")
    page = Paginator(entries.order_by("-number"), 50).get_page(request.GET.get("page"))
    rows = [{"entry": entry, "actor": audit.actor_name(entry)} for entry in page]
    return render(request, "accounts/audit.html", {"page": page, "rows": rows, "report": None})


@signed_in
@require_POST
def verify_audit(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), AUDIT)
    report = audit.verify_chain(member.organisation)
    return render(request, "accounts/audit.html", {"page": None, "rows": [], "report": report})
