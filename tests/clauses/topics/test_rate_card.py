"""Rate cards read from tables, lists and sentences: what is priced, for how much, in which unit."""
# ruff: noqa: E501  (cases stand whole)

import pytest
from hypothesis import given
from hypothesis import strategies as st

import redline
from clauses.topics import TOPICS
from clauses.topics.page import Page
from clauses.topics.rates import amount_of, plain_item, restated, unit_of
from tests.redline.notation import doc


def read(source):
    page = (
        Page.from_text(source) if isinstance(source, str) else Page.from_document(redline.read(doc(*source)))
    )
    return page, TOPICS["rate_card"].read(page)


def said(source):
    return [[rate.said for rate in one.values["each_rate"].rates] for one in read(source)[1]]


CARDS = [
    # Lists and sentences
    (
        "Rates\nSenior Consultant: EUR 1,450 per day\nDeveloper: EUR 980/day",
        [["Senior Consultant: EUR 1,450 per day", "Developer: EUR 980 per day"]],
    ),
    (
        "The following daily rates apply:\n- Senior Consultant – € 1 450\n- Developer – 980 EUR",
        [["Senior Consultant: EUR 1,450 per day", "Developer: EUR 980 per day"]],
    ),
    (
        "Named users: USD 12.50 per user per month\nStorage: $0.02 per GB per month",
        [["Named users: USD 12.50 per user per month", "Storage: USD 0.02 per gigabyte per month"]],
    ),
    ("Senior Consultants are charged at EUR 1,450 per day.", [["Senior Consultants: EUR 1,450 per day"]]),
    ("The hourly rate for a project manager is £95.50.", [["project manager: GBP 95.50 per hour"]]),
    (
        "Senior Consultant: EUR 1,450 per day; Developer: EUR 980 per day; and Tester: EUR 95 per hour.",
        [["Senior Consultant: EUR 1,450 per day", "Developer: EUR 980 per day", "Tester: EUR 95 per hour"]],
    ),
    (
        "Senior Consultant EUR 1,450 per day\nDeveloper ........ EUR 980 / day\nLead: EUR 1.450,- per day",
        [["Senior Consultant: EUR 1,450 per day", "Developer: EUR 980 per day", "Lead: EUR 1,450 per day"]],
    ),
    # Rows typed with tabs, bars or gaps
    (
        "Role                 Daily rate\nSenior Consultant    EUR 1,450\nDeveloper            EUR 980",
        [["Senior Consultant: EUR 1,450 per day", "Developer: EUR 980 per day"]],
    ),
    (
        "Role\tDaily rate (EUR)\nSenior Consultant\t1.450,00\nDeveloper\t980,00\nTotal\t2.430,00",
        [["Senior Consultant: EUR 1,450 per day", "Developer: EUR 980 per day"]],
    ),
    (
        "| Role | Unit | Rate |\n|---|---|---|\n| Architect | Day | USD 1,800 |\n| Tester | Hour | $95.50 |",
        [["Architect: USD 1,800 per day", "Tester: USD 95.50 per hour"]],
    ),
    # Tables of a document
    (
        [["Role | Person | Daily rate", "Lead | A. Person | EUR 1,280", "Trainer | to be named | None"]],
        [["Lead: EUR 1,280 per day"]],
    ),
    (
        [["Item | Qty | Unit price | Total", "Bolt M8 | 100 | EUR 1.20 | EUR 120.00"]],
        [["Bolt M8: EUR 1.20 per unit"]],
    ),
    (
        [["Role | Hourly rate | Daily rate", "Senior | EUR 200 | EUR 1,450"]],
        [["Senior: EUR 200 per hour", "Senior: EUR 1,450 per day"]],
    ),
    (
        ["All rates are in Swiss francs.", ["Role | List rate per day | Agreed rate per day", "Lead | 1,600 | 1,400"]],
        [["Lead: CHF 1,400 per day"]],
    ),
    (
        ["Rates per hour in USD:", ["Role | Rate", "Lead | 160", "Tester | 95"]],
        [["Lead: USD 160 per hour", "Tester: USD 95 per hour"]],
    ),
    ([["Senior Consultant | EUR 1,450 per day", "Developer | EUR 980 per day"]],
     [["Senior Consultant: EUR 1,450 per day", "Developer: EUR 980 per day"]]),
    (
        [["Rate Card 2027 |  | ", "Grade | Rate (GBP/hour) | Notes", "Director | 310 | ", "Analyst | 140.50 | UK only"]],
        [["Director: GBP 310 per hour", "Analyst: GBP 140.50 per hour"]],
    ),
    (
        [["Product | Quantity | Price per user per month | Annual total", "Pro | 120 | USD 45.00 | USD 64,800.00", "Help | 1 | included | -"]],
        [["Pro: USD 45 per user per month"]],
    ),
    (
        [["Description | UoM | Unit Price (EUR)", "Bracket | pc | 4,25", "Sea freight | kg | 0,85"]],
        [["Bracket: EUR 4.25 per unit", "Sea freight: EUR 0.85 per kilogram"]],
    ),
    (
        [["Role | Onsite daily rate | Offshore daily rate", "Architect | EUR 1,600 | EUR 700"]],
        [["Architect, Onsite daily rate: EUR 1,600 per day", "Architect, Offshore daily rate: EUR 700 per day"]],
    ),
    (
        [["Role | Rate", "Lead | USD 150/hr", "Note: rates rise by 3% a year | "]],
        [["Lead: USD 150 per hour"]],
    ),
    # Two tables are two places
    (
        [["Role | Day rate", "Lead | EUR 900"], "Offshore:", ["Role | Day rate", "Lead | EUR 500"]],
        [["Lead: EUR 900 per day"], ["Lead: EUR 500 per day"]],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CARDS)
def test_rates_are_read(source, expected):
    assert said(source) == expected


NO_CARDS = [
    "The total liability of the Supplier is limited to EUR 1,000,000 per year.",
    "The Supplier shall maintain insurance of at least EUR 5,000,000 per claim.",
    "A service credit of EUR 100 per day is due.",
    "Late payment: EUR 40 per invoice",
    "The Customer shall pay EUR 900 per day of delay.",
    "The Supplier charges EUR 900 per day for extra work.",
    [["Milestone | Date | Amount", "Design | 1 May 2027 | EUR 22,000", "Build | 1 June 2027 | EUR 37,000"]],
    [["Service level | Credit", "Below 99.5 % | 5 % of the monthly fee"]],
    [["Insurance | Amount", "Public liability | GBP 5,000,000 per claim", "Cyber | GBP 2,000,000 per year"]],
    [["Term | Meaning", "Fee | the price of the Services"]],
]


@pytest.mark.parametrize("source", NO_CARDS)
def test_what_is_no_rate_is_left_alone(source):
    assert said(source) == []


UNREAD = [
    ("Role\tDaily rate\nLead\tEUR 1,200 – 1,450", "the price is a range"),
    ("Role\tDaily rate\nLead\tfrom EUR 1,200", "a lower end"),
    ("Role\tDaily rate\nTester\tEUR 500\nLead\tTBD", "cannot be read from “TBD”"),
    ("Role\tDaily rate (EUR)\nLead\t1.450", "can be read in two ways"),
    ("Lead: EUR 900 per day\nTester: on request", "still open"),
    ("Lead: EUR -900 per day\nTester: EUR 95 per hour", "of “Lead” the price has a minus"),
    ("Lead: EUR (900) per day\nTester: EUR 95 per hour", "of “Lead” the price has a minus or brackets"),
    ("Role\tDaily rate (EUR)\nLead\t−900\nTester\t500", "of “Lead” the price has a minus"),
]


@pytest.mark.parametrize(("text", "why"), UNREAD)
def test_a_price_that_is_not_one_says_why(text, why):
    (one,) = read(text)[1]
    assert any(why in rate.why and rate.price is None for rate in one.values["each_rate"].rates)
    assert one.values["highest"].state == "unknown"


def test_a_table_of_rates_in_another_form_is_not_passed_over():
    (one,) = read("\tSenior\tDeveloper\nDaily rate\t1,450\t980")[1]
    assert one.values["each_rate"].why == "this table of rates could not be read row by row"


def test_the_values_of_a_card():
    page, (one,) = read(
        "Senior Consultants: EUR 1,450 per day\nDeveloper: EUR 980 per day\n"
        "The rates are fixed for two (2) years from signature."
    )
    values = one.values
    assert (values["highest"].value, values["currency"].value, values["unit"].value) == (1450, "EUR", "day")
    assert values["items"].value == ("developer", "senior consultant")
    assert values["fixed_months"].value == 24
    assert [page.text[span.start : span.end] for _, span in values["items"].items] == [
        "Senior Consultants",
        "Developer",
    ]


def test_different_units_are_never_made_one():
    (one,) = read("Lead: EUR 900 per day\nTester: EUR 95 per hour")[1]
    assert one.values["unit"].why == "the rates are not all in one unit (day, hour)"
    assert one.values["highest"].state == "unknown"


FIGURES = [
    ("1,450", False, "1450"),
    ("1.450,00", False, "1450.00"),
    ("1.450", False, None),
    ("1.450", True, "1450"),
    ("1,450", True, None),
    ("0.125", False, "0.125"),
    ("1’450", False, "1450"),
    ("1,234,567.89", False, "1234567.89"),
    ("95,5", True, "95.5"),
]


@pytest.mark.parametrize(("figures", "comma", "amount"), FIGURES)
def test_figures(figures, comma, amount):
    found = amount_of(figures, comma=comma)
    assert (None if found is None else f"{found:f}") == amount


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1,750", "1,450"),
        ("1750", "1450"),
        ("1.750,00", "1.450,00"),
        ("1 750", "1 450"),
        ("1,750.00", "1,450.00"),
        ("980", "1,450"),
        ("980,00", "1.450,00"),
    ],
)
def test_a_price_is_written_as_the_contract_writes_them(old, new):
    assert restated(old, amount_of("1450")) == new


