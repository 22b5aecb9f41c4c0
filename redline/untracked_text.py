"""Which lines of the returned text our sent text explains, and how the unexplained ones pair up.

The rule: with every change of the returned document rejected, each paragraph must be what we sent, where
each of our own pending changes may stand, or have been accepted, or have been rejected. ``explain`` decides
that exactly; ``pair`` first takes what is equal, then finds the cheapest pairing of the rest.
"""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from redline.untracked_views import Group, Line, Segment

ALIKE = 50.0  # percent: below this two paragraphs are not one paragraph changed
_LARGEST = 40_000  # pairs looked at in one unexplained stretch
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑–—―−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\t\v\f\n", " "),
        "…": "...",
    }
)


_NUMBER_WORDS = frozenset(
    (
        *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
        *("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand"),
        *("million", "billion", "half", "twice", "double", "triple"),
    )
)


@dataclass(frozen=True)
class Match:
    """A group of ours and the returned lines it became; either side may be missing."""

    group: Group | None
    lines: tuple[Line, ...]
    taken: tuple[bool, ...] | None  # per segment whether it is there; None = not explained

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def explain(segments: Sequence[Segment], target: str) -> tuple[bool, ...] | None:
    """Per segment whether it is in ``target``, or None when no choice of our changes gives that text.

    Pending changes are preferred as they stand: insertions out, deletions in.
    """
    reached: list[dict[int, tuple[int, bool]]] = []
    here: dict[int, tuple[int, bool]] = {0: (0, False)}
    for segment in segments:
        following: dict[int, tuple[int, bool]] = {}
        options = {"same": (True,), "deleted": (True, False), "inserted": (False, True)}[segment.state]
        for taken in options:
            for at in here:
                after = at + len(segment.text) if taken else at
                if after not in following and (not taken or target.startswith(segment.text, at)):
                    following[after] = (at, taken)
        reached.append(following)
        here = following
        if not here:
            return None
    if len(target) not in here:
        return None
    chosen: list[bool] = []
    at = len(target)
    for step in reversed(reached):
        at, taken = step[at]
        chosen.append(taken)
    return tuple(reversed(chosen))


