"""List numbers: the cases Word is known by, and LibreOffice's count of every public form."""

import difflib
import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

import redline
from tests import libreoffice
from tests.redline.notation import document, package
from tests.redline.pairs import DATA
from tests.shared import SHARED, needs_shared

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


def forms() -> list[Path]:
    """The public forms and the base contracts, those with the same bytes once."""
    found = [*sorted((SHARED / "data" / "docx").glob("*.docx")), *sorted((DATA / "base").glob("*.docx"))]
    return list({hashlib.sha256(path.read_bytes()).digest(): path for path in found}.values())


def letters(text: str) -> str:
    """A text as both programs agree on it: objects, tabs and breaks are told in different ways."""
    return re.sub(r"\W+", "", text)


@needs_shared
@pytest.mark.shared
@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.skipif(bool(libreoffice.what_is_missing()), reason=libreoffice.what_is_missing() or "complete")
def test_every_numbered_paragraph_has_the_number_libreoffice_shows(tmp_path: Path) -> None:
    """Paragraphs are paired by their words; every one of ours with a number and words must find its pair."""
    files = [tmp_path / f"{at}-{path.name}" for at, path in enumerate(forms())]
    for path, file in zip(forms(), files, strict=True):
        file.write_bytes(redline.scrub(path.read_bytes()))  # LibreOffice 7.4 dies on comments
    done = subprocess.run(
        [libreoffice.DEBIAN_PYTHON, "-m", "ops.uno_numbers", *map(str, files)],
        cwd=libreoffice.ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    theirs = json.loads(done.stdout)
    compared = 0
    for file in files:
        different, alone, count = compared_numbers(redline.read(file.read_bytes()), theirs[str(file)])
        assert (different, alone) == ([], []), file.name
        compared += count
    assert compared > 1000


def compared_numbers(
    document: redline.Document, theirs: list[list[str]]
) -> tuple[list[tuple[str, str, str]], list[str], int]:
    """(paragraphs numbered differently, numbered paragraphs without a counterpart, numbers compared)."""
    ours = [block for block in document.blocks if block.part == "body" and block.kind != "textbox"]
    matcher = difflib.SequenceMatcher(
        None, [letters(block.text) for block in ours], [letters(text) for _, text in theirs], autojunk=False
    )
    pairs = [(ours[a + k], theirs[b + k][0]) for a, b, n in matcher.get_matching_blocks() for k in range(n)]
    found = {block.id for block, _ in pairs}
    alone = [block.id for block in ours if block.number and block.text.strip() and block.id not in found]
    different = [(block.id, block.number, other) for block, other in pairs if block.number != other]
    return different, alone, sum(1 for block, _ in pairs if block.number)
