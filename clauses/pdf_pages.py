"""Rows of a PDF's pages become paragraphs: pure geometry and words, no PDF library.

1. Fragments on one base line are one row; blocks that were drawn out of order are put back from top to
   bottom.
2. Rows that repeat at the top or bottom of pages (digits read as one), and lone page numbers, are left out.
3. A row ends its paragraph where a gap follows, where the next row opens with a number or a bullet,
   where the print
   changes, or where the next row's first word would still have fitted on it.
4. A word broken by a hyphen is joined, unless the document writes it with the hyphen elsewhere.
Coordinates are PDF points, counted from the bottom left of the page.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from clauses.numbering import schedule_heading, typed_label

SOFT = "\u00ad"  # a hyphen of which the file itself says that it stands at a line end

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PAGE_NUMBER = re.compile(
    r"[\[(–—-]?\s?(?:page\s{0,2})?[–—-]?\s?(?:\d{1,4}|[ivxl]{1,6}|[A-Z]-\d{1,3})\s?[–—-]?(?:\s?(?:of|/)\s?\d{1,4})?\s?[\])]?",
    re.I,
)
_FIGURE = re.compile(r"[–—-]?\s?\d{1,4}\s?[–—-]?")
_BULLET = re.compile(r"[•●▪◦‣·○■□☐☑☒–—*-]\s")
_OPEN_END = re.compile(
    r"(?:\b(?:and|or|of|in|to|the|a|an|with|by|under|sections?|clauses?|articles?|paragraphs?|schedules?|exhibits?|annex|through)|[,(–-])$",
    re.I,
)
_STOP = re.compile(r"[.;:!?][”\"’')\]]{0,2}$|[;,]\s(?:and|or)$")
_KEPT = frozenset(
    "non self co pre sub anti ex cross third sixty thirty ninety forty twenty".split()  # noqa: SIM905
)
_LONGEST = 20_000  # characters: no paragraph is longer, and joining must not take the square of the length
_EDGE = 3  # rows at either end of a page that may be a running head or foot


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row: its words, where it stands, its print."""

    text: str
    left: float
    right: float
    base: float
    size: float
    lead: int = 0  # code points of bold print at the front
    last: float | None = None  # base line of the last letter, where the reader gives wrapped rows as one

    @property
    def foot(self) -> float:
        return self.base if self.last is None else self.last

    @property
    def is_bold(self) -> bool:
        return 0 < len(self.text.rstrip()) <= self.lead


@dataclass(slots=True)
class Paragraph:
    """Joined rows; ``turns`` are (offset, page) where a further page begins inside it."""

    text: str
    page: int
    lead: int = 0
    turns: tuple[tuple[int, int], ...] = ()


def paragraphs(pages: Sequence[Sequence[Row]]) -> list[Paragraph]:
    """Paragraphs in reading order; ``pages`` hold the rows of each page as drawn, the first page is number
    1.
    """
    bodies = _at_page_numbers(_without_margins([_in_order(_merged(page)) for page in pages]))
    known = _vocabulary([row.text for _, rows in bodies for row in rows])
    made: list[Paragraph] = []
    before: Row | None = None
    right = 0.0
    for number, rows in bodies:
        leading = _leading(rows)
        right_here = max((row.right for row in rows), default=0.0)
        for place, row in enumerate(rows):
            row = replace(row, text=_unbroken(row.text, known))
            goes_on = before is not None and _goes_on(
                before, row, right or right_here, leading if place else 0.0
            )
            if goes_on and len(made[-1].text) < _LONGEST:
                _append(made[-1], row, number, known, turned=not place)
            else:
                made.append(_opened(row, number))
            before, right = row, right_here
    return made


# --- rows -----------------------------------------------------------------------------------------


