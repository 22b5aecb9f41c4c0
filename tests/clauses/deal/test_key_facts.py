"""Agreed values: what is read from which words, derived values with all the words they rest on, blanks."""
# ruff: noqa: E501  (tables of cases are easier to check when a case is one line)

import pytest

from clauses import analyse, key_facts

PREAMBLE = (
    'This Services Agreement is made as of March 3, 2021 (the "Effective Date") by and between Northwind Traders, '
    'Inc., a Delaware corporation ("Customer"), and Fabrikam GmbH ("Provider").\n\n'
)


def read(text, *kinds):
    return [(f.kind, f.value, f.unit) for f in key_facts(text) if f.kind in kinds]


def about(text, kind):
    return [(f.value, f.unit, f.about) for f in key_facts(text) if f.kind == kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("THIS AGREEMENT, dated the 3rd day of March, 2021, is between A and B.", "2021-03-03"),
        ("Made and entered into as of March 3, 2021 by the parties.", "2021-03-03"),
        ("CONSULTING AGREEMENT\n\nMarch 3, 2021\n\nDear Ms Rossi", "2021-03-03"),
        (
            "This Agreement is by and between A and B.\n\n1. Fees. None.\n\nIN WITNESS WHEREOF\nBy: /s/ Ann Lee\nDate: 3 March 2021",
            "2021-03-03",
        ),
        ("This Agreement is made this ___ day of ________, 2021 by A and B.", ""),
    ],
)
def test_the_agreement_date_or_the_blank_left_for_it(text, value):
    assert read(text, "agreement_date") == [("agreement_date", value, "")]


@pytest.mark.parametrize(
    "text",
    [
        "Source: NORTHWIND INC, 10-Q, 3/3/2021\n\nThis Agreement binds A and B.",
        "1. Capacity. The certificate of incorporation filed on March 3, 2021 remains in force.",
        "",
    ],
)
def test_other_dates_are_no_agreement_dates(text):
    assert read(text, "agreement_date") == []


def test_a_blank_date_is_said_to_be_blank_and_never_guessed():
    (fact,) = [f for f in key_facts("Made this ___ day of ______, 2021.") if f.kind == "agreement_date"]
    assert (fact.value, fact.note) == ("", "blank in the form")


@pytest.mark.parametrize(
    ("clause", "value"),
    [
        ("The term of this Agreement shall continue through December 31, 2024.", "2024-12-31"),
        ("This Agreement shall terminate on 30 June 2023, unless sooner terminated.", "2023-06-30"),
        ("The term of this Agreement begins on the Effective Date and continues for three (3) years.", "2024-03-03"),
        ("The initial term of this Agreement shall be eighteen months from the Effective Date.", "2022-09-03"),
        ("This Agreement remains in effect until the second anniversary of the Effective Date.", "2023-03-03"),
        ("The term of this Agreement is two years commencing on July 1, 2021.", "2023-07-01"),
        ("This Agreement shall remain in effect until terminated by either party.", "perpetual"),
        ("The term of this Agreement shall continue in perpetuity.", "perpetual"),
    ],
)  # fmt: skip
def test_the_end_is_read_or_worked_out(clause, value):
    assert ("expiry", value, "") in read(f"{PREAMBLE}1. Term. {clause}\n", "expiry")


def test_a_derived_end_keeps_the_places_of_all_its_parts():
    text = f"{PREAMBLE}1. Term. The term of this Agreement is three years from the Effective Date.\n"
    (end,) = [f for f in key_facts(text) if f.kind == "expiry"]
    assert [text[a:b] for a, b in end.derived_from] == ["March 3, 2021", "three years"]
    assert end.note == "from 2021-03-03"


@pytest.mark.parametrize(
    "clause",
    [
        "The term of this Agreement begins on the Effective Date and ends ten years from the date of the first shipment.",
        "During the term of this Agreement and for two years thereafter, Customer keeps its records.",
        "Provider shall remain bound by confidentiality for five years after termination of this Agreement.",
    ],
)  # fmt: skip
def test_an_end_that_nobody_can_work_out_is_not_made_up(clause):
    assert [f for f in key_facts(f"{PREAMBLE}1. Term. {clause}\n") if f.kind == "expiry" and f.value] == []


def test_a_blank_term_is_a_blank():
    text = f"{PREAMBLE}1. Term. The term of this Agreement shall be ____ years from the Effective Date.\n"
    assert ("expiry", "", "") in read(text, "expiry")


