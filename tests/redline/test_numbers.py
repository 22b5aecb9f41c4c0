"""List numbers: the cases Word is known by, and LibreOffice's count of every public form."""

import pytest

import redline
from tests import libreoffice
from tests.redline.notation import document, package
from tests.redline.numbers import EXPLAINED, compared, documents, theirs
from tests.shared import needs_shared

NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
BREAK = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr>'


def numbers(*paragraphs: str) -> list[str]:
    read = redline.read(package({"word/document.xml": document("".join(paragraphs))}))
    return [block.number for block in read.blocks]


def numbered(content: str, more: str = "") -> str:
    return f"<w:p><w:pPr>{NUMBERED}{more}</w:pPr>{content}</w:p>"


def words(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        (numbered("", BREAK), ""),
        (numbered('<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>', BREAK), ""),
        (numbered("<w:r><w:lastRenderedPageBreak/></w:r>", BREAK), ""),
        (numbered(words("Two"), BREAK), "2."),
        (numbered(""), "2."),
    ],
    ids=["section break only", "and bookmarks", "and an empty run", "with words", "empty without break"],
)
def test_a_paragraph_that_only_ends_a_section_takes_no_number(middle: str, expected: str) -> None:
    last = "2." if expected == "" else "3."
    assert numbers(numbered(words("One")), middle, numbered(words("Last"))) == ["1.", expected, last]


@needs_shared
@pytest.mark.shared
@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.skipif(bool(libreoffice.what_is_missing()), reason=libreoffice.what_is_missing() or "complete")
def test_every_numbered_paragraph_has_the_number_libreoffice_shows() -> None:
    """Paragraphs are paired by their words; every one of ours with a number and words must find its pair."""
    files = documents()
    shown = theirs(files)
    count = 0
    for name, data in files.items():
        different, alone, here = compared(redline.read(redline.scrub(data)), shown[name])
        assert [one for one in different if (name, one[0]) not in EXPLAINED] == [], name
        assert [one for one in alone if (name, one) not in EXPLAINED] == [], name
        count += here
    assert count > 1000
