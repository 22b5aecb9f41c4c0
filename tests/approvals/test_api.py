"""Approvals over the API: who sees what, deciding once, and one answer per idempotency key."""

import pytest
from django.test import Client

from accounts.models import ApiRequest, Membership
from accounts.services import people
from approvals.models import ApprovalDecision, RequestState
from approvals.notes import why_asked
from tests.builders import four_people
from tests.deals import Table, asked, finding, rules_of, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Table:
    return table(four_people())


def bearer(member: Membership, *, is_read_only: bool = False) -> dict[str, str]:
    _token, text = people.create_token(member=member, name="test", is_read_only=is_read_only, by=member)
    return {"Authorization": f"Bearer {text}"}


def decide(row, headers, key: str = "", **data: object):
    headers = headers | ({"Idempotency-Key": key} if key else {})
    body = {"outcome": "approved", "version": 1} | data
    url = f"/api/v1/approvals/{row.uuid}/decide/"
    return Client(headers=headers).post(url, body, content_type="application/json")


def test_it_lists_what_the_caller_sees_in_pages(at):
    codes = [issue.code for issue in rules_of(at.contract).issues][:3]
    for code in codes:
        asked(at, found=finding(at, issue=code), rung_index=0)
    client = Client(headers=bearer(at.people.bob))
    first = client.get("/api/v1/approvals/", {"page_size": 2}).json()
    second = client.get(first["next"]).json()
    found = [row["issue"] for row in first["results"] + second["results"]]
    assert found == codes[::-1]
    assert second["next"] is None


@pytest.mark.parametrize(("state", "number"), [("open", 1), ("approved", 0), ("nonsense", 1)])
def test_it_filters_by_state(at, state, number):
    asked(at)
    rows = Client(headers=bearer(at.ines)).get("/api/v1/approvals/", {"state": state}).json()["results"]
    assert len(rows) == number


def test_one_request_carries_the_clause_and_who_must_decide(at):
    row = asked(at)
    data = Client(headers=bearer(at.people.bob)).get(f"/api/v1/approvals/{row.uuid}/").json()
    assert data["after"] == row.after
    assert data["steps"] == [
        {
            "who": "Legal leads",
            "why": why_asked(row.steps.get()),
            "state": "waiting",
            "decided_by": "",
            "condition": "",
            "comment": "",
        }
    ]


def test_without_a_token_it_is_401_as_problem_details(at):
    response = Client().get("/api/v1/approvals/")
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 401


def test_another_organisation_gets_404(at):
    row = asked(at)
    headers = bearer(at.people.charlie)
    assert Client(headers=headers).get(f"/api/v1/approvals/{row.uuid}/").status_code == 404
    assert decide(row, headers).status_code == 404
    assert Client(headers=headers).get("/api/v1/approvals/").json()["results"] == []


def test_roles_and_reading_tokens_hold(at):
    row = asked(at)
    assert decide(row, bearer(at.people.bob)).status_code == 403
    assert decide(row, bearer(at.carla)).status_code == 403
    assert decide(row, bearer(at.ines, is_read_only=True)).status_code == 403
    row.refresh_from_db()
    assert row.state == RequestState.OPEN


def test_deciding_answers_with_the_request_as_it_now_stands(at):
    row = asked(at)
    response = decide(row, bearer(at.ines), comment="fine")
    assert response.status_code == 200
    assert response.json()["state"] == "approved"
    assert response.json()["steps"][0]["decided_by"] == "Ines"


def test_the_second_decider_gets_409_with_who_was_first(at):
    row = asked(at)
    decide(row, bearer(at.ines))
    response = decide(row, bearer(at.ines), outcome="rejected", comment="no")
    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    assert "Ines already decided: approved" in response.json()["detail"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"outcome": "rejected"}, "Say why you reject it"),
        ({"outcome": "conditional"}, "Write the condition"),
        ({"outcome": "sing"}, "not a valid choice"),
        ({"version": "x"}, "valid integer"),
    ],
)
def test_what_is_missing_is_a_400_in_words(at, data, words):
    response = decide(asked(at), bearer(at.ines), **data)
    assert response.status_code == 400
    assert words in response.content.decode()


def test_the_same_key_and_request_get_the_same_answer_and_one_effect(at):
    row = asked(at)
    headers = bearer(at.ines)
    first = decide(row, headers, key="k-1")
    second = decide(row, headers, key="k-1")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert second["Idempotent-Replayed"] == "true"
    assert ApprovalDecision.objects.count() == 1


def test_the_same_key_with_another_request_is_422(at):
    row = asked(at)
    headers = bearer(at.ines)
    decide(row, headers, key="k-1")
    response = decide(row, headers, key="k-1", comment="something else")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"


def test_a_failed_request_may_be_sent_again_with_its_key(at):
    row = asked(at)
    headers = bearer(at.ines)
    assert decide(row, headers, key="k-1", outcome="rejected").status_code == 400
    assert not ApiRequest.objects.exists()
    assert decide(row, headers, key="k-1", outcome="rejected", comment="no").status_code == 200


def test_keys_of_two_people_do_not_meet(at):
    row = asked(at)
    decide(row, bearer(at.ines), key="k-1")
    other = decide(row, bearer(at.carla), key="k-1")
    assert other.status_code in (403, 409)


def test_an_overlong_key_is_refused(at):
    assert decide(asked(at), bearer(at.ines), key="k" * 201).status_code == 400


def test_a_session_without_its_request_token_may_not_post(at):
    row = asked(at)
    client = Client(enforce_csrf_checks=True)
    client.force_login(at.ines.user)
    response = client.post(f"/api/v1/approvals/{row.uuid}/decide/", {"outcome": "approved", "version": 1})
    assert response.status_code == 403


def test_the_schema_names_both_rooms_and_the_key(at):
    response = Client(headers=bearer(at.people.bob)).get("/api/schema/")
    body = response.content.decode()
    assert response.status_code == 200
    for said in ("/api/v1/approvals/", "/api/v1/obligations/{uuid}/fulfil/", "Idempotency-Key", "bearer"):
        assert said in body
    assert Client().get("/api/schema/").status_code == 401
