"""Rates held against a rate card of the playbook: yes, no or unknown, and the smallest change of prices."""
# ruff: noqa: E501  (cases stand whole)

from dataclasses import replace

import pytest

import redline
from config.demo import contracts
from playbooks.condition_text import from_data, parse, to_data, write
from playbooks.example_rates import keep_their_cards
from playbooks.fields import BadPlaybook
from playbooks.judge import depth
from playbooks.library import shipped
from playbooks.review import (
    Document,
    case_of,
    page_of,
    place_text,
    proposal_for_rung,
    review,
    review_package,
)
from playbooks.rules import Playbook
from playbooks.trials import check_examples
from playbooks.yaml_format import dump, load
from tests.playbooks.test_invariant import accepted, keeps_its_promise
from tests.redline.notation import doc

BOOK = """
parley_playbook: 1
name: rates
title: Rates
contract_type: services
side: customer
rates:
  ours:
    rows:
      - {item: Senior consultant, price: 1450, currency: EUR, unit: day, also: [Lead consultant]}
      - {item: Developer, price: 980.50, currency: EUR, unit: day}
      - {item: Developer, price: 130, currency: EUR, unit: hour}
issues:
  - code: rates
    title: Rates
    category: Price
    topic: rate_card
    missing: {stands: P, reason: No rates are stated.}
    rungs:
      - {id: P, label: Our card, when: each_rate <= RATES.ours, reason: Usual rates.}
      - {id: F1, label: Up to 5 % more, when: each_rate <= RATES.ours + 5%, reason: A step, approvers: {any: [finance]}}
    walk_away: {approvers: {all: [finance]}, reason: Too high.}
"""
ONE = BOOK.replace("each_rate <= RATES.ours + 5%", "rate.senior_consultant.eur_day <= 1550").replace(
    "each_rate <= RATES.ours,", "rate.senior_consultant.eur_day <= 1450,"
)


def standing(text, book=BOOK):
    return place_text(load(book), "rates", text)


LADDER = [
    ("Senior Consultant: EUR 1,450 per day", "P"),
    ("Lead Consultants: EUR 1,450.00 per day\nDeveloper: EUR 130 per hour", "P"),
    ("Senior Consultant: EUR 1,451 per day", "F1"),
    ("Senior Consultant: EUR 1,522.50 per day\nDeveloper: EUR 980.50 per day", "F1"),
    ("Senior Consultant: EUR 1,522.51 per day", "walk_away"),
    ("Senior Consultant: EUR 2,000 per day\nScrum Master: EUR 1 per day", "walk_away"),
    ("Senior Consultant: EUR 1,000 per day\nScrum Master: EUR 1 per day", None),
    ("Senior Consultant: USD 1,000 per day", None),
    ("Senior Consultant: EUR 100 per hour", None),
    ("Nothing is said here.", "P"),
]


@pytest.mark.parametrize(("text", "rung"), LADDER)
def test_every_row_is_held_against_the_card(text, rung):
    assert standing(text).rung == rung


WHY = [
    ("Scrum Master: EUR 1 per day", "“Scrum Master” is not on our rate card"),
    ("Senior Consultant: USD 1,000 per day", "priced in USD, on our rate card in EUR, and is not converted"),
    ("Senior Consultant: EUR 9 per hour", "priced per hour, on our rate card per day, and is not converted"),
    ("Developer: EUR 9 per day\nSenior Consultant: on request", "the price of “Senior Consultant” is still open"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), WHY)
def test_what_cannot_be_compared_is_named(text, why):
    assert why in standing(text).why_unsure


@pytest.mark.parametrize(
    ("text", "rung"),
    [
        ("Senior Consultant: EUR 1,450 per day\nScrum Master: EUR 9,000 per day", "P"),
        ("Senior Consultant: EUR 1,550 per day", "F1"),
        ("Senior Consultant: EUR 1,551 per day", "walk_away"),
        ("Senior Consultant: EUR 150 per hour", None),
    ],
)
def test_one_role_can_have_a_ladder_of_its_own(text, rung):
    assert standing(text, ONE).rung == rung


