"""Comparing a document that already carries tracked changes and keeps them.

The other side's insertions and deletions of text, their inserted and deleted paragraphs and their changes of
look stay theirs; ours are written beside and inside them (inside their insertion a deletion of ours nests, as
Word does). What cannot stay while the text round it is compared is accepted first and counted: moves, rows
and cells, joined paragraphs, content controls, formulas.
"""

from redline.marks import mark_flag, next_paragraph
from redline.names import (
    CELL_DEL,
    CELL_INS,
    CELL_MERGE,
    DEL,
    FLAG_PARENTS,
    INS,
    MOVE_FROM,
    PPR,
    RPR,
    SECTPR,
    TC,
    TCPR,
    TR,
    TRPR,
    Element,
    M,
    P,
    w,
)
from redline.package import Package
from redline.revisions import revisions
from redline.settle import settle

_LOOKS = (w("rPrChange"), w("pPrChange"))
_FRAME_FLAGS = frozenset({INS, DEL, CELL_INS, CELL_DEL, CELL_MERGE})
_HOLDS_BLOCKS = frozenset(
    map(w, ("body", "tc", "tbl", "tr", "hdr", "ftr", "footnote", "endnote", "txbxContent"))
)


def accept_what_cannot_stay(package: Package) -> int:
    """Accept the pending changes a comparison cannot keep, in place; returns how many."""
    accepted = 0
    for part in [*package.story_parts(), *package.related_all("comments")]:
        root = package.tree(part)
        comments = part not in package.story_parts()
        # again, because words of a joined paragraph may flow into one that was to go as a whole
        while decisions := {c: True for c in revisions(root) if comments or not _can_stay(c)}:
            settle(root, decisions.get)
            package.touch(part)
            accepted += len(decisions)
    return accepted


def pending(package: Package) -> int:
    """How many revision elements a package still holds."""
    return sum(1 for part in package.story_parts() for _ in revisions(package.tree(part)))


def insertion_round(element: Element) -> Element | None:
    """The pending insertion an element of the old document stands in directly, if any."""
    parent = element.getparent()
    return parent if parent is not None and parent.tag == INS else None


def is_gone(block: Element) -> bool:
    """Whether a block is a paragraph the other side struck: nothing to compare, it stays where it is."""
    return block.tag == P and mark_flag(block, (DEL, MOVE_FROM)) is not None


def _can_stay(change: Element) -> bool:
    parent = change.getparent()
    if parent is None:
        return False
    if _in_flagged_frame(change):
        return False
    if change.tag in _LOOKS:
        return True
    if change.tag not in (INS, DEL):
        return False
    if parent.tag not in FLAG_PARENTS:
        outer = [str(ancestor.tag) for ancestor in change.iterancestors()]
        return parent.tag not in _HOLDS_BLOCKS and not any(tag.startswith(f"{{{M}}}") for tag in outer)
    properties = parent.getparent()
    if parent.tag != RPR or properties is None or properties.tag != PPR:
        return False
    return change.tag == INS or _wholly_struck(properties.getparent())


def _in_flagged_frame(change: Element) -> bool:
    """Whether a change stands in a row or cell that came or went: what it holds is settled with it."""
    for frame in change.iterancestors(TR, TC):
        properties = frame.find(TRPR if frame.tag == TR else TCPR)
        if properties is not None and any(child.tag in _FRAME_FLAGS for child in properties):
            return True
    return False


def _wholly_struck(paragraph: Element | None) -> bool:
    """Whether a paragraph with a deleted mark goes as a whole, and its container can do without it."""
    if (
        paragraph is None
        or next_paragraph(paragraph) is None
        or next(paragraph.iter(SECTPR), None) is not None
    ):
        return False
    return all(child.tag in (PPR, DEL) for child in paragraph)
