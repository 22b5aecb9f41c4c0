"""Comparing the blocks of one container (body, cell, header, note, text box) with another's, in place.

1. pair the blocks (pairing.py): paragraph with paragraph, table with table, control with control;
2. an unpaired paragraph whose words stand in a neighbour's counterpart is a split or a merge: one region;
3. equal texts left unpaired on both sides are moves;
4. weave the regions (weave.py), merge tables (compare_tables.py), go into controls;
5. what nobody changed stays the very element it was.
"""

import re
from copy import deepcopy

from lxml import etree

from redline.compare_moves import Step, block_text, find_moves, has_section, write_move
from redline.compare_tables import Tables, mark_content
from redline.flat import MARK, container_signature
from redline.names import (
    BOOKMARK_START,
    DEL,
    ID,
    INS,
    NAME,
    PPR,
    SDT,
    SDT_CONTENT,
    SECTPR,
    TBL,
    TC,
    Element,
    P,
    w,
)
from redline.pairing import Item, Pairs, align_items, likeness
from redline.pending import is_gone
from redline.story import Story
from redline.weave import Weaver
from redline.worddiff import changed_characters

_NOISE = re.compile(rb' (?:xmlns(?::\w+)?|\w+:rsid\w*|w14:paraId|w14:textId)="[^"]*"|<w:proofErr[^>]*/>')
_BLOCKS = (P, TBL, SDT)
_TELLING = 8  # characters in words by which a paragraph is known again
_NEAR = 4  # paragraphs that may have come or gone between the halves of a split one


class Blocks:
    """Merges containers of one story.

    It keeps no weaver and no tables, which hold it: such a circle would keep both documents in memory.
    """

    def __init__(self, story: Story) -> None:
        self.story = story

    def merge(self, old: Element, new: Element) -> bool:
        """Turn ``old``'s blocks into the redline that leads to ``new``'s; True when anything changed."""
        olds = [child for child in old if child.tag in _BLOCKS and not is_gone(child)]
        news = [child for child in new if child.tag in _BLOCKS]
        steps = self._steps(olds, news, old.tag == TC)
        changed = False
        out: dict[Element, list[Element]] = {}  # what stands in place of an old block
        pending: list[Element] = []  # came before any old block
        last: Element | None = None
        for step in steps:
            result = self._write(step)
            same = len(result) == len(step.olds) and all(
                a is b for a, b in zip(result, step.olds, strict=True)
            )
            changed = changed or not same
            if step.olds:
                last = step.olds[-1]
                for gone in step.olds[:-1]:
                    out[gone] = []
                out[last] = [*pending, *result]
                pending = []
            elif last is not None:
                out[last] += result
            else:
                pending += result
        if changed or pending:
            _replace(old, out, pending)
        return self._anchors(old, new) or changed

    def _anchors(self, old: Element, new: Element) -> bool:
        """Bookmarks that stand between blocks of the new version only."""
        came = [
            child
            for child in new
            if child.tag == BOOKMARK_START
            and (child.get(NAME) or "") not in self.story.old_names
            and child.get(NAME) != "_GoBack"
        ]
        numbers = {child.get(ID) for child in came}
        ends = [c for c in new if c.tag == w("bookmarkEnd") and c.get(ID) in numbers]
        paragraph = next((c for c in old if c.tag == P), None)
        if not came or paragraph is None:
            return False
        copies = [
            self.story.importer.copy(c, self.story.new_part, self.story.old_part) for c in (*came, *ends)
        ]
        at = 1 if paragraph.find(PPR) is not None else 0
        paragraph.insert(at, self.story.writer.wrap(INS, copies))
        return True

    # -- deciding
    def _steps(self, olds: list[Element], news: list[Element], in_cell: bool) -> list[Step]:
        items = [[_item(block) for block in side] for side in (olds, news)]
        pairs = align_items(items[0], items[1])
        pairs = _pair_lonely(pairs, olds, news, paragraphs=in_cell or len(olds) == len(news) == 1)
        steps: list[Step] = []
        for i, j in pairs:
            steps.append(Step([olds[i]] if i is not None else [], [news[j]] if j is not None else []))
        steps = _splits_and_merges(steps)
        find_moves(steps, self.story.writer)
        return _tails(steps)

    # -- writing
    def _write(self, step: Step) -> list[Element]:
        if len(step.olds) == len(step.news) == 1 and same_bytes(step.olds[0], step.news[0]):
            return step.olds
        if step.kind == P:
            return self._paragraphs(step)
        if step.kind == TBL:
            return Tables(self.story, self).write(step.olds, step.news)
        return self._control(step)

    def _paragraphs(self, step: Step) -> list[Element]:
        if step.move:
            return write_move(step, Weaver(self.story, self.merge), self.story.writer)
        return Weaver(self.story, self.merge).region(step.olds, step.news, tail=step.tail)

    def _control(self, step: Step) -> list[Element]:
        if step.olds and step.news:
            mine, theirs = step.olds[0].find(SDT_CONTENT), step.news[0].find(SDT_CONTENT)
            if mine is not None and theirs is not None:
                changed = self.merge(mine, theirs)
                return [_renewed(step.olds[0])] if changed else step.olds
        tag, kind = (DEL, "customXmlDel") if step.olds else (INS, "customXmlIns")
        out: list[Element] = []
        for control in step.olds or step.news:
            story = self.story
            copy = control if step.olds else story.importer.copy(control, story.new_part, story.old_part)
            self.mark_all(copy.find(SDT_CONTENT), tag)
            start = story.writer.revision(w(f"{kind}RangeStart"))
            end = etree.Element(w(f"{kind}RangeEnd"))
            end.set(ID, start.get(ID) or "")
            out += [start, _renewed(copy), end]
        return out

    def mark_all(self, container: Element | None, tag: str) -> None:
        """Mark everything in a container of the output as inserted or deleted, paragraph marks included."""
        blocks = [c for c in container if c.tag in _BLOCKS] if container is not None else []
        for block in blocks:
            if block.tag == P:
                mark_content(block, tag, self.story)
                self.story.writer.flag_mark(block, tag)
            elif block.tag == TBL:
                Tables(self.story, self).mark_rows(block, tag)
            else:
                self.mark_all(block.find(SDT_CONTENT), tag)

    def mark_runs(self, container: Element, tag: str) -> None:
        """Mark all text in a container as inserted or deleted; its paragraphs themselves stay."""
        for block in [c for c in container if c.tag in _BLOCKS]:
            if block.tag == P:
                mark_content(block, tag, self.story)
            elif block.tag == TBL:
                Tables(self.story, self).mark_rows(block, tag)
            else:
                self.mark_all(block.find(SDT_CONTENT), tag)


