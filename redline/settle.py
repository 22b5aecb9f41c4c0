"""Settling tracked changes in one story: the XML of accepting and rejecting.

``settle(root, decide)`` asks ``decide`` about every revision element: True accept, False reject, None leave.

1. property changes: the new properties stay, or the old ones return;
2. rows and cells: flags go, or the whole row or cell does;
3. wrappers of content: unwrapped, or dropped with what they hold;
4. flags on list numbers and formula controls, content controls that were put round text or taken away;
5. paragraph marks: the flag goes, or the paragraph flows into the next one, whose properties survive;
6. what is left without purpose goes: empty tables, move ranges, halves of bookmarks.

Contents before marks, so a wholly deleted paragraph is empty when its mark is settled.
"""

from collections.abc import Callable

from redline.marks import has_content, must_stay, next_paragraph
from redline.names import (
    BOOKMARK_END,
    BOOKMARK_START,
    CELL_DEL,
    CELL_INS,
    CELL_MERGE,
    COMMENT_END,
    COMMENT_REF,
    COMMENT_START,
    CUSTOM_XML,
    DEL,
    DEL_INSTR,
    DEL_TEXT,
    FLAG_PARENTS,
    FLDSIMPLE,
    HYPERLINK,
    ID,
    INS,
    INSTR,
    M_CTRLPR,
    MOVE_FROM,
    MOVE_TO,
    NUMPR,
    PPR,
    PROPERTY_CHANGES,
    RANGE_MARKS,
    RPR,
    SDT,
    SDT_CONTENT,
    SECTPR,
    SMARTTAG,
    TBL,
    TC,
    TCPR,
    TR,
    TRPR,
    VAL,
    WRAPPERS,
    Element,
    P,
    T,
    w,
)
from redline.revisions import revisions
from redline.tables import widen

Decide = Callable[[Element], bool | None]
_COMES = frozenset({INS, MOVE_TO})
_EMPTY_SHELLS = frozenset({HYPERLINK, FLDSIMPLE, SMARTTAG, CUSTOM_XML})
_HEADER_REFERENCES = frozenset({w("headerReference"), w("footerReference")})
# what a property change does not speak about and therefore stays as it is
_STAYS = {
    PPR: frozenset({RPR, SECTPR}),
    RPR: frozenset(WRAPPERS),
    TRPR: frozenset({INS, DEL}),
    TCPR: frozenset({CELL_INS, CELL_DEL, CELL_MERGE}),
    SECTPR: _HEADER_REFERENCES,
}
_FIRST = frozenset({RPR, SECTPR})  # parents whose staying children come before the restored ones


def settle(root: Element, decide: Decide) -> None:
    """Settle the tracked changes below root as decided, in place."""
    kinds = _kinds(root, decide)  # each step walks the whole story: only those that have work are taken
    paired = _paired(root) if kinds & {"row", "cell", "content"} else []
    steps: tuple[tuple[str, Callable[[Element, Decide], None]], ...] = (
        ("properties", _properties),
        ("row", _rows),
        ("cell", _cells),
        ("content", _wrappers),
        ("number", _number_flags),
        ("formula", _formula_flags),
        ("control", _controls),
        ("mark", _marks),
    )
    for kind, step in steps:
        if kind in kinds:
            step(root, decide)
    if kinds & {"row", "cell"}:
        _empty_tables(root)
    if "move" in kinds:
        _move_ranges(root)
    if paired:
        _unpaired(root, paired)


_KIND_BY_PARENT = {RPR: "mark", TRPR: "row", NUMPR: "number", w("ctrlPr"): "formula", M_CTRLPR: "formula"}


def _kinds(root: Element, decide: Decide) -> set[str]:
    """Which kinds of tracked changes are to be settled."""
    out: set[str] = set()
    for revision in revisions(root):
        if decide(revision) is None:
            continue
        parent = revision.getparent()
        if revision.tag in PROPERTY_CHANGES:
            out.add("properties")
        elif revision.tag in (CELL_INS, CELL_DEL, CELL_MERGE):
            out.add("cell")
        elif revision.tag not in WRAPPERS:
            out.add("control")
        else:
            kind = _KIND_BY_PARENT.get(str(parent.tag)) if parent is not None else None
            in_formula = next(revision.iterancestors(M_CTRLPR), None) is not None
            out.add("formula" if in_formula else kind or "content")
            if revision.tag in (MOVE_FROM, MOVE_TO):
                out.add("move")
    return out


