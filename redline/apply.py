"""Edits written into a document as tracked changes, all in one pass and in any order.

1. every edit is checked against the blocks of these bytes (address, range, operation) before anything is
   written;
2. per block, edits of its text are made from its end to its start, so that offsets stay true: only the words
   that differ inside a replaced span are marked;
3. then come edits of whole blocks, list levels, joins, moves, rows and new paragraphs, in document order;
4. the result is checked: with our changes rejected it must read as before. What cannot be done safely is
   refused with a code, and then nothing is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from redline.apply_blocks import BlockEdits
from redline.apply_text import TextEdits
from redline.errors import Refused
from redline.names import BODY, ID, Element
from redline.package import Package
from redline.reader import Reading, read_package
from redline.resolve import settle_package
from redline.revisions import revisions
from redline.selfcheck import story_texts
from redline.settle import settle
from redline.splice import Original
from redline.writer import Writer

TEXT_OPS = frozenset({"replace", "format", "comment", "split"})
BLOCK_OPS = frozenset(
    {"delete_block", "insert_after", "move_after", "join", "set_level", "row_delete", "row_insert_after"}
)


@dataclass(frozen=True)
class Applied:
    """The edited document and a report: {"edits": [{"op", "block", "changed"}], "revisions": n}."""

    docx: bytes
    report: dict[str, Any]


@dataclass
class Edit:
    """One edit, checked: offsets in code points of the block's text in ``view``."""

    index: int
    op: str
    block: str
    start: int
    end: int
    text: str
    view: str
    author: str
    date: str | None
    reason: str
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Work:
    """What the two kinds of edit share while they write."""

    reading: Reading
    writer: Writer
    package: Package
    comments: bool
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
    package = Package(data)
    reading = read_package(package)
    checked = [_check(index, raw, reading, author, date) for index, raw in enumerate(edits)]
    _check_together(checked)
    writer = Writer.for_package(package, author, date)
    first_id = writer.next_id
    originals = _originals(package)
    work = Work(reading, writer, package, comments)
    text_edits, block_edits = TextEdits(work), BlockEdits(work)
    by_block: dict[str, list[Edit]] = {}
    for edit in checked:
        by_block.setdefault(edit.block, []).append(edit)
    order = {block.id: index for index, block in enumerate(reading.document.blocks)}
    for block in sorted(by_block, key=order.__getitem__):
        text_edits.run([edit for edit in by_block[block] if edit.op in TEXT_OPS])
    for block in sorted(by_block, key=order.__getitem__):
        block_edits.run([edit for edit in by_block[block] if edit.op in BLOCK_OPS])
    _write(package, originals, work)
    docx = package.save()
    ours = frozenset(map(str, range(first_id, writer.next_id))) - writer.theirs
    _confirm(data, docx, ours)
    count = writer.next_id - first_id
    return Applied(docx, {"edits": [{"op": e.op, "block": e.block} for e in checked], "revisions": count})


# -- checking what was asked
def _check(index: int, raw: Mapping[str, Any], reading: Reading, author: str, date: str | None) -> Edit:
    op = str(raw.get("op", "replace"))
    name = f"Edit {index + 1}"
    if op not in TEXT_OPS | BLOCK_OPS:
        raise Refused("unknown-op", f"{name}: {op!r} is not an operation.")
    block = raw.get("block")
    if not isinstance(block, str) or block not in reading.elements:
        raise Refused("no-such-block", f"{name}: there is no block {block!r} in this document.")
    view = str(raw.get("view", "accepted"))
    if view not in ("accepted", "original"):
        raise Refused("bad-view", f"{name}: the view must be accepted or original, not {view!r}.")
    found = reading.document.block(block)
    text = found.original if view == "original" else found.text
    start, end = raw.get("start", 0), raw.get("end")
    if op == "split" and "start" not in raw:
        start = raw.get("offset", raw.get("at", 0))
    end = (start if op == "split" else len(text)) if end is None else end
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end <= len(text):
        raise Refused(
            "bad-range", f"{name}: {start}–{end} is not a range of the block's {len(text)} characters."
        )
    wording = raw.get("text", "")
    if not isinstance(wording, str) or any(ord(c) < 32 and c not in "\t\v\n" for c in wording):
        raise Refused("bad-text", f"{name}: the text holds characters a document cannot hold.")
    if op == "replace" and "\n" in wording:
        raise Refused("new-paragraph", f"{name}: a replacement cannot hold paragraph ends.")
    quote = raw.get("quote")
    if quote is not None and text[start:end] != quote:
        raise Refused("text-changed", f"{name}: the block does not read {quote!r} there.")
    return Edit(
        index=index,
        op=op,
        block=block,
        start=start,
        end=end,
        text=wording,
        view=view,
        author=str(raw.get("author") or author),
        date=raw.get("date") or date,
        reason=str(raw.get("reason") or ""),
        raw=raw,
    )


def _check_together(edits: Sequence[Edit]) -> None:
    """Refuse edits that contradict each other."""
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    whole: dict[str, str] = {}
    for edit in edits:
        if edit.op in ("delete_block", "move_after", "row_delete"):
            if edit.block in whole:
                raise Refused("overlapping-edits", f"Two edits take away the block {edit.block}.")
            whole[edit.block] = edit.op
    for edit in edits:
        if edit.op not in TEXT_OPS or edit.op == "comment":
            continue
        if edit.block in whole:
            raise Refused("overlapping-edits", f"The block {edit.block} is both changed and taken away.")
        if edit.op == "replace":
            spans.setdefault((edit.block, edit.view), []).append((edit.start, edit.end))
    for (block, _), ranges in spans.items():
        ranges.sort()
        if any(b[0] < a[1] for a, b in pairwise(ranges)):
            raise Refused("overlapping-edits", f"Two edits change the same words of the block {block}.")


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
        chain = [paragraph, *paragraph.iterancestors()]
        part = names.get(chain[-1])
        if part is None:
            continue
        below = 2 if part == package.main else 1
        top = chain[-1 - below] if len(chain) > below else chain[0]
        by_part.setdefault(part, set()).add(top)
    for part, tops in by_part.items():
        spliced = originals[part].write(tops) if part in originals else None
        if spliced is None:
            package.touch(part)
        else:
            package.parts[part] = spliced


def _confirm(before: bytes, after: bytes, ours: frozenset[str]) -> None:
    """Rejecting what was just written must give the document back, in both views."""
    for accepted in (True, False):
        was, now = Package(before), Package(after)
        for part in now.story_parts():
            root = now.tree(part)
            mine = {revision: False for revision in revisions(root) if revision.get(ID) in ours}
            if mine:
                settle(root, mine.get)
        settle_package(was, everything=accepted)
        settle_package(now, everything=accepted)
        if story_texts(was) != story_texts(now):
            message = "The edits could not be written so that rejecting them gives the text back."
            raise Refused("self-check", message)
