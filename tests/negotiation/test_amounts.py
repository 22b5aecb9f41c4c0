"""Amounts as people of several countries write them: read as they meant, or asked about."""

import pytest
from django.core.exceptions import ValidationError

from negotiation.forms import NegotiationForm, read_amount

READ = {
    "125000": 12_500_000,
    "125,000": 12_500_000,
    "12,345.67": 1_234_567,
    "12.345,67": 1_234_567,
    "99.50": 9_950,
    "99,5": 9_950,
    "1.234.567": 123_456_700,
    "1,234,567.8": 123_456_780,
    "0": 0,
}
NONE = ["NaN", "1e9", "-5", "ten", "1,23,456", "12,345,67", "1.234,567.89", "12345,678", "1" * 40, ",5", "5,"]


@pytest.mark.parametrize(("written", "minor"), READ.items())
def test_an_amount_is_read_as_it_was_meant(written, minor):
    assert read_amount(written, point=".") == minor


@pytest.mark.parametrize(("point", "text", "minor"), [(",", "12.345", 1_234_500), (".", "12,345", 1_234_500)])
def test_a_single_sign_groups_thousands_where_the_readers_point_is_the_other(point, text, minor):
    assert read_amount(text, point=point) == minor


@pytest.mark.parametrize(("point", "text"), [(".", "12.345"), (",", "12,345")])
def test_what_can_be_read_in_two_ways_is_asked_about(point, text):
    with pytest.raises(ValidationError, match="two ways"):
        read_amount(text, point=point)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_amount_is_said(text):
    with pytest.raises(ValidationError, match="Write an amount such as"):
        read_amount(text, point=".")


@pytest.mark.parametrize(("code", "known"), [("EUR", True), ("usd", True), ("XQZ", False), ("€€€", False)])
def test_a_currency_is_one_that_exists(code, known):
    form = NegotiationForm({"title": "T", "counterparty": "C", "kind": "team", "currency": code})
    assert ("currency" not in form.errors) is known
