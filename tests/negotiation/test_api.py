"""Negotiations over the API: who sees what, deciding once, uploading once."""

import io

import pytest
from django.test import Client

from accounts.models import AuditEntry, Membership
from accounts.services import people
from jobs.testing import run_all
from negotiation.models import Finding, Version
from negotiation.services import deals
from tests.negotiation.deal import LINES
from tests.redline.notation import doc

pytestmark = pytest.mark.django_db


def api(member: Membership, **more: str) -> Client:
    _token, text = people.create_token(member=member, name="test", is_read_only=False, by=member)
    return Client(headers={"Authorization": f"Bearer {text}"} | more)


def decide(client: Client, finding: Finding, **data: object):
    body = {"decision": "propose", "version": finding.version} | data
    return client.post(f"/api/v1/findings/{finding.uuid}/decide/", body, content_type="application/json")


def upload(client: Client, deal, data: bytes, **headers: str):
    file = io.BytesIO(data)
    file.name = "draft.docx"
    address = f"/api/v1/contracts/{deal.contract.uuid}/versions/"
    return client.post(address, {"file": file}, headers=headers)


def test_deals_are_listed_in_pages(deal):
    deals.open_negotiation(title="Second", counterparty_name="Else", by=deal.who.alice)
    client = api(deal.who.bob)
    first = client.get("/api/v1/negotiations/", {"page_size": 1}).json()
    second = client.get(first["next"]).json()
    assert [row["title"] for row in first["results"] + second["results"]] == [
        "Second",
        "Harbour cloud trial",
    ]
    assert second["results"][0]["sides"] == [
        {"name": "Northgate Analytics", "is_ours": True},
        {"name": "Harbour Cloud", "is_ours": False},
    ]


def test_one_deal_its_package_its_versions_and_findings(deal):
    client = api(deal.who.bob)
    one = client.get(f"/api/v1/negotiations/{deal.negotiation.uuid}/").json()
    (contract,) = client.get(f"/api/v1/negotiations/{one['uuid']}/contracts/").json()["results"]
    assert contract["playbook"].endswith(" v1")
    address = f"/api/v1/contracts/{contract['uuid']}/"
    assert client.get(address).json()["title"] == "Mutual NDA"
    (version,) = client.get(address + "versions/").json()["results"]
    assert (version["state"], version["number"]) == ("ready", 1)
    assert client.get(f"/api/v1/versions/{version['uuid']}/").json()["sha256"] == version["sha256"]
    found = {row["issue"]: row for row in client.get(address + "findings/").json()["results"]}
    assert found["secrecy_term"]["status"] == "outside"
    assert found["secrecy_term"]["document_version"] == version["uuid"]
    assert client.get(address + "findings/", {"number": "7"}).json()["results"] == []
    assert client.get(address + "findings/", {"number": "²"}).status_code == 200


@pytest.mark.parametrize("kind", ["negotiations", "contracts", "versions", "findings"])
def test_outsiders_find_nothing(deal, kind):
    rows = {
        "negotiations": deal.negotiation,
        "contracts": deal.contract,
        "versions": deal.version(),
        "findings": deal.finding("secrecy_term"),
    }
    client = api(deal.who.charlie)
    assert client.get(f"/api/v1/{kind}/{rows[kind].uuid}/").status_code == 404
    assert client.get("/api/v1/negotiations/").json()["results"] == []
    assert Client().get(f"/api/v1/{kind}/{rows[kind].uuid}/").status_code == 401


def test_a_finding_is_decided_once(deal):
    client, finding = api(deal.who.alice), deal.finding("secrecy_term")
    done = decide(client, finding, decision="counter", rung="F2", reason="Enough.")
    assert done.status_code == 200
    assert (done.json()["decision"], done.json()["decided_by"]) == ("countered", "Alice")
    late = decide(client, finding, decision="concede", reason="No.")
    assert late.status_code == 409
    assert late["Content-Type"] == "application/problem+json"
    assert "Alice already offered a fallback" in late.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {"decision": "shout"},
        {"decision": "counter", "rung": "F9"},
        {"decision": "counter", "rung": "\x00"},
        {"decision": "edit", "text": ""},
        {"decision": "edit", "text": "\ud800"},
        {"decision": "concede"},
        {"decision": "reserve", "reason": "x" * 2001},
        {"version": "x"},
        {"version": None},
        {"decision": ["propose"]},
    ],
)
def test_what_cannot_be_decided_is_told_as_a_problem(deal, body):
    finding = deal.finding("secrecy_term")
    response = decide(api(deal.who.alice), finding, **body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert deal.finding("secrecy_term").decision == "open"


def test_readers_decide_and_upload_nothing(deal):
    client = api(deal.who.bob)
    assert decide(client, deal.finding("secrecy_term")).status_code == 403
    assert upload(client, deal, doc(*LINES)).status_code == 403


def test_an_upload_is_taken_read_and_not_doubled(deal):
    client, data = api(deal.who.alice), doc(*LINES, "One line more.")
    first = upload(client, deal, data, **{"Idempotency-Key": "k1"})
    again = upload(client, deal, data, **{"Idempotency-Key": "k1"})
    assert (first.status_code, first.json()["state"]) == (202, "reading")
    assert deal.contract.versions.count() == 2
    run_all()
    found = client.get(f"/api/v1/versions/{first.json()['uuid']}/").json()
    assert (found["state"], found["side"]["is_ours"]) == ("ready", False)
    assert again.json()["uuid"] == first.json()["uuid"] or again.status_code == 422


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "k2"}])
def test_a_refused_upload_is_told_and_recorded(deal, headers):
    response = upload(api(deal.who.alice), deal, b"not Word", **headers)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert Version.objects.count() == 1
    assert AuditEntry.objects.filter(action="version.refused").count() == 1


def test_an_upload_without_a_file_is_told(deal):
    address = f"/api/v1/contracts/{deal.contract.uuid}/versions/"
    assert api(deal.who.alice).post(address, {}).status_code == 400
    assert api(deal.who.alice).post(address, "{}", content_type="application/json").status_code == 415
