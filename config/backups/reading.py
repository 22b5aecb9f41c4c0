"""`manage.py restore`: a backup put back into an empty installation, all of it or nothing."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer
from django.db import DatabaseError, connection, models, transaction

from accounts.models import Organisation
from accounts.services import audit
from config.backups import CHUNK, FILES, FORM, MANIFEST, ROWS, Unusable, migrations, tables


@dataclass(frozen=True)
class PutBack:
    """What came back, and what is wrong with it: damaged files, audit chains that do not verify."""

    rows: int
    files: int
    wrong: tuple[str, ...]


def read(source: Path) -> PutBack:
    """Put a backup back. The database must be migrated and hold no row of Parley's.

    1. Everything in the file is checked against its manifest before anything is written.
    2. Files are written under their own keys, then all rows in one transaction; where a row is refused, the
       files are taken away again.
    3. The audit chains are verified.

    Raises Unusable (`not-a-backup`, `damaged`, `another-version`, `not-empty`).
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive)
            _checked(archive, manifest)
            _into_nothing()
            return _put_back(archive, manifest)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise Unusable("not-a-backup", f"{source} cannot be read as a backup: {error}") from error


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read(MANIFEST))
        form, applied = manifest["form"], set(manifest["migrations"])
        tables_kept: dict[str, Any] = manifest["tables"]
    except (KeyError, ValueError, TypeError) as error:
        raise Unusable("not-a-backup", "The file is no backup of Parley: it has no manifest.") from error
    here = set(migrations())
    if form != FORM or applied - here:
        raise Unusable(
            "another-version",
            "The backup was made by a newer Parley than this one. Install that version, then restore.",
        )
    if here - applied:
        raise Unusable(
            "another-version",
            "The backup was made by an older Parley than this one. Restore it with the version that made it, "
            "then update.",
        )
    missing = {model._meta.label_lower for model in tables()} - set(tables_kept)
    if missing:
        raise Unusable("damaged", f"The backup lacks the table {min(missing)}.")
    return dict(manifest)


def _checked(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    held = set(archive.namelist())
    for label, kept in sorted(manifest["tables"].items()):
        name = f"{ROWS}{label}.jsonl"
        if name not in held or _digest(archive, name) != kept["sha256"]:
            raise Unusable(
                "damaged", f"The backup is damaged: the rows of {label} are not those it was made with."
            )
    damaged = set(manifest["damaged"])
    for row in _lines(archive, "accounts.storedfile"):
        key = row["fields"]["storage_key"]
        if FILES + key not in held:
            raise Unusable("damaged", f"The backup is damaged: the stored file {key} is not in it.")
        if key not in damaged and _digest(archive, FILES + key) != row["fields"]["sha256"]:
            raise Unusable(
                "damaged", f"The backup is damaged: the stored file {key} changed after it was made."
            )


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while chunk := member.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _lines(archive: zipfile.ZipFile, label: str) -> Iterator[dict[str, Any]]:
    with archive.open(f"{ROWS}{label}.jsonl") as member:
        for line in member:
            yield json.loads(line)


def _into_nothing() -> None:
    for model in tables():
        if model._base_manager.exists():
            raise Unusable(
                "not-empty",
                "There is data here already. A backup is put back into an empty installation only: give "
                "another PARLEY_DATA or DATABASE_URL, or move the present data away.",
            )


def _put_back(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> PutBack:
    written: list[str] = []
    try:
        for row in _lines(archive, "accounts.storedfile"):
            written.append(_file(archive, row["fields"]["storage_key"]))
        with transaction.atomic():
            rows = sum(_rows(archive, model) for model in tables())
            _continue_numbers()
    except BaseException as error:
        for key in written:
            default_storage.delete(key)
        if isinstance(error, DatabaseError | DeserializationError | SuspiciousOperation | ValueError):
            raise Unusable("damaged", f"The backup holds a row that cannot be put back: {error}") from error
        raise
    wrong = [f"stored file {key}: was damaged before the backup was made" for key in manifest["damaged"]]
    for organisation in Organisation.objects.order_by("pk"):
        wrong += [
            f"record of {organisation.name}: {one.why}" for one in audit.verify_chain(organisation).broken
        ]
    return PutBack(rows, len(written), tuple(wrong))


def _file(archive: zipfile.ZipFile, key: str) -> str:
    if default_storage.exists(key):
        raise Unusable("not-empty", f"The folder of stored files already holds {key}.")
    with archive.open(FILES + key) as member:
        return default_storage.save(key, File(member, name=key))


def _rows(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    count = 0
    # foreign keys are checked when the transaction ends, so rows may point to rows that come later
    rows: Any = _lines(archive, model._meta.label_lower)
    for row in Deserializer(rows):
        row.save(force_insert=True)
        count += 1
    return count


def _continue_numbers() -> None:
    """Keys that the database gives out go on after the ones that came back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables())):
            cursor.execute(statement)
