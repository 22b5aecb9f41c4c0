# ruff: noqa: E501  (one case, one line: the markup reads best unbroken)
"""The zip container: what two programs could read differently is refused; what honest programs write is not."""

import io
import struct
import zipfile
import zlib

import pytest

from redline.errors import Refused
from redline.gate import check
from redline.zipgate import unpack
from tests.redline.crafted import content_types, docx, pack, para, parts, raw_document, raw_zip

PLAIN = docx(para("Pay within 30 days."))


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        check(data)
    assert len(refused.value.message) > 20
    return refused.value.code


def with_extra(**entry) -> bytes:
    return raw_zip([*raw_document(), {"name": "word/media/a.png", "data": b"picture", **entry}])


def test_a_hand_written_zip_is_accepted():
    assert check(raw_zip(raw_document())).paragraphs == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"P", "not_docx"),
        (b"PK\x03\x04", "zip_damaged"),
        (b"just text", "not_docx"),
        (b"{\\rtf1\\ansi Pay}", "wrong_type"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "wrong_type"),
        (b"%PDF-1.7\n", "wrong_type"),
        (b"MIME-Version: 1.0\n", "wrong_type"),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>', "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "legacy_doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x05\x06" + b"\0" * 18, "not_docx"),
        (b"MZ" + PLAIN, "not_docx"),
        (PLAIN + b"x", "trailing_data"),
        (PLAIN + PLAIN, "zip_damaged"),
        (PLAIN[:-1], "trailing_data"),
        (PLAIN[: len(PLAIN) // 2], "zip_damaged"),
        (PLAIN[:-2] + struct.pack("<H", 5) + b"hello", "trailing_data"),
        (b"PK\x03\x04" + b"\0" * (26 * 1024 * 1024), "too_large"),
    ],
)  # fmt: skip
def test_it_refuses_by_size_kind_and_ends(data, code):
    assert refusal(data) == code


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"name": "../../etc/x"}, "bad_name"),
        ({"name": "/abs.xml"}, "bad_name"),
        ({"name": "word\\media\\a.png"}, "bad_name"),
        ({"name": "C:/x"}, "bad_name"),
        ({"name": "word/a\0.png"}, "bad_name"),
        ({"name": "word/%2e%2e/%2e%2e/x"}, "bad_name"),
        ({"name": "word//a.png"}, "bad_name"),
        ({"name": "word/./a.png"}, "bad_name"),
        ({"name": "word/" + "a" * 300}, "bad_name"),
        ({"name": "word/a\u202egnp.exe", "flags": 0x800}, "bad_name"),
        ({"name": ""}, "bad_name"),
        ({"local": {"name": b"\xff.xml", "flags": 0x800}, "central": {"name": b"\xff.xml", "flags": 0x800}}, "bad_name"),
        ({"name": "WORD/Document.XML"}, "duplicate_part"),
        ({"name": "word/%64ocument.xml"}, "duplicate_part"),
        ({"name": "word/document.xml"}, "duplicate_part"),
        ({"mode": 0o120777}, "symlink"),
        ({"mode": 0o010644}, "symlink"),
        ({"flags": 0x1}, "encrypted"),
        ({"flags": 0x41}, "encrypted"),
        ({"flags": 0x20}, "zip_method"),
        ({"local": {"method": 14}, "central": {"method": 14}}, "zip_method"),
        ({"local": {"method": 0}}, "zip_damaged"),
        ({"local": {"name": b"word/media/b.png"}}, "name_mismatch"),
        ({"local": {"flags": 0x800}}, "name_mismatch"),
        ({"local": {"size": 99}}, "zip_damaged"),
        ({"central": {"size": 99}, "local": {"size": 99}}, "zip_damaged"),
        ({"central": {"crc": 1}, "local": {"crc": 1}}, "zip_damaged"),
        ({"central": {"packed": 3}, "local": {"packed": 3}}, "zip_damaged"),
        ({"flags": 0x8, "descriptor": b"\0" * 16}, "zip_damaged"),
        ({"gap": b"PK\x05\x06 hidden"}, "zip_damaged"),
        ({"offset": 0, "name": "word/copy.xml"}, "name_mismatch"),
        ({"offset": 10**6}, "zip_damaged"),
        ({"name": "word/folder/", "data": b"x"}, "zip_damaged"),
        ({"stream": b"\xff\xff\xff"}, "zip_damaged"),
        ({"central": {"size": 0xFFFFFFFF}}, "zip_damaged"),
    ],
)  # fmt: skip
def test_it_refuses_an_entry_that_lies(entry, code):
    assert refusal(with_extra(**entry)) == code


