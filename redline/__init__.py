"""Parley's document engine: read, compare, edit and settle Word documents with tracked changes.

Values in, values out: bytes of a .docx, a view of it, new bytes. No framework, database, clock or network.
"""

from redline.document import Block, Comment, Document, Piece, View
from redline.errors import Refused
from redline.package import Package
from redline.reader import read_package

__all__ = ["Block", "Comment", "Document", "Piece", "Refused", "read", "text"]


def read(data: bytes) -> Document:
    """The document in these bytes. Raises Refused when it cannot be read."""
    return read_package(Package(data)).document


def text(data: bytes, *, view: View = "accepted", numbers: bool = False) -> str:
    """The plain text, one paragraph a line; ``numbers`` puts the list number first. Raises Refused."""
    return read(data).view(view, numbers=numbers)
