"""Teams: the people behind the codes that playbooks and the approval matrix name."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import team_codes
from accounts.checks import checked_name
from accounts.models import Membership, Organisation, Team
from accounts.services import audit

CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")


@transaction.atomic
def set_team(
    *,
    organisation: Organisation,
    code: str,
    name: str,
    members: Iterable[Membership],
    by: Membership | None,
) -> Team:
    """Create the team, or replace name and members of the one with this code; an archived one comes back."""
    team, _created = Team.with_archived.update_or_create(
        organisation=organisation, code=code, defaults={"name": name, "archived_at": None}
    )
    _put(team, members)
    _recorded(team, "team.set", by)
    return team


@transaction.atomic
def create_team(
    *,
    organisation: Organisation,
    code: str,
    name: str,
    members: Iterable[Membership] = (),
    by: Membership | None,
) -> Team:
    """A new team; one that was archived under this code comes back.

    Raises ValidationError for a code that no playbook could write, or that a living team has.
    """
    code = code.strip().lower()
    if not CODE.fullmatch(code):
        raise ValidationError(
            {"code": _("A code has small letters, digits and underscores, for example general_counsel.")}
        )
    if Team.objects.filter(organisation=organisation, code=code).exists():
        raise ValidationError({"code": _("There already is a team with the code %(code)s.") % {"code": code}})
    return set_team(
        organisation=organisation,
        code=code,
        name=checked_name(name, longest=120),
        members=members,
        by=by,
    )


@transaction.atomic
def change_team(*, team: Team, name: str, members: Iterable[Membership], seen: int, by: Membership) -> Team:
    """Another name, other members. Colleagues who may not sign in at present keep their place.

    Raises ValidationError where the team would be empty while something waits for it, Conflict if somebody
    else changed it first.
    """
    chosen = [*members, *team.members.filter(is_active=False)]
    if not any(one.is_active for one in chosen):
        _refuse_if_needed(team)
    team.change(seen=seen, name=checked_name(name, longest=120))
    _put(team, chosen)
    _recorded(team, "team.changed", by)
    return team


@transaction.atomic
def archive_team(*, team: Team, seen: int, by: Membership) -> None:
    """Take the team out of use; its code may be given again.

    Raises ValidationError while something waits for it, Conflict if somebody else changed it first.
    """
    _refuse_if_needed(team)
    team.change(seen=seen, archived_at=timezone.now())
    _recorded(team, "team.archived", by)


def _refuse_if_needed(team: Team) -> None:
    needs = team_codes.needs_of(team)
    if needs:
        raise ValidationError(
            _("“%(team)s” is still needed: %(needs)s.") % {"team": team.name, "needs": ", ".join(needs)}
        )


def _put(team: Team, members: Iterable[Membership]) -> None:
    chosen = {member.pk: member for member in members}
    if any(member.organisation_id != team.organisation_id for member in chosen.values()):
        raise ValidationError(_("Only colleagues belong to a team."))
    team.members.set(chosen.values())


def _recorded(team: Team, action: str, by: Membership | None) -> None:
    members: list[Any] = sorted(str(uuid) for uuid in team.members.values_list("uuid", flat=True))
    audit.record(
        organisation=team.organisation,
        by=by,
        action=action,
        target=team,
        payload={"code": team.code, "members": members},
    )
