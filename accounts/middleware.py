"""Puts the member (person + organisation) on each request. Views never look at `request.user` alone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth import SESSION_KEY as PERSON_KEY
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from accounts.access import living_memberships
from accounts.models import Membership, User

SESSION_KEY = "organisation"


class MemberRequest(HttpRequest):
    """For annotations only: a request as it looks behind this middleware."""

    member: Membership | None


class CurrentMemberMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member = current_member(request)
        request.member = member  # type: ignore[attr-defined]
        if member is None:
            if request.user.is_authenticated or PERSON_KEY in request.session:
                # The person, their last membership or the one this session was for ended: so does the
                # session, and does not come back to life with them.
                logout(request)
            return self.get_response(request)
        with timezone.override(_zone(member.user.zone)), translation.override(member.user.language):
            return self.get_response(request)


def current_member(request: HttpRequest) -> Membership | None:
    """The membership chosen in this session, or the person's first active one."""
    user = request.user
    if not isinstance(user, User | SimpleLazyObject) or not user.is_authenticated:
        return None
    memberships = living_memberships(user)
    chosen = request.session.get(SESSION_KEY)
    return memberships.filter(organisation__uuid=chosen).first() if chosen else memberships.first()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return ZoneInfo("UTC")
