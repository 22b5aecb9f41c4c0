"""Whom each topic binds, and what a signer is told of: with the words, and silent where nothing is said."""
# ruff: noqa: E501  (tables of cases are easier to check when a case is one line)

import pytest

from clauses import analyse, flags, mutuality, read_deal


def side(text, topic):
    return next(((m.binds, m.who) for m in mutuality(text) if m.topic == topic), None)


@pytest.mark.parametrize(
    ("text", "topic", "binds", "who"),
    [
        ("Each party shall keep the other's information confidential.", "confidentiality", "both", ("each party",)),
        ("Supplier shall keep all information confidential.", "confidentiality", "one", ("Supplier",)),
        (
            '"Recipient" means the party that receives information. Recipient shall keep it confidential.',
            "confidentiality", "both", ("recipient",),
        ),
        ("Supplier shall indemnify Customer against all claims.", "indemnity", "one", ("Supplier",)),
        (
            "Supplier shall indemnify Customer. Customer shall indemnify Supplier.",
            "indemnity", "both", ("Supplier", "Customer"),
        ),
        ("Neither party's liability shall exceed the fees paid.", "liability_cap", "both", ("Neither party",)),
        ("Supplier's total liability shall not exceed $100,000.", "liability_cap", "one", ("Supplier",)),
        ("In no event shall either party be liable for indirect damages.", "damages_exclusion", "both", ("either party",)),
        ("Supplier shall not be liable for consequential damages.", "damages_exclusion", "one", ("Supplier",)),
        ("Either party may terminate this Agreement for convenience.", "termination_convenience", "both", ("either party",)),
        ("Customer may terminate this Agreement at any time without cause.", "termination_convenience", "one", ("Customer",)),
        ("Customer may terminate this Agreement if Supplier breaches it.", "termination_cause", "one", ("Customer",)),
        ("Neither party may assign this Agreement.", "assignment", "both", ("neither party",)),
        ("Supplier may not assign this Agreement.", "assignment", "one", ("Supplier",)),
        ("Customer shall not solicit Supplier's employees.", "non_solicit", "one", ("Customer",)),
        ("Supplier may audit Customer's records.", "audit", "one", ("Supplier",)),
        ("Supplier shall maintain liability insurance.", "insurance", "one", ("Supplier",)),
        ("Each party represents and warrants that it may sign.", "warranty", "both", ("each party",)),
        ("Supplier warrants that the Goods are sound.", "warranty", "one", ("Supplier",)),
        ("Neither party shall issue a press release.", "publicity", "both", ("neither party",)),
        ("Either Buyer or Seller may terminate this Agreement at any time.", "termination_convenience", "both", ("Either Buyer or Seller",)),
        ("IN NO EVENT SHALL SUPPLIER BE LIABLE FOR CONSEQUENTIAL DAMAGES.", "damages_exclusion", "one", ("SUPPLIER",)),
        ("Seller and its agents shall indemnify Buyer.", "indemnity", "one", ("Seller",)),
        ("Each party hereto shall indemnify the other party hereto.", "indemnity", "both", ("each party hereto",)),
        ("Buyer shall have the right to audit the books.", "audit", "one", ("Buyer",)),
    ],
)  # fmt: skip
def test_whom_a_topic_binds(text, topic, binds, who):
    found = side(text, topic)
    assert found is not None
    assert (found[0], tuple(w.lower() for w in found[1])) == (binds, tuple(w.lower() for w in who))


def test_a_recipient_that_signs_as_such_is_one_side():
    text = "Recipient shall keep all information confidential.\n\nRECIPIENT\nBy: ______\n"
    assert side(text, "confidentiality") == ("one", ("Recipient",))
    assert side("Recipient shall keep all information confidential.", "confidentiality") == (
        "unclear",
        ("recipient",),
    )


def test_swapped_roles_swap_the_side():
    text = "Supplier shall indemnify Customer. Supplier may assign this Agreement."
    swapped = text.replace("Supplier", "X").replace("Customer", "Supplier").replace("X", "Customer")
    assert (side(text, "indemnity"), side(swapped, "indemnity")) == (
        ("one", ("Supplier",)),
        ("one", ("Customer",)),
    )


def test_a_topic_nobody_speaks_of_is_left_out():
    assert mutuality("The headings are for convenience only.") == ()


