"""`manage.py backup`: rows of one moment and the files they name, into one zip file."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core import serializers
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.duration import duration_iso_string

from accounts.models import StoredFile
from config.backups import CHUNK, FILES, FORM, MANIFEST, ROWS, Unusable, migrations, tables


@dataclass(frozen=True)
class Written:
    """What a backup holds, and the keys of files whose bytes no longer match their row."""

    rows: int
    files: int
    damaged: tuple[str, ...]


def write(out: Path) -> Written:
    """Write a backup to `out`, which must not exist; nothing is left there where it fails.

    Raises Unusable (`exists`, `no-folder`).
    """
    there = Unusable("exists", f"{out} is there already. A backup never replaces another one.")
    if out.exists():
        raise there
    if not out.parent.is_dir():
        raise Unusable("no-folder", f"There is no folder {out.parent}.")
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(aside, "x", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            written = _write(archive)
        os.link(aside, out)  # fails where somebody was faster, instead of replacing theirs
    except FileExistsError as error:
        raise there from error
    finally:
        aside.unlink(missing_ok=True)
    return written


def _write(archive: zipfile.ZipFile) -> Written:
    kept: dict[str, dict[str, Any]] = {}
    damaged: list[str] = []
    files = 0
    with _one_moment():
        applied = migrations()
        for model in tables():
            kept[model._meta.label_lower] = _rows(archive, model)
        for file in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
            files += 1
            if not _bytes(archive, file):
                damaged.append(file.storage_key)
    manifest = {
        "form": FORM,
        "made_at": timezone.now().isoformat(),
        "migrations": applied,
        "tables": kept,
        "files": files,
        "damaged": damaged,
    }
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return Written(sum(table["rows"] for table in kept.values()), files, tuple(damaged))


@contextmanager
def _one_moment() -> Iterator[None]:
    """All reading inside sees the database as it is now, and holds nobody up."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # A deferred transaction of SQLite in WAL mode reads one snapshot and takes no lock that writers mind;
        # transaction.atomic() would begin an immediate one.
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _rows(archive: zipfile.ZipFile, model: type[models.Model]) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    serializer = serializers.get_serializer("python")()
    with archive.open(f"{ROWS}{model._meta.label_lower}.jsonl", "w", force_zip64=True) as member:
        query = model._base_manager.order_by("pk")
        many = [field.name for field in model._meta.many_to_many]
        for row in query.prefetch_related(*many).iterator(chunk_size=1000):
            line = (
                json.dumps(serializer.serialize([row])[0], default=_plain, ensure_ascii=False).encode()
                + b"\n"
            )
            member.write(line)
            digest.update(line)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _plain(value: Any) -> str:
    """Values JSON does not know, whole: Django's own encoder cuts the microseconds that the record seals."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be kept in a backup")


def _bytes(archive: zipfile.ZipFile, file: StoredFile) -> bool:
    """Copy a stored file; whether its bytes are the ones its row names."""
    digest = hashlib.sha256()
    with (
        default_storage.open(file.storage_key, "rb") as stored,
        archive.open(FILES + file.storage_key, "w", force_zip64=True) as member,
    ):
        while chunk := stored.read(CHUNK):
            digest.update(chunk)
            member.write(chunk)
    return digest.hexdigest() == file.sha256
