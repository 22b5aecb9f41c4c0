"""Duties: who must, may or must not do what, for whom, by when, if what, unless what; each part with its place."""
# ruff: noqa: E501  (tables of cases are easier to check when a case is one line)

import pytest

from clauses import analyse


def duties(text):
    return [(o.kind, o.bearer, o.modal, o.action) for o in analyse(text).obligations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Customer shall pay the fees.", ("duty", "Customer", "shall", "pay the fees")),
        ("Customer shall not resell the Services.", ("ban", "Customer", "shall not", "resell the Services")),
        ("Customer may inspect the Goods.", ("right", "Customer", "may", "inspect the Goods")),
        ("Provider shall not be required to support old versions.", ("release", "Provider", "shall not be required to", "support old versions")),
        ("Neither party may assign this Agreement.", ("ban", "Neither party", "may", "assign this Agreement")),
        ("No party shall disclose the terms.", ("ban", "No party", "shall", "disclose the terms")),
        ("Each party agrees to act in good faith.", ("duty", "Each party", "agrees to", "act in good faith")),
        ("Licensee agrees not to remove notices.", ("ban", "Licensee", "agrees not to", "remove notices")),
        ("Provider is responsible for its subcontractors.", ("duty", "Provider", "is responsible for", "its subcontractors")),
        ("Customer is entitled to a refund.", ("right", "Customer", "is entitled to", "a refund")),
        ("Customer is prohibited from copying the Software.", ("ban", "Customer", "is prohibited from", "copying the Software")),
        ("Recipient may only use the information for the Purpose.", ("ban", "Recipient", "may only", "use the information for the Purpose")),
        ("Provider and its Affiliates shall comply with all laws.", ("duty", "Provider", "shall", "comply with all laws")),
        ("Customer, at its own expense, shall maintain insurance.", ("duty", "Customer", "shall", "maintain insurance")),
        ("Invoices shall be paid by Customer within 30 days.", ("duty", "Customer", "shall be", "Invoices shall be paid by Customer within 30 days")),
        ("Fees are payable by Customer in advance.", ("duty", "Customer", "are", "Fees are payable by Customer in advance")),
    ],
)  # fmt: skip
def test_one_sentence_one_row(text, expected):
    assert duties(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Notice to Customer shall be given in writing.",
        "The obligations of Provider shall survive.",
        "The headings shall not affect the meaning.",
        "Title passes on delivery to Customer.",
        "“Customer” means the person named above.",
        "Customer shall be deemed to have read the notice.",
        "This Deed shall be construed as drafted by the parties.",
        "Supplier’s duties shall not apply to changes made by others.",
        "The report shall be kept in the form approved by Buyer.",
        "[Drafting note: Customer must pay each invoice on the day chosen here.]",
        "Every Other Reseller shall sign, and each Other Reseller shall report.",
        "Its contract with its Customer shall say so.",
        "Provider and Customer agree to a start date in the order.",
    ],
)
def test_who_does_not_act_bears_nothing(text):
    assert duties(text) == []


def test_a_list_gives_one_row_for_each_item():
    text = "Customer shall: (a) pay all fees; (b) keep its passwords secret; and (c) not resell the Services."
    assert duties(text) == [
        ("duty", "Customer", "shall", "pay all fees"),
        ("duty", "Customer", "shall", "keep its passwords secret"),
        ("ban", "Customer", "shall not", "resell the Services"),
    ]


def test_a_list_below_its_lead_in_does_too():
    text = "Supplier shall:\n(a) deliver the Goods;\n(b) insure the Goods; and\n(c) tell Buyer of delays.\nBuyer may inspect."
    assert [(b, a) for _, b, _, a in duties(text)] == [
        ("Supplier", "deliver the Goods"),
        ("Supplier", "insure the Goods"),
        ("Supplier", "tell Buyer of delays"),
        ("Buyer", "inspect"),
    ]


def test_the_words_before_the_colon_belong_to_each_item():
    text = (
        "Either party may terminate this Agreement: (a) if the other is insolvent; or (b) on 30 days' notice."
    )
    assert [a for *_, a in duties(text)] == [
        "terminate this Agreement if the other is insolvent",
        "terminate this Agreement on 30 days' notice",
    ]


def test_numbers_that_point_to_items_open_none():
    text = "Provider may (a) obtain the right; (b) change the Product; or (c) if neither (a) nor (b) is possible, refund the fees."
    assert [a for *_, a in duties(text)] == [
        "obtain the right",
        "change the Product",
        "if neither (a) nor (b) is possible, refund the fees",
    ]


def test_a_second_verb_is_a_second_row_of_the_same_bearer():
    text = "Provider shall deliver the Goods and shall not delay without cause."
    assert duties(text) == [
        ("duty", "Provider", "shall", "deliver the Goods"),
        ("ban", "Provider", "shall not", "delay without cause"),
    ]


