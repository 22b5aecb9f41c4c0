"""Their answer on the ladder: what is left to do, at which price, and never worse than what they ask."""

import pytest
from django.urls import reverse

import redline
from approvals.models import ApprovalRequest
from negotiation.models import Comment, Finding
from negotiation.services import draft, next_step
from negotiation.services.next_step import Asked
from playbooks import library
from tests.negotiation.deal import arrives, bytes_of, send, settle_everything, they_track

pytestmark = pytest.mark.django_db

SECRECY_LADDER = library.shipped("mutual-nda").issue("secrecy_term")  # P, F1 free, F2 asks legal
EVERY = frozenset({"P", "F1", "F2"})

# (status, where their words stand, what we asked, rungs with a way) → (accept, hold, next, past the last)
MOVES = [
    (
        "fallback",
        "F1",
        "P",
        EVERY,
        ("F1", "P", None, False),
    ),  # nothing of ours is between what we asked and F1
    ("fallback", "F2", "P", EVERY, ("F2", "P", "F1", False)),
    ("outside", "walk_away", "P", EVERY, (None, "P", "F1", False)),
    ("outside", "walk_away", "F1", EVERY, (None, "F1", "F2", False)),
    ("outside", "walk_away", "F2", EVERY, (None, "F2", None, True)),
    ("outside", "walk_away", "P", {"P"}, (None, "P", None, True)),  # no safe change leads lower
    ("unsure", "", "P", EVERY, (None, "P", "F1", False)),
    ("unsure", "", "F2", EVERY, (None, "F2", None, False)),  # nobody knows yet: a person reads it
    ("compliant", "P", "P", EVERY, ("P", None, None, False)),
]


@pytest.mark.parametrize(("status", "rung", "asked", "can", "expected"), MOVES)
def test_the_moves_left_are_never_worse_than_what_they_ask(status, rung, asked, can, expected):
    found = next_step.moves(SECRECY_LADDER, status, rung, Asked(asked, 2), can=can, trades=())

    def code(one):
        return one.id if one is not None else None

    assert (code(found.theirs), code(found.hold), code(found.following), found.is_past_the_last) == expected
    if found.following is not None and found.theirs is not None:
        assert SECRECY_LADDER.position(found.following.id) < SECRECY_LADDER.position(found.theirs.id)


def propose_and_send(deal):
    row = deal.finding("secrecy_term")
    draft.propose(finding=row, by=deal.who.alice, seen=row.version)
    settle_everything(deal)
    return send(deal)


def card(deal, as_):
    page = as_(deal.who.alice).get(deal.contract.get_absolute_url())
    title = deal.finding("secrecy_term").title
    return next(one for one in page.context["findings"] if one["title"] == title), page.content.decode()


def decide(deal, as_, **data):
    row = deal.finding("secrecy_term")
    url = reverse("negotiation:decide_finding", args=[row.uuid])
    return as_(deal.who.alice).post(url, {"version": row.version, **data}, follow=True)


def test_words_that_meet_a_position_may_be_accepted_at_its_price(deal, as_):
    sent = propose_and_send(deal)
    arrives(deal, they_track(bytes_of(sent), ("three (3) years", "four (4) years")))
    shown, body = card(deal, as_)
    moves = shown["moves"]
    assert (moves["asked"], moves["turn"]) == ("Preferred", 2)
    assert moves["accept"]["name"] == "Fallback 1"
    assert not moves["accept"]["needs_approval"]
    assert moves["following"] is None  # Fallback 1 is what they wrote: nothing lower is offered
    assert "They answered. We asked for Preferred in turn 2." in body
    decide(deal, as_, decision="concede", reason=moves["accept"]["reason"])
    row = deal.finding("secrecy_term")
    assert (row.decision, row.decision_reason) == ("conceded", "Their words meet Fallback 1.")
    assert not ApprovalRequest.objects.filter(issue="secrecy_term").exclude(state="withdrawn").exists()


def test_the_next_position_is_offered_and_a_held_one_goes_out_with_our_reason(deal, as_):
    sent = propose_and_send(deal)
    arrives(deal, they_track(bytes_of(sent), ("three (3) years", "nine (9) years")))
    moves = card(deal, as_)[0]["moves"]
    assert moves["accept"] is None
    assert (moves["hold"]["name"], moves["following"]["name"]) == ("Preferred", "Fallback 1")
    assert "position" in moves["says"]
    decide(deal, as_, decision="hold", reason="Three years is what the project needs.")
    row = deal.finding("secrecy_term")
    assert row.decision == "proposed"
    change = row.changes.get(state="pending")
    assert change.reason == "Three years is what the project needs."
    settle_everything(deal)
    again = redline.resolve(bytes_of(send(deal)), accept_all=True)  # they settle the old marks
    arrives(deal, they_track(again, ("three (3) years", "nine (9) years")))
    decide(deal, as_, decision="counter", rung="F1")
    assert deal.finding("secrecy_term").decided_rung == "F1"
    settle_everything(deal)
    third = redline.resolve(bytes_of(send(deal)), accept_all=True)
    arrives(deal, they_track(third, ("five (5) years", "nine (9) years")))
    shown, body = card(deal, as_)
    assert (shown["moves"]["asked"], shown["moves"]["past_the_last"]) == ("Fallback 1", True)
    assert "No approved position is left: going further needs general counsel." in body
    decide(deal, as_, decision="concede", reason="The project cannot wait.")
    request = ApprovalRequest.objects.get(issue="secrecy_term", state="open")
    assert request.rung == ""
    assert [step.team.code for step in request.steps.all()] == ["general_counsel"]


def test_nothing_is_held_where_nothing_was_asked(deal, as_):
    answer = decide(deal, as_, decision="hold", reason="No.")
    assert "We asked for nothing on this point before" in answer.content.decode()
    assert deal.finding("secrecy_term").decision == "open"
    assert card(deal, as_)[0]["moves"] is None


def test_the_page_asks_for_a_trade_only_where_the_ladder_names_one(deal, as_):
    answer = decide(deal, as_, decision="ask_trade", rung="F1", text="Pay a year in advance.")
    assert "asks for no trade" in answer.content.decode()
    assert not Comment.objects.filter(visibility="external").exists()
    assert Finding.objects.get(pk=deal.finding("secrecy_term").pk).decision == "open"