def unwrap(element: Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def drop(element: Element) -> None:
    """Remove an element from its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _stays(revision: Element, accepted: bool) -> bool:
    """Whether what a wrapper or flag marks is there after the decision."""
    return (revision.tag in _COMES) == accepted


def _properties(root: Element, decide: Decide) -> None:
    for change in list(root.iter(*sorted(PROPERTY_CHANGES))):
        parent, accepted = change.getparent(), decide(change)
        if parent is None or accepted is None:
            continue
        if accepted or change.tag == w("numberingChange"):
            parent.remove(change)
            continue
        stays = _STAYS.get(str(parent.tag), frozenset())
        saved = [child for child in parent if child.tag in stays]
        old = [child for child in change[0] if child.tag not in stays] if len(change) else []
        parent[:] = [*saved, *old] if parent.tag in _FIRST else [*old, *saved]


def _rows(root: Element, decide: Decide) -> None:
    for row in list(root.iter(TR)):
        properties = row.find(TRPR)
        for flag in list(properties) if properties is not None else []:
            accepted = decide(flag) if flag.tag in (INS, DEL) else None
            if accepted is None:
                continue
            if not _stays(flag, accepted):
                drop(row)
                break
            drop(flag)


def _cells(root: Element, decide: Decide) -> None:
    for flag in list(root.iter(CELL_INS, CELL_DEL, CELL_MERGE)):
        properties, accepted = flag.getparent(), decide(flag)
        if properties is None or accepted is None:
            continue
        cell = properties.getparent()
        if flag.tag == CELL_MERGE:
            _merge(flag, properties, accepted)
        elif (flag.tag == CELL_INS) == accepted or cell is None:
            properties.remove(flag)
        else:
            row = next(cell.iterancestors(TR), None)
            drop(cell)
            if row is not None and flag.tag == CELL_DEL:  # beside a rejected one, cells know their old span
                widen(row)


def _merge(flag: Element, properties: Element, accepted: bool) -> None:
    wanted = flag.get(w("vMerge") if accepted else w("vMergeOrig"))
    for old in properties.findall(w("vMerge")):
        properties.remove(old)
    if wanted:
        merged = properties.makeelement(w("vMerge"))
        merged.set(VAL, "restart" if wanted == "rest" else "continue")
        flag.addprevious(merged)
    properties.remove(flag)


def _wrappers(root: Element, decide: Decide) -> None:
    for wrapper in list(root.iter(*WRAPPERS)):
        parent = wrapper.getparent()
        if parent is None or parent.tag in FLAG_PARENTS:
            continue
        accepted = decide(wrapper)
        if accepted is None:
            continue
        if _stays(wrapper, accepted):
            _undelete(wrapper)
            unwrap(wrapper)
            continue
        parent.remove(wrapper)
        while parent.tag in _EMPTY_SHELLS and not len(parent):
            shell, parent = parent, parent.getparent()
            if parent is None:
                break
            parent.remove(shell)


def _undelete(wrapper: Element) -> None:
    """Deleted text becomes text again, unless another deletion around or inside still holds it."""
    if wrapper.tag not in (DEL, MOVE_FROM) or any(True for _ in wrapper.iterancestors(DEL)):
        return
    for node in list(wrapper.iter(DEL_TEXT, DEL_INSTR)):
        if next(node.iterancestors(DEL, MOVE_FROM), None) is wrapper:
            node.tag = T if node.tag == DEL_TEXT else INSTR


def _number_flags(root: Element, decide: Decide) -> None:
    for numbering in list(root.iter(NUMPR)):
        for flag in [child for child in numbering if child.tag in WRAPPERS]:
            accepted = decide(flag)
            if accepted is not None:
                drop(flag if _stays(flag, accepted) else numbering)


def _formula_flags(root: Element, decide: Decide) -> None:
    for control in list(root.iter(M_CTRLPR)):
        for flag in [element for element in control.iter(*WRAPPERS) if element.getparent() is not None]:
            accepted = decide(flag)
            if accepted is None:
                continue
            if _stays(flag, accepted):
                (unwrap if len(flag) else drop)(flag)
                continue
            properties = control.getparent()
            formula = properties.getparent() if properties is not None else None
            if formula is not None:
                drop(formula)
            break


def _controls(root: Element, decide: Decide) -> None:
    for kind, stays_when in (("customXmlIns", True), ("customXmlDel", False)):
        for start in list(root.iter(w(f"{kind}RangeStart"))):
            accepted = decide(start)
            if accepted is None:
                continue
            control = start.getnext()
            if accepted != stays_when and control is not None and control.tag == SDT:
                _take_away(control)
            for end in [e for e in root.iter(w(f"{kind}RangeEnd")) if e.get(ID) == start.get(ID)]:
                drop(end)
            drop(start)


def _take_away(control: Element) -> None:
    content = control.find(SDT_CONTENT)
    parent = control.getparent()
    if parent is not None:
        at = parent.index(control)
        parent[at : at + 1] = list(content) if content is not None else []


def _marks(root: Element, decide: Decide) -> None:
    flagged: list[tuple[Element, bool]] = []
    for properties in root.iter(PPR):
        paragraph, rpr = properties.getparent(), properties.find(RPR)
        if rpr is None or paragraph is None or paragraph.tag != P:
            continue
        for flag in [child for child in rpr if child.tag in WRAPPERS]:
            accepted = decide(flag)
            if accepted is None:
                continue
            flagged.append((paragraph, _stays(flag, accepted)))
            rpr.remove(flag)
        if not len(rpr):
            properties.remove(rpr)
    gone = dict.fromkeys(paragraph for paragraph, stays in flagged if not stays)
    for paragraph in reversed(list(gone)):  # from the end, so that a run of them flows into one survivor
        _join(paragraph)


def _join(paragraph: Element) -> None:
    following = next_paragraph(paragraph)
    if following is not None:
        properties = following.find(PPR)
        at = 0 if properties is None else following.index(properties) + 1
        following[at:at] = [child for child in paragraph if child.tag != PPR]
        drop(paragraph)
        return
    # nothing to flow into: a table follows, or the container ends
    if not has_content(paragraph):
        if not must_stay(paragraph):
            _keep_anchors(paragraph)
            drop(paragraph)
        return
    before = paragraph.getprevious()
    pending = any(True for _ in paragraph.iter(*WRAPPERS))
    if pending and before is not None and before.tag == P:  # its text is still to be decided upon
        before.extend([child for child in paragraph if child.tag != PPR])
        drop(paragraph)


def _keep_anchors(paragraph: Element) -> None:
    for child in [child for child in paragraph if isinstance(child.tag, str) and child.tag != PPR]:
        paragraph.addprevious(child)


def _empty_tables(root: Element) -> None:
    for row in list(root.iter(TR)):
        if next(row.iter(TC), None) is None:
            drop(row)
    for table in reversed(list(root.iter(TBL))):
        if next(table.iter(TR), None) is not None:
            continue
        container = table.getparent()
        drop(table)
        if container is not None and container.tag == TC and container.find(P) is None:
            container.append(container.makeelement(P))


def _move_ranges(root: Element) -> None:
    """Ranges of moves go once no moved content is left between their ends."""
    marks = [e for e in root.iter(*sorted(RANGE_MARKS)) if "move" in str(e.tag)]
    if not marks:
        return
    live: set[tuple[str, str]] = set()
    open_ranges: dict[str, str] = {}
    for element in root.iter(MOVE_FROM, MOVE_TO, *sorted(RANGE_MARKS)):
        kind = "From" if "moveFrom" in str(element.tag) else "To"
        if element.tag in (MOVE_FROM, MOVE_TO):
            live.update((number, k) for number, k in open_ranges.items() if k == kind)
        elif str(element.tag).endswith("RangeStart") and "move" in str(element.tag):
            open_ranges[element.get(ID) or ""] = kind
        elif str(element.tag).endswith("RangeEnd"):
            open_ranges.pop(element.get(ID) or "", None)
    for mark in marks:
        kind = "From" if "moveFrom" in str(mark.tag) else "To"
        if "customXml" not in str(mark.tag) and (mark.get(ID) or "", kind) not in live:
            drop(mark)


_PAIRS = ((BOOKMARK_START, BOOKMARK_END), (COMMENT_START, COMMENT_END))
_PAIRED = (BOOKMARK_START, BOOKMARK_END, COMMENT_START, COMMENT_END, COMMENT_REF)


def _paired(root: Element) -> list[set[str]]:
    """Ids of whole bookmarks, of whole comment ranges, and of comment references."""
    ids: dict[str, set[str]] = {tag: set() for tag in _PAIRED}
    for element in root.iter(*_PAIRED):
        ids[str(element.tag)].add(element.get(ID) or "")
    return [*(ids[start] & ids[end] for start, end in _PAIRS), ids[COMMENT_REF]]


def _unpaired(root: Element, before: list[set[str]]) -> None:
    """Halves of bookmarks and comment ranges whose other half, or reference, went with settled text."""
    now = _paired(root)
    for pair, whole, left in zip(_PAIRS, before, now, strict=False):
        lost = whole - left
        for mark in [m for m in root.iter(*pair) if m.get(ID) in lost] if lost else []:
            drop(mark)
    dead = before[2] - now[2]
    for mark in [m for m in root.iter(COMMENT_START, COMMENT_END) if m.get(ID) in dead] if dead else []:
        drop(mark)
