"""Names of the file format: namespaces, element names, small sets of them.

Only the modules that read or write XML use these; everything else in the project speaks English.
Source of the names: ECMA-376 part 1 (WordprocessingML) and Microsoft's [MS-DOCX] extensions.
"""

from typing import Final

from lxml import etree

Element = etree._Element

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
XML: Final = "http://www.w3.org/XML/1998/namespace"

# ISO/IEC 29500 Strict spells three of the namespaces differently; inside the engine all is Transitional.
STRICT: Final = (
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", W),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", R),
    ("http://purl.oclc.org/ooxml/officeDocument/math", M),
)


for _prefix, _uri in (("w", W), ("w14", W14), ("w15", W15), ("r", R)):
    etree.register_namespace(_prefix, _uri)  # elements made by the engine carry the prefixes people expect


def w(name: str) -> str:
    """The expanded name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


P, R_RUN, TBL, TR, TC, SDT = w("p"), w("r"), w("tbl"), w("tr"), w("tc"), w("sdt")
SDT_CONTENT, SDT_PR, BODY = w("sdtContent"), w("sdtPr"), w("body")
PPR, RPR, TBLPR, TRPR, TCPR, SECTPR, NUMPR = (
    w("pPr"),
    w("rPr"),
    w("tblPr"),
    w("trPr"),
    w("tcPr"),
    w("sectPr"),
    w("numPr"),
)
T, DEL_TEXT, INSTR, DEL_INSTR = w("t"), w("delText"), w("instrText"), w("delInstrText")
FLDCHAR, FLDSIMPLE, HYPERLINK, SMARTTAG = w("fldChar"), w("fldSimple"), w("hyperlink"), w("smartTag")
CUSTOM_XML = w("customXml")
TXBX = w("txbxContent")
INS, DEL, MOVE_FROM, MOVE_TO = w("ins"), w("del"), w("moveFrom"), w("moveTo")
CELL_INS, CELL_DEL, CELL_MERGE = w("cellIns"), w("cellDel"), w("cellMerge")
FOOTNOTE_REF, ENDNOTE_REF = w("footnoteReference"), w("endnoteReference")
BOOKMARK_START, BOOKMARK_END = w("bookmarkStart"), w("bookmarkEnd")
COMMENT_START, COMMENT_END = w("commentRangeStart"), w("commentRangeEnd")
COMMENT_REF = w("commentReference")
M_RUN, M_TEXT, M_CTRLPR = f"{{{M}}}r", f"{{{M}}}t", f"{{{M}}}ctrlPr"
ALTERNATE, CHOICE, FALLBACK = f"{{{MC}}}AlternateContent", f"{{{MC}}}Choice", f"{{{MC}}}Fallback"
VAL, ID, AUTHOR, DATE, NAME = w("val"), w("id"), w("author"), w("date"), w("name")
R_ID = f"{{{R}}}id"
PARA_ID, TEXT_ID = f"{{{W14}}}paraId", f"{{{W14}}}textId"
SPACE = f"{{{XML}}}space"

WRAPPERS = (INS, DEL, MOVE_FROM, MOVE_TO)
STATE_OF = {INS: "inserted", DEL: "deleted", MOVE_FROM: "moved_from", MOVE_TO: "moved_to"}
PROPERTY_CHANGES = frozenset(
    w(name)
    for name in (
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblGridChange",
        "trPrChange",
        "tcPrChange",
        "tblPrExChange",
        "numberingChange",
    )
)
RANGE_MARKS = frozenset(
    w(f"{kind}Range{end}")
    for kind in (
        "moveFrom",
        "moveTo",
        "customXmlIns",
        "customXmlDel",
        "customXmlMoveFrom",
        "customXmlMoveTo",
    )
    for end in ("Start", "End")
)
# nodes that carry no content of their own and may stand between or inside blocks
INERT = RANGE_MARKS | {
    w(name)
    for name in (
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "commentRangeStart",
        "commentRangeEnd",
        "permStart",
        "permEnd",
    )
}
# a revision element below one of these is a flag (about a mark, a row, a number), not a wrapper of content
FLAG_PARENTS = frozenset({RPR, TRPR, NUMPR, w("ctrlPr"), M_CTRLPR})


def is_on(element: Element | None) -> bool:
    """Whether an on/off property is present and not switched off (ECMA-376 part 1, 17.17.4)."""
    return element is not None and (element.get(VAL) or "1").lower() not in ("0", "false", "off", "none")


def value(parent: Element | None, name: str) -> str | None:
    """The w:val of a child element, or None when the child is missing."""
    child = parent.find(w(name)) if parent is not None else None
    return child.get(VAL) if child is not None else None
