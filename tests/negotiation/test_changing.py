"""Mending what was said when a deal was opened, and a deal whose every document is signed."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from negotiation.models import Contract, Counterparty, Negotiation
from negotiation.models.contracts import ContractState
from negotiation.services import agreements, deals
from tests.negotiation.deal import opened, received

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Harbour cloud, second try",
    "counterparty": "Harbour Cloud GmbH",
    "lead_name": "Grace Holloway",
    "lead_email": "grace@harbour.example",
    "kind": "team",
    "objectives": "A year's fees as the limit.",
    "value_minor": "12.345,67",
    "currency": "eur",
    "term_months": "24",
    "law": "Germany",
}


def page(deal) -> str:
    return reverse("negotiation:change", args=[deal.negotiation.uuid])


def test_a_deal_is_mended_on_one_page(db, as_):
    deal = opened()
    client = as_(deal.who.alice)
    shown = client.get(page(deal))
    assert shown.context["form"]["counterparty"].value() == "Harbour Cloud"
    assert shown.context["form"]["lead_email"].value() == deal.who.dana.email
    answer = client.post(page(deal), FORM | {"version": shown.context["form"]["version"].value()})
    assert answer.url == deal.negotiation.get_absolute_url()
    now = Negotiation.objects.get(pk=deal.negotiation.pk)
    assert (now.title, now.value_minor, now.currency, now.law) == (FORM["title"], 1_234_567, "EUR", "Germany")
    theirs = now.their_side()
    party = theirs.parties.get()
    assert (theirs.name, party.legal_name, party.counterparty.name) == ("Harbour Cloud GmbH",) * 3
    assert (party.lead_guest.name, party.lead_guest.email) == ("Grace Holloway", "grace@harbour.example")
    assert Counterparty.objects.filter(name="Harbour Cloud").exists()  # of other deals
    entry = AuditEntry.objects.get(action="negotiation.changed")
    assert {"title", "value_minor", "counterparty", "their_lead"} <= set(entry.payload["changed"])
    late = client.post(page(deal), FORM | {"version": 1})
    assert late.status_code == 409


def test_a_form_that_is_not_right_keeps_what_was_typed(db, as_):
    deal = opened()
    answer = as_(deal.who.alice).post(page(deal), FORM | {"version": 1, "currency": "XQZ"})
    assert "“XQZ” is no currency" in answer.content.decode()
    assert "Harbour Cloud GmbH" in answer.content.decode()
    assert Negotiation.objects.get(pk=deal.negotiation.pk).title == "Harbour cloud trial"


def test_what_we_want_is_stated_where_the_stage_asks_for_it(db, as_):
    deal = opened()
    Negotiation.objects.update(objectives="")
    body = as_(deal.who.alice).get(deal.negotiation.get_absolute_url()).content.decode()
    assert f'<a href="{page(deal)}">State what we want from this deal.</a>' in body


def test_a_reader_is_offered_no_change(db, as_):
    deal = opened()
    body = as_(deal.who.bob).get(deal.negotiation.get_absolute_url()).content.decode()
    assert page(deal) not in body
    assert as_(deal.who.bob).get(page(deal)).status_code == 403


def sign(deal, contract: Contract) -> None:
    Contract.objects.filter(pk=contract.pk).update(state=ContractState.SIGNING)
    contract.refresh_from_db()
    version = contract.versions.first()
    agreements.mark_executed(contract=contract, version=version, at=version.created_at)


def test_a_deal_is_signed_once_its_last_document_is_whatever_earlier_stages_asked(as_):
    deal = received(reviewed=False)
    Negotiation.objects.update(objectives="", stage="preparation")
    other = deals.add_contract(negotiation=deal.negotiation, title="Annex", paper="theirs", by=deal.who.alice)
    sign(deal, deal.contract)
    assert Negotiation.objects.get().stage == "preparation"
    Contract.objects.filter(pk=other.pk).update(state=ContractState.EXECUTED)
    deals.close_signed(deal.negotiation, deal.contract.created_at)
    assert Negotiation.objects.get().stage == "handover"
    entry = deal.negotiation.stage_entries.get(stage="handover")
    assert entry.override_reason == "Every document is signed."
    client = as_(deal.who.alice)
    listed = client.get(reverse("negotiation:list") + "?view=all").content.decode()
    assert "Preparation and Research" not in listed
    assert "Our turn" not in listed
