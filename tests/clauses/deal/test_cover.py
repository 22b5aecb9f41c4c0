"""Values of a cover page: options, blanks, and the terms that lean on a label."""
# ruff: noqa: E501  (tables of cases are easier to check when a case is one line)

import pytest

import redline
from clauses import analyse, key_facts
from tests.shared import SHARED, needs_shared

COVER = """Mutual Non-Disclosure Agreement

Effective Date: March 3, 2025
MNDA Term: 2 years
Governing Law: The laws of the State of Delaware
Chosen Courts: The courts located in New Castle County
Payment Process: 45 days from receipt of the invoice
General Cap Amount: USD 250,000

1. Governing Law. The Governing Law governs this Agreement.
2. Liability. Each party's total liability will not be more than the General Cap Amount.
"""


def facts(text):
    return {f.kind: f for f in key_facts(text)}


def test_labels_are_read_as_what_they_mean():
    found = facts(COVER)
    assert (found["effective_date"].value, found["initial_term"].value) == ("2025-03-03", 2)
    assert (found["governing_law"].value, found["forum"].value) == ("Delaware", "Delaware")
    assert (found["payment_days"].value, found["payment_days"].about) == (45, "receipt")
    assert (found["liability_cap"].value, found["liability_cap"].unit) == (250_000, "USD")


def test_the_terms_that_use_a_label_are_part_of_what_the_value_rests_on():
    law, cap = facts(COVER)["governing_law"], facts(COVER)["liability_cap"]
    assert "The Governing Law governs this Agreement." in [COVER[a:b] for a, b in law.derived_from]
    assert any("General Cap Amount." in COVER[a:b] for a, b in cap.derived_from)


def test_the_end_is_worked_out_from_the_cover():
    end = facts(COVER)["expiry"]
    assert (end.value, end.note) == ("2027-03-03", "from 2025-03-03")
    assert {"March 3, 2025", "2 years"} <= {COVER[a:b] for a, b in end.derived_from}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Governing Law: [Fill in]", "governing_law"),
        ("Effective Date: ____________", "effective_date"),
        ("Payment Process: {payment_terms}", "payment_days"),
        ("MNDA Term: [ x ] Expires {mnda_term} from Effective Date.", "initial_term"),
    ],
)
def test_a_placeholder_is_a_blank_of_the_form(line, kind):
    found = facts(f"Cover Page\n\n{line}\n\n1. Term. The parties agree.\n")[kind]
    assert (found.value, found.note) == ("", "blank in the form")


def test_words_without_a_value_are_given_as_they_stand():
    text = "Cover Page\n\nEffective Date: Date of last signature\n\n1. Term. The parties agree.\n"
    found = facts(text)["effective_date"]
    assert (found.value, found.unit, found.note) == ("Date of last signature", "words", "in words")


def _form(name):
    return analyse(redline.read((SHARED / "data" / "docx" / f"{name}.docx").read_bytes()))


@needs_shared
@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("common-paper-mutual-nda", {"effective_date", "initial_term", "secrecy_term", "governing_law", "forum"}),
        (
            "common-paper-cloud-service-agreement",
            {"order_date", "initial_term", "fees", "payment_days", "renewal", "effective_date", "governing_law", "forum", "liability_cap"},
        ),
        ("common-paper-data-processing-agreement", {"governing_law", "forum", "liability_cap"}),
        ("bonterms-mutual-nda", {"effective_date", "secrecy_term", "governing_law", "forum"}),
    ],
)  # fmt: skip
def test_the_blanks_of_standard_cover_pages_are_all_said(name, kinds):
    blank = {f.kind for f in key_facts(_form(name)) if f.value == "" and f.note}
    assert kinds <= blank


@needs_shared
def test_an_option_nobody_ticked_gives_no_value():
    """The DPA's cap stands behind an empty box, its reporting time in the terms."""
    found = key_facts(_form("common-paper-data-processing-agreement"))
    assert [(f.value, f.note) for f in found if f.kind == "liability_cap"] == [("", "no option is ticked")]
    assert [(f.value, f.unit) for f in found if f.kind == "breach_report"] == [(72, "hours")]
