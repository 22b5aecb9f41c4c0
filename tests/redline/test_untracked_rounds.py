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
