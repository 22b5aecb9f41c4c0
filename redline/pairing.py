"""Pairing blocks of two versions: near-linear in length, in order.

1. equal texts at both ends pair up; texts that occur once on each side anchor the middle (patience diff: the
   longest increasing run of them), again inside every gap;
2. in a large gap where no text is unique (a form joined to itself) the shortest edit script over whole texts
   gives the anchors;
3. what is left between anchors is paired by likeness: a table of the best sum of shared words;
4. a gap still too large for the table is cut by the most alike distinctive blocks first.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from redline.document import Document
from redline.worddiff import shortest_script, tokens

Pairs = list[tuple[int | None, int | None]]
_TABLE = 40_000  # cells of the likeness table
_SCRIPT = 4_000_000  # steps of the edit script over whole blocks: some 2,000 differences
_ALIKE = 0.35  # below this share of common words two paragraphs are different ones


@dataclass
class Item:
    """One block to pair: its kind (only equal kinds pair), its exact text, its words."""

    kind: str
    text: str
    _words: Counter[str] | None = field(default=None, repr=False)
    _weight: int = 0

    @property
    def key(self) -> Hashable:
        """What makes two blocks equal."""
        return (self.kind, self.text)

    @property
    def words(self) -> Counter[str]:
        """Words of the text with how often they occur."""
        if self._words is None:
            self._words = Counter(token for token in tokens(self.text) if not token.isspace())
            self._weight = sum(len(word) * count for word, count in self._words.items())
        return self._words

    @property
    def weight(self) -> int:
        """Characters in words."""
        return self._weight if self._words is not None else sum(0 for _ in self.words) + self._weight


def likeness(a: Item, b: Item) -> float:
    """Share of common words by length, 0 to 1; two empty blocks are alike."""
    if a.kind != b.kind:
        return 0.0
    if a.text == b.text:
        return 1.0
    small, large = (a.words, b.words) if len(a.words) <= len(b.words) else (b.words, a.words)
    total = a.weight + b.weight
    if not total:
        return 1.0
    shared = sum(len(word) * min(count, large[word]) for word, count in small.items() if word in large)
    return 2 * shared / total


def align_items(old: Sequence[Item], new: Sequence[Item]) -> Pairs:
    """Pairs (old index or None, new index or None) in order; unpaired old ones before unpaired new ones."""
    anchors: list[tuple[int, int]] = []
    todo = [(0, len(old), 0, len(new))]
    while todo:
        a0, a1, b0, b1 = todo.pop()
        while a0 < a1 and b0 < b1 and old[a0].key == new[b0].key:
            anchors.append((a0, b0))
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and old[a1 - 1].key == new[b1 - 1].key:
            anchors.append((a1 - 1, b1 - 1))
            a1, b1 = a1 - 1, b1 - 1
        if a0 == a1 or b0 == b1:
            continue
        found = _unique(old, new, a0, a1, b0, b1)
        if not found and (a1 - a0) * (b1 - b0) > _TABLE:
            found = _in_order(old[a0:a1], new[b0:b1], a0, b0)
        if not found:
            anchors += _by_likeness(old, new, a0, a1, b0, b1)
            continue
        anchors += found
        for (pa, pb), (qa, qb) in zip([(a0 - 1, b0 - 1), *found], [*found, (a1, b1)], strict=True):
            todo.append((pa + 1, qa, pb + 1, qb))
    return _fill(sorted(anchors), len(old), len(new))


def _fill(anchors: list[tuple[int, int]], n: int, m: int) -> Pairs:
    out: Pairs = []
    i = j = 0
    for a, b in [*anchors, (n, m)]:
        out += [(k, None) for k in range(i, a)]
        out += [(None, k) for k in range(j, b)]
        if a < n and b < m:
            out.append((a, b))
        i, j = a + 1, b + 1
    return out


def _unique(
    old: Sequence[Item], new: Sequence[Item], a0: int, a1: int, b0: int, b1: int
) -> list[tuple[int, int]]:
    """Texts that occur once in each range, as the longest run that keeps both orders."""
    count_a = Counter(old[i].key for i in range(a0, a1) if old[i].text)
    place_b: dict[Hashable, int] = {}
    many: set[Hashable] = set()
    for j in range(b0, b1):
        key = new[j].key
        if key in place_b:
            many.add(key)
        place_b[key] = j
    pairs = [
        (i, place_b[key])
        for i in range(a0, a1)
        if (key := old[i].key) in place_b and key not in many and count_a.get(key) == 1
    ]
    return _increasing(pairs)


def _in_order(old: Sequence[Item], new: Sequence[Item], a0: int, b0: int) -> list[tuple[int, int]]:
    """Equal blocks of the shortest edit script; blank ones anchor nothing, any of them equals any other."""
    stretches = shortest_script([item.key for item in old], [item.key for item in new], work=_SCRIPT) or []
    pairs = ((i + k, j + k) for i, j, size in stretches for k in range(size))
    return [(a0 + i, b0 + j) for i, j in pairs if old[i].text.strip()]


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        tails[at : at + 1] = [j]
        ends[at : at + 1] = [index]
        back.append(ends[at - 1] if at else -1)
    out: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        out.append(pairs[index])
        index = back[index]
    return out[::-1]


def _by_likeness(
    old: Sequence[Item], new: Sequence[Item], a0: int, a1: int, b0: int, b1: int
) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    todo = [(a0, a1, b0, b1)]
    while todo:
        a0, a1, b0, b1 = todo.pop()
        n, m = a1 - a0, b1 - b0
        if not n or not m:
            continue
        if n * m <= _TABLE:
            out += _table(old, new, a0, a1, b0, b1)
            continue
        # too large: halve the old side and give each half its proportion of the new one
        half, cut = a0 + n // 2, b0 + m // 2
        best = max(
            (
                (likeness(old[i], new[j]) * min(old[i].weight, 200), i, j)
                for i in range(max(a0, half - 20), min(a1, half + 20))
                for j in range(max(b0, cut - 100), min(b1, cut + 100))
            ),
            default=(0.0, half, cut),
        )
        if best[0] > 0:
            half, cut = best[1], best[2]
        todo += [(a0, half, b0, cut), (half, a1, cut, b1)] if (half > a0 or cut > b0) else []
    return out


def _table(
    old: Sequence[Item], new: Sequence[Item], a0: int, a1: int, b0: int, b1: int
) -> list[tuple[int, int]]:
    n, m = a1 - a0, b1 - b0
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    gain = [[0.0] * m for _ in range(n)]
    for i in range(n - 1, -1, -1):
        one, row, below = old[a0 + i], best[i], best[i + 1]
        for j in range(m - 1, -1, -1):
            other = new[b0 + j]
            total = one.weight + other.weight
            # most pairs differ too much in length to be alike, whatever their words
            possible = not total or 2 * min(one.weight, other.weight) >= _ALIKE * total
            alike = likeness(one, other) if possible else 0.0
            worth = alike * total + 0.1 if alike >= _ALIKE else 0.0
            gain[i][j] = worth
            skip = below[j] if below[j] >= row[j + 1] else row[j + 1]
            row[j] = max(skip, below[j + 1] + worth) if worth else skip
    out: list[tuple[int, int]] = []
    i = j = 0
    while i < n and j < m:
        if gain[i][j] and best[i][j] == best[i + 1][j + 1] + gain[i][j]:
            out.append((a0 + i, b0 + j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return out


def align(old: Document, new: Document) -> tuple[tuple[str | None, str | None], ...]:
    """Block addresses of two versions paired old to new, part by part, to carry identity over versions."""
    out: list[tuple[str | None, str | None]] = []
    parts = dict.fromkeys(block.part for document in (old, new) for block in document.blocks)
    for part in parts:
        one = [block for block in old.blocks if block.part == part]
        two = [block for block in new.blocks if block.part == part]
        items = [[Item("cell" if b.table else "text", b.text) for b in side] for side in (one, two)]
        for i, j in align_items(items[0], items[1]):
            out.append((one[i].id if i is not None else None, two[j].id if j is not None else None))
    return tuple(out)
