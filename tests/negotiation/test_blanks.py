"""A form with blanks says so, and is agreed and signed only by somebody who says that they are left."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEntry
from config.demo import contracts
from jobs.testing import run_all
from negotiation.models import Version
from negotiation.services import agreements, blanks
from signing.models import Envelope
from tests.negotiation.deal import arrives, opened
from tests.redline.notation import doc

pytestmark = pytest.mark.django_db

FORM = (
    "# 1. Purpose",
    "The parties share information about {purpose}.",
    "# 2. Law",
    "The laws of [Governing Law] apply. Notice is given within [ # ] days.",
    "# 3. Term",
    "This Agreement ends on ____________.",
    "Signature: ____________________",
    "Name:\t____________________",
    "Date: ________________",
)


def a_form():
    deal = opened(reviewed=False)
    arrives(deal, doc(*FORM))
    return deal


def agree(deal, **more):
    fields = {"their_person": "Dana Other", "evidence": "Mail of 3 March."} | more
    version = agreements.agree_text(
        contract=deal.contract, by=deal.who.alice, seen=deal.contract.version, **fields
    )
    run_all()
    deal.contract.refresh_from_db()
    return version


def test_blanks_are_told_with_their_clause_and_signature_lines_are_none():
    found = blanks.of_version(a_form().version())
    assert [one.clause_number for one in found] == ["1.", "2.", "2.", "3."]
    assert [one.label for one in found[:2]] == ["purpose", "Governing Law"]
    assert found[2].label.endswith("within [ # ]")
    assert found[3].label.startswith("This Agreement ends on")


@pytest.mark.parametrize("slug", [one.slug for one in contracts.catalogue()])
def test_a_contract_that_only_waits_for_signatures_has_no_blank(slug):
    import clauses
    import redline

    analysis = clauses.analyse(redline.read(contracts.build(slug)))
    version = Version(
        text=analysis.text,
        facts=analysis.as_dict()["facts"],
        reading={"deal": clauses.read_deal(analysis).as_dict()},
    )
    assert blanks.of_version(version, []) == []


def test_the_contract_page_and_the_page_before_sending_name_them(as_):
    deal = a_form()
    client = as_(deal.who.alice)
    body = client.get(deal.contract.get_absolute_url()).content.decode()
    assert "This is a form with 4 blanks" in body
    assert "Purpose</a>" in body
    sending = client.get(reverse("negotiation:send", args=[deal.contract.uuid])).content.decode()
    assert "The text has 4 blanks" in sending


def test_a_form_is_agreed_only_by_somebody_who_says_that_blanks_are_left(as_):
    deal = a_form()
    with pytest.raises(ValidationError, match="4 blanks"):
        agree(deal)
    with pytest.raises(ValidationError, match="4 blanks"):
        agree(deal, blanks_left=3)
    page = reverse("negotiation:agree", args=[deal.contract.uuid])
    client = as_(deal.who.alice)
    assert "Sign with 4 blanks left" in client.get(page).content.decode()
    body = {"their_person": "Dana", "evidence": "Mail.", "version": deal.contract.version, "blanks": "4"}
    refused = client.post(page, body)
    assert "4 blanks" in refused.content.decode()
    assert not AuditEntry.objects.filter(action="contract.agreed").exists()
    assert client.post(page, body | {"with_blanks": "1"}).status_code == 302
    assert AuditEntry.objects.get(action="contract.agreed").payload["blanks_left"] == 4


def test_a_form_goes_out_for_signature_only_on_purpose(as_):
    deal = a_form()
    agree(deal, blanks_left=4)
    page = reverse("signing:start", args=[deal.contract.uuid])
    client = as_(deal.who.alice)
    shown = client.get(page)
    assert "Sign with 4 blanks left" in shown.content.decode()
    sides = {side.is_ours: side.pk for side in deal.negotiation.sides.all()}
    body = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "2",
        "form-0-side": sides[True],
        "form-0-name": "Alice",
        "form-0-email": "alice@northgate.example",
        "form-0-position": "1",
        "form-1-side": sides[False],
        "form-1-name": "Dana Other",
        "form-1-email": "dana@harbour.example",
        "form-1-position": "1",
        "blanks": "4",
    }
    assert "4 blanks" in client.post(page, body).content.decode()
    assert not Envelope.objects.exists()
    assert client.post(page, body | {"with_blanks": "1"}).status_code == 302
    assert AuditEntry.objects.get(action="signing.started").payload["blanks_left"] == 4


def test_a_contract_without_blanks_asks_nothing(deal, as_):
    body = as_(deal.who.alice).get(reverse("negotiation:agree", args=[deal.contract.uuid])).content.decode()
    assert "with_blanks" not in body
