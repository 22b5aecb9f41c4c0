"""What leaves is what the page shows: the drawn draft and the written file say the same."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import redline
from negotiation import markup
from negotiation.models import Block
from negotiation.services.outgoing import overlapping
from tests.redline.notation import doc

LINES = (
    "# 1 Terms",
    "The Supplier delivers the goods within thirty (30) days, at its own cost.",
    "Payment [-falls due-][+is due+] within ten days of the invoice; **late** payment bears interest.",
    ["Item | Price", "Support [+and care+] | 100 euro"],
    "  1. Neither party may assign.",
    "The last line [+ends+] here.",
)
DATA = doc(*LINES)
DOCUMENT = redline.read(DATA)
WORDS = st.lists(st.sampled_from(["the", "five", "(5)", "days,", "and", "Buyer", "a\vb", "€"]), max_size=4)


def rows() -> list[Block]:
    return [
        Block(
            position=position,
            address=block.id,
            part=block.part,
            kind=block.kind,
            start=DOCUMENT.start_of(block.id),
            text=block.text,
            pieces=[
                {
                    "text": p.text,
                    "state": p.state,
                    "author": p.author,
                    "change_id": p.change_id,
                    "bold": p.bold,
                }
                for p in block.pieces
            ],
        )
        for position, block in enumerate(DOCUMENT.blocks)
    ]


@st.composite
def edit_lists(draw):
    """Edits as the services make them: replacements that do not overlap, deleted and added paragraphs."""
    edits: list[dict] = []
    for _ in range(draw(st.integers(0, 5))):
        block = draw(st.sampled_from([b for b in DOCUMENT.blocks if b.text]))
        op = draw(st.sampled_from(["replace", "replace", "replace", "delete_block", "insert_after"]))
        if block.table and op != "replace":
            op = "replace"
        if op == "replace":
            start = draw(st.integers(0, len(block.text)))
            end = draw(st.integers(start, len(block.text)))
            text = " ".join(draw(WORDS))
            edit = {"op": op, "block": block.id, "start": start, "end": end, "text": text}
        elif op == "insert_after":
            edit = {"op": op, "block": block.id, "text": "A new paragraph.\nAnd one more."}
        else:
            edit = {"op": op, "block": block.id}
        at = {(e["block"], e.get("start"), e.get("end"), e["op"]) for e in edits}
        insertions = edit.get("start") == edit.get("end") and op == "replace"
        same_point = insertions and any(
            e["block"] == block.id and edit["start"] in (e.get("start"), e.get("end")) for e in edits
        )
        if not overlapping([edit], edits) and not same_point and (block.id, None, None, op) not in at:
            edits.append(edit)
    return edits


def said(drawn: list[markup.Drawn], *, original: bool = False) -> list[str]:
    return [
        "".join(p.text for p in one.pieces if (p.in_original if original else p.in_accepted)) for one in drawn
    ]


@settings(max_examples=60)
@given(edit_lists())
def test_the_page_shows_the_text_of_the_file_that_leaves(edits):
    try:
        file = redline.apply(DATA, edits, author="We").docx
    except redline.Refused:
        return  # told to the person when they decide; nothing is drawn then
    drawn = markup.draw(rows(), edits, author="We")
    assert [line for line in said(drawn) if line] == [line for line in redline.text(file).split("\n") if line]


@settings(max_examples=60)
@given(edit_lists())
def test_our_marks_never_touch_what_was_there_before_any_change(edits):
    drawn = [one for one in markup.draw(rows(), edits, author="We") if one.row is not None]
    assert said(drawn, original=True) == [block.original for block in DOCUMENT.blocks]


def test_words_that_meet_at_one_place_stand_in_the_order_of_the_file():
    edits = [
        {"op": "replace", "block": "body:1", "start": 7, "end": 7, "text": "the"},
        {"op": "replace", "block": "body:1", "start": 0, "end": 7, "text": "five"},
    ]
    file = redline.text(redline.apply(DATA, edits).docx).split("\n")[1]
    assert said(markup.draw(rows(), edits, author="We"))[1] == file


def test_most_random_edit_lists_are_written():
    """The property above must not pass because everything is refused."""
    chance, written = random.Random(7), 0
    for _ in range(40):
        block = chance.choice([one for one in DOCUMENT.blocks if one.text])
        start = chance.randrange(len(block.text))
        edit = {"op": "replace", "block": block.id, "start": start, "end": len(block.text), "text": "word"}
        written += redline.text(redline.apply(DATA, [edit]).docx) != DOCUMENT.text
    assert written == 40


def test_a_highlight_moves_with_the_words_it_stands_on():
    block = rows()[1]
    end = block.text.index(" days")
    edit = {"op": "replace", "block": block.address, "start": 0, "end": len("The Supplier"), "text": "It"}
    (drawn,) = markup.draw([block], [edit], author="We")
    start = block.text.index("thirty")
    text = "".join(piece.text for piece in drawn.pieces if piece.in_accepted)
    assert text[drawn.shifted(start) : drawn.shifted(end, is_end=True)] == "thirty (30)"


@pytest.mark.parametrize(
    ("one", "two", "meet"),
    [
        ({"op": "replace", "start": 0, "end": 5}, {"op": "replace", "start": 5, "end": 9}, False),
        ({"op": "replace", "start": 0, "end": 5}, {"op": "replace", "start": 4, "end": 9}, True),
        ({"op": "delete_block"}, {"op": "replace", "start": 4, "end": 9}, True),
        ({"op": "insert_after"}, {"op": "replace", "start": 4, "end": 9}, False),
        ({"op": "insert_after"}, {"op": "insert_after"}, False),
        ({"op": "delete_block"}, {"op": "delete_block"}, True),
    ],
)
def test_what_touches_the_same_words(one, two, meet):
    assert overlapping([{"block": "b", **one}], [{"block": "b", **two}]) is meet
    assert not overlapping([{"block": "b", **one}], [{"block": "c", **two}])
