"""The paragraph being written: its runs, and the tracked changes round them.

A run stays open while nodes of the same source and fate follow, a revision wrapper while runs of one fate do,
so that ten words deleted from one run are one run in one deletion.
"""

from copy import deepcopy

from lxml import etree

from redline.names import R_RUN, RPR, Element
from redline.pending import insertion_round
from redline.worddiff import Op
from redline.writer import Writer

RunKey = tuple[Op, Element, Element | None]  # fate, the run it is like, the run whose look it takes


class Line:
    """Collects the content of one paragraph, or of one container inside it.

    ``changed`` says whether anything written so far differs from the old paragraph, ``took_old`` whether any
    of it came from there.
    """

    def __init__(self, writer: Writer, tags: dict[Op, str]) -> None:
        self.writer, self.tags = writer, tags
        self.content: list[Element] = []
        self.changed = False
        self.took_old = False
        self._wrapper: tuple[tuple[Op, Element | None], Element] | None = None
        self._run: tuple[RunKey, Element] | None = None

    def append(self, op: Op, element: Element, within: Element | None = None) -> None:
        """An element beside the runs, inside the wrapper of its fate.

        ``within`` is the other side's pending insertion it stood in: it stays in (a part of) that.
        """
        self._run = None
        self.took_old |= op != "insert"
        if op == "same" and within is None:
            self._wrapper = None
            self.content.append(element)
            return
        if self._wrapper is None or self._wrapper[0] != (op, within):
            self._wrapper = ((op, within), self._new_wrapper(op, within))
        self._wrapper[1].append(element)

    def _new_wrapper(self, op: Op, within: Element | None) -> Element:
        """The innermost of the wrappers for this fate, put at the end of the line."""
        theirs = self.writer.halve(within) if within is not None else None
        if theirs is not None:
            self.content.append(theirs)
            if op == "same":
                return theirs
        ours = self.writer.revision(self.tags[op])
        (self.content if theirs is None else theirs).append(ours)
        return ours

    def is_open(self, key: RunKey) -> bool:
        """Whether the run with this key is still being written."""
        return self._run is not None and self._run[0] == key

    def open_run(self, key: RunKey, rpr: Element | None) -> None:
        """Begin a run with these properties."""
        op, like, _ = key
        run = etree.Element(R_RUN)
        if op != "insert":
            for name, text in like.attrib.items():
                run.set(name, text)
        if rpr is not None:
            run.append(rpr)
        self.append(op, run, insertion_round(like) if op != "insert" else None)
        self._run = (key, run)

    def put(self, node: Element) -> None:
        """A node into the open run."""
        if self._run is not None:
            self._run[1].append(node)

    def reference_run(self, run: Element, reference: Element) -> None:
        """A comment's reference stays outside every revision: deleting it would orphan the comment."""
        self.close()
        self.took_old = True
        out = etree.Element(R_RUN)
        rpr = run.find(RPR)
        if rpr is not None:
            out.append(deepcopy(rpr))
        out.append(reference)
        self.content.append(out)

    def close(self) -> None:
        """What follows starts a run and a wrapper of its own."""
        self._run = None
        self._wrapper = None

    def take(self) -> list[Element]:
        """The content so far; the line is empty afterwards."""
        self.close()
        self.changed = self.took_old = False
        content, self.content = self.content, []
        return content
