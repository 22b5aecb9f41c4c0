"""Edits written as tracked changes: each operation, pending changes of others, refusals, untouched bytes."""

import re
import zipfile
from io import BytesIO

import pytest

import redline
from tests.redline.edit_cases import OTHERWISE, cases, judge
from tests.redline.notation import doc
from tests.redline.pairs import DATA
from tests.shared import needs_shared

CASES = {name: rest for name, *rest in cases()} if DATA.is_dir() else {}


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(CASES))
def test_the_recipes_edits_come_out_as_the_recipe_does_them(name: str) -> None:
    assert set(judge(*CASES[name])) == OTHERWISE.get(name, set())


def edited(data: bytes, *edits: dict, **more: object) -> bytes:
    return redline.apply(data, edits, author="Us", **more).docx


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        (["pay 30 days"], {"block": "body:0", "start": 4, "end": 6, "text": "90"}, ["pay 90 days"]),
        (["a", "b", "c"], {"op": "delete_block", "block": "body:1"}, ["a", "c"]),
        (["a", "b"], {"op": "insert_after", "block": "body:0", "text": "x\ny"}, ["a", "x", "y", "b"]),
        (["a", "b", "c"], {"op": "move_after", "block": "body:0", "after": "body:1"}, ["b", "a", "c"]),
        (["one two", "c"], {"op": "split", "block": "body:0", "start": 4}, ["one ", "two", "c"]),
        (["one", "two"], {"op": "join", "block": "body:0", "text": " "}, ["one two"]),
        ([["a | b", "c | d"], "e"], {"op": "row_delete", "block": "body:1"}, ["c", "d", "e"]),
        (
            [["a | b"], "e"],
            {"op": "row_insert_after", "block": "body:0", "cells": ["x", "y"]},
            ["a", "b", "x", "y", "e"],
        ),
    ],
)
def test_each_operation_reads_as_asked_and_rejects_to_what_was(before: list, edit: dict, after: list) -> None:
    data = doc(*before)
    done = edited(data, edit)
    assert redline.text(done).splitlines() == after
    assert redline.text(redline.resolve(done, accept_all=True)).splitlines() == after
    assert redline.text(redline.resolve(done, reject_all=True)) == redline.text(data)


def test_only_the_words_that_differ_are_marked() -> None:
    done = edited(doc("pay within 30 days of it"), {"block": "body:0", "text": "pay within 90 days of it"})
    assert [(c.kind, c.text) for c in redline.changes(done)] == [("delete", "30"), ("insert", "90")]


def test_the_look_of_the_words_is_kept() -> None:
    done = edited(
        doc("pay **within 30 days** of it"), {"block": "body:0", "start": 11, "end": 13, "text": "90"}
    )
    assert [(p.text, p.bold) for p in redline.read(done).blocks[0].pieces if p.state == "inserted"] == [
        ("90", True)
    ]


def test_striking_their_insertion_nests_inside_it() -> None:
    done = edited(doc("a [+new +]b"), {"block": "body:0", "start": 2, "end": 6, "text": ""})
    piece = next(p for p in redline.read(done).blocks[0].pieces if p.state == "deleted")
    assert (piece.text, piece.author, piece.within) == ("new ", "Us", "inserted")
    assert redline.text(redline.resolve(done, reject_all=True, author="Us")) == "a new b\n"


def test_edits_in_any_order_give_the_same_bytes() -> None:
    data = doc("one two three", "four")
    one = {"block": "body:0", "start": 0, "end": 3, "text": "1"}
    two = {"block": "body:0", "start": 8, "end": 13, "text": "3"}
    three = {"op": "insert_after", "block": "body:1", "text": "five"}
    texts = {
        redline.text(edited(data, *order))
        for order in ((one, two, three), (three, two, one), (two, one, three))
    }
    assert texts == {"1 two 3\nfour\nfive\n"}


def test_a_new_paragraph_continues_the_list() -> None:
    done = edited(doc("1. One", "1. Two", "plain"), {"op": "insert_after", "block": "body:0", "text": "New"})
    assert [(b.number, b.text) for b in redline.read(done).blocks] == [
        ("1.", "One"),
        ("2.", "New"),
        ("3.", "Two"),
        ("", "plain"),
    ]


def test_a_new_paragraph_takes_the_style_asked_for() -> None:
    edit = {"op": "insert_after", "block": "body:1", "text": "Two", "style_from": "body:0"}
    assert redline.read(edited(doc("# One", "plain", "end"), edit)).blocks[2].style == "heading 1"


