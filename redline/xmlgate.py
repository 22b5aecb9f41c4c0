"""Parses XML parts of an upload that nobody has vouched for.

Two passes. The first streams through expat and builds nothing: it refuses any DTD (so no entity of any kind
can exist), depth over 256 and more nodes than fit the memory limit, before a tree is built. The second is
lxml with entities, network and huge-tree off; a part the two parsers disagree about is refused. ECMA-376
part 2 (section 8.1.4) allows UTF-8 and UTF-16 and forbids DTDs, so nothing Word writes is lost.
"""

import re
from xml.parsers import expat

from lxml import etree

from redline.errors import Refused

MAX_DEPTH = 256
MAX_NODES = 1_000_000  # elements and attributes; about 700 pages, and 150 MB as a tree
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = {"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1"}


class Budget:
    """Nodes still allowed over all parts of one package."""

    def __init__(self, nodes: int = MAX_NODES) -> None:
        self.nodes = nodes


def looks_like_xml(content: bytes) -> bool:
    """True if a part begins like XML in UTF-8 or UTF-16, whatever its name says."""
    head = content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    return head.startswith((b"<?xml", b"<\x00?\x00x\x00"))


def parse(name: str, content: bytes, budget: Budget) -> etree._Element:
    """The root element of a part. Raises ``Refused`` for anything a contract never holds."""
    _check_encoding(content, name)
    _stream(name, content, budget)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _broken(name) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _dtd(name)
    return root


def _check_encoding(content: bytes, name: str) -> None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        return
    found = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    if found and found.group(1).decode("ascii").lower() not in _ENCODINGS:
        raise Refused(
            "xml_encoding", f"A part of the file ({name}) is in an unusual encoding: save it again in Word."
        )


def _stream(name: str, content: bytes, budget: Budget) -> None:
    depth = 0
    left = budget.nodes

    def start(_tag: str, attributes: list[str]) -> None:
        nonlocal depth, left
        depth += 1
        left -= 1 + len(attributes) // 2
        if depth > MAX_DEPTH:
            raise Refused(
                "xml_depth", "Tables or other parts are nested more than 256 deep, so it was not opened."
            )
        if left < 0:
            raise Refused("xml_size", "The document is larger than a contract can be, so it was not opened.")

    def finish(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise _dtd(name)

    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.EndElementHandler = finish
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise _broken(name) from None
    budget.nodes = left


def _dtd(name: str) -> Refused:
    return Refused(
        "xml_dtd",
        f"A part of the file ({name}) holds a document type definition, which Word never writes: not opened.",
    )


def _broken(name: str) -> Refused:
    return Refused(
        "xml_broken", f"A part of the file ({name}) is damaged: open it in Word and save it again."
    )
