"""Reading: every place text lives, once, with its list number and its state."""

import pytest

import redline
from tests.redline.notation import W, doc, document, package
from tests.redline.pairs import tool
from tests.shared import SHARED, needs_shared

FILES = sorted(SHARED.glob("data/docx/*.docx")) + sorted(SHARED.glob("testdata/redline/[rw]*/*.docx"))
PLACEHOLDERS = str.maketrans({"\ufffc": None, "\u2020": None, "\n": "\v"})  # of the checker, not of ours


def blocks(*lines: str | list[str]) -> tuple[redline.Block, ...]:
    return redline.read(doc(*lines)).blocks


def test_it_reads_paragraphs_headings_and_cells_in_order() -> None:
    found = blocks("# Fees", "Pay now.", ["a | b", "c | d"])
    assert [(b.kind, b.text, b.table) for b in found] == [
        ("heading", "Fees", None),
        ("paragraph", "Pay now.", None),
        ("cell", "a", (0, 0, 0)),
        ("cell", "b", (0, 0, 1)),
        ("cell", "c", (0, 1, 0)),
        ("cell", "d", (0, 1, 1)),
    ]


def test_it_numbers_lists_as_word_shows_them() -> None:
    found = blocks("1. One", " 1. Sub", " 1. Sub", "  1. Deep", "1. Two", " 1. Sub again", "plain")
    assert [b.number for b in found] == ["1.", "1.1", "1.2", "(a)", "2.", "2.1", ""]
    assert [b.level for b in found] == [0, 1, 1, 2, 0, 1, None]


def test_a_deleted_paragraph_takes_no_number() -> None:
    found = blocks("1. One", "1. [-Gone-]¶-", "1. Two")
    assert [b.number for b in found] == ["1.", "", "2."]


def test_deleted_text_is_never_read_as_text() -> None:
    document_ = redline.read(doc("within [-30-][+90+] days"))
    assert document_.text == "within 90 days\n"
    assert document_.view("original") == "within 30 days\n"
    assert document_.view("current") == "within 3090 days\n"
    assert [(p.text, p.state, p.author) for p in document_.blocks[0].pieces] == [
        ("within ", "same", ""),
        ("30", "deleted", "Them"),
        ("90", "inserted", "Them"),
        (" days", "same", ""),
    ]


def test_a_deleted_mark_joins_two_lines() -> None:
    document_ = redline.read(doc("one ¶-", "two"))
    assert document_.text == "one two\n"
    assert document_.view("original") == "one \ntwo\n"


def test_offsets_lead_to_blocks_and_back() -> None:
    document_ = redline.read(doc("one", "", "[-x-]¶-", "two"))
    for block in document_.blocks:
        if block.accepted_as == "line":
            assert document_.locate(document_.start_of(block.id)) == (block.id, 0)
    assert document_.locate(document_.text.index("two") + 2) == ("body:3", 2)
    with pytest.raises(IndexError):
        document_.locate(999)


def test_tabs_breaks_and_fields_are_read_as_people_see_them() -> None:
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{more}'
        for kind, more in (
            ("begin", "<w:r><w:instrText> REF x </w:instrText></w:r>"),
            ("separate", "<w:r><w:t>4.1</w:t></w:r>"),
            ("end", ""),
        )
    )
    body = f"<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:noBreakHyphen/></w:r>{field}</w:p>"
    assert redline.text(package({"word/document.xml": document(body)})) == "a\tb\v\u20114.1\n"


def test_both_renderings_of_a_text_box_are_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        f'<w:p xmlns:mc="{mc}"><w:r><w:t>host</w:t><mc:AlternateContent><mc:Choice Requires="wps">{box}'
        f"</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    found = redline.read(package({"word/document.xml": document(body)})).blocks
    assert [(b.kind, b.text) for b in found] == [("paragraph", "host"), ("textbox", "in the box")]


def test_bold_comes_from_the_style_chain_and_toggles() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/>'
        '<w:rPr><w:b/></w:rPr></w:style><w:style w:type="character" w:styleId="C"><w:name w:val="C"/>'
        "<w:rPr><w:b/></w:rPr></w:style>"
        "</w:styles>"
    )
    body = (
        '<w:p><w:pPr><w:pStyle w:val="B"/></w:pPr><w:r><w:t>bold</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:t>plain</w:t></w:r></w:p>'
    )
    found = redline.read(package({"word/document.xml": document(body), "word/styles.xml": styles})).blocks
    assert [(p.text, p.bold) for p in found[0].pieces] == [("bold", True), ("plain", False)]


@pytest.mark.parametrize("data", [b"", b"<html>", b"PK\x03\x04rubbish"])
def test_what_is_not_a_document_is_refused(data: bytes) -> None:
    with pytest.raises(redline.Refused) as refusal:
        redline.read(data)
    assert refusal.value.code == "not-a-docx"


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_body_reads_as_an_independent_reader_reads_it(path) -> None:
    checker, data = tool("redline_check"), path.read_bytes()
    ours = redline.read(data)
    body = redline.Document(tuple(block for block in ours.blocks if block.part == "body"))
    for view, settle in (("accepted", checker.accept_all), ("original", checker.reject_all)):
        theirs = checker.stories(settle(checker.Pkg(data)))["body"]
        assert body.view(view).split("\n")[:-1] == [line.translate(PLACEHOLDERS) for line in theirs]
