"""Text that is in the file but not before the eye.

Rules were chosen so that ordinary contracts stay silent: blank runs, style separators, empty spacing
paragraphs, white text on dark rows and automatic colours are no findings.
"""

import re
from collections.abc import Iterator

from redline import names as n
from redline.looks import WHITE, Colour, Look, Looks, close
from redline.names import Element, w
from redline.notices import Notice, notice
from redline.scan_walk import Paragraph, Place

SMALLEST = 6  # half-points: 3 pt and below cannot be read
NARROWEST = 25  # percent
EDGE = 20_000  # twentieths of a point: 35 cm, wider than the paper contracts are printed on
_EMU_EDGE = EDGE * 635
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_V = "{urn:schemas-microsoft-com:vml}"
_VML_LENGTH = re.compile(r"(?:^|;)\s*(margin-left|margin-top|left|top)\s*:\s*(-?[\d.]+)\s*(pt|in|cm|mm|px|)")
_VML_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px|)")
_TWIPS = {"pt": 20.0, "in": 1440.0, "cm": 567.0, "mm": 56.7, "px": 15.0, "": 20.0}


def scan(paragraph: Paragraph, looks: Looks) -> Iterator[Notice]:
    """At most one notice of each kind for a paragraph, quoting all its affected text."""
    visible = [run for run in paragraph.runs if run.text.strip()]
    if not visible:
        return
    ppr = paragraph.element.find(n.PPR)
    found: dict[str, list[str]] = {}
    place = paragraph.place
    whole = _place_code(place, ppr, looks)
    paper = _paper(place, ppr, looks)
    lowest = _line_height(ppr, place, looks)
    for run in visible:
        look = looks.of(ppr, run.element.find(n.RPR))
        for code in [whole] if whole else _codes(look, paper, lowest):
            found.setdefault(code, []).append(run.text)
    for code, texts in found.items():
        yield notice(code, block=paragraph.address, quote="".join(texts))


def _codes(look: Look, paper: Colour | None, lowest: int | None) -> Iterator[str]:
    if look.hidden:
        yield "hidden_text"
    back = look.fill or paper
    if look.see_through or (look.colour is not None and back is not None and close(look.colour, back)):
        yield "invisible_colour"
    if look.size <= SMALLEST or look.scale <= NARROWEST or look.squeeze <= -4 * look.size:
        yield "tiny_text"
    if lowest is not None and lowest < 4 * look.size:
        yield "clipped_text"
    if abs(look.raised) > 20 * max(look.size, 20):
        yield "off_page"


def _place_code(place: Place, ppr: Element | None, looks: Looks) -> str | None:
    """The code that holds for everything in this place, if any."""
    if any(n.is_on(item) for row in place.rows for item in row.iterfind(f"{n.TRPR}/{w('hidden')}")):
        return "hidden_text"
    if any(looks.table_style(table)[0] for table in place.tables):
        return "hidden_text"
    if _is_off(ppr, looks) or any(_table_is_off(table) for table in place.tables):
        return "off_page"
    if any(_box_is_off(box) for box in place.boxes):
        return "off_page"
    return None


def _is_off(ppr: Element | None, looks: Looks) -> bool:
    indent = looks.styles.paragraph_property(ppr, "ind")
    if indent is not None:
        for name in ("left", "start", "right", "end", "firstLine"):
            if abs(_twips(indent.get(w(name)))) >= EDGE:
                return True
    frame = looks.styles.paragraph_property(ppr, "framePr")
    if frame is None:
        return False
    if any(abs(_twips(frame.get(w(name)))) >= EDGE for name in ("x", "y")):
        return True
    return frame.get(w("hRule")) == "exact" and 0 < _twips(frame.get(w("h"))) < 60


def _table_is_off(table: Element) -> bool:
    properties = table.find(n.TBLPR)
    if properties is None:
        return False
    floating = properties.find(w("tblpPr"))
    if floating is not None and any(abs(_twips(floating.get(w(k)))) >= EDGE for k in ("tblpX", "tblpY")):
        return True
    indent = properties.find(w("tblInd"))
    return indent is not None and abs(_twips(indent.get(w("w")))) >= EDGE


