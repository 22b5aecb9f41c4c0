"""Text from PDF: paragraphs, pages, running heads, hyphens, scans, and what is refused."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import redline
from clauses import Unreadable, analyse, read_pdf, read_pdf_in_child
from clauses.cli import main
from clauses.pdf_pages import SOFT, Row, paragraphs
from tests import libreoffice
from tests.clauses.pdfs import pdf, prose
from tests.shared import SHARED, needs_shared

LONG = (
    "The Customer shall pay each invoice within thirty (30) days of receipt of the invoice, and the Provider "
    "may charge interest on what is not paid when it is due at the rate that the law of the place of "
    "payment provides"
)


def test_rows_are_joined_to_paragraphs_and_numbers_start_new_ones():
    rows = [(72, 730, "1. Payment", "B"), *prose(LONG + ".", base=700), (72, 620, "2. Term", "B")]
    rows += prose("2.1 This Agreement begins on 1 March 2026.", base=600)
    found = read_pdf(pdf(rows))
    assert found.text == f"1. Payment\n{LONG}.\n2. Term\n2.1 This Agreement begins on 1 March 2026.\n"
    analysis = analyse(found)
    assert [(c.path, c.heading) for c in analysis.clauses if c.number] == [
        ("1", "Payment"),
        ("2", "Term"),
        ("2.1", ""),
    ]
    assert all(analysis.text[f.start : f.end] == f.quote for f in analysis.facts)


def test_a_paragraph_goes_on_over_the_page_and_each_offset_knows_its_page():
    words = LONG.split(" and the Provider ")
    first, second = prose(words[0] + " and the Provider", base=100), prose(words[1] + ".", base=700)
    found = read_pdf(pdf(first, second))
    assert found.text == LONG + ".\n"
    assert found.page_of(0) == 1
    assert found.page_of(found.text.index("may charge")) == 2


def test_running_heads_and_page_numbers_are_left_out():
    pages = [
        [
            (72, 760, f"Master Agreement - draft {n}"),
            *prose(f"{n}. {LONG}.", base=700),
            (300, 40, f"Page {n} of 3"),
        ]
        for n in (1, 2, 3)
    ]
    text = read_pdf(pdf(*pages)).text
    assert "draft" not in text
    assert "Page" not in text
    assert text.count("\n") == 3


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("an under-", "taking of", "an undertaking of"),
        ("a non-", "exclusive right", "a non-exclusive right"),
        ("a value" + SOFT, "added tax; value and added", "a value-added tax; value and added"),
        ("clauses 3 -", "5 and more", "clauses 3 - 5 and more"),
    ],
)
def test_words_broken_at_the_line_end_are_joined(first, second, expected):
    rows = [Row(first, 72, 500, 700, 11), Row(second, 72, 500, 686, 11)]
    assert [p.text for p in paragraphs([rows])] == [expected]


def test_a_row_that_ends_early_ends_its_paragraph():
    rows = [
        Row("One short row", 72, 150, 700, 11),
        Row("And another row that is much longer", 72, 500, 686, 11),
    ]
    assert len(paragraphs([rows])) == 2


def test_a_paragraph_without_end_is_cut():
    rows = [Row("words that run on and on without an end", 72, 500, 700 - 14 * n, 11) for n in range(2_000)]
    assert max(len(p.text) for p in paragraphs([rows])) < 20_100


def test_lists_inside_a_paragraph_stay_inside():
    rows = [
        Row(
            "1.1 Each party warrants that: (a) it has the power to enter into this Agreement;",
            72,
            500,
            700,
            11,
        ),
        Row("(b) it keeps to the law; and (c) it is insured.", 72, 300, 686, 11),
    ]
    assert len(paragraphs([rows])) == 1


def test_scanned_pages_are_said_to_be_scans():
    found = read_pdf(pdf(prose(LONG), "picture", "picture"))
    assert found.scanned == (2, 3)
    assert found.notices == ("Pages 2, 3 are pictures without text (a scan) and were not read.",)
    with pytest.raises(Unreadable, match="pictures of pages and no text") as refusal:
        read_pdf(pdf("picture"))
    assert refusal.value.code == "pdf-scanned"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf([]), "pdf-empty"),
        (pdf(prose(LONG), encrypted=True), "pdf-locked"),
        (pdf(prose(LONG))[:200], "pdf-damaged"),
        (b"%PDF-1.7 and then nothing that a PDF has", "pdf-damaged"),
        (b"PK\x03\x04 a Word file", "pdf-damaged"),
        (b"", "pdf-damaged"),
        (b"%PDF-" + b"x" * 25_000_001, "too-large"),
        (pdf(*[[]] * 1_001), "too-many-pages"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data, code):
    with pytest.raises(Unreadable) as refusal:
        read_pdf(data)
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


def test_the_child_process_reads_and_refuses_the_same():
    data = pdf(prose(LONG), "picture")
    assert read_pdf_in_child(data) == read_pdf(data)
    with pytest.raises(Unreadable) as refusal:
        read_pdf_in_child(b"%PDF-1.7 nothing")
    assert refusal.value.code == "pdf-damaged"
    with pytest.raises(Unreadable) as refusal:
        read_pdf_in_child(data, wall_seconds=0.001)
    assert refusal.value.code == "pdf-died"


@settings(max_examples=15)
@given(st.binary(max_size=300), st.integers(0, 900))
def test_damage_anywhere_gives_text_or_a_sentence(junk, place):
    data = pdf(prose(LONG), "picture")
    with contextlib.suppress(Unreadable):  # any other exception fails the test
        assert read_pdf(data[:place] + junk + data[place + len(junk) :]).text.endswith("\n")


@given(st.lists(st.lists(st.tuples(st.text(max_size=30), *[st.floats(-9, 900)] * 4), max_size=8), max_size=4))
def test_any_rows_become_paragraphs(pages):
    made = paragraphs(
        [
            [Row(text, left, right, base, abs(size) + 1) for text, left, right, base, size in page]
            for page in pages
        ]
    )
    assert all(p.text == p.text.strip() and 1 <= p.page <= len(pages) for p in made)


def test_the_commands_read_pdf(tmp_path, capsys):
    file = tmp_path / "contract.pdf"
    file.write_bytes(pdf(prose(LONG + "."), "picture"))
    assert main(["analyse", str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["notices"] == ["Page 2 is a picture without text (a scan) and was not read."]
    assert [page["scanned"] for page in answer["pages"]] == [False, True]
    assert main(["check", str(file)]) == 0
    assert capsys.readouterr().out.startswith("notice: Page 2 is a picture")


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("path", sorted((SHARED / "data" / "pdf").glob("*.pdf")), ids=lambda p: p.stem[:30])
def test_filed_contracts_are_read(path):
    found = read_pdf(path.read_bytes())
    assert not found.scanned
    assert "Source: " not in found.text
    analysis = analyse(found)
    assert all(analysis.text[f.start : f.end] == f.quote for f in analysis.facts)
    assert sum(bool(c.number) for c in analysis.clauses) >= 2


@needs_shared
@pytest.mark.shared
@pytest.mark.libreoffice
@pytest.mark.slow
def test_a_form_printed_to_pdf_reads_like_the_word_file(tmp_path):
    """At least 95 of 100 numbered clauses are found, and as many of these have the same types."""
    files = sorted((SHARED / "data" / "docx").glob("*.docx"))
    clauses = found = same = 0
    for file in files:
        word = analyse(redline.read(file.read_bytes()))
        printed = analyse(read_pdf(libreoffice.convert_to_pdf(file, tmp_path).read_bytes()))
        rows = [{(c.schedule, c.path): c for c in a.clauses if c.path[:1].isdigit()} for a in (word, printed)]
        both = [key for key in rows[0] if key in rows[1]]
        clauses, found = clauses + len(rows[0]), found + len(both)
        shown = [[{t.type for t in row[key].types if t.band != "unsure"} for row in rows] for key in both]
        same += sum(a == b for a, b in shown)
    assert found >= 0.95 * clauses
    assert same >= 0.95 * found