def codes(text, **options):
    return [(f.code, f.reason) for f in flags(text, **options)]


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("This Agreement shall automatically renew for successive one year terms.", "auto_renewal", "renews_unless_stopped"),
        ("Supplier shall pay liquidated damages of $500 a day.", "penalty", "liquidated_damages"),
        ("Customer shall pay a contractual penalty of EUR 10,000 for each breach.", "penalty", "contract_penalty"),
        ("Supplier may increase the fees once a year by up to 5%.", "hidden_fee", "price_increase"),
        ("Customer shall purchase at least 1,000 units each year.", "hidden_fee", "minimum_commitment"),
        ("Customer shall reimburse Supplier for all travel expenses.", "hidden_fee", "expenses"),
        ("On cancellation Customer owes an early termination fee.", "hidden_fee", "termination_fee"),
        ("All fees are non-refundable.", "hidden_fee", "non_refundable"),
        ("Late payments bear interest at 1.5% per month.", "hidden_fee", "late_interest"),
        ("Supplier's liability under this Section is unlimited.", "uncapped_exposure", "said_unlimited"),
        ("Supplier shall indemnify Customer against all claims.", "uncapped_exposure", "indemnity_and_no_cap"),
        ("Supplier's total liability shall not exceed $100,000.", "uncapped_exposure", "cap_protects_one_side"),
        ("Supplier may change these terms at any time.", "unilateral_change", "without_consent"),
        ("Licensor reserves the right to modify the Services without notice.", "unilateral_change", "without_consent"),
    ],
)  # fmt: skip
def test_what_is_flagged(text, code, reason):
    assert (code, reason) in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "The parties may amend this Agreement by a writing signed by both parties.",
        "Supplier shall not increase the fees during the term.",
        "No liquidated damages are due.",
        "Each party bears its own expenses.",
        "Customer may renew the term by written notice.",
        "Late payments bear interest at 4% per annum.",
        "There are no termination fees.",
        "Neither party's liability shall exceed the fees paid.",
    ],
)
def test_what_is_not(text):
    assert codes(text) == []


def test_the_limit_of_late_interest_is_the_caller_s():
    text = "Late payments bear interest at 8% per annum."
    assert codes(text) == []
    assert codes(text, late_interest_above=5) == [("hidden_fee", "late_interest")]


def test_a_flag_shows_the_words_and_what_they_say():
    text = (
        "This Agreement shall automatically renew for successive one year terms unless a party gives notice at "
        "least 60 days before the end of the term."
    )
    (flag,) = flags(text)
    assert (flag.value, text[flag.start : flag.end]) == ("1 years; notice 60 days", flag.quote)


def test_one_reading_gives_all_three():
    text = "Supplier shall indemnify Customer. Supplier may change these terms at any time."
    analysis = analyse(text)
    deal = read_deal(analysis)
    assert (deal.mutuality, deal.flags) == (mutuality(analysis), flags(analysis))
    assert set(deal.as_dict()) == {"key_facts", "mutuality", "flags"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Customer shall protect the confidentiality of its passwords.", "confidentiality"),
        ("Supplier will give Customer a report on a confidential basis.", "confidentiality"),
        ("If the service fails, Customer may terminate this Agreement by giving written notice.", "termination_convenience"),
        ("Reseller shall transfer to Supplier all data and reports.", "assignment"),
        ("Reseller shall solicit orders for the Goods.", "non_solicit"),
        ("Consultant shall pay for its own disability insurance.", "insurance"),
        ("Consultant will not violate the publicity rights of others.", "publicity"),
        ("Reseller shall be liable for any use by others, including but not limited to copying.", "liability_cap"),
        ("Reseller shall truly represent the Goods.", "warranty"),
    ],
)  # fmt: skip
def test_words_that_only_sound_like_a_topic(text, topic):
    assert side(text, topic) is None


def test_two_of_three_parties_bound_together_are_one_side():
    text = (
        "This Deed is made by and among Alder Inc. (“Company”), Ann Roe (“Actor”) and Bell Ltd. (“Agency”).\n"
        "1. Transfer. Neither Actor nor Agency may assign this Agreement. Agency may assign this Agreement to Actor.\n"
    )
    assert side(text, "assignment")[0] == "one"


@pytest.mark.parametrize(
    "text",
    [
        "7. Reimbursement of Expenses.\n8. End. None.",
        "Supplier shall bear the defence of claims and hold Customer harmless from any expenses.",
        "Company will not wholly or partially reimburse such travel expenses.",
    ],
)
def test_expenses_that_are_no_fee_are_no_flag(text):
    assert [f for f in flags(text) if f.reason == "expenses"] == []


def test_a_renewal_without_a_length_is_still_told():
    text = "2. Term. This Agreement will automatically renew for additional Order Periods unless a party gives notice of non-renewal."
    (flag,) = (f for f in flags(text) if f.code == "auto_renewal")
    assert (flag.reason, flag.value) == ("renews_unless_stopped", "")
