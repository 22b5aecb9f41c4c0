"""Weaving two versions of consecutive paragraphs into one with tracked changes.

1. both sides become flat strings (flat.py), paragraph marks included, so that a split is an inserted mark and
   a merge a deleted one;
2. the word difference of the strings gives stretches that stay, go or come;
3. walking them, the old runs are copied, cut at the edges of changes, those that go inside w:del, the new
   ones inside w:ins; where the same words look different the run remembers its old look;
4. at a mark a paragraph is finished; one in which nothing changed is the old element itself, untouched.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from redline.flat import (
    Container,
    Entry,
    Flat,
    Interner,
    Item,
    flatten,
    flatten_paragraphs,
    run_look,
    text_boxes,
)
from redline.importer import Importer
from redline.names import (
    BOOKMARK_END,
    BOOKMARK_START,
    COMMENT_END,
    COMMENT_REF,
    COMMENT_START,
    DEL,
    DEL_TEXT,
    ENDNOTE_REF,
    FOOTNOTE_REF,
    ID,
    INS,
    NAME,
    PPR,
    PROPERTY_CHANGES,
    R_RUN,
    RPR,
    SDT,
    SDT_CONTENT,
    SECTPR,
    Element,
    P,
    T,
    w,
)
from redline.signature import Signature, Target, paragraph_signature, run_signature, section_signature
from redline.worddiff import Op, Span, diff_spans
from redline.writer import Writer, mark_properties, mark_text_deleted, text_node


class MergeBoxes(Protocol):
    """Merges the blocks of a new container into an old one, in place; True when something changed."""

    def __call__(self, old: Element, new: Element) -> bool: ...


@dataclass
class Story:
    """What weaving one part against its counterpart needs to know."""

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


@dataclass
class _Cursor:
    """Walks the items of a flat string."""

    flat: Flat
    index: int = 0
    at: int = 0

    def take(self, end: int, *, last: bool = False) -> Iterator[tuple[Item, int, int]]:
        """(item, from, to) up to offset ``end``; marks without extent come when the walk passes them."""
        items = self.flat.items
        while self.index < len(items):
            item = items[self.index]
            stop = item.start + item.length
            if item.length == 0:
                if item.start >= end and not last:
                    break
                self.index += 1
                yield item, item.start, item.start
                continue
            if item.start >= end:
                break
            yield item, max(self.at, item.start), min(stop, end)
            if stop > end:
                break
            self.index += 1
        self.at = end


class Weaver:
    """Weaves regions of one story."""

    def __init__(self, story: Story, boxes: MergeBoxes) -> None:
        self.story = story
        self.boxes = boxes

    def region(
        self, olds: list[Element], news: list[Element], tags: dict[Op, str] | None = None, tail: int = 0
    ) -> list[Element]:
        """The paragraphs that lead from ``olds`` to ``news``.

        ``tail`` > 0: the last new paragraphs come whole after the others; < 0: the last old ones go whole;
        the region's last mark stays: its container cannot do without it.
        """
        story = self.story
        old = flatten_paragraphs(olds, story.interner, story.old_target)
        new = flatten_paragraphs(news, story.interner, story.new_target)
        spans = self._spans(old, new, olds, news, tail)
        pen = _Pen(story, self.boxes, tags or {"delete": DEL, "insert": INS})
        pen.write(old, new, spans)
        pen.finish_rest(olds)
        return pen.paragraphs

    def _spans(self, old: Flat, new: Flat, olds: list[Element], news: list[Element], tail: int) -> list[Span]:
        a, b = old.text, new.text
        if not a or not b:
            return _only(a, b)
        keep = 1 if a[-1] == b[-1] else 0
        a_end, b_end = len(a) - keep, len(b) - keep
        if tail > 0:
            cut = _length_of(new, len(news) - tail)
            spans = self._diff(a[:a_end], b[: cut - 1])
            spans.append(("insert", a_end, a_end, cut - 1, b_end))
        elif tail < 0:
            cut = _length_of(old, len(olds) + tail)
            spans = self._diff(a[: cut - 1], b[:b_end])
            spans.append(("delete", cut - 1, a_end, b_end, b_end))
        else:
            spans = self._diff(a[:a_end], b[:b_end])
        if keep:
            spans.append(("same", a_end, len(a), b_end, len(b)))
        return spans

    def _diff(self, a: str, b: str) -> list[Span]:
        if self.story.whole and a != b:
            return _only(a, b)
        return diff_spans(a, b, granularity=self.story.granularity)


def _only(a: str, b: str) -> list[Span]:
    out: list[Span] = []
    if a:
        out.append(("delete", 0, len(a), 0, 0))
    if b:
        out.append(("insert", len(a), len(a), 0, len(b)))
    return out


def _length_of(flat: Flat, paragraphs: int) -> int:
    """Offset after the n-th paragraph's mark."""
    marks = [item for item in flat.items if item.kind == "mark"]
    return marks[paragraphs - 1].start + 1 if paragraphs else 0


