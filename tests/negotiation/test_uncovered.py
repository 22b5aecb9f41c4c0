"""Clauses no rule covers: a person reads each before the turn leaves, and again only where words changed."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from negotiation.services import draft, turns, uncovered
from tests.negotiation.deal import LINES, arrives, bytes_of, received, send, settle_everything, they_track

pytestmark = pytest.mark.django_db

CATERING = "The Recipient shall bring lunch to every meeting that takes longer than three hours."
PARKING = "The Discloser may park two cars in the yard of the Recipient while a meeting lasts."


@pytest.fixture
def odd(db):
    """A contract with two clauses that no NDA playbook has ever heard of."""
    return received(lines=(*LINES, "# 6 Meetings", CATERING, "# 7 Parking", PARKING))


def names(deal) -> list[str]:
    return [row.quote for row in uncovered.unread(deal.version())]


def blocked(deal) -> list[str]:
    seen = draft.draft_to_be(contract=deal.contract).version
    with pytest.raises(turns.TurnBlocked) as stopped:
        turns.send_turn(contract=deal.contract, by=deal.who.alice, message="", seen=seen)
    return [one.code for one in stopped.value.obstacles]


def test_a_turn_leaves_only_when_each_was_read_by_a_person(odd, as_):
    assert CATERING in names(odd)
    assert PARKING in names(odd)
    assert "uncovered" in blocked(odd)
    client = as_(odd.who.alice)
    sending = client.get(reverse("negotiation:send", args=[odd.contract.uuid])).content.decode()
    assert "covered by no rule and not ticked" in sending
    assert CATERING in sending
    url = reverse("negotiation:read_clauses", args=[odd.contract.uuid])
    lunch = odd.version().uncovered.get(quote=CATERING)
    client.post(url, {"clause": [str(lunch.uuid), "nonsense"]})
    assert CATERING not in names(odd)
    refused = client.post(url, {"all": "1"}, follow=True)
    assert "say that you have read them" in refused.content.decode()
    assert PARKING in names(odd)
    client.post(url, {"all": "1", "knowingly": "1"})
    assert names(odd) == []
    entry = AuditEntry.objects.filter(action="version.clauses_read").latest("number")
    assert entry.payload["all_at_once"] is True
    lunch.refresh_from_db()
    assert lunch.read_by == odd.who.alice
    client.post(reverse("negotiation:unread_clause", args=[lunch.uuid]))
    assert names(odd) == [CATERING]


def test_a_new_version_opens_only_what_changed(odd):
    settle_everything(odd)
    sent = send(odd)
    assert not uncovered.unread(sent)
    arrives(odd, they_track(bytes_of(sent), ("two cars", "ten cars")))
    assert names(odd) == [PARKING.replace("two cars", "ten cars")]


def test_our_own_words_in_a_turn_need_no_second_reading(odd):
    settle_everything(odd)
    block = odd.block("bring lunch")
    draft.edit_clause(
        clause=odd.clause("bring lunch"),
        version=odd.version(),
        texts={block.address: block.text.replace("three hours", "four hours")},
        by=odd.who.alice,
        reason="",
    )
    sent = send(odd)
    row = sent.uncovered.get(quote__contains="four hours")
    assert (row.read_by, row.read_at) == (odd.who.alice, sent.turn.sent_at)
