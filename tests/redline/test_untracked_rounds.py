"""Rounds of honest work: whoever tracks what they change inside our changes raises no alarm."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import redline
from config.demo.contracts import build, returned
from config.demo.deals.platform_terms import OUR_EDITS, THEIR_EDITS, THEIR_SILENT
from tests.redline.notation import doc

US, THEM = "Northgate", "Harbour"
SOON, LATER = "2026-10-01T09:00:00Z", "2026-11-12T10:30:00Z"


def edited(data: bytes, pairs: tuple[tuple[str, str], ...]) -> bytes:
    """Our tracked changes over ``data``."""
    document, edits = redline.read(data), []
    for find, replacement in pairs:
        block, start = document.locate(document.text.index(find))
        edits.append({"block": block, "start": start, "end": start + len(find), "text": replacement})
    return redline.apply(data, edits, author=US, date=SOON).docx


def alarms(sent: bytes, back: bytes) -> list[redline.Difference]:
    return [item for item in redline.untracked(sent, back) if item.severity == "substantive"]


def test_a_contract_reworked_inside_our_insertions_shows_only_the_silent_edits() -> None:
    sent = edited(build("master-saas-agreement"), OUR_EDITS)
    back = returned(sent, tracked=THEIR_EDITS, silent=THEIR_SILENT, author=THEM, date=LATER)
    assert [(item.kind, item.after[:20]) for item in alarms(sent, back)] == [
        ("text", "alter the features o"),
        ("text", "For ten (10) days af"),
    ]


OURS = doc("The fee [-is ten-][+shall be at least twenty-five euros plus tax+] a day, paid monthly.", "End.")


@pytest.mark.parametrize(
    "pair",
    [
        ("at least twenty-five", "at most fifty"),
        ("shall be at least", "is"),
        ("euros plus tax a day", "euros per hour"),
        ("twenty-five", "twenty-five or thirty"),
        ("The fee shall be", "The yearly fee may be"),
        ("shall be at least twenty-five euros plus tax", "is free"),
    ],
    ids=lambda pair: pair[1],
)
def test_their_tracked_changes_inside_ours_are_honest(pair: tuple[str, str]) -> None:
    back = returned(OURS, tracked=[pair], silent=[], author="Dana", date=LATER)
    assert alarms(OURS, back) == []


@pytest.mark.parametrize(
    ("silent", "kind"),
    [
        (("twenty-five", "ninety"), "our_change_altered"),
        (("plus tax", "plus all taxes"), "our_change_altered"),
    ],
)
def test_tracked_work_beside_it_hides_no_silent_edit_of_our_words(silent: tuple[str, str], kind: str) -> None:
    back = returned(OURS, tracked=[("shall be at least", "is")], silent=[silent], author="Dana", date=LATER)
    assert [item.kind for item in alarms(OURS, back)] == [kind]


def test_our_strike_inside_their_insertion_taken_back_is_told() -> None:
    theirs = doc("The fee is [+payable in advance and +]not refundable.")
    sent = redline.apply(theirs, [{"block": "body:0", "start": 11, "end": 22, "text": ""}], author=US).docx
    (found,) = redline.untracked(sent, theirs)
    assert (found.kind, found.severity, found.after) == ("our_change_rejected", "noise", "payable in ")


WORDS = ("six", "ten", "(6)", "days", "fee", "may", "shall", "the")


def worked_over(data: bytes, author: str, date: str, chance: random.Random) -> bytes:
    """One or two changes anywhere, also inside what is pending; words repeat, so equal changes are common."""
    edits = []
    for block in chance.sample(redline.read(data).blocks, k=2):
        start = chance.randint(0, len(block.text))
        end = chance.randint(start, min(len(block.text), start + 12))
        wording = " ".join(chance.choices(WORDS, k=chance.randint(0, 3)))
        edits.append({"block": block.id, "start": start, "end": end, "text": wording})
    return redline.apply(data, edits, author=author, date=date).docx


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_honest_rounds_between_three_people_raise_no_alarm(chance: random.Random, rounds: int) -> None:
    data = doc(*(" ".join(chance.choices(WORDS, k=9)) for _ in range(3)))
    for turn in range(rounds):
        sent = worked_over(data, chance.choice(("Bo", "Alice")), f"2026-0{2 * turn + 1}-01T09:00:00Z", chance)
        data = worked_over(sent, "Priya", f"2026-0{2 * turn + 2}-01T09:00:00Z", chance)
        assert alarms(sent, data) == []


def test_numbers_that_follow_from_accepting_one_of_our_clauses_are_no_alarm() -> None:
    """They accept one inserted clause and leave the other pending: what follows is counted one further."""
    base = doc("1. One", "1. Two", "1. Three", "end")
    edits = [{"op": "insert_after", "block": f"body:{at}", "text": "New clause here."} for at in (0, 1)]
    sent = redline.apply(base, edits, author=US, date=SOON).docx
    mine = [c.id for c in redline.changes(sent) if c.block == "body:1"]
    found = redline.untracked(sent, redline.resolve(sent, accept=mine))
    assert [(item.kind, item.severity) for item in found] == [("our_change_accepted", "noise")]


@pytest.mark.parametrize("accept", [True, False])
def test_our_format_change_settled_without_saying_is_told(accept: bool) -> None:
    edit = {"op": "format", "block": "body:0", "start": 0, "end": 7, "strike": True}
    sent = redline.apply(doc("The fee is due at once.", "end"), [edit], author=US, date=SOON).docx
    back = redline.resolve(sent, accept_all=accept, reject_all=not accept)
    (found,) = redline.untracked(sent, back)
    assert found.kind == ("our_change_accepted" if accept else "our_change_rejected")
    assert (found.severity, found.before + found.after) == ("noise", "The fee")


def commented(text: str, *, author: str = US, date: str = SOON) -> bytes:
    edit = {"op": "comment", "block": "body:0", "start": 4, "end": 7, "text": text}
    return redline.apply(doc("The fee is due.", "end"), [edit], author=author, date=date).docx


@pytest.mark.parametrize(
    ("back", "kind"),
    [
        (commented("We need this.", author=THEM), "comment_author"),
        (commented("We can drop this."), "comment_changed"),
        (doc("The fee is due.", "end"), "comment_removed"),
    ],
    ids=["another name", "other words", "gone"],
)
def test_what_became_of_our_comment_is_told(back: bytes, kind: str) -> None:
    assert [item.kind for item in redline.untracked(commented("We need this."), back)] == [kind]


def test_a_new_comment_in_our_name_from_before_we_sent_is_told_and_their_own_is_not() -> None:
    sent = commented("We need this.")
    note = {"op": "comment", "block": "body:1", "text": "Agreed."}
    for author, date, kinds in ((US, "2026-08-01T09:00:00Z", ["comment_date"]), (THEM, LATER, [])):
        back = redline.apply(sent, [note], author=author, date=date).docx
        assert [item.kind for item in redline.untracked(sent, back)] == kinds


def test_a_new_change_at_the_very_second_of_ours_is_told() -> None:
    edits = (
        {"block": "body:0", "start": 4, "end": 7, "text": "price"},
        {"block": "body:1", "text": "the end"},
    )
    sent, back = doc("The fee is due.", "end"), b""
    for edit in edits:
        sent, back = back or sent, redline.apply(back or sent, [edit], author=US, date=SOON).docx
    assert [item.kind for item in alarms(sent, back)] == ["revision_date"]
