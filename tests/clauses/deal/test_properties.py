"""Promises of agreed values, sides, flags and duties on any text; no row of words that makes a pattern explode."""
# ruff: noqa: E501  (rows of words stand on one line)

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauses import analyse, read_deal

_WORDS = st.sampled_from(
    [
        "This Agreement", "is made as of", "March 3, 2021", "(the “Effective Date”)", "by and between", "Acme, Inc.", "a Delaware corporation",
        "(“Customer”)", "and", "Fabrikam GmbH", "The term of this Agreement", "shall continue", "until", "for a period of", "three (3) years",
        "from the Effective Date", "the second anniversary of", "shall automatically renew", "successive one year terms", "unless", "notice",
        "at least sixty (60) days", "prior to", "expiration", "governed by the laws of", "New York", "total liability", "shall not exceed",
        "two times the fees paid", "$1,000,000", "except for", "fraud", "each invoice", "within 30 days of receipt", "interest at",
        "one and one-half percent", "per month", "99.9%", "available", "service credit", "confidential", "survive", "insurance", "notify",
        "personal data breach", "terminate", "for convenience", "Customer shall:", "(a) pay", "(b) not assign", "; and", "either party may",
        "will be paid by Customer", "may change the terms", "Effective Date: ", "Governing Law: ", "[ x ] ", "[ ] ", "{term}", "____", "\n", "\n\n",
        ". ", "; ", ": ", "**", "# Term\n", "İ", "ß", "\u00a0", "𝒳", "By: /s/", "Date: ", "9999", "999999999 years", "December 31, 2099",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=50).map(" ".join))


@settings(max_examples=120)
@given(TEXTS)
def test_every_place_quotes_what_it_claims(text):
    analysis = analyse(text)
    deal = read_deal(analysis)
    for fact in deal.key_facts:
        assert text[fact.start : fact.end] == fact.quote
        assert (fact.start, fact.end) in fact.derived_from
        assert all(0 <= a <= b <= len(text) for a, b in fact.derived_from)
    for side in deal.mutuality:
        assert side.places
        assert all(text[a:b] == quote for a, b, quote in side.places)
    for flag in deal.flags:
        assert text[flag.start : flag.end] == flag.quote
    for duty in analysis.obligations:
        assert {name for name, _, _ in duty.parts} >= {"bearer", "modal", "action"}
        assert all(duty.kind in ("duty", "ban", "right", "release") for _ in duty.parts)
        assert all(0 <= a < b <= len(text) for _, a, b in duty.parts)


@settings(max_examples=60)
@given(TEXTS)
def test_reading_twice_gives_the_same(text):
    assert read_deal(text) == read_deal(text)


_ROWS = [
    "and Acme, ", "A B & ", "(the “X”), ", "between A and ", "by and between ", "A, a ", "one and ", "one-half of one percent ", "Customer shall: (a) ",
    "Customer shall pay and shall ", "shall be paid by ", "the term of this Agreement shall continue ", "liability not exceed ", "renew ",
    "notice 30 days ", "insurance $1,000 ", "(i) ", "[ ] ", "Party A: ", "By: ", "the laws of the ", "limit ", "may change the ", "fees ", "\n(a) ", "Inc. ",
]  # fmt: skip


@pytest.mark.parametrize("row", _ROWS)
def test_a_row_of_the_same_words_is_read(row):
    text = (row * (6_000 // len(row)))[:6_000]
    assert all(text[f.start : f.end] == f.quote for f in read_deal(text).key_facts)


@pytest.mark.slow
@pytest.mark.parametrize("row", [*_ROWS, " ", "\n", "A ", "a ", "1 ", "(", "“", "_", "."])
def test_a_long_row_of_the_same_words_ends(row):
    """300,000 characters in a process of its own: what explodes is stopped, and is a failure."""
    program = (
        "import sys; from clauses import read_deal; row = sys.argv[1];"
        "read_deal((row * (300_000 // len(row) + 1))[:300_000])"
    )
    done = subprocess.run([sys.executable, "-c", program, row], timeout=120, check=False)
    assert done.returncode == 0
