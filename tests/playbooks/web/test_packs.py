"""Packs in the browser: starting a playbook from one, an overlay previewed and made a draft."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.models.base import Conflict
from playbooks import library, rules
from playbooks.models import Playbook, PlaybookVersion
from playbooks.packs import starting
from playbooks.packs.contract_types import pack
from playbooks.packs.overlays import overlay
from playbooks.services import bringing, publishing
from playbooks.yaml_format import dump
from tests.builders import four_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return four_people()


def as_(client, person):
    client.force_login(person.user)
    return client


def saas(who) -> PlaybookVersion:
    text = dump(library.shipped("saas-customer"))
    draft = bringing.import_yaml(organisation=who.ours, text=text, by=who.alice)
    return publishing.publish(version=draft, by=who.alice)


def test_the_list_shows_kinds_of_contract_industries_and_the_border(client, who):
    body = as_(client, who.bob).get(reverse("playbooks:packs")).content.decode()
    for said in (
        "Mergers and acquisitions",
        "Healthcare and pharmaceuticals",
        "Cross-border deals",
        "not legal advice",
    ):
        assert said in body


def test_a_pack_shows_both_sides_questions_and_ladders_but_lets_a_reader_start_nothing(client, who):
    page = reverse("playbooks:pack", args=["employment"])
    body = as_(client, who.bob).get(page).content.decode()
    for said in (
        "Which tasks are likely to change",
        "Competing after the end",
        "guidance only",
        "No approval",
    ):
        assert said.lower() in body.lower()
    assert "Start from this pack" not in body
    assert "Start from this pack" in as_(client, who.alice).get(page).content.decode()


def test_starting_from_a_pack_makes_a_draft_that_can_be_published(client, who):
    sent = {"start": "mutual", "title": "House NDA"}
    response = as_(client, who.alice).post(reverse("playbooks:start_pack", args=["nda"]), sent)
    made = PlaybookVersion.objects.get()
    assert response.headers["Location"] == reverse("playbooks:version", args=[made.uuid])
    read = rules.Playbook.from_data(made.data)
    assert (made.published_at, made.playbook.slug, read.title) == (None, "house-nda", "House NDA")
    assert len(read.issues) == 14
    assert "Purpose" in read.description
    entry = AuditEntry.objects.get(action="playbook.started_from_pack")
    assert entry.payload == {"pack": "nda", "start": "mutual"}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"start": "nobody", "title": "X"}, "Choose for which side"),
        ({"start": "mutual", "title": "   "}, "Give the playbook a title"),
        ({"start": "mutual", "title": "42"}, "Begin the title with a letter"),
        ({"start": "mutual", "title": "x" * 201}, "at most 200"),
    ],
)
def test_a_start_that_lacks_something_is_answered_with_a_sentence(client, who, sent, said):
    response = as_(client, who.alice).post(reverse("playbooks:start_pack", args=["nda"]), sent, follow=True)
    assert said in response.content.decode()
    assert not Playbook.objects.exists()


def test_a_title_that_is_taken_is_refused(who):
    found = pack("nda")
    again = {"organisation": who.ours, "pack": found, "start": found.start("mutual"), "by": who.alice}
    starting.start_from_pack(**again, title="Ours")
    with pytest.raises(ValidationError, match="called like this"):
        starting.start_from_pack(**again, title="Ours")


def test_a_reader_may_look_at_a_preview_and_take_nothing(client, who):
    version = saas(who)
    page = reverse("playbooks:preview_overlay", args=["technology"])
    body = as_(client, who.bob).get(page, {"playbook": version.uuid}).content.decode()
    assert "99.9 % a month, with a way out" in body
    assert "99.95 % a month, with a way out" in body
    assert "Examples that would stand elsewhere" in body
    assert "Make it a draft" not in body
    assert PlaybookVersion.objects.count() == 1


def test_an_overlay_becomes_the_next_version_or_a_playbook_of_its_own(client, who):
    version = saas(who)
    take = reverse("playbooks:take_overlay", args=["technology"])
    sent = {"playbook": str(version.uuid), "digest": version.digest, "as": "same"}
    as_(client, who.alice).post(take, sent)
    draft = version.playbook.draft()
    assert draft.number == 2
    assert rules.Playbook.from_data(draft.data).issue("uptime").rungs[0].label.startswith("99.95 %")
    client.post(take, {**sent, "as": "new", "title": "SaaS for technology"})
    assert Playbook.objects.get(slug="saas-for-technology").draft() is not None
    publishing.publish(version=draft, by=who.alice)


def test_an_overlay_goes_into_a_draft_that_is_there_and_a_second_time_changes_nothing(who):
    text = dump(library.shipped("dpa-controller"))
    draft = bringing.import_yaml(organisation=who.ours, text=text, by=who.alice)
    before = draft.digest
    taken = {"version": draft, "overlay": overlay("healthcare"), "by": who.alice}
    made = starting.take_overlay(**taken, digest=before)
    assert made.pk == draft.pk
    assert made.digest != before
    assert AuditEntry.objects.get(action="playbook.overlay_taken").payload["overlay"] == "healthcare"
    draft.refresh_from_db()
    with pytest.raises(ValidationError, match="nothing in it"):
        starting.take_overlay(**taken, digest=draft.digest)


def test_rules_that_changed_after_the_preview_are_a_conflict(who):
    version = saas(who)
    with pytest.raises(Conflict):
        starting.take_overlay(version=version, overlay=overlay("technology"), by=who.alice, digest="d" * 64)


def test_a_draft_in_the_way_is_said(client, who):
    version = saas(who)
    sent = {"playbook": str(version.uuid), "digest": version.digest, "as": "same"}
    take = reverse("playbooks:take_overlay", args=["technology"])
    as_(client, who.alice).post(take, sent)
    assert "already has a draft" in client.post(take, sent, follow=True).content.decode()


def test_another_organisations_playbook_cannot_be_tried(client, who):
    version = saas(who)
    page = reverse("playbooks:preview_overlay", args=["technology"])
    assert as_(client, who.charlie).get(page, {"playbook": version.uuid}).status_code == 404
    assert "Choose a playbook first" in as_(client, who.bob).get(page, follow=True).content.decode()


def test_unknown_packs_are_not_there(client, who):
    as_(client, who.alice)
    for address in ("packs/no-such/", "packs/overlays/no-such/"):
        assert client.get(f"/playbooks/{address}").status_code == 404
