"""How a view learns who is asking: `@signed_in` at the door, then `member_of(request)`."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from accounts.models import Membership

CHANGE_IT_AT = "accounts:password"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def signed_in(view: View) -> View:
    """Send anonymous visitors to the sign-in page, refuse people without an active membership, and let those
    whose password somebody else knows do nothing but change it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if getattr(request, "member", None) is None:
            raise PermissionDenied
        if must_change_password(request):
            return redirect(CHANGE_IT_AT)
        return view(request, *args, **kwargs)

    return cast(View, guarded)


def must_change_password(request: HttpRequest) -> bool:
    """Whether the person must first choose a password of their own, on another page than this one."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    return member_of(request).user.must_change_password and here != CHANGE_IT_AT


def member_of(request: HttpRequest) -> Membership:
    """The member behind a request that passed `signed_in`. Raises PermissionDenied otherwise."""
    member: Membership | None = getattr(request, "member", None)
    if member is None:
        raise PermissionDenied
    return member


def version_seen(request: HttpRequest) -> int:
    """The row's version that the posted form was shown with. 0 where it is missing or nonsense: no row has
    that version, so such a form loses the race instead of winning it."""
    text = request.POST.get("version", "")
    # Nine digits fit every database; `isdecimal` alone lets in a number too long for `int`.
    return int(text) if text.isdecimal() and len(text) < 10 else 0
