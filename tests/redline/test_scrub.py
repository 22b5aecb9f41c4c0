# ruff: noqa: E501  (one case, one line: the markup reads best unbroken)
"""The outgoing copy: what may be seen is there, and nothing else is."""

import importlib
import io
import subprocess
import zipfile

import pytest

import redline
from redline.errors import Refused
from redline.gate import check
from redline.outgoing import scrub, scrub_with_report
from redline.scrub_pictures import without_metadata
from tests.redline.crafted import (
    NAMESPACES,
    W,
    dele,
    docx,
    field,
    ins,
    pack,
    para,
    parts,
    relationships,
    run,
)
from tests.shared import SHARED, needs_shared

FORMS = sorted((SHARED / "data" / "docx").glob("*.docx"))
CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
CEX = "http://schemas.microsoft.com/office/word/2018/wordml/cex"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everything(data: bytes) -> bytes:
    return data + b"".join(unzipped(data).values()) + "".join(unzipped(data)).encode()


def body_of(data: bytes) -> str:
    return unzipped(data)["word/document.xml"].decode()


def comment(number: int, words: str, author: str = "Jane", paragraph: str = "") -> str:
    mark = f' w14:paraId="{paragraph}"' if paragraph else ""
    return f'<w:comment w:id="{number}" w:author="{author}" w:date="2026-01-01T00:00:00Z"><w:p{mark}>{run(words)}</w:p></w:comment>'


def commented(*numbers: int) -> str:
    starts = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in numbers)
    ends = "".join(
        f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>' for n in numbers
    )
    return para(starts + run("cap") + ends)


