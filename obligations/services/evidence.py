"""Files that show that a duty was performed: an invoice, a report, a mail as saved.

They are kept and given back, never opened or shown: whatever they are, they leave as a download.
"""

from dataclasses import dataclass
from typing import Self

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import Organisation, StoredFile
from accounts.services import files
from negotiation.words import checked

MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 200
MEDIA_TYPE = "application/octet-stream"  # what the sender calls it is not believed


@dataclass(frozen=True)
class Evidence:
    """A file as it was handed in."""

    name: str
    data: bytes

    @classmethod
    def of(cls, file: UploadedFile[bytes] | None) -> Self | None:
        """The uploaded file, None where there is none. ValidationError before one too large is read."""
        if file is None:
            return None
        _check_size(file.size or 0)
        return cls(file.name or "", file.read())


def keep(evidence: Evidence, organisation: Organisation) -> tuple[StoredFile, str]:
    """The stored file and the name it is given back under. In the caller's transaction.

    Raises ValidationError for an empty or too large file and for a name no row can hold.
    """
    _check_size(len(evidence.data))
    name = checked(evidence.name, longest=LONGEST_NAME) or "evidence"
    return files.store(organisation=organisation, data=evidence.data, media_type=MEDIA_TYPE), name


def _check_size(size: int) -> None:
    if not size:
        raise ValidationError(_("The file is empty."), code="empty")
    if size > MOST_BYTES:
        raise ValidationError(
            _("The file is too large: at most %(most)d MB.") % {"most": MOST_BYTES // 1024**2},
            code="too_large",
        )
