"""What the shell around every page needs: who is here and where they may go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.access import ANALYSE, AUDIT, MANAGE, VIEW, MemberRights, may
from accounts.models import Membership
from config.figures import work_of


@dataclass(frozen=True)
class NavItem:
    """One entry of the left rail."""

    code: str
    label: str
    url: str
    icon: str
    active: bool
    badge: int = 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """`member`, `rights` (by action), `nav`, `unread` and `at_hand` for `base.html`; `has_language_model` for
    pages on which one may be asked.

    What costs a query is asked for by the template alone: parts of pages and redirects show no frame.
    """
    member: Membership | None = getattr(request, "member", None)
    work = work_of(request)
    return {
        "member": member,
        "rights": MemberRights(member),
        "nav": SimpleLazyObject(lambda: navigation(request, member)),
        "unread": SimpleLazyObject(lambda: work.figures.unread),
        "at_hand": SimpleLazyObject(lambda: work.deals),
        "has_language_model": bool(settings.PARLEY_LANGUAGE_MODEL),
    }


def navigation(request: HttpRequest, member: Membership | None) -> list[NavItem]:
    """The rail's items, with the one that holds the current page marked."""
    if member is None:
        return []
    here = (
        (request.resolver_match.namespace or request.resolver_match.url_name)
        if request.resolver_match
        else ""
    )
    figures = work_of(request).figures
    badges = {"approvals": figures.approvals, "obligations": figures.overdue}
    rows = [
        ("home", _("My work"), "home", "inbox", VIEW),
        ("negotiation", _("Negotiations"), "negotiation:list", "handshake", VIEW),
        ("approvals", _("Approvals"), "approvals:queue", "stamp", VIEW),
        ("obligations", _("Obligations"), "obligations:home", "calendar-check", VIEW),
        ("playbooks", _("Playbooks"), "playbooks:list", "book-open", VIEW),
        ("analytics", _("Insights"), "analytics:list", "chart-column", ANALYSE),
        ("audit", _("Record"), "accounts:audit", "scroll-text", AUDIT),
        ("settings", _("Settings"), "accounts:settings", "settings", MANAGE),
    ]
    return [
        NavItem(
            code,
            label,
            reverse(url),
            icon,
            active=here == code,
            badge=badges.get(code, 0),
        )
        for code, label, url, icon, action in rows
        if may(member, action)
    ]
