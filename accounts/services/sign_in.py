"""The second brake on guessing passwords: all failures from one address together, whatever the accounts.

django-axes locks one account for one address after a few failures. Somebody who tries one password on many
accounts never meets that limit, and meets this one.
"""

from collections.abc import Mapping
from typing import Any

from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone


def account_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The account a sign-in is for, as axes counts it. All spellings that open one account are one account:
    otherwise each mixture of capitals would have five failures of its own."""
    name = (credentials or {}).get("username") or request.POST.get(settings.AXES_USERNAME_FORM_FIELD, "")
    return str(name).strip().lower()


def is_address_stopped(request: HttpRequest) -> bool:
    """Whether the address behind `request` failed so often that nobody signs in from it for now.

    Counts the failures that axes keeps, of pairs that failed within its cool-off; a success of one account
    clears only that account's failures. The limit is `PARLEY_FAILURES_PER_ADDRESS`.
    """
    cool_off = get_cool_off(request)
    if cool_off is None:
        return False
    recent = AccessAttempt.objects.filter(
        ip_address=get_client_ip_address(request), attempt_time__gt=timezone.now() - cool_off
    )
    failures = recent.aggregate(n=Sum("failures_since_start"))["n"] or 0
    return bool(failures >= settings.PARLEY_FAILURES_PER_ADDRESS)
