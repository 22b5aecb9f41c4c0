"""Storing bytes and giving them back. Bytes are written before their row, so a row never lacks its bytes;
a rolled-back transaction leaves at most an unreferenced file."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import Organisation, StoredFile
from accounts.models.files import DOCX


class DamagedFile(Exception):
    """The stored bytes are no longer the ones that were stored."""


def store(*, organisation: Organisation, data: bytes, media_type: str = DOCX) -> StoredFile:
    """Keep `data` under a random name and return its row; equal bytes share one row per organisation."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.filter(organisation=organisation, sha256=sha256, media_type=media_type).first()
    if known is not None:
        return known
    key = secrets.token_hex(20)
    name = default_storage.save(f"{organisation.uuid}/{key[:2]}/{key}", ContentFile(data))
    return StoredFile.objects.create(
        organisation=organisation, sha256=sha256, size=len(data), media_type=media_type, storage_key=name
    )


def read_bytes(file: StoredFile) -> bytes:
    """The stored bytes, checked against their hash. Raises DamagedFile if they changed on disk."""
    with default_storage.open(file.storage_key, "rb") as stored:
        data: bytes = stored.read()
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise DamagedFile(f"stored file {file.uuid} does not match its SHA-256")
    return data
