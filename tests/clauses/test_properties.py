"""Promises on any text: offsets quote what they claim, nothing raises, the same text reads the same."""
# ruff: noqa: E501  (contract sentences stand on one line, as they do in contracts)

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses import analyse, check, read_values, sentence_spans
from clauses.cuad import predict
from tests.clauses.sample import AGREEMENT

_WORDS = st.sampled_from(
    [
        "1.", "1.1", "(a)", "(i)", "ARTICLE IV", "Section 4.1", "Schedule 2", "Exhibit A", "“X” means", "(the “Buyer”)", "shall pay",
        "Customer", "Provider", "each party", "thirty (60) days", "$1,000", "50%", "two times the fees paid", "January 1, 2020", "____", "[ ]",
        "[●]", "governed by the laws of", "New York", "between", "WHEREAS", "By:", "**", "# ", "<span class=\"header_2\">", "\n", "\n\n", "   ", ".",
        ";", "notice", "\u00a0", "\u200b", "עברית", "ﬁ", "İ", "ß", "𝒳", "\r", "\x0b", "Fees.", "Term", "and", "of", "the", "one hundred",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(_WORDS, max_size=60).map(" ".join))


@given(TEXTS)
def test_every_offset_quotes_what_it_claims(text):
    analysis = analyse(text)
    assert analysis.text == text
    for fact in analysis.facts:
        assert text[fact.start : fact.end] == fact.quote
    items = [
        *analysis.clauses,
        *analysis.parties,
        *analysis.definitions,
        *analysis.references,
        *analysis.obligations,
    ]
    for item in items:
        assert 0 <= item.start <= item.end <= len(text)
    for definition in analysis.definitions:
        assert text[definition.text_start : definition.text_end] == definition.text
    for issue in check(analysis):
        assert all(text[p.start : p.end] == p.quote for p in issue.places)


@given(TEXTS)
def test_the_tree_is_a_tree(text):
    analysis = analyse(text)
    known = {}
    for clause in analysis.clauses:
        if clause.parent:
            above = known[clause.parent]
            assert above.start <= clause.start
            assert clause.end <= above.end
        known[clause.id] = clause
    assert [c.start for c in analysis.clauses] == sorted(c.start for c in analysis.clauses)


@given(TEXTS)
def test_reading_twice_gives_the_same(text):
    assert analyse(text) == analyse(text)
    assert predict(text) == predict(text)


@given(TEXTS)
def test_sentences_cover_all_that_is_not_blank(text):
    spans = sentence_spans(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert sum(len("".join(text[a:b].split())) for a, b in spans) == len("".join(text.split()))


@given(TEXTS)
def test_values_quote_their_words(text):
    assert all(text[f.start : f.end] == f.quote for f in read_values(text))


@pytest.mark.parametrize(
    "text",
    ["", "\n", " ", "x" * 50_000, "(" * 9_000, "1. " * 4_000, "a, " * 9_000, '"' * 9_000, "one " * 3_000, "[" * 9_000, "A " * 9_000,
     "Section 1, " * 2_000, "between and " * 2_000, "\n".join(["(a) x"] * 2_000), "_ " * 9_000, AGREEMENT.replace("\n", " "), "הסכם זה נחתם בין הצדדים. " * 900,
     AGREEMENT.translate(str.maketrans("aeoc", "аеос")), "Label\tvalue\n" * 900, "Each Service Credit Of The Thing " * 900],
    ids=lambda t: repr(t[:12]),
)  # fmt: skip
def test_odd_texts_are_read_to_the_end(text):
    analysis = analyse(text)
    assert check(analysis) is not None
    assert predict(text) is not None
