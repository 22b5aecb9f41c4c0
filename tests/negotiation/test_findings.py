"""Deciding findings: what goes into the draft, who was first, and when approval is asked for."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry
from accounts.models.base import Conflict
from approvals.models import ApprovalRequest
from negotiation.models import Change, Comment, Draft
from negotiation.services import concessions, draft, outgoing
from negotiation.services.comments import add_comment
from tests.negotiation.deal import HIRING, SECRECY, arrives, bytes_of, they_track

pytestmark = pytest.mark.django_db


def pending(deal):
    return Change.objects.filter(contract=deal.contract, origin="draft", state="pending")


def would_read(deal) -> str:
    import redline

    version = deal.version()
    working = Draft.objects.filter(contract=deal.contract, state="open").first()
    return redline.text(outgoing.would_be(version, working))


def decide(deal, issue: str, decision: str):
    finding, alice = deal.finding(issue), deal.who.alice
    common = {"finding": finding, "by": alice, "seen": finding.version}
    if decision == "propose":
        return draft.propose(**common)
    if decision.startswith("counter "):
        return draft.counter(rung=decision.split()[1], **common)
    if decision.startswith("edit "):
        return draft.propose_own_wording(text=decision.removeprefix("edit "), **common)
    return getattr(draft, decision)(reason="Because.", **common)


# (issue, decision) → the rung an approval is asked for; "" below the ladder, None for no request.
# non_solicit stands outside, P is free, F1 needs people; secrecy_term outside, P free, F2 needs approval;
# return_destroy stands on F2, which needs approval, P free; assignment stands on F1, which is free.
TABLE = [
    ("non_solicit", "propose", None),
    ("non_solicit", "counter F1", "F1"),
    ("non_solicit", "concede", ""),
    ("non_solicit", "dismiss", ""),
    ("non_solicit", "reserve", None),
    ("non_solicit", "edit " + HIRING.replace("twenty-four (24)", "eleven (11)"), "F1"),
    ("non_solicit", "edit " + HIRING.replace("twenty-four (24)", "thirty (30)"), ""),
    ("secrecy_term", "propose", None),
    ("secrecy_term", "counter F2", "F2"),
    ("secrecy_term", "concede", ""),
    ("secrecy_term", "edit " + SECRECY.replace("seven (7)", "five (5)"), "F2"),
    ("return_destroy", "propose", None),
    ("return_destroy", "concede", "F2"),
    ("return_destroy", "dismiss", "F2"),
    ("return_destroy", "reserve", None),
    ("assignment", "concede", None),
    ("assignment", "dismiss", None),
]


@pytest.mark.parametrize(("issue", "decision", "asked"), TABLE)
def test_a_concession_below_the_free_rung_asks_and_nothing_else_does(deal, issue, decision, asked):
    decide(deal, issue, decision)
    requests = ApprovalRequest.objects.filter(contract=deal.contract)
    assert [(row.issue, row.rung) for row in requests] == ([] if asked is None else [(issue, asked)])


def test_an_upload_alone_asks_for_nothing(deal):
    assert not ApprovalRequest.objects.exists()


def test_a_better_decision_takes_the_question_back(deal):
    decide(deal, "non_solicit", "concede")
    finding = deal.finding("non_solicit")
    draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)
    assert [row.state for row in ApprovalRequest.objects.all()] == ["withdrawn"]


def test_reserving_what_was_conceded_takes_the_question_back_too(deal):
    decide(deal, "non_solicit", "concede")
    decide(deal, "non_solicit", "reserve")
    assert [row.state for row in ApprovalRequest.objects.all()] == ["withdrawn"]


def test_leaving_an_issue_unmarked_counts_when_the_whole_draft_is_judged(deal):
    below = {c.finding.issue for c in concessions.of_draft(deal.contract) if not c.is_free}
    assert {"non_solicit", "secrecy_term", "return_destroy"} <= below
    assert "assignment" not in below


def test_proposing_puts_the_smallest_change_into_the_draft(deal):
    decide(deal, "secrecy_term", "propose")
    (row,) = pending(deal)
    assert row.before == "seven (7)"
    assert row.after.startswith("three (3) … ")
    assert row.source == "playbook"
    assert "three (3) years from disclosure. Trade secrets remain protected" in would_read(deal)


def test_a_counter_replaces_the_proposal_of_the_same_issue(deal):
    decide(deal, "secrecy_term", "propose")
    decide(deal, "secrecy_term", "counter F2")
    assert pending(deal).count() == 1
    assert "five (5) years from disclosure.\n" in would_read(deal)


@pytest.mark.parametrize("rung", ["", "F1", "F9", "walk_away", "x" * 500, "\x00"])
def test_a_counter_offers_only_rungs_of_the_ladder_that_a_safe_change_reaches(deal, rung):
    finding = deal.finding("secrecy_term")  # no safe change leads to its F1
    with pytest.raises(ValidationError):
        draft.counter(finding=finding, rung=rung, by=deal.who.alice, seen=finding.version)
    assert not pending(deal).exists()
    assert deal.finding("secrecy_term").decision == "open"


def test_a_counter_never_offers_less_than_the_text_already_gives(deal):
    finding = deal.finding("return_destroy")  # stands on F2
    with pytest.raises(ValidationError, match="positions offered"):
        draft.counter(finding=finding, rung="F2", by=deal.who.alice, seen=finding.version)


def test_there_is_nothing_to_accept_without_a_proposal(deal):
    finding = deal.finding("assignment")
    with pytest.raises(ValidationError, match="no proposed change"):
        draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)


@pytest.mark.parametrize("verb", ["concede", "dismiss", "reserve"])
def test_it_asks_why(deal, verb):
    finding = deal.finding("non_solicit")
    with pytest.raises(ValidationError, match="Say why"):
        getattr(draft, verb)(finding=finding, by=deal.who.alice, seen=finding.version, reason="  ")


def test_the_second_of_two_deciders_learns_who_was_first(deal):
    mine, hers = deal.finding("non_solicit"), deal.finding("non_solicit")
    draft.propose(finding=mine, by=deal.who.alice, seen=mine.version)
    with pytest.raises(Conflict, match="Alice already proposed our wording for “Non-solicitation"):
        draft.concede(finding=hers, by=deal.who.alice, seen=1, reason="No.")
    assert pending(deal).count() == 1


def test_a_decision_can_be_undone_and_its_change_goes_with_it(deal):
    decide(deal, "non_solicit", "propose")
    finding = deal.finding("non_solicit")
    draft.reopen(finding=finding, by=deal.who.alice, seen=finding.version)
    assert deal.finding("non_solicit").decision == "open"
    assert deal.finding("non_solicit").decided_by is None
    assert not pending(deal).exists()
    assert HIRING in would_read(deal)


def test_withdrawing_a_change_reopens_its_finding(deal):
    decide(deal, "non_solicit", "propose")
    row = pending(deal).get()
    draft.withdraw_change(change=row, by=deal.who.alice, seen=row.version)
    finding = deal.finding("non_solicit")
    assert (finding.decision, finding.decision_reason) == ("open", "")


def test_withdrawing_twice_is_a_lost_race(deal):
    decide(deal, "non_solicit", "propose")
    first, second = pending(deal).get(), pending(deal).get()
    draft.withdraw_change(change=first, by=deal.who.alice, seen=first.version)
    second.refresh_from_db()
    with pytest.raises(Conflict, match="Alice already withdrew"):
        draft.withdraw_change(change=second, by=deal.who.alice, seen=1)


def test_reserving_tells_the_other_side_and_undoing_it_does_not(deal):
    decide(deal, "non_solicit", "reserve")
    (said,) = outgoing.unsent_comments(deal.contract)
    assert said.body == "Northgate Analytics reserves its position on this point."
    decide(deal, "non_solicit", "propose")
    assert not outgoing.unsent_comments(deal.contract).exists()
    said.refresh_from_db()
    assert said.visibility == "internal"


def test_missing_clauses_can_be_proposed_side_by_side(deal):
    """Several of them want to stand after the same paragraph."""
    missing = ["exceptions", "compelled_disclosure"]
    for issue in missing:
        decide(deal, issue, "propose")
    assert pending(deal).count() == 2
    assert "Exceptions. " in would_read(deal)
    assert "Disclosure Required by Law. " in would_read(deal)


def test_the_wording_of_a_missing_clause_can_be_ours(deal):
    decide(deal, "exceptions", "edit Exceptions. Public information is free.")
    assert "Exceptions. Public information is free.\n" in would_read(deal)
    assert deal.finding("exceptions").decision == "edited"


def test_two_changes_of_the_same_words_are_refused_with_a_way_out(deal):
    draft.edit_clause(
        clause=deal.clause("seven (7)"),
        version=deal.version(),
        texts={deal.block("seven (7)").address: SECRECY.replace("seven (7) years", "one year")},
        by=deal.who.alice,
        reason="",
    )
    # the finding stands on the same words, but the hand edit is not its own change
    finding = deal.finding("secrecy_term")
    with pytest.raises(ValidationError, match="touches the same words"):
        draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)
    assert deal.finding("secrecy_term").decision == "open"
    assert pending(deal).count() == 1


def test_every_decision_leaves_one_entry_in_the_record(deal):
    before = AuditEntry.objects.count()
    decide(deal, "secrecy_term", "propose")
    entries = AuditEntry.objects.order_by("number")[before:]
    assert [entry.action for entry in entries] == ["finding.proposed"]


def test_a_finding_of_an_older_version_is_not_decided(deal):
    old = deal.finding("non_solicit")
    arrives(deal, they_track(bytes_of(deal.version()), ("ten (10)", "nine (9)")))
    with pytest.raises(Conflict, match="older version"):
        draft.concede(finding=old, by=deal.who.alice, seen=old.version, reason="No.")


def test_unsent_changes_on_an_older_version_are_set_aside_and_not_lost(deal):
    decide(deal, "non_solicit", "propose")
    old = pending(deal).get()
    arrives(deal, they_track(bytes_of(deal.version()), ("ten (10)", "nine (9)")))
    with pytest.raises(Conflict, match="set them aside"):
        draft.open_draft(contract=deal.contract)
    working = Draft.objects.get(contract=deal.contract, state="open")
    with pytest.raises(Conflict):
        draft.set_aside(contract=deal.contract, by=deal.who.alice, seen=working.version + 1)
    draft.set_aside(contract=deal.contract, by=deal.who.alice, seen=working.version)
    old.refresh_from_db()
    assert old.state == "withdrawn"
    assert draft.open_draft(contract=deal.contract).base == deal.version()
    decide(deal, "non_solicit", "propose")


@pytest.mark.parametrize("text", ["A\x00B", "A\x0cB", "x" * 2001, "\ud800"])
def test_words_no_document_can_hold_are_refused(deal, text):
    finding = deal.finding("non_solicit")
    with pytest.raises(ValidationError):
        draft.concede(finding=finding, by=deal.who.alice, seen=finding.version, reason=text)
    with pytest.raises(ValidationError):
        add_comment(contract=deal.contract, body=text * 3, visibility="internal", by=deal.who.alice)
    assert deal.finding("non_solicit").decision == "open"
    assert not Comment.objects.exists()