REDLINES = [
    (
        BOOK,
        "Senior Consultant: EUR 1,750 per day\nDeveloper: EUR 130 per hour",
        "P",
        "Senior Consultant: EUR 1,450 per day\nDeveloper: EUR 130 per hour",
    ),
    (
        BOOK,
        "Senior Consultant: EUR 1,750 per day\nDeveloper: EUR 1,200.00 per day",
        "P",
        "Senior Consultant: EUR 1,450 per day\nDeveloper: EUR 980.50 per day",
    ),
    (BOOK, "Role\tDaily rate (EUR)\nDeveloper\t1.200,00", "P", "Role\tDaily rate (EUR)\nDeveloper\t980,50"),
    (BOOK, "Senior Consultant: EUR 1,750 per day", "F1", "Senior Consultant: EUR 1,522.50 per day"),
    (ONE, "Senior Consultant: EUR 1750 per day", "F1", "Senior Consultant: EUR 1550 per day"),
]


@pytest.mark.parametrize(("book", "before", "rung", "after"), REDLINES)
def test_only_the_price_that_is_too_high_changes(book, before, rung, after):
    edits = proposal_for_rung(load(book), before, "rates", rung)
    assert page_of(before).edited(edits).text.rstrip("\n") == after
    assert all(len(edit["text"]) < 9 for edit in edits)


def test_all_rows_change_or_none():
    """A row that cannot be told keeps the rung from being reached, so nothing is proposed."""
    text = "Senior Consultant: EUR 1,750 per day\nScrum Master: EUR 1 per day"
    assert review(load(BOOK), text).finding("rates").changes == ()


TABLES = [
    ["Role | Daily rate (EUR)", "Senior Consultant | 1,750", "Developer | 1,200.00"],
    ["Position | Unit | Price | Currency", "Lead consultant | Day | 1,600 | EUR", "Developer | Hour | 190 | EUR"],
    ["Role | Rate", "Senior consultant | EUR 1.750,00 per day", "Developer | EUR 1.200,50/day"],
]  # fmt: skip


@pytest.mark.parametrize("rows", TABLES)
@pytest.mark.parametrize("rung", ["P", "F1"])
def test_the_accepted_redline_of_a_table_stands_on_the_rung(rows, rung):
    data = doc("# Rates", "The Supplier is paid by time spent.", rows)
    book = load(BOOK)
    edits = proposal_for_rung(book, redline.read(data), "rates", rung)
    assert len(edits) == 2
    after = case_of(book, page_of(accepted(data, edits)), {})
    issue = book.issue("rates")
    assert after.standing(issue).position <= depth(issue, rung)
    assert keeps_its_promise(data, book) == 2
    again = [row for row in redline.read(redline.apply(data, edits).docx).blocks if row.table is not None]
    assert sum(row.text != row.original for row in again) == 2


def test_the_finding_says_what_costs_too_much_and_shows_every_row():
    text = "Senior Consultant: EUR 1,750 per day\nDeveloper: EUR 130 per hour\nScrum Master: EUR 1 per day"
    found = review(load(BOOK), text).finding("rates")
    assert found.rule == "Senior Consultant costs EUR 1,750 per day; we accept EUR 1,450.00 or less.".replace(
        ".00", ""
    )
    rows = [(row["item"], row["theirs"], row["ours"], row["verdict"]) for row in found.rates]
    assert rows == [
        ("Senior Consultant", "1750", "1450.00", "above"),
        ("Developer", "130", "130.00", "within"),
        ("Scrum Master", "1", "", "unknown"),
    ]
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in found.rates)
    assert found.to_data()["rates"][0]["block"] == "line:0"


@pytest.mark.parametrize(
    "book",
    [
        BOOK.replace("    rows:", "    in_use: false\n    rows:"),
        BOOK[: BOOK.index("    rows:")] + "    rows: []\n" + BOOK[BOOK.index("issues:") :],
    ],
)
def test_a_card_that_nobody_filled_in_gives_no_finding(book):
    found = review(load(book), "Senior Consultant: EUR 9,000 per day")
    assert found.findings == ()
    assert found.risk.score == 0


def test_the_shipped_card_is_an_example_until_somebody_says_otherwise():
    book = shipped("professional-services")
    text = "Senior Consultant: EUR 9,000 per day"
    assert "rates" not in {one.issue for one in review(book, text).findings}
    ours = {name: replace(card, in_use=True) for name, card in book.rates.items()}
    assert review(replace(book, rates=ours), text).finding("rates").status == "outside"


