"""Promises of the engine over random documents."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

import redline
from redline.worddiff import diff_spans, word_diff
from tests.redline.notation import doc

WORDS = st.sampled_from(["fee", "party", "the", "shall", "pay", "30", "days", "4.1", "Company’s", "notice"])
PARAGRAPH = st.lists(WORDS, min_size=0, max_size=9).map(" ".join)
TABLE = st.lists(st.tuples(PARAGRAPH, PARAGRAPH).map(" | ".join), min_size=1, max_size=3)
BLOCKS = st.lists(
    st.one_of(PARAGRAPH, PARAGRAPH, PARAGRAPH.map(lambda t: f"1. {t}"), TABLE), min_size=1, max_size=6
)
PENDING = st.lists(
    st.one_of(
        WORDS,
        WORDS.map(lambda t: f"[+{t} +]"),
        WORDS.map(lambda t: f"[-{t} -]"),
        WORDS.map(lambda t: f"**{t}**"),
    ),
    min_size=0,
    max_size=6,
).map("".join)
TRACKED = st.lists(
    st.tuples(PENDING, st.sampled_from(["", "", "", "¶+", "¶-"])).map("".join), min_size=1, max_size=6
).map(lambda lines: [*lines, "the end"])
text = st.text(alphabet="ab, .4€’\n", max_size=40)


@given(text, text, st.sampled_from(["word", "character"]))
def test_a_word_difference_holds_both_texts(a: str, b: str, granularity: str) -> None:
    found = word_diff(a, b, granularity=granularity)
    assert "".join(t for op, t in found if op != "insert") == a
    assert "".join(t for op, t in found if op != "delete") == b


@given(text, text)
def test_what_a_difference_calls_the_same_is_the_same(a: str, b: str) -> None:
    for op, a0, a1, b0, b1 in diff_spans(a, b):
        if op == "same":
            assert a[a0:a1] == b[b0:b1]


@settings(max_examples=80, deadline=None)
@given(BLOCKS, BLOCKS)
def test_accepting_a_comparison_gives_the_new_text_and_rejecting_the_old(one: list, two: list) -> None:
    old, new = doc(*one, "the end"), doc(*two, "the end")
    done = redline.compare(old, new)
    assert redline.text(redline.resolve(done.docx, accept_all=True)) == redline.text(new)
    assert redline.text(redline.resolve(done.docx, reject_all=True)) == redline.text(old)
    assert not done.report["fallback"]
    assert redline.text(done.docx) == redline.text(new)
    assert redline.text(done.docx, view="original") == redline.text(old)


@settings(max_examples=40, deadline=None)
@given(BLOCKS)
def test_a_document_compared_with_itself_has_no_changes(blocks: list) -> None:
    data = doc(*blocks)
    assert redline.changes(redline.compare(data, data).docx) == ()


@settings(max_examples=80, deadline=None)
@given(TRACKED, st.randoms(use_true_random=False), st.booleans())
def test_settling_one_by_one_in_any_order_is_settling_at_once(
    lines: list[str], order: random.Random, accept: bool
) -> None:
    data = doc(*lines)
    at_once = redline.resolve(data, accept_all=True) if accept else redline.resolve(data, reject_all=True)
    pending = [change.id for change in redline.changes(data)]
    order.shuffle(pending)
    for change in pending:
        data = redline.resolve(data, accept=[change]) if accept else redline.resolve(data, reject=[change])
    assert redline.text(data) == redline.text(at_once)
    assert redline.changes(data) == ()


@settings(max_examples=60, deadline=None)
@given(TRACKED)
def test_the_views_are_what_settling_gives(lines: list[str]) -> None:
    data = doc(*lines)
    assert redline.text(data) == redline.text(redline.resolve(data, accept_all=True))
    assert redline.text(data, view="original") == redline.text(redline.resolve(data, reject_all=True))


@settings(max_examples=100, deadline=None)
@given(TRACKED, st.data())
def test_edits_over_pending_changes_read_as_asked_and_reject_to_what_was(
    lines: list[str], data: st.DataObject
) -> None:
    before = doc(*lines)
    block = data.draw(st.sampled_from(redline.read(before).blocks))
    start = data.draw(st.integers(0, len(block.text)))
    end = data.draw(st.integers(start, len(block.text)))
    wording = data.draw(PARAGRAPH)
    edit = {"op": "replace", "block": block.id, "start": start, "end": end, "text": wording}
    done = redline.apply(before, [edit], author="Us")
    after = redline.read(done.docx)
    assert after.block(block.id).text == block.text[:start] + wording + block.text[end:]
    ours = redline.resolve(done.docx, reject_all=True, author="Us")
    assert redline.text(ours) == redline.text(before)
    assert redline.text(ours, view="original") == redline.text(before, view="original")