@pytest.mark.parametrize(
    ("clause", "value", "unit", "pattern"),
    [
        ("This Agreement shall automatically renew for successive one (1) year terms.", 1, "years", "automatic"),
        ("Thereafter this Agreement will renew annually unless either party objects.", 1, "years", "automatic"),
        ("After that this Agreement continues on a month-to-month basis.", 1, "months", "automatic"),
        ("Customer may extend the term of this Agreement for an additional six months.", 6, "months", "option"),
        ("The parties may renew this Agreement for another two years by written agreement of both parties.", 2, "years", "agreement"),
        ("The term shall automatically be extended for an additional period of 24 months.", 24, "months", "automatic"),
    ],
)  # fmt: skip
def test_renewal_with_its_pattern(clause, value, unit, pattern):
    text = f"{PREAMBLE}1. Term. The term of this Agreement is one year from the Effective Date. {clause}\n"
    assert about(text, "renewal") == [(value, unit, pattern)]


@pytest.mark.parametrize(
    "clause",
    [
        "Provider shall renew its insurance policies for successive one year terms.",
        "The cure period may be extended by thirty days.",
        "The duties of confidentiality continue thereafter for a period of five years.",
    ],
)
def test_other_renewals_are_not_the_contract_s(clause):
    assert about(f"{PREAMBLE}1. General. {clause}\n", "renewal") == []


@pytest.mark.parametrize(
    ("notice", "value", "unit"),
    [
        ("unless either party gives notice of non-renewal at least sixty (60) days before the end of the term", 60, "days"),
        ("unless a party notifies the other at least 3 months prior to expiry that it does not wish to renew", 3, "months"),
    ],
)  # fmt: skip
def test_the_notice_that_stops_renewal(notice, value, unit):
    text = f"{PREAMBLE}1. Term. This Agreement shall automatically renew for successive one year terms {notice}.\n"
    assert read(text, "non_renewal_notice") == [("non_renewal_notice", value, unit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This Agreement is governed by the laws of the State of New York.", ["New York"]),
        ("This Agreement is governed by Swiss law.", ["Switzerland"]),
        ("This Agreement shall be governed by PRC Laws.", ["China"]),
        ("Made in the State of Nevada and governed by and construed in accordance with the laws thereof.", ["Nevada"]),
        ("Governed by the laws of the United States and the State of Texas.", ["Texas"]),
        ("Its interpretation and construction are in accordance with the laws of New Jersey.", ["New Jersey"]),
        ("Acme is a company organized under the laws of Delaware.", []),
        ("Customer shall comply with the laws of France.", []),
        ("Such counsel's opinion is governed by the laws of Tennessee.", []),
    ],
)  # fmt: skip
def test_governing_law(text, expected):
    assert [f.value for f in key_facts(text) if f.kind == "governing_law"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Provider's total liability shall not exceed USD 500,000.", [(500_000, "USD", "total liability")]),
        (
            "In no event shall either party's aggregate liability exceed two times the fees paid under this Agreement.",
            [(2, "fees", "total liability")],
        ),
        (
            "Provider's liability is limited to the fees paid in the twelve (12) months before the claim.",
            [(12, "months_fees", "total liability")],
        ),
        (
            "Provider's liability will not exceed the Liability Cap.\n\n“Liability Cap” means EUR 1,000,000.",
            [(1_000_000, "EUR", "total liability")],
        ),
        ("Provider's liability shall not exceed ____ dollars.", [("", "", "total liability")]),
        ("Provider shall keep liability insurance of not less than $1,000,000.", []),
        ("Provider is liable for damage it causes.", []),
    ],
)
def test_liability_caps(text, expected):
    assert about(text, "liability_cap") == expected


