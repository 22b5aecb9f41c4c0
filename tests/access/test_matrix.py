"""Every route × method × person. A route that is missing from the table fails here, before it is served."""

from collections import Counter

import pytest
from django.db import transaction

from tests.access import table
from tests.access.table import COLLEAGUES, METHODS, PERSONS, ROUTES, Answer, addresses, cells, expected
from tests.access.world import World, answer_of

pytestmark = pytest.mark.django_db
FEWEST_CELLS = 1_500


def empty(name: str, method: str) -> dict[str, object]:
    """A request with nothing in it, in the form the door expects."""
    if method in ("GET", "HEAD", "OPTIONS"):
        return {}
    if ROUTES[name].door == "api":
        return {"data": b"{}", "content_type": "application/json"}
    return {"data": b"", "content_type": "application/x-www-form-urlencoded"}


def test_the_table_lists_exactly_the_routes_there_are():
    found = set(addresses())
    assert found - set(ROUTES) == set(), "routes that nobody may use until the table says who"
    assert set(ROUTES) - found == set(), "rows without a route"


def test_every_group_of_the_table_has_a_name():
    groups = {group for route in ROUTES.values() for group in route.methods.values()}
    assert groups <= set(table.GROUP_NAMES)


@pytest.mark.parametrize("method", METHODS)
def test_every_cell_answers_as_the_table_says(world: World, method: str):
    wrong = []
    tried = Counter()
    for name in ROUTES:
        for person in PERSONS:
            with transaction.atomic():
                response = world.ask(person, method, world.address(name, person), **empty(name, method))
                got = answer_of(response)
                transaction.set_rollback(True)
            wanted = expected(ROUTES[name], method, person)
            tried[wanted] += 1
            if got != wanted:
                wrong.append(f"{method} {name} as {person}: {wanted} expected, {got} came")
    assert not wrong, "\n".join(wrong)
    assert set(tried) > {Answer.NO_METHOD, Answer.SIGN_IN}
    print(f"{sum(tried.values())} cells: " + ", ".join(f"{n} {answer}" for answer, n in tried.items()))


def test_there_are_enough_cells_and_every_person_gets_in_somewhere():
    every = list(cells())
    assert len(every) == len(ROUTES) * len(METHODS) * len(PERSONS) >= FEWEST_CELLS
    inside = {
        p for n, m, p in every if expected(ROUTES[n], m, p) == Answer.REACHED and ROUTES[n].door != "open"
    }
    locked_out = {
        "anonymous",
        "deactivated",
        "token_revoked",
        "guest_expired",
        "guest_voided",
        "feed_revoked",
    }
    assert inside == set(PERSONS) - locked_out


@pytest.mark.parametrize("person", ["other_admin", "business_elsewhere"])
def test_what_a_person_may_not_see_answers_as_an_id_nobody_has(world: World, person: str):
    """Not only the status: the whole page is the same, so that nobody learns what exists."""
    unknown = dict.fromkeys(world.ours, "00000000-0000-4000-8000-000000000000")
    compared = 0
    for name, route in ROUTES.items():
        for method in route.methods:
            if expected(route, method, person) != Answer.HIDDEN or route.door == "link":
                continue
            with transaction.atomic():
                theirs = world.ask(person, method, world.address(name, person), **empty(name, method))
                nobodys = world.ask(
                    person, method, world.address(name, person, unknown), **empty(name, method)
                )
                transaction.set_rollback(True)
            assert theirs.status_code == nobodys.status_code == 404, name
            assert _without_address(theirs, world.ours) == _without_address(nobodys, unknown), name
            compared += 1
    assert compared > 30


def _without_address(response: object, objects: dict[str, str]) -> str:
    text = response.content.decode()
    for one in set(objects.values()):
        text = text.replace(one, "")
    return text


def test_their_own_objects_open_for_the_administrator_of_the_other_organisation(world: World):
    """The 404 above are theirs because of who asks, not because the addresses are wrong."""
    with transaction.atomic():
        for name, route in ROUTES.items():
            if "GET" in route.methods and route.takes and route.door != "link":
                response = world.ask("other_admin", "GET", world.address(name, "other_admin", world.theirs))
                assert answer_of(response) == Answer.REACHED, name
        transaction.set_rollback(True)


def test_a_colleague_whose_membership_ended_is_signed_out_by_the_next_request(world: World):
    with transaction.atomic():
        response = world.ask("deactivated", "GET", "/")
        assert answer_of(response) == Answer.SIGN_IN
        assert world.client.get("/account/sign-in/").status_code == 200
        assert "_auth_user_id" not in world.client.session
        transaction.set_rollback(True)


def test_the_page_of_documentation_is_the_table():
    kept = table.PAGE.read_text(encoding="utf-8") if table.PAGE.exists() else ""
    assert kept == table.document(), "run: python -m tests.access.table --write"


def test_the_persons_are_those_of_the_roles(world: World):
    from accounts.access import ROLE_ACTIONS

    held = {role for person in COLLEAGUES for role in world.members[person].roles}
    assert held == set(ROLE_ACTIONS)
