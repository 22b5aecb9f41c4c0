"""Text that may change after it was read: fields, bound controls, two-version content, embedded text.

Field kinds and their meaning: ECMA-376 part 1, 17.16.5; data binding: 17.5.2.6; alternate content: part 3.
"""

import re
from collections.abc import Iterator

from lxml import etree

from redline import names as n
from redline.bundle import Bundle
from redline.names import Element, value, w
from redline.notices import Notice, notice
from redline.scan_walk import Paragraph

_KINDS: dict[str, tuple[str, ...]] = {
    "field_date": ("DATE", "TIME", "SAVEDATE", "PRINTDATE", "EDITTIME"),
    "field_condition": (
        *(
            "=",
            "IF",
            "COMPARE",
            "SKIPIF",
            "NEXTIF",
            "NEXT",
            "ASK",
            "FILLIN",
            "SET",
            "QUOTE",
            "AUTOTEXT",
            "GLOSSARY",
        ),
        *("AUTOTEXTLIST", "MERGEREC", "MERGESEQ", "ADVANCE", "PRINT"),
    ),
    "field_property": (
        *(
            "DOCPROPERTY",
            "DOCVARIABLE",
            "AUTHOR",
            "LASTSAVEDBY",
            "TITLE",
            "SUBJECT",
            "KEYWORDS",
            "COMMENTS",
            "INFO",
        ),
        *(
            "FILENAME",
            "FILESIZE",
            "TEMPLATE",
            "USERNAME",
            "USERINITIALS",
            "USERADDRESS",
            "CREATEDATE",
            "REVNUM",
        ),
    ),
    "field_outside": ("INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DATABASE", "IMPORT", "RD", "INCLUDE"),
    "field_dde": ("DDE", "DDEAUTO"),
    "field_macro": ("MACROBUTTON", "HTMLACTIVEX", "CONTROL", "HTMLCONTROL"),
    "mail_merge": ("MERGEFIELD", "ADDRESSBLOCK", "GREETINGLINE", "DATA"),
}
CODE_OF = {name: code for code, names in _KINDS.items() for name in names}
_FIRST = re.compile(r"\s*([A-Za-z]+|=)")
_HARMLESS_MACROS = re.compile(r"\s*MACROBUTTON\s+(nomacro|noname|donothing|\S*none)\b", re.IGNORECASE)
_LINK = re.compile(r'HYPERLINK\s+(?:"([^"]*)"|([^\\\s"]\S*))', re.IGNORECASE)
_SWITCH = re.compile(r'\\[lot]\s+(?:"[^"]*"|\S+)|\\[a-z](?=\s|$)', re.IGNORECASE)
_ITEM_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_STEP = re.compile(r"/(@?)(?:([\w.-]+):)?([\w.-]+)(?:\[(\d+)\])?")
# stores that Word keeps itself: core, extended and cover-page properties
_BUILT_IN = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "docProps/core.xml",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "docProps/app.xml",
}
_KNOWN_CHOICES = re.compile(
    r"^(wps|wpg|wpc|wpi|wp14|w14|w15|w16\w*|wne|v|o|c\d*|cx\d*|am3d|aink|a14|p14|dgm|pic|m)$"
)
_MARKUP = (
    "schemas.openxmlformats.org",
    "purl.oclc.org/ooxml",
    "schemas.microsoft.com",
    "urn:schemas-microsoft-com",
    "www.w3.org/XML",
)


def fields(root: Element) -> Iterator[tuple[Element, str]]:
    """(element where it begins, instruction) of every field; nested fields come as fields of their own."""
    stack: list[tuple[Element, list[str], list[bool]]] = []
    for element in root.iter(n.FLDCHAR, n.INSTR, n.DEL_INSTR, n.FLDSIMPLE):
        if element.tag == n.FLDSIMPLE:
            yield element, element.get(w("instr")) or ""
        elif element.tag == n.FLDCHAR:
            kind = element.get(w("fldCharType"))
            if kind == "begin":
                stack.append((element, [], [True]))
            elif kind == "separate" and stack:
                stack[-1][2][0] = False
            elif kind == "end" and stack:
                begin, words, _ = stack.pop()
                yield begin, "".join(words)
        elif stack and stack[-1][2][0]:
            stack[-1][1].append(element.text or "")
    for begin, words, _ in stack:  # a field that never ends still runs in Word
        yield begin, "".join(words)


