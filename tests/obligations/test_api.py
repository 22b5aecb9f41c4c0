"""Obligations over the API."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Membership
from accounts.services import files, people
from obligations.services import evidence
from tests.builders import four_people
from tests.deals import Table, obligation, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Table:
    return table(four_people())


def api(member: Membership, **headers: str) -> Client:
    _token, text = people.create_token(member=member, name="test", is_read_only=False, by=member)
    return Client(headers={"Authorization": f"Bearer {text}"} | headers)


def fulfil(client: Client, row, **data: object):
    body = {"evidence": "Mail of Monday", "version": row.version} | data
    return client.post(f"/api/v1/obligations/{row.uuid}/fulfil/", body, content_type="application/json")


def test_it_lists_and_shows(at):
    row = obligation(at, due_on=date(2027, 3, 1), owner=at.dara, due_rule={"kind": "every", "event": "year"})
    client = api(at.people.bob)
    found = client.get("/api/v1/obligations/", {"state": "pending"}).json()["results"]
    assert [one["uuid"] for one in found] == [str(row.uuid)]
    one = client.get(f"/api/v1/obligations/{row.uuid}/").json()
    assert (one["owner"], one["due_on"], one["due_rule"]) == (
        "Dara",
        "2027-03-01",
        "every year after signature",
    )


def test_recording_moves_a_repeating_duty_to_its_next_date(at):
    row = obligation(at, due_on=date(2027, 1, 31), owner=at.dara, repeats_months=1)
    response = fulfil(api(at.dara), row)
    assert response.status_code == 200
    assert (response.json()["due_on"], response.json()["state"]) == ("2027-02-28", "pending")


def test_old_versions_roles_and_organisations(at):
    row = obligation(at)
    assert fulfil(api(at.dara), row, version=9).status_code == 409
    assert fulfil(api(at.people.bob), row).status_code == 403
    assert fulfil(api(at.people.charlie), row).status_code == 404
    assert fulfil(api(at.dara), row, evidence=" ").status_code == 400
    row.refresh_from_db()
    assert row.fulfilments.count() == 0


def test_a_file_shows_it_too(at):
    row = obligation(at)
    url = f"/api/v1/obligations/{row.uuid}/fulfil/"
    file = SimpleUploadedFile("invoice.pdf", b"%PDF-1.7 paid")
    response = api(at.dara).post(url, {"file": file, "version": 1})
    assert response.status_code == 200, response.content
    done = row.fulfilments.get()
    assert (done.file_name, files.read_bytes(done.file)) == ("invoice.pdf", b"%PDF-1.7 paid")


def test_the_same_key_with_a_file_records_once_and_another_file_is_another_request(at):
    row = obligation(at)
    url = f"/api/v1/obligations/{row.uuid}/fulfil/"
    client = api(at.dara, **{"Idempotency-Key": "invoice"})

    def sent(data: bytes):
        return client.post(url, {"file": SimpleUploadedFile("invoice.pdf", data), "version": 1})

    assert sent(b"paid").json() == sent(b"paid").json()
    assert row.fulfilments.count() == 1
    assert sent(b"other").status_code == 422


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Say what shows it, or attach it"),
        ({"outcome": "waived"}, "Say why it no longer applies"),
        ({"file": b""}, "empty"),
        ({"file": b"x" * 65}, "too large"),
        ({"file": "words"}, "not a file"),
    ],
)
def test_what_shows_nothing_is_a_sentence(at, data, sentence, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_BYTES", 64)
    row = obligation(at)
    if isinstance(data.get("file"), bytes):
        data = data | {"file": SimpleUploadedFile("a.pdf", data["file"])}
    response = api(at.dara).post(f"/api/v1/obligations/{row.uuid}/fulfil/", {"version": 1} | data)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert row.fulfilments.count() == 0


def test_the_same_key_records_once(at):
    row = obligation(at, due_on=date(2027, 1, 31), repeats_months=1)
    client = api(at.dara, **{"Idempotency-Key": "monday"})
    assert fulfil(client, row).json() == fulfil(client, row).json()
    assert row.fulfilments.count() == 1
