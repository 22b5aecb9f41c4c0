"""Signing in to the API: `Authorization: Bearer parley_…`, or the browser's own session."""

from typing import Any

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication, CSRFCheck, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.middleware import current_member
from accounts.models import ApiToken, Membership, User
from accounts.services.people import hash_token


class TokenAuthentication(BaseAuthentication):
    """Gives `request.user` the person and `request.auth` the membership they act through."""

    def authenticate(self, request: Request) -> tuple[User, Membership] | None:
        words = get_authorization_header(request).decode("latin-1").split()
        if words and words[0].lower() == "bearer":
            return _by_token(request, words)
        return _by_session(request._request)

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="parley"'


def _by_token(request: Request, words: list[str]) -> tuple[User, Membership]:
    if len(words) != 2:
        raise AuthenticationFailed("The Authorization header must read: Bearer and one token.")
    token = (
        ApiToken.objects.select_related("member__user", "member__organisation")
        .filter(token_hash=hash_token(words[1]))
        .first()
    )
    if token is None or not token.is_usable():
        raise AuthenticationFailed("This token is unknown, expired or revoked.")
    if token.is_read_only and request.method not in SAFE_METHODS:
        raise PermissionDenied("This token may only read.")
    return token.member.user, token.member


def _by_session(request: HttpRequest) -> tuple[User, Membership] | None:
    member = current_member(request)
    if member is None:
        return None
    if member.user.must_change_password:
        raise PermissionDenied("Change your password first, on your profile.")
    refused = CSRFCheck(lambda _request: None).process_view(request, None, (), {})  # type: ignore[arg-type]
    if refused is not None:
        raise PermissionDenied("The session's request token is missing or wrong.")
    return member.user, member


def caller(request: Request) -> Membership:
    """The member behind an API request. Raises PermissionDenied (403) where there is none."""
    member: object = request.auth
    if not isinstance(member, Membership):
        raise PermissionDenied
    return member


class IsMember(BasePermission):
    """Somebody with an active membership. What they may do is asked object by object through `may`."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, Membership)
