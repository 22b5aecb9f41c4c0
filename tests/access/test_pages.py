"""What every page carries, and what no page may carry."""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.access.table import EVERYBODY, PERSONS, ROUTES, Answer, expected
from tests.access.world import DEAL, ELSEWHERE, INSIDE, OTHER, World

pytestmark = pytest.mark.django_db
STRANGERS_TO_THE_DEAL = ("business_elsewhere", "other_admin")


def body_of(response: HttpResponse) -> str:
    data = b"".join(response.streaming_content) if response.streaming else response.content
    return data.decode("utf-8", errors="replace")


def pages_of(world: World, person: str, objects: dict[str, str] | None = None):
    """Everything this person can fetch: (route, answer, text)."""
    for name, route in ROUTES.items():
        if "GET" in route.methods and expected(route, "GET", person) == Answer.REACHED:
            with transaction.atomic():
                response = world.ask(person, "GET", world.address(name, person, objects))
                text = body_of(response)
                transaction.set_rollback(True)
            yield name, response, text


@pytest.mark.parametrize("person", ["admin", "approver", "guest", "anonymous"])
def test_every_answer_keeps_the_headers(world: World, person: str):
    seen = 0
    for name, response, _text in pages_of(world, person):
        headers = response.headers
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert "no-store" in headers["Cache-Control"], name
        assert headers["Referrer-Policy"] in ("same-origin", "no-referrer"), name
        assert headers["X-Frame-Options"] == "DENY", name
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert "default-src 'none'" in policy, name
        if ROUTES[name].door == "link":
            assert headers["Referrer-Policy"] == "no-referrer", name
        seen += response.status_code == 200
    assert seen >= {"admin": 30, "approver": 20, "guest": 3, "anonymous": 3}[person]


@pytest.mark.parametrize("person", ["admin", "guest"])
def test_no_page_carries_code_or_style_in_its_text(world: World, person: str):
    """The policy would block it; a page that needs it would be broken."""
    for name, response, text in pages_of(world, person):
        if response.headers["Content-Type"].startswith("text/html"):
            assert not re.search(
                r"<script(?![^>]*\bsrc=)[^>]*>", text.replace('type="application/json"', "src=")
            ), name
            assert not re.search(r"<[^>]+\s(?:on[a-z]+|style)=", text), name
            assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text), name


@pytest.mark.parametrize("person", [who for who in PERSONS if who != "other_admin"])
def test_nothing_of_the_other_organisation_shows(world: World, person: str):
    for name, _response, text in pages_of(world, person):
        assert OTHER not in text, name


def test_the_canaries_of_the_other_organisation_sing_at_home(world: World):
    """The test above would pass on empty pages, too."""
    singing = {name for name, _answer, text in pages_of_their_own(world) if OTHER in text}
    assert {
        "accounts:people",
        "accounts:profile",
        "accounts:settings",
        "negotiation:list",
        "negotiation:detail",
        "negotiation:contract",
        "approvals:queue",
        "approvals:detail",
        "signing:detail",
        "obligations:home",
        "obligations:detail",
        "obligations:export",
        "playbooks:list",
        "playbooks:detail",
        "api:approval-list",
        "api:obligation-detail",
    } <= singing


def pages_of_their_own(world: World):
    for name, route in ROUTES.items():
        if "GET" in route.methods and route.door in ("page", "api"):
            with transaction.atomic():
                response = world.ask("other_admin", "GET", world.address(name, "other_admin", world.theirs))
                text = body_of(response)
                transaction.set_rollback(True)
            yield name, response, text


def test_nothing_of_ours_shows_to_the_other_organisation(world: World):
    for name, _response, text in pages_of_their_own(world):
        assert DEAL not in text, name
        assert INSIDE not in text, name
        assert ELSEWHERE not in text, name


def test_nothing_of_the_deal_shows_to_a_business_person_who_is_not_on_its_team(world: World):
    for name, _response, text in pages_of(world, "business_elsewhere"):
        assert DEAL not in text, name
        assert INSIDE not in text, name


@pytest.mark.parametrize("person", ["guest", "guest_elsewhere", "feed"])
def test_what_is_internal_never_reaches_a_guest(world: World, person: str):
    seen = 0
    for name, _response, text in pages_of(world, person):
        assert INSIDE not in text, name
        seen += ROUTES[name].methods["GET"] != EVERYBODY
    assert seen


def test_a_link_shows_its_own_deal_and_no_other(world: World):
    ours = " ".join(text for _name, _answer, text in pages_of(world, "guest"))
    elsewhere = " ".join(text for _name, _answer, text in pages_of(world, "guest_elsewhere"))
    assert DEAL in ours
    assert ELSEWHERE not in ours
    assert ELSEWHERE in elsewhere
    assert DEAL not in elsewhere
