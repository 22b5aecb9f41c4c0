"""XML parts and pictures: no document types, bounded depth and size, the right root in the right part."""

import struct

import pytest

from redline.errors import Refused
from redline.gate import check
from redline.notices import KINDS
from redline.xmlgate import Budget, parse
from tests.redline.crafted import NAMESPACES, content_types, docx, pack, para, parts, relationships, styles


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        check(data)
    return refused.value.code


def with_part(name: str, content: str | bytes) -> bytes:
    return pack(
        parts(para("Pay."), extra={name: content})
        if name != "word/document.xml"
        else {**parts(), name: content}
    )


DTD = '<?xml version="1.0"?><!DOCTYPE w:x [<!ENTITY e "eee">]>'
QUADRATIC = f'<!DOCTYPE d [<!ENTITY a "{"a" * 10_000}">]><d>{"&a;" * 100}</d>'
BODY = f"<w:document {NAMESPACES}><w:body><w:p/></w:body></w:document>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/document.xml", DTD + BODY),
        (
            "word/document.xml",
            ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>' + BODY).encode("utf-16"),
        ),
        ("word/styles.xml", DTD + styles()),
        ("word/comments.xml", QUADRATIC),
        ("word/_rels/styles.xml.rels", "<!DOCTYPE r SYSTEM 'file:///etc/passwd'>" + relationships()),
        ("[Content_Types].xml", "<!DOCTYPE t>" + content_types({})),
        ("customXml/item1.xml", '<!DOCTYPE c [<!ENTITY % p SYSTEM "http://127.0.0.1/x">%p;]><c/>'),
        ("word/media/image1.png", '<?xml version="1.0"?><!DOCTYPE svg><svg/>'),
        ("word/anything.dat", '<?xml version="1.0"?><!DOCTYPE svg><svg/>'),
    ],
)
def test_a_document_type_is_refused_in_every_part_and_encoding(name, content):
    assert refusal(with_part(name, content)) == "xml_dtd"


def test_a_utf_16_document_is_accepted():
    content = ('<?xml version="1.0" encoding="UTF-16"?>' + BODY).encode("utf-16")
    assert check(with_part("word/document.xml", content)).paragraphs == 1


@pytest.mark.parametrize(
    "content",
    [
        BODY[:-5],
        BODY.replace("<w:p/>", "<w:p><w:r><w:t>\x01</w:t></w:r></w:p>"),
        BODY.replace("<w:p/>", "<w:p>&nbsp;</w:p>"),
        "not xml at all",
        BODY.replace("<w:p/>", "<q:p/>"),
        b'<?xml version="1.0" encoding="UTF-8"?>' + BODY.replace("<w:p/>", "<w:p>ä</w:p>").encode("cp1252"),
    ],
)
def test_broken_xml_is_refused(content):
    assert refusal(with_part("word/document.xml", content)) == "xml_broken"


def test_an_unusual_encoding_is_refused():
    content = b'<?xml version="1.0" encoding="UTF-7"?>' + BODY.encode()
    assert refusal(with_part("word/document.xml", content)) == "xml_encoding"


def test_depth_is_bounded():
    deep = "<w:sdt><w:sdtContent>" * 140 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 140
    assert refusal(docx(deep)) == "xml_depth"
    fine = "<w:sdt><w:sdtContent>" * 60 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 60
    assert check(docx(fine)).paragraphs == 1


def test_the_number_of_nodes_is_bounded():
    with pytest.raises(Refused) as refused:
        parse("word/document.xml", b"<a>" + b'<b c="1"/>' * 600 + b"</a>", Budget(1_000))
    assert refused.value.code == "xml_size"


def test_nodes_count_over_all_parts():
    budget = Budget(1_000)
    parse("a", b"<a>" + b"<b/>" * 600 + b"</a>", budget)
    with pytest.raises(Refused):
        parse("b", b"<a>" + b"<b/>" * 600 + b"</a>", budget)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("word/document.xml", f"<w:styles {NAMESPACES}/>", "xml_root"),
        ("word/document.xml", "<html><body/></html>", "xml_root"),
        ("word/document.xml", f"<w:document {NAMESPACES}/>", "no_document"),
        ("word/document.xml", "", "no_document"),
        ("word/styles.xml", f"<w:document {NAMESPACES}/>", "xml_root"),
        ("word/styles.xml", "", "xml_broken"),
        ("word/comments.xml", f"<w:styles {NAMESPACES}/>", "xml_root"),
        ("_rels/.rels", "<x/>", "xml_root"),
        ("[Content_Types].xml", "<x/>", "not_docx"),
    ],
)
def test_each_part_has_the_root_it_should_have(name, content, code):
    content = {
        **parts(
            para("x"), extra={name: content} if name.startswith("word/") and "document" not in name else {}
        ),
        name: content,
    }
    assert refusal(pack(content)) == code


def test_two_main_documents_are_refused():
    content = parts(para("x"))
    content["_rels/.rels"] = relationships(
        ("a", "officeDocument", "word/document.xml", False), ("b", "officeDocument", "word/other.xml", False)
    )
    assert refusal(pack(content)) == "duplicate_part"


def test_a_part_declared_in_two_ways_is_refused():
    content = parts(para("x"))
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(
        "</Types>", '<Override PartName="/WORD/document.xml" ContentType="text/plain"/></Types>'
    )
    assert refusal(pack(content)) == "content_type"


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0"


def jpeg(width: int, height: int) -> bytes:
    head = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 9
    return head + b"\xff\xff\xc2\0\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\0" * 9


def tiff(width: int, height: int) -> bytes:
    entries = struct.pack("<HHII", 256, 4, 1, width) + struct.pack("<HHII", 257, 4, 1, height)
    return b"II*\0" + struct.pack("<IH", 8, 2) + entries + b"\0\0\0\0"


@pytest.mark.parametrize(
    "maker",
    [
        png,
        jpeg,
        tiff,
        lambda w, h: b"GIF89a" + struct.pack("<HH", w, h) + b"\0" * 10,
        lambda w, h: b"BM" + b"\0" * 16 + struct.pack("<ii", w, -h) + b"\0" * 10,
        lambda w, h: (
            b"RIFF\0\0\0\0WEBPVP8X"
            + b"\0" * 8
            + (w - 1).to_bytes(3, "little")
            + (h - 1).to_bytes(3, "little")
        ),
    ],
    ids=["png", "jpeg", "tiff", "gif", "bmp", "webp"],
)
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(maker):
    assert refusal(pack(parts(para("x")) | {"word/media/a.bin": maker(20_000, 20_000)})) == "image_too_big"
    assert check(pack(parts(para("x")) | {"word/media/a.bin": maker(200, 200)})).paragraphs == 1


def test_every_notice_has_a_kind_and_a_sentence():
    kinds = {"deceit", "moving", "outside", "active", "revisions", "leak", "structure", "fact"}
    assert {kind for kind, _ in KINDS.values()} == kinds
    assert all(sentence.endswith(".") for _, sentence in KINDS.values())
