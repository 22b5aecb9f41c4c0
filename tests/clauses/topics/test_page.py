"""Pages: lines with headings, key terms, sentences, edits in memory."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.topics.page import Page, is_blank, undotted

FORM = """\
Cover Page
Governing Law
Which law decides
[ ] The laws of Texas
[ x ] The laws of Ireland
Confidentiality Period: three years
1. Term. This Agreement starts on signature. It ends after clause 8.1 applies.
2. Uses. The Recipient may:
(a) read the information;
(b) discuss it; and
(c) return it.
Definitions
“Cap” means the Fees of the last year. Other words follow.
"""


@pytest.fixture
def page():
    return Page.from_text(FORM)


def test_offsets_are_those_of_the_text(page):
    assert page.text == FORM
    for line in page.lines:
        assert FORM[line.start : line.end] == line.text


def test_a_line_whose_paragraph_mark_is_deleted_runs_on_into_the_next():
    rows = [("b0", "General Cap", "", ""), ("b1", " Amount", "", ""), ("b2", "1. Term. It ends.", "", "")]
    page = Page.from_rows(rows, runs_on=frozenset(["b0"]))
    assert page.text == "General Cap Amount\n1. Term. It ends.\n"
    assert [page.text[line.start : line.end] for line in page.lines] == [row[1] for row in rows]
    edited = page.edited([{"op": "replace", "block": "b2", "start": 9, "end": 17, "text": "It runs on."}])
    assert edited.text == "General Cap Amount\n1. Term. It runs on.\n"


def test_a_document_s_lines_start_where_its_own_text_says():
    ends = {"b0": "joined", "b1": "line", "b2": "gone", "b3": "line"}
    blocks = [
        SimpleNamespace(
            id=name,
            text="" if how == "gone" else f"Text {name}.",
            number="",
            kind="paragraph",
            accepted_as=how,
            table=None,
        )
        for name, how in ends.items()
    ]
    page = Page.from_document(SimpleNamespace(blocks=blocks))
    assert page.text == "Text b0.Text b1.\nText b3.\n"
    assert [line.start for line in page.lines] == [0, 8, 17]


def test_headings_above_and_inside_a_line_are_known(page):
    assert [line.text for line in page.lines if line.is_heading] == [
        "Cover Page",
        "Governing Law",
        "Definitions",
    ]
    assert page.line_at(FORM.index("This Agreement")).run_in == "Term"


def test_a_key_term_is_the_ticked_option(page):
    assert page.key_term("Governing Law").text == "The laws of Ireland"
    assert page.key_term("Confidentiality Period").text == " three years"
    assert page.key_term("Venue") is None


def test_an_option_that_is_not_ticked_is_not_text(page):
    assert page.find_sentences("Texas") == ()


def test_a_clause_comes_with_its_list(page):
    (clause,) = page.find_clauses("discuss")
    assert clause.text.startswith("The Recipient may:")
    assert clause.text.endswith("(c) return it.")


def test_a_number_of_a_clause_ends_no_sentence(page):
    (found,) = page.find_sentences(r"ends[^.]*applies")
    assert found.text == "It ends after clause 8.1 applies."


def test_a_definition_is_its_own_sentence(page):
    assert page.meaning("Cap").text == "“Cap” means the Fees of the last year."


def test_edits_change_the_text_and_nothing_else(page):
    block = page.line_at(FORM.index("(b)")).block
    edits = [
        {"op": "replace", "block": block, "start": 4, "end": 11, "text": "repeat"},
        {"op": "insert_after", "block": block, "text": "(bb) print it;"},
        {"op": "delete_block", "block": page.lines[0].block},
    ]
    expected = FORM.replace("discuss it; and\n", "repeat it; and\n(bb) print it;\n").replace(
        "Cover Page\n", ""
    )
    assert page.edited(edits).text == expected


@given(st.text(st.sampled_from(list("ab. \n(1)“”’:;AB[]{}_x"))))
def test_any_text_is_kept_code_point_for_code_point(text):
    page = Page.from_text(text)
    assert page.text == text.removesuffix("\n") + "\n"
    assert page.edited([]).text == page.text
    assert len(undotted(text)) == len(text)


@pytest.mark.parametrize("text", ["{law}", "[ # ] days", "____", "[Fill in]", "", "[•]", "$[_________]"])
def test_blanks(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["30 days", "[x] Ireland", "the laws of Ohio", "[as amended]"])
def test_not_blank(text):
    assert not is_blank(text)


def test_an_order_under_a_master_agreement_is_not_the_whole_contract():
    text = (
        "Order Form\nThis Order is made under the Master Services Agreement between "
        "the parties.\nFees: EUR 10.\n"
    )
    assert Page.from_text(text).unread_terms == "Master Services Agreement"
