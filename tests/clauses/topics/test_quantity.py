"""Numbers as contracts write them, and the same number written anew in the same way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.topics.quantity import from_words, in_words, money, quantities

CASES = [
    ("for seven (7) years after", 7, "year", 3, "year", "three (3) years"),
    ("36 months", 36, "month", 3, "year", "36 months"),
    ("36 months", 36, "month", 5, "year", "60 months"),
    ("one (1) year", 1, "year", 3, "year", "three (3) years"),
    ("three (3) years", 3, "year", 1, "year", "one (1) year"),
    ("five percent (5%)", 5, "percent", 3, "percent", "three percent (3%)"),
    ("ninety (90) days’ notice", 90, "day", 30, "day", "thirty (30) days"),
    ("three times (3x) the", 3, "times", 5, "times", "five times (5x)"),
    ("72 hours", 72, "hour", 24, "hour", "24 hours"),
    ("three (3) days", 3, "day", 24, "hour", "one (1) day"),
    ("10 business days", 10, "business_day", 30, "business_day", "30 business days"),
    ("99.5% uptime", "99.5", "percent", "99.9", "percent", "99.9%"),
    ("Twelve (12) month period", 12, "month", 24, "month", "Twenty-four (24) month"),
    ("in the 12-month period", 12, "month", 24, "month", "24-month"),
    ("1x the Fees", 1, "times", 2, "times", "2x"),
    ("one hundred and eighty (180) days", 180, "day", 30, "day", "thirty (30) days"),
    ("two years", 2, "year", 1, "year", "one year"),
    ("7 (seven) days", 7, "day", 14, "day", "14 (fourteen) days"),
    ("two (2) weeks", 2, "week", 28, "day", "four (4) weeks"),
]


@pytest.mark.parametrize(("text", "amount", "unit", "target", "target_unit", "expected"), CASES)
def test_a_quantity_is_read_and_written_again_in_its_own_style(
    text, amount, unit, target, target_unit, expected
):
    (found,) = quantities(text)
    assert (found.amount, found.unit) == (Decimal(amount), unit)
    assert text[found.start : found.end] == found.quote
    assert found.restated(Decimal(target), target_unit) == expected


@pytest.mark.parametrize("text", ["ninety (60) days", "sixty (90) days", "7 (six) years"])
def test_words_and_figures_that_disagree_have_no_amount(text):
    assert next(quantities(text)).amount is None


@pytest.mark.parametrize(
    "text", ["Section 12 days", "$5 days", "clause 8.1", "the 3 parties", "v2.0", "1,000"]
)
def test_not_every_number_is_a_quantity(text):
    assert not [q for q in quantities(text) if q.quote[:1] in "$8v"]


@given(st.integers(0, 999))
def test_words_of_a_number_are_read_back(number):
    assert from_words(in_words(number)) == number


@given(st.integers(1, 400), st.sampled_from(["day", "month", "year", "hour", "week"]), st.integers(1, 400))
def test_a_restated_quantity_reads_as_the_new_number(number, unit, target):
    text = f"within {in_words(number)} ({number}) {unit}{'' if number == 1 else 's'} of it"
    (found,) = quantities(text)
    again = text[: found.start] + str(found.restated(Decimal(target), unit)) + text[found.end :]
    (read,) = quantities(again)
    assert (read.amount, read.unit) == (target, unit)


def test_a_day_count_is_not_turned_into_months():
    (found,) = quantities("90 days")
    assert found.in_unit("month") is None
    assert found.restated(Decimal(3), "month") is None


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("USD 1,000,000", 1_000_000, "USD"),
        ("$5 million", 5_000_000, "USD"),
        ("€ 2,500.50", "2500.5", "EUR"),
        ("GBP 10k", 10_000, "GBP"),
    ],
)
def test_amounts_of_money(text, amount, currency):
    (found,) = money(text)
    assert (found.amount, found.currency) == (Decimal(amount), currency)
