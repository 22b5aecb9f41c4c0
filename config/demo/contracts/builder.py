"""Contract source → .docx bytes, the same bytes every time."""

import datetime
import io
import re
import zipfile
from collections.abc import Callable

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from config.demo.contracts.source import Block, Line, Signatures, Source, Table
from config.demo.contracts.style import HOUSES, STYLES, House, dress

_STRONG = re.compile(r"\*\*(.+?)\*\*")
_AMOUNT = re.compile(r"(\*\*)?EUR [\d,]+(\*\*)?")
_FIXED = datetime.datetime(2026, 1, 15, 9, 0, tzinfo=datetime.UTC)
_ZIP_TIME = (2026, 1, 15, 9, 0, 0)


def build_document(source: Source) -> bytes:
    """The contract as a Word file; the same source gives the same bytes."""
    house = HOUSES[source.facts["house"]]
    document = docx.Document()
    dress(document, house=house, schedule_word=source.facts.get("schedules", "Schedule"))
    _furniture(document, source.facts)
    if source.facts.get("cover") == "no":
        _title(document, source.facts)
    else:
        _cover(document, source.facts)
    padded = (None, *source.blocks, None)
    for before, block, following in zip(padded, source.blocks, padded[2:], strict=False):
        if isinstance(block, Line):
            paragraph = document.add_paragraph(style=STYLES[block.kind, block.level])
            _write(paragraph, block.text)
            paragraph.paragraph_format.keep_with_next = _stays_with_next(before, block, following)
        elif isinstance(block, Table):
            _table(document, block, house)
        else:
            _signatures(document, block)
    _properties(document, source.facts)
    buffer = io.BytesIO()
    document.save(buffer)
    return fixed_zip(buffer.getvalue(), _without_leftovers)


def _stays_with_next(before: Block | None, block: Line, following: Block | None) -> bool | None:
    """A lead-in stays with its list or table, the last clause with the signatures.

    A lead-in right under its heading is left to the heading's own rule: LibreOffice strands the heading when
    two paragraphs in a row ask to be kept.
    """
    if isinstance(following, Table | Signatures):
        return True
    under_heading = isinstance(before, Line) and before.level == 0
    return True if block.text.endswith(":") and not under_heading else None


def fixed_zip(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same parts in the same order under one fixed time.

    ``change`` is called with each part's name and bytes and returns the bytes to store, or None to leave the
    part out.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = change(item.filename, old.read(item.filename))
            if content is None:
                continue
            info = zipfile.ZipInfo(item.filename, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, content)
    return out.getvalue()


def _without_leftovers(name: str, content: bytes) -> bytes | None:
    """Leave out what python-docx's template brings: a picture of another document, an empty data part."""
    if name == "docProps/thumbnail.jpeg" or name.startswith("customXml/"):
        return None
    if name.endswith(".rels"):
        return re.sub(rb"<Relationship [^>]*(?:thumbnail|customXml)[^>]*/>", b"", content)
    if name == "[Content_Types].xml":
        return re.sub(rb"<Override [^>]*customXml[^>]*/>", b"", content)
    return content


def _write(paragraph: Paragraph, text: str) -> None:
    """Add ``text`` with its ``**strong**`` words as bold runs."""
    for position, part in enumerate(_STRONG.split(text)):
        run = paragraph.add_run(part) if part else None
        if run is not None and position % 2:
            run.bold = True


def _properties(document: Document, facts: dict[str, str]) -> None:
    core = document.core_properties
    core.title = facts["title"]
    core.author = core.last_modified_by = core.subject = ""  # a scrubbed file, as a careful sender's is
    core.created = core.modified = core.last_printed = _FIXED
    core.comments = core.keywords = core.category = ""
    core.language, core.revision = "en-GB", 1


def _furniture(document: Document, facts: dict[str, str]) -> None:
    """Header with the title, footer with the reference and the page numbers; the cover carries neither."""
    section = document.sections[0]
    section.different_first_page_header_footer = facts.get("cover") != "no"
    width = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    for paragraph, border in (
        (section.header.paragraphs[0], "bottom"),
        (section.footer.paragraphs[0], "top"),
    ):
        paragraph.paragraph_format.tab_stops.clear_all()
        for old in paragraph.style.element.iter(qn("w:tabs")) if paragraph.style is not None else ():
            old.getparent().remove(old)
            break
        paragraph.paragraph_format.tab_stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT)
        line = f'<w:{border} w:val="single" w:sz="4" w:space="6" w:color="B0B0B0"/>'
        paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"))
        _ordered(paragraph)
    section.header.paragraphs[0].add_run(f"{facts['title']}\tConfidential")
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{facts['reference']}\tPage ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")


