"""Programs get every error in one form, also where no view was reached."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/api/v1/nothing/", "/api/v1/negotiations/not-an-id/versions/", "/api/v2/", "/api/nothing"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_address_of_the_api_is_a_problem_in_json(client: Client, address: str, method: str):
    answer = client.generic(method, address)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "Nothing is at this address.",
    }


def test_an_address_that_cannot_be_read_is_one_too(client: Client):
    answer = client.get("/api/v1/approvals/?cursor=%00")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_people_get_the_page(client: Client):
    answer = client.get("/nothing/")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
