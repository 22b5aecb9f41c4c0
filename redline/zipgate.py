"""Reads the zip container of an upload byte by byte, and refuses whatever two readers could see differently.

Our own reader, because the checks of the standard library differ between its patch levels. In order:

1. the first bytes tell other kinds of file apart, so that the refusal can say what to do;
2. the end record stands at the very end, and the directory ends exactly where it begins;
3. every directory entry is checked alone (name, method, flags, kind), then all names against each other;
4. every local header must repeat its directory entry, and the entries tile the file without overlap or gap;
5. inflating counts the bytes that really come out, whatever the headers promise.

Source of the format: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5; source of the rules: the part-name rules of
ECMA-376 part 2 (Open Packaging Conventions), sections 7.2 and 9.
"""

import struct
import unicodedata
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from redline.errors import Refused

MAX_FILE = 25 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_NAME = 255
MAX_TOTAL = 50 * 1024 * 1024
MAX_RATIO = 200
RATIO_FLOOR = 4 * 1024 * 1024  # below this an entry is harmless, however well it packs (blank pictures do)

_EOCD = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_DESCRIPTOR, _PATCHED, _UTF8 = 0x0008, 0x0020, 0x0800
_UNKNOWN = 0xFFFFFFFF
_REGULAR, _FOLDER = (0, 0o100000), 0o040000


