"""One row behind every stored document, whatever it is used for."""

from django.db import models

from accounts.models.base import TenantModel

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class StoredFile(TenantModel):
    """Bytes that never change, found again by their SHA-256. The bytes lie in Django's storage."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=120, default=DOCX)
    storage_key = models.CharField(max_length=120, unique=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "sha256"])]
