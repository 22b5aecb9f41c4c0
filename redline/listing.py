"""Every tracked change and comment of a document, as people list them."""

from dataclasses import dataclass, replace

from redline.inline import TEXT_NODES
from redline.marks import enclosing
from redline.names import (
    AUTHOR,
    CELL_DEL,
    CELL_INS,
    CELL_MERGE,
    DATE,
    DEL,
    FALLBACK,
    FLAG_PARENTS,
    INS,
    MOVE_FROM,
    MOVE_TO,
    PPR,
    PROPERTY_CHANGES,
    TR,
    TRPR,
    Element,
    P,
)
from redline.package import Package
from redline.reader import Reading, part_label, read_package
from redline.revisions import change_ids

_KINDS = {INS: "insert", DEL: "delete", MOVE_FROM: "move", MOVE_TO: "move"}


@dataclass(frozen=True, slots=True)
class Change:
    """One tracked change or comment.

    ``kind``: insert, delete, move, format, paragraph-mark, row, cell, comment. ``text`` is what it inserts,
    deletes or moves; for a format change the text it touches; for a comment what it says. ``way`` tells for
    marks, rows and cells whether they are an "insert" or a "delete".
    """

    id: str
    kind: str
    author: str
    date: str
    block: str | None
    text: str
    way: str = ""


def changes(data: bytes) -> tuple[Change, ...]:
    """The tracked changes in document order, then the comments. Raises Refused."""
    return list_changes(read_package(Package(data)))


def list_changes(reading: Reading) -> tuple[Change, ...]:
    """The same for a document already read; a move appears once, at the place the text left."""
    out: dict[str, Change] = {}
    for part in reading.package.story_parts():
        root = reading.package.tree(part)
        for revision, address in change_ids(root, part_label(reading.package, part)).items():
            if enclosing(revision, FALLBACK) is not None:
                continue
            one = _change(revision, address, reading)
            before = out.get(address)
            if before is None or (before.kind == "move" and before.way == "insert" and one.way == "delete"):
                out[address] = one
            elif before.kind == one.kind == "move" and before.way == one.way:
                out[address] = replace(before, text=before.text + one.text)
    comments = [
        Change(f"comment:{c.id}", "comment", c.author, c.date, c.block, c.text)
        for c in reading.document.comments
    ]
    return (*out.values(), *comments)


def _change(revision: Element, address: str, reading: Reading) -> Change:
    kind, way, subject = _describe(revision)
    paragraph = subject if subject.tag == P else enclosing(subject, P)
    if paragraph is None:
        paragraph = next(subject.iter(P), None)
    return Change(
        id=address,
        kind=kind,
        author=revision.get(AUTHOR) or "",
        date=revision.get(DATE) or "",
        block=reading.addresses.get(paragraph) if paragraph is not None else None,
        text="" if kind in ("paragraph-mark", "move") and subject.tag == P else _text(subject),
        way=way,
    )


def _describe(revision: Element) -> tuple[str, str, Element]:
    """(kind, way, the element whose text the change is about)."""
    parent = revision.getparent()
    if parent is None:
        return "format", "", revision
    grandparent = parent.getparent()
    above = grandparent if grandparent is not None else parent
    way = "insert" if revision.tag in (INS, MOVE_TO, CELL_INS) else "delete"
    if revision.tag in PROPERTY_CHANGES:
        mark_or_paragraph = above.getparent() if above.tag == PPR else above
        return "format", "", mark_or_paragraph if mark_or_paragraph is not None else above
    if revision.tag in (CELL_INS, CELL_DEL, CELL_MERGE):
        return "cell", way, above
    if parent.tag == TRPR:
        return "row", way, next(revision.iterancestors(TR), above)
    if parent.tag in FLAG_PARENTS:
        owner = next(revision.iterancestors(P), above)
        kind = "paragraph-mark" if above.tag == PPR else "format"
        return ("move" if revision.tag in (MOVE_FROM, MOVE_TO) else kind), way, owner
    return _KINDS.get(str(revision.tag), "insert"), way, revision


def _text(element: Element) -> str:
    return "".join(node.text or "" for node in element.iter(*TEXT_NODES))