def _renewed(element: Element) -> Element:
    """A changed element must not look like the untouched one it was."""
    copy = deepcopy(element)
    copy.tail = None
    return copy


def same_bytes(old: Element, new: Element) -> bool:
    """Whether two elements are written alike but for noise; never so when they refer elsewhere."""
    a, b = (etree.tostring(x, with_tail=False) for x in (old, new))
    if a != b:  # leaving out the noise costs more than writing the XML
        a, b = _NOISE.sub(b"", a), _NOISE.sub(b"", b)
    return a == b and b" r:" not in a and b"Reference" not in a and b"sectPr" not in a


def _item(block: Element) -> Item:
    kind = str(block.tag).rsplit("}", 1)[-1]
    if block.tag == SDT:
        kind += repr(container_signature(block, str))
    return Item(kind, block_text(block))


def _pair_lonely(pairs: Pairs, olds: list[Element], news: list[Element], *, paragraphs: bool) -> Pairs:
    """Blocks left alone between pairs, of equal kinds in equal number, are the same blocks, written anew.

    So are tables and controls anywhere, paragraphs only in cells: elsewhere a clause with no common words is
    another clause.
    """
    out: Pairs = []
    gap: Pairs = []
    for pair in [*pairs, (-1, -1)]:
        if None in pair:
            gap.append(pair)
            continue
        gone = [i for i, _ in gap if i is not None]
        came = [j for _, j in gap if j is not None]
        tags = [olds[i].tag for i in gone]
        level = tags == [news[j].tag for j in came] and (paragraphs or P not in tags)
        out += zip(gone, came, strict=True) if level else gap
        out.append(pair)
        gap = []
    return out[:-1]


def _splits_and_merges(steps: list[Step]) -> list[Step]:
    """Join an unpaired paragraph to a pair nearby when the pair's other side holds its words.

    Unpaired paragraphs between the two go or come with it, if that marks no more than leaving them alone.
    """
    out: list[Step] = []
    for step in steps:
        at = _other_half(out, step)
        out[at:] = [_join([*out[at:], step])]
    return out