@dataclass(frozen=True, slots=True)
class Entry:
    """One directory entry; offsets and sizes in bytes."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    header: int

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


def unpack(data: bytes) -> dict[str, bytes]:
    """Every part of the package by its name, in directory order. Raises ``Refused``."""
    check_kind(data)
    entries = _directory(data)
    _check_names(entries)
    starts = _local_headers(data, entries)
    parts: dict[str, bytes] = {}
    left = MAX_TOTAL
    for entry, start in zip(entries, starts, strict=True):
        content = _inflate(data, entry, start, left)
        left -= len(content)
        if entry.is_folder:
            if content:
                raise _damaged("a folder inside it holds data")
            continue
        parts[entry.name] = content
    if MAX_TOTAL - left > max(MAX_RATIO * len(data), RATIO_FLOOR):
        raise _bomb()
    return parts


def check_kind(data: bytes) -> None:
    """Size and first bytes. Cheap enough to run before a child process is started."""
    if not data:
        raise Refused("empty", "The file is empty: send the Word document again.")
    if len(data) > MAX_FILE:
        raise Refused(
            "too_large", "The file is larger than 25 MB: shrink or remove pictures and save it again."
        )
    if not data.startswith(b"PK\x03\x04"):
        raise _other_kind(data)


def _other_kind(data: bytes) -> Refused:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return Refused(
                "encrypted", "The file is password-protected: save it without a password and upload it again."
            )
        return Refused(
            "legacy_doc",
            "This is an old Word (.doc) or other Office file: save it as .docx and upload it again.",
        )
    if head.startswith(b"{\\rtf"):
        return Refused("wrong_type", "This is a rich-text (RTF) file: open it in Word and save it as .docx.")
    if b"%pdf-" in data[:1024].lower():
        return Refused("wrong_type", "This is a PDF, not a Word document: upload the .docx it was made from.")
    if b"schemas.microsoft.com/office/2006/xmlpackage" in head or b"<pkg:package" in head:
        return Refused(
            "wrong_type", "This is a Word XML file in one piece (flat OPC): save it as .docx in Word."
        )
    if head.startswith((b"<html", b"<!doctype html", b"mime-version", b"<head", b"<body")):
        return Refused("wrong_type", "This is a web page, not a Word document: save it as .docx in Word.")
    return Refused("not_docx", "This is not a Word document (.docx): open it in Word and save it as .docx.")


def _damaged(what: str) -> Refused:
    return Refused(
        "zip_damaged", f"The file is damaged or was altered ({what}): open it in Word and save it again."
    )


def _bomb() -> Refused:
    return Refused(
        "zip_bomb", "The file unpacks to far more data than a contract holds, so it was not opened."
    )


def _directory(data: bytes) -> list[Entry]:
    end = len(data) - _EOCD.size
    if end < 0 or data[end : end + 4] != b"PK\x05\x06":
        if b"PK\x05\x06" in data:
            raise Refused(
                "trailing_data", "There is extra data after the end of the document: save it again in Word."
            )
        raise _damaged("its end is missing")
    _, disk, start_disk, here, total, size, offset, comment = _EOCD.unpack_from(data, end)
    if disk or start_disk or here != total or comment:
        raise _damaged("its table of contents is inconsistent")
    if (
        total == 0xFFFF
        or _UNKNOWN in (size, offset)
        or data[max(0, end - 20) : end].startswith(b"PK\x06\x07")
    ):
        raise Refused(
            "zip64", "The file uses a container form meant for files over 4 GB: save it again in Word."
        )
    if total > MAX_ENTRIES:
        raise Refused("too_many_parts", "The file holds more than 2,000 parts, so it was not opened.")
    if offset + size != end:
        raise _damaged("its table of contents is not where it should be")
    entries = []
    at = offset
    for _ in range(total):
        entry, at = _central(data, at, end)
        entries.append(entry)
    if at != end or not entries:
        raise _damaged("its table of contents is incomplete")
    return entries


def _central(data: bytes, at: int, end: int) -> tuple[Entry, int]:
    if at + _CENTRAL.size > end or data[at : at + 4] != b"PK\x01\x02":
        raise _damaged("its table of contents is broken")
    fields = _CENTRAL.unpack_from(data, at)
    flags, method, crc, packed, size = fields[3], fields[4], fields[7], fields[8], fields[9]
    name_length, extra_length, comment_length, disk, attributes, header = (
        *fields[10:14],
        fields[15],
        fields[16],
    )
    names_at = at + _CENTRAL.size
    following = names_at + name_length + extra_length + comment_length
    if following > end or disk or _UNKNOWN in (packed, size, header):
        raise _damaged("an entry of its table of contents is broken")
    raw = data[names_at : names_at + name_length]
    entry = Entry(_name(raw, flags), raw, flags, method, crc, packed, size, header)
    _check_entry(entry, attributes >> 16)
    return entry, following


def _name(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8") if flags & _UTF8 else raw.decode("cp437")
    except UnicodeDecodeError:
        raise Refused(
            "bad_name", "A part of the file has an unreadable name: save it again in Word."
        ) from None


def _check_entry(entry: Entry, mode: int) -> None:
    if entry.flags & _ENCRYPTED:
        raise Refused(
            "encrypted", "The file is password-protected: save it without a password and upload it again."
        )
    if entry.method not in (_STORED, _DEFLATED) or entry.flags & _PATCHED:
        raise Refused("zip_method", "The file is packed in a way Word does not read: save it again in Word.")
    kind = mode & 0o170000
    if kind not in (*_REGULAR, _FOLDER) or (kind == _FOLDER and not entry.is_folder):
        raise Refused("symlink", "A part of the file points outside it (a link), so it was not opened.")
    if _is_bad_name(entry.name):
        raise Refused("bad_name", "A part of the file has a forbidden name or path, so it was not opened.")


def _is_bad_name(name: str) -> bool:
    plain = unquote(name)
    steps = plain.removesuffix("/").split("/")
    return (
        len(name) > MAX_NAME
        or any(step in ("", ".", "..") for step in steps)
        or any(
            character in "\\:" or unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in plain
        )
    )


def same_part(name: str) -> str:
    """The key under which two part names are one: OPC compares names ignoring case, percent-decoded."""
    return unicodedata.normalize("NFC", unquote(name)).casefold()


def _check_names(entries: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        key = same_part(entry.name.removesuffix("/"))
        if key in seen:
            raise Refused(
                "duplicate_part",
                "The file holds the same part twice, so two programs could show two different contracts: "
                "save it again in Word.",
            )
        seen.add(key)


def _local_headers(data: bytes, entries: list[Entry]) -> list[int]:
    """Where the data of each entry begins; checks that the entries tile the file up to the directory."""
    starts: dict[int, int] = {}
    spans = []
    for position, entry in enumerate(entries):
        start = _local(data, entry)
        finish = _descriptor_end(data, entry, start + entry.packed)
        starts[position] = start
        spans.append((entry.header, finish))
    directory = len(data) - _EOCD.size - _EOCD.unpack_from(data, len(data) - _EOCD.size)[5]
    expected = 0
    for begin, finish in sorted(spans):
        if begin < expected:
            raise Refused("zip_overlap", "Parts of the file overlap each other, so it was not opened.")
        if begin > expected:
            raise _damaged("there is data between its parts")
        expected = finish
    if expected != directory:
        raise _damaged("there is data between its parts and their table of contents")
    return [starts[position] for position in range(len(entries))]


def _local(data: bytes, entry: Entry) -> int:
    at = entry.header
    if at + _LOCAL.size > len(data) or data[at : at + 4] != b"PK\x03\x04":
        raise _damaged("a part is missing")
    _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack_from(data, at)
    start: int = at + _LOCAL.size + name_length + extra_length
    if start + entry.packed > len(data):
        raise _damaged("a part is cut off")
    name_at = at + _LOCAL.size
    if data[name_at : name_at + name_length] != entry.raw_name or (flags ^ entry.flags) & (
        _UTF8 | _DESCRIPTOR | 1
    ):
        raise Refused(
            "name_mismatch", "A part of the file carries two different names: save it again in Word."
        )
    if method != entry.method:
        raise _damaged("a part is described in two ways")
    extra = data[start - extra_length : start]
    if _UNKNOWN in (packed, size):
        size, packed = _zip64_sizes(extra, size, packed)
    told = (crc, packed, size)
    known = (entry.crc, entry.packed, entry.size)
    later = flags & _DESCRIPTOR
    if any(mine != theirs and not (later and mine == 0) for mine, theirs in zip(told, known, strict=True)):
        raise _damaged("a part is described with two sizes")
    return start


def _zip64_sizes(extra: bytes, size: int, packed: int) -> tuple[int, int]:
    """Sizes from the zip64 extra field (APPNOTE 4.5.3), which some libraries write even for small files."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + length]
        if kind == 1 and len(body) >= 16:
            real_size, real_packed = struct.unpack_from("<QQ", body)
            return (real_size if size == _UNKNOWN else size), (real_packed if packed == _UNKNOWN else packed)
        at += 4 + length
    return size, packed


