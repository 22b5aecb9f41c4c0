"""Pixel sizes of pictures, read from their headers only. Nothing is decoded."""

import struct
from collections.abc import Iterator

from redline.errors import Refused

MAX_PIXELS = 50_000_000


def check_picture(name: str, content: bytes) -> None:
    """Refuses a picture that would unpack to more than 50 million pixels. Vector pictures have none."""
    for width, height in _sizes(content):
        if width * height > MAX_PIXELS:
            raise Refused(
                "image_too_big",
                f"A picture in the file ({name}) has more than 50 million pixels: make it smaller first.",
            )


def _sizes(data: bytes) -> Iterator[tuple[int, int]]:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        yield struct.unpack_from(">II", data, 16)
    elif data.startswith((b"GIF87a", b"GIF89a")) and len(data) >= 10:
        yield struct.unpack_from("<HH", data, 6)
    elif data.startswith(b"\xff\xd8"):
        yield from _jpeg(data)
    elif data.startswith(b"BM") and len(data) >= 26:
        width, height = struct.unpack_from("<ii", data, 18)
        yield abs(width), abs(height)
    elif data.startswith((b"II*\x00", b"MM\x00*")):
        yield from _tiff(data)
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP" and len(data) >= 30:
        yield from _webp(data)


def _jpeg(data: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 1:
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            yield width, height
            return
        if marker in (0xD9, 0xDA):
            return
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])


def _tiff(data: bytes) -> Iterator[tuple[int, int]]:
    order = "<" if data[:2] == b"II" else ">"
    at = _number(order + "I", data, 4)
    for _ in range(64):  # pages; a contract's picture has one
        count = _number(order + "H", data, at)
        if not at or not count:
            return
        size: dict[int, int] = {}
        for entry in range(count):
            place = at + 2 + 12 * entry
            tag, kind = _number(order + "H", data, place), _number(order + "H", data, place + 2)
            if tag in (256, 257):
                size[tag] = _number(order + ("H" if kind == 3 else "I"), data, place + 8)
        yield size.get(256, 0), size.get(257, 0)
        at = _number(order + "I", data, at + 2 + 12 * count)


def _webp(data: bytes) -> Iterator[tuple[int, int]]:
    if data[12:16] == b"VP8X":
        yield 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    elif data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        yield 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif data[12:16] == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        yield width & 0x3FFF, height & 0x3FFF


def _number(form: str, data: bytes, at: int) -> int:
    """One number, or 0 where the file is too short."""
    if at < 0 or at + struct.calcsize(form) > len(data):
        return 0
    found: int = struct.unpack_from(form, data, at)[0]
    return found
