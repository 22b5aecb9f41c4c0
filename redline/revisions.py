"""Tracked changes as elements: which ones a story holds, what they are, and a stable address for each."""

from collections.abc import Iterator

from redline.names import (
    CELL_DEL,
    CELL_INS,
    CELL_MERGE,
    DEL,
    FALLBACK,
    FLAG_PARENTS,
    ID,
    INS,
    MOVE_FROM,
    MOVE_TO,
    NAME,
    PROPERTY_CHANGES,
    TC,
    TCPR,
    TR,
    TRPR,
    WRAPPERS,
    Element,
    w,
)

_CELL_FLAGS = (CELL_INS, CELL_DEL, CELL_MERGE)
_CONTROL_RANGES = (w("customXmlInsRangeStart"), w("customXmlDelRangeStart"))
_ALL = (*WRAPPERS, *sorted(PROPERTY_CHANGES), *_CELL_FLAGS, *_CONTROL_RANGES)
_FRAME_KINDS = {INS: (INS,), DEL: (DEL,), CELL_INS: (INS, CELL_INS), CELL_DEL: (DEL, CELL_DEL)}
_MOVE_EDGES = {
    w("moveFromRangeStart"): MOVE_FROM,
    w("moveToRangeStart"): MOVE_TO,
    w("moveFromRangeEnd"): None,
    w("moveToRangeEnd"): None,
}


def revisions(root: Element) -> Iterator[Element]:
    """Every revision element below root in document order."""
    yield from root.iter(*_ALL)


def is_flag(revision: Element) -> bool:
    """Whether a w:ins / w:del element marks a paragraph mark, row or number rather than wrapping content."""
    parent = revision.getparent()
    return parent is not None and parent.tag in FLAG_PARENTS


def change_ids(root: Element, label: str) -> dict[Element, str]:
    """The address of every revision element of a story: "body:17"; "body:move:NAME" for both ends of a move.

    What a whole inserted or deleted row or cell holds is decided with it and shares its address.
    A repeated w:id gets ".2", ".3"; the copy of a text box in a fallback shares its choice's address order.
    """
    moves = _move_names(root)
    framed = _framed(root)
    out: dict[Element, str] = {}
    seen: dict[str, int] = {}
    for revision in revisions(root):
        if revision in moves:
            out[revision] = f"{label}:move:{moves[revision]}"
            continue
        if framed.get(revision) in out:
            out[revision] = out[framed[revision]]
            continue
        number = revision.get(ID) or "none"
        key = number
        if any(True for _ in revision.iterancestors(FALLBACK)):
            key = f"{number}~"  # both renderings of a text box carry one decision
        seen[key] = seen.get(key, 0) + 1
        again = f".{seen[key]}" if seen[key] > 1 else ""
        out[revision] = f"{label}:{number}{again}"
    return out


def _move_names(root: Element) -> dict[Element, str]:
    """w:moveFrom / w:moveTo elements by the name of the range they lie in."""
    if next(root.iter(MOVE_FROM, MOVE_TO), None) is None:
        return {}
    out: dict[Element, str] = {}
    open_ranges: dict[str, tuple[str, str]] = {}  # range id -> (element kind, name)
    for element in root.iter(MOVE_FROM, MOVE_TO, *_MOVE_EDGES):
        if element.tag in (MOVE_FROM, MOVE_TO):
            name = next((n for kind, n in reversed(open_ranges.values()) if kind == element.tag), None)
            if name is not None:
                out[element] = name
        elif _MOVE_EDGES[str(element.tag)] is not None:
            open_ranges[element.get(ID) or ""] = (str(_MOVE_EDGES[str(element.tag)]), element.get(NAME) or "")
        else:
            open_ranges.pop(element.get(ID) or "", None)
    return out


def _framed(root: Element) -> dict[Element, Element]:
    """Insertions inside a wholly inserted row or cell (deletions likewise), by the flag of the frame."""
    out: dict[Element, Element] = {}
    for properties in root.iter(TRPR, TCPR):
        frame = properties.getparent()
        if frame is None or frame.tag not in (TR, TC):
            continue
        for flag in properties:
            kinds = _FRAME_KINDS.get(str(flag.tag))
            if kinds is None:
                continue
            for revision in frame.iter(*kinds):
                if revision is not flag:
                    out.setdefault(revision, flag)
    return out