def pair(groups: Sequence[Group], lines: Sequence[Line]) -> list[Match]:
    """Every group and every line once, in order.

    Paragraphs without pending changes anchor the pairing; one with a choice may have become several lines,
    so it is weighed against its neighbours (unless nothing differs at all).
    """
    theirs = [line.text for line in lines]
    if [group.original for group in groups] == theirs:
        return [_equal(group, line) for group, line in zip(groups, lines, strict=True)]
    ours = [f"\0{at}" if group.has_choice else group.original for at, group in enumerate(groups)]
    head = 0
    while head < min(len(ours), len(theirs)) and ours[head] == theirs[head]:
        head += 1
    tail = 0
    while tail < min(len(ours), len(theirs)) - head and ours[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    ends = len(ours) - tail, len(theirs) - tail
    out = [_equal(groups[at], lines[at]) for at in range(head)]
    matcher = difflib.SequenceMatcher(None, ours[head : ends[0]], theirs[head : ends[1]], autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            out += [_equal(groups[head + a1 + step], lines[head + b1 + step]) for step in range(a2 - a1)]
        else:
            out += _cheapest(groups[head + a1 : head + a2], lines[head + b1 : head + b2])
    return out + [_equal(groups[ends[0] + at], lines[ends[1] + at]) for at in range(tail)]


def _equal(group: Group, line: Line) -> Match:
    return Match(group, (line,), tuple(segment.state != "inserted" for segment in group.segments))


def _cheapest(groups: Sequence[Group], lines: Sequence[Line]) -> list[Match]:
    """The pairing of a stretch with the least left over (edit distance over paragraphs)."""
    rows, columns = len(groups), len(lines)
    if rows * columns > _LARGEST:
        return _in_order(groups, lines)
    best: list[list[tuple[float, int, int, tuple[bool, ...] | None]]] = [
        [(float("inf"), 0, 0, None)] * (columns + 1) for _ in range(rows + 1)
    ]
    best[0][0] = (0.0, 0, 0, None)
    gone = [explain(group.segments, "") for group in groups]
    for row in range(rows + 1):
        for column in range(columns + 1):
            cost = best[row][column][0]
            if column < columns:
                extra = 1.0 if lines[column].text.strip() else 0.05
                _improve(best, row, column + 1, (cost + extra, 0, 1, None))
            if row == rows:
                continue
            _improve(best, row + 1, column, (cost + _loss(groups[row], gone[row]), 1, 0, gone[row]))
            for count in range(1, min(groups[row].breaks + 1, columns - column) + 1):
                price, taken = _price(groups[row], lines[column : column + count])
                _improve(best, row + 1, column + count, (cost + price, 1, count, taken))
    return _walk_back(best, groups, lines)


def _improve(
    best: list[list[tuple[float, int, int, tuple[bool, ...] | None]]],
    row: int,
    column: int,
    offer: tuple[float, int, int, tuple[bool, ...] | None],
) -> None:
    if offer[0] < best[row][column][0]:
        best[row][column] = offer


def _loss(group: Group, gone: tuple[bool, ...] | None) -> float:
    if gone is not None:
        return 0.3 if group.segments else 0.05
    return 1.0 if group.original.strip() else 0.05


def _price(group: Group, lines: Sequence[Line]) -> tuple[float, tuple[bool, ...] | None]:
    text = "\n".join(line.text for line in lines)
    taken = explain(group.segments, text)
    if taken is not None:
        return 0.0, taken
    alike = max(likeness(group.original, text), likeness(group.accepted, text))
    # a paragraph more than we sent is rather a strange one than a part of ours
    more = float(max(0, len(lines) - 1 - group.original.count("\n")))
    return (1.9 * (1 - alike / 100) + more if alike >= ALIKE else 2.5 + more), None


def likeness(before: str, after: str) -> float:
    """How alike two texts are in percent: by characters when short, else by the words they share."""
    if min(len(before), len(after)) < 40:
        return 100 * difflib.SequenceMatcher(None, before, after, autojunk=False).ratio()
    mine, theirs = before.split(), after.split()
    return 200 * sum((Counter(mine) & Counter(theirs)).values()) / max(1, len(mine) + len(theirs))


def _walk_back(
    best: list[list[tuple[float, int, int, tuple[bool, ...] | None]]],
    groups: Sequence[Group],
    lines: Sequence[Line],
) -> list[Match]:
    out: list[Match] = []
    row, column = len(groups), len(lines)
    while row or column:
        _, up, left, taken = best[row][column]
        group = groups[row - 1] if up else None
        out.append(Match(group, tuple(lines[column - left : column]), taken))
        row, column = row - up, column - left
    return out[::-1]


def _in_order(groups: Sequence[Group], lines: Sequence[Line]) -> list[Match]:
    """For stretches too large to weigh every pair: one after the other."""
    out = []
    for at in range(max(len(groups), len(lines))):
        group = groups[at] if at < len(groups) else None
        found = tuple(lines[at : at + 1])
        taken = explain(group.segments, "".join(line.text for line in found)) if group else None
        out.append(Match(group, found, taken))
    return out


def explain_loosely(segments: Sequence[Segment], target: str) -> tuple[bool, ...] | None:
    """``explain``, typesetting aside: first without any spaces, then their number must not matter."""
    without = [replace(item, text=_squeezed(item.text)) for item in segments]
    taken = explain(without, _squeezed(target))
    if taken is None:
        return None
    reading = "".join(item.text for item, there in zip(segments, taken, strict=True) if there)
    return taken if plain(reading) == plain(target) else None


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY).split())


def plain(text: str) -> str:
    """The text without what only its typesetting changes: kinds of quote, dash and space, doubled spaces."""
    joined = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)
    return re.sub(r" ?([,;:.!?)]) ?", r"\1 ", re.sub(r" +", " ", joined)).strip()


def figures(text: str) -> list[str]:
    """The numbers of a text in order, in figures and in words."""
    words = re.findall(r"[\w.,%]*\d[\w.,%]*|[^\W\d_]+", text)
    return [
        "".join(c for c in word if c.isdigit()) or word.casefold()
        for word in words
        if any(c.isdigit() for c in word) or word.casefold() in _NUMBER_WORDS
    ]


def around(before: str, after: str, margin: int = 40) -> tuple[str, str]:
    """The two differing stretches with some words around them."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    start = _word_edge(before, max(0, head - margin))
    return before[start : len(before) - max(0, tail - margin)], after[
        start : len(after) - max(0, tail - margin)
    ]


def _word_edge(text: str, at: int) -> int:
    space = text.rfind(" ", 0, at + 1)
    return space + 1 if at > 0 else 0
