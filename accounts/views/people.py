"""The administrator's page of people and teams."""

import uuid as uuids
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import pages
from accounts.access import MANAGE, load, members_visible_to, require, teams_visible_to
from accounts.forms import ChangePersonForm, ChangeTeamForm, NewTeamForm, PersonForm
from accounts.models import Membership
from accounts.services import passwords, teams
from accounts.services import people as services
from accounts.web import member_of, signed_in, version_seen


@signed_in
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), MANAGE)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_member(
                organisation=member.organisation, must_change_password=True, by=member, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s can now sign in.") % {"name": form.cleaned_data["name"]})
            return redirect("accounts:people")
    return _page(request, member, form=form)


def _page(request: HttpRequest, member: Membership, **more: Any) -> HttpResponse:
    return render(request, "accounts/people.html", pages.people_and_teams(member) | more)


@signed_in
@require_POST
def change_person(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    person = load(members_visible_to(member), member, MANAGE, uuid=uuid)
    form = ChangePersonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose at least one of the roles offered."))
        return redirect("accounts:people")
    change = partial(
        services.change_member,
        member=person,
        roles=form.cleaned_data["roles"],
        is_active=form.cleaned_data["is_active"],
        seen=form.cleaned_data["version"],
        by=member,
    )
    return _done(request, change, _("Saved."))


def _done(request: HttpRequest, change: Callable[[], object], said: str) -> HttpResponse:
    """Make the change, say so or say why not, and go back to the page."""
    try:
        change()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("accounts:people")


@signed_in
@require_POST
def give_password(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """A new password for a colleague, shown once, on the answer to the POST itself."""
    member = member_of(request)
    person = load(members_visible_to(member), member, MANAGE, uuid=uuid)
    try:
        password = passwords.give_new_password(member=person, by=member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("accounts:people")
    return _page(request, member, shown={"name": person.user.name, "password": password})


@signed_in
@require_POST
def add_team(request: HttpRequest) -> HttpResponse:
    member = require(member_of(request), MANAGE)
    form = NewTeamForm(request.POST, auto_id="id_team_%s")
    if form.is_valid():
        try:
            team = teams.create_team(organisation=member.organisation, by=member, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The team “%(team)s” is made.") % {"team": team.name})
            return redirect("accounts:people")
    return _page(request, member, team_form=form)


@signed_in
@require_POST
def change_team(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    team = load(teams_visible_to(member), member, MANAGE, uuid=uuid)
    colleagues = members_visible_to(member).filter(is_active=True)
    form = ChangeTeamForm(request.POST, colleagues=pages.choices_of(colleagues))
    if not form.is_valid():
        messages.error(
            request, _("A team has a name and colleagues of this organisation; nothing was changed.")
        )
        return redirect("accounts:people")
    change = partial(
        teams.change_team,
        team=team,
        name=form.cleaned_data["name"],
        members=colleagues.filter(uuid__in=form.cleaned_data["members"]),
        seen=form.cleaned_data["version"],
        by=member,
    )
    return _done(request, change, _("Saved."))


@signed_in
@require_POST
def archive_team(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    team = load(teams_visible_to(member), member, MANAGE, uuid=uuid)
    change = partial(teams.archive_team, team=team, seen=version_seen(request), by=member)
    return _done(request, change, _("The team “%(team)s” is archived.") % {"team": team.name})
