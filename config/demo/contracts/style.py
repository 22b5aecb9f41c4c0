"""The look of the demo contracts: page, paragraph styles and the numbering that drives them.

Two houses, so that our paper and theirs are told apart at a glance: ``northgate`` (serif throughout, black)
and ``harbour`` (sans headings in a dark teal). Numbers come only from Word's multi-level lists, each level
tied to a style.
"""

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

BODY_FONT = "Times New Roman"


@dataclass(frozen=True)
class House:
    """One organisation's look; ``shade`` fills the header row of tables."""

    heading_font: str
    colour: str
    shade: str


HOUSES = {
    "northgate": House(heading_font="Times New Roman", colour="1A1A1A", shade="ECEAE4"),
    "harbour": House(heading_font="Arial", colour="12505B", shade="E3EEF0"),
}

# Style for each (kind, level) of a source line.
STYLES = {
    ("clause", 0): "Heading 1",
    ("clause", 1): "Clause Level 2",
    ("clause", 2): "Clause Level 3",
    ("clause", 3): "Clause Level 4",
    ("schedule", 0): "Schedule Heading",
    ("schedule", 1): "Schedule Level 1",
    ("schedule", 2): "Schedule Level 2",
    ("schedule", 3): "Schedule Level 3",
    ("heading", 0): "Unnumbered Heading",
    ("party", 0): "Party",
    ("recital", 0): "Recital",
    ("definition", 0): "Definition",
    ("body", 0): "Body Text",
}

# (number format, text, style, indent of the text, hanging indent) in twips, level by level.
Level = tuple[str, str, str, int, int]


def _lists(schedule_word: str) -> dict[int, tuple[Level, ...]]:
    return {
        1: (
            ("decimal", "%1.", "Heading 1", 720, 720),
            ("decimal", "%1.%2", "Clause Level 2", 720, 720),
            ("lowerLetter", "(%3)", "Clause Level 3", 1287, 567),
            ("lowerRoman", "(%4)", "Clause Level 4", 1854, 567),
        ),
        2: (
            ("decimal", f"{schedule_word} %1 –", "Schedule Heading", 0, 0),
            ("decimal", "%2.", "Schedule Level 1", 720, 720),
            ("decimal", "%2.%3", "Schedule Level 2", 720, 720),
            ("lowerLetter", "(%4)", "Schedule Level 3", 1287, 567),
        ),
        3: (("decimal", "(%1)", "Party", 720, 720),),
        4: (("upperLetter", "(%1)", "Recital", 720, 720),),
    }


def dress(document: Document, *, house: House, schedule_word: str) -> None:
    """Give an empty document its page, styles and numbering."""
    _page(document)
    _styles(document, house)
    _numbering(document, schedule_word)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(2.7), Cm(2.5)
    section.header_distance = section.footer_distance = Cm(1.25)


def _styles(document: Document, house: House) -> None:
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)  # noqa: S101 - python-docx types every style as the base
    _font(normal, BODY_FONT, 11)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.15
    normal.paragraph_format.widow_control = True
    _language(normal)
    for name in ("Clause Level 2", "Clause Level 3", "Clause Level 4", "Party", "Recital", "Definition"):
        _style(document, name).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for name in ("Schedule Level 2", "Schedule Level 3", "Body Text"):
        _style(document, name)
    _style(document, "Definition").paragraph_format.left_indent = Pt(36)
    for name, size, before in (
        ("Heading 1", 11.5, 14),
        ("Schedule Heading", 14, 0),
        ("Schedule Level 1", 11.5, 12),
        ("Unnumbered Heading", 11.5, 14),
        ("Cover Title", 22, 150),
        ("Cover Line", 12, 6),
    ):
        style = _style(document, name)
        _font(style, house.heading_font, size, colour=house.colour, bold=name != "Cover Line")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
        style.paragraph_format.keep_with_next = True
    _style(document, "Schedule Heading").paragraph_format.page_break_before = True
    _style(document, "Schedule Heading").paragraph_format.space_after = Pt(12)
    for name in ("Table Cell", "Table Head"):
        style = _style(document, name)
        _font(style, BODY_FONT, 10, bold=name == "Table Head")
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(3)
        style.paragraph_format.line_spacing = 1.0
    for name in ("Header", "Footer"):
        _font(_style(document, name), house.heading_font, 8.5, colour="5A5A5A")
        _style(document, name).paragraph_format.space_after = Pt(0)


def _style(document: Document, name: str) -> ParagraphStyle:
    if name in document.styles:
        style = document.styles[name]
    else:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - every name here is a paragraph style
    return style


def _font(style: ParagraphStyle, name: str, size: float, *, colour: str = "", bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = name, Pt(size), bold
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme font would win over the name beside it
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)


def _language(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB"/>'))


def _numbering(document: Document, schedule_word: str) -> None:
    """Replace the template's lists by ours and tie each level to its style."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    lists = _lists(schedule_word)
    for number, levels in lists.items():
        inner = "".join(_level(document, number, depth, level) for depth, level in enumerate(levels))
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
                f'<w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
            )
        )
    for number in lists:
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )


def _level(document: Document, number: int, depth: int, level: Level) -> str:
    form, text, style_name, left, hanging = level
    style = document.styles[style_name]
    properties = style.element.get_or_add_pPr()
    num = properties.get_or_add_numPr()
    num.get_or_add_numId().val = number
    if depth:
        num.get_or_add_ilvl().val = depth
    spaced = '<w:suff w:val="space"/>' if style_name == "Schedule Heading" else ""
    if style_name in ("Heading 1", "Schedule Heading", "Schedule Level 1"):
        outline = 1 if style_name == "Schedule Level 1" else 0
        for old in properties.findall(qn("w:outlineLvl")):
            properties.remove(old)
        properties.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{outline}"/>'))
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="{style.style_id}"/>{spaced}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )
