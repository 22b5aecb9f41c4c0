"""Error pages: a way back, the right names, and nothing for guests that only colleagues have."""

import pytest
from django.test import Client
from django.urls import reverse

from approvals.services import decisions
from config.middleware import page_above
from tests.builders import four_people
from tests.deals import Table, asked, obligation, table

pytestmark = pytest.mark.django_db
UNKNOWN = "/g/signing/" + "0" * 64 + "/"


@pytest.fixture
def at() -> Table:
    return table(four_people())


def lost(client, at, row, who, **headers: str):
    client.force_login(who.user)
    form = {"decision": "approve", "version": 1}
    return client.post(reverse("approvals:decide", args=[row.uuid]), form, headers=headers)


def test_a_lost_race_leads_back_to_the_page_the_form_stood_on(client, at):
    row = obligation(at, owner=at.dara)
    client.force_login(at.dara.user)
    url = reverse("obligations:change", args=[row.uuid])
    form = {"version": 99, "title": "T", "owner": "", "due_on": ""}
    here = f"http://testserver{reverse('obligations:home')}?view=all"
    page = client.post(url, form, headers={"referer": here})
    assert page.status_code == 409
    assert 'href="/obligations/?view=all"' in page.content.decode()
    page = client.post(url, form, headers={"referer": "https://elsewhere.example/obligations/?x"})
    assert "elsewhere" not in page.content.decode()
    assert f'href="{row.get_absolute_url()}"' in page.content.decode()


def test_a_lost_race_names_the_other_and_says_so_where_it_was_oneself(client, at):
    row = asked(at)
    decisions.decide(request=row, outcome="rejected", by=at.ines, seen=row.version, comment="No.")
    own = lost(client, at, row, at.ines).content.decode()
    assert "This was done already" in own
    assert "That was you" in own
    assert "Someone was faster" not in own


@pytest.mark.parametrize("name", ["change", "record", "remind"])
def test_an_address_that_takes_a_form_leads_back_when_it_is_reloaded(client, at, name):
    row = obligation(at, owner=at.dara)
    client.force_login(at.dara.user)
    page = client.get(reverse(f"obligations:{name}", args=[row.uuid]))
    assert page.status_code == 405
    assert page["Allow"] == "POST"
    assert f'href="{row.get_absolute_url()}"' in page.content.decode()


def test_the_api_answers_a_wrong_method_as_before(client, at):
    client.force_login(at.dara.user)
    page = client.get(reverse("api:finding-decide", args=[at.contract.uuid]))
    assert page.status_code == 405
    assert page["Content-Type"].startswith("application/problem+json")


def test_a_signer_who_reloads_is_led_to_their_document(at):
    page = Client().get(UNKNOWN + "sign/")
    assert page.status_code == 405
    assert page["Referrer-Policy"] == "no-referrer"
    body = page.content.decode()
    assert f'href="{UNKNOWN}"' in body
    assert "my work" not in body


def test_a_guest_is_told_about_links_not_about_negotiations(at):
    page = Client().get(UNKNOWN)
    assert page.status_code == 404
    assert "Open the newest link you were sent" in page.content.decode()
    assert "my work" not in page.content.decode()
    assert "negotiation" not in page.content.decode()
    colleague = Client()
    colleague.force_login(at.dara.user)
    assert "Go to my work" in colleague.get("/nothing/here/").content.decode()


def test_the_page_above_is_one_that_exists():
    assert page_above("/negotiations/nowhere/at/all/") == "/negotiations/"
    assert page_above("/") == "/"
    assert page_above("/nothing") == "/"
