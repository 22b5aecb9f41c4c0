"""LibreOffice as a second reader: the helper other tests rely on tells what is in a document we know."""

import itertools
import socket

import pytest
from docx import Document
from docx.oxml import parse_xml

from ops import office
from tests import libreoffice

pytestmark = pytest.mark.libreoffice

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
IDS = itertools.count(1)


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def change(tag, text, author):
    kept = "delText" if tag == "del" else "t"
    inner = f'<w:r><w:{kept} xml:space="preserve">{text}</w:{kept}></w:r>'
    named = f'w:id="{next(IDS)}" w:author="{author}" w:date="2026-01-05T10:00:00Z"'
    return f"<w:{tag} {named}>{inner}</w:{tag}>"


def add(paragraph, xml):
    for node in parse_xml(f"<w:p {W}>{xml}</w:p>"):
        paragraph._p.append(node)


@pytest.fixture
def marked(tmp_path):
    """Pay within [thirty→sixty] days, in the header and in a cell too, by two people."""
    document = Document()
    body = run("Pay within ") + change("del", "thirty", "Ann") + change("ins", "sixty", "Ann") + run(" days.")
    add(document.add_paragraph(), body + change("del", " Gone.", "Bob"))
    add(document.add_table(1, 1).cell(0, 0).paragraphs[0], run("cell ") + change("ins", "new", "Bob"))
    add(document.sections[0].header.paragraphs[0], run("head ") + change("del", "old", "Ann"))
    path = tmp_path / "marked.docx"
    document.save(path)
    return path


def test_it_tells_each_change_with_its_author(marked):
    assert libreoffice.uno_texts_by_author(marked) == {
        "Ann": {"delete": ["old", "thirty"], "insert": ["sixty"]},
        "Bob": {"delete": [" Gone."], "insert": ["new"]},
    }


def test_it_tells_where_and_when(marked):
    first, second, *_ = libreoffice.uno_changes(marked)
    assert (first["header"], second["header"]) == (True, False)
    assert second["date"] == "2026-01-05T10:00:00"


def test_a_pdf_holds_the_words(marked, tmp_path):
    pdf = libreoffice.convert_to_pdf(marked, tmp_path)
    assert "Pay within" in libreoffice.pdf_text(pdf)


def test_a_document_it_cannot_read_is_no_empty_pdf(tmp_path):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not a document")
    with pytest.raises(office.OfficeFailed):
        libreoffice.convert_to_pdf(broken, tmp_path)
    with pytest.raises(AssertionError, match="could not open"):
        libreoffice.uno_changes(broken)


def test_a_linked_picture_is_not_fetched(tmp_path):
    """With the default profile LibreOffice asks for it; the listener counts who calls."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        document = Document()
        part = document.part
        link = part.relate_to(
            f"http://127.0.0.1:{port}/a.png",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
            is_external=True,
        )
        add(document.add_paragraph(), linked_picture(link))
        path = tmp_path / "linked.docx"
        document.save(path)
        libreoffice.convert_to_pdf(path, tmp_path)
        with pytest.raises(TimeoutError):
            listener.accept()


def linked_picture(link):
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:r><w:drawing xmlns:wp="{drawing}/wordprocessingDrawing" xmlns:a="{drawing}/main" '
        f'xmlns:pic="{drawing}/picture" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<wp:inline><wp:extent cx="500000" cy="500000"/><wp:docPr id="1" name="a"/><a:graphic>'
        f'<a:graphicData uri="{drawing}/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="a"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:link="{link}"/><a:stretch><a:fillRect/></a:stretch>'
        "</pic:blipFill>"
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="500000" cy="500000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