def leaky() -> bytes:
    """A document with a CANARY in every place we know."""
    settings = (
        f'<w:settings {NAMESPACES}><w:attachedTemplate r:id="t1"/><w:mailMerge><w:query w:val="CANARY"/></w:mailMerge>'
        '<w:rsids><w:rsidRoot w:val="00CA4A21"/></w:rsids><w:docVars><w:docVar w:name="CANARY" w:val="CANARY"/></w:docVars>'
        '<w14:docId w14:val="CANARY"/></w:settings>'
    )
    made = parts(
        '<w:p w:rsidR="00CA4A21" w:rsidRDefault="00CA4A21"><w:bookmarkStart w:id="1" w:name="_CANARY"/>'
        + run("Visible words.")
        + '<w:bookmarkEnd w:id="1"/><w:bookmarkStart w:id="2" w:name="_GoBack"/><w:bookmarkEnd w:id="2"/><!-- CANARY --></w:p>',
        commented(0, 1),
        para(field("DOCPROPERTY CANARY", "Shown") + field("INCLUDETEXT CANARY", "Taken")),
        para('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/><w:helpText w:val="CANARY"/></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        para('<w:smartTag w:uri="urn:CANARY" w:element="x"><w:smartTagPr><w:attr w:name="CANARY" w:val="CANARY"/></w:smartTagPr>' + run("Tagged") + "</w:smartTag>"),
        para(f'<w:hyperlink r:id="h1">{run("web")}</w:hyperlink><w:hyperlink r:id="h2">{run("share")}</w:hyperlink>'),
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/CANARY" w:storeItemID="x"/></w:sdtPr><w:sdtContent>' + para("Bound") + "</w:sdtContent></w:sdt>",
        '<w:p q:secret="CANARY" xmlns:q="urn:canary">' + run("End") + "</w:p>",
        rels=(
            ("h1", "hyperlink", "https://example.org/terms", True),
            ("h2", "hyperlink", "file://CANARY/share", True),
            ("c1", "customXml", "../customXml/item1.xml", False),
            ("g1", "glossaryDocument", "glossary/document.xml", False),
            ("pp", "printerSettings", "printerSettings1.bin", False),
        ),
        extra={
            "word/settings.xml": settings,
            "word/_rels/settings.xml.rels": relationships(("t1", "attachedTemplate", "file:///C:/CANARY.dotx", True)),
            "word/comments.xml": f"<w:comments {NAMESPACES}>{comment(0, 'CANARY one')}{comment(1, 'CANARY two', 'CANARY')}</w:comments>",
            "word/people.xml": f'<w15:people {NAMESPACES}><w15:person w15:author="CANARY"/></w15:people>',
            "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"><cp:keywords>CANARY</cp:keywords></cp:coreProperties>',
            "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>CANARY</Company></Properties>',
            "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">CANARY</Properties>',
            "docProps/thumbnail.jpeg": b"CANARY",
            "customXml/item1.xml": "<CANARY/>",
            "word/glossary/document.xml": "<CANARY/>",
            "word/printerSettings1.bin": b"CANARY",
            "word/orphan.xml": "<CANARY/>",
            "CANARY.txt": b"x",
        },
    )  # fmt: skip
    made["_rels/.rels"] = str(made["_rels/.rels"]).replace(
        "</Relationships>",
        '<Relationship Id="th" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>',
    )
    return pack(made)


def test_nothing_that_leaks_comes_along():
    out = scrub(leaky())
    assert b"CANARY" not in everything(out)
    assert b"rsid" not in everything(out)
    assert b"_GoBack" not in everything(out)


def test_what_is_shown_stays():
    assert redline.text(scrub(leaky())) == redline.text(leaky())
    words = redline.text(scrub(leaky()))
    for shown in ("Visible words.", "Shown", "Taken", "Tagged", "web", "share", "Bound", "End"):
        assert shown in words


def test_only_web_and_mail_links_lead_outside():
    out = unzipped(scrub(leaky()))["word/_rels/document.xml.rels"].decode()
    assert "https://example.org/terms" in out
    assert out.count("TargetMode") == 1


def test_the_copy_passes_the_gate_without_a_leak():
    codes = {notice.code for notice in check(scrub(leaky())).warnings}
    assert codes <= {"no_styles"}


def test_equal_input_gives_equal_bytes_and_a_second_time_changes_nothing():
    once = scrub(leaky())
    assert scrub(leaky()) == once
    assert scrub(once) == once


def test_it_refuses_what_the_gate_refuses():
    with pytest.raises(Refused):
        scrub(leaky() + b"x")


def four_parts() -> bytes:
    ids = ["11111111", "22222222", "33333333"]
    extended = "".join(
        f'<w15:commentEx w15:paraId="{i}"{parent} w15:done="0"/>'
        for i, parent in zip(ids, ("", ' w15:paraIdParent="11111111"', ""), strict=True)
    )
    listed = "".join(f'<w16cid:commentId w16cid:paraId="{i}" w16cid:durableId="D{i}"/>' for i in ids)
    dated = "".join(f'<w16cex:commentExtensible w16cex:durableId="D{i}"/>' for i in ids)
    comments = (
        comment(0, "one", "Ann", ids[0])
        + comment(1, "reply", "Ben", ids[1])
        + comment(2, "three", "Cy", ids[2])
    )
    return docx(
        commented(0, 1),
        commented(2),
        extra={
            "word/comments.xml": f"<w:comments {NAMESPACES}>{comments}</w:comments>",
            "word/commentsExtended.xml": f"<w15:commentsEx {NAMESPACES}>{extended}</w15:commentsEx>",
            "word/commentsIds.xml": f'<w16cid:commentsIds xmlns:w16cid="{CID}">{listed}</w16cid:commentsIds>',
            "word/commentsExtensible.xml": f'<w16cex:commentsExtensible xmlns:w16cex="{CEX}">{dated}</w16cex:commentsExtensible>',
            "word/people.xml": f'<w15:people {NAMESPACES}><w15:person w15:author="Ann"/></w15:people>',
        },
    )


@pytest.mark.parametrize(
    ("keep", "authors", "ids"),
    [
        ((), [], []),
        (("0",), ["Ann"], ["11111111"]),
        (("0", "1"), ["Ann", "Ben"], ["11111111", "22222222"]),
        (("1",), ["Ben"], ["22222222"]),
        (("2",), ["Cy"], ["33333333"]),
        (("9",), [], []),
    ],
)
def test_kept_comments_stay_whole_and_the_others_leave_no_trace(keep, authors, ids):
    out = scrub(four_parts(), keep_comments=keep)
    found = redline.read(out).comments
    assert [item.author for item in found] == authors
    content = unzipped(out)
    for name in ("comments", "commentsExtended", "commentsIds", "commentsExtensible"):
        part = content.get(f"word/{name}.xml", b"").decode()
        for number in ("11111111", "22222222", "33333333"):
            expected = number in ids and name != "commentsExtensible"
            assert (f'paraId="{number}"' in part) is expected or name == "commentsExtensible"
        if name == "commentsExtensible":
            assert part.count("durableId=") == len(ids)
    assert body_of(out).count("<w:commentReference ") == len(authors)
    assert body_of(out).count("<w:commentRangeStart ") == len(authors)
    assert "people" not in "".join(content)


def test_a_kept_reply_without_its_parent_stands_alone():
    out = unzipped(scrub(four_parts(), keep_comments=["1"]))
    assert b"paraIdParent" not in out["word/commentsExtended.xml"]
    assert (
        b"paraIdParent"
        in unzipped(scrub(four_parts(), keep_comments=["0", "1"]))["word/commentsExtended.xml"]
    )


def test_tracked_changes_stay_as_they_are_with_author_and_deleted_text():
    change = run("Pay in ") + dele("30", "Our Counsel", number=1) + ins(run("60"), "Their Counsel", number=2)
    out = scrub(docx(para(change)))
    assert change in body_of(out)
    assert redline.text(out, view="original") == "Pay in 30\n"


def test_untouched_paragraphs_keep_their_bytes():
    odd = "<w:p ><w:pPr/><w:r><w:t   xml:space='preserve'>As  it &#x41; stands</w:t></w:r></w:p>"
    assert odd in body_of(scrub(docx(odd, para("x"))))


def test_session_marks_go_only_from_tags_never_from_text():
    words = ' w:rsidR="00AA00AA" '
    out = body_of(scrub(docx(f'<w:p w:rsidR="00AA00AA">{run(words)}</w:p>')))
    assert words in out
    assert "<w:p>" in out


def test_embedded_text_is_left_out_and_reported():
    made = docx(
        para("1. Pay."),
        '<w:altChunk r:id="rId5"/>',
        rels=(("rId5", "aFChunk", "chunk.html", False),),
        extra={"word/chunk.html": "<p>Exclusivity</p>"},
    )
    done = scrub_with_report(made)
    assert [notice.code for notice in done.removed] == ["alt_chunk"]
    assert b"Exclusivity" not in everything(done.docx)


def test_an_embedded_object_leaves_its_picture():
    body = para(
        '<w:r><w:object w:dxaOrig="1"><v:shape id="s"><v:imagedata r:id="i1"/></v:shape>'
        '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" r:id="o1"/></w:object></w:r>'
    )
    made = docx(
        body,
        rels=(("i1", "image", "media/a.png", False), ("o1", "oleObject", "embeddings/a.bin", False)),
        extra={"word/media/a.png": b"\x89PNG", "word/embeddings/a.bin": b"OLE"},
    )
    done = scrub_with_report(made)
    assert "word/media/a.png" in unzipped(done.docx)
    assert "word/embeddings/a.bin" not in unzipped(done.docx)
    assert "OLEObject" not in body_of(done.docx)
    assert [notice.code for notice in done.removed] == ["embedded_object"]


def test_a_frozen_field_shows_no_instruction_of_an_inner_field():
    inner = field("FILENAME", "secret.docx")
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DOCPROPERTY </w:instrText></w:r>'
        f'{inner}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("Shown")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    out = scrub(docx(para(outer + run(" after"))))
    assert redline.text(out) == "Shown after\n"
    assert "fldChar" not in body_of(out)


def test_a_bookmark_that_is_referred_to_stays():
    body = para(
        '<w:bookmarkStart w:id="1" w:name="cap"/>'
        + run("x")
        + '<w:bookmarkEnd w:id="1"/>'
        + field("REF cap \\h")
    )
    out = body_of(scrub(docx(body)))
    assert 'w:name="cap"' in out
    assert "bookmarkEnd" in out


def test_pictures_lose_their_notes_and_keep_their_pixels():
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + b"\0\0\0\0"

    head, pixels, end = chunk(b"IHDR", b"h" * 13), chunk(b"IDAT", b"pixels"), chunk(b"IEND", b"")
    png = b"\x89PNG\r\n\x1a\n" + head + chunk(b"tEXt", b"CANARY") + chunk(b"eXIf", b"CANARY") + pixels + end
    assert without_metadata(png + b"CANARY") == b"\x89PNG\r\n\x1a\n" + head + pixels + end
    exif = b"\xff\xe1\0\x08CANARY"
    jpeg = b"\xff\xd8\xff\xe0\0\x04JF" + exif + b"\xff\xda\0\x02pixels\xff\xd9"
    assert without_metadata(jpeg) == b"\xff\xd8\xff\xe0\0\x04JF\xff\xda\0\x02pixels\xff\xd9"
    assert without_metadata(b"GIF89a") == b"GIF89a"
    assert without_metadata(jpeg[:9]) == jpeg[:9]


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("path", FORMS[::5], ids=lambda path: path.stem)
def test_a_real_form_reads_the_same_after(path):
    reads_the_same_after(path.read_bytes())


@needs_shared
@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_real_form_reads_the_same_after(path):
    reads_the_same_after(path.read_bytes())


def reads_the_same_after(data: bytes) -> None:
    out = scrub(data)
    for view in ("accepted", "original", "current"):
        assert redline.text(out, view=view, numbers=True) == redline.text(data, view=view, numbers=True)
    codes = {notice.code for notice in check(out).warnings}
    assert not codes & {
        "metadata",
        "comments",
        "people",
        "custom_xml",
        "orphan_part",
        "thumbnail",
        "missing_part",
    }
    assert f"{{{W}}}" not in body_of(out)
    assert scrub(out) == out


@needs_shared
@pytest.mark.shared
def test_no_canary_of_the_nasty_set_gets_out():
    data = (SHARED / "testdata" / "nasty" / "crafted" / "leak-canaries.docx").read_bytes()
    assert b"CANARY" in everything(data)
    assert b"CANARY" not in everything(scrub(data))


@needs_shared
@pytest.mark.shared
@pytest.mark.libreoffice
@pytest.mark.slow
def test_libreoffice_opens_the_copy(tmp_path):
    source = tmp_path / "copy.docx"
    source.write_bytes(scrub(FORMS[0].read_bytes()))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120
    )
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")


def test_a_copy_that_would_read_otherwise_is_not_made(monkeypatch):
    """The self-check: whatever cleaning did wrong, the words and the changes must be those of the document."""

    def too_thorough(package, part, removed):
        for change in list(package.tree(part).iter("{*}del")):
            change.getparent().remove(change)
        return True

    monkeypatch.setattr(importlib.import_module("redline.outgoing"), "clean_story", too_thorough)
    with pytest.raises(Refused) as refused:
        scrub(docx(para(run("pay ") + dele("30") + ins(run("60")))))
    assert refused.value.code == "self-check"
