"""Whether edits were written right: the document, settled both ways, against what was intended and what was.

With everything accepted it must read as intended; with ours rejected it must be what it was, word by word and
under the same pending changes.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy

from redline.apply_intent import Intention, in_box
from redline.inline import FieldState, leaves, paragraphs
from redline.marks import mark_flag
from redline.names import ID, TR, TRPR, WRAPPERS, Element
from redline.package import Package
from redline.reader import Reading
from redline.revisions import revisions
from redline.settle import settle


def wrong(
    intention: Intention,
    reading: Reading,
    before: bytes,
    after: bytes,
    parts: Iterable[str],
    ours: frozenset[str],
) -> str:
    """ "" when the written parts settle both ways as they must, else which way they do not."""
    was, now = Package(before), Package(after)
    labels = {part: label for label, part in reading.parts.items()}
    for part in parts:
        root = now.tree(part)
        accepted = deepcopy(root)
        settle(accepted, lambda _: True)
        plain, boxed = _texts(accepted)
        if not _agree(intention.lines(labels[part], boxed=False), plain):
            return "accepted"
        boxes = intention.lines(labels[part], boxed=True)
        if boxes is not None and not _agree(sorted(map(str, boxes)), sorted(boxed)):
            return "accepted"
        mine = {revision: False for revision in revisions(root) if revision.get(ID) in ours}
        settle(root, mine.get)
        if _shape(root) != _shape(was.tree(part)):
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
        words: list[list[str | bool]] = []
        for leaf in leaves(paragraph, fields):
            state = (leaf.in_accepted, leaf.in_original)
            text = leaf.text or "\ufffc"
            if words and words[-1][1:] == [*state]:
                words[-1][0] = str(words[-1][0]) + text
            else:
                words.append([text, *state])
        out.append((words, [flag.tag for flag in _mark_flags(paragraph)]))
    for row in root.iter(TR):
        out.append([flag.tag for flag in row.iterfind(f"{TRPR}/*") if flag.tag in WRAPPERS])
    return out


def _mark_flags(paragraph: Element) -> list[Element]:
    return [flag for tag in WRAPPERS if (flag := mark_flag(paragraph, (tag,))) is not None]
