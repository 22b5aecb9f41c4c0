"""Edits written into a document as tracked changes, all in one pass and in any order.

1. every edit is checked against the blocks of these bytes (address, range, operation) before anything is
   written;
2. per block, edits of its text are made from its end to its start, so that offsets stay true: only the words
   that differ inside a replaced span are marked;
3. then come edits of whole blocks, list levels, joins, moves, rows and new paragraphs, in document order;
4. the result is settled both ways and compared with what was asked and what was (apply_confirm.py); when it
   is wrong, reworded paragraphs are replaced whole, and the report says so. What cannot be done safely is
   refused with a code, and then nothing is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from redline.apply_blocks import BlockEdits
from redline.apply_check import BLOCK_OPS, TEXT_OPS, Edit, check_edits
from redline.apply_confirm import Expected, expect, wrong
from redline.apply_text import TextEdits
from redline.errors import Refused
from redline.names import BODY, Element
from redline.package import Package
from redline.reader import Reading, read_package
from redline.splice import Original
from redline.writer import Writer


@dataclass(frozen=True)
class Applied:
    """The edited document and a report: {"edits": [{"op", "block"}], "revisions": n, "fallback": whether
    whole paragraphs had to be replaced}.
    """

    docx: bytes
    report: dict[str, Any]


@dataclass
class Work:
    """What the two kinds of edit share while they write."""

    reading: Reading
    writer: Writer
    package: Package
    comments: bool
    whole: bool = False  # replace changed paragraphs whole, since marking words failed the check
    touched: set[Element] = field(default_factory=set)

    def take(self, edit: Edit) -> Element:
        """The paragraph of an edit; from now on the edit's author writes."""
        self.writer.author, self.writer.date = edit.author, edit.date
        return self.touch(self.reading.elements[edit.block])

    def touch(self, paragraph: Element) -> Element:
        """Note that a paragraph is changed."""
        self.touched.add(paragraph)
        return paragraph


def apply(
    data: bytes,
    edits: Sequence[Mapping[str, Any]],
    *,
    author: str = "Parley",
    date: str | None = None,
    comments: bool = False,
) -> Applied:
    """Write edits as tracked changes; ``comments`` adds each edit's reason as a comment.

    An edit's own author and date win. Raises Refused with the reason when an edit is unclear or unsafe.
    """
    failed = ""
    for whole in (False, True):
        written = _attempt(data, edits, author, date, comments, whole)
        failed = wrong(written.docx, written.expected, written.ours)
        if not failed:
            return Applied(written.docx, {**written.report, "fallback": whole})
    raise Refused("self-check", _FAILED[failed])


_FAILED = {
    "accepted": "The edits could not be written so that accepting them gives the text that was asked for.",
    "rejected": "The edits could not be written so that rejecting them gives the text back.",
}


@dataclass(frozen=True)
class _Written:
    docx: bytes
    report: dict[str, Any]
    expected: list[Expected]
    ours: frozenset[str]  # ids of the revisions written


def _attempt(
    data: bytes,
    edits: Sequence[Mapping[str, Any]],
    author: str,
    date: str | None,
    comments: bool,
    whole: bool,
) -> _Written:
    """The edited document, not yet confirmed; the trees are let go on return."""
    package = Package(data)
    reading = read_package(package)
    checked = check_edits(edits, reading, author, date)
    expected = expect(reading, checked)
    writer = Writer.for_package(package, author, date)
    first_id = writer.next_id
    originals = _originals(package)
    work = Work(reading, writer, package, comments, whole)
    text_edits, block_edits = TextEdits(work), BlockEdits(work)
    by_block: dict[str, list[Edit]] = {}
    for edit in checked:
        by_block.setdefault(edit.block, []).append(edit)
    order = [block.id for block in reading.document.blocks if block.id in by_block]
    for block in order:
        text_edits.run([edit for edit in by_block[block] if edit.op in TEXT_OPS])
    for block in order:
        block_edits.run([edit for edit in by_block[block] if edit.op in BLOCK_OPS])
    _write(package, originals, work)
    ours = frozenset(map(str, range(first_id, writer.next_id))) - writer.theirs
    report = {
        "edits": [{"op": edit.op, "block": edit.block} for edit in checked],
        "revisions": writer.next_id - first_id,
    }
    return _Written(package.save(), report, expected, ours)


# -- writing and confirming
def _originals(package: Package) -> dict[str, Original]:
    out = {}
    for part in package.story_parts() if not package.strict else []:
        root = package.tree(part)
        body = root.find(BODY) if part == package.main else root
        out[part] = Original(package.parts[part], root, body if body is not None else root)
    return out


def _write(package: Package, originals: dict[str, Original], work: Work) -> None:
    by_part: dict[str, set[Element]] = {}
    names = {package.tree(name): name for name in package.story_parts()}
    for paragraph in work.touched:
        part = names.get(paragraph.getroottree().getroot())
        if part is not None:
            by_part.setdefault(part, set()).add(paragraph)
    for part, paragraphs in by_part.items():
        spliced = originals[part].write(paragraphs) if part in originals else None
        if spliced is None:
            package.touch(part)
        else:
            package.parts[part] = spliced
