"""Whether edits were written right: the document, settled both ways, against what was intended and what was.

With everything accepted it must read as intended; with ours rejected it must be what it was, word by word and
under the same pending changes.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from redline.apply_check import Edit
from redline.apply_intent import Intention, Lines, in_box
from redline.inline import FieldState, Leaf, leaves, paragraphs
from redline.marks import mark_look
from redline.names import ID, TR, TRPR, WRAPPERS, Element
from redline.package import Package
from redline.reader import Reading
from redline.revisions import revisions
from redline.settle import settle


@dataclass(frozen=True)
class Expected:
    """What one story must read as once everything is accepted (None: cannot be told), and what it was."""

    part: str
    lines: Lines | None
    boxes: Lines | None
    shape: list[object]


def expect(reading: Reading, edits: Sequence[Edit]) -> list[Expected]:
    """What the stories the edits name must become; to be asked before anything is written to them."""
    intention = Intention(reading, edits)
    labels = sorted({reading.document.block(edit.block).part for edit in edits})
    return [
        Expected(
            reading.parts[label],
            intention.lines(label, boxed=False),
            intention.lines(label, boxed=True),
            _shape(reading.package.tree(reading.parts[label])),
        )
        for label in labels
    ]


def wrong(docx: bytes, expected: Iterable[Expected], ours: frozenset[str]) -> str:
    """ "" when the written stories settle both ways as they must; else which way, "accepted" or "rejected".

    ``ours`` are the ids of the revisions just written.
    """
    package = Package(docx)
    for story in expected:
        root = package.tree(story.part)
        accepted = deepcopy(root)
        settle(accepted, lambda _: True)
        plain, boxed = _texts(accepted)
        if not _agree(story.lines, plain):
            return "accepted"
        if story.boxes is not None and not _agree(sorted(map(str, story.boxes)), sorted(boxed)):
            return "accepted"
        mine = {revision: False for revision in revisions(root) if revision.get(ID) in ours}
        settle(root, mine.get)
        if _shape(root) != story.shape:
            return "rejected"
    return ""


def _texts(root: Element) -> tuple[list[str], list[str]]:
    """The lines of a settled story, and those in text boxes."""
    fields, plain, boxed = FieldState(), list[str](), list[str]()
    for paragraph in paragraphs(root):
        text = "".join(leaf.text for leaf in leaves(paragraph, fields))
        (boxed if in_box(paragraph) else plain).append(text)
    return plain, boxed


def _agree(wanted: Sequence[str | None] | None, got: Sequence[str]) -> bool:
    """Whether the texts are equal line by line; at each None one empty line more may stand."""
    if wanted is None or list(wanted) == list(got):
        return True
    if [line for line in wanted if line] != [line for line in got if line]:
        return False
    least, most = _blanks([line for line in wanted if line is not None]), _blanks(wanted)
    return all(a <= b <= c for a, b, c in zip(least, _blanks(got), most, strict=True))


def _blanks(lines: Sequence[str | None]) -> list[int]:
    """How many empty lines stand before each line with text, and at the end."""
    out = [0]
    for line in lines:
        if line:
            out.append(0)
        else:
            out[-1] += 1
    return out


def _shape(root: Element) -> list[object]:
    """What a story is made of: words and objects with the changes they are under, marks, rows."""
    fields = FieldState()
    out: list[object] = []
    for paragraph in paragraphs(root):
        look = mark_look(paragraph)
        flags = [flag.tag for flag in look.iterchildren(*WRAPPERS)] if look is not None else []
        out.append((_words(leaves(paragraph, fields)), flags))
    for row in root.iter(TR):
        out.append([flag.tag for flag in row.iterfind(f"{TRPR}/*") if flag.tag in WRAPPERS])
    return out


def _words(found: list[Leaf]) -> list[list[str | bool]]:
    """Stretches of words, and objects, that are under the same changes."""
    if not any(leaf.wrappers for leaf in found):
        return [["".join(leaf.text or "\ufffc" for leaf in found), True, True]] if found else []
    out: list[list[str | bool]] = []
    for leaf in found:
        state = [leaf.in_accepted, leaf.in_original]
        text = leaf.text or "\ufffc"
        if out and out[-1][1:] == state:
            out[-1][0] = str(out[-1][0]) + text
        else:
            out.append([text, *state])
    return out
