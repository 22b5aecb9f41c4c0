"""Sending a turn, and agreeing the text: blocked with every reason, then done once, clean of what is ours."""

import pytest
from django.core.exceptions import ValidationError

import redline
from accounts.models import AuditEntry
from accounts.models.base import Conflict
from approvals.models import ApprovalRequest
from negotiation.models import Clause, Comment, Contract, Draft, Turn
from negotiation.services import agreements, comments, draft, turns
from negotiation.services.turns import TurnBlocked
from tests.negotiation.deal import (
    approve_all,
    arrives,
    bytes_of,
    close_everything,
    names_in,
    received,
    send,
    settle_everything,
    they_change_silently,
    they_track,
)

pytestmark = pytest.mark.django_db


def propose(deal, issue: str) -> None:
    finding = deal.finding(issue)
    draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)


def agree(deal, **more):
    fields = {"their_person": "Dana Other", "evidence": "Mail of 3 March, 10:00."} | more
    return agreements.agree_text(
        contract=deal.contract, by=deal.who.alice, seen=deal.contract.version, **fields
    )


def test_a_turn_that_concedes_asks_for_approval_and_leaves_once_it_is_given(deal):
    with pytest.raises(TurnBlocked) as blocked:
        send(deal)
    assert {obstacle.code for obstacle in blocked.value.obstacles} == {"waiting"}
    assert ApprovalRequest.objects.filter(state="open").count() == len(blocked.value.obstacles)
    assert Turn.objects.count() == 1  # theirs
    asked = approve_all(deal)
    assert asked >= 3
    version = send(deal)
    assert version.turn.number == 2
    assert not Draft.objects.filter(state="open").exists()


def test_a_rejected_concession_does_not_leave(deal):
    from approvals.services import decisions

    with pytest.raises(TurnBlocked):
        send(deal)
    request = ApprovalRequest.objects.filter(state="open").first()
    decisions.decide(
        request=request, outcome="rejected", by=deal.approver, seen=request.version, comment="No."
    )
    approve_all(deal)
    with pytest.raises(TurnBlocked) as blocked:
        send(deal)
    assert [obstacle.code for obstacle in blocked.value.obstacles] == ["rejected"]


def test_what_leaves_has_our_marks_and_nothing_internal(deal):
    propose(deal, "non_solicit")
    settle_everything(deal)
    comments.add_comment(
        contract=deal.contract, body="We would take F2, secretly.", visibility="internal", by=deal.who.alice
    )
    comments.add_comment(
        contract=deal.contract, body="Shall we talk on Monday?", visibility="external", by=deal.who.alice
    )
    file = bytes_of(send(deal, "Our first answer."))
    text = names_in(file)
    assert "Shall we talk on Monday?" in text
    assert "secretly" not in text
    assert "Later." not in text  # reasons for reserving
    finding = deal.contract.findings.filter(issue="non_solicit").first()
    assert finding.guidance == "" or finding.guidance not in text
    assert "Alice" not in text  # the organisation signs its marks
    assert {c.author for c in redline.changes(file) if c.kind != "comment"} == {"Northgate Analytics"}
    assert redline.text(file, view="original") == redline.text(bytes_of(deal.contract.versions.get(number=1)))


def test_an_external_comment_leaves_once(deal):
    comments.add_comment(
        contract=deal.contract, body="About the whole paper.", visibility="external", by=deal.who.alice
    )
    settle_everything(deal)
    first = bytes_of(send(deal))
    assert names_in(first).count("About the whole paper.") == 1
    arrives(deal, first)
    settle_everything(deal)
    assert names_in(bytes_of(send(deal))).count("About the whole paper.") == 1


def test_the_sender_sees_what_leaves(deal):
    """A colleague's change or external comment after the page was shown makes it a lost race."""
    settle_everything(deal)
    seen = draft.open_draft(contract=deal.contract).version
    comments.add_comment(contract=deal.contract, body="One more.", visibility="external", by=deal.who.alice)
    with pytest.raises(Conflict):
        turns.send_turn(contract=deal.contract, by=deal.who.alice, message="", seen=seen)
    seen = draft.open_draft(contract=deal.contract).version
    finding = deal.finding("secrecy_term")
    draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)
    with pytest.raises(Conflict):
        turns.send_turn(contract=deal.contract, by=deal.who.alice, message="", seen=seen)
    assert Turn.objects.count() == 1


def test_a_change_made_while_the_file_is_written_is_not_marked_as_sent(deal, monkeypatch):
    settle_everything(deal)
    check = turns._self_check

    def meanwhile(working, docx, said):
        check(working, docx, said)
        finding = deal.finding("secrecy_term")
        draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)

    monkeypatch.setattr(turns, "_self_check", meanwhile)
    with pytest.raises(Conflict, match="nothing was sent"):
        send(deal)
    assert not deal.contract.changes.filter(state="sent").exists()
    assert deal.contract.versions.count() == 1


