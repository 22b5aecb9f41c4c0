"""Pictures without what their makers' programs wrote beside the pixels: place, camera, names, comments."""

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
_JPEG_NOTES = (0xE1, 0xED, 0xFE)  # Exif and XMP, Photoshop, comment


def without_metadata(data: bytes) -> bytes:
    """The picture with the same pixels; anything that is not a well-formed PNG or JPEG comes back as it
    is.
    """
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    return data


def _png(data: bytes) -> bytes:
    kept = [_PNG]
    at = len(_PNG)
    while at + 12 <= len(data):
        length = int(struct.unpack_from(">I", data, at)[0])
        kind = data[at + 4 : at + 8]
        if at + 12 + length > len(data):
            return data
        if kind not in _PNG_TEXTS:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            return b"".join(kept)  # and nothing that was hung on behind
    return data


def _jpeg(data: bytes) -> bytes:
    kept = [data[:2]]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xDA:
            return b"".join((*kept, data[at:]))
        length = int(struct.unpack_from(">H", data, at + 2)[0])
        if length < 2 or at + 2 + length > len(data):
            return data
        if marker not in _JPEG_NOTES:
            kept.append(data[at : at + 2 + length])
        at += 2 + length
    return data
