"""One's own pages: profile and what one was told, password, API tokens."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import VIEW, load, require, tokens_visible_to
from accounts.forms import PasswordForm, ProfileForm, TokenForm
from accounts.models import Membership
from accounts.services import audit, passwords
from accounts.services import people as services
from accounts.services.notifications import sentence
from accounts.web import member_of, signed_in


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


@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password: the other sessions end, this one goes on."""
    member = member_of(request)
    form = PasswordForm(member.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = passwords.change_password(member=member, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password is changed. Everywhere else you are signed out."))
        return redirect("accounts:profile")
    must = member.user.must_change_password
    return render(request, "accounts/password.html", {"form": form, "must_change": must})


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