def test_entries_sharing_one_stream_are_refused():
    entries = raw_document()
    entries.append({"name": "word/a.xml", "data": entries[0]["data"], "offset": 0})
    entries[-1]["local"] = {}
    assert refusal(raw_zip(entries)) in ("name_mismatch", "zip_overlap")


def test_a_file_with_a_wrong_count_of_entries_is_refused():
    assert refusal(raw_zip(raw_document(), count=3)) == "zip_damaged"
    assert refusal(raw_zip(raw_document(), count=9)) == "zip_damaged"


def test_too_many_entries_are_refused():
    content = parts(para("x")) | {f"word/media/{number}.png": b"" for number in range(2_000)}
    assert refusal(pack(content)) == "too_many_parts"


def test_a_bomb_is_refused_however_it_is_declared():
    zeros = b"\0" * (60 * 1024 * 1024)
    assert refusal(pack(parts(para("x")) | {"word/media/a.png": zeros})) == "zip_bomb"
    assert refusal(with_extra(data=zeros, central={"size": 10}, local={"size": 10})) == "zip_bomb"
    many = {f"word/media/{number}.png": b"\0" * (1024 * 1024) for number in range(60)}
    assert refusal(pack(parts(para("x")) | many)) == "zip_bomb"


def test_a_blank_picture_that_packs_well_is_no_bomb():
    assert check(pack(parts(para("x")) | {"word/media/a.png": b"\0" * 900_000})).paragraphs == 1


def test_a_zip64_end_record_is_refused():
    end = PLAIN[-22:]
    locator = b"PK\x06\x07" + b"\0" * 16
    assert refusal(PLAIN[:-22] + locator + end) in ("zip64", "zip_damaged")


def test_sizes_after_the_data_are_accepted_in_all_four_forms():
    data = b"picture"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    numbers = (zlib.crc32(data), len(packed), len(data))
    for form, head in (("<LLL", b""), ("<LLL", b"PK\x07\x08"), ("<LQQ", b""), ("<LQQ", b"PK\x07\x08")):
        entry = {"flags": 8, "descriptor": head + struct.pack(form, *numbers), "data": data}
        entry["local"] = {"crc": 0, "packed": 0, "size": 0}
        assert unpack(with_extra(**entry))["word/media/a.png"] == data


def test_what_streaming_writers_produce_is_accepted():
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.data = b""

        def writable(self):
            return True

        def write(self, chunk):
            self.data += bytes(chunk)
            return len(chunk)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(para("Pay.")).items():
            with archive.open(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), "w", force_zip64=True) as target:
                target.write(data.encode())
    assert check(pipe.data).paragraphs == 1


def test_folders_and_stored_parts_are_accepted():
    stored = pack(parts(para("Pay.")), zipfile.ZIP_STORED)
    assert check(stored).paragraphs == 1
    assert (
        check(raw_zip([*raw_document(), {"name": "word/media/", "method": 0, "mode": 0o040755}])).paragraphs
        == 1
    )


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "macros"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "wrong_type"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "wrong_type"),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "wrong_type"),
        ("application/xml", "no_document"),
        (MAIN + "x", "no_document"),
    ],
)
def test_only_a_plain_word_document_is_taken(kind, code):
    content = parts(para("x"))
    content["[Content_Types].xml"] = content_types({"word/document.xml": kind})
    assert refusal(pack(content)) == code


def test_macros_are_found_under_any_name():
    assert refusal(pack(parts(para("x")) | {"word/vbaProject.bin": b"x"})) == "macros"
    named = parts(para("x"), types={"word/harmless.dat": "application/vnd.ms-office.vbaProject"})
    assert refusal(pack(named | {"word/harmless.dat": b"x"})) == "macros"
    linked = parts(
        para("x"),
        rels=(("rId7", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "x.dat", False),),
    )
    assert refusal(pack(linked | {"word/x.dat": b"x"})) == "macros"


def test_the_scanners_test_signature_is_refused():
    signature = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    assert refusal(signature) == "malware"
    assert refusal(pack(parts(para("x")) | {"word/media/a.png": signature})) == "malware"