def scan_fields(root: Element, addresses: dict[Element, str]) -> Iterator[Notice]:
    for begin, instruction in fields(root):
        found = _FIRST.match(instruction)
        name = found.group(1).upper() if found else ""
        code = CODE_OF.get(name)
        if name == "HYPERLINK":
            code = _link_code(instruction)
        elif name == "MACROBUTTON" and _HARMLESS_MACROS.match(instruction):
            code = None
        if code:
            yield notice(code, block=address(begin, addresses), quote=" ".join(instruction.split()))


def _link_code(instruction: str) -> str | None:
    found = _LINK.search(_SWITCH.sub("", instruction))
    return link_code(found.group(1) or found.group(2) or "") if found else None


def link_code(target: str) -> str | None:
    """The notice for a link's address, None for the ones that may leave the house: http(s), mailto, tel, a
    place here.
    """
    plain = re.sub(r"[\x00-\x20]", "", target).lower()
    if not plain or plain.startswith(("http://", "https://", "mailto:", "tel:", "#")):
        return None
    if plain.startswith(("javascript:", "vbscript:", "data:")):
        return "script_link"
    scheme = re.match(r"[a-z][a-z0-9+.-]*:", plain)
    if scheme or plain.startswith(("\\\\", "//", "/", "\\")):
        return "unsafe_link"
    return None if re.match(r"(www\.|[\w.-]+\.[a-z]{2,}(/|$))", plain) else "unsafe_link"


def address(element: Element, addresses: dict[Element, str]) -> str:
    """The address of the nearest paragraph around an element, "" when there is none."""
    if element in addresses:
        return addresses[element]
    return next((addresses[above] for above in element.iterancestors(n.P) if above in addresses), "")


def scan_alternates(root: Element, addresses: dict[Element, str]) -> Iterator[Notice]:
    for block in root.iter(n.ALTERNATE):
        if any(above.tag == n.FALLBACK for above in block.iterancestors()):
            continue
        texts = [_words(choice) for choice in block.iterchildren(n.CHOICE)]
        fallback = block.find(n.FALLBACK)
        other = _words(fallback) if fallback is not None else ""
        unknown = any(
            not _KNOWN_CHOICES.match(prefix)
            for choice in block.iterchildren(n.CHOICE)
            for prefix in (choice.get("Requires") or "").split()
        )
        differs = len(set(texts)) > 1 or (other and (not texts or other != texts[0]))
        if differs or (unknown and any(texts)):
            quote = " | ".join([*texts, other])
            yield notice("alternate_content", block=address(block, addresses), quote=quote)


def _words(element: Element) -> str:
    """Text without spacing, ignoring what nested fallbacks repeat."""
    found = []
    for item in element.iter(n.T):
        inner = [
            above
            for above in item.iterancestors(n.FALLBACK)
            if above is not element and element in above.iterancestors()
        ]
        if not inner:
            found.append(item.text or "")
    return "".join("".join(found).split())


def scan_unknown(root: Element, addresses: dict[Element, str]) -> Iterator[Notice]:
    """Text inside elements of a namespace no word processor knows."""
    seen: set[Element] = set()
    for paragraph in addresses:
        for above in paragraph.iterancestors():
            if above in seen:
                break
            seen.add(above)
            space = etree.QName(above).namespace or ""
            if not any(known in space for known in _MARKUP):
                yield notice("unknown_markup", block=addresses[paragraph], quote=_words(paragraph))


def scan_alt_chunks(
    root: Element, bundle: Bundle, part: str, paragraphs: list[Paragraph]
) -> Iterator[Notice]:
    for chunk in root.iter(w("altChunk")):
        target = next((item.part for item in bundle.from_source(part) if item.id == chunk.get(n.R_ID)), "")
        content = bundle.parts.get(target, b"")[:20_000].decode("utf-8", "replace")
        words = " ".join(re.sub(r"(?s)<(script|style)\b.*?</\1>|<[^>]*>", " ", content).split())
        before = [item for item in paragraphs if item.element in set(chunk.itersiblings(n.P, preceding=True))]
        yield notice(
            "alt_chunk", block=before[-1].address if before else "", quote=words if "<" in content else target
        )


