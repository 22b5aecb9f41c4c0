"""Words that cannot be read are conceded like the worst there is: making a text unreadable buys nothing."""

import pytest
from django.urls import reverse

from approvals.models import ApprovalRequest
from approvals.services import decisions
from negotiation.models import Finding
from negotiation.services import agreements, concessions, draft, reviews
from negotiation.services.turns import TurnBlocked
from tests.negotiation.deal import (
    LINES,
    SECRECY,
    approve_all,
    arrives,
    bytes_of,
    close_everything,
    received,
    send,
    settle_everything,
    they_change_silently,
    they_track,
)

pytestmark = pytest.mark.django_db

UNREADABLE = SECRECY.replace("seven (7)", "five (50)")
GARBLED = tuple(UNREADABLE if line == SECRECY else line for line in LINES)


@pytest.fixture
def garbled(db):
    """Their first draft, with a secrecy that no reader can tell: five or fifty years."""
    deal = received(lines=GARBLED)
    assert deal.finding("secrecy_term").status == "unsure"
    return deal


def write(deal, issue: str, words: str):
    finding = deal.finding(issue)
    return draft.propose_own_wording(finding=finding, text=words, by=deal.who.alice, seen=finding.version)


def decide(deal, issue: str, verb: str):
    finding = deal.finding(issue)
    return getattr(draft, verb)(
        finding=finding, by=deal.who.alice, seen=finding.version, reason="Read by hand: fine."
    )


def conceded(deal) -> set[str]:
    return {one.finding.issue for one in concessions.of_draft(deal.contract) if not one.is_free}


def requests(deal, issue: str) -> list[tuple[str, str, bool]]:
    rows = ApprovalRequest.objects.filter(contract=deal.contract, issue=issue).order_by("pk")
    return [(row.state, row.rung, row.is_unreadable) for row in rows]


def agree(deal):
    return agreements.agree_text(
        contract=deal.contract,
        by=deal.who.alice,
        seen=deal.contract.version,
        their_person="Dana Other",
        evidence="Mail of 3 March, 10:00.",
    )


@pytest.mark.parametrize(
    ("issue", "words"),
    [
        ("secrecy_term", UNREADABLE),
        ("secrecy_term", SECRECY.replace("seven (7) years", "twelve (60) months")),
    ],
)
def test_an_edit_that_cannot_be_read_asks_whoever_may_go_below_the_ladder(deal, issue, words):
    write(deal, issue, words)
    walk_away = reviews.rules_of(deal.finding(issue)).issue(issue).walk_away
    (standing,) = concessions.of_draft(deal.contract, only={issue})
    assert (standing.rung, standing.is_free, standing.is_unreadable) == ("", False, True)
    assert standing.approvers == walk_away.approvers.roles
    assert standing.risk == walk_away.risk
    assert requests(deal, issue) == [("open", "", True)]
    settle_everything(deal)
    with pytest.raises(TurnBlocked) as blocked:
        send(deal)
    assert [obstacle.code for obstacle in blocked.value.obstacles] == ["waiting"]


def test_what_they_wrote_and_nobody_touched_is_no_concession_in_a_turn(garbled):
    assert "secrecy_term" not in conceded(garbled)


@pytest.mark.parametrize("verb", ["concede", "dismiss"])
def test_letting_it_stand_is_a_concession_whatever_the_button(garbled, verb):
    decide(garbled, "secrecy_term", verb)
    assert requests(garbled, "secrecy_term") == [("open", "", True)]


def test_reserving_it_asks_nobody_and_readable_words_ask_for_their_own_rung(garbled):
    decide(garbled, "secrecy_term", "reserve")
    assert requests(garbled, "secrecy_term") == []
    write(garbled, "secrecy_term", SECRECY.replace("seven (7)", "three (3)"))
    assert requests(garbled, "secrecy_term") == [("open", "F2", False)]


def test_an_edit_that_leaves_it_unreadable_asks(garbled):
    write(garbled, "secrecy_term", UNREADABLE.replace("five (50)", "nine (90)"))
    assert requests(garbled, "secrecy_term") == [("open", "", True)]


def test_an_edit_of_the_clause_without_its_card_asks_too(garbled):
    draft.edit_clause(
        clause=garbled.clause("five (50)"),
        version=garbled.version(),
        texts={garbled.block("five (50)").address: UNREADABLE.replace("five (50)", "nine (90)")},
        by=garbled.who.alice,
        reason="",
    )
    assert "secrecy_term" in conceded(garbled)
    assert requests(garbled, "secrecy_term") == [("open", "", True)]


def test_accepting_a_change_of_theirs_that_cannot_be_read_asks(deal):
    settle_everything(deal)
    arrives(deal, they_track(bytes_of(send(deal)), ("seven (7)", "five (50)")))
    assert deal.finding("secrecy_term").status == "unsure"
    (change,) = deal.version().changes.filter(origin="tracked")
    draft.decide_change(change=change, accept=True, by=deal.who.alice, seen=change.version)
    assert requests(deal, "secrecy_term") == [("open", "", True)]