class _Pen:
    """Writes paragraphs from spans. ``top`` is where content goes: a paragraph's list or a container."""

    def __init__(self, story: Story, boxes: MergeBoxes, tags: dict[Op, str]) -> None:
        self.story, self.boxes, self.tags = story, boxes, tags
        self.paragraphs: list[Element] = []
        self.top: list[Element] = []
        self.dirty = False
        self.whole_from_start = True
        self._wrapper: tuple[Op, Element] | None = None
        self._run: tuple[object, Element] | None = None
        self._looks: dict[Element, Signature] = {}

    # -- walking the spans
    def write(self, old: Flat, new: Flat, spans: list[Span]) -> None:
        """Write everything the spans say, marks without extent included."""
        a, b = _Cursor(old), _Cursor(new)
        for op, _, a1, _, b1 in spans:
            if op == "same":
                self._same(list(a.take(a1)), list(b.take(b1)))
            elif op == "delete":
                for item, start, end in a.take(a1):
                    self._gone(item, start, end)
            else:
                for item, start, end in b.take(b1):
                    self._come(item, start, end)
        for item, _, _ in a.take(len(old.text), last=True):
            self._old_marker(item)
        for item, _, _ in b.take(len(new.text), last=True):
            self._new_marker(item)

    def _same(self, olds: list[tuple[Item, int, int]], news: list[tuple[Item, int, int]]) -> None:
        """Two equal stretches, walked together; where both have a node the longer one is cut."""
        i = j = 0
        done_a = done_b = 0
        while i < len(olds) or j < len(news):
            if j < len(news) and news[j][0].length == 0:
                self._new_marker(news[j][0])
                j += 1
                continue
            item, start, end = olds[i]
            if item.length == 0:
                self._old_marker(item)
                i += 1
                continue
            other, start_b, end_b = news[j]
            size = min(end - start - done_a, end_b - start_b - done_b)
            self._stay(item, start + done_a, start + done_a + size, other)
            done_a, done_b = done_a + size, done_b + size
            if done_a == end - start:
                i, done_a = i + 1, 0
            if done_b == end_b - start_b:
                j, done_b = j + 1, 0

    # -- one item
    def _stay(self, item: Item, start: int, end: int, other: Item) -> None:
        if item.kind == "mark":
            self._finish("same", item.node, other.node)
        elif item.kind == "container" and item.container and other.container:
            self._enter(item.container, other.container)
        elif item.run is None:
            self._append("same", self._merged_object(item.node, other.node))
        else:
            self._stay_in_run(item, start, end, other, item.run)

    def _stay_in_run(self, item: Item, start: int, end: int, other: Item, run: Element) -> None:
        new_rpr = other.run.find(RPR) if other.run is not None else None
        changed = other.run is not None and self._look(run) != self._look(other.run)
        if changed:
            self.dirty = True
        key = ("same", run, other.run if changed else None)
        if self._run is None or self._run[0] != key:
            old_rpr = run.find(RPR)
            rpr = self.story.writer.run_change(new_rpr, old_rpr) if changed else deepcopy(old_rpr)
            self._open_run("same", key, run, rpr)
        if item.kind == "text":
            self._put(_slice(item, start, end))
            return
        if item.node.tag in (FOOTNOTE_REF, ENDNOTE_REF):
            kind = "footnote" if item.node.tag == FOOTNOTE_REF else "endnote"
            self.story.note_pairs.append((kind, item.node.get(ID) or "", other.node.get(ID) or ""))
        self._put(self._merged_object(item.node, other.node))

    def _gone(self, item: Item, start: int, end: int) -> None:
        if item.kind == "marker":
            self._old_marker(item)
        elif item.kind == "mark":
            self._finish("delete", item.node, None)
        else:
            self.dirty = True
            self._copy_out("delete", item, start, end)

    def _come(self, item: Item, start: int, end: int) -> None:
        if item.kind == "marker":
            self._new_marker(item)
        elif item.kind == "mark":
            self._finish("insert", None, item.node)
        else:
            self.dirty = True
            self._copy_out("insert", item, start, end)

    def _copy_out(self, op: Op, item: Item, start: int, end: int) -> None:
        """An item of one side only, inside the wrapper of its fate."""
        if item.container is not None and item.container.shell is None:
            for run, node in (*item.container.head, *item.container.inner, *item.container.tail):
                self._copy_entry(op, run, node)
        elif item.run is None:
            self._append(op, self._taken(op, item.node))
        else:
            self._into_run(op, item.run)
            self._put(
                self._worded(
                    op, _slice(item, start, end) if item.kind == "text" else self._taken(op, item.node)
                )
            )

    def _copy_entry(self, op: Op, run: Element, node: Element | None) -> None:
        if node is None:
            if run.tag not in (BOOKMARK_START, BOOKMARK_END, COMMENT_START, COMMENT_END):
                self._append(op, self._taken(op, run))
            return
        self._into_run(op, run)
        self._put(self._taken(op, node))

    def _into_run(self, op: Op, run: Element) -> None:
        key = (op, run, None)
        if self._run is None or self._run[0] != key:
            rpr = run.find(RPR)
            self._open_run(op, key, run, deepcopy(rpr) if rpr is not None else None)

    def _taken(self, op: Op, node: Element) -> Element:
        """A copy of a node: from the old side as deleted, from the new side with its references imported."""
        if op == "insert":
            return self.story.importer.copy(node, self.story.new_part, self.story.old_part)
        copy = deepcopy(node)
        copy.tail = None
        return self._worded(op, copy)

    def _worded(self, op: Op, node: Element) -> Element:
        if op == "delete" and self.tags["delete"] == DEL:
            mark_text_deleted(node)
        return node

    def _merged_object(self, old: Element, new: Element) -> Element:
        """An object both sides have; the text of its text boxes (both renderings) is merged."""
        copy = deepcopy(old)
        copy.tail = None
        mine, theirs = text_boxes(copy), text_boxes(new)
        for box, other in zip(mine, theirs, strict=False):
            if self.boxes(box, other):
                self.dirty = True
        return copy

    def _enter(self, old: Container, new: Container) -> None:
        """A container both sides have: its content is woven inside it."""
        story = self.story
        inner_old = flatten(old.inner, story.interner, story.old_target)
        inner_new = flatten(new.inner, story.interner, story.new_target)
        spans = diff_spans(inner_old.text, inner_new.text, granularity=story.granularity)
        if old.shell is None:
            self._entries_same(old.head)
            self.write(inner_old, inner_new, spans)
            self._entries_same(old.tail)
            return
        self._close()
        outer, self.top = self.top, []
        self.write(inner_old, inner_new, spans)
        self._close()
        content, self.top = self.top, outer
        self.top.append(_shell(old.shell, content))

    def _entries_same(self, these: list[Entry]) -> None:
        for run, node in these:
            if node is None:
                self._append("same", deepcopy(run))
                continue
            key = ("same", run, None)
            if self._run is None or self._run[0] != key:
                self._open_run("same", key, run, deepcopy(run.find(RPR)))
            self._put(deepcopy(node))

    # -- marks without extent
    def _old_marker(self, item: Item) -> None:
        node = item.node
        if node.tag == COMMENT_REF and item.run is not None:
            self._reference_run(item.run, deepcopy(node))
            return
        name = self.story.old_bookmarks.get(node.get(ID) or "")
        lost = (
            node.tag in (BOOKMARK_START, BOOKMARK_END)
            and name is not None
            and name not in self.story.new_names
        )
        self._close_run()
        if lost:
            self.dirty = True
        self._append("delete" if lost else "same", deepcopy(node))

    def _new_marker(self, item: Item) -> None:
        node, story = item.node, self.story
        if node.tag in (BOOKMARK_START, BOOKMARK_END):
            name = story.new_bookmarks.get(node.get(ID) or "")
            if name is not None and name not in story.old_names and name != "_GoBack":
                self.dirty = True
                self._append("insert", story.importer.copy(node, story.new_part, story.old_part))
        elif node.tag in (COMMENT_START, COMMENT_END, COMMENT_REF):
            number = story.importer.comment(node.get(ID) or "")
            if number is None:
                return
            self.dirty = True
            copy = deepcopy(node)
            copy.set(ID, number)
            if node.tag == COMMENT_REF and item.run is not None:
                self._reference_run(item.run, copy)
            else:
                self._append("same", copy)

    def _reference_run(self, run: Element, reference: Element) -> None:
        """A comment's reference stays outside every revision: deleting it would orphan the comment."""
        self._close()
        out = etree.Element(R_RUN)
        rpr = run.find(RPR)
        if rpr is not None:
            out.append(deepcopy(rpr))
        out.append(reference)
        self.top.append(out)

    # -- runs and wrappers
    def _look(self, run: Element) -> Signature:
        if run not in self._looks:
            self._looks[run] = run_look(run)
        return self._looks[run]

    def _open_run(self, op: Op, key: object, like: Element, rpr: Element | None) -> None:
        self._run = None
        run = etree.Element(R_RUN)
        if op != "insert":
            for name, text in like.attrib.items():
                run.set(name, text)
        if rpr is not None:
            run.append(rpr)
        self._append(op, run)
        self._run = (key, run)

    def _put(self, node: Element) -> None:
        if self._run is not None:
            self._run[1].append(node)

    def _append(self, op: Op, element: Element) -> None:
        self._close_run()
        if op == "same":
            self._wrapper = None
            self.top.append(element)
            return
        if self._wrapper is None or self._wrapper[0] != op:
            wrapper = self.story.writer.revision(self.tags[op])
            self._wrapper = (op, wrapper)
            self.top.append(wrapper)
        self._wrapper[1].append(element)

    def _close_run(self) -> None:
        self._run = None

    def _close(self) -> None:
        self._run = None
        self._wrapper = None

    # -- paragraphs
    def _finish(self, op: Op, old: Element | None, new: Element | None) -> None:
        self._close()
        content, self.top = self.top, []
        clean, self.dirty = not self.dirty and self.whole_from_start, False
        self.whole_from_start = op != "insert" or not content_is_old(content)
        if op == "same" and old is not None and new is not None:
            if clean and self._same_properties(old, new):
                self.paragraphs.append(old)
                return
            paragraph = _like(old)
            properties = self._merged_properties(old, new)
        elif old is not None:
            paragraph = _like(old)
            properties = deepcopy(old.find(PPR))
        elif new is not None:
            paragraph = etree.Element(P)
            ppr = new.find(PPR)
            story = self.story
            properties = story.importer.copy(ppr, story.new_part, story.old_part) if ppr is not None else None
        else:
            return
        if properties is not None:
            paragraph.append(properties)
        paragraph.extend(content)
        if op != "same":
            self.story.writer.flag_mark(paragraph, self.tags[op])
        self.paragraphs.append(paragraph)

    def finish_rest(self, olds: list[Element]) -> None:
        """Whatever follows the last mark (bookmark ends) joins the last paragraph."""
        self._close()
        if self.top and self.paragraphs:
            last = self.paragraphs[-1]
            if any(last is old for old in olds):
                return  # untouched: its own trailing marks are still in it
            last.extend(self.top)
        self.top = []

    def _same_properties(self, old: Element, new: Element) -> bool:
        a, b = old.find(PPR), new.find(PPR)
        self._pair_sections(a, b)
        same = paragraph_signature(a) == paragraph_signature(b) and _mark_look(a) == _mark_look(b)
        return same and section_signature(_section(a)) == section_signature(_section(b))

    def _pair_sections(self, a: Element | None, b: Element | None) -> None:
        one, two = _section(a), _section(b)
        if one is not None and two is not None and (one, two) not in self.story.section_pairs:
            self.story.section_pairs.append((one, two))

    def _merged_properties(self, old: Element, new: Element) -> Element | None:
        a, b = old.find(PPR), new.find(PPR)
        writer = self.story.writer
        out = deepcopy(a) if a is not None else None
        if paragraph_signature(a) != paragraph_signature(b):
            out = etree.Element(PPR)
            out.extend(
                deepcopy(c)
                for c in (b if b is not None else ())
                if c.tag not in (RPR, SECTPR, w("pPrChange"))
            )
            out.extend(deepcopy(c) for c in (a if a is not None else ()) if c.tag in (RPR, SECTPR))
            writer.paragraph_change(out, a)
        if _mark_look(a) != _mark_look(b):
            holder = etree.Element(P)
            if out is not None:
                holder.append(out)
            rpr = mark_properties(holder)
            new_rpr = b.find(RPR) if b is not None else None
            merged = writer.run_change(new_rpr, a.find(RPR) if a is not None else None)
            parent = rpr.getparent()
            if parent is not None:
                parent.replace(rpr, merged)
            out = holder.find(PPR)
            if out is not None:
                holder.remove(out)
        one, two = _section(out), _section(b)
        self._pair_sections(out, b)
        if one is not None and two is not None:
            merge_section(one, two, writer)
        return out


