"""What comes back: tracked changes, ours that stay ours, silent changes, comments, and our answer."""

import pytest
from django.core.exceptions import ValidationError

import redline
from accounts.models.base import Conflict
from negotiation.models import Change, Comment
from negotiation.services import draft, outgoing
from tests.negotiation.deal import (
    DATE,
    RETURN,
    SECRECY,
    THEIR_NAME,
    arrives,
    bytes_of,
    received,
    send,
    settle_everything,
    they_change_silently,
    they_comment,
    they_track,
)
from tests.redline.notation import doc

pytestmark = pytest.mark.django_db


def test_words_and_figures_of_one_number_are_one_change(deal):
    settle_everything(deal)
    sent = bytes_of(send(deal))
    document = redline.read(sent)
    block = next(one for one in document.blocks if "ten (10)" in one.text)
    start = block.text.index("ten (10)")
    edits = [
        {"block": block.id, "start": start, "end": start + 3, "text": "nine"},
        {"block": block.id, "start": start + 5, "end": start + 7, "text": "9"},
    ]
    marked = redline.apply(sent, edits, author=THEIR_NAME, date=DATE).docx
    assert [one.state for one in redline.read(marked).block(block.id).pieces].count("deleted") == 2
    version = arrives(deal, marked)
    change = Change.objects.get(version_seen=version, origin="tracked")
    assert (change.kind, change.before, change.after) == ("replace", "ten (10", "nine (9")
    assert outgoing.undo_edits(change) == [
        {"op": "replace", "block": block.id, "start": start, "end": start + len("nine (9"), "text": "ten (10"}
    ]


@pytest.fixture
def sent(db):
    """A deal whose first turn of ours left with one hand edit."""
    deal = received()
    edit(deal, "seven (7)", "three (3)")
    settle_everything(deal)
    send(deal)
    return deal


def edit(deal, old: str, new: str, reason: str = ""):
    block = deal.block(old)
    return draft.edit_clause(
        clause=deal.clause(old),
        version=deal.version(),
        texts={block.address: block.text.replace(old, new)},
        by=deal.who.alice,
        reason=reason,
    )


def theirs(deal, origin: str):
    return list(deal.version().changes.filter(origin=origin))


def answer(deal, change: Change, accept: bool, **more):
    change.refresh_from_db()
    return draft.decide_change(change=change, accept=accept, by=deal.who.alice, seen=change.version, **more)


def outgoing_text(deal) -> str:
    working = draft.open_draft(contract=deal.contract)
    return redline.text(outgoing.would_be(working.base, working))


def test_their_tracked_changes_are_listed_with_both_texts(sent):
    arrives(sent, they_track(bytes_of(sent.version()), ("ten (10)", "nine (9)")))
    (change,) = theirs(sent, "tracked")
    assert (change.kind, change.before, change.after) == ("replace", "ten (10)", "nine (9)")
    assert (change.claimed_author, change.side.is_ours) == ("Dana Other", False)
    assert theirs(sent, "untracked") == []


def test_our_own_pending_marks_are_not_theirs(sent):
    arrives(sent, bytes_of(sent.version()))
    assert theirs(sent, "tracked") == []
    assert theirs(sent, "untracked") == []


def test_our_insertion_stays_ours_where_they_worked_inside_it():
    deal = received()
    edit(deal, "the consent of the other", "the prior written consent of the other party to it")
    settle_everything(deal)
    send(deal)
    arrives(deal, they_track(bytes_of(deal.version()), ("prior written consent", "prior consent")))
    tracked = theirs(deal, "tracked")
    assert [(change.before.strip(), change.after) for change in tracked] == [("written", "")]


def test_a_silent_change_is_listed_apart(sent):
    arrives(sent, they_change_silently(bytes_of(sent.version()), ("within ten (10)", "within two (2)")))
    (change,) = theirs(sent, "untracked")
    assert change.severity == "substantive"
    assert "two (2)" in change.after
    assert change.clause_id == sent.clause("two (2)").pk
    assert theirs(sent, "tracked") == []


def test_nothing_is_called_silent_before_we_sent_anything():
    deal = received()
    arrives(deal, doc("# 1 Purpose", "Another text altogether."))
    assert theirs(deal, "untracked") == []


def test_their_comments_come_in_as_external_and_only_once(sent):
    commented = they_comment(bytes_of(sent.version()), "Purpose", "Why <b>this</b>?")
    arrives(sent, commented)
    (comment,) = Comment.objects.filter(author=None)
    assert (comment.body, comment.visibility, comment.claimed_author) == (
        "Why <b>this</b>?",
        "external",
        "Dana Other",
    )
    settle_everything(sent)
    arrives(sent, bytes_of(send(sent)))
    assert Comment.objects.filter(author=None).count() == 1


@pytest.mark.parametrize(
    ("before", "after", "accepted", "refused"),
    [
        ("ten (10) days", "nine (9) days", "within nine (9) days", "within ten (10) days"),
        ("that the law requires", "", "one copy .", "one copy that the law requires."),
        ("one copy", "one copy or two", "one copy or two that", "one copy that"),
    ],
    ids=["replaced", "deleted", "inserted"],
)
def test_a_tracked_change_is_taken_or_taken_back(sent, before, after, accepted, refused):
    arrives(sent, they_track(bytes_of(sent.version()), (before, after)))
    (change,) = theirs(sent, "tracked")
    answer(sent, change, True)
    assert accepted in outgoing_text(sent)
    answer(sent, change, False, reason="Our process needs it.")
    assert refused in outgoing_text(sent)
    settle_everything(sent)
    file = bytes_of(send(sent))
    assert refused in redline.text(file)
    ours = [change for change in redline.changes(file) if change.author == "Northgate Analytics"]
    assert ours, "what we refused is taken back by tracked changes in our name"


