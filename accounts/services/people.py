"""Organisations, members, settings, tokens: the changes an administrator makes."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.checks import checked_currency, checked_email, checked_name, checked_zone
from accounts.models import ApiToken, Membership, Organisation, Role, User
from accounts.services import audit
from accounts.services.teams import set_team as set_team  # builders of whole organisations take both here


@transaction.atomic
def create_organisation(*, name: str, zone: str = "Europe/Berlin", currency: str = "EUR") -> Organisation:
    """A new tenant. Raises ValidationError for a name, zone or currency that no page could work with."""
    organisation = Organisation.objects.create(
        name=checked_name(name, longest=200), zone=checked_zone(zone), currency=checked_currency(currency)
    )
    audit.record(organisation=organisation, by=None, action="organisation.created", target=organisation)
    return organisation


@transaction.atomic
def add_member(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    roles: Iterable[str],
    title: str = "",
    password: str | None = None,
    must_change_password: bool = False,
    by: Membership | None,
) -> Membership:
    """Make the person (if new) and their membership.

    Raises ValidationError for an unknown role, an address that is none, and somebody who is here already.
    """
    roles, email = _checked(roles), checked_email(email)
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(
            email,
            password,
            name=checked_name(name, longest=120),
            zone=organisation.zone,
            language=organisation.language,
            must_change_password=must_change_password,
        )
    if Membership.objects.filter(organisation=organisation, user=user).exists():
        raise ValidationError(_("%(email)s already belongs to this organisation.") % {"email": email})
    member = Membership.objects.create(organisation=organisation, user=user, roles=roles, title=title)
    audit.record(
        organisation=organisation,
        by=by,
        action="member.added",
        target=member,
        payload={"roles": roles},
        personal={"name": user.name, "email": user.email},
    )
    return member


@transaction.atomic
def change_member(
    *, member: Membership, roles: Iterable[str], is_active: bool, seen: int, by: Membership
) -> Membership:
    """Change roles or (de)activate. An administrator cannot lock out the last administrator."""
    roles = _checked(roles)
    stays_admin = is_active and Role.ADMIN in roles
    if member.has_role(Role.ADMIN) and not stays_admin and not _other_admins(member):
        raise ValidationError(_("The organisation needs at least one active administrator."))
    member.change(seen=seen, roles=roles, is_active=is_active)
    audit.record(
        organisation=member.organisation,
        by=by,
        action="member.changed",
        target=member,
        payload={"roles": roles, "is_active": is_active},
    )
    return member


def _checked(roles: Iterable[str]) -> list[str]:
    chosen = sorted(set(roles))
    unknown = [role for role in chosen if role not in Role.values]
    if unknown or not chosen:
        raise ValidationError(_("Choose at least one of the roles offered."))
    return chosen


def _other_admins(member: Membership) -> bool:
    others = Membership.objects.filter(organisation=member.organisation, is_active=True).exclude(pk=member.pk)
    return any(other.has_role(Role.ADMIN) for other in others)


def hash_token(text: str) -> str:
    """SHA-256: enough for tokens of 256 random bits, which cannot be guessed from their hash."""
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def create_token(
    *,
    member: Membership,
    name: str,
    is_read_only: bool,
    expires_at: datetime | None = None,
    by: Membership,
) -> tuple[ApiToken, str]:
    """A new API token and its text, which is shown this once."""
    text = "parley_" + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        organisation=member.organisation,
        member=member,
        name=name,
        token_hash=hash_token(text),
        is_read_only=is_read_only,
        expires_at=expires_at,
    )
    audit.record(
        organisation=member.organisation,
        by=by,
        action="token.created",
        target=token,
        payload={"is_read_only": is_read_only},
    )
    return token, text


@transaction.atomic
def change_settings(*, organisation: Organisation, seen: int, by: Membership, **fields: Any) -> Organisation:
    """Change the organisation's settings. Raises Conflict if somebody else did first."""
    organisation.change(seen=seen, **fields)
    audit.record(
        organisation=organisation,
        by=by,
        action="settings.changed",
        target=organisation,
        payload={name: str(value) for name, value in fields.items()},
    )
    return organisation


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Membership) -> None:
    """Make the token useless at once. Revoking twice does nothing more."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        audit.record(organisation=token.organisation, by=by, action="token.revoked", target=token)
