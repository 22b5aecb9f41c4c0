"""The pen: walks the difference of two flat strings and writes the paragraphs with tracked changes.

Old runs are copied, cut at the edges of changes; those that go stand inside w:del, the new ones inside w:ins;
where the same words look different the run remembers its old look. At a mark a paragraph is finished; one in
which nothing changed is the old element itself, untouched.
"""

from copy import deepcopy
from typing import Protocol

from lxml import etree

from redline.flat import Container, Cursor, Entry, Flat, Item, flatten, instruction, run_look, text_boxes
from redline.line import Line, RunKey
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
    INSTR,
    MOVE_FROM,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    Element,
    P,
    T,
)
from redline.pending import insertion_round
from redline.properties import merged_properties, same_properties
from redline.signature import Signature
from redline.story import Story
from redline.worddiff import Op, Span, diff_spans
from redline.writer import mark_text_deleted, text_node


class MergeBoxes(Protocol):
    """Merges the blocks of a new container into an old one, in place; True when something changed."""

    def __call__(self, old: Element, new: Element) -> bool: ...


class Pen:
    """Writes paragraphs from spans; ``line`` is the paragraph, or the container in it, being written."""

    def __init__(self, story: Story, boxes: MergeBoxes, tags: dict[Op, str]) -> None:
        self.story, self.boxes, self.tags = story, boxes, tags
        self.paragraphs: list[Element] = []
        self.line = Line(story.writer, tags)
        self.whole_from_start = True
        self._looks: dict[Element, Signature] = {}

    # -- walking the spans
    def write(self, old: Flat, new: Flat, spans: list[Span]) -> None:
        """Write everything the spans say, marks without extent included."""
        a, b = Cursor(old), Cursor(new)
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
            merged = self._merged_object(item.node, other.node)
            self.line.append("same", merged, insertion_round(item.node))
        else:
            self._stay_in_run(item, start, end, other, item.run)

    def _stay_in_run(self, item: Item, start: int, end: int, other: Item, run: Element) -> None:
        new_rpr = other.run.find(RPR) if other.run is not None else None
        changed = other.run is not None and self._look(run) != self._look(other.run)
        if changed:
            self.line.changed = True
        key: RunKey = ("same", run, other.run if changed else None)
        if not self.line.is_open(key):
            old_rpr = run.find(RPR)
            rpr = self.story.writer.run_change(new_rpr, old_rpr) if changed else deepcopy(old_rpr)
            self.line.open_run(key, rpr)
        if item.kind == "text":
            self.line.put(_slice(item, start, end))
            return
        if item.node.tag in (FOOTNOTE_REF, ENDNOTE_REF):
            kind = "footnote" if item.node.tag == FOOTNOTE_REF else "endnote"
            self.story.note_pairs.append((kind, item.node.get(ID) or "", other.node.get(ID) or ""))
        self.line.put(self._merged_object(item.node, other.node))

    def _look(self, run: Element) -> Signature:
        if run not in self._looks:
            self._looks[run] = run_look(run)
        return self._looks[run]

    def _gone(self, item: Item, start: int, end: int) -> None:
        if item.kind == "marker":
            self._old_marker(item)
        elif item.kind == "mark":
            self._finish("delete", item.node, None)
        else:
            self.line.changed = True
            self._copy_out("delete", item, start, end)

    def _come(self, item: Item, start: int, end: int) -> None:
        if item.kind == "marker":
            self._new_marker(item)
        elif item.kind == "mark":
            self._finish("insert", None, item.node)
        else:
            self.line.changed = True
            self._copy_out("insert", item, start, end)

    def _copy_out(self, op: Op, item: Item, start: int, end: int) -> None:
        """An item of one side only, inside the wrapper of its fate."""
        if item.container is not None and item.container.shell is None:
            for run, node in (*item.container.head, *item.container.inner, *item.container.tail):
                self._copy_entry(op, run, node)
        elif item.run is None:
            within = insertion_round(item.node) if op == "delete" else None
            self.line.append(op, self._taken(op, item.node), within)
        else:
            self._into_run(op, item.run)
            self.line.put(
                self._worded(
                    op, _slice(item, start, end) if item.kind == "text" else self._taken(op, item.node)
                )
            )

    def _copy_entry(self, op: Op, run: Element, node: Element | None) -> None:
        if node is None and run.tag in (DEL, MOVE_FROM):
            self._old_marker(Item("marker", 0, 0, None, run))
            return
        if node is None:
            if run.tag not in (BOOKMARK_START, BOOKMARK_END, COMMENT_START, COMMENT_END):
                within = insertion_round(run) if op == "delete" else None
                self.line.append(op, self._taken(op, run), within)
            return
        self._into_run(op, run)
        self.line.put(self._taken(op, node))

    def _into_run(self, op: Op, run: Element) -> None:
        key: RunKey = (op, run, None)
        if not self.line.is_open(key):
            self.line.open_run(key, deepcopy(run.find(RPR)))

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
                self.line.changed = True
        return copy

    def _enter(self, old: Container, new: Container) -> None:
        """A container both sides have: its content is woven inside it."""
        story = self.story
        inner_old = flatten(old.inner, story.interner, story.old_target)
        inner_new = flatten(new.inner, story.interner, story.new_target)
        spans = diff_spans(inner_old.text, inner_new.text, granularity=story.granularity)
        if old.shell is None:
            self._field_head(old.head, new.head)
            self.write(inner_old, inner_new, spans)
            self._entries_same(old.tail)
            return
        outer, self.line = self.line, Line(story.writer, self.tags)
        self.write(inner_old, inner_new, spans)
        inner, self.line = self.line, outer
        self.line.changed |= inner.changed
        self.line.append("same", _shell(old.shell, inner.take()), insertion_round(old.shell))

    def _field_head(self, old: list[Entry], new: list[Entry]) -> None:
        """A field's begin and instruction; another instruction comes beside the old one, the field stays."""
        if instruction(old) == instruction(new):
            self._entries_same(old)
            return
        first = next(index for index, entry in enumerate(old) if _is_instruction(entry))
        self._entries_same(old[:first])
        for run, node in filter(_is_instruction, old):
            self._copy_entry("delete", run, node)
        for run, node in filter(_is_instruction, new):
            self._copy_entry("insert", run, node)
        self._entries_same([entry for entry in old[first:] if not _is_instruction(entry)])
        self.line.changed = True

    def _entries_same(self, these: list[Entry]) -> None:
        for run, node in these:
            if node is None:
                self.line.append("same", deepcopy(run), insertion_round(run))
                continue
            self._into_run("same", run)
            self.line.put(deepcopy(node))

    # -- marks without extent
    def _old_marker(self, item: Item) -> None:
        node = item.node
        if node.tag == COMMENT_REF and item.run is not None:
            self.line.reference_run(item.run, deepcopy(node))
            return
        name = self.story.old_bookmarks.get(node.get(ID) or "")
        lost = (
            node.tag in (BOOKMARK_START, BOOKMARK_END)
            and name is not None
            and name not in self.story.new_names
        )
        if lost:
            self.line.changed = True
        # what the other side struck may stand inside an insertion of theirs
        within = insertion_round(node) if node.tag in (DEL, MOVE_FROM) else None
        self.line.append("delete" if lost else "same", deepcopy(node), within)

    def _new_marker(self, item: Item) -> None:
        node, story = item.node, self.story
        if node.tag in (BOOKMARK_START, BOOKMARK_END):
            name = story.new_bookmarks.get(node.get(ID) or "")
            if name is not None and name not in story.old_names and name != "_GoBack":
                self.line.changed = True
                self.line.append("insert", story.importer.copy(node, story.new_part, story.old_part))
        elif node.tag in (COMMENT_START, COMMENT_END, COMMENT_REF):
            number = story.importer.comment(node.get(ID) or "")
            if number is None:
                return
            self.line.changed = True
            copy = deepcopy(node)
            copy.set(ID, number)
            if node.tag == COMMENT_REF and item.run is not None:
                self.line.reference_run(item.run, copy)
            else:
                self.line.append("same", copy)

    # -- paragraphs
    def _finish(self, op: Op, old: Element | None, new: Element | None) -> None:
        clean = not self.line.changed and self.whole_from_start
        split = op == "insert" and (self.line.took_old or not self.whole_from_start)
        content = self.line.take()
        self.whole_from_start = not split
        if op == "same" and old is not None and new is not None:
            if clean and same_properties(self.story, old, new):
                self.paragraphs.append(old)
                return
            paragraph = _like(old)
            properties = merged_properties(self.story, old, new)
        elif old is not None:
            paragraph = _like(old)
            properties = deepcopy(old.find(PPR))
        elif new is not None:
            paragraph = etree.Element(P)
            ppr = new.find(PPR)
            properties = self._taken("insert", ppr) if ppr is not None else None
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
        rest = self.line.take()
        if rest and self.paragraphs and not any(self.paragraphs[-1] is old for old in olds):
            self.paragraphs[-1].extend(rest)  # an untouched one still has its own trailing marks


def _is_instruction(entry: Entry) -> bool:
    return entry[1] is not None and entry[1].tag == INSTR


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
