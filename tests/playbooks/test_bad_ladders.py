"""Ladders that cannot work are refused: contradictions, rungs nobody reaches, numbers the wrong way."""
# ruff: noqa: E501  (files stand as they are written)

import pytest

from tests.playbooks.test_yaml_format import SMALL, load, mistakes

TWO = (
    SMALL.replace(
        "        reason: Because.\n    walk",
        "        reason: Because.\n      - id: F1\n        label: Next\n        when: {second}\n        reason: Next.\n    walk",
    )
    .replace("topic: governing_law", "topic: payment_days")
    .replace("law in LIST.ours", "{first}")
)


def book(first, second):
    return TWO.replace("{first}", first).replace("{second}", second)


@pytest.mark.parametrize(
    "condition",
    [
        "days <= 30 and days >= 45",
        "days absent and days <= 30",
        "from = receipt and from = invoice_date",
        "from in [receipt] and not (from = receipt)",
        "days < 30 and not (days <= 60)",
        "if from = receipt then days <= 10 and days >= 20 else from = receipt",
        "days = 30 and days = 31",
    ],
)
def test_a_condition_that_contradicts_itself_is_named(condition):
    found = mistakes(SMALL.replace("governing_law", "payment_days").replace("law in LIST.ours", condition))
    assert [(line, field) for line, field, _ in found] == [(16, "issues[0].rungs[0].when")]
    assert "contradicts itself" in found[0][2]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("days <= 45", "days <= 30"),
        ("days <= 45", "days <= 45 and from = invoice_date"),
        ("days <= 45 or from = receipt", "from = receipt"),
        ("from in [receipt, invoice_date]", "from = invoice_date"),
        ("not (days > 60)", "days <= 60"),
        ("clause present or clause absent", "days <= 60"),
    ],
)
def test_a_rung_that_nothing_reaches_is_named(first, second):
    found = mistakes(book(first, second))
    assert [(line, field) for line, field, _ in found] == [(20, "issues[0].rungs[1].when")]
    assert "never be reached" in found[0][2]
    assert "(P)" in found[0][2]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("days <= 30", "days <= 45"),
        ("days <= 30 and from = invoice_date", "days <= 30"),
        ("days <= 30", "from = receipt"),
        ("clause absent", "days <= 30"),
        ("days >= 9 and days <= 12", "days >= 6 and days <= 12"),
        ("days <= deal.value", "days <= 30"),
        ('text has ["net"]', "days <= 30"),
    ],
)
def test_a_ladder_that_works_is_taken(first, second):
    assert len(load(book(first, second)).issues[0].rungs) == 2


@pytest.mark.parametrize(
    ("direction", "first", "second", "bad"),
    [
        ("lower", "days <= 30", "days <= 45", False),
        ("lower", "days <= 45 and from = receipt", "days <= 30", True),
        ("higher", "days >= 30 and from = receipt", "days >= 45", True),
        ("{customer: higher}", "days >= 30 and from = receipt", "days >= 45", False),
        ("{both: higher}", "days >= 30 and from = receipt", "days >= 45", True),
    ],
)
def test_a_number_against_the_direction_is_named(direction, first, second, bad):
    text = book(first, second).replace("    topic:", f"    better: {direction}\n    topic:")
    if not bad:
        assert load(text)
        return
    assert "is better here" in mistakes(text)[0][2]


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("deal.valu >= 3", "“deal.valu” is not a fact of a deal"),
        ("law in LIST.x[deal.lew]", "is not a fact of a deal"),
        ("ISSUE.price.days <= 3", "there is no issue “price”"),
        ("ISSUE.law.days <= 3", "“days” is not read"),
        ("law <= 3", "does not fit"),
        ("duty = strong", "is never read"),
        ("text = x", "does not fit"),
        ("deal.value >= high", "not read"),
        ("law has [x]", "does not fit"),
    ],
)
def test_what_a_condition_cannot_ask_is_named(condition, says):
    found = mistakes(SMALL.replace("law in LIST.ours", condition))
    assert any(says in message and line == 16 for line, _, message in found), found


def test_facts_of_their_own_can_be_declared():
    text = SMALL.replace("law in LIST.ours", "deal.tier = gold and law present")
    assert "not a fact" in mistakes(text)[0][2]
    assert load(text.replace("issues:", "deal_facts: {tier: word}\nissues:")).deal_facts == {"tier": "word"}
    again = mistakes(text.replace("issues:", "deal_facts: {value: number, tier: sum}\nissues:"))
    assert {field for _, field, _ in again} == {"deal_facts.value", "deal_facts.tier"}


def test_thresholds_and_deal_sizes_are_checked():
    assert (
        "begins above high"
        in mistakes(SMALL.replace("issues:", "thresholds: {medium: 50, high: 20}\nissues:"))[0][2]
    )
    steps = "    leave_alone: {our_paper: P, up_to: [{value: much}, {value: 5, their_paper: F7}]}\n    topic:"
    found = mistakes(SMALL.replace("    topic:", steps))
    assert any("not an amount" in message for _, _, message in found)
    found = mistakes(SMALL.replace("    topic:", steps.replace("{value: much}, ", "")))
    assert any("no rung “F7”" in message for _, _, message in found)


def test_text_is_left_alone_by_paper_and_deal_size():
    from decimal import Decimal

    from playbooks.review import review

    text = book("days <= 30", "days <= 60").replace(
        "    topic:",
        "    leave_alone: {our_paper: P, their_paper: P, up_to: [{value: 50000, their_paper: F1}]}\n    topic:",
    )
    contract = "The Customer shall pay each invoice within sixty (60) days of the invoice date."
    small, large = {"value": Decimal(50_000)}, {"value": Decimal(50_001)}
    assert review(load(text), contract, deal=small).finding("law").changes == ()
    assert review(load(text), contract, deal=large).finding("law").changes != ()
    assert review(load(text), contract, deal=small, paper="ours").finding("law").changes != ()
    assert review(load(text), contract).finding("law").changes != ()


def test_nothing_half_read_is_kept():
    text = book("days <= 30 and days >= 45", "deal.nothing = 1")
    assert len(mistakes(text)) == 1  # names first; contradictions are looked for in what can be read
    assert "deal.nothing" in mistakes(text)[0][2]
