"""Word-level differences that read as a lawyer would mark them.

1. cut both texts into tokens: words, amounts ("$1,000.00", "150%") and section references ("4.1(b)") whole,
   single spaces, punctuation marks; typographic and straight quotes differ, but only they are marked, not the
   word;
2. shortest edit script over the tokens (Myers, "An O(ND) difference algorithm and its variations", 1986);
3. clean up: an unchanged island of a few letters between two larger changes joins them, and a bracket opened
   in a change is closed in it;
4. slide a lone insertion or deletion so that it begins at a word, not at the space before it.
"""

import difflib
import re
from array import array
from collections.abc import Hashable, Sequence
from typing import Literal

Op = Literal["same", "delete", "insert"]
Span = tuple[Op, int, int, int, int]  # (op, a0, a1, b0, b1) in characters

_TOKENS = re.compile(
    r"[$€£¥]?\d+(?:[.,]\d+)+(?:%|(?:\(\w{1,4}\))+)?"  # $1,000.00  12.5%  4.1(b)(ii)
    r"|[$€£¥]\d+|\d+(?:%|(?:\([a-z]{1,4}\))+)"  # $500  150%  4(b)
    r"|\w+|[ \u00a0]|\s|.",
    re.DOTALL,
)
_WORK = 4_000_000  # steps of Myers before difflib takes over
_ISLAND = 8  # characters an unchanged island may have to be swallowed
_SHORT_WORDS = re.compile(r"\W*(?:\w{1,5}\W+)*(?:\w{1,5})?\W*")  # "of the", not "shall" + more


def word_diff(before: str, after: str, *, granularity: str = "word") -> tuple[tuple[str, str], ...]:
    """The difference as ("same" | "delete" | "insert", text) stretches; ``granularity`` word or character."""
    out = []
    for op, a0, a1, b0, b1 in diff_spans(before, after, granularity=granularity):
        out.append((op, after[b0:b1] if op == "insert" else before[a0:a1]))
    return tuple(out)


def tokens(text: str, *, granularity: str = "word") -> list[str]:
    """The tokens of a text; joined they give the text again."""
    return list(text) if granularity == "character" else _TOKENS.findall(text)


def diff_spans(before: str, after: str, *, granularity: str = "word", tidy: bool = True) -> list[Span]:
    """The difference as character spans of both texts, deletions before insertions."""
    if before == after:
        return [("same", 0, len(before), 0, len(after))] if before else []
    a, b = tokens(before, granularity=granularity), tokens(after, granularity=granularity)
    spans = _to_spans(a, b, _matches(a, b))
    if tidy and granularity != "character":
        spans = _close_brackets(_swallow_islands(spans, before, after), before, after)
    return _slide(spans, before, after)


def changed_characters(before: str, after: str) -> int:
    """How many characters the difference marks, deleted and inserted together."""
    spans = diff_spans(before, after)
    return sum(span[2] - span[1] + span[4] - span[3] for span in spans if span[0] != "same")


