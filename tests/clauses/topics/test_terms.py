"""New text uses the names a contract gives itself and defines no names by using them."""
# ruff: noqa: E501  (lines of a contract stand whole)

import pytest

from clauses.topics.page import Page
from clauses.topics.terms import terms

FILLER = ["The clauses below were agreed by both sides."] * 16


def contract(*lines):
    return Page.from_text("\n".join([*lines, *FILLER]))


@pytest.mark.parametrize(
    ("lines", "variable", "name"),
    [
        (["“Support Services” means the help described below.", "The Support Services start on Monday."], "service", "Support Services"),
        (["“Services” means hosting.", "Service Hours are nine to five.", "Service Level A applies."], "service", "Services"),
        (["The paper says nothing on that."], "service", "services"),
        (["The paper says nothing on that."], "discloser", "the disclosing party"),
        (["“Discloser” means a party that discloses."], "discloser", "Discloser"),
        (["Acme (the “Customer”) buys.", "The Customer pays.", "The Customer keeps records."], "customer_data", "the Customer’s data"),
        (["“Customer Data” means what it stores.", "“Personal Data” has the meaning in the law.", "Customer Data is kept.", "Customer Data is safe."], "personal_data", "Personal Data"),
        (["“Customer Personal Data” means data.", "“Personal Data” means data.", "Customer Personal Data is kept.", "Customer Personal Data stays."], "personal_data", "Customer Personal Data"),
        (["The Agreement was signed.", "This Agreement ends.", "This Agreement is in English."], "agreement", "Agreement"),
    ],
)  # fmt: skip
def test_a_term_is_one_the_contract_has_or_a_plain_word(lines, variable, name):
    assert terms(contract(*lines))[variable] == name


def test_a_clause_alone_is_given_the_usual_names():
    assert terms(Page.from_text("Invoices are due within ten days."))["customer"] == "the Customer"
