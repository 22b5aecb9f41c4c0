"""Search: every deal and contract one may see, by title and by the other side's name."""

import pytest
from django.urls import reverse

from negotiation.services import deals
from tests.access.table import ROUTES
from tests.builders import four_people
from tests.deals import Table, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Table:
    return table(four_people())


def found(client, who, query: str, **more: str):
    client.force_login(who.user)
    return client.get(reverse("search"), {"q": query, **more}).context["found"]


def opened(at: Table, title: str, other: str):
    return deals.open_negotiation(title=title, counterparty_name=other, by=at.people.alice)


def test_it_finds_a_deal_by_title_and_by_the_other_side(client, at):
    deal = opened(at, "Lease of the hall", "Quay Estates")
    for query in ("lease", "HALL", "quay", "quay lease"):
        assert [hit.url for hit in found(client, at.people.alice, query).hits] == [deal.get_absolute_url()]
    assert found(client, at.people.alice, "quay nothing").hits == ()


def test_it_finds_a_contract_by_its_title_and_by_the_other_side(client, at):
    hits = found(client, at.people.alice, at.contract.title).hits
    assert at.contract.get_absolute_url() in [hit.url for hit in hits]
    name = at.negotiation.their_side().name
    assert {hit.kind for hit in found(client, at.people.alice, name).hits} == {"negotiation", "contract"}


def test_our_own_name_is_no_search_for_every_deal(client, at):
    assert found(client, at.people.alice, at.people.ours.name).hits == ()


def test_it_says_how_many_more_there_are_and_shows_all(client, at):
    for number in range(12):
        opened(at, f"Harbour deal {number}", "Harbour")
    some = found(client, at.people.alice, "harbour deal")
    assert (len(some.hits), some.more) == (8, 4)
    client.force_login(at.people.alice.user)
    assert (
        "4 more: show all"
        in client.get(
            reverse("search"), {"q": "harbour deal"}, headers={"X-Part": "palette"}
        ).content.decode()
    )
    everything = client.get(some.all_url).context["found"]
    assert (len(everything.hits), everything.more) == (12, 0)


def test_what_one_may_not_see_is_not_found_and_not_counted(client, at):
    result = found(client, at.people.charlie, at.negotiation.title)
    assert (result.hits, result.more) == ((), 0)
    assert "search" in ROUTES


def test_the_number_of_queries_does_not_grow_with_the_deals(client, at, django_assert_max_num_queries):
    for number in range(12):
        opened(at, f"Harbour deal {number}", "Harbour")
    client.force_login(at.people.alice.user)
    with django_assert_max_num_queries(12):
        client.get(reverse("search"), {"q": "harbour"}, headers={"X-Part": "palette"})
