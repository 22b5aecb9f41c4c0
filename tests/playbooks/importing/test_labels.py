"""Labels in plain words: cards, reviews and the draft quote them."""

import pytest

from playbooks.condition_text import parse
from playbooks.importing.labels import followed, label_of


@pytest.mark.parametrize(
    ("topic", "when", "label"),
    [
        ("payment_days", "days >= 45", "Days to pay: at least 45 days"),
        ("payment_days", "days = 45", "Days to pay: 45 days"),
        (
            "payment_days",
            "days >= 45 and from = receipt",
            "Days to pay: at least 45 days; counted from receipt of the invoice",
        ),
        ("work_product", 'form = "present"', "Rights assigned at once"),
        ("no_licence", "licence = none", "No licence to the information"),
        ("customer_exit", "earliest_month <= 0", "May leave at any time"),
        ("customer_exit", "earliest_month <= 3", "Month from which one may leave: at most 3 months"),
        ("liability_cap", "not cap.combine = lesser", "Never the lesser of the two"),
        ("late_delivery", "limit >= 10 or limit absent", "Limit: at least 10 %, or none named"),
        ("security_measures", "no_reduction = no", "Not promised: no reduction of security"),
        ("acceptance", "deemed = no", "No acceptance without a word"),
        ("acceptance", "written = yes", "Acceptance in writing"),
        ("governing_law", "law in [France]", "Governing law: France"),
        ("secrecy_exceptions", "exceptions lacks [feedback]", "Exceptions: not feedback"),
        ("insurance", "clause present", "The clause is there"),
        ("insurance", "amount >=", ""),
        ("nothing", "amount >= 1", ""),
    ],
)
def test_a_rule_is_said_in_plain_words(topic, when, label):
    assert label_of(topic, when) == label
    if label:
        assert label_of(topic, parse(when)) == label


@pytest.mark.parametrize(
    ("label", "ours", "when", "now"),
    [
        ("Days to pay: 30 days", "Days to pay: 30 days", "days >= 45", "Days to pay: at least 45 days"),
        ("A month and a half", "Days to pay: 30 days", "days >= 45", "A month and a half"),
        ("A month and a half", "", "days >= 45", "A month and a half"),
        ("Days to pay: 30 days", "Days to pay: 30 days", "days is 45", "Days to pay: 30 days"),
    ],
)
def test_a_label_that_nobody_touched_follows_its_rule(label, ours, when, now):
    assert followed(label, ours=ours, topic="payment_days", when=when) == now
