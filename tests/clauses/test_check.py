"""The whole-contract check: known faults put into a clean agreement are found, the clean one stays silent."""
# ruff: noqa: E501  (contract sentences stand on one line, as they do in contracts)

import pytest

from clauses import analyse, check
from tests.clauses.sample import AGREEMENT

CLEAN = (
    AGREEMENT.replace("sixty (90)", "sixty (60)")
    .replace("Section 9.9", "Section 4.2")
    .replace("forty-five (45) days of the date", "thirty (30) days of the date")
    .replace("Customer shall pay each", "The Order Desk of Customer shall pay each")
    .replace("By: ____________________\nName: [name of signatory]", "By: A. Miller\nName: A. Miller")
    .replace("commences on the Effective Date", "commences on its date")
)


def codes(text):
    return [issue.code for issue in check(analyse(text))]


def test_a_clean_agreement_yields_nothing():
    assert codes(CLEAN) == []


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("sixty (60)", "sixty (90)", "words_and_figures"),
        ("within thirty (30) days of receipt", "within ninety (90) days of receipt", "contradiction"),
        ("Except as stated in Section 4.3", "Except as stated in Section 4.7", "broken_reference"),
        ("The Order Desk of Customer", "Customer", "unused_term"),
        ('1.3 "Order Desk" means', '1.3 "Fees" means the price.\n1.4 "Order Desk" means', "defined_twice"),
        ("6.3 Neither party is liable for delay beyond its reasonable control.\n", "", "numbering_gap"),
        ("6.3 Neither", "6.2 Neither", "number_repeated"),
        ("USD 120,000", "USD ________", "blank"),
        ("2.2 Fees. ", "2.2 Fees. [Note to draft: check with finance] ", "note_to_draft"),
        ("The duties in Section 3.1", "The duties in Section 3.2", "self_reference"),
        ("described in Schedule 1.", "described in Schedule 4.", "not_attached"),
        ("Service and the Fees.", "Service. This Agreement is governed by the laws of Scotland.", ""),
        (
            "6.2 Neither party may assign",
            "6.2 This Agreement is governed by the laws of France. Neither party may assign",
            "contradiction",
        ),
    ],
)
def test_a_fault_put_in_is_found(before, after, code):
    assert before in CLEAN
    found = codes(CLEAN.replace(before, after, 1))
    assert (code in found) if code else not found


def test_a_contradiction_quotes_both_places():
    text = CLEAN.replace("thirty (30) days of the date", "forty-five (45) days of the date")
    (issue,) = check(analyse(text))
    assert [place.quote for place in issue.places] == ["thirty (30) days", "forty-five (45) days"]
    assert all(text[p.start : p.end] == p.quote for p in issue.places)
    assert issue.places[0].clause != issue.places[1].clause


def test_a_year_and_twelve_months_are_the_same():
    text = "1. The initial term of this Agreement is one (1) year.\n2. The Initial Term of this Agreement is twelve (12) months."
    assert codes(text) == []


def test_the_cure_period_is_not_compared_with_the_time_to_pay():
    text = (
        CLEAN
        + "3. If an invoice is unpaid Customer has fifteen (15) days from the invoice reminder to cure.\n"
    )
    assert "contradiction" not in codes(text)