def _descriptor_end(data: bytes, entry: Entry, at: int) -> int:
    """End of the entry with its data descriptor, in one of the four forms APPNOTE 4.3.9 allows."""
    if not entry.flags & _DESCRIPTOR:
        return at
    for form in ("<4sLLL", "<4sLQQ"):
        if data[at : at + 4] == b"PK\x07\x08" and at + struct.calcsize(form) <= len(data):
            _, crc, packed, size = struct.unpack_from(form, data, at)
            if (crc, packed, size) == (entry.crc, entry.packed, entry.size):
                return at + struct.calcsize(form)
    for form in ("<LLL", "<LQQ"):
        if at + struct.calcsize(form) <= len(data) and struct.unpack_from(form, data, at) == (
            entry.crc,
            entry.packed,
            entry.size,
        ):
            return at + struct.calcsize(form)
    raise _damaged("a part is followed by sizes that do not fit it")


def _inflate(data: bytes, entry: Entry, start: int, left: int) -> bytes:
    """The bytes of one part. Stops at the first byte over a limit, so a lying header costs nothing."""
    packed = memoryview(data)[start : start + entry.packed]
    limit = min(left, max(RATIO_FLOOR, MAX_RATIO * entry.packed))
    if entry.method == _STORED:
        content = bytes(packed)
        if len(content) > left:
            raise _bomb()
    else:
        content = _deflated(packed, limit)
    if len(content) != entry.size:
        raise _damaged("a part is longer or shorter than it says")
    if zlib.crc32(content) != entry.crc:
        raise _damaged("a check sum is wrong")
    return content


def _deflated(packed: memoryview, limit: int) -> bytes:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = engine.decompress(packed, limit + 1)
    except zlib.error:
        raise _damaged("a part cannot be unpacked") from None
    if len(content) > limit:
        raise _bomb()
    if not engine.eof or engine.unused_data:
        raise _damaged("a part is cut off or followed by other data")
    return content
