"""Parley's document engine: read, compare, edit and settle Word documents with tracked changes.

Values in, values out: bytes of a .docx, a view of it, new bytes. No framework, database, clock or network.
"""

from redline.align import align
from redline.apply import Applied, apply
from redline.changes import Change, changes
from redline.child import check_in_child
from redline.compare import Comparison, compare
from redline.difference import Difference
from redline.document import Block, Comment, Document, Piece, View
from redline.errors import Refused
from redline.gate import check
from redline.notices import GateReport, Notice
from redline.package import Package
from redline.reader import read_package
from redline.resolve import resolve
from redline.scrub import scrub
from redline.untracked import untracked
from redline.worddiff import word_diff

__all__ = [
    "Applied",
    "Block",
    "Change",
    "Comment",
    "Comparison",
    "Difference",
    "Document",
    "GateReport",
    "Notice",
    "Piece",
    "Refused",
    "align",
    "apply",
    "changes",
    "check",
    "check_in_child",
    "compare",
    "read",
    "resolve",
    "scrub",
    "text",
    "untracked",
    "word_diff",
]


def read(data: bytes) -> Document:
    """The document in these bytes. Raises Refused when it cannot be read."""
    return read_package(Package(data)).document


def text(data: bytes, *, view: View = "accepted", numbers: bool = False) -> str:
    """The plain text, one paragraph a line; ``numbers`` puts the list number first. Raises Refused."""
    return read(data).view(view, numbers=numbers)