def test_deadline_condition_exception_and_beneficiary_are_cut_out():
    (row,) = analyse(
        "If Customer asks for it, Provider shall give Customer a report within ten days, unless the law forbids it."
    ).obligations
    assert (row.bearer, row.beneficiary) == ("Provider", "Customer")
    assert (row.deadline, row.condition) == ("within ten days", "If Customer asks for it")
    assert row.exceptions == "unless the law forbids it"


def test_each_part_quotes_its_words():
    text = "If asked, Provider shall give Customer a report within ten days, unless the law forbids it."
    (row,) = analyse(text).obligations
    said = {name: text[a:b] for name, a, b in row.parts}
    assert said == {
        "bearer": "Provider",
        "modal": "shall",
        "action": "give Customer a report within ten days, unless the law forbids it",
        "beneficiary": "Customer",
        "deadline": "within ten days",
        "condition": "If asked",
        "exceptions": "unless the law forbids it",
    }


def test_flipping_the_modal_flips_the_kind():
    assert [k for k, *_ in duties("Customer shall resell the Services.")] == ["duty"]
    assert [k for k, *_ in duties("Customer shall not resell the Services.")] == ["ban"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Neither Actor nor Studio shall assign this Deed.", [("ban", "Neither Actor nor Studio", "assign this Deed")]),
        ("Neither Actor nor its agents may hire staff.", [("ban", "Neither Actor nor its agents", "hire staff")]),
        ("No Customer shall resell the Goods.", [("ban", "No Customer", "resell the Goods")]),
        ("No Buyer shall be responsible for the tax.", [("release", "No Buyer", "the tax")]),
        ("Either Buyer or Seller may terminate.", [("right", "Either Buyer or Seller", "terminate")]),
        ("Buyer and/or Seller may assign this Deed.", [("right", "Buyer and/or Seller", "assign this Deed")]),
        ("Each of Buyer and Seller shall keep books.", [("duty", "Each of Buyer and Seller", "keep books")]),
        ("Customer and Users must keep passwords safe.", [("duty", "Customer and Users", "keep passwords safe")]),
        ("Each party hereto shall obey the law.", [("duty", "Each party hereto", "obey the law")]),
        ("The non-defaulting party may leave.", [("right", "non-defaulting party", "leave")]),
        ("Buyer shall have the right to inspect.", [("right", "Buyer", "have the right to inspect")]),
        ("Buyer shall have no obligation to pay.", [("release", "Buyer", "have no obligation to pay")]),
        ("Buyer shall have no right to sell.", [("ban", "Buyer", "have no right to sell")]),
        ("Buyer will no longer use the Goods.", [("ban", "Buyer", "no longer use the Goods")]),
        ("Buyer shall not be prevented from selling.", [("right", "Buyer", "be prevented from selling")]),
        ("If Seller cannot mend it, Buyer may leave.", [("right", "Buyer", "leave")]),
        ("If, on that day, Seller shall have stock, Buyer may buy it.", [("right", "Buyer", "buy it")]),
        ("Seller shall pay any sum that Buyer may have lost.", [("duty", "Seller", "pay any sum that Buyer may have lost")]),
        ("Seller shall name the means by which Buyer will pay.", [("duty", "Seller", "name the means by which Buyer will pay")]),
        ("Agent agrees that, during the term, it will not compete.", [("ban", "Agent", "compete")]),
    ],
)  # fmt: skip
def test_who_is_bound_and_to_what(text, expected):
    parties = (
        "This Deed is made between Ann Roe (“Actor”) and Bell Ltd (“Studio”).\n" if "Actor" in text else ""
    )
    assert [(o.kind, o.bearer, o.action) for o in analyse(parties + text).obligations] == expected


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Buyer shall use at least the same care.", ""),
        ("Buyer shall sell only within the Territory.", ""),
        ("Buyer shall answer at least ten days before the sale.", "at least ten days before the sale"),
        ("If Buyer objects within 30 days of notice, Seller shall meet Buyer.", ""),
        ("Within 5 days following receipt, Seller shall answer.", "Within 5 days following receipt"),
    ],
)
def test_a_deadline_names_a_time_and_belongs_to_the_duty(text, deadline):
    assert [o.deadline for o in analyse(text).obligations] == [deadline]


def test_a_condition_runs_on_behind_the_number_of_a_section():
    (row,) = analyse("If Seller breaches Section 6.3 twice, Buyer may leave.").obligations
    assert row.condition == "If Seller breaches Section 6.3 twice"


def test_the_last_item_of_a_list_needs_no_comma_before_its_and():
    text = "Recipient will: (a) use it well, (b) not show it, (c) not copy marks and (d) if asked, say so."
    assert [(k, a) for k, _, _, a in duties(text)] == [
        ("duty", "use it well"),
        ("ban", "show it"),
        ("ban", "copy marks"),
        ("duty", "if asked, say so"),
    ]
