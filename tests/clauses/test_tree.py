"""The clause tree: what is nested in what, under which number and heading."""
# ruff: noqa: E501  (contract sentences stand on one line, as they do in contracts)

import pytest

from clauses import analyse
from tests.clauses.sample import AGREEMENT


def by_path(text):
    return {(c.schedule, c.path): c for c in analyse(text).clauses if c.path}


def outline(text):
    return [(c.depth, c.number, c.heading) for c in analyse(text).clauses]


def test_sections_and_sub_clauses_nest_by_their_numbers():
    found = by_path(AGREEMENT)
    analysis = analyse(AGREEMENT)
    assert found["", "4.3(b)"].parent == found["", "4.3"].id
    assert found["", "4.3"].parent == found["", "4"].id
    assert analysis.quote(found["", "4.3(b)"]) == "(b) fraud; and"
    assert analysis.quote(found["", "4"]).endswith("Section 9.9.")


def test_a_schedule_stands_apart_and_counts_from_one_again():
    found = by_path(AGREEMENT)
    assert found["schedule 1", "2"].schedule == "schedule 1"
    assert found["", "2"].heading == "PAYMENT"


def test_the_signature_block_is_no_clause_of_the_last_section():
    analysis = analyse(AGREEMENT)
    signature = next(c for c in analysis.clauses if c.kind == "signature")
    assert analysis.quote(signature).startswith("IN WITNESS")
    assert "Name: [name of signatory]" in analysis.quote(signature)
    assert analysis.clause(signature.id).parent is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ARTICLE IV\nPAYMENT\n4.1 Fees. Pay them.", [(0, "ARTICLE IV", "PAYMENT"), (1, "4.1", "Fees")]),
        ("Section 3. Notices\nAll notices are in writing.", [(0, "Section 3.", "Notices"), (1, "", "")]),
        (
            "It begins with some words.\nConfidentiality. Each party keeps the secrets of the other.",
            [(0, "", ""), (0, "", "Confidentiality")],
        ),
        (
            "1. Fees.\n(h) one thing\n(i) another\n(j) a third",
            [(0, "1.", "Fees"), (1, "(h)", ""), (1, "(i)", ""), (1, "(j)", "")],
        ),
        (
            "1. Rules.\n(a) first of all\n(i) deep one\n(ii) deep two\n(b) second",
            [(0, "1.", "Rules"), (1, "(a)", ""), (2, "(i)", ""), (2, "(ii)", ""), (1, "(b)", "")],
        ),
        (
            "5. Prizes\nA. Majors\n1. First place wins.\n2. Second place wins.\n6. Other Matters",
            [
                (0, "5.", "Prizes"),
                (1, "A.", "Majors"),
                (2, "1.", ""),
                (2, "2.", ""),
                (0, "6.", "Other Matters"),
            ],
        ),
    ],
)
def test_typed_numbering(text, expected):
    assert [r for r in outline(text) if any(r)] == [r for r in expected if any(r)]


@pytest.mark.parametrize(
    "text",
    [
        "2019 was a good year for us.",
        "751 North Drive, Melbourne",
        "U.S. law applies here.",
        "10 days later it rained.",
    ],
)
def test_years_addresses_and_abbreviations_are_no_numbers(text):
    assert analyse("Start of it all, then.\n" + text).clauses[-1].number == ""


def test_a_sentence_about_a_section_opens_no_section():
    assert analyse("Some text first.\nSection 4.1 applies where the fees are late.").clauses[-1].number == ""


def test_articles_run_together_in_one_line_are_taken_apart():
    line = "The parties agree to the following terms and to all that is attached to them in good faith and for value.   4. EXCLUSIVITY   During the term Supplier serves nobody else."
    assert [c.heading for c in analyse("1. START   It begins.\n" + line).clauses][-1] == "EXCLUSIVITY"


def test_an_exhibit_number_over_a_filed_contract_opens_no_exhibit():
    clauses = analyse("EXHIBIT 10.2\n\nHOSTING AGREEMENT\n\n1. Term. It runs on.").clauses
    assert {c.schedule for c in clauses} == {""}


def test_ranges_nest_and_children_follow_their_parent():
    analysis = analyse(AGREEMENT)
    known = {c.id: c for c in analysis.clauses}
    for clause in analysis.clauses:
        assert clause.start <= clause.own_end <= clause.end
        if clause.parent:
            above = known[clause.parent]
            assert above.start <= clause.start
            assert clause.end <= above.end
            assert clause.depth == above.depth + 1


def test_markdown_marks_are_read_through_and_quoted_as_they_stand():
    text = "# Terms\n\n1. **Fees**. Pay “**Fees**” in 30 days.\n"
    analysis = analyse(text)
    assert [c.heading for c in analysis.clauses] == ["Terms", "Fees"]
    assert [f.quote for f in analysis.facts] == ["30 days"]
    assert text[analysis.facts[0].start : analysis.facts[0].end] == "30 days"


def test_the_number_of_a_filing_is_no_title():
    rows = [
        (c.kind, c.heading) for c in analyse("EXHIBIT 10.2\n\nRESELLER AGREEMENT\n\n1. Fees. None.\n").clauses
    ]
    assert rows[:2] == [("paragraph", ""), ("title", "RESELLER AGREEMENT")]


def test_capitals_that_run_on_are_no_heading():
    text = (
        "7. WARRANTY. THE GOODS ARE SOLD AS THEY ARE AND THE SELLER GIVES NO PROMISE OF ANY KIND, WHETHER EXPRESS OR "
        "IMPLIED, IN LAW OR IN FACT, AS TO FITNESS\nAND QUALITY UNDER ANY LAW WHATEVER.\nLIABILITY\nIt is limited.\n"
    )
    assert [c.heading for c in analyse(text).clauses if c.heading] == ["WARRANTY", "LIABILITY"]