def test_an_accepted_tracked_change_is_settled_in_the_file_and_an_undecided_one_stays_pending(sent):
    data = they_track(bytes_of(sent.version()), ("ten (10)", "nine (9)"), ("consent", "approval"))
    arrives(sent, data)
    accepted, _left = theirs(sent, "tracked")
    answer(sent, accepted, True)
    settle_everything(sent)
    file = bytes_of(send(sent))
    marked = " ".join(change.text for change in redline.changes(file) if change.author == "Dana Other")
    assert "approval" in marked
    assert "nine" not in marked
    assert "nine (9)" in redline.text(file)


def test_a_silent_change_is_put_back_as_a_tracked_change_of_ours(sent):
    arrives(sent, they_change_silently(bytes_of(sent.version()), ("within ten (10)", "within two (2)")))
    (change,) = theirs(sent, "untracked")
    answer(sent, change, False)
    assert "within ten (10) days" in outgoing_text(sent)
    settle_everything(sent)
    file = bytes_of(send(sent))
    assert "within ten (10) days" in redline.text(file)
    assert "within two (2) days" in redline.text(file, view="original")


def test_what_cannot_be_put_back_says_so_and_decides_nothing(sent):
    arrives(sent, they_change_silently(bytes_of(sent.version()), (" that the law requires", "")))
    (change,) = theirs(sent, "untracked")
    if change.after:
        answer(sent, change, False)
        assert RETURN in outgoing_text(sent)
        return
    with pytest.raises(ValidationError, match="by hand"):
        answer(sent, change, False)
    change.refresh_from_db()
    assert change.state == "pending"


def test_an_answer_can_be_undone(sent):
    arrives(sent, they_track(bytes_of(sent.version()), ("ten (10)", "nine (9)")))
    (change,) = theirs(sent, "tracked")
    answer(sent, change, False)
    change.refresh_from_db()
    draft.reopen_change(change=change, by=sent.who.alice, seen=change.version)
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("pending", None)
    assert "nine (9)" in outgoing_text(sent)


def test_the_second_of_two_learns_what_the_first_did(sent):
    arrives(sent, they_track(bytes_of(sent.version()), ("ten (10)", "nine (9)")))
    (change,) = theirs(sent, "tracked")
    same = Change.objects.get(pk=change.pk)
    answer(sent, change, True)
    with pytest.raises(Conflict, match="Alice already accepted"):
        draft.decide_change(change=same, accept=False, by=sent.who.alice, seen=1)


def test_our_own_change_is_not_answered(sent):
    own = Change.objects.filter(origin="draft").first()
    with pytest.raises(ValidationError, match="our own change"):
        draft.decide_change(change=own, accept=True, by=sent.who.alice, seen=own.version)


def test_a_change_of_an_older_version_is_not_answered(sent):
    arrives(sent, they_track(bytes_of(sent.version()), ("ten (10)", "nine (9)")))
    (old,) = theirs(sent, "tracked")
    arrives(sent, bytes_of(sent.version()))
    with pytest.raises(Conflict, match="older version"):
        answer(sent, old, True)


def test_editing_by_hand_starts_from_the_text_after_our_refusals(sent):
    arrives(sent, they_track(bytes_of(sent.version()), ("ten (10)", "nine (9)")))
    (change,) = theirs(sent, "tracked")
    answer(sent, change, False)
    block = sent.block("nine (9)")
    wished = block.text.replace("nine (9)", "ten (10)").replace("one copy", "one sealed copy")
    draft.edit_clause(
        clause=sent.clause("nine (9)"),
        version=sent.version(),
        texts={block.address: wished},
        by=sent.who.alice,
        reason="",
    )
    assert wished + "\n" in outgoing_text(sent)
    own = Change.objects.get(origin="draft", state="pending")
    draft.withdraw_change(change=own, by=sent.who.alice, seen=own.version)
    assert RETURN in outgoing_text(sent)  # the refusal still stands


def test_refusing_words_that_a_hand_edit_of_ours_touches_is_told_at_once(sent):
    arrives(sent, they_track(bytes_of(sent.version()), ("ten (10)", "nine (9)")))
    edit(sent, "within nine (9) days", "at once")
    (change,) = theirs(sent, "tracked")
    with pytest.raises(ValidationError, match="touches the same words"):
        answer(sent, change, False)


def test_a_hand_edit_keeps_what_was_not_touched(sent):
    edited = SECRECY.replace("seven (7)", "three (3)")
    assert edited in redline.text(bytes_of(sent.version()))
    assert SECRECY in redline.text(bytes_of(sent.version()), view="original")


def test_a_paragraph_added_after_the_clause_survives_a_hand_edit_of_the_clause():
    deal = received()
    finding = deal.finding("exceptions")
    draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)
    placed = finding.edits[0]["block"]
    block = deal.version().blocks.get(address=placed)
    draft.edit_clause(
        clause=deal.clause(block.text),
        version=deal.version(),
        texts={placed: block.text + " So it is."},
        by=deal.who.alice,
        reason="",
    )
    text = outgoing_text(deal)
    assert "Exceptions. The obligations" in text
    assert "So it is." in text