def _merged(rows: Sequence[Row]) -> list[Row]:
    """Neighbouring fragments on one base line become one row, two blanks apart where the gap is wide."""
    made: list[Row] = []
    for row in rows:
        if not row.text.strip(" -_=*."):
            continue
        last = made[-1] if made else None
        if last and abs(last.foot - row.base) < 0.3 * row.size and row.left >= last.right - 1:
            gap = "  " if row.left - last.right > 1.5 * row.size else " "
            text = last.text.rstrip() + gap + row.text.lstrip()
            lead = last.lead if not last.is_bold else len(text) - len(row.text.lstrip()) + row.lead
            made[-1] = replace(last, text=text, right=row.right, lead=lead, last=row.foot)
        else:
            made.append(row)
    return made


def _in_order(rows: list[Row]) -> list[Row]:
    """Blocks drawn out of order, in reading order; columns stay as drawn."""
    blocks: list[list[Row]] = []
    for row in rows:
        if blocks and row.base <= blocks[-1][-1].foot + 0.3 * row.size:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    ordered: list[list[Row]] = []
    for block in blocks:
        place = len(ordered)
        while place and _above(block, ordered[place - 1]):
            place -= 1
        ordered.insert(place, block)
    return [row for block in ordered for row in block]


def _above(block: list[Row], other: list[Row]) -> bool:
    """Whether all of a block stands above all of another: then it is read first, whoever was drawn first."""
    return block[-1].foot > other[0].base + 0.3 * other[0].size