def test_a_version_that_arrives_while_the_file_is_written_stops_the_turn(deal, monkeypatch):
    settle_everything(deal)
    check, data = turns._self_check, bytes_of(deal.version())

    def meanwhile(working, docx, said):
        check(working, docx, said)
        arrives(deal, data)

    monkeypatch.setattr(turns, "_self_check", meanwhile)
    with pytest.raises(Conflict, match="newer version arrived"):
        send(deal)
    assert not Turn.objects.filter(side__is_ours=True).exists()


def test_no_second_turn_while_they_have_the_first(deal):
    settle_everything(deal)
    send(deal)
    with pytest.raises(TurnBlocked, match="with Harbour Cloud"):
        send(deal)


def test_silent_changes_that_matter_are_decided_first(deal):
    settle_everything(deal)
    data = bytes_of(send(deal))
    arrives(deal, they_change_silently(data, ("within ten (10)", "within two (2)")))
    settle_everything(deal)
    with pytest.raises(TurnBlocked, match="not tracked"):
        send(deal)


def test_agreeing_needs_every_change_of_theirs_decided_and_ours_sent(deal):
    settle_everything(deal)
    arrives(deal, they_track(bytes_of(send(deal)), ("ten (10)", "nine (9)")))
    settle_everything(deal)
    with pytest.raises(TurnBlocked, match="1 change of theirs waits"):
        agree(deal)
    (change,) = deal.version().changes.all()
    draft.decide_change(change=change, accept=False, by=deal.who.alice, seen=change.version)
    with pytest.raises(TurnBlocked, match="1 of our changes were not sent"):
        agree(deal)
    assert deal.contract.state == "negotiating"


def test_the_agreed_version_is_the_text_without_a_mark(deal):
    propose(deal, "non_solicit")
    settle_everything(deal)
    arrives(deal, they_track(bytes_of(send(deal)), ("ten (10)", "nine (9)")))
    (change,) = deal.version().changes.filter(origin="tracked")
    draft.decide_change(change=change, accept=True, by=deal.who.alice, seen=change.version)
    close_everything(deal)
    text = deal.version().text
    version = agree(deal)
    data = bytes_of(version)
    assert redline.text(data) == text
    assert [change for change in redline.changes(data) if change.kind != "comment"] == []
    assert not redline.read(data).comments
    assert {(one.side.is_ours, one.given_by) for one in version.agreements.all()} == {
        (True, "Alice"),
        (False, "Dana Other"),
    }
    deal.contract.refresh_from_db()
    assert deal.contract.state == "agreed"
    assert agreements.agreed_version(deal.contract) == version
    assert not Clause.objects.filter(contract=deal.contract, texts__version=version.based_on).exclude(
        state="agreed"
    )
    assert AuditEntry.objects.filter(action="contract.agreed").count() == 1
    with pytest.raises(Conflict, match="already agreed"):
        agree(deal)
    with pytest.raises(ValidationError, match="agreed"):
        propose(deal, "secrecy_term")


def test_agreeing_what_stands_below_the_ladder_needs_approval_too(deal):
    with pytest.raises(TurnBlocked) as blocked:
        agree(deal)
    assert {obstacle.code for obstacle in blocked.value.obstacles} == {"waiting"}
    approve_all(deal)
    assert agree(deal).label == "approved"


def test_a_decision_made_while_the_agreement_is_recorded_stops_it(deal, monkeypatch):
    close_everything(deal)
    build = agreements.outgoing.build

    def meanwhile(**fields):
        built = build(**fields)
        finding = deal.finding("secrecy_term")
        draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)
        return built

    monkeypatch.setattr(agreements.outgoing, "build", meanwhile)
    with pytest.raises(Conflict):
        agree(deal)
    assert Contract.objects.get().state == "negotiating"
    assert deal.contract.versions.count() == 1


def test_a_reserved_point_is_decided_before_the_text_is_agreed(deal):
    settle_everything(deal)
    with pytest.raises(TurnBlocked, match="reserved"):
        agree(deal)


@pytest.mark.parametrize("more", [{"their_person": " "}, {"evidence": ""}, {"evidence": "x\x00"}])
def test_it_asks_who_agreed_and_where_that_stands(deal, more):
    with pytest.raises(ValidationError):
        agree(deal, **more)


def test_comments_of_an_unsent_upload_of_ours_stay_inside():
    from tests.negotiation.deal import opened, they_comment
    from tests.redline.notation import doc

    deal = opened(paper="ours", reviewed=False)
    arrives(deal, they_comment(doc("One.", "Two."), "One", "Note to self"), theirs=False)
    assert "Note to self" not in names_in(bytes_of(send(deal)))
    assert not Comment.objects.exists()


def test_the_person_signs_the_marks_where_the_organisation_chose_so():
    deal = received()
    deal.who.ours.change_author = "person"
    deal.who.ours.save()
    deal.contract.refresh_from_db()
    propose(deal, "non_solicit")
    settle_everything(deal)
    deal.who.alice.organisation.refresh_from_db()
    file = bytes_of(send(deal))
    assert {c.author for c in redline.changes(file) if c.kind != "comment"} == {"Alice"}