def _ordered(paragraph: Paragraph) -> None:
    """Put the border before the tabs, as the schema of a paragraph's properties asks."""
    properties = paragraph._p.get_or_add_pPr()
    tabs, border = properties.find(qn("w:tabs")), properties.find(qn("w:pBdr"))
    if tabs is not None and border is not None:
        tabs.addprevious(border)


def _field(paragraph: Paragraph, code: str) -> None:
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _cover(document: Document, facts: dict[str, str]) -> None:
    document.add_paragraph(facts["title"], style="Cover Title")
    if "subtitle" in facts:
        document.add_paragraph(facts["subtitle"], style="Cover Line")
    names, roles = facts["between"].split(" | "), facts["as"].split(" | ")
    for position, (name, role) in enumerate(zip(names, roles, strict=True)):
        line = document.add_paragraph(style="Cover Line")
        line.paragraph_format.space_before = Pt(90 if position == 0 else 10)
        line.add_run(name).bold = True
        line.add_run(f", {role}")
    last = document.add_paragraph(f"Reference {facts['reference']}", style="Cover Line")
    last.paragraph_format.space_before = Pt(60)
    last.paragraph_format.keep_with_next = False
    last.add_run().add_break(WD_BREAK.PAGE)


def _title(document: Document, facts: dict[str, str]) -> None:
    title = document.add_paragraph(facts["title"], style="Cover Title")
    title.paragraph_format.space_before = Pt(0)
    document.add_paragraph(facts["subtitle"], style="Cover Line")


def _table(document: Document, block: Table, house: House) -> None:
    table = document.add_table(rows=len(block.rows), cols=len(block.widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _borders(table, "single", "B8BDBF")
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    for grid, share in zip(table.columns, block.widths, strict=True):
        grid.width = Emu(width * share // 100)
    amounts = {
        column
        for column, cells in enumerate(zip(*block.rows[1:], strict=True))
        if any(map(_AMOUNT.fullmatch, cells))
    }
    for position, row in enumerate(block.rows):
        cells = table.rows[position].cells
        _keep_row(table, position)
        for column, (cell, text, share) in enumerate(zip(cells, row, block.widths, strict=True)):
            cell.width = Emu(width * share // 100)
            cell.paragraphs[0].style = document.styles["Table Head" if position == 0 else "Table Cell"]
            _write(cell.paragraphs[0], text)
            if column in amounts:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if position < len(block.rows) - 1 and len(block.rows) <= 8:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
            if position == 0:
                _shade(cell, house.shade)
    document.add_paragraph(style="Table Cell").paragraph_format.space_after = Pt(2)


def _borders(table: WordTable, line: str, colour: str) -> None:
    sides = "".join(
        f'<w:{side} w:val="{line}" w:sz="4" w:space="0" w:color="{colour}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    if layout is not None:
        layout.addprevious(borders)
    else:
        properties.append(borders)


def _keep_row(table: WordTable, position: int) -> None:
    properties = table.rows[position]._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    if position == 0:
        properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _shade(cell: _Cell, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    )


def _signatures(document: Document, block: Signatures) -> None:
    intro = document.add_paragraph(
        "The parties have signed this document on the dates written below.", style="Body Text"
    )
    intro.paragraph_format.space_before = Pt(16)
    intro.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.names))
    _keep_row_together = table.rows[0]._tr.get_or_add_trPr()
    _keep_row_together.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    for cell, name in zip(table.rows[0].cells, block.names, strict=True):
        first = cell.paragraphs[0]
        first.style = document.styles["Table Cell"]
        _write(first, f"Signed for **{name}** by")
        for label in ("Signature", "Name", "Title", "Date"):
            line = cell.add_paragraph(style="Table Cell")
            line.paragraph_format.space_before = Pt(22 if label == "Signature" else 8)
            line.paragraph_format.tab_stops.add_tab_stop(Pt(60))
            line.add_run(f"{label}:\t____________________")
