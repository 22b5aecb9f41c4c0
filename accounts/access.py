"""Who may do what. Every room asks `may`; every room's own `access.py` holds its querysets and loaders.

A role gives actions; an object can only narrow them. Other organisations' objects are not forbidden but
absent: loaders answer 404 for them, so that nobody learns what exists.
"""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from accounts.models import ApiToken, AuditEntry, Membership, Role, Team, TenantModel, User

Row = TypeVar("Row", bound=TenantModel)

VIEW = "view"
COMMENT = "comment"
REQUEST = "request"  # open a negotiation and upload its first draft
EDIT = "edit"  # decide findings, edit the draft, upload versions, send turns
APPROVE = "approve"
SIGN = "sign"  # start and void signing
OPERATE = "operate"  # obligations: owners, evidence, dates
WRITE_PLAYBOOKS = "write_playbooks"
ANALYSE = "analyse"  # look over all contracts at once: history, trials of playbooks, bulk reviews
MANAGE = "manage"  # people, teams, settings
AUDIT = "audit"

ACTIONS = (VIEW, COMMENT, REQUEST, EDIT, APPROVE, SIGN, OPERATE, WRITE_PLAYBOOKS, ANALYSE, MANAGE, AUDIT)

ROLE_ACTIONS: dict[str, frozenset[str]] = {
    Role.ADMIN: frozenset(ACTIONS) - {APPROVE},
    Role.LEGAL: frozenset({VIEW, COMMENT, REQUEST, EDIT, SIGN, OPERATE, WRITE_PLAYBOOKS, ANALYSE}),
    Role.BUSINESS: frozenset({VIEW, COMMENT, REQUEST}),
    Role.APPROVER: frozenset({VIEW, COMMENT, APPROVE}),
    Role.OPERATIONS: frozenset({VIEW, COMMENT, OPERATE, ANALYSE}),
    Role.AUDITOR: frozenset({VIEW, AUDIT}),
    Role.READ_ONLY: frozenset({VIEW}),
}


def may(member: Membership | None, action: str, target: Model | None = None) -> bool:
    """May this member do `action`, here in general or to `target`?

    Raises ValueError for an action nobody has heard of: a typing slip must not read as «no».
    """
    if action not in ACTIONS:
        raise ValueError(f"{action!r} is no action")
    if member is None or not member.is_active or not member.user.is_active:
        return False
    owner = getattr(target, "organisation_id", member.organisation_id)
    if owner != member.organisation_id:
        return False
    return any(action in ROLE_ACTIONS.get(role, frozenset()) for role in member.roles)


def require(member: Membership | None, action: str, target: Model | None = None) -> Membership:
    """The member, if they may; otherwise PermissionDenied (403)."""
    if member is None or not may(member, action, target):
        raise PermissionDenied
    return member


def load(visible: QuerySet[Row], member: Membership | None, action: str, **lookup: Any) -> Row:
    """One row out of what the member can see: 404 if it is not among them, 403 if the role is too small."""
    try:
        row = visible.get(**lookup)
    except visible.model.DoesNotExist as error:
        raise Http404 from error
    require(member, action, row)
    return row


def living_memberships(user: User) -> QuerySet[Membership]:
    """The places a person may act from, the oldest first."""
    rows = Membership.objects.filter(user=user, is_active=True, organisation__archived_at=None)
    return rows.select_related("organisation", "user").order_by("pk")


def members_visible_to(member: Membership) -> QuerySet[Membership]:
    """The colleagues, those who left too."""
    return Membership.objects.filter(organisation=member.organisation).select_related("user", "organisation")


def teams_visible_to(member: Membership) -> QuerySet[Team]:
    """The teams in use."""
    return Team.objects.filter(organisation=member.organisation)


def tokens_visible_to(member: Membership) -> QuerySet[ApiToken]:
    """Only one's own."""
    return ApiToken.objects.filter(member=member)


def audit_visible_to(member: Membership) -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.filter(organisation=member.organisation)
    return entries if may(member, AUDIT) else entries.none()


class MemberRights:
    """`member_rights.edit` in templates: the same answers as `may`, by attribute."""

    def __init__(self, member: Membership | None) -> None:
        self._member = member

    def __getitem__(self, action: str) -> bool:
        return may(self._member, action)
