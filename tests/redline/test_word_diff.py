# ruff: noqa: E501  (one case, one line)
"""Differences of words as a lawyer would mark them: whole amounts and references, no confetti."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline import word_diff
from redline.worddiff import changed_characters, tokens


def changes(before: str, after: str, granularity: str = "word") -> list[tuple[str, str]]:
    return [(op, text) for op, text in word_diff(before, after, granularity=granularity) if op != "same"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # numbers, amounts and references whole
        ("a cap of $1,000.00.", "a cap of $1,500.00.", [("delete", "$1,000.00"), ("insert", "$1,500.00")]),
        ("EUR 1.000,00 each", "EUR 2.000,00 each", [("delete", "1.000,00"), ("insert", "2.000,00")]),
        ("pay €500 now", "pay €550 now", [("delete", "€500"), ("insert", "€550")]),
        ("150% of it", "125% of it", [("delete", "150%"), ("insert", "125%")]),
        ("1.5% a month", "1.25% a month", [("delete", "1.5%"), ("insert", "1.25%")]),
        ("see Section 4.1(b)(ii).", "see Section 4.2(b)(ii).", [("delete", "4.1(b)(ii)"), ("insert", "4.2(b)(ii)")]),
        ("see Section 4(a).", "see Section 4(b).", [("delete", "4(a)"), ("insert", "4(b)")]),
        ("within 30 days", "within 45 days", [("delete", "30"), ("insert", "45")]),
        # a number in words and in digits is one change, both brackets in it
        ("thirty (30) days", "sixty (60) days", [("delete", "thirty (30)"), ("insert", "sixty (60)")]),
        # two numbers are two changes
        (
            "EUR 1,000.00 or 150% of it",
            "EUR 1,500.00 or 125% of it",
            [("delete", "1,000.00"), ("insert", "1,500.00"), ("delete", "150%"), ("insert", "125%")],
        ),
        # an apostrophe is marked alone
        ("Company's fee", "Company’s fee", [("delete", "'"), ("insert", "’")]),
        # a word that comes or goes takes the space after it
        ("a written notice", "a prior written notice", [("insert", "prior ")]),
        ("a prior written notice", "a written notice", [("delete", "prior ")]),
        ("it ends.", "it ends now.", [("insert", " now")]),
        # a rewritten stretch is one change: no "of the" left standing in it
        (
            "promptly upon termination of the agreement, destroy all copies",
            "immediately following expiration of the contract, return all copies",
            [
                ("delete", "promptly upon termination of the agreement, destroy"),
                ("insert", "immediately following expiration of the contract, return"),
            ],
        ),
        # but words between small changes stay
        ("pay in ten days", "pays in nine days", [("delete", "pay"), ("insert", "pays"), ("delete", "ten"), ("insert", "nine")]),
    ],
)  # fmt: skip
def test_a_lawyer_would_mark_it_so(before: str, after: str, expected: list) -> None:
    assert changes(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("colour", "color", [("delete", "u")]),
        ("30 days", "35 days", [("delete", "0"), ("insert", "5")]),
        ("Supplier", "Suppliers", [("insert", "s")]),
    ],
)
def test_letters_are_marked_on_request(before: str, after: str, expected: list) -> None:
    assert changes(before, after, "character") == expected


TEXTS = st.lists(
    st.sampled_from(["the ", "fee ", "$1,000.00 ", "4.1(b) ", "shall ", "Company's ", "30 ", "not ", ", ", "pay"]),
    max_size=12,
).map("".join)  # fmt: skip


@given(TEXTS, TEXTS, st.sampled_from(["word", "character"]))
def test_both_texts_can_be_read_from_the_difference(before: str, after: str, granularity: str) -> None:
    found = word_diff(before, after, granularity=granularity)
    assert "".join(text for op, text in found if op != "insert") == before
    assert "".join(text for op, text in found if op != "delete") == after


@given(TEXTS, TEXTS)
def test_no_amount_is_cut(before: str, after: str) -> None:
    """What is marked consists of whole tokens, but for the one space a change may begin or end with."""
    edges = {0}
    for token in tokens(before):
        edges.add(max(edges) + len(token))
    at = 0
    for op, text in word_diff(before, after):
        if op != "insert":
            assert at in edges
            at += len(text)


@given(TEXTS, TEXTS)
def test_marking_never_costs_more_than_replacing_the_text(before: str, after: str) -> None:
    assert changed_characters(before, after) <= len(before) + len(after)
