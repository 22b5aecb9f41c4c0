"""Playbook pages: reading, exporting, importing with every mistake named, publishing, installing."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.models.base import Conflict
from playbooks import library
from playbooks.models import Playbook, PlaybookVersion
from playbooks.rules import Example
from playbooks.services import bringing, publishing
from playbooks.yaml_format import dump, load
from tests.builders import four_people
from tests.deals import playbook, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return four_people()


def shipped_text() -> str:
    return dump(library.shipped("mutual-nda"))


def as_(client, person):
    client.force_login(person.user)
    return client


def test_the_list_shows_version_issues_and_use(client, who):
    table(who)
    body = as_(client, who.bob).get(reverse("playbooks:list")).content.decode()
    for said in ("Mutual non-disclosure agreement", "Version 1", "14 issues", "used by one negotiation"):
        assert said in body


def test_it_shows_every_issue_with_its_whole_ladder(client, who):
    version = playbook(who)
    body = (
        as_(client, who.bob).get(reverse("playbooks:detail", args=[version.playbook.uuid])).content.decode()
    )
    read = library.shipped("mutual-nda")
    from django.utils.html import escape

    for issue in read.issues:
        assert f'id="{issue.code}"' in body
        for rung in issue.rungs:
            assert escape(rung.label) in body
    assert "Below the last fallback" in body
    assert "needs legal" in body
    assert "the CFO" in body


@pytest.mark.parametrize("name", ["detail", "version", "export", "publish"])
def test_another_organisation_gets_404(client, who, name):
    version = playbook(who)
    target = version.playbook.uuid if name == "detail" else version.uuid
    url = reverse(f"playbooks:{name}", args=[target])
    client = as_(client, who.charlie)
    assert (client.post(url) if name == "publish" else client.get(url)).status_code == 404


def test_a_reader_may_not_import_publish_or_install(client, who):
    version = playbook(who)
    client = as_(client, who.bob)
    assert client.get(reverse("playbooks:import")).status_code == 403
    assert client.post(reverse("playbooks:publish", args=[version.uuid])).status_code == 403
    assert client.post(reverse("playbooks:install")).status_code == 403


def test_the_export_imports_back_to_equal_rules(client, who):
    version = playbook(who)
    response = as_(client, who.bob).get(reverse("playbooks:export", args=[version.uuid]))
    assert load(response.content).digest == version.digest
    assert 'filename="mutual-nda-v1.yaml"' in response["Content-Disposition"]


def test_import_makes_a_draft_and_publishing_puts_it_in_force(client, who):
    client = as_(client, who.alice)
    response = client.post(reverse("playbooks:import"), {"text": shipped_text()})
    draft = PlaybookVersion.objects.get()
    assert response["Location"] == reverse("playbooks:version", args=[draft.uuid])
    assert draft.published_at is None
    assert "Draft" in client.get(response["Location"]).content.decode()
    client.post(reverse("playbooks:publish", args=[draft.uuid]))
    draft.refresh_from_db()
    assert draft.published_by == who.alice
    assert client.post(reverse("playbooks:publish", args=[draft.uuid])).status_code == 409


def test_a_file_imports_as_the_next_version(client, who):
    playbook(who)
    text = shipped_text().replace("Both sides disclose", "Each side discloses")
    file = SimpleUploadedFile("next.yaml", b"\xef\xbb\xbf" + text.encode(), "application/yaml")
    response = as_(client, who.alice).post(reverse("playbooks:import"), {"file": file})
    assert response.status_code == 302
    assert PlaybookVersion.objects.get(number=2).playbook.slug == "mutual-nda"


def test_every_mistake_is_named_with_its_line_and_nothing_is_lost(client, who):
    text = shipped_text().replace("risk: low", "risk: enormous").replace("mode: any", "mode: perhaps")
    response = as_(client, who.alice).post(reverse("playbooks:import"), {"text": text})
    problems = response.context["problems"]
    body = response.content.decode()
    assert response.status_code == 200
    assert len(problems) > 2
    assert all(row["line"] for row in problems)
    assert "Line " in body
    assert "enormous" in body
    assert not Playbook.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Choose a file or paste the text"),
        ("a: &x 1\nb: *x", "anchors and aliases"),
        ("{", "not YAML"),
        ("just words", "must be"),
        ("a: !!python/object:os.system {}", "tag"),
        ("\x00", ""),
    ],
)
def test_what_is_no_playbook_is_refused_in_words(client, who, text, sentence):
    response = as_(client, who.alice).post(reverse("playbooks:import"), {"text": text})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Playbook.objects.exists()


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"x" * 1_000_001])
def test_files_that_cannot_be_read_are_refused(client, who, data):
    file = SimpleUploadedFile("p.yaml", data)
    response = as_(client, who.alice).post(reverse("playbooks:import"), {"file": file})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_a_second_draft_is_refused_in_words(client, who):
    client = as_(client, who.alice)
    client.post(reverse("playbooks:import"), {"text": shipped_text()})
    response = client.post(reverse("playbooks:import"), {"text": shipped_text()})
    assert "already has a draft version" in response.content.decode()


def test_a_second_draft_takes_the_place_of_the_first_when_asked(client, who):
    client = as_(client, who.alice)
    client.post(reverse("playbooks:import"), {"text": shipped_text()})
    first = PlaybookVersion.objects.get()
    changed = shipped_text().replace("title: Mutual non-disclosure agreement", "title: Our NDA", 1)
    response = client.post(reverse("playbooks:import"), {"text": changed, "replace": "on"})
    second = PlaybookVersion.objects.drafts().get()
    assert response["Location"] == reverse("playbooks:version", args=[second.uuid])
    assert (second.number, second.playbook.title) == (2, "Our NDA")
    assert client.get(reverse("playbooks:version", args=[first.uuid])).status_code == 404
    actions = AuditEntry.objects.filter(action__startswith="playbook.").order_by("number")
    assert [entry.action for entry in actions] == [
        "playbook.imported",
        "playbook.discarded",
        "playbook.imported",
    ]


def test_a_discarded_draft_is_gone_and_what_is_published_stays(client, who):
    published = playbook(who)
    draft = bringing.import_yaml(
        organisation=who.ours, text=shipped_text().replace("Both sides", "All sides"), by=who.alice
    )
    url = reverse("playbooks:discard", args=[draft.uuid])
    assert as_(client, who.bob).post(url).status_code == 403
    assert as_(client, who.charlie).post(url).status_code == 404
    client = as_(client, who.alice)
    assert url in client.get(reverse("playbooks:version", args=[draft.uuid])).content.decode()
    page = client.post(url, follow=True)
    assert "Version 1" in page.content.decode()
    assert "Version 2" not in page.content.decode()
    assert client.post(url).status_code == 404
    for name in ("version", "export"):
        assert client.get(reverse(f"playbooks:{name}", args=[draft.uuid])).status_code == 404
    assert published.playbook.published() == published
    entry = AuditEntry.objects.get(action="playbook.discarded")
    assert (entry.actor_user, entry.payload["number"]) == (who.alice.user, 2)


def test_a_playbook_of_nothing_but_a_discarded_draft_is_not_shown_and_may_be_installed(client, who):
    draft = bringing.import_yaml(organisation=who.ours, text=shipped_text(), by=who.alice)
    client = as_(client, who.alice)
    page = client.post(reverse("playbooks:discard", args=[draft.uuid]), follow=True)
    assert "Install the playbooks" in page.content.decode()
    client.post(reverse("playbooks:install"))
    assert Playbook.objects.get(slug="mutual-nda").published().number == 2


def test_what_is_published_is_never_discarded_and_what_is_discarded_never_published(who):
    published = playbook(who)
    draft = bringing.import_yaml(organisation=who.ours, text=shipped_text(), by=who.alice)
    publishing.discard_draft(version=draft, by=who.alice)
    with pytest.raises(Conflict):
        publishing.discard_draft(version=published, by=who.alice)
    with pytest.raises(Conflict):
        publishing.publish(version=draft, by=who.alice)


def test_examples_that_land_elsewhere_are_named_and_still_only_a_draft(client, who):
    read = library.shipped("mutual-nda")
    issue = read.issues[0]
    rung = replace(issue.rungs[0], examples=(Example("This clause is about the weather."),))
    issue = replace(issue, rungs=(rung, *issue.rungs[1:]))
    wrong = dump(replace(read, issues=(issue, *read.issues[1:])))
    client = as_(client, who.alice)
    response = client.post(reverse("playbooks:import"), {"text": wrong}, follow=True)
    body = response.content.decode()
    assert "This clause is about the weather." in body
    assert "land on another rung" in body
    assert PlaybookVersion.objects.get().published_at is None
    draft = PlaybookVersion.objects.get()
    body = client.post(reverse("playbooks:publish", args=[draft.uuid]), follow=True).content.decode()
    assert "This clause is about the weather." in body
    assert PlaybookVersion.objects.get().published_at is None
    with pytest.raises(ValidationError, match="about the weather"):
        publishing.publish(version=draft, by=who.alice)


def test_older_versions_stay_readable(client, who):
    first = playbook(who)
    second = bringing.import_yaml(
        organisation=who.ours, text=shipped_text().replace("Both sides", "All sides"), by=who.alice
    )
    publishing.publish(version=second, by=who.alice)
    client = as_(client, who.bob)
    assert "an older version" in client.get(reverse("playbooks:version", args=[first.uuid])).content.decode()
    assert "Version 2" in client.get(reverse("playbooks:detail", args=[first.playbook.uuid])).content.decode()


def test_the_shipped_ones_are_offered_while_there_are_none(client, who):
    client = as_(client, who.alice)
    assert (
        "Install the playbooks that come with Parley"
        in client.get(reverse("playbooks:list")).content.decode()
    )
    client.post(reverse("playbooks:install"))
    made = set(Playbook.objects.values_list("slug", flat=True))
    assert made == set(library.shipped_names())
    assert all(version.published_at for version in PlaybookVersion.objects.all())
    assert "Install the playbooks" not in client.get(reverse("playbooks:list")).content.decode()