_STYLES = {
    "1,750": False,
    "1750": False,
    "980": False,
    "1,750.00": False,
    "0.125": False,
    "1.750,00": True,
    "1 750": False,
}


@given(
    st.sampled_from(sorted(_STYLES)),
    st.decimals(min_value="0.01", max_value=999_999, places=2)
    | st.decimals(min_value="0.001", max_value=5, places=3),
)
def test_a_rewritten_price_is_read_as_what_it_was_to_be(old, price):
    assert amount_of(restated(old, price), comma=_STYLES[old]) == price


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("per user per month", "user_month"),
        ("monthly, per user", "user_month"),
        ("EUR/day", "day"),
        ("per person per day", "day"),
        ("hourly rate", "hour"),
        ("Unit price", "unit"),
        ("the price", ""),
    ],
)
def test_units(words, unit):
    assert unit_of(words) == unit


def test_an_item_is_known_by_its_plain_name():
    assert plain_item("Sr. Consultants (m/f/d)") == plain_item("senior consultant")
    assert plain_item("Tester (per day)") == plain_item("Testers")
    assert plain_item("Consultant (Senior)") != plain_item("Consultant")


_PARTS = st.sampled_from(
    ["Lead", "Tester", ":", " – ", "\t", "|", "\n", " ", "EUR ", "€", "$", "1,450", "1.450,00", "95", "0.5", "per day",
     "/hour", "Daily rate", "Role", "Unit", "Total", "on request", "fixed for 12 months", "rates are ", ".", "(", "- "]
)  # fmt: skip


@given(st.one_of(st.lists(_PARTS, max_size=40).map("".join), st.text(max_size=120)))
def test_every_offset_holds_what_it_says(text):
    page, found = read(text)
    for one in found:
        for rate in one.values["each_rate"].rates:
            words = page.text[rate.at.start : rate.at.end]
            assert words.strip()
            assert rate.span.start <= rate.at.start <= rate.at.end <= rate.span.end
            if rate.figures is None:
                assert rate.price is None
                continue
            figures = page.text[rate.figures.start : rate.figures.end]
            assert rate.price is None or rate.price in (amount_of(figures), amount_of(figures, comma=True))
            assert one.start <= rate.figures.start < rate.figures.end <= one.end


@pytest.mark.parametrize(
    "text",
    [
        "Lead: " * 20_000,
        "1," * 40_000 + " EUR",
        "EUR 1 " * 20_000,
        "a | " * 20_000,
        "per day " * 20_000 + "EUR 1",
        "The daily rate for a " * 5_000 + "EUR 1",
    ],
)
def test_long_nonsense_is_read_to_its_end(text):
    read(text)
