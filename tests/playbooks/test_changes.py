"""The smallest change, case by case: the text before, the issue, and the exact text after."""

import pytest

from clauses.topics.page import Page
from playbooks.library import shipped
from playbooks.review import review

CASES = [
    # A number, words and figures together, in the writing of the contract.
    (
        "saas-customer",
        "auto_renewal",
        "This Agreement renews automatically for further periods of twelve (12) months "
        "unless a party gives ninety (90) days' notice.",
        "This Agreement renews automatically for further periods of twelve (12) months "
        "unless a party gives thirty (30) days' notice.",
    ),
    (
        "saas-customer",
        "auto_renewal",
        "The term will automatically renew for two years unless either party gives 30 days' notice.",
        "The term will automatically renew for one year unless either party gives 30 days' notice.",
    ),
    (
        "saas-customer",
        "liability_cap",
        "The Provider's total liability shall not exceed the Fees paid in the three "
        "(3) months before the event.",
        "The Provider's total liability shall not exceed the Fees paid and payable in "
        "the twenty-four (24) months before the event.",
    ),
    (
        "saas-customer",
        "liability_cap",
        "The Provider's total liability shall not exceed the lesser of EUR 10,000 and "
        "the Fees payable in the 24 months before the claim.",
        "The Provider's total liability shall not exceed the greater of EUR 10,000 and "
        "the Fees payable in the 24 months before the claim.",
    ),
    (
        "saas-customer",
        "payment",
        "The Customer shall pay each invoice within fourteen (14) days of the date of the invoice.",
        "The Customer shall pay each invoice within forty-five (45) days of the date of the invoice.",
    ),
    (
        "saas-customer",
        "renewal_price",
        "The Provider may increase the Fees at each renewal to its list prices then in force.",
        "The Provider may increase the Fees at each renewal to its list prices then in "
        "force, but by no more than three percent (3%) a year.",
    ),
    (
        "saas-customer",
        "ip_indemnity",
        "The Provider shall indemnify the Customer against claims that the Services "
        "infringe intellectual property rights.",
        "The Provider shall defend and indemnify the Customer against claims that the "
        "Services infringe intellectual property rights.",
    ),
    (
        "saas-customer",
        "publicity",
        "Provider may use Customer's name and logo in marketing.",
        "Provider may use Customer's name and logo in marketing, in each case only "
        "with Customer's prior written consent.",
    ),
    (
        "saas-customer",
        "provider_exit",
        "Either party may terminate for material breach. The Provider may terminate "
        "this Agreement for convenience at any time. Fees are due yearly.",
        "Either party may terminate for material breach. Fees are due yearly.",
    ),
    (
        "dpa-controller",
        "breach_notice",
        "The Processor shall notify the Controller of a Personal Data Breach no later "
        "than seventy-two (72) hours after it has confirmed it.",
        "The Processor shall notify the Controller of a Personal Data Breach no later "
        "than twenty-four (24) hours after it has become aware of it.",
    ),
    (
        "dpa-controller",
        "breach_notice",
        "The Processor shall notify the Controller of a personal data breach without "
        "undue delay after becoming aware of it.",
        "The Processor shall notify the Controller of a personal data breach without "
        "undue delay after becoming aware of it, and in any event within twenty-four "
        "(24) hours after becoming aware of it.",
    ),
    (
        "dpa-controller",
        "sub_processors",
        "The Controller gives general authorisation for Sub-processors. The Processor "
        "shall give ten (10) days' notice of a new Sub-processor. The Controller may "
        "object to the Sub-processor and terminate.",
        "The Controller gives general authorisation for Sub-processors. The Processor "
        "shall give thirty (30) days' notice of a new Sub-processor. The Controller "
        "may object to the Sub-processor and terminate.",
    ),
    # A word.
    (
        "mutual-nda",
        "compelled_disclosure",
        "The Recipient may disclose Confidential Information required by law if, where "
        "legally permitted, it gives prompt written notice.",
        "The Recipient may disclose Confidential Information required by law if, where "
        "legally permitted, it gives reasonable prior written notice.",
    ),
    # An item, a half-sentence, a sentence.
    (
        "mutual-nda",
        "confidential_information",
        '"Confidential Information" means information that is marked as confidential.',
        '"Confidential Information" means information that is marked as confidential '
        "or that should reasonably be understood to be confidential from its nature or "
        "the circumstances of its disclosure.",
    ),
    (
        "mutual-nda",
        "assignment",
        "Neither party may assign this Agreement to a third party without the prior "
        "consent of the other party. The Recipient may not assign it.",
        None,
    ),
]


@pytest.mark.parametrize(("name", "issue", "before", "after"), CASES)
def test_the_change_is_the_one_a_lawyer_would_make(name, issue, before, after):
    page = Page.from_text(before)
    found = review(shipped(name), page, paper="ours").finding(issue)
    changed = page.edited(found.changes).text.removesuffix("\n")
    if after is None:
        assert changed.startswith(before[:40])
    else:
        assert changed == after


def test_text_outside_the_finding_is_never_touched():
    before = (
        "Invoices are numbered.\nThe Customer shall pay each invoice within ten (10) "
        "days of receipt.\nThank you."
    )
    found = review(shipped("saas-customer"), before).finding("payment")
    assert {edit["block"] for edit in found.changes} == {"line:1"}


def test_a_heading_left_without_text_goes_with_its_clause():
    before = (
        "Confidentiality\nEach party shall keep information secret.\nResiduals\nThe "
        "Recipient may use residuals.\nLaw\nOurs."
    )
    page = Page.from_text(before)
    found = review(shipped("mutual-nda"), page).finding("residuals")
    assert (
        page.edited(found.changes).text
        == "Confidentiality\nEach party shall keep information secret.\nLaw\nOurs.\n"
    )


def test_the_contracts_own_names_are_used():
    before = (
        "Supplier may suspend the Services at any time without notice. Client shall "
        "pay Supplier. Client and Supplier agree."
    )
    found = review(shipped("saas-customer"), before).finding("suspension")
    text = " ".join(edit["text"] for edit in found.changes)
    assert "Supplier shall give Client prior notice" in text


def test_quotes_follow_the_contract():
    before = (
        "The Provider may name the Customer on its website. That is the Customer’s and "
        "the Provider’s agreement."
    )
    found = review(shipped("saas-customer"), before).finding("publicity")
    assert "’s prior written consent" in found.changes[0]["text"]
