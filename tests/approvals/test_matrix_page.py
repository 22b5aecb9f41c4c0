"""The matrix page: everybody reads it, legal and administrators keep it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from approvals.models import MatrixRow
from approvals.services import matrix
from tests.builders import four_people
from tests.deals import Table, table

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