def test_a_level_change_is_a_format_change() -> None:
    done = edited(doc("1. One", "1. Two"), {"op": "set_level", "block": "body:1", "level": 1})
    assert [b.number for b in redline.read(done).blocks] == ["1.", "1.1"]
    rejected = redline.read(redline.resolve(done, reject_all=True))
    assert [b.number for b in rejected.blocks] == ["1.", "2."]


def test_bold_can_be_set_and_taken_back() -> None:
    done = edited(doc("pay now"), {"op": "format", "block": "body:0", "start": 4, "end": 7, "bold": True})
    assert [(p.text, p.bold) for p in redline.read(done).blocks[0].pieces] == [("pay ", False), ("now", True)]
    rejected = redline.read(redline.resolve(done, reject_all=True))
    assert [(p.text, p.bold) for p in rejected.blocks[0].pieces] == [("pay now", False)]


def test_reasons_become_comments_when_asked() -> None:
    edit = {"block": "body:0", "start": 4, "end": 6, "text": "90", "reason": "Our standard."}
    found = redline.read(edited(doc("pay 30 days"), edit, comments=True)).comments
    assert [(c.text, c.author, c.block) for c in found] == [("Our standard.", "Us", "body:0")]
    assert redline.read(edited(doc("pay 30 days"), edit)).comments == ()


def test_a_comment_alone_changes_no_word() -> None:
    edit = {"op": "comment", "block": "body:0", "start": 4, "end": 6, "text": "Why?"}
    done = edited(doc("pay 30 days"), edit)
    assert redline.text(done) == "pay 30 days\n"
    assert [(c.text, c.quote) for c in redline.read(done).comments] == [("Why?", "30")]


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ([{"op": "explode", "block": "body:0"}], "unknown-op"),
        ([{"block": "body:9", "text": ""}], "no-such-block"),
        ([{"block": "body:0", "start": 0, "end": 99, "text": ""}], "bad-range"),
        ([{"block": "body:0", "start": 3, "end": 1, "text": ""}], "bad-range"),
        ([{"block": "body:0", "text": "a\nb"}], "new-paragraph"),
        ([{"block": "body:0", "text": "\x00"}], "bad-text"),
        ([{"block": "body:0", "start": 0, "end": 1, "text": "x", "quote": "z"}], "text-changed"),
        (
            [
                {"block": "body:0", "start": 0, "end": 3, "text": "x"},
                {"block": "body:0", "start": 2, "end": 4, "text": "y"},
            ],
            "overlapping-edits",
        ),
        ([{"block": "body:0", "text": "x"}, {"op": "delete_block", "block": "body:0"}], "overlapping-edits"),
        (
            [
                {"op": "join", "block": "body:0"},
                {"op": "insert_after", "block": "body:0", "text": "x"},
            ],
            "overlapping-edits",
        ),
        (
            [
                {"op": "split", "block": "body:0", "start": 2},
                {"block": "body:0", "start": 0, "end": 4, "text": "x"},
            ],
            "overlapping-edits",
        ),
        ([{"op": "set_level", "block": "body:0", "level": 1}], "not-numbered"),
        ([{"op": "row_delete", "block": "body:0"}], "not-in-table"),
        ([{"op": "join", "block": "body:1"}], "nothing-to-join"),
        ([{"op": "move_after", "block": "body:0", "after": "body:7"}], "no-such-block"),
    ],
)
def test_what_is_unclear_or_unsafe_is_refused_with_a_code(edits: list, code: str) -> None:
    with pytest.raises(redline.Refused) as refusal:
        redline.apply(doc("pay now", "end"), edits)
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


@needs_shared
def test_untouched_paragraphs_and_parts_stay_byte_for_byte() -> None:
    data = (DATA / "base" / "cp-one-way-nda.docx").read_bytes()
    blocks = redline.read(data).blocks
    target = next(b for b in blocks if b.kind == "paragraph" and len(b.text) > 80)
    done = redline.apply(data, [{"block": target.id, "start": 0, "end": 5, "text": "Other"}]).docx
    before, after = zipfile.ZipFile(BytesIO(data)), zipfile.ZipFile(BytesIO(done))
    assert before.namelist() == after.namelist()
    changed = [n for n in before.namelist() if before.read(n) != after.read(n)]
    assert changed == ["word/document.xml"]
    one, two = (
        re.findall(rb"<w:p[ >].*?</w:p>", z.read("word/document.xml"), re.DOTALL) for z in (before, after)
    )
    assert len(one) == len(two)
    assert sum(a != b for a, b in zip(one, two, strict=True)) == 1
