"""Single decisions, some yes and some no, in any order: the end is that of deciding all at once."""

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

import redline
from redline.package import Package
from tests.redline.notation import doc

WORDS = ("fee", "party", "the", "shall", "pay", "30", "days", "notice")


def wording(chance: random.Random, longest: int = 6) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(0, longest)))


def random_edit(document: redline.Document, chance: random.Random) -> dict:
    block = chance.choice(document.blocks)
    # a paragraph moved to where it has nothing to flow into (the end, before a table) is a known limit
    others = [one.id for one, two in pairwise(document.blocks) if one.table is None is two.table]
    start = chance.randint(0, len(block.text))
    asked: dict[str, dict] = {
        "replace": {
            "start": start,
            "end": chance.randint(start, len(block.text)),
            "text": wording(chance, 3),
        },
        "delete_block": {},
        "insert_after": {"text": wording(chance)},
        "move_after": {"after": chance.choice(others or [block.id])},
        "join": {"text": " "},
        "set_level": {"level": chance.randint(0, 2)},
        "row_delete": {},
        "row_insert_after": {"cells": [wording(chance), wording(chance)]},
    }
    op = chance.choice(["replace", "replace", *asked])
    return {"op": op, "block": block.id, **asked[op]}


def tangled(chance: random.Random, rounds: int) -> bytes:
    """A document three people worked on in turns, inside each other's changes too; refused edits left out."""
    lines: list = [wording(chance) for _ in range(3)] + [f"1. {wording(chance)}"]
    lines.insert(2, [f"{wording(chance)} | {wording(chance)}" for _ in range(2)])
    data = doc(*lines, "the end")
    for turn in range(rounds):
        edit = random_edit(redline.read(data), chance)
        try:
            data = redline.apply(
                data, [edit], author=f"P{turn % 3}", date=f"2026-01-{turn + 1:02}T00:00:00Z"
            ).docx
        except redline.Refused:
            continue
    return data


def pending(data: bytes) -> list[redline.Change]:
    return [change for change in redline.changes(data) if change.kind != "comment"]


def one_by_one(data: bytes, decisions: list[tuple[str, bool]]) -> bytes:
    for change, accept in decisions:
        data = redline.resolve(data, accept=[change]) if accept else redline.resolve(data, reject=[change])
    return data


def tables(data: bytes) -> list[tuple[int, int, int] | None]:
    return [block.table for block in redline.read(data).blocks]


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 9))
def test_mixed_decisions_in_any_order_end_like_all_at_once(chance: random.Random, rounds: int) -> None:
    data = tangled(chance, rounds)
    decisions = [(change.id, chance.random() < 0.5) for change in pending(data)]
    if not decisions:
        return
    yes = [change for change, accept in decisions if accept]
    at_once = redline.resolve(data, accept=yes, reject=[c for c, accept in decisions if not accept])
    chance.shuffle(decisions)
    settled = one_by_one(data, decisions)
    assert redline.text(settled) == redline.text(at_once)
    assert tables(settled) == tables(at_once)
    assert pending(settled) == pending(at_once) == []


def test_a_paragraph_added_at_the_end_takes_over_the_last_mark() -> None:
    """As Word writes it: the paragraph before has an inserted mark, the last one's mark was always there."""
    data = redline.apply(
        doc("one", "1. two"), [{"op": "insert_after", "block": "body:1", "text": "three"}]
    ).docx
    assert [(change.kind, change.block, change.text) for change in pending(data)] == [
        ("paragraph-mark", "body:1", ""),
        ("insert", "body:2", "three"),
    ]
    mark, words = (change.id for change in pending(data))
    assert redline.text(redline.resolve(data, reject=[mark]), numbers=True) == "one\n1. twothree\n"
    assert redline.text(redline.resolve(data, reject=[mark, words]), numbers=True) == "one\n1. two\n"
    assert redline.text(redline.resolve(data, accept_all=True), numbers=True) == "one\n1. two\n2. three\n"


def test_the_last_paragraph_goes_by_the_mark_before_it() -> None:
    data = redline.apply(doc("one", "1. two"), [{"op": "delete_block", "block": "body:1"}]).docx
    assert [(c.kind, c.block) for c in pending(data)] == [
        ("paragraph-mark", "body:0"),
        ("format", "body:1"),
        ("delete", "body:1"),
    ]
    assert redline.text(redline.resolve(data, accept_all=True), numbers=True) == "one\n"
    assert redline.text(redline.resolve(data, reject_all=True), numbers=True) == "one\n1. two\n"


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 9))
def test_a_decision_leaves_the_names_of_the_other_changes_alone(chance: random.Random, rounds: int) -> None:
    data = tangled(chance, rounds)
    before = [change.id for change in pending(data)]
    if not before:
        return
    after = {change.id for change in pending(redline.resolve(data, accept=[chance.choice(before)]))}
    assert after <= set(before)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans())
def test_both_ends_of_a_move_are_one_decision(chance: random.Random, accept: bool) -> None:
    lines = [f"{number} {wording(chance)}" for number in range(4)]
    here, there = chance.sample(range(3), k=2)
    edit = {"op": "move_after", "block": f"body:{here}", "after": f"body:{there}"}
    data = redline.apply(doc(*lines, "the end"), [edit]).docx
    (change,) = pending(data)
    assert (change.kind, change.text) == ("move", lines[here])
    moved = [line for line in lines if line != lines[here]]
    moved.insert(moved.index(lines[there]) + 1, lines[here])
    settled = one_by_one(data, [(change.id, accept)])
    assert redline.text(settled).splitlines() == [*(moved if accept else lines), "the end"]
    assert pending(settled) == []


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 9))
def test_what_was_written_reads_back_as_the_same_document(chance: random.Random, rounds: int) -> None:
    """Written anew part by part it is the same model, and its views are what settling gives."""
    data = tangled(chance, rounds)
    package = Package(data)
    for part in package.story_parts():
        package.tree(part)
        package.touch(part)
    assert redline.read(package.save()) == redline.read(data)
    assert redline.text(data) == redline.text(redline.resolve(data, accept_all=True))
    assert redline.text(data, view="original") == redline.text(redline.resolve(data, reject_all=True))
