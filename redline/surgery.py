"""Tracked edits inside one paragraph as it stands, pending changes of others included.

Runs are cut only at the edges of an edit and keep their properties. A deletion wraps runs in w:del, inside
another party's w:ins where they are part of a pending insertion ("their insertion, struck by us"). An
insertion never stands inside a pending change: that is cut in two and ours put between.
"""

from copy import deepcopy

from lxml import etree

from redline.errors import Refused
from redline.inline import TEXT_NODES, Leaf, leaves
from redline.names import (
    COMMENT_END,
    COMMENT_REF,
    COMMENT_START,
    DEL,
    FLDCHAR,
    FLDSIMPLE,
    HYPERLINK,
    INS,
    M_RUN,
    MOVE_FROM,
    MOVE_TO,
    PPR,
    R_RUN,
    RPR,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    SMARTTAG,
    WRAPPERS,
    Element,
    P,
    T,
    w,
)
from redline.writer import Writer, mark_text_deleted, text_node

_ANCHORS = (COMMENT_START, COMMENT_END)
_CONTAINERS = frozenset({SDT, HYPERLINK, FLDSIMPLE, SMARTTAG})
_PARTS = {"\t": "tab", "\v": "br"}


def view_leaves(paragraph: Element, view: str) -> list[Leaf]:
    """The leaves that make up a paragraph's text in a view."""
    found = leaves(paragraph)
    return [leaf for leaf in found if (leaf.in_original if view == "original" else leaf.in_accepted)]


def isolate(paragraph: Element, view: str, start: int, end: int) -> list[Element]:
    """The runs that make up [start, end) of a view, cut so that they hold nothing else.

    Objects strictly inside the range come along. Raises Refused("formula" or "locked" or "data-bound").
    """
    out: list[Element] = []
    at = 0
    for leaf in view_leaves(paragraph, view):
        size = len(leaf.text)
        lo, hi = max(start, at), min(end, at + size)
        inside = lo < hi if size else start < at < end
        if inside:
            check_place(_run_of(leaf))
            run = _cut_out(leaf, lo - at, hi - at) if size else _cut_out(leaf, 0, 0)
            if not out or out[-1] is not run:
                out.append(run)
        at += size
    return out


def check_place(run: Element) -> None:
    """Raises Refused where a text edit would break something."""
    if run.tag == M_RUN:
        raise Refused("formula", "The text stands in a formula, which cannot be edited as words.")
    for control in run.iterancestors(SDT):
        properties = control.find(SDT_PR)
        if properties is None:
            continue
        if properties.find(w("dataBinding")) is not None:
            raise Refused(
                "data-bound",
                "The text is filled in from the document's data (a bound content control); change it there.",
            )
        lock = properties.find(w("lock"))
        if lock is not None and lock.get(w("val")) in ("contentLocked", "sdtContentLocked"):
            raise Refused("locked", "The text stands in a locked content control.")


def _cut_out(leaf: Leaf, start: int, end: int) -> Element:
    """The run that holds exactly characters [start, end) of a leaf, the rest cut off."""
    run, node = _run_of(leaf), leaf.node
    if node.tag in TEXT_NODES:
        text = node.text or ""
        if end < len(text):
            _cut_run(run, node, end)
        if start > 0:
            run = _cut_run(run, node, start)
            node = next(child for child in run if child.tag != RPR)
    siblings = [child for child in run if child.tag != RPR]
    if siblings[-1] is not node:
        _cut_before(run, siblings[siblings.index(node) + 1])
    if siblings[0] is not node:
        run = _cut_before(run, node)
    leaf.run = run
    return run


def _run_of(leaf: Leaf) -> Element:
    """The run a leaf stands in now: earlier cuts may have moved it. Raises Refused("alternate")."""
    parent = leaf.node.getparent()
    if parent is None or parent.tag not in (R_RUN, M_RUN):
        raise Refused("alternate", "The text is kept in two renderings and cannot be edited safely.")
    return parent


def _cut_run(run: Element, node: Element, offset: int) -> Element:
    """Cut a run inside a text node; gives the right part, which begins with the rest of the text."""
    text = node.text or ""
    rest = text_node(str(node.tag), text[offset:])
    fresh = text_node(str(node.tag), text[:offset])
    node.text = fresh.text
    for name, setting in fresh.attrib.items():
        node.set(name, setting)
    node.addnext(rest)
    return _cut_before(run, rest)


def _cut_before(run: Element, node: Element) -> Element:
    """Cut a run before one of its nodes; gives the right part."""
    right = etree.Element(run.tag)
    for name, setting in run.attrib.items():
        right.set(name, setting)
    rpr = run.find(RPR)
    if rpr is not None:
        right.append(deepcopy(rpr))
    right.extend([node, *node.itersiblings()])
    run.addnext(right)
    return right


def delete_runs(runs: list[Element], writer: Writer) -> None:
    """Mark runs as deleted; neighbours share a wrapper; already deleted ones stay as they are."""
    group: list[Element] = []
    for run in [*runs, None]:
        if run is not None and any(a.tag in (DEL, MOVE_FROM) for a in run.iterancestors(DEL, MOVE_FROM, P)):
            continue
        if run is not None and (not group or group[-1].getnext() is run):
            group.append(run)
            continue
        if group:
            wrapper = writer.revision(DEL)
            group[0].addprevious(wrapper)
            wrapper.extend(group)
            for member in group:
                mark_text_deleted(member)
        group = [run] if run is not None else []


