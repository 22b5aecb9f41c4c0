"""What was read, on the screen: slips as a list, values that lead to their words, types of clauses."""

import pytest
from django.urls import reverse

from negotiation.workspace.deal_words import value_words
from tests.negotiation.deal import LINES, arrives, opened, received
from tests.redline.notation import doc

pytestmark = pytest.mark.django_db

SLIPS = (
    "# 1 Purpose",
    "The Customer shall pay each invoice within thirty (60) days of receipt, as Section 9.4 says.",
    "# 2 Governing law",
    "This Agreement is governed by the laws of Denmark.",
)


@pytest.fixture
def slipped(db):
    deal = opened()
    arrives(deal, doc(*SLIPS))
    return deal


def test_slips_stand_in_their_own_list_and_lead_to_their_words(slipped, as_):
    body = as_(slipped.who.alice).get(slipped.contract.get_absolute_url()).content.decode()
    panel = body.split('id="panel-checks"')[1]
    assert 'data-check="words_and_figures"' in panel
    assert 'data-words="thirty (60) days"' in panel
    block = slipped.block("thirty (60)")
    at = block.text.index("thirty (60) days")
    assert f'data-block="{block.address}" data-at="{at}"' in panel


def test_a_contract_without_slips_says_what_was_looked_for(as_):
    deal = received(lines=LINES[:6])
    body = as_(deal.who.alice).get(deal.contract.get_absolute_url()).content.decode()
    assert "Nothing was found. Looked for:" in body


def test_a_value_leads_to_the_words_it_was_read_from(slipped, as_):
    body = as_(slipped.who.alice).get(slipped.contract.get_absolute_url()).content.decode()
    panel = body.split('id="panel-facts"')[1].split('id="panel-checks"')[0]
    assert 'data-words="laws of Denmark"' in panel or 'data-words="Denmark"' in panel


def test_the_page_of_all_that_was_read(slipped, as_):
    page = reverse("negotiation:reading", args=[slipped.contract.uuid])
    body = as_(slipped.who.alice).get(page).content.decode()
    for words in ("Governing law", "Duties", "thirty (60) days", "Version 1"):
        assert words in body, words
    block = slipped.block("thirty (60)")
    assert f"{slipped.contract.get_absolute_url()}?version=1#b-{block.address}" in body


def test_before_anything_was_read_the_page_leads_back(as_, db):
    deal = opened()
    response = as_(deal.who.alice).get(reverse("negotiation:reading", args=[deal.contract.uuid]), follow=True)
    assert "No version of this contract was read yet." in response.content.decode()


def test_what_is_agreed_stands_first_and_in_words(as_):
    deal = received()
    body = as_(deal.who.alice).get(deal.contract.get_absolute_url()).content.decode()
    panel = body.split('id="panel-facts"')[1].split('id="panel-checks"')[0]
    assert "What is agreed" in panel
    assert "Secrecy lasts" in panel
    assert "7 years" in panel
    assert "Whom it binds" in panel


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (30, "days", "30 days"),
        (1, "years", "1 year"),
        (12, "months_fees", "12 months’ fees"),
        (96000, "EUR", "EUR 96,000"),
        (99.9, "%", "99.9 %"),
        (1.5, "%/month", "1.5 % a month"),
        (2, "fees", "2 times the fees"),
        ("2026-03-01", "", "1 Mar 2026"),
        ("Delaware", "governing_law", "Delaware"),
        ("", "", ""),
        ("death_or_injury", "", "death or injury"),
        ("2026-99-99", "", "2026-99-99"),
        (5, "furlongs_long", "5 furlongs long"),
    ],
)
def test_values_are_written_as_people_write_them(value, unit, words):
    assert value_words(value, unit) == words
