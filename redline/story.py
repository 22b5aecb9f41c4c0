"""What comparing one part (body, a header, the notes) with its counterpart needs to know."""

from dataclasses import dataclass, field

from redline.flat import Interner
from redline.importer import Importer
from redline.names import BOOKMARK_START, ID, NAME, Element
from redline.signature import Target
from redline.writer import Writer


@dataclass
class Story:
    """Two parts that correspond, and what is learnt about them on the way."""

    importer: Importer
    writer: Writer
    interner: Interner
    old_part: str
    new_part: str
    old_target: Target
    new_target: Target
    granularity: str = "word"
    whole: bool = False  # the fall-back: a changed paragraph is replaced whole
    old_names: set[str] = field(default_factory=set)  # bookmark names
    new_names: set[str] = field(default_factory=set)
    old_bookmarks: dict[str, str] = field(default_factory=dict)  # id -> name
    new_bookmarks: dict[str, str] = field(default_factory=dict)
    note_pairs: list[tuple[str, str, str]] = field(default_factory=list)  # (kind, old id, new id)
    section_pairs: list[tuple[Element, Element]] = field(default_factory=list)


def bookmarks(root: Element) -> dict[str, str]:
    """Bookmark ids and names of a story."""
    return {b.get(ID) or "": b.get(NAME) or "" for b in root.iter(BOOKMARK_START)}
