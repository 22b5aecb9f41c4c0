"""Cleaning one XML part of an outgoing copy. Paragraphs without anything to clean are not touched."""

import re
from collections.abc import Iterable

from lxml import etree

from redline import names as n
from redline.names import Element, w
from redline.notices import Notice, notice
from redline.package import Package
from redline.scan_fields import CODE_OF, fields
from redline.settle import drop, unwrap

_R = f"{{{n.R}}}"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_DRAWN = (w("drawing"), w("pict"), w("object"))
_BINDINGS = (w("dataBinding"), f"{{{n.W15}}}dataBinding", w("placeholder"))
_HELP = (w("helpText"), w("statusText"), w("entryMacro"), w("exitMacro"))
_FROZEN = ("field_property", "field_outside", "field_dde", "field_macro", "mail_merge")
_ANCHOR_FIELD = re.compile(
    r"\b(?:REF|PAGEREF|NOTEREF|STYLEREF|HYPERLINK|SET|ASK|GOTOBUTTON|TOC|INDEX|=|IF)\b|^\s*=", re.I
)
_WORD = re.compile(r"[\w.]+")
_OWN_MARKS = re.compile(r"_(Toc|Ref|Hlk|Hlt|Num)\d+$|OLE_LINK\d+$")
_PATH = re.compile(r"[A-Za-z]:\\|\\\\|file:|/Users/|/home/|\bhttps?://", re.IGNORECASE)
_TAG = re.compile(rb"""<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_SESSION = re.compile(rb"""\s+w:rsid\w*\s*=\s*(?:"[^"]*"|'[^']*')""")
_KNOWN = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/",
    "urn:schemas-microsoft-com:",
    "http://www.w3.org/",
)
_SIMPLE = ("hyperlink", "fldSimple", "smartTag", "customXml")


def strip_session_marks(data: bytes) -> bytes:
    """The part without rsid attributes, which tell who wrote what in which sitting; all other bytes as they
    were.
    """
    if b":rsid" not in data:
        return data
    return _TAG.sub(
        lambda found: _SESSION.sub(b"", found.group()) if b":rsid" in found.group() else found.group(), data
    )


def clean_story(package: Package, part: str, removed: list[Notice]) -> bool:
    """Cleans the tree of a part in place; adds what was lost from the text; returns whether anything
    changed.
    """
    root = package.tree(part)
    known = set(package.rels(part))
    steps = (
        _drop_notes(root),
        _drop_foreign(root),
        _unbind(root),
        _drop_embedded_text(root, removed),
        _freeze_fields(root),
        _drop_objects(root, removed),
        _mend_references(root, known, removed),
        _drop_bookmarks(root),
        _blank_paths(root),
    )
    return any(steps)


def _all(root: Element, tags: Iterable[str]) -> list[Element]:
    return list(root.iter(*tags))


def _drop_notes(root: Element) -> bool:
    """XML comments and processing instructions: no reader needs them."""
    found = list(root.iter(etree.Comment, etree.ProcessingInstruction))
    for item in found:
        _drop_keeping_tail(item)
    # what stands before or behind the root is not written when the part is written anew
    outside = root.getnext() is not None or root.getprevious() is not None
    marks = _all(root, (w("rsid"),))
    for item in marks:
        drop(item)
    return bool(found or outside or marks)


def _drop_keeping_tail(item: Element) -> None:
    parent, tail = item.getparent(), item.tail
    if parent is None:
        return
    if tail:
        previous = item.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    item.tail = None
    parent.remove(item)


def _drop_foreign(root: Element) -> bool:
    """Attributes and elements of namespaces that are not the format's own; contract text inside them
    stays.
    """
    changed = False
    for item in list(root.iter(etree.Element)):
        for key in [
            key for key in item.attrib if str(key).startswith("{") and not str(key)[1:].startswith(_KNOWN)
        ]:
            del item.attrib[key]
            changed = True
        space = etree.QName(item).namespace or ""
        if item is not root and space and not space.startswith(_KNOWN):
            unwrap(item) if next(item.iter(n.P, n.R_RUN), None) is not None else drop(item)
            changed = True
    for item in _all(root, (w("smartTag"), w("customXml"))):
        for properties in item.findall(w("smartTagPr")) + item.findall(w("customXmlPr")):
            item.remove(properties)
        unwrap(item)
        changed = True
    return changed


def _unbind(root: Element) -> bool:
    """Controls keep what they show; a binding would bring back what the removed data part said."""
    found = _all(root, (*_BINDINGS, *_HELP))
    for item in found:
        drop(item)
    return bool(found)


