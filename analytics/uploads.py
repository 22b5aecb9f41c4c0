"""Files handed in for a bulk review: Word files one by one, or a zip full of them.

A zip is unpacked in memory with every limit counted on the bytes that really come out, never on what its
directory claims. What is in it is not opened here: each file passes the gate in its own job.
"""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from redline.package import BROKEN_ZIP

LARGEST_FILE = 25 * 1024 * 1024  # as the gate's own limit
LARGEST_TOGETHER = 250 * 1024 * 1024
MOST_FILES = 2_000
_ZIP, _CHUNK = b"PK\x03\x04", 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file's name and bytes as they were handed in."""

    name: str
    data: bytes


class Given(Protocol):
    """What a form gives for an uploaded file."""

    name: str | None

    def read(self) -> bytes: ...


def unpacked(given: Iterable[Given]) -> list[Upload]:
    """Every Word file handed in, those of zips under their path in it, in the order given.

    Raises ValidationError naming the file for a zip that cannot be read, one that holds no Word file, and
    for more bytes or files than one run takes. Files of other kinds are taken as they are: their row will
    say why they cannot be read.
    """
    found: list[Upload] = []
    for one in given:
        name = _shown(PurePosixPath(str(one.name or "").replace("\\", "/")).name) or "file"
        if name.lower().endswith(".zip"):
            data = one.read()
            found += _from_zip(name, data)
        else:
            found.append(Upload(name, one.read()))
        _check(found)
    return found


def _shown(name: str) -> str:
    """The name without signs that nobody sees: they could turn it round, or fit no database."""
    return "".join(sign if sign.isprintable() else "·" for sign in name)


def _check(found: list[Upload]) -> None:
    if len(found) > MOST_FILES:
        raise ValidationError(_("More than %(most)d files are too many for one run.") % {"most": MOST_FILES})
    if sum(len(one.data) for one in found) > LARGEST_TOGETHER:
        raise ValidationError(
            _("Together the files are larger than %(most)d MB. Make several runs of them.")
            % {"most": LARGEST_TOGETHER // 1024 // 1024}
        )


def _from_zip(name: str, data: bytes) -> list[Upload]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [one for one in archive.infolist() if _is_document(one)]
            if len(entries) > MOST_FILES:
                raise ValidationError(
                    _("More than %(most)d files are too many for one run.") % {"most": MOST_FILES}
                )
            left = LARGEST_TOGETHER
            found = []
            for entry in entries:
                content = _content(archive, entry, name)
                left -= len(content)
                if left < 0:
                    raise ValidationError(
                        _("What is in “%(name)s” is larger than %(most)d MB.")
                        % {"name": name, "most": LARGEST_TOGETHER // 1024 // 1024}
                    )
                found.append(Upload(_shown(entry.filename), content))
    except BROKEN_ZIP as error:
        raise ValidationError(
            _("“%(name)s” cannot be unpacked. It may be damaged or have a password.") % {"name": name}
        ) from error
    if not found:
        raise ValidationError(_("“%(name)s” holds no Word file (.docx).") % {"name": name})
    return found


def _is_document(entry: zipfile.ZipInfo) -> bool:
    """Word files, without the shadows and locks that systems put beside them."""
    path = PurePosixPath(entry.filename)
    hidden = path.name.startswith((".", "~$")) or "__MACOSX" in path.parts
    return not entry.is_dir() and not hidden and path.suffix.lower() == ".docx"


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > LARGEST_FILE:
                raise ValidationError(
                    _("“%(entry)s” in “%(name)s” is larger than %(most)d MB.")
                    % {"entry": entry.filename, "name": name, "most": LARGEST_FILE // 1024 // 1024}
                )
            parts.append(chunk)
    return b"".join(parts)
