"""The frame of every page: what waits stands at its place in the rail, and deals are at hand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.services.notifications import notify
from approvals.models import ApprovalRequest
from negotiation.services import deals
from obligations.pages import today_of
from tests.builders import four_people
from tests.deals import Table, asked, obligation, table

pytestmark = pytest.mark.django_db
PAGES = (
    "home",
    "negotiation:list",
    "approvals:queue",
    "obligations:home",
    "playbooks:list",
    "accounts:profile",
)


@pytest.fixture
def at() -> Table:
    return table(four_people())


def shown(client, who, page: str = "accounts:profile"):
    client.force_login(who.user)
    return client.get(reverse(page))


def badges(response) -> dict[str, int]:
    return {item.code: item.badge for item in response.context["nav"] if item.badge}


@pytest.mark.parametrize("page", PAGES)
def test_what_waits_for_a_person_stands_in_the_rail_of_every_page(client, at, page):
    asked(at)
    on = today_of(at.dara)
    obligation(at, owner=at.dara, due_on=on - timedelta(days=1))
    obligation(at, owner=at.dara, due_on=on)
    obligation(at, owner=at.carla, due_on=on - timedelta(days=1), title="Hers")
    assert badges(shown(client, at.ines, page)) == {"approvals": 1}
    assert badges(shown(client, at.dara, page)) == {"obligations": 1}
    assert badges(shown(client, at.people.charlie, page)) == {}
    assert 'visually-hidden"> waiting' in shown(client, at.ines, page).content.decode()


def test_a_decided_request_waits_for_nobody(client, at):
    asked(at)
    ApprovalRequest.objects.update(state="withdrawn")
    assert badges(shown(client, at.ines)) == {}


def test_what_one_was_told_is_counted_until_it_is_read(client, at):
    before = shown(client, at.people.bob).context["unread"]
    notify(members=[at.people.bob], kind="turn.sent", url="/", by="Dana", what="Mutual NDA")
    assert shown(client, at.people.bob).context["unread"] == before + 1
    client.post(reverse("accounts:read_notifications"))
    assert shown(client, at.people.bob).context["unread"] == 0


@pytest.mark.parametrize("page", PAGES)
def test_deals_are_at_hand_on_every_page_those_worked_on_first(client, at, page):
    deals.open_negotiation(title="Lease", counterparty_name="Quay", by=at.people.alice)
    assert [deal.title for deal in shown(client, at.people.alice, page).context["at_hand"]] == [
        "Lease",
        at.negotiation.title,
    ]
    deals.open_negotiation(title="Newest", counterparty_name="Quay", by=at.carla)
    assert [
        (deal.title, deal.worked_on) for deal in shown(client, at.people.alice, page).context["at_hand"]
    ] == [
        ("Lease", True),
        (at.negotiation.title, True),
        ("Newest", False),
    ]
    body = shown(client, at.people.bob, page).content.decode()
    assert 'id="palette-recent-3"' in body


def test_nothing_of_ours_is_at_hand_elsewhere(client, at):
    asked(at)
    response = shown(client, at.people.charlie)
    assert list(response.context["at_hand"]) == []
    assert at.negotiation.title not in response.content.decode()


def test_the_frame_costs_two_queries_and_a_redirect_none(client, at):
    client.force_login(at.people.alice.user)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("accounts:password"))
    assert len(queries) <= 3 + 2  # session, person, membership; figures, deals
    with CaptureQueriesContext(connection) as queries:
        client.post(reverse("accounts:read_notifications"))
    assert len(queries) == 3 + 1


def test_nobody_signed_in_costs_no_query(client):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("accounts:sign_in")).status_code == 200
        assert client.get("/nothing/").status_code == 404
    assert len(queries) == 0


def test_the_rail_marks_the_page_one_is_on_and_nothing_elsewhere(client, at):
    for page, marked in (
        ("home", ["home"]),
        ("approvals:queue", ["approvals"]),
        ("search", []),
        ("api_docs", []),
    ):
        nav = shown(client, at.people.alice, page).context["nav"]
        assert [item.code for item in nav if item.active] == marked