def _drop_embedded_text(root: Element, removed: list[Notice]) -> bool:
    found = _all(root, (w("altChunk"), w("subDoc")))
    for item in found:
        code = "alt_chunk" if item.tag == w("altChunk") else "sub_document"
        removed.append(notice(code, detail="It is not in the outgoing copy."))
        drop(item)
    return bool(found)


def _freeze_fields(root: Element) -> bool:
    """Fields that print properties or reach outside become the text they show.

    Everything between a frozen field's begin and separate mark goes, nested fields included: their results
    would otherwise come to light as text.
    """
    frozen = {begin for begin, instruction in fields(root) if _code(instruction) in _FROZEN}
    if not frozen:
        return False
    for simple in [item for item in frozen if item.tag == n.FLDSIMPLE]:
        unwrap(simple)
    stack: list[tuple[bool, bool]] = []  # (frozen, still in the instruction)
    doomed: list[Element] = []
    for run in root.iter(n.R_RUN):
        for child in run:
            if child.tag == n.RPR:
                continue
            kind = child.get(w("fldCharType")) if child.tag == n.FLDCHAR else None
            if kind == "begin":
                stack.append((child in frozen, True))
            if any(cold and hidden for cold, hidden in stack) or (
                kind is not None and stack and stack[-1][0]
            ):
                doomed.append(child)
            if kind == "separate" and stack:
                stack[-1] = (stack[-1][0], False)
            elif kind == "end" and stack:
                stack.pop()
    for item in doomed:
        holder = item.getparent()
        drop(item)
        if holder is not None and all(child.tag == n.RPR for child in holder):
            drop(holder)
    return True


def _code(instruction: str) -> str | None:
    word = instruction.split(maxsplit=1)
    return CODE_OF.get(word[0].upper()) if word else None


def _drop_objects(root: Element, removed: list[Notice]) -> bool:
    """Embedded and linked objects and controls leave their picture behind."""
    found = _all(root, (_OLE, w("control"), w("objectEmbed"), w("objectLink")))
    for item in found:
        removed.append(
            notice("activex" if item.tag == w("control") else "embedded_object", detail="Its picture stays.")
        )
        holder = next(item.iterancestors(w("object")), None)
        drop(item)
        if holder is not None:
            holder.tag = w("pict")
            for name in list(holder.attrib):
                del holder.attrib[name]
    return bool(found)


def _mend_references(root: Element, known: set[str], removed: list[Notice]) -> bool:
    """References to relationships that did not come along."""
    changed = False
    for item in list(root.iter(etree.Element)):
        lost = [
            key
            for key, value in item.attrib.items()
            if str(key).startswith(_R) and value and value not in known
        ]
        if not lost or item.getparent() is None:
            continue
        changed = True
        if item.tag == n.HYPERLINK:
            for key in lost:
                del item.attrib[key]
            if item.get(w("anchor")) is None:
                unwrap(item)
        elif item.tag in (_BLIP, _IMAGE) and not _still_pictured(item, lost):
            removed.append(notice("linked_image", detail="It is not in the outgoing copy."))
            holder = next(item.iterancestors(*_DRAWN), item)
            drop(holder)
        elif item.tag in (_BLIP, _IMAGE):
            for key in lost:
                del item.attrib[key]
        else:
            drop(item)
    return changed


def _still_pictured(item: Element, lost: list[str | bytes]) -> bool:
    return any(item.get(f"{_R}{name}") and f"{_R}{name}" not in lost for name in ("embed", "id", "pict"))


def _drop_bookmarks(root: Element) -> bool:
    """Bookmarks nothing refers to, unless Word made their names itself; ``_GoBack`` tells where work
    stopped.
    """
    used = {item.get(w("anchor")) or "" for item in root.iter(n.HYPERLINK)}
    for _, instruction in fields(root):
        if _ANCHOR_FIELD.search(instruction):
            used.update(_WORD.findall(instruction))
    changed = False
    for start in _all(root, (n.BOOKMARK_START,)):
        name = start.get(n.NAME) or ""
        if name in used or (_OWN_MARKS.match(name)):
            continue
        for end in root.iter(n.BOOKMARK_END):
            if end.get(n.ID) == start.get(n.ID):
                drop(end)
                break
        drop(start)
        changed = True
    return changed


def _blank_paths(root: Element) -> bool:
    """Names and descriptions of pictures that are really file paths or addresses."""
    changed = False
    for item in root.iter("{*}docPr", "{*}cNvPr", "{urn:schemas-microsoft-com:vml}shape", _IMAGE):
        for key in ("descr", "title", "name", "alt", "src", "{urn:schemas-microsoft-com:office:office}title"):
            if _PATH.search(item.get(key) or ""):
                item.set(key, "")
                changed = True
    return changed