def test_what_stands_outside_the_cap_is_a_set():
    text = (
        "Provider's total liability shall not exceed $100,000, except for fraud, breach of confidentiality and "
        "its duty to indemnify Customer. Nothing in this Agreement limits liability for death or personal injury."
    )
    exceptions = {f.value for f in key_facts(text) if f.kind == "cap_exception"}
    assert exceptions == {"fraud", "confidentiality", "indemnity", "death_or_injury"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Customer shall pay each invoice within thirty (30) days of receipt.", [(30, "days", "receipt")]),
        ("Invoices are due within 45 days of the date of the invoice.", [(45, "days", "invoice_date")]),
        (
            "All invoices are payable net ten business days after delivery.",
            [(10, "business_days", "delivery")],
        ),
        ("Customer must dispute an invoice within ten days of receipt.", []),
        ("Amounts not paid when due bear interest after 30 days.", []),
    ],
)
def test_days_to_pay_and_what_they_run_from(text, expected):
    assert about(text, "payment_days") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Late payments bear interest at 1.5% per month.", (1.5, "%/month")),
        ("Overdue amounts bear interest at one and one-half percent per month.", (1.5, "%/month")),
        ("Interest of eight percent (8%) per annum is due on late payments.", (8, "%/year")),
    ],
)
def test_late_interest(text, expected):
    assert [(f.value, f.unit) for f in key_facts(text) if f.kind == "late_interest"] == [expected]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("The Service will be available 99.9% of each month.", "service_level", (99.9, "%")),
        ("If uptime is below 99%, Customer gets a service credit of 10% of the fee.", "service_credit", (10, "%")),
        ("The duty of confidentiality continues for five (5) years after termination.", "secrecy_term", (5, "years")),
        ("Confidential Information shall be kept secret in perpetuity.", "secrecy_term", ("perpetual", "")),
        ("Provider shall notify Customer of a personal data breach within 48 hours.", "breach_report", (48, "hours")),
        ("Either party may terminate this Agreement for convenience on 90 days' written notice.", "convenience_notice", (90, "days")),
        ("Either party may terminate if the other fails to cure a breach within 30 days of notice.", "cure_period", (30, "days")),
        ("Provider shall carry cyber insurance with limits of $3,000,000 per occurrence.", "insurance", (3_000_000, "USD")),
    ],
)  # fmt: skip
def test_promises_and_ways_out(text, kind, expected):
    assert [(f.value, f.unit) for f in key_facts(text) if f.kind == kind] == [expected]


def test_kinds_of_insurance_are_told_apart():
    text = (
        "Provider shall maintain commercial general liability insurance of $2,000,000 and professional liability "
        "insurance of $5,000,000."
    )
    assert about(text, "insurance") == [
        (2_000_000, "USD", "general liability"),
        (5_000_000, "USD", "professional"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The provisions of this Section survive for legal purposes.",
        "Half of the staff is available on Mondays.",
        "A breach of the lease is an incident of ownership.",
        "Customer may inspect the books.",
        "Confidential Information includes, without limitation, all prices and trade secrets of either party.",
        "If the audit shows an underpayment of more than 5%, interest is owed and Customer bears its costs.",
        "The functions now available in the Software will be 100% browser based.",
        "Supplier insures the goods at about $800 per million dollars of sales.",
    ],
)
def test_sentences_without_a_value_give_none(text):
    assert key_facts(text) == ()


def test_the_same_contract_gives_the_same_facts_and_one_analysis_serves():
    text = f"{PREAMBLE}1. Term. The term of this Agreement is three years from the Effective Date.\n"
    assert key_facts(text) == key_facts(analyse(text)) == key_facts(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "8. Termination. Either Buyer or Seller may terminate the Term when:\n(i) the other party violates it and does not remedy such violation within 30 days.",
            [(30, "both")],
        ),
        (
            "8. Termination. Buyer may terminate this Agreement:\n(i) if the other party does not cure a breach within 20 days.",
            [(20, "one")],
        ),
        (
            "8. Termination. Failure to pay after a time to cure the failure of 10 days for payments and 30 days to cure otherwise.",
            [(10, "one"), (30, "one")],
        ),
    ],
)
def test_the_time_to_cure_and_whose_it_is(text, found):
    assert [(f.value, f.about) for f in key_facts(text) if f.kind == "cure_period"] == found


@pytest.mark.parametrize(
    ("clause", "begins"),
    [
        ("The Escrow Agreement shall become effective on the date of deposit of the source.", True),
        ("This Agreement shall be effective as of the date of  this Agreement and lasts a year.", True),
        (
            "This Agreement shall become effective on the date when each of the parties named above has executed it.",
            True,
        ),
        (
            "This Agreement shall become effective on the date that the last of both parties to it signs it.",
            True,
        ),
        ("This Agreement shall become effective on the date when the Site opens and lasts a year.", False),
    ],
)
def test_only_an_event_takes_the_beginning_from_the_date_of_the_agreement(clause, begins):
    opening = (
        "SERVICES AGREEMENT\n\nThis Agreement is made on August 9, 2021 between Alder Inc. and Birch Ltd.\n\n"
    )
    assert bool(read(f"{opening}1. Term. {clause}", "effective_date")) is begins


@pytest.mark.parametrize(
    ("clause", "what"),
    [
        ("Its liability for trials will not exceed $5,000.", "trials"),
        ("Its liability for free trials and betas will not exceed $5,000.", "trials"),
        (
            "Each party's total liability for loss of evaluation data will not exceed $5,000,000.",
            "total liability",
        ),
        (
            "Its liability for ongoing security trials and for all other claims will not exceed $5,000.",
            "total liability",
        ),
    ],
)
def test_a_cap_for_trials_is_told_from_one_that_only_names_them(clause, what):
    assert [one for _, _, one in about(f"9. Liability. {clause}", "liability_cap")] == [what]
