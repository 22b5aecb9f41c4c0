"""Weaving two versions of consecutive paragraphs into one with tracked changes.

1. both sides become flat strings (flat.py), paragraph marks included, so that a split is an inserted mark and
   a merge a deleted one;
2. the word difference of the strings gives stretches that stay, go or come;
3. the pen (pen.py) walks them and writes the paragraphs.
"""

from redline.flat import Flat, flatten_paragraphs
from redline.names import DEL, INS, Element
from redline.pen import MergeBoxes, Pen
from redline.story import Story
from redline.worddiff import Op, Span, diff_spans


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
        pen = Pen(story, self.boxes, tags or {"delete": DEL, "insert": INS})
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
