"""When two pieces of XML mean the same: signatures without what editors strew about.

Left out: revision-save ids, paragraph ids, proofing language, drawing object numbers. On/off values, and the
order of properties, do not matter. Relationship ids stand for their targets.
"""

import hashlib
from collections.abc import Callable

from redline.names import (
    FALLBACK,
    PROPERTY_CHANGES,
    RPR,
    SECTPR,
    TXBX,
    VAL,
    WRAPPERS,
    Element,
    R,
    w,
)
from redline.package import Package

Signature = tuple[object, ...]
Target = Callable[[str], str]

_NOISE_RPR = frozenset({w("lang"), w("noProof"), w("webHidden"), *PROPERTY_CHANGES, *WRAPPERS})
_NOISE_PPR = frozenset({RPR, SECTPR, *PROPERTY_CHANGES})
_ON_OFF = frozenset(
    map(
        w,
        (
            *(
                "b",
                "bCs",
                "i",
                "iCs",
                "caps",
                "smallCaps",
                "strike",
                "dstrike",
                "vanish",
                "outline",
                "shadow",
            ),
            *("emboss", "imprint", "keepNext", "keepLines", "pageBreakBefore", "rtl", "widowControl"),
            *("contextualSpacing", "suppressLineNumbers"),
        ),
    )
)
_REFERENCES = frozenset({w("headerReference"), w("footerReference")})


def run_signature(rpr: Element | None) -> Signature:
    """What a run looks like."""
    return _properties(rpr, _NOISE_RPR)


def paragraph_signature(ppr: Element | None) -> Signature:
    """What a paragraph looks like: its properties without mark formatting and section."""
    return _properties(ppr, _NOISE_PPR)


def section_signature(section: Element | None) -> Signature:
    """Page setup of a section without its headers and footers."""
    return _properties(section, _REFERENCES | PROPERTY_CHANGES)


def frame_signature(properties: Element | None) -> Signature:
    """Table, row or cell properties."""
    return _properties(properties, PROPERTY_CHANGES)


def _properties(element: Element | None, skip: frozenset[str]) -> Signature:
    if element is None:
        return ()
    children = [c for c in element if isinstance(c.tag, str) and c.tag not in skip]
    return tuple(sorted((_simple(c) for c in children), key=repr))


def _simple(element: Element) -> Signature:
    if element.tag in _ON_OFF:
        off = (element.get(VAL) or "1").lower() in ("0", "false", "off")
        return (element.tag, not off)
    attributes = tuple(sorted((str(k), str(v)) for k, v in element.attrib.items() if "rsid" not in str(k)))
    return (element.tag, attributes, tuple(_simple(c) for c in element if isinstance(c.tag, str)))


_OBJECT_NOISE = frozenset({"id", "name", "spid", "o:spid", "anchorId", "editId", "relativeHeight", "gfxdata"})


def object_signature(element: Element, target: Target) -> Signature:
    """What an object (drawing, formula, symbol ...) is; the text of text boxes in it is left out."""
    attributes = []
    for key, text in element.attrib.items():
        name = str(key).rsplit("}", 1)[-1]
        if "rsid" in name or (name in _OBJECT_NOISE and not str(key).startswith(f"{{{R}}}")):
            continue
        attributes.append((str(key), target(str(text)) if str(key).startswith(f"{{{R}}}") else str(text)))
    inner: tuple[Signature, ...] = ()
    if element.tag != TXBX:
        inner = tuple(
            object_signature(c, target)
            for c in element
            if isinstance(c.tag, str) and c.tag not in (FALLBACK, *_BUSY)
        )
    return (element.tag, tuple(sorted(attributes)), element.text or "", inner)


_BUSY = frozenset(
    {
        w("proofErr"),
        w("lastRenderedPageBreak"),
        "{http://schemas.openxmlformats.org/drawingml/2006/main}extLst",
    }
)


def targets(package: Package, part: str) -> Target:
    """Relationship id -> what it points to: an address, or the content of the part."""
    known: dict[str, str] = {}

    def look(rel_id: str) -> str:
        if rel_id not in known:
            rel = package.rels(part).get(rel_id)
            if rel is None:
                known[rel_id] = f"?{rel_id}"
            elif rel.external or rel.target not in package.parts:
                known[rel_id] = rel.target
            else:
                known[rel_id] = hashlib.sha256(package.parts[rel.target]).hexdigest()
        return known[rel_id]

    return look
