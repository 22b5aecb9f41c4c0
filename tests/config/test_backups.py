"""`manage.py backup` and `restore`: what comes back is what was there, and a bad file changes nothing."""

import hashlib
import io
import json
import shutil
import threading
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from accounts.models import AuditEntry, Membership, Organisation, StoredFile, Team
from accounts.services import audit, files
from config.backups import Unusable, reading, tables, writing
from negotiation.models import Finding
from tests.negotiation.deal import received

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere(tmp_path, settings):
    """Stored files in a folder of the test's own."""
    stored = dict(settings.STORAGES)
    folder = tmp_path / "files"
    stored["default"] = stored["default"] | {"OPTIONS": {"location": str(folder)}}
    settings.STORAGES = stored
    return folder


def everything() -> dict[str, list[dict]]:
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in tables()}


def wipe(folder: Path) -> None:
    call_command("flush", verbosity=0, interactive=False)
    shutil.rmtree(folder, ignore_errors=True)


def test_what_comes_back_is_what_was_there(elsewhere, tmp_path):
    deal = received()
    before, findings = everything(), Finding.objects.count()
    teams = {team.code: sorted(team.members.values_list("pk", flat=True)) for team in Team.objects.all()}
    written = writing.write(tmp_path / "all.zip")
    assert written.rows == sum(map(len, before.values()))
    assert findings > 0
    wipe(elsewhere)
    back = reading.read(tmp_path / "all.zip")
    assert (back.rows, back.files, back.wrong) == (written.rows, written.files, ())
    assert everything() == before
    assert teams == {t.code: sorted(t.members.values_list("pk", flat=True)) for t in Team.objects.all()}
    for file in StoredFile.objects.all():
        files.read_bytes(file)  # raises where a byte differs
    assert audit.verify_chain(deal.who.ours).is_whole
    assert Membership.objects.first().created_at.microsecond % 1000, "a time lost what the record seals"


def test_new_rows_go_on_after_the_ones_that_came_back(elsewhere, tmp_path):
    deal = received()
    last = AuditEntry.objects.order_by("-pk").first()
    writing.write(tmp_path / "all.zip")
    wipe(elsewhere)
    reading.read(tmp_path / "all.zip")
    with transaction.atomic():
        audit.record(organisation=deal.who.ours, by=None, action="test.again", target=deal.contract)
    newest = AuditEntry.objects.order_by("-pk").first()
    assert newest.pk > last.pk
    assert audit.verify_chain(deal.who.ours).is_whole


def test_a_backup_taken_while_others_write_shows_one_moment(elsewhere, tmp_path):
    deal = received()
    stop, failed = threading.Event(), []

    def writes():
        try:
            while not stop.is_set():
                with transaction.atomic():
                    audit.record(
                        organisation=deal.who.ours, by=None, action="test.busy", target=deal.contract
                    )
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    writer = threading.Thread(target=writes)
    writer.start()
    try:
        for number in range(4):
            writing.write(tmp_path / f"{number}.zip")
    finally:
        stop.set()
        writer.join()
    assert not failed
    lengths = []
    for number in range(4):
        wipe(elsewhere)
        assert reading.read(tmp_path / f"{number}.zip").wrong == ()
        lengths.append(AuditEntry.objects.count())
    assert lengths == sorted(lengths)
    assert lengths[0] < lengths[-1], "nobody wrote meanwhile"


def test_into_data_it_puts_nothing_back(elsewhere, tmp_path):
    received()
    writing.write(tmp_path / "all.zip")
    before = everything()
    with pytest.raises(Unusable) as refused:
        reading.read(tmp_path / "all.zip")
    assert refused.value.code == "not-empty"
    assert everything() == before


def rewritten(source: Path, out: Path, change) -> Path:
    """The zip file with `change(name, data)` in place of each member; None leaves it out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return out


def _newer(name, data):
    if name != "manifest.json":
        return data
    manifest = json.loads(data)
    return json.dumps(manifest | {"migrations": [*manifest["migrations"], "accounts.9999_later"]})


def _older(name, data):
    if name != "manifest.json":
        return data
    manifest = json.loads(data)
    return json.dumps(manifest | {"migrations": manifest["migrations"][:-1]})


BAD = {
    "a row was changed": (
        "damaged",
        lambda n, d: d.replace(b"Alice", b"Mally") if n.endswith("user.jsonl") else d,
    ),
    "a table is missing": ("damaged", lambda n, d: None if n.endswith("finding.jsonl") else d),
    "a file was changed": ("damaged", lambda n, d: d + b" " if n.startswith("files/") else d),
    "a file is missing": ("damaged", lambda n, d: None if n.startswith("files/") else d),
    "no manifest": ("not-a-backup", lambda n, d: None if n == "manifest.json" else d),
    "a manifest of something else": ("not-a-backup", lambda n, d: b"[]" if n == "manifest.json" else d),
    "newer": ("another-version", _newer),
    "older": ("another-version", _older),
}


@pytest.fixture
def backup(elsewhere, tmp_path):
    received()
    writing.write(tmp_path / "all.zip")
    wipe(elsewhere)
    return tmp_path / "all.zip"


def test_a_bad_file_is_refused_with_its_reason_and_nothing_is_written(backup, tmp_path):
    for what, (code, change) in BAD.items():
        bad = rewritten(backup, tmp_path / "bad.zip", change)
        with pytest.raises(Unusable) as refused:
            reading.read(bad)
        assert refused.value.code == code, what
        assert not Organisation.objects.exists(), what
        assert not StoredFile.objects.exists(), what
        assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()], what
    (tmp_path / "text.zip").write_text("no zip")
    for bad in (tmp_path / "text.zip", tmp_path / "not-there.zip"):
        with pytest.raises(Unusable):
            reading.read(bad)


def test_a_row_the_database_refuses_takes_everything_back(backup, tmp_path):
    def twice(name, data):
        if name == "rows/accounts.organisation.jsonl":
            return data + data
        if name == "manifest.json":
            manifest = json.loads(data)
            with zipfile.ZipFile(backup) as source:
                rows = source.read("rows/accounts.organisation.jsonl")
            manifest["tables"]["accounts.organisation"]["sha256"] = hashlib.sha256(rows + rows).hexdigest()
            return json.dumps(manifest)
        return data

    with pytest.raises(Unusable) as refused:
        reading.read(rewritten(backup, tmp_path / "bad.zip", twice))
    assert refused.value.code == "damaged"
    assert not Organisation.objects.exists()
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_a_damaged_stored_file_is_kept_and_said_both_times(elsewhere, tmp_path, capsys):
    received()
    file = StoredFile.objects.first()
    Path(default_storage.path(file.storage_key)).write_bytes(b"changed on disk")
    out = io.StringIO()
    call_command("backup", str(tmp_path / "all.zip"), stdout=out)
    assert "rows" in out.getvalue()
    assert file.storage_key in capsys.readouterr().err
    wipe(elsewhere)
    call_command("restore", str(tmp_path / "all.zip"), stdout=out)
    assert file.storage_key in capsys.readouterr().err


def test_the_commands_say_what_is_wrong(backup, tmp_path):
    with pytest.raises(CommandError, match="there already") as refused:
        call_command("backup", str(backup))
    assert refused.value.returncode == 2
    with pytest.raises(CommandError, match="no folder"):
        call_command("backup", str(tmp_path / "nowhere" / "all.zip"))
    (tmp_path / "text").write_text("x")
    with pytest.raises(CommandError, match="not-a-backup") as refused:
        call_command("restore", str(tmp_path / "text"))
    assert refused.value.returncode == 3