def test_an_approval_reopens_when_its_clause_becomes_unreadable(deal):
    decide(deal, "secrecy_term", "concede")
    approve_all(deal)
    settle_everything(deal)
    arrives(deal, they_change_silently(bytes_of(send(deal)), ("seven (7)", "five (50)")))
    decide(deal, "secrecy_term", "concede")
    assert requests(deal, "secrecy_term") == [("approved", "", False), ("open", "", True)]


def test_an_approval_of_a_rung_does_not_cover_unreadable_words(deal):
    write(deal, "secrecy_term", SECRECY.replace("seven (7)", "five (5)"))
    approve_all(deal)
    write(deal, "secrecy_term", UNREADABLE)
    assert requests(deal, "secrecy_term") == [("approved", "F2", False), ("open", "", True)]


def test_an_approved_unreadable_clause_stays_approved_while_its_words_do(deal):
    write(deal, "secrecy_term", UNREADABLE)
    approve_all(deal)
    assert requests(deal, "secrecy_term") == [("approved", "", True)]
    write(deal, "secrecy_term", UNREADABLE.replace("five (50)", "five (500)"))
    assert requests(deal, "secrecy_term") == [("approved", "", True), ("open", "", True)]


def test_agreeing_waits_until_a_person_decided_what_could_not_be_read(garbled):
    close_everything(garbled)
    with pytest.raises(TurnBlocked) as blocked:
        agree(garbled)
    (obstacle,) = blocked.value.obstacles
    assert (obstacle.code, str(garbled.finding("secrecy_term").uuid) in obstacle.url) == ("unsure", True)
    decide(garbled, "secrecy_term", "dismiss")
    with pytest.raises(TurnBlocked) as blocked:
        agree(garbled)
    assert [obstacle.code for obstacle in blocked.value.obstacles] == ["waiting"]
    approve_all(garbled)
    assert agree(garbled).label == "approved"


def test_reopening_it_while_the_agreement_is_recorded_stops_it(garbled, monkeypatch):
    from accounts.models.base import Conflict

    close_everything(garbled)
    decide(garbled, "secrecy_term", "dismiss")
    approve_all(garbled)
    build = agreements.outgoing.build

    def meanwhile(**fields):
        built = build(**fields)
        Finding.objects.filter(pk=garbled.finding("secrecy_term").pk).update(decision="open")
        return built

    monkeypatch.setattr(agreements.outgoing, "build", meanwhile)
    with pytest.raises(Conflict):
        agree(garbled)


def test_the_page_offers_to_set_it_aside_or_reserve_it_and_says_what_that_asks(garbled, as_):
    finding = garbled.finding("secrecy_term")
    client = as_(garbled.who.alice)
    body = client.get(garbled.contract.get_absolute_url()).content.decode()
    card = body[body.index(f'id="issue-{finding.uuid}"') :].split("</article>")[0]
    assert 'value="dismiss"' in card
    assert 'value="reserve"' in card
    assert "could not be read asks for approval either way" in card
    url = reverse("negotiation:decide_finding", args=[finding.uuid])
    client.post(url, {"decision": "dismiss", "reason": "Fifty is meant.", "version": finding.version})
    assert garbled.finding("secrecy_term").decision == "dismissed"
    request = ApprovalRequest.objects.get(issue="secrecy_term")
    shown = as_(garbled.approver).get(request.get_absolute_url()).content.decode()
    assert "could not be read" in shown
    decisions.decide(request=request, outcome="approved", by=garbled.approver, seen=request.version)


def test_what_is_left_can_be_settled_on_the_page_while_the_turn_is_theirs(garbled, as_):
    """They agree by mail to what we sent: nothing can be changed any more, but our own points are closed."""
    settle_everything(garbled)
    send(garbled)
    reserved, unsure = garbled.finding("non_solicit"), garbled.finding("secrecy_term")
    assert (reserved.decision, unsure.decision) == ("reserved", "open")
    client = as_(garbled.who.alice)
    body = client.get(garbled.contract.get_absolute_url()).content.decode()

    def card(finding) -> str:
        return body[body.index(f'id="issue-{finding.uuid}"') :].split("</article>")[0]

    assert 'value="reopen"' in card(reserved)
    assert 'value="dismiss"' in card(unsure)
    assert 'value="accept"' not in card(unsure)
    assert 'value="counter"' not in card(unsure)


AGAIN = "The duties of confidentiality in this Agreement shall survive for five (5) years after its end."


@pytest.mark.parametrize("worse", ["five (50)", "nine (9)"])
def test_an_approved_place_does_not_hide_another_that_gets_worse(db, worse):
    """Secrecy is spoken of twice; the first is below the ladder and approved, then the second falls, too."""
    deal = received(lines=(*LINES, "# 6 Survival", AGAIN))
    decide(deal, "secrecy_term", "concede")
    approve_all(deal)
    draft.edit_clause(
        clause=deal.clause(AGAIN),
        version=deal.version(),
        texts={deal.block(AGAIN).address: AGAIN.replace("five (5)", worse)},
        by=deal.who.alice,
        reason="",
    )
    settle_everything(deal)
    with pytest.raises(TurnBlocked) as blocked:
        send(deal)
    assert [obstacle.code for obstacle in blocked.value.obstacles] == ["waiting"]
    request = ApprovalRequest.objects.get(contract=deal.contract, issue="secrecy_term", state="open")
    assert SECRECY in request.after
    assert worse in request.after
