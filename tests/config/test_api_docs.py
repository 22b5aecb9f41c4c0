"""The API described for people: every route, from the schema, with who may use it."""

import pytest
from django.urls import reverse

from accounts.access import ROLE_ACTIONS
from accounts.models import Role
from config.api_pages import WRITES, rooms, who_may
from tests.access.table import COLLEAGUES, ROUTES, addresses
from tests.builders import four_people


def plain(address: str) -> str:
    return address.replace("<uuid:uuid>", "{uuid}").replace("<uuid>", "{uuid}")


@pytest.fixture
def routes():
    return {(route["method"], route["path"]): route for room in rooms() for route in room["routes"]}


def test_every_route_of_the_api_is_there(routes):
    known = addresses()
    expected = {
        (method, plain(known[name]))
        for name, route in ROUTES.items()
        if name.startswith("api:")
        for method in ("GET", "POST")
        if method in route.methods
    }
    assert {(method, path) for method, path in routes} == expected


def test_who_may_is_what_the_table_of_addresses_says(routes):
    known = {plain(address): name for name, address in addresses().items()}
    for (method, path), route in routes.items():
        people = ROUTES[known[path]].methods[method]
        named = {
            role for role in Role.values if str(Role(role).label) in route["who"].split(";")[0].split(", ")
        }
        if method == "GET":
            assert set(COLLEAGUES) <= people
            assert "every colleague" in route["who"]
        else:
            assert named == people & set(Role.values)


def test_a_new_route_that_writes_must_say_whom_it_asks():
    with pytest.raises(KeyError):
        who_may("/api/v1/nowhere/", "post")
    assert set(WRITES.values()) <= frozenset().union(*ROLE_ACTIONS.values())


def test_bodies_and_parameters_are_told(routes):
    decide = routes["POST", "/api/v1/findings/{uuid}/decide/"]
    fields = {field["name"]: field for field in decide["body"][0]["fields"]}
    assert fields["version"]["required"]
    assert {one["name"] for one in decide["parameters"]} == {"uuid", "Idempotency-Key"}
    assert "uuid" in routes["GET", "/api/v1/negotiations/"]["answer"]["fields"]


@pytest.mark.django_db
def test_the_page_is_our_own_and_is_linked_from_the_tokens(client):
    client.force_login(four_people().bob.user)
    page = client.get(reverse("api_docs")).content.decode()
    assert "/api/v1/obligations/{uuid}/fulfil/" in page
    assert "https://" not in page
    assert "<script" not in page[page.index('id="main"') :]
    assert reverse("api_docs") in client.get(reverse("accounts:tokens")).content.decode()
