"""The page of people and teams as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts import team_codes
from accounts.access import members_visible_to, teams_visible_to
from accounts.forms import ChangePersonForm, ChangeTeamForm, NewTeamForm, PersonForm
from accounts.models import Membership, Role, Team
from accounts.team_codes import NamedCode

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class TeamRow:
    """One team: who is in it, what counts on it, and what it lacks in one sentence (empty: nothing)."""

    team: Team
    members: list[str]
    where: str
    lack: str
    form: ChangeTeamForm


def people_and_teams(member: Membership) -> dict[str, Any]:
    """The context of `accounts/people.html`, with empty forms for a new person and a new team."""
    colleagues = list(members_visible_to(member).prefetch_related("teams").order_by("user__name", "pk"))
    named = {one.code: one for one in team_codes.named_in(member.organisation)}
    teams = list(
        teams_visible_to(member)
        .prefetch_related("members__user", "members__organisation")
        .order_by("name", "pk")
    )
    choices = choices_of(one for one in colleagues if one.is_active)
    there = {team.code for team in teams}
    return {
        "form": PersonForm(),
        "team_form": NewTeamForm(auto_id="id_team_%s"),
        "rows": [{"member": one, "form": _person_form(one)} for one in colleagues],
        # What lacks people stands first; the sort keeps the order of names otherwise.
        "teams": sorted(
            (_team_row(team, named.get(team.code), choices) for team in teams), key=lambda row: not row.lack
        ),
        "missing": [one for code, one in named.items() if code not in there],
    }


def choices_of(colleagues: Iterable[Membership]) -> Choices:
    """Colleagues as a form offers them: by public id, with name and job."""
    return [
        (str(one.uuid), f"{one.user.name}, {one.title}" if one.title else one.user.name) for one in colleagues
    ]


def _person_form(member: Membership) -> ChangePersonForm:
    return ChangePersonForm(
        initial={"roles": member.roles, "is_active": member.is_active, "version": member.version},
        auto_id=f"id_{member.uuid}_%s",
    )


def _team_row(team: Team, named: NamedCode | None, choices: Choices) -> TeamRow:
    inside = sorted((one for one in team.members.all() if one.is_active), key=lambda one: one.user.name)
    form = ChangeTeamForm(
        colleagues=choices,
        initial={"name": team.name, "members": [str(one.uuid) for one in inside], "version": team.version},
        auto_id=f"id_{team.uuid}_%s",
    )
    where = " · ".join(named.where) if named else ""
    return TeamRow(team, [one.user.name for one in inside], where, _lack(inside, named), form)


def _lack(inside: list[Membership], named: NamedCode | None) -> str:
    """What a playbook that names this team would miss."""
    if named is None:
        return ""
    if named.approves and not any(one.has_role(Role.APPROVER) for one in inside):
        return (
            _("Nobody in it is an approver: any approver decides in its place.")
            if inside
            else _("Nobody is in it: any approver decides in its place.")
        )
    return "" if inside else _("Nobody is in it: its obligations have no owner.")