def test_the_data_form_is_canonical():
    book = load(BOOK)
    assert load(dump(book)) == book
    assert Playbook.from_data(book.to_data()) == book
    unused = replace(book, rates={"ours": replace(book.rates["ours"], in_use=False)})
    assert Playbook.from_data(unused.to_data()) == unused
    assert unused.digest != book.digest


@pytest.mark.parametrize(
    "text",
    [
        "each_rate <= RATES.ours",
        "each_rate <= RATES.ours + 5%",
        "each_rate <= RATES.ours + 2.5% and years <= 3",
    ],
)
def test_the_condition_is_written_as_it_is_read(text):
    condition = parse(text)
    assert write(condition) == text
    assert from_data(to_data(condition)) == condition


WRONG = [
    ("RATES.ours + 5%", "RATES.theirs", "there is no rate card “theirs”"),
    ("each_rate <= RATES.ours + 5%", "highest <= RATES.ours", "only each_rate can be"),
    ("each_rate <= RATES.ours + 5%", "each_rate <= 5", "with a rate card"),
    ("each_rate <= RATES.ours + 5%", "each_rate >= RATES.ours", "with a rate card"),
    ("each_rate <= RATES.ours + 5%", "each_rate <= RATES.ours + 0%", "can never be reached"),
    ("each_rate <= RATES.ours + 5%", "RATES.ours >= 5", "stands on the right"),
    ("price: 130", "price: cheap", "“cheap” is not a price"),
    ("price: 130", "price: 0", "leave the row out instead"),
    ("unit: hour", "unit: month_user", "“month_user” is not a unit"),
    ("price: 130, currency: EUR", "price: 130, currency: euro", "“euro” is not a currency"),
    ("unit: hour", "unit: day", "“Developer” has a price in EUR per day already"),
    (
        "unit: hour}",
        "unit: day, also: [Lead consultant]}",
        "“Lead consultant”, another name of “Developer”, has a price",
    ),
    ("each_rate <= RATES.ours + 5%", "rate.lead.eur_furlong <= 5", "is not read on this topic"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_a_mistake_is_named_with_its_line(old, new, message):
    with pytest.raises(BadPlaybook) as caught:
        load(BOOK.replace(old, new, 1))
    assert any(message in one.message and one.line for one in caught.value.mistakes), caught.value


def test_a_looser_rung_above_a_stricter_one_is_refused():
    swapped = BOOK.replace("<= RATES.ours,", "<= RATES.ours + 10%,")
    with pytest.raises(BadPlaybook, match="can never be reached"):
        load(swapped)


def test_a_sum_that_was_worked_out_from_a_rate_is_named():
    text = "Role\tDays\tDaily rate (EUR)\tBudget\nSenior Consultant\t20\t1,750\t35,000\nDeveloper\t10\t900\t9,000"
    (about,) = [
        one for one in review(load(BOOK), text).finding("rates").cautions if "Senior Consultant" in one
    ]
    assert "35,000" in about
    assert review(load(BOOK), text.replace("1,750", "1,400")).finding("rates").cautions == ()


def test_the_rates_of_the_sample_statement_of_work_come_down_to_the_card():
    """Four of its rows name a daily rate; only those above the card change, and the file read again complies."""
    card = BOOK[BOOK.index("      - {item") : BOOK.index("issues:")]
    rows = [
        ("Supplier's project lead, Key Person", 1200),
        ("Data engineer, Key Person", 1100),
        ("Portal developer, Key Person", 980),
        ("Trainer", 890),
    ]
    ours = "".join(
        f'      - {{item: "{item}", price: {price}, currency: EUR, unit: day}}\n' for item, price in rows
    )
    book, data = load(BOOK.replace(card, ours)), contracts.build("professional-services-sow")
    found = review(book, redline.read(data)).finding("rates")
    assert [(row["theirs"], row["verdict"]) for row in found.rates] == [
        ("1280", "above"), ("1080", "within"), ("1080", "above"), ("890", "within"),
    ]  # fmt: skip
    assert [edit["text"] for edit in found.changes] == ["1,200", "980"]
    assert review(book, accepted(data, found.changes)).finding("rates").status == "compliant"


def test_rates_of_a_package_are_found_in_their_document():
    """The order's table is judged beside the terms; the finding names document, block and offsets of its own."""
    terms = "# Terms\nThe Supplier performs the Services with care."
    order = "Order\nSenior Consultant: EUR 1,750 per day"
    found = review_package(load(BOOK), [Document("terms", terms), Document("order", order)]).finding("rates")
    (row,) = found.rates
    assert (found.document, row["document"], row["block"]) == ("order", "order", "line:1")
    assert order[row["start"] : row["end"]] == "1,750"
    assert [(edit["document"], edit["text"]) for edit in found.changes] == [("order", "1,450")]


WITH_EXAMPLES = BOOK.replace(
    "reason: Usual rates.}",
    'reason: Usual rates., examples: ["Lead Consultant: EUR 1,400 per day", "Developer: EUR 100 per hour"]}',
).replace(
    "reason: Too high.",
    'reason: Too high., examples: [{text: "Senior Consultant: EUR 1,600 per day", near: true}]',
)


def repriced(book, *rows):
    """The playbook with these rows on its card, as the settings would keep it."""
    data = book.to_data()
    data = {**data, "rates": {"ours": {"rows": list(rows)}}}
    return keep_their_cards(book, Playbook.from_data(data), data)


def test_examples_keep_the_card_they_were_written_for_where_they_need_it():
    book = load(WITH_EXAMPLES)
    assert check_examples(book) == (3, ())
    data, counts = repriced(
        book,
        {"item": "Senior consultant", "price": 1300, "currency": "EUR", "unit": "day", "also": ["Lead consultant"]},
        {"item": "Developer", "price": 110, "currency": "EUR", "unit": "hour"},
    )  # fmt: skip
    assert counts == {"Rates": 1}
    after = Playbook.from_data(data)
    assert check_examples(after) == (3, ())
    senior, developer, above = (example for _issue, _rung, example in after.examples())
    assert [line.item for line in senior.rates["ours"].lines] == ["Senior consultant"]
    assert not developer.rates, "it still stands where it stood"
    assert not above.rates
    assert above.near
    assert load(dump(after)) == after


def test_an_example_with_a_card_of_its_own_still_tests_its_rung():
    data, counts = repriced(
        load(WITH_EXAMPLES), {"item": "Tester", "price": 90, "currency": "EUR", "unit": "hour"}
    )
    assert counts == {"Rates": 3}
    looser = Playbook.from_data(data).to_data()
    looser["issues"][0]["rungs"][1]["when"] = "each_rate <= RATES.ours + 20%"
    _count, (miss,) = check_examples(Playbook.from_data(looser))
    assert (miss.wanted, miss.got) == ("walk_away", "F1")


def test_the_shipped_examples_survive_prices_of_ones_own():
    book = shipped("professional-services")
    rates = replace(book, issues=tuple(issue for issue in book.issues if issue.code == "rates"))
    rows = [("Senior consultant", 1400, "day"), ("Project manager", 1250, "day"), ("Tester", 110, "hour")]
    data, counts = repriced(
        rates,
        *({"item": item, "price": price, "currency": "EUR", "unit": unit} for item, price, unit in rows),
    )
    assert counts == {"Rates": 4}, "those above the card are above it still"
    assert check_examples(Playbook.from_data(data)) == (6, ())


def test_an_example_that_was_wrong_before_is_not_hidden():
    wrong = load(WITH_EXAMPLES.replace("Lead Consultant: EUR 1,400", "Lead Consultant: EUR 1,500"))
    data, _counts = repriced(wrong, {"item": "Tester", "price": 90, "currency": "EUR", "unit": "hour"})
    assert len(check_examples(Playbook.from_data(data))[1]) == 1


def test_the_rates_of_one_document_are_mended_by_themselves():
    """Other statements of work, ranked behind it, neither hold its redline up nor belong to it."""
    own = "Order\nSenior Consultant: EUR 1,750 per day"
    around = ["Order\nSenior Consultant: EUR 1,800 per day", "Order\nScrum Master: EUR 1,800 per day"]
    documents = [Document(f"order{n}", text, n) for n, text in enumerate([own, *around], 1)]
    found = review_package(load(BOOK), documents).finding("rates")
    assert [(edit["document"], edit["text"]) for edit in found.changes] == [("order1", "1,450")]
    assert [row["document"] for row in found.rates] == ["order1"]