def merge_section(old: Element, new: Element, writer: Writer) -> bool:
    """Give a section the new page setup and let it remember the old one; True when it changed."""
    if section_signature(old) == section_signature(new):
        return False
    references = [c for c in old if c.tag in (w("headerReference"), w("footerReference"))]
    before = deepcopy(old)
    old[:] = references
    for child in new:
        if child.tag not in (w("headerReference"), w("footerReference"), *PROPERTY_CHANGES):
            old.append(deepcopy(child))
    writer.frame_change(old, before, "sectPrChange")
    return True


def content_is_old(content: list[Element]) -> bool:
    """Whether a finished paragraph took content from the old paragraph it was split from."""
    return any(element.tag != INS for element in content)


def _children(element: Element | None) -> list[Element]:
    return list(element) if element is not None else []


def _section(ppr: Element | None) -> Element | None:
    return ppr.find(SECTPR) if ppr is not None else None


def _mark_look(ppr: Element | None) -> Signature:
    return run_signature(ppr.find(RPR) if ppr is not None else None)


def _slice(item: Item, start: int, end: int) -> Element:
    """A copy of a text node's stretch; other one-character nodes whole."""
    node = item.node
    if node.tag in (T, DEL_TEXT):
        return text_node(T, (node.text or "")[start - item.start : end - item.start])
    copy = deepcopy(node)
    copy.tail = None
    return copy


def _like(paragraph: Element) -> Element:
    out = etree.Element(P, nsmap=None)
    for name, text in paragraph.attrib.items():
        out.set(name, text)
    return out


def _shell(shell: Element, content: list[Element]) -> Element:
    """A container around new content."""
    out = etree.Element(shell.tag)
    for name, text in shell.attrib.items():
        out.set(name, text)
    if shell.tag != SDT:
        out.extend(content)
        return out
    for child in shell:
        if child.tag == SDT_CONTENT:
            inner = etree.SubElement(out, SDT_CONTENT)
            inner.extend(content)
        else:
            out.append(deepcopy(child))
    return out


def bookmarks(root: Element) -> dict[str, str]:
    """Bookmark ids and names of a story."""
    return {b.get(ID) or "": b.get(NAME) or "" for b in root.iter(BOOKMARK_START)}