def _matches(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """Equal stretches (i, j, length) in order."""
    start, end = 0, 0
    while start < len(a) and start < len(b) and a[start] == b[start]:
        start += 1
    while end < len(a) - start and end < len(b) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    inner_a, inner_b = a[start : len(a) - end], b[start : len(b) - end]
    middle = shortest_script(inner_a, inner_b)
    if middle is None:
        matcher = difflib.SequenceMatcher(None, inner_a, inner_b, autojunk=False)
        middle = [(m.a, m.b, m.size) for m in matcher.get_matching_blocks() if m.size]
    out = [(0, 0, start)] if start else []
    out += [(i + start, j + start, n) for i, j, n in middle]
    return [*out, (len(a) - end, len(b) - end, end)] if end else out


def shortest_script(
    a: Sequence[Hashable], b: Sequence[Hashable], *, work: int = _WORK
) -> list[tuple[int, int, int]] | None:
    """Equal stretches (i, j, length) of a shortest edit script (Myers); None past ``work`` steps."""
    n, m = len(a), len(b)
    if not n or not m:
        return []
    middle = n + m + 1
    furthest = [0] * (2 * middle + 1)  # by diagonal k = x - y, shifted so that no index is negative
    trace: list[array[int]] = []  # before round d: the diagonals -d+1, -d+3 ... d-1
    done = 0
    for d in range(n + m + 1):
        trace.append(array("l", furthest[middle - d + 1 : middle + d : 2]))
        done += 2 * d + 1
        if done > work:
            return None
        for k in range(middle - d, middle + d + 1, 2):
            down = k == middle - d or (k != middle + d and furthest[k - 1] < furthest[k + 1])
            x = furthest[k + 1] if down else furthest[k - 1] + 1
            y = x - k + middle
            while x < n and y < m and a[x] == b[y]:
                x, y = x + 1, y + 1
            furthest[k] = x
            if x >= n and y >= m:
                return _walk_back(trace, n, m)
    return None


def _walk_back(trace: "list[array[int]]", n: int, m: int) -> list[tuple[int, int, int]]:
    out: list[tuple[int, int, int]] = []
    x, y = n, m
    for d in range(len(trace) - 1, 0, -1):
        before, at = (
            trace[d],
            (x - y + d) // 2,
        )  # the diagonal above is before[at], the one below before[at - 1]
        down = at == 0 or (at != d and before[at - 1] < before[at])
        start = before[at] if down else before[at - 1] + 1
        if x > start:
            out.append((start, y - (x - start), x - start))
        y -= x - start
        x = start
        x, y = (x, y - 1) if down else (x - 1, y)
    if x:
        out.append((0, 0, x))
    return out[::-1]


def _to_spans(a: Sequence[str], b: Sequence[str], matches: list[tuple[int, int, int]]) -> list[Span]:
    at_a, at_b = _offsets(a), _offsets(b)
    spans: list[Span] = []
    i = j = 0
    for mi, mj, size in [*matches, (len(a), len(b), 0)]:
        if mi > i:
            spans.append(("delete", at_a[i], at_a[mi], at_b[j], at_b[j]))
        if mj > j:
            spans.append(("insert", at_a[mi], at_a[mi], at_b[j], at_b[mj]))
        if size:
            spans.append(("same", at_a[mi], at_a[mi + size], at_b[mj], at_b[mj + size]))
        i, j = mi + size, mj + size
    return spans


def _offsets(parts: Sequence[str]) -> list[int]:
    out = [0]
    for part in parts:
        out.append(out[-1] + len(part))
    return out


def _swallow_islands(spans: list[Span], before: str, after: str) -> list[Span]:
    """Join changes over tiny unchanged islands, again while that lets larger ones swallow the next."""
    while len(joined := _swallow_once(spans, (before, after))) < len(spans):
        spans = joined
    return spans


def _swallow_once(spans: list[Span], texts: tuple[str, str]) -> list[Span]:
    """Join changes over a tiny unchanged island, where that costs little against what changed anyway."""
    out: list[Span] = []
    for index, span in enumerate(spans):
        op, a0, a1, b0, b1 = span
        if op == "same" and 0 < index < len(spans) - 1 and _is_island(texts[0][a0:a1]):
            (left, number), (right, another) = (_beside(spans, index, step, texts) for step in (-1, 1))
            size = a1 - a0
            two_numbers = number and another  # two terms of a deal, each to be seen
            if not two_numbers and size <= left and size <= right and 5 * size <= left + right:
                out += [("delete", a0, a1, b0, b0), ("insert", a1, a1, b0, b1)]
                continue
        out.append(span)
    return _regroup(out)


def _is_island(text: str) -> bool:
    if len(text) > _ISLAND or any(c in "\n[]{}" or c.isdigit() or ord(c) >= 0xE000 for c in text):
        return False
    return _SHORT_WORDS.fullmatch(text) is not None


def _beside(spans: list[Span], index: int, step: int, texts: tuple[str, str]) -> tuple[int, bool]:
    """Of the changes on one side of an island: characters marked, and whether a number is among them."""
    size, number = 0, False
    index += step
    while 0 <= index < len(spans) and spans[index][0] != "same":
        op, a0, a1, b0, b1 = spans[index]
        marked = texts[0][a0:a1] if op == "delete" else texts[1][b0:b1]
        size, number = size + len(marked), number or any(c.isdigit() for c in marked)
        index += step
    return size, number


def _regroup(spans: list[Span]) -> list[Span]:
    """Between two unchanged stretches: one deletion, then one insertion."""
    out: list[Span] = []
    run: list[Span] = []
    for span in [*spans, None]:
        if span is not None and span[0] != "same":
            run.append(span)
            continue
        if run:
            a0, b0, a1, b1 = run[0][1], run[0][3], run[-1][2], run[-1][4]
            if a1 > a0:
                out.append(("delete", a0, a1, b0, b0))
            if b1 > b0:
                out.append(("insert", a1, a1, b0, b1))
            run = []
        if span is not None:
            out.append(span)
    return out


def _close_brackets(spans: list[Span], before: str, after: str) -> list[Span]:
    """ "ten (10" against "nine (9" takes the bracket that follows along: "ten (10)" is one change."""
    out = list(spans)
    for index in range(len(out) - 2):
        (op, a0, a1, b0, _), (other, _, _, c0, c1), (then, s0, s1, t0, t1) = out[index : index + 3]
        if (op, other, then) != ("delete", "insert", "same") or before[s0] != ")":
            continue
        if all(text.count("(") > text.count(")") for text in (before[a0:a1], after[c0:c1])):
            out[index] = ("delete", a0, a1 + 1, b0, b0)
            out[index + 1] = ("insert", a1 + 1, a1 + 1, c0, c1 + 1)
            out[index + 2] = ("same", s0 + 1, s1, t0 + 1, t1)
    return [span for span in out if span[2] > span[1] or span[4] > span[3]]


def _slide(spans: list[Span], before: str, after: str) -> list[Span]:
    """Move a lone change left over the space before it: "a[ b] c" reads better as "a [b ]c"."""
    out = list(spans)
    for index in range(1, len(out) - 1):
        op, a0, a1, b0, b1 = out[index]
        left, right = out[index - 1], out[index + 1]
        if op == "same" or left[0] != "same" or right[0] != "same":
            continue
        text = after[b0:b1] if op == "insert" else before[a0:a1]
        following = before[right[1] : right[2]]
        if not (text.startswith(" ") and following.startswith(" ") and len(text) > 1):
            continue
        out[index - 1] = ("same", left[1], left[2] + 1, left[3], left[4] + 1)
        out[index] = (op, a0 + 1, a1 + 1, b0 + 1, b1 + 1)
        out[index + 1] = ("same", right[1] + 1, right[2], right[3] + 1, right[4])
    return [span for span in out if span[2] > span[1] or span[4] > span[3]]
