"""Comparisons judged by the independent checker: pairs that are right stay right."""

import pytest

import redline
from tests.redline.notation import doc
from tests.redline.pairs import DATA, all_pairs
from tests.redline.scoreboard import judge
from tests.redline.traps import trap_pairs
from tests.shared import needs_shared

# checks a pair is known to fail, and why; everything else must pass
NO_LINK = "the format tracks no link's target: the link goes with its words and the new one comes"
NO_HEADER = "the format tracks no reference to a header, so the last section keeps it, with the right words"
OPEN = {
    "WC007-Moved-into-Table<-WC007-Unmodified": (
        {"minimality"},
        "paragraphs moved into a table: the format has no markup for it",
    ),
    "WC025-Simple-Table-After<-WC025-Simple-Table-Before": (
        {"minimality"},
        "two cells swapped: marked cell by cell, as a reader expects",
    ),
    "trap-section-added-with-its-own-header": ({"minimality"}, NO_HEADER),
    "trap-last-section-inherits-its-footer": ({"accept_hf"}, NO_HEADER),
    "trap-header-for-the-first-page-appears": ({"reject_hf"}, NO_HEADER),
    "trap-header-image-and-link-change": ({"minimality"}, NO_LINK),
    "trap-link-target-and-link-words": ({"minimality"}, NO_LINK),
    "trap-amounts-and-references": (
        {"minimality"},
        "amounts and references are marked whole, the yardstick counts digits",
    ),
    "trap-formula-changes": ({"minimality"}, "a formula is replaced whole, never cut"),
}
NAMES = sorted(all_pairs()) if DATA.is_dir() else []


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_a_pair_that_is_right_stays_right(name: str) -> None:
    failed, report = judge(*all_pairs()[name])
    known, _ = OPEN.get(name, (set(), ""))
    assert set(failed) <= known, failed
    assert report["problems"] == []
    assert report["fallback"] is False


@pytest.mark.parametrize("name", sorted(trap_pairs()))
def test_no_trap_costs_a_word(name: str) -> None:
    """The texts alone, by the engine's own account; needs nothing beside the project."""
    report = redline.compare(*trap_pairs()[name]).report
    assert report["problems"] == []
    assert report["fallback"] is False


def kinds(old: bytes, new: bytes) -> list[tuple[str, str, str]]:
    return [(c.kind, c.way, c.text) for c in redline.changes(redline.compare(old, new).docx)]


FIRST, SECOND = "The fee is due on receipt.", "Interest runs from the due date."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["pay 30 days"], ["pay 90 days"], [("delete", "delete", "30"), ("insert", "insert", "90")]),
        (["Company's fee"], ["Company’s fee"], [("delete", "delete", "'"), ("insert", "insert", "’")]),
        ([f"{FIRST} {SECOND}"], [f"{FIRST} ", SECOND], [("paragraph-mark", "insert", "")]),
        ([f"{FIRST} ", SECOND], [f"{FIRST} {SECOND}"], [("paragraph-mark", "delete", "")]),
        (["pay now"], ["pay **now**"], [("format", "", "now")]),
        (
            ["x", ["a | b", "c | d"]],
            ["x", ["a | b"]],
            [("row", "delete", "cd")],
        ),
    ],
)
def test_a_change_is_marked_as_a_lawyer_would(before: list, after: list, expected: list) -> None:
    assert kinds(doc(*before, "end"), doc(*after, "end")) == expected


def test_a_moved_paragraph_is_a_move() -> None:
    clause = "The Recipient shall keep the information confidential."
    other = "Fees are due within thirty days of the invoice."
    more = "This agreement is governed by the laws of Austria."
    found = redline.compare(doc(clause, other, more, "end"), doc(other, more, clause, "end"))
    assert "move" in {change.kind for change in redline.changes(found.docx)}
    assert found.report["moved"] > 0


def test_accepting_pending_changes_first_is_reported() -> None:
    done = redline.compare(doc("pay [-30-][+90+] days"), doc("pay 60 days"))
    assert done.report["accepted_before"] == {"old": 2, "new": 0}
    assert redline.text(redline.resolve(done.docx, reject_all=True)) == "pay 90 days\n"


def test_equal_input_gives_equal_bytes() -> None:
    old, new = doc("pay 30 days", ["a | b"]), doc("pay 90 days", ["a | c"])
    assert redline.compare(old, new, author="A").docx == redline.compare(old, new, author="A").docx


def test_author_and_date_are_written() -> None:
    done = redline.compare(doc("a"), doc("b"), author="Ada", date="2026-02-03T04:05:06Z")
    assert {(c.author, c.date) for c in redline.changes(done.docx)} == {("Ada", "2026-02-03T04:05:06Z")}


def test_character_granularity_marks_letters() -> None:
    done = redline.compare(doc("colour"), doc("color"), granularity="character")
    assert [(c.kind, c.text) for c in redline.changes(done.docx)] == [("delete", "u")]
