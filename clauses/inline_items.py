"""Lists that run inside a paragraph: "(a) …; (b) …; and (c) …" give items of their own.

1. Labels in a clause's own words are gathered; one that belongs to a reference ("clause (b)") or to a
   number in words
   ("two (2)") is none.
2. A label that follows on from an open run joins it and closes the runs inside; a first label ((a), (i),
   (1)) opens one.
3. A run of one label is no list. An item ends where the next begins, the last one with its sentence.
The items lie inside the words of their clause: its ``own_end`` still is the end of the paragraph.
"""

# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from clauses.numbering import alpha_value, roman_value
from clauses.sentences import sentence_spans
from clauses.source import Line, Source
from clauses.tree import Node

_LABEL = re.compile(
    r"(?<![\w)\]])\((?P<num>[a-z]{1,2}|[ivx]{1,5}|[A-Z]|[IVX]{1,5}|\d{1,2})\)(?=[ \t\n\v\u00a0]{0,3}[^\s;,.)])"
)
_REFERENCE = re.compile(
    r"\b(?:sections?|clauses?|articles?|paragraphs?|items?|parts?|points?|sub-?(?:sections?|clauses?|paragraphs?)|schedule|"
    r"exhibit|rule|prongs?)\s{1,2}(?:[\d.]{0,8}(?:\s?\([\w]{1,4}\)){1,4}\s{0,2}(?:,|and|or|to|through|&|-|–)?\s{0,2}"
    r"(?:and|or)?\s{0,2}){0,6}$",
    re.I,
)
_NUMBER_WORD = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|hundred)[\s-]{1,2}$|teen\s$",
    re.I,
)
_POINTED_BEFORE = re.compile(r"\bneither\s{1,2}$|\([\w]{1,4}\)\s{1,2}(?:nor|or|and)\s{1,2}$", re.I)
_POINTED_BEHIND = re.compile(r"\s{1,2}(?:nor|or|and)\s{1,2}\([\w]{1,4}\)", re.I)
_LONGEST = 20_000  # a paragraph beyond this is a filing run together, no list
_KINDS = ("section", "item", "paragraph")


@dataclass(slots=True)
class _Run:
    style: str
    value: int
    nodes: list[Node] = field(default_factory=list)
    parent: Node | None = None


def with_inline_items(source: Source, nodes: list[Node]) -> list[Node]:
    """The nodes with the items inside their paragraphs, in reading order."""
    starts = [line.start for line in source.lines]
    made: list[Node] = []
    for node in nodes:
        made.append(node)
        if node.kind in _KINDS and 30 < node.end - node.start <= _LONGEST:
            inside = _items(source, node, starts)
            for item in inside:
                item.depth = (item.parent.depth if item.parent else node.depth) + 1
            node.children[:0] = [item for item in inside if item.parent is node]
            made.extend(inside)
    made.sort(key=lambda one: (one.start, -one.end, one.depth))
    return made


def _items(source: Source, node: Node, starts: list[int]) -> list[Node]:
    text = source.plain
    labels = list(_labels(text, node))
    if len(labels) < 2:
        return []
    ends = [end for _, end in sentence_spans(text, node.start, node.end)]
    runs: list[_Run] = []
    closed: list[_Run] = []
    for num, start in labels:
        sentence = bisect_right(ends, start)
        forms = _forms(num)
        place = next(
            (k for k in range(len(runs) - 1, -1, -1) if (runs[k].style, runs[k].value + 1) in forms), None
        )
        if place is not None:
            closed += runs[place + 1 :]
            del runs[place + 1 :]
            run = runs[place]
            run.value += 1
        else:
            first = next((style for style, value in forms if value == 1), None)
            if first is None:
                continue
            while runs and bisect_right(ends, runs[-1].nodes[-1].start) != sentence:
                closed.append(runs.pop())
            while runs and any(run.style == first for run in runs):
                closed.append(runs.pop())  # the same letters again in one sentence: another list
            run = _Run(first, 1, parent=runs[-1].nodes[-1] if runs else None)
            runs.append(run)
        run.nodes.append(_node(source, node, num, start, run.style))
    return _finished(source, node, [*closed, *runs], ends, starts)


def _labels(text: str, node: Node) -> Iterator[tuple[str, int]]:
    for found in _LABEL.finditer(text, node.start, node.end):
        before = text[max(node.start, found.start() - 90) : found.start()]
        if not before.strip() or _REFERENCE.search(before):
            continue
        if found["num"].isdigit() and _NUMBER_WORD.search(before):
            continue
        if _POINTED_BEFORE.search(before) or _POINTED_BEHIND.match(text, found.end(), node.end):
            continue  # "if neither (a) nor (b) is possible" points to items that stand elsewhere
        yield found["num"], found.start()


def _forms(num: str) -> list[tuple[str, int]]:
    """What a label can be: (i) is a roman one or the ninth letter."""
    if num.isdigit():
        return [("1", int(num))]
    case = "A" if num.isupper() else "a"
    forms = []
    if roman := roman_value(num):
        forms.append((case + "roman", roman))
    if len(num) == 1 or num[0] == num[1]:
        forms.append((case, alpha_value(num)))
    return forms


def _node(source: Source, above: Node, num: str, start: int, style: str) -> Node:
    return Node("item", start, above.end, number=f"({num})", style=f"inline{style}", schedule=above.schedule)


def _finished(
    source: Source, above: Node, runs: Sequence[_Run], ends: list[int], starts: list[int]
) -> list[Node]:
    """Runs of two and more, each item with its end, its parent and its path."""
    kept = sorted((run for run in runs if len(run.nodes) > 1), key=lambda run: run.nodes[0].start)
    known = {id(node) for run in kept for node in run.nodes}
    made: list[Node] = []
    for run in kept:
        parent = run.parent if run.parent is not None and id(run.parent) in known else above
        for place, node in enumerate(run.nodes):
            last = place + 1 == len(run.nodes)
            stop = (
                ends[min(bisect_right(ends, node.start), len(ends) - 1)]
                if last
                else run.nodes[place + 1].start
            )
            node.end = min(stop, parent.end)
            while node.end > node.start and source.plain[node.end - 1].isspace():
                node.end -= 1
            node.parent = parent
            node.path = parent.path + node.number
            node.blocks = _blocks(source.lines, starts, node)
            if parent is not above:
                parent.children.append(node)
            made.append(node)
    return made


def _blocks(lines: list[Line], starts: list[int], node: Node) -> list[str]:
    first = max(0, bisect_right(starts, node.start) - 1)
    last = bisect_left(starts, node.end)
    return [block for line in lines[first:last] for block in line.blocks]