def whole_fields(paragraph: Element, runs: list[Element]) -> list[Element]:
    """The runs, with every field between the first and the last taken whole (its instruction too)."""
    if len(runs) < 2:
        return runs
    parent = runs[0].getparent()
    if parent is None or any(run.getparent() is not parent for run in runs):
        return runs
    first, last = parent.index(runs[0]), parent.index(runs[-1])
    members = list(parent)
    depth, began, keep = 0, -1, set(runs)
    for index in range(first, last + 1):
        for mark in members[index].iter(FLDCHAR):
            kind = mark.get(w("fldCharType"))
            if kind == "begin":
                began = index if depth == 0 else began
                depth += 1
            elif kind == "end" and depth:
                depth -= 1
                if depth == 0:
                    keep.update(child for child in members[began : index + 1] if child.tag == R_RUN)
    return [child for child in members[first : last + 1] if child in keep]


def insert_text(paragraph: Element, view: str, at: int, text: str, writer: Writer) -> Element:
    """Insert text at an offset of a view in the look of the character before it; gives the w:ins."""
    wrapper = writer.revision(INS)
    spot, look = _spot(paragraph, view, at)
    wrapper.append(text_run(text, look))
    if spot is None:
        properties = paragraph.find(PPR)
        paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, wrapper)
        return wrapper
    run, after = spot
    check_place(run)
    _place(wrapper, run, after, writer)
    return wrapper


def _spot(paragraph: Element, view: str, at: int) -> tuple[tuple[Element, bool] | None, Element | None]:
    """((run to stand beside, after it?), run properties to take) for an offset."""
    position = 0
    first: Leaf | None = None
    found: tuple[Leaf, bool] | None = None
    for leaf in view_leaves(paragraph, view):
        size = len(leaf.text)
        if not size:
            continue
        leaf.run = _run_of(leaf)
        first = first or leaf
        if position < at <= position + size:
            if at < position + size:
                _cut_run(leaf.run, leaf.node, at - position)
            elif leaf.node.getnext() is not None:
                _cut_before(leaf.run, leaf.node.getnext())  # type: ignore[arg-type]
            found = (leaf, True)
            break
        position += size
    if found is None and first is not None:
        before = [c for c in first.run if c.tag != RPR and c is not first.node]
        if before and first.run.index(before[0]) < first.run.index(first.node):
            first.run = _cut_before(first.run, first.node)
        found = (first, False)
    if found is None:
        any_run = next((run for run in paragraph.iter(R_RUN)), None)
        properties = paragraph.find(PPR)
        mark = properties.find(RPR) if properties is not None else None
        return None, (any_run.find(RPR) if any_run is not None else mark)
    return (found[0].run, found[1]), found[0].run.find(RPR)


def _place(wrapper: Element, run: Element, after: bool, writer: Writer) -> None:
    """Put our insertion beside a run, outside every pending change: one that holds the run is cut in two."""
    spot = run
    while (parent := spot.getparent()) is not None and parent.tag in WRAPPERS:
        rest = list(spot.itersiblings()) if after else [spot, *spot.itersiblings()]
        earlier = [c for c in parent if c not in rest]
        if rest and earlier:
            right = writer.halve(parent)
            right.extend(rest)
            parent.addnext(right)
            spot = parent if after else right
        else:
            spot = parent
    if after:
        spot.addnext(wrapper)
    else:
        spot.addprevious(wrapper)


def text_run(text: str, look: Element | None) -> Element:
    """A run of plain text in a given look; tabs and line breaks become their elements."""
    run = etree.Element(R_RUN)
    if look is not None:
        rpr = deepcopy(look)
        for child in [c for c in rpr if c.tag in (*WRAPPERS, w("rPrChange"))]:
            rpr.remove(child)
        run.append(rpr)
    plain = ""
    for char in text:
        if char in _PARTS:
            if plain:
                run.append(text_node(T, plain))
            run.append(etree.Element(w(_PARTS[char])))
            plain = ""
        else:
            plain += char
    if plain:
        run.append(text_node(T, plain))
    return run


def delete_content(paragraph: Element, writer: Writer, tag: str = DEL) -> None:
    """Mark all content of a paragraph as deleted (or moved away); inside pending insertions, nested."""
    group: list[Element] = []
    for child in [*paragraph, None]:
        if child is not None and _can_go(child):
            group.append(child)
            continue
        if group:
            wrapper = writer.revision(tag)
            group[0].addprevious(wrapper)
            wrapper.extend(group)
            if tag == DEL:
                for member in group:
                    mark_text_deleted(member)
        group = []
        if child is not None and child.tag in (INS, MOVE_TO):
            inner = writer.wrap(tag, list(child))
            child.append(inner)
        elif child is not None and child.tag in _CONTAINERS and child.find(f".//{COMMENT_REF}") is None:
            content = child.find(SDT_CONTENT) if child.tag == SDT else child
            if content is not None:
                delete_content(content, writer, tag)


def _can_go(child: Element) -> bool:
    if not isinstance(child.tag, str) or child.tag in (PPR, *_ANCHORS, *WRAPPERS):
        return False
    if child.tag in _CONTAINERS and next(child.iter(*WRAPPERS), None) is not None:
        return False  # pending changes inside: it is gone into, not wrapped
    return child.find(COMMENT_REF) is None
