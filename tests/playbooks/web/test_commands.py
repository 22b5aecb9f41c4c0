"""The commands on a migrated database: what organisations keep beside the shipped playbooks."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry
from playbooks import library
from playbooks.models import Playbook, PlaybookVersion
from playbooks.services import bringing, publishing
from playbooks.yaml_format import dump, load
from tests.builders import four_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return four_people()


def text(name: str = "house-nda", title: str = "House NDA") -> str:
    shipped = dump(library.shipped("mutual-nda"))
    return shipped.replace("name: mutual-nda", f"name: {name}", 1).replace(
        "title: Mutual non-disclosure agreement", f"title: {title}", 1
    )


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 2
    return str(error.value)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "house.yaml"
    path.write_text(text(), "utf-8")
    return str(path)


def test_what_is_imported_is_listed_exported_and_reviewed_by(who, file, tmp_path):
    run("playbook", "import", file, "--organisation", who.ours.name)
    lines = run("playbook", "list").splitlines()
    assert [line.split()[0] for line in lines] == [*library.shipped_names(), "house-nda"]
    assert "draft version 1 of Northgate Analytics" in lines[-1]
    assert load(run("playbook", "export", "house-nda")).title == "House NDA"
    (tmp_path / "c.txt").write_text("The obligations survive for nine (9) years from disclosure.\n")
    found = json.loads(run("review", str(tmp_path / "c.txt"), "--playbook", "house-nda", "--json"))
    assert found["playbook"] == "house-nda"


def test_a_shipped_name_means_the_shipped_one_unless_an_organisation_is_named(who):
    changed = text("mutual-nda", "Our own NDA")
    version = bringing.import_yaml(organisation=who.ours, text=changed, by=None)
    publishing.publish(version=version, by=None)
    assert load(run("playbook", "export", "mutual-nda")) == library.shipped("mutual-nda")
    kept = run("playbook", "export", "mutual-nda", "--organisation", who.ours.name)
    assert load(kept).title == "Our own NDA"
    assert [line.split()[0] for line in run("playbook", "list").splitlines()] == list(library.shipped_names())
    assert run("playbook", "list", "--organisation", who.ours.name).startswith("mutual-nda  Our own NDA (")
    assert run("playbook", "list", "--organisation", who.other.name) == ""


def test_the_version_in_force_comes_first_and_its_draft_on_request(who):
    first = bringing.import_yaml(organisation=who.ours, text=text(), by=None)
    publishing.publish(version=first, by=None)
    bringing.import_yaml(organisation=who.ours, text=text(title="House NDA, next"), by=None)
    assert load(run("playbook", "export", "house-nda")).title == "House NDA"
    assert load(run("playbook", "export", "house-nda", "--draft")).title == "House NDA, next"


def test_a_name_that_two_organisations_keep_needs_one_of_them(who):
    for organisation in (who.ours, who.other):
        bringing.import_yaml(organisation=organisation, text=text(), by=None)
    said = refused("playbook", "export", "house-nda")
    assert who.ours.name in said
    assert who.other.name in said
    assert run("playbook", "export", "house-nda", "--organisation", who.other.name)


def test_unknown_names_are_answered_with_the_known_ones(who):
    bringing.import_yaml(organisation=who.ours, text=text(), by=None)
    assert "house-nda" in refused("playbook", "export", "nope")
    assert refused("playbook", "export", "nope", "--organisation", who.ours.name).endswith(
        "Known: house-nda."
    )
    assert who.ours.name in refused("playbook", "list", "--organisation", "Nobody")


@pytest.mark.parametrize("data", [b"\xff\xfea\x00", "name: Größe".encode("latin-1")])
def test_a_file_that_is_no_utf_8_is_one_sentence(who, tmp_path, data):
    path = tmp_path / "bad.yaml"
    path.write_bytes(data)
    said = refused("playbook", "import", str(path), "--organisation", who.ours.name)
    assert said == f"{path} is not UTF-8 text."
    assert not Playbook.objects.exists()


def test_a_second_import_replaces_the_draft_only_when_told(who, file):
    arguments = ("playbook", "import", file, "--organisation", who.ours.name)
    run(*arguments)
    assert "already has a draft version" in refused(*arguments)
    assert "draft version 2" in run(*arguments, "--replace")
    assert PlaybookVersion.objects.drafts().get().number == 2
    assert AuditEntry.objects.filter(action="playbook.discarded").count() == 1
