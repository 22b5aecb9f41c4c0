"""Signing in and out, and choosing the organisation to act in."""

import uuid as uuids
from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import living_memberships
from accounts.middleware import SESSION_KEY
from accounts.services import sign_in
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
@require_POST
def switch_organisation(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    if not living_memberships(member_of(request).user).filter(organisation__uuid=uuid).exists():
        raise Http404
    request.session[SESSION_KEY] = str(uuid)
    return redirect("home")