def scan_bindings(root: Element, bundle: Bundle, addresses: dict[Element, str]) -> Iterator[Notice]:
    stores = _stores(bundle)
    for binding in root.iter(
        w("dataBinding"), "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding"
    ):
        properties = binding.getparent()
        control = properties.getparent() if properties is not None else None
        content = control.find(n.SDT_CONTENT) if control is not None else None
        if content is None or properties is None or n.is_on(properties.find(w("showingPlcHdr"))):
            continue
        if properties.find(w("docPartObj")) is not None or properties.find(w("picture")) is not None:
            continue
        stored = _bound_value(binding, stores)
        shown = _shown(content)
        if stored is not None and not _agree(stored, shown, properties):
            inner = next(content.iter(n.P), content)
            quote = f"shown «{shown[:60]}», stored «{stored[:60]}»"
            yield notice("data_binding", block=address(inner, addresses), quote=quote)


def _stores(bundle: Bundle) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for item in bundle.relationships:
        if item.kind == "customXmlProps" and item.part in bundle.trees and item.source in bundle.trees:
            found[(bundle.trees[item.part].get(_ITEM_ID) or "").upper()] = bundle.trees[item.source]
    for store, part in _BUILT_IN.items():
        if part in bundle.trees:
            found[store] = bundle.trees[part]
    return found


def _bound_value(binding: Element, stores: dict[str, Element]) -> str | None:
    """The stored value; None where Word would find none and keep what is shown.

    Only plain child steps are followed: Word writes nothing else, and an arbitrary XPath is a way to burn
    time.
    """
    store = stores.get((binding.get(w("storeItemID")) or "").upper())
    prefixes = dict(
        re.findall(r"xmlns:([\w.-]+)\s*=\s*['\"]([^'\"]*)['\"]", binding.get(w("prefixMappings")) or "")
    )
    path = binding.get(w("xpath")) or ""
    if store is None or _STEP.sub("", path):
        return None
    steps = _STEP.findall(path)
    here: Element | None = None
    for position, (attribute, prefix, name, number) in enumerate(steps):
        tag = f"{{{prefixes[prefix]}}}{name}" if prefix in prefixes else name
        if attribute:
            return here.get(tag) if here is not None and position == len(steps) - 1 else None
        if here is None:
            if position:
                return None
            here = store if store.tag == tag else None
        else:
            matches = list(here.iterchildren(tag))
            index = int(number or "1") - 1
            here = matches[index] if index < len(matches) else None
        if here is None:
            return None
    return None if here is None else "".join(str(text) for text in here.itertext())


def _shown(content: Element) -> str:
    lines = []
    for paragraph in content.iter(n.P) if content.find(f".//{n.P}") is not None else [content]:
        runs = [
            t.text or "" for t in paragraph.iter(n.T) if not any(True for _ in t.iterancestors(n.FALLBACK))
        ]
        lines.append("".join(runs))
    return "\n".join(lines)


def _agree(stored: str, shown: str, properties: Element) -> bool:
    if "".join(stored.split()) == "".join(shown.split()):
        return True
    date = properties.find(w("date"))
    if date is not None:
        day = (date.get(w("fullDate")) or "")[:10]
        year_and_day = day[:4] in shown and day[8:10].lstrip("0") in shown if day else True
        return (not stored.strip() or stored[:10] == day) and year_and_day
    for choices in properties.iter(w("comboBox"), w("dropDownList")):
        labels = {
            item.get(w("value")): item.get(w("displayText")) for item in choices.iterchildren(w("listItem"))
        }
        if stored in labels:
            return (labels[stored] or stored) == shown or stored == shown
    if properties.find("{http://schemas.microsoft.com/office/word/2010/wordml}checkbox") is not None:
        return True
    if value(properties, "text") is None and "<pkg:package" in stored:
        return True  # rich text stored as a whole flat package; Word keeps both in step
    return not stored.strip() and not shown.strip()
