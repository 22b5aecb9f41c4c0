"""The matrix page: everybody reads it, legal and administrators keep it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approvals.models import MatrixRow
from approvals.services import matrix
from playbooks.models import Playbook, PlaybookVersion
from tests.builders import four_people
from tests.deals import NOON, Table, asked, finding, shipped_data, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Table:
    return table(four_people())


def page(client, who, data: dict | None = None):
    client.force_login(who.user)
    url = reverse("approvals:matrix")
    return client.get(url) if data is None else client.post(url, data)


def test_a_line_is_added_and_read_by_a_colleague(client, at):
    response = page(client, at.people.alice, {"risk": "high", "value_from": "25000", "person": at.carla.pk})
    assert response.status_code == 302
    line = MatrixRow.objects.get()
    assert (line.value_from_minor, line.currency, line.person) == (2_500_000, "EUR", at.carla)
    body = page(client, at.people.bob).content.decode()
    assert "Carla" in body
    assert "EUR 25,000" in body
    assert "Add line" not in body


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Name one team or one person who decides."),
        ({"person": "carla", "team": "legal"}, "Name one team or one person who decides."),
        ({"person": "charlie"}, "Select a valid choice"),
        ({"person": "dara"}, "Select a valid choice"),
        ({"person": "carla", "value_from": "-1"}, "greater than or equal to 0"),
        ({"person": "carla", "currency": "E1"}, "three letters"),
        ({"person": "carla", "issue": "nonsense"}, "Select a valid choice"),
        ({"person": "carla", "rung": "nonsense"}, "Select a valid choice"),
        ({"person": "carla", "rung": "F1"}, "Select a valid choice"),
        ({"person": "carla", "rung": "secrecy_term/F9"}, "Select a valid choice"),
        ({"person": "carla", "rung": "secrecy_term/F2", "issue": "non_solicit"}, "belongs to another issue"),
    ],
)
def test_a_wrong_line_is_said_on_the_page(client, at, data, sentence):
    keys = {
        "carla": at.carla.pk,
        "dara": at.dara.pk,
        "charlie": at.people.charlie.pk,
        "legal": at.ines.teams.get().pk,
    }
    response = page(client, at.people.alice, {name: keys.get(value, value) for name, value in data.items()})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not MatrixRow.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "kept", "shown"),
    [
        ({"rung": "secrecy_term/F2"}, ("secrecy_term", "F2"), "Fallback 2"),
        ({"rung": "secrecy_term/F2", "issue": "secrecy_term"}, ("secrecy_term", "F2"), "Fallback 2"),
        ({"rung": "walk_away"}, ("", "walk_away"), "below the last fallback"),
        ({"rung": "walk_away", "issue": "secrecy_term"}, ("secrecy_term", "walk_away"), "below the last"),
    ],
)
def test_a_line_can_name_a_rung(client, at, chosen, kept, shown):
    assert page(client, at.people.alice, {"person": at.carla.pk, **chosen}).status_code == 302
    line = MatrixRow.objects.get()
    assert (line.issue, line.rung) == kept
    table = page(client, at.people.bob).content.decode()  # without the form
    assert shown in table


def test_a_line_that_names_a_rung_asks_about_that_rung_alone(client, at):
    page(client, at.people.alice, {"person": at.carla.pk, "rung": "secrecy_term/F2"})
    found = finding(at, issue="secrecy_term")
    assert not asked(at, found=found, rung_index=1).steps.filter(person=at.carla)
    assert asked(at, found=found, rung_index=2).steps.filter(person=at.carla)


def test_the_page_asks_no_more_for_more_playbooks_and_lines(client, at):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get(reverse("approvals:matrix")).status_code == 200
        return len(asked_for)

    page(client, at.people.alice)  # the session's own
    matrix.add_line(by=at.people.alice, person=at.carla)
    few = queries()
    for number in range(4):
        matrix.add_line(by=at.people.alice, team=at.ines.teams.get())
        book = Playbook.objects.create(
            organisation=at.people.ours, slug=f"book-{number}", title="Another", owner=at.people.alice
        )
        for version in (1, 2):
            PlaybookVersion.objects.create(
                organisation=at.people.ours,
                playbook=book,
                number=version,
                data=shipped_data(),
                digest=f"{number}{version}",
                published_at=NOON,
            )
    assert queries() == few
    assert few <= 15


def test_readers_and_approvers_may_not_change_it(client, at):
    line = matrix.add_line(by=at.people.alice, person=at.carla)
    url = reverse("approvals:archive_line", args=[line.uuid])
    for person, status in ((at.people.bob, 403), (at.carla, 403), (at.people.charlie, 404)):
        client.force_login(person.user)
        assert client.post(url, {"version": 1}).status_code == status
        if status == 403:
            assert page(client, person, {"person": at.carla.pk}).status_code == 403
    line.refresh_from_db()
    assert line.archived_at is None


def test_an_outsiders_matrix_is_their_own(client, at):
    matrix.add_line(by=at.people.alice, person=at.carla)
    assert "Carla" not in page(client, at.people.charlie).content.decode()


def test_archiving_twice_is_harmless_and_an_old_version_a_409(client, at):
    line = matrix.add_line(by=at.people.alice, person=at.carla)
    client.force_login(at.people.alice.user)
    url = reverse("approvals:archive_line", args=[line.uuid])
    assert client.post(url, {"version": 9}).status_code == 409
    assert client.post(url, {"version": 1}).status_code == 302
    assert client.post(url, {"version": 1}).status_code == 302


def test_the_service_takes_no_approver_of_another_organisation(at):
    with pytest.raises(ValidationError):
        matrix.add_line(by=at.people.alice, person=at.people.charlie)