def _other_half(before: list[Step], step: Step) -> int:
    """Index of the step that this one completes; past the end when there is none."""
    for at in range(len(before) - 1, max(-1, len(before) - 1 - _NEAR), -1):
        first = before[at]
        if _belongs(first, step):
            pair = first if first.olds and first.news else step
            close = not any(map(_has_text, before[at + 1 :]))
            return at if close or _flows_over(_join([*before[at:], step]), pair) else len(before)
        if not _is_alone(first, step):
            break
    return len(before)


def _join(steps: list[Step]) -> Step:
    return Step([p for s in steps for p in s.olds], [p for s in steps for p in s.news])


def _is_alone(step: Step, other: Step) -> bool:
    """Whether a step is a paragraph on one side only, and on the side of ``other`` if that is alone too."""
    if (
        step.kind != P
        or bool(step.olds) == bool(step.news)
        or any(map(has_section, (*step.olds, *step.news)))
    ):
        return False
    return bool(other.olds and other.news) or bool(step.olds) == bool(other.olds)


def _has_text(step: Step) -> bool:
    return any(map(block_text, (*step.olds, *step.news)))


def _belongs(first: Step, second: Step) -> bool:
    blocks = (*first.olds, *first.news, *second.olds, *second.news)
    if any(block.tag != P for block in blocks):
        return False
    paired = [s for s in (first, second) if s.olds and s.news]
    single = [s for s in (first, second) if not (s.olds and s.news)]
    if len(paired) != 1 or len(single) != 1:
        return False
    pair, lone = paired[0], single[0]
    near, far = (pair.olds, pair.news) if lone.olds else (pair.news, pair.olds)
    if len(far) != 1:
        return False
    mine = Item("p", " ".join(block_text(p) for p in (*lone.olds, *lone.news)))
    with_it = Item("p", " ".join(block_text(p) for p in (*near, *lone.olds, *lone.news)))
    alone, target = Item("p", " ".join(block_text(p) for p in near)), Item("p", block_text(far[0]))
    if mine.weight < _TELLING:  # "[ ]", "(a)": too little to know it by, unless all fits together exactly
        whole = [block_text(p) for step in (first, second) for p in (step.olds if lone.olds else step.news)]
        fits = "".join("".join(whole).split()) == "".join(target.text.split())
        return fits and bool(mine.text.strip())
    if likeness(with_it, target) <= likeness(alone, target):
        return False
    rest = target.words - alone.words
    shared = sum(len(word) * min(count, rest[word]) for word, count in mine.words.items())
    return shared >= 0.6 * mine.weight


def _tails(steps: list[Step]) -> list[Step]:
    """Blocks added or removed at a container's end: its last mark must stay, so they join the last pair."""
    at = len(steps)
    while at and not (steps[at - 1].olds and steps[at - 1].news):
        at -= 1
    rest = steps[at:]
    if not at or not rest or steps[at - 1].kind != P or any(s.kind != P or s.move for s in rest):
        return steps
    pair = steps[at - 1]
    sides = {bool(s.olds) for s in rest}
    if len(sides) != 1 or len(pair.olds) != 1 or len(pair.news) != 1:
        return steps
    if any(has_section(p) for s in (pair, *rest) for p in (*s.olds, *s.news)):
        return steps
    joined = _join([pair, *rest])
    if not _flows_over(joined, pair):
        joined.tail = -len(rest) if rest[0].olds else len(rest)
    return [*steps[: at - 1], joined]


def _flows_over(joined: Step, pair: Step) -> bool:
    """Whether the pair's words flow into what came or went after it: a split or merge, not an addition."""
    whole = [MARK.join(block_text(p) for p in side) for side in (joined.olds, joined.news)]
    first = [MARK.join(block_text(p) for p in side) for side in (pair.olds, pair.news)]
    extra = sum(len(text) for text in whole) - sum(len(text) for text in first)
    return first[0] != first[1] and changed_characters(*whole) < changed_characters(*first) + extra // 2


def _replace(container: Element, out: dict[Element, list[Element]], pending: list[Element]) -> None:
    """Put the written blocks in the place of the old ones; everything between blocks stays where it is."""
    for block, written in out.items():
        if len(written) == 1 and written[0] is block:
            continue
        kept = next((index for index, element in enumerate(written) if element is block), None)
        for element in written if kept is None else written[:kept]:
            block.addprevious(element)
        after = block
        for element in written[kept + 1 :] if kept is not None else []:
            after.addnext(element)
            after = element
        if kept is None:
            container.remove(block)
    section = container.find(SECTPR)
    for element in pending:  # the container held no block at all
        if section is not None:
            section.addprevious(element)
        else:
            container.append(element)
