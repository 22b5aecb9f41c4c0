"""Who can sign in: people with a password and a place in at least one organisation."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.access import living_memberships
from accounts.models import User


class MemberBackend(ModelBackend):
    """Refuses a person without an active membership exactly as it refuses a wrong password: after the same
    work, in the same words, and counted by the lock-out."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if not isinstance(user, User) or not living_memberships(user).exists():
            return None
        return user