def _box_is_off(box: Element) -> bool:
    for offset in box.iter(f"{_WP}posOffset"):
        if abs(_number(offset.text)) >= _EMU_EDGE:
            return True
    extent = next(box.iter(f"{_WP}extent"), None)
    if extent is not None and min(_number(extent.get("cx")), _number(extent.get("cy"))) <= 12_700:
        return next(box.iter(f"{_A}spAutoFit"), None) is None
    if any(item.get("hidden") in ("1", "true") for item in box.iter(f"{_WP}docPr")):
        return True
    return any(
        _vml_is_off(shape.get("style") or "")
        for shape in box.iter(f"{_V}shape", f"{_V}rect", f"{_V}roundrect")
    )


def _vml_is_off(style: str) -> bool:
    plain = style.replace(" ", "").lower()
    if "visibility:hidden" in plain or "display:none" in plain:
        return True
    if any(abs(_number(size)) * _TWIPS[unit] >= EDGE for _, size, unit in _VML_LENGTH.findall(plain)):
        return True
    auto = "mso-fit-shape-to-text:t" in plain
    return not auto and any(_number(size) * _TWIPS[unit] < 20 for _, size, unit in _VML_SIZE.findall(plain))


def _line_height(ppr: Element | None, place: Place, looks: Looks) -> int | None:
    """The height, in twentieths of a point, to which lines or the row are cut; None when free."""
    heights = []
    spacing = looks.styles.paragraph_property(ppr, "spacing")
    if spacing is not None and spacing.get(w("lineRule")) == "exact" and spacing.get(w("line")):
        heights.append(_twips(spacing.get(w("line"))))
    for height in (item for row in place.rows for item in row.iterfind(f"{n.TRPR}/{w('trHeight')}")):
        if height.get(w("hRule")) == "exact":
            heights.append(_twips(height.get(n.VAL)))
    return min(heights) if heights else None


def _paper(place: Place, ppr: Element | None, looks: Looks) -> Colour | None:
    """The colour behind the paragraph; None where it cannot be known (then nothing is claimed)."""
    shade = looks.fill(looks.styles.paragraph_property(ppr, "shd"))
    if shade is not None:
        return shade
    for cell in reversed(place.cells):
        shade = looks.fill(cell.find(f"{n.TCPR}/{w('shd')}"))
        if shade is not None:
            return shade
    if any(looks.table_style(table)[1] for table in place.tables):
        return None
    for table in reversed(place.tables):
        shade = looks.fill(table.find(f"{n.TBLPR}/{w('shd')}"))
        if shade is not None:
            return shade
    return _box_paper(place.boxes[-1]) if place.boxes else WHITE


def _box_paper(box: Element) -> Colour | None:
    for shape in box.iter(f"{_V}shape", f"{_V}rect", f"{_V}roundrect"):
        if shape.get("filled") not in ("f", "false") and shape.get("fillcolor"):
            return None
    for properties in box.iter(f"{_WPS}spPr"):
        if properties.find(f"{_A}noFill") is not None:
            return WHITE
        if any(
            properties.find(f"{_A}{kind}") is not None
            for kind in ("solidFill", "gradFill", "pattFill", "blipFill")
        ):
            return None
    if any(_number(item.get("idx")) > 0 for item in box.iter(f"{_A}fillRef")):
        return None
    return WHITE


def _twips(text: str | None) -> int:
    """A measure in twentieths of a point; Strict documents may write units (ECMA-376 part 1, 22.9.2.15)."""
    for unit, factor in (("pt", 20.0), ("in", 1440.0), ("cm", 567.0), ("mm", 56.7)):
        if text and text.endswith(unit):
            return int(_number(text.removesuffix(unit)) * factor)
    return int(_number(text))


def _number(text: str | None) -> float:
    try:
        found = float(text or "0")
    except ValueError:
        return 0.0
    return found if abs(found) < 1e12 else 0.0
