"""Parley's document engine: read, compare, edit and settle Word documents with tracked changes.

Values in, values out: bytes of a .docx, a view of it, new bytes. No framework, database, clock or network.

A name is brought in when it is first used: a command that compares two files does not pay for the gate, the
scrubber and the search for silent edits.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redline.child import check_in_child
    from redline.comparing import Comparison, compare
    from redline.deciding import resolve
    from redline.difference import Difference
    from redline.document import Block, Comment, Document, Piece, View
    from redline.editing import Applied, apply
    from redline.errors import Refused
    from redline.gate import check
    from redline.listing import Change, changes
    from redline.notices import GateReport, Notice
    from redline.outgoing import scrub
    from redline.pairing import align
    from redline.silent import untracked
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

# where each name lives; no module bears the name of a function, or importing it would hide the function
_MODULES = {
    "child": ("check_in_child",),
    "comparing": ("Comparison", "compare"),
    "deciding": ("resolve",),
    "difference": ("Difference",),
    "document": ("Block", "Comment", "Document", "Piece", "View"),
    "editing": ("Applied", "apply"),
    "errors": ("Refused",),
    "gate": ("check",),
    "listing": ("Change", "changes"),
    "notices": ("GateReport", "Notice"),
    "outgoing": ("scrub",),
    "pairing": ("align",),
    "silent": ("untracked",),
    "worddiff": ("word_diff",),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


if not TYPE_CHECKING:  # a type checker reads the imports above, and finds a name that is not there

    def __getattr__(name: str) -> Any:
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = value
        return value


def read(data: bytes) -> "Document":
    """The document in these bytes. Raises Refused when it cannot be read."""
    from redline.package import Package
    from redline.reader import read_package

    return read_package(Package(data)).document


def text(data: bytes, *, view: "View" = "accepted", numbers: bool = False) -> str:
    """The plain text, one paragraph a line; ``numbers`` puts the list number first. Raises Refused."""
    return read(data).view(view, numbers=numbers)
