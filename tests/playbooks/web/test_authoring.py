"""Writing a playbook in the browser: issues and rungs changed piece by piece, every wrong field named."""

import pytest
from django.urls import reverse

from playbooks import rules
from playbooks.models import PlaybookVersion
from playbooks.services import drafting
from tests.builders import four_people
from tests.deals import playbook
from tests.playbooks.web.forms import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return four_people()


@pytest.fixture
def alice(client, who):
    client.force_login(who.alice.user)
    return client


@pytest.fixture
def draft(who):
    return drafting.start(playbook=playbook(who).playbook, by=who.alice)


def at(name, draft, **query):
    return reverse(f"playbooks:{name}", args=[draft.uuid], query=query or None)


def issue_of(draft, code="secrecy_term"):
    draft.refresh_from_db()
    return rules.Playbook.from_data(draft.data).issue(code)


def test_edit_begins_the_draft_and_goes_on_with_it(alice, who):
    published = playbook(who)
    first = alice.post(reverse("playbooks:edit", args=[published.playbook.uuid]))
    again = alice.post(reverse("playbooks:edit", args=[published.playbook.uuid]))
    draft = PlaybookVersion.objects.get(published_at=None)
    assert first["Location"] == again["Location"] == at("draft", draft)
    body = alice.get(first["Location"]).content.decode()
    for issue in rules.Playbook.from_data(draft.data).issues:
        assert issue.title in body


def test_every_page_opens(alice, draft):
    for name, query in (
        ("draft", {}),
        ("settings", {}),
        ("add_issue", {}),
        ("add_issue", {"topic": "payment_days"}),
        ("edit_issue", {"issue": "secrecy_term"}),
        ("edit_rung", {"issue": "secrecy_term", "rung": "F1"}),
        ("edit_rung", {"issue": "secrecy_term", "rung": "walk_away"}),
        ("edit_rung", {"issue": "secrecy_term"}),
        ("difference", {}),
        ("copy", {}),
    ):
        assert alice.get(at(name, draft, **query)).status_code == 200, name
    assert alice.get(reverse("playbooks:new")).status_code == 200


def test_a_form_sent_as_it_was_shown_changes_nothing(alice, draft):
    """What the page shows is what is stored: the digest stays."""
    before = draft.digest
    for name, query in (
        ("settings", {}),
        ("edit_issue", {"issue": "secrecy_term"}),
        ("edit_rung", {"issue": "secrecy_term", "rung": "P"}),
        ("edit_rung", {"issue": "secrecy_term", "rung": "walk_away"}),
    ):
        url = at(name, draft, **query)
        given = posted(alice.get(url))
        response = alice.post(url, given)
        assert response.status_code == 302, (name, response.context["editor"].problems)
        draft.refresh_from_db()
        assert draft.digest == before, name
