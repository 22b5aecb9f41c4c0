"""Teams: made, renamed, filled and archived by the administrator, and by nobody else."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts import pages, team_codes
from accounts.models import AuditEntry, Role, Team
from accounts.models.base import Conflict
from accounts.services import people, teams
from approvals.models import MatrixRow
from playbooks.services import bringing
from tests.builders import PASSWORD, People, four_people, member
from tests.deals import asked, obligation, table

pytestmark = pytest.mark.django_db
PEOPLE = reverse("accounts:people")


@pytest.fixture
def who() -> People:
    return four_people()


@pytest.fixture
def cfo(who: People) -> Iterator[Team]:
    return teams.create_team(organisation=who.ours, code="cfo", name="Finance chief", by=who.alice)


def last_entry() -> AuditEntry:
    return AuditEntry.objects.order_by("-number").first()


def team_form(team: Team, *members: object, **more: object) -> dict[str, object]:
    return {"name": team.name, "members": [str(one.uuid) for one in members], "version": team.version} | more


def test_the_administrator_makes_a_team_on_the_page(client, who):
    client.force_login(who.alice.user)
    answer = client.post(reverse("accounts:add_team"), {"name": " Tax desk ", "code": "tax_desk"})
    assert answer.status_code == 302
    assert Team.objects.get(organisation=who.ours).name == "Tax desk"
    assert (last_entry().action, last_entry().payload["code"]) == ("team.set", "tax_desk")
    assert "Tax desk" in client.get(PEOPLE).content.decode()


@pytest.mark.parametrize("code", ["", "2nd", "Chief Officer", "läw", "a-b", "x" * 61])
def test_a_code_that_no_playbook_can_write_is_refused_and_nothing_lost(client, who, code):
    client.force_login(who.alice.user)
    answer = client.post(reverse("accounts:add_team"), {"name": "Tax desk", "code": code})
    assert answer.status_code == 200
    assert answer.context["team_form"].errors["code"]
    assert 'value="Tax desk"' in answer.content.decode()
    assert not Team.objects.exists()


def test_one_code_is_one_team(client, who, cfo):
    client.force_login(who.alice.user)
    answer = client.post(reverse("accounts:add_team"), {"name": "Another", "code": "cfo"})
    assert "already is a team with the code cfo" in answer.content.decode()
    teams.create_team(organisation=who.other, code="cfo", name="Theirs", by=who.charlie)


def test_name_and_members_change_together(client, who, cfo):
    client.force_login(who.alice.user)
    client.post(
        reverse("accounts:change_team", args=[cfo.uuid]),
        team_form(cfo, who.bob, name="Chief financial officer"),
    )
    cfo.refresh_from_db()
    assert (cfo.name, [*cfo.members.all()], cfo.version) == ("Chief financial officer", [who.bob], 2)
    assert last_entry().action == "team.changed"
    assert last_entry().payload == {"code": "cfo", "members": [str(who.bob.uuid)]}


def test_of_two_administrators_the_second_is_told(client, who, cfo):
    teams.change_team(team=cfo, name="First", members=[], seen=1, by=who.alice)
    client.force_login(who.alice.user)
    answer = client.post(reverse("accounts:change_team", args=[cfo.uuid]), team_form(cfo, version=1))
    assert answer.status_code == 409
    with pytest.raises(Conflict):
        teams.archive_team(team=cfo, seen=1, by=who.alice)


def test_strangers_do_not_get_into_a_team(client, who, cfo):
    client.force_login(who.alice.user)
    client.post(reverse("accounts:change_team", args=[cfo.uuid]), team_form(cfo, who.charlie))
    assert not cfo.members.exists()
    with pytest.raises(ValidationError, match="Only colleagues"):
        teams.change_team(team=cfo, name="X", members=[who.charlie], seen=1, by=who.alice)


def test_who_may_not_sign_in_at_present_keeps_the_place(client, who, cfo):
    teams.change_team(team=cfo, name="X", members=[who.bob], seen=1, by=who.alice)
    people.change_member(member=who.bob, roles=who.bob.roles, is_active=False, seen=1, by=who.alice)
    teams.change_team(team=cfo, name="X", members=[who.alice], seen=2, by=who.alice)
    assert {*cfo.members.all()} == {who.alice, who.bob}


def test_an_archived_team_is_gone_everywhere_and_comes_back_under_its_code(client, who, cfo):
    teams.change_team(team=cfo, name="Old", members=[who.bob], seen=1, by=who.alice)
    client.force_login(who.alice.user)
    client.post(reverse("accounts:archive_team", args=[cfo.uuid]), {"version": cfo.version})
    assert not Team.objects.exists()
    assert not who.bob.teams.exists()
    assert last_entry().action == "team.archived"
    assert client.post(reverse("accounts:change_team", args=[cfo.uuid]), team_form(cfo)).status_code == 404
    back = teams.create_team(organisation=who.ours, code="cfo", name="New", by=who.alice)
    assert (back.pk, back.name, back.members.count()) == (cfo.pk, "New", 0)


def test_a_team_that_something_waits_for_is_neither_emptied_nor_archived(client):
    at = table(four_people())
    asked(at)
    obligation(at, team=at.dara.teams.get())
    MatrixRow.objects.create(organisation=at.people.ours, risk="high", team=at.carla.teams.get())
    client.force_login(at.people.alice.user)
    for person, needed in (
        (at.ines, "one approval waits"),
        (at.dara, "one obligation"),
        (at.carla, "one line"),
    ):
        team = person.teams.get()
        for route, form in (("archive_team", {"version": 1}), ("change_team", team_form(team))):
            answer = client.post(reverse(f"accounts:{route}", args=[team.uuid]), form, follow=True)
            assert needed in answer.content.decode()
        assert [*Team.objects.get(pk=team.pk).members.all()] == [person]
        answer = client.post(
            reverse("accounts:change_team", args=[team.uuid]),
            team_form(team, person, name="Others"),
            follow=True,
        )
        assert "Saved." in answer.content.decode()


def test_the_page_names_the_codes_of_the_playbooks_that_have_no_team(client, who):
    assert pages.people_and_teams(who.alice)["missing"] == []
    bringing.install_shipped(organisation=who.ours, by=None)
    missing = {one.code: one for one in pages.people_and_teams(who.alice)["missing"]}
    assert {"general_counsel", "cfo", "privacy", "operations"} <= set(missing)
    assert missing["cfo"].approves
    assert not missing["operations"].approves
    assert missing["cfo"].where
    client.force_login(who.alice.user)
    body = client.get(PEOPLE).content.decode()
    assert "Make the team Chief financial officer" in body
    client.post(reverse("accounts:add_team"), {"name": "CFO", "code": "cfo"})
    assert "cfo" not in {one.code for one in pages.people_and_teams(who.alice)["missing"]}


@pytest.mark.parametrize(
    ("code", "roles", "lack"),
    [
        ("cfo", None, "Nobody is in it: any approver"),
        ("cfo", [Role.READ_ONLY], "Nobody in it is an approver"),
        ("cfo", [Role.APPROVER], ""),
        ("operations", None, "have no owner"),
        ("operations", [Role.READ_ONLY], ""),
        ("tax", None, ""),  # no playbook names it
    ],
)
def test_a_team_says_what_it_lacks(who, code, roles, lack):
    bringing.install_shipped(organisation=who.ours, by=None)
    inside = [] if roles is None else [member(who.ours, "eve", *roles)]
    teams.set_team(organisation=who.ours, code=code, name=code, members=inside, by=None)
    (row,) = pages.people_and_teams(who.alice)["teams"]
    assert row.lack.startswith(lack) if lack.startswith("Nobody") else lack in row.lack
    assert bool(row.lack) == bool(lack)


def test_what_lacks_people_stands_first(who):
    bringing.install_shipped(organisation=who.ours, by=None)
    for code, inside in (("business", []), ("operations", [who.bob]), ("cfo", [])):
        teams.set_team(organisation=who.ours, code=code, name=code, members=inside, by=None)
    rows = pages.people_and_teams(who.alice)["teams"]
    assert [row.team.code for row in rows] == ["business", "cfo", "operations"]


def test_codes_are_those_of_ones_own_organisation(who):
    bringing.install_shipped(organisation=who.other, by=None)
    assert team_codes.named_in(who.ours) == []
    assert team_codes.named_in(who.other)


def test_the_page_asks_the_same_number_of_questions_however_many_teams(
    client, who, django_assert_max_num_queries
):
    bringing.install_shipped(organisation=who.ours, by=None)
    for number in range(9):
        inside = [who.alice, who.bob]
        teams.set_team(organisation=who.ours, code=f"t{number}", name=f"T{number}", members=inside, by=None)
    client.force_login(who.alice.user)
    client.get(PEOPLE)
    with django_assert_max_num_queries(16):
        client.get(PEOPLE)


def test_a_new_person_chooses_another_password_than_the_one_given(client, who):
    client.force_login(who.alice.user)
    given = {"name": "Eve", "email": "eve@northgate.example", "roles": ["legal"], "password": PASSWORD}
    client.post(PEOPLE, given)
    client.logout()
    client.post(reverse("accounts:sign_in"), {"username": "eve@northgate.example", "password": PASSWORD})
    assert client.get(reverse("home")).headers["Location"] == reverse("accounts:password")
