"""Passwords: changing one's own, and a new one for a colleague who forgot theirs.

The session carries a hash that follows from the password (`User.get_session_auth_hash`): with another
password every session opened with the old one ends at its next request. API tokens are keys of their own and
stay.
"""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import living_memberships
from accounts.models import Membership, User
from accounts.services import audit

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1, which one person reads to another and gets wrong."""
GROUPS, IN_GROUP = 4, 5


@transaction.atomic
def change_password(*, member: Membership, password: str) -> User:
    """Set the person's own password. The caller has checked the old one, and that the new one is good."""
    user = member.user
    _set(user, password, must_change=False)
    audit.record(organisation=member.organisation, by=member, action="password.changed", target=user)
    return user


@transaction.atomic
def give_new_password(*, member: Membership, by: Membership) -> str:
    """A new password for a colleague, to be shown this once; they must choose their own when they sign in.

    Raises ValidationError for oneself, for somebody who may not sign in, and for somebody who belongs to
    another organisation, too: whoever gives them a password could sign in there.
    """
    user = member.user
    if user.pk == by.user_id:
        raise ValidationError(_("Change your own password on your profile."))
    if not (member.is_active and user.is_active):
        raise ValidationError(_("%(name)s may not sign in.") % {"name": user.name})
    if living_memberships(user).exclude(organisation=by.organisation).exists():
        raise ValidationError(
            _("%(name)s belongs to another organisation, too, and must change the password themselves.")
            % {"name": user.name}
        )
    password = one_time_password()
    _set(user, password, must_change=True)
    audit.record(organisation=member.organisation, by=by, action="password.given", target=member)
    return password


def one_time_password() -> str:
    """Twenty letters and digits in groups, 99 random bits, easy to read out on the telephone."""
    groups = ("".join(secrets.choice(LETTERS) for _letter in range(IN_GROUP)) for _group in range(GROUPS))
    return "-".join(groups)


def _set(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
