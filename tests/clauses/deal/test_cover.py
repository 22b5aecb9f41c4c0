"""Values of a cover page: options, blanks, and the terms that lean on a label."""
# ruff: noqa: E501  (tables of cases are easier to check when a case is one line)

import io
import zipfile

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


_FILLED = {
    "governing_law": "California", "jurisdiction": "San Francisco, California", "effective_date": "March 3, 2025",
    "effective_date_display": "March 3, 2025", "mnda_term": "1 year", "confidentiality_term": "3 years",
    "party_1_company_display": "Acme, Inc.", "party_2_company_display": "Beta LLC", "order_date_display": "March 10, 2025",
    "subscription_period": "12 months", "fees_display": "USD 120,000 per year",
    "payment_display": "Customer will pay each invoice within 30 days from receipt.",
    "auto_renewal_display": "The Subscription Period will renew for 12 months unless notice is given 60 days before its end.",
    "general_cap_display": "1.5x the Fees paid in the 12 month period before the claim",
    "provider_name": "Acme, Inc.", "customer_name": "Beta LLC", "provider_legal_name": "Acme, Inc.", "customer_legal_name": "Beta LLC",
}  # fmt: skip


def _filled(name):
    """The form with its placeholders filled in, as people send it."""
    with zipfile.ZipFile(SHARED / "data" / "docx" / f"{name}.docx") as form:
        parts = {part: form.read(part) for part in form.namelist()}
    body = parts["word/document.xml"].decode()
    for field, words in _FILLED.items():
        body = body.replace("{" + field + "}", words)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part, data in parts.items():
            made.writestr(part, body.encode() if part == "word/document.xml" else data)
    return analyse(redline.read(out.getvalue()))


@needs_shared
def test_a_filled_nda_is_read_from_its_cover():
    analysis = _filled("common-paper-mutual-nda")
    found = [(f.kind, f.value, f.unit) for f in key_facts(analysis)]
    assert {
        ("effective_date", "2025-03-03", ""),
        ("initial_term", 1, "years"),
        ("expiry", "2026-03-03", ""),
        ("secrecy_term", 3, "years"),
        ("governing_law", "California", ""),
        ("forum", "California", ""),
    } <= set(found)
    assert [p.name for p in analysis.parties] == ["Acme, Inc.", "Beta LLC"]


@needs_shared
def test_a_filled_order_form_is_read_with_the_terms_that_lean_on_it():
    analysis = _filled("common-paper-cloud-service-agreement")
    facts = key_facts(analysis)
    found = {(f.kind, f.value, f.unit) for f in facts}
    assert {
        ("order_date", "2025-03-10", ""),
        ("initial_term", 12, "months"),
        ("expiry", "2026-03-10", ""),
        ("fees", 120_000, "USD"),
        ("payment_days", 30, "days"),
        ("renewal", 12, "months"),
        ("non_renewal_notice", 60, "days"),
        ("governing_law", "California", ""),
        ("liability_cap", 1.5, "fees"),
        ("liability_cap", 12, "months_fees"),
    } <= found
    law = next(f for f in facts if f.kind == "governing_law")
    assert any("will govern all interpretations" in analysis.text[a:b] for a, b in law.derived_from)
    assert [(p.name, p.role) for p in analysis.parties] == [
        ("Acme, Inc.", "provider"),
        ("Beta LLC", "customer"),
    ]


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("{state}", "blank in the form"),
        ("The laws of {state}", "holds a blank"),
        ("The laws of Ohio", ""),
        ("[ x ] Ohio [    ] {state}", ""),
        ("{law}{END-IF}", "blank in the form"),
    ],
)
def test_a_cell_with_words_and_a_blank_is_not_filled_in(cell, note):
    term = analyse(f"Cover\n\nGoverning Law: {cell}\n\n1. Law. It governs.").key_term("Governing Law")
    assert (term.note, term.band) == (note, "check" if note else "sure")


def test_a_multiple_that_is_left_open_is_no_cap():
    text = COVER.replace("USD 250,000", "{number}x the Fees paid in the 12 month period before the claim")
    cap = facts(text)["liability_cap"]
    assert (cap.value, cap.note) == ("", "blank in the form")


def test_claims_that_a_cover_page_leaves_without_a_limit_are_exceptions():
    text = COVER.replace("General Cap", "Unlimited Claims: [ x ] An indemnification obligation\nGeneral Cap")
    assert {f.value for f in key_facts(text) if f.kind == "cap_exception"} == {"indemnity"}


def test_the_term_of_an_nda_is_a_term():
    found = facts(COVER.replace("MNDA Term:", "Term of NDA:"))
    assert found["initial_term"].value == 2


def test_a_choice_on_renewal_gives_the_notice_and_not_a_length():
    said = "[ x ] Non-Renewal Notice Date: At least {days} days before the end"
    found = facts(COVER.replace("General Cap", f"Auto-renewal: {said}\nGeneral Cap"))
    assert (found["non_renewal_notice"].value, found["non_renewal_notice"].note) == ("", "blank in the form")
    assert found["renewal"].about == "automatic"
    never = "[ x ] This order does not automatically renew"
    assert "renewal" not in facts(COVER.replace("General Cap", f"Auto-renewal: {never}\nGeneral Cap"))
