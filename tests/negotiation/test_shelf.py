"""Contracts that playbooks are tried on: those the person may read, with the facts of their deal."""

import uuid

import pytest
from django.urls import reverse

from negotiation.models import Version
from playbooks import shelf
from playbooks.services import drafting
from tests.builders import four_people, member
from tests.deals import ready_version, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return four_people()


def test_a_contract_is_tried_with_its_words_and_the_facts_of_its_deal(client, who):
    at = table(who)
    text = "The obligations of confidentiality survive for five (5) years from disclosure."
    ready_version(at.contract, paragraphs=("Confidentiality", text))
    draft = drafting.start(playbook=at.contract.playbook_version.playbook, by=who.alice)
    url = reverse("playbooks:edit_issue", args=[draft.uuid], query={"issue": "secrecy_term"})
    client.force_login(who.alice.user)
    assert "Mutual NDA · Harbour cloud trial" in client.get(url).content.decode()
    response = client.post(url, {"do": "try", "try-contract": str(at.contract.uuid)})
    result = response.context["result"]
    assert result["what"] == "Mutual NDA, version 2"
    assert "five (5) years" in result["quote"]
    assert result["rung"] == "F2"
    found = shelf.fetch(who.alice, str(at.contract.uuid))
    assert found.deal["term_months"] == 24
    assert found.paper == "theirs"


def test_nobody_is_offered_what_they_may_not_read(who):
    at = table(who)
    outside = member(who.ours, "ben", "business")
    for person in (who.charlie, outside):
        assert shelf.offered(person) == []
        assert shelf.fetch(person, str(at.contract.uuid)) is None
    assert [item.key for item in shelf.offered(who.bob)] == [str(at.contract.uuid)]
    assert shelf.fetch(who.bob, str(uuid.uuid4())) is None
    assert shelf.fetch(who.bob, "no id") is None


def test_what_was_not_read_yet_is_not_offered(who):
    at = table(who)
    Version.objects.filter(pk=at.version.pk).update(state="reading")
    assert shelf.offered(who.alice) == []
    assert shelf.fetch(who.alice, str(at.contract.uuid)) is None
