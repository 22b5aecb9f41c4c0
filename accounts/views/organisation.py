"""The organisation's settings, and the record of what was done in it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import AUDIT, MANAGE, audit_visible_to, require
from accounts.forms import SettingsForm
from accounts.services import audit
from accounts.services import people as services
from accounts.web import member_of, signed_in


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
