"""Tables out of Word and Excel files, in the child: merged cells, nesting, limits, hostile files."""

import io
import re
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from openpyxl.styles import numbers

from playbooks.importing import tables as limits
from playbooks.importing.reading import read_tables
from playbooks.importing.tables import column_letter
from redline import Refused
from tests.playbooks.importing.files import LADDERS, excel, saved, word


def read(data: bytes, name: str = "playbook.docx"):
    return read_tables(data, file_name=name)


def test_a_word_table_comes_out_cell_by_cell():
    (table,) = read(word(LADDERS))
    assert table.name == "Table 1"
    assert [list(row) for row in table.rows] == LADDERS


def test_a_merged_cell_counts_for_all_its_rows_and_columns():
    rows = [["A", "B", "C"], ["one", "two", "three"], ["", "five", "six"]]
    (table,) = read(word(rows, merges=[(0, 1, 0, 2, 0), (0, 0, 1, 0, 2)]))
    assert [table.cell(r, 0) for r in (1, 2)] == ["one", "one"]
    assert [table.cell(0, c) for c in (1, 2)] == ["B", "B"]
    assert list(table.distinct(2)) == [(0, "one"), (1, "five"), (2, "six")]
    assert set(table.areas) == {(1, 0, 2, 0), (0, 1, 0, 2)}


def test_a_table_inside_a_cell_is_named_by_its_place_and_no_part_of_the_cell():
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "Uptime"
    outer.cell(0, 1).text = "See the chart"
    inner = outer.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text = "Tier 1"
    found = read(saved(document))
    assert [table.name for table in found] == ["Table 1", "Table 1 in table 1, row 1, column 2"]
    assert found[0].rows == (("Uptime", "See the chart"),)


def test_deleted_words_and_rows_are_gone_and_inserted_ones_are_there():
    document = docx.Document()
    table = document.add_table(rows=2, cols=1)
    table.cell(0, 0).text = "kept"
    run = table.cell(0, 0).paragraphs[0].runs[0]
    for tag, text in (("w:del", " gone"), ("w:ins", " new")):
        mark, copy = OxmlElement(tag), OxmlElement("w:r")
        words = OxmlElement("w:delText" if tag == "w:del" else "w:t")
        words.text = text
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        copy.append(words)
        mark.append(copy)
        run._r.getparent().append(mark)
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:del"))
    assert read(saved(document))[0].rows == (("kept new",),)


def test_five_thousand_rows_are_read():
    rows = [["Issue", "Preferred"], *([f"Issue {n}", f"{n} days"] for n in range(5_000))]
    (table,) = read(excel({"Rules": rows}), "rules.xlsx")
    assert len(table.rows) == 5_001
    assert table.rows[-1] == ("Issue 4999", "4999 days")


def test_values_of_a_sheet_come_as_people_see_them():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([30, 0.995, True, "  two\n\n lines "])
    sheet["B1"].number_format = numbers.FORMAT_PERCENTAGE_00
    assert read(saved(book), "a.xlsx")[0].rows == (("30", "99.5%", "yes", "two\nlines"),)


def test_a_formula_without_a_saved_result_and_an_error_are_named_by_row_and_column():
    book = openpyxl.Workbook()
    book.active.append(["Issue", "=1+1", "#REF!"])
    book.active["C1"].data_type = "e"
    (table,) = read(saved(book), "a.xlsx")
    assert [(cell.row, cell.column) for cell in table.bad] == [(1, 2), (1, 3)]
    assert "result was not saved" in table.bad[0].why
    assert "#REF!" in table.bad[1].why


def test_merged_cells_and_hidden_sheets_of_a_workbook():
    book = openpyxl.load_workbook(
        io.BytesIO(excel({"A": [["x", "y"], ["", "z"]], "B": [["hidden"]]}, {"A": ["A1:A2"]}))
    )
    book["B"].sheet_state = "hidden"
    found = read(saved(book), "a.xlsx")
    assert [table.name for table in found] == ["Sheet “A”", "Sheet “B” (hidden)"]
    assert found[0].cell(1, 0) == "x"


def with_part(data: bytes, name: str, change) -> bytes:
    """The same package with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == name else content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BOOK = excel({"A": [["Issue", "Preferred"], ["Payment", "30 days"]]})


def test_what_a_sheet_says_about_its_own_size_is_not_believed():
    liar = with_part(BOOK, SHEET, lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'))
    assert liar != BOOK
    assert read(liar, "a.xlsx")[0].width == 2


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"Issue;Preferred", "playbook.csv", "wrong_type"),
        (b"Issue;Preferred", "playbook.xlsx", "not_xlsx"),
        (b"%PDF-1.7", "playbook.docx", "wrong_type"),
        (word([["a", "b"]]), "playbook.xlsx", "not_xlsx"),
        (BOOK, "playbook.docx", "wrong_type"),
        (saved(docx.Document()), "playbook.docx", "no_tables"),
        (
            with_part(BOOK, SHEET, lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml.split(b"?>")[-1]),
            "a.xlsx",
            "xml_dtd",
        ),
        (with_part(BOOK, SHEET, lambda xml: xml + b" " * 40_000_000), "a.xlsx", "zip_bomb"),
        (excel({"A": [["x"] * 70]}), "a.xlsx", "too_wide"),
        (word([["x"] * 62]), "a.docx", "too_wide"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data, name, code):
    with pytest.raises(Refused) as refused:
        read(data, name)
    assert refused.value.code == code
    assert refused.value.message.endswith((".", "Word.", "Excel."))


def test_more_rows_than_a_playbook_can_have_are_refused():
    one = b'<row><c t="inlineStr"><is><t>Issue</t></is></c></row>'
    rows = b"<sheetData>" + one * (limits.MOST_ROWS + 1) + b"</sheetData>"
    long = with_part(BOOK, SHEET, lambda xml: re.sub(rb"<sheetData>.*</sheetData>", rows, xml, flags=re.S))
    with pytest.raises(Refused, match="10,000 rows"):
        read(long, "a.xlsx")


def test_columns_are_named_as_a_spreadsheet_names_them():
    assert [column_letter(n) for n in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
