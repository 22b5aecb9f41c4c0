"""What we sent: the demo contracts and public forms, with a footnote, a reference and a link added, a tracked
change of theirs, ours of every kind, and a comment.
"""

from collections.abc import Iterator
from functools import cache

from lxml import etree

import redline
from config.demo.contracts import build, catalogue
from redline.names import BODY, ID, Element, P, w
from redline.package import Package
from tests.shared import SHARED

US, THEM = "Northgate", "Harbour"
EARLIER, SENT_ON, LATER = "2026-09-01T09:00:00Z", "2026-10-01T09:00:00Z", "2026-11-12T10:30:00Z"
FORMS = (
    "common-paper-csa-click-through",
    "common-paper-data-processing-agreement",
    "common-paper-design-partner-agreement",
    "common-paper-independent-contractor-agreement",
    "common-paper-one-way-nda",
    "openagreements-employment-offer-letter",
    "openagreements-founder-ip-confidentiality-confirmation",
    "openagreements-restrictive-covenant-texas",
)
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def names() -> list[str]:
    """The contracts there are: eight of our own, and eight public forms where they lie beside the project."""
    forms = [f"form:{name}" for name in FORMS if (SHARED / "data" / "docx" / f"{name}.docx").exists()]
    return [f"demo:{contract.slug}" for contract in catalogue()] + forms


@cache
def sent(name: str) -> bytes:
    """The document we sent under this name."""
    source, _, slug = name.partition(":")
    data = build(slug) if source == "demo" else (SHARED / "data" / "docx" / f"{slug}.docx").read_bytes()
    data = furnished(data)
    return our_turn(their_turn(data))


# -- what no contract has of everything
def run(text: str, tag: str = "t") -> Element:
    """A run of plain text."""
    made = etree.Element(w("r"))
    node = etree.SubElement(made, w(tag))
    node.text = text
    node.set(_SPACE, "preserve")
    return made


def field(instruction: str, shown: str) -> list[Element]:
    """The runs of a field."""
    marks = []
    for kind in ("begin", "separate", "end"):
        mark = etree.Element(w("r"))
        etree.SubElement(mark, w("fldChar")).set(w("fldCharType"), kind)
        marks.append(mark)
    return [marks[0], run(f" {instruction} ", "instrText"), marks[1], run(shown), marks[2]]


def furnished(data: bytes) -> bytes:
    """The document with three more paragraphs: with a footnote, a reference, a link."""
    package = Package(data)
    root = package.tree(package.main)
    body = root.find(BODY)
    assert body is not None
    section = body[-1]
    for content in (_noted(package), _referring(), _linking(package)):
        paragraph = etree.Element(P)
        paragraph.extend(content)
        section.addprevious(paragraph)
    package.touch(package.main)
    return package.save()


def _noted(package: Package) -> list[Element]:
    part = package.related("footnotes")
    if part is None:
        space = P.rpartition("}")[0][1:]
        empty = f'<w:footnotes xmlns:w="{space}"/>'.encode()
        part = package.add_part("word/footnotes.xml", empty, _NOTES_TYPE)
        package.relate(package.main, _NOTES, part)
    root = package.tree(part)
    number = str(1 + max([1, *(int(note.get(ID) or 0) for note in root)]))
    note = etree.SubElement(root, w("footnote"))
    note.set(ID, number)
    etree.SubElement(note, P).append(run("Claims are reported within thirty days of becoming known."))
    package.touch(part)
    mark = etree.Element(w("r"))
    etree.SubElement(mark, w("footnoteReference")).set(ID, number)
    return [run("Each party reports claims to the other without delay."), mark]


def _referring() -> list[Element]:
    before, after = run("The procedure of Section "), run(" applies to every notice under this contract.")
    return [before, *field("REF _Ref990 \\r \\h", "8"), after]


def _linking(package: Package) -> list[Element]:
    link = etree.Element(w("hyperlink"))
    number = package.relate(package.main, LINK, "https://example.org/policy", external=True)
    link.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", number)
    link.append(run("security policy"))
    return [run("The supplier keeps to its "), link, run(" at all times.")]


# -- what was pending when we sent it
def plain_blocks(data: bytes) -> Iterator[redline.Block]:
    """Paragraphs of the body with some words, and nothing pending in them."""
    for block in redline.read(data).blocks:
        pending = any(piece.state != "same" for piece in block.pieces)
        plain = block.part == "body" and block.kind in ("paragraph", "cell") and not pending
        if plain and len(block.text.split()) > 7 and "\t" not in block.text and "{" not in block.text[:40]:
            yield block


def their_turn(data: bytes) -> bytes:
    """One word of theirs, so that the document we send holds changes by two people."""
    block = next(plain_blocks(data))
    start = block.text.index(" ") + 1
    edit = {"block": block.id, "start": start, "end": block.text.index(" ", start), "text": "hereby"}
    return redline.apply(data, [edit], author=THEM, date=EARLIER).docx


def our_turn(data: bytes) -> bytes:
    """One change of each kind, with a comment."""
    blocks = [block for block in plain_blocks(data) if block.table is None][:-3]
    word, insertion, clause, look, gone, move = (blocks[at * len(blocks) // 6] for at in range(6))
    last = word.text.rstrip(".").rindex(" ") + 1
    edits = [
        {"block": word.id, "start": last, "end": len(word.text), "text": "reasonable efforts."},
        {"block": insertion.id, "start": len(insertion.text), "end": len(insertion.text)}
        | {"text": " Our auditors may attend.", "reason": "Our standard."},
        {"op": "insert_after", "block": clause.id, "text": "The supplier keeps records for seven years."},
        {"op": "format", "block": look.id, "start": 0, "end": look.text.index(" "), "bold": True},
        {"op": "delete_block", "block": gone.id},
        {"op": "move_after", "block": move.id, "after": blocks[0].id},
    ]
    table = next((block for block in redline.read(data).blocks if block.table and len(block.text) > 3), None)
    if table is not None:
        edits.append({"op": "row_insert_after", "block": table.id, "cells": ["Audit every year"]})
    for left_out in (
        [],
        ["move_after"],
        ["move_after", "delete_block"],
    ):  # fields and notes stay where they are
        try:
            kept = [edit for edit in edits if edit.get("op") not in left_out]
            return redline.apply(data, kept, author=US, date=SENT_ON, comments=True).docx
        except redline.Refused:
            continue
    raise AssertionError("our turn cannot be written into this contract")