def _without_margins(pages: list[list[Row]]) -> list[list[Row]]:
    seen: Counter[tuple[str, int]] = Counter()
    bases = [row.base for rows in pages for row in rows] or [0.0]
    high, low = max(bases), min(bases)
    for rows in pages:
        seen.update(set(_edges(rows, high, low).values()))
    often = max(2, (len(pages) + 2) // 3)
    kept = []
    for rows in pages:
        edges = _edges(rows, high, low)
        kept.append(
            [
                row
                for place, row in enumerate(rows)
                if place not in edges
                or (seen[edges[place]] < often and not _PAGE_NUMBER.fullmatch(row.text.strip()))
            ]
        )
    return kept


def _edges(rows: list[Row], high: float, low: float) -> dict[int, tuple[str, int]]:
    """Places of rows near the top and bottom edge with what tells a running head: words without digits, and
    height.
    """
    by_height = sorted(range(len(rows)), key=lambda place: -rows[place].base)
    ends = {*by_height[:_EDGE], *by_height[-_EDGE:]}
    margin = 0.12 * (high - low)
    return {
        place: (re.sub(r"\d+", "#", " ".join(rows[place].text.lower().split())), round(rows[place].base / 12))
        for place in ends
        if rows[place].base > high - margin or rows[place].base < low + margin
    }


def _at_page_numbers(pages: list[list[Row]]) -> list[tuple[int, list[Row]]]:
    """Pages cut at the page numbers of an older paging that stand in their middle (2, 3, 4 … each alone in
    a row).
    """
    lone = [
        (k, n)
        for k, rows in enumerate(pages)
        for n, row in enumerate(rows)
        if _FIGURE.fullmatch(row.text.strip())
    ]
    values = [int(re.sub(r"\D", "", pages[k][n].text)) for k, n in lone]
    drop = {
        place
        for at, place in enumerate(lone)
        if any(values[at : at + 3] == list(range(v, v + 3)) for v in (values[at],))
        or (at and values[at - 1 : at + 2] == list(range(values[at] - 1, values[at] + 2)))
        or (at > 1 and values[at - 2 : at + 1] == list(range(values[at] - 2, values[at] + 1)))
    }
    parts: list[tuple[int, list[Row]]] = []
    for number, rows in enumerate(pages):
        parts.append((number + 1, []))
        for place, row in enumerate(rows):
            if (number, place) in drop:
                parts.append((number + 1, []))
            else:
                parts[-1][1].append(row)
    return parts


# --- paragraphs -----------------------------------------------------------------------------------


def _leading(rows: Sequence[Row]) -> float:
    """The usual distance of two base lines on a page."""
    steps = [a.foot - b.base for a, b in pairwise(rows) if 0 < a.foot - b.base < 4 * b.size]
    return median(steps) if steps else 14.0


def _goes_on(before: Row, row: Row, right: float, leading: float) -> bool:
    """Whether a row continues the paragraph of the one before; ``leading`` 0 says that a page was turned."""
    ended = _STOP.search(before.text.rstrip()) is not None
    if leading:
        step = before.foot - row.base
        tall = max(before.size, row.size)
        if step > max(1.45 * min(leading, 1.6 * tall), 1.3 * tall) or step < -0.3 * tall:
            return False
    elif ended:
        return False
    first = row.text.split()[0]
    full = before.right + 0.5 * row.size * len(first) + 0.3 * row.size > right
    other_print = abs(before.size - row.size) > 0.12 * max(before.size, row.size)
    if other_print or _opens(before, row, ended, full):
        return False
    if (
        before.is_bold != row.is_bold
        and (before.is_bold or ended)
        and not _OPEN_END.search(before.text.rstrip())
    ):
        return False
    return full or (row.text[:1].islower() and not ended and (not leading or before.right > 0.5 * right))


def _opens(before: Row, row: Row, ended: bool, full: bool) -> bool:
    """Whether a row opens with a number, bullet or schedule's title, and is no reference cut in two."""
    if _BULLET.match(row.text):
        return True
    last = before.text.rstrip()
    if _OPEN_END.search(last) and not re.search(r"[;,]\s(?:and|or)$|,$", last):
        return False
    label = typed_label(row.text)
    if label is not None and label.text.startswith("(") and full and abs(row.left - before.left) < 2:
        return False  # "(b)" at the left edge under a full row: a list that runs inside the paragraph
    return (ended or last.endswith(",") or before.is_bold) and (
        label is not None or schedule_heading(row.text) is not None
    )


def _opened(row: Row, page: int) -> Paragraph:
    text = row.text.strip()
    return Paragraph(text, page, min(max(0, row.lead - row.text.find(text)), len(text)))


def _append(made: Paragraph, row: Row, page: int, known: Counter[str], *, turned: bool) -> None:
    whole_bold = made.lead >= len(made.text)
    text = _joined(made.text.rstrip(), row.text.lstrip(), known)
    cut = len(row.text.lstrip())
    if turned:
        made.turns = (*made.turns, (len(text) - cut, page))
    if whole_bold and row.lead:
        made.lead = len(text) - cut + row.lead
    made.text = text


def _joined(first: str, second: str, known: Counter[str]) -> str:
    """Two rows of one paragraph, the hyphen between them gone or kept."""
    broken = re.search(rf"([^\W\d_]+)[-{SOFT}]$", first[-60:])
    following = re.match(r"[^\W\d_]+", second)
    if not broken or not following or not following.group()[0].islower():
        first = first[:-1] + "-" if first.endswith(SOFT) else first
        return first + ("" if first.endswith(("-", "/")) and following else " ") + second
    return (
        first[:-1]
        + ("-" if _keeps_hyphen(broken[1].lower(), following.group().lower(), known) else "")
        + second
    )


def _vocabulary(texts: Sequence[str]) -> Counter[str]:
    """Words and how often they stand whole: the halves of a broken word do not count."""
    known: Counter[str] = Counter()
    broken = False
    for text in texts:
        words = _WORD.findall(re.sub(rf"[^\W\d_]+{SOFT}[^\W\d_]+", " ", text))
        ends = text.rstrip().endswith(("-", SOFT))
        known.update(word.lower() for word in words[broken : len(words) - ends])
        broken = ends
    return known


def _keeps_hyphen(first: str, second: str, known: Counter[str]) -> bool:
    """What the document writes elsewhere decides; else two words of its own stay two ("value-added")."""
    whole, kept = known[first + second], known[f"{first}-{second}"]
    if whole or kept:
        return kept > whole
    return first in _KEPT or (
        len(first) > 2 and len(second) > 3 and bool(known[first]) and bool(known[second])
    )


def _unbroken(text: str, known: Counter[str]) -> str:
    """A row that the reader gave over several lines: line-end hyphens inside it are settled."""
    if SOFT not in text[:-1]:
        return text
    first, *others = re.split(rf"(?<={SOFT})(?=\S)", text)
    for other in others:
        first = _joined(first, other, known)
    return first
