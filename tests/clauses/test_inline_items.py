"""Lists that run inside a paragraph become items of their own; what only looks like one does not."""
# ruff: noqa: E501  (contract sentences stand on one line)

import pytest

from clauses import analyse


def items(text):
    analysis = analyse(text)
    return [(c.path, analysis.quote(c)) for c in analysis.clauses if c.kind == "item"]


def test_a_list_inside_a_paragraph_gives_items_with_their_words():
    text = "8.1 Neither party is liable for (a) loss of profit; (b) loss of data; or (c) any indirect loss. This applies to both."
    assert items(text) == [
        ("8.1(a)", "(a) loss of profit;"),
        ("8.1(b)", "(b) loss of data; or"),
        ("8.1(c)", "(c) any indirect loss."),
    ]


def test_a_list_in_a_list_hangs_on_its_item():
    text = "3. The Supplier shall (a) deliver (i) the goods and (ii) the papers; and (b) help with the use of them."
    analysis = analyse(text)
    found = {c.path: c for c in analysis.clauses}
    assert list(found) == ["3", "3(a)", "3(a)(i)", "3(a)(ii)", "3(b)"]
    assert found["3(a)(ii)"].parent == found["3(a)"].id
    assert analysis.quote(found["3(a)"]) == "(a) deliver (i) the goods and (ii) the papers; and"


def test_the_letter_i_goes_on_a_list_of_letters():
    text = "1. It covers " + ", ".join(f"({letter}) case {letter}" for letter in "abcdefghij") + "."
    assert [path for path, _ in items(text)] == [f"1({letter})" for letter in "abcdefghij"]


@pytest.mark.parametrize(
    "text",
    [
        "4. The limits in clause 3 (a) and (b) of the order apply as they stand there.",
        "4. Subject to paragraphs (a) and (b) above, the Customer pays within one (1) month or two (2) months.",
        "4. The party (a) that is the only label here stays one sentence.",
        "4. The items (b) and (c) do not begin where a list begins and so are none.",
        "4. A copy(a) and a print(b) are words with a note each.",
    ],
)
def test_references_numbers_and_lone_labels_are_no_list(text):
    assert items(text) == []


def test_what_follows_the_list_belongs_to_the_paragraph():
    text = "2. Fees. Customer shall pay (a) the licence fee, and (b) the support fee. Interest runs from 30 days after the date."
    analysis = analyse(text)
    fact = next(f for f in analysis.facts if f.kind == "duration")
    assert analysis.clause(fact.clause).path == "2"
    assert analysis.clause_at(fact.start).path == "2"
    assert analysis.quote(analysis.clause(fact.clause)) == text


def test_references_find_the_item():
    text = "1. Duties. Each party shall (a) keep records; and (b) keep them safe.\n2. Survival. Section 1(b) survives the end of this Agreement."
    analysis = analyse(text)
    (reference,) = analysis.references
    assert analysis.quote(analysis.clause(reference.target)) == "(b) keep them safe."


def test_letters_that_point_to_items_open_none():
    text = "1. Use. Provider may (a) fix it; (b) change it; or (c) if neither (a) nor (b) is possible, refund the fees."
    assert [c.path for c in analyse(text).clauses if c.kind == "item"] == ["1(a)", "1(b)", "1(c)"]


def test_nor_may_stand_before_a_real_item():
    text = "1. Care. Recipient will not (a) use the Data; nor (b) show the Data to anyone else."
    assert [c.path for c in analyse(text).clauses if c.kind == "item"] == ["1(a)", "1(b)"]
