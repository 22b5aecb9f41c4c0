"""The contract sources: one line a paragraph, read into blocks with the cross references filled in.

A source file opens with ``key: value`` lines (title, reference, parties …), then an empty line, then the
body:

=============  ====================================================================
``= text``     an unnumbered heading (Parties, Background)
``party: …``   a numbered party; ``recital: …`` a lettered recital
``# text``     a clause heading (1.); ``##`` 1.1, ``###`` (a), ``####`` (i)
``% text``     the heading of a schedule or annex; ``%#`` 1., ``%##`` 1.1, ``%###`` (a) inside it
``“Term” …``   a definition (its term is set bold)
``table: 30 70``  column widths in per cent; the ``| cell | cell |`` lines below it are rows, the header first
``sign: A | B``   the signature block
anything else  a paragraph without a number
=============  ====================================================================

``@name`` at the end of a numbered line names it and ``{name}`` anywhere refers to it. No number is typed:
Word counts the paragraphs, and the references are counted here by the same rules. A typed apostrophe becomes
a typographic one.
"""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"

_MARKS = {
    "# ": ("clause", 0),
    "## ": ("clause", 1),
    "### ": ("clause", 2),
    "#### ": ("clause", 3),
    "% ": ("schedule", 0),
    "%# ": ("schedule", 1),
    "%## ": ("schedule", 2),
    "%### ": ("schedule", 3),
    "= ": ("heading", 0),
    "party: ": ("party", 0),
    "recital: ": ("recital", 0),
}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LABEL = re.compile(r"\s@([a-z0-9-]+)$")
_TERM = re.compile(r"(“[^”]+”)(?= means| has the)")
_ALIAS = re.compile(r"\((the|each a) (“[^”]+”)\)")
_REFERENCE = re.compile(r"\{([a-z0-9-]+)\}")


@dataclass(frozen=True)
class Line:
    """One paragraph. ``kind`` is one of ``style.STYLES``; ``level`` counts from 0."""

    kind: str
    level: int
    text: str


@dataclass(frozen=True)
class Table:
    """A table with a header row. ``widths`` are per cent of the text width and add up to 100."""

    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Signatures:
    """The names of the organisations that sign, in signing order."""

    names: tuple[str, ...]


Block = Line | Table | Signatures


@dataclass(frozen=True)
class Source:
    """A contract source with every reference filled in."""

    facts: dict[str, str]
    blocks: tuple[Block, ...]


class SourceError(ValueError):
    """A contract source that cannot be read: a table out of shape, or a reference to an unknown name."""


def load(slug: str) -> Source:
    """Read the source called ``slug``; raises ``SourceError`` naming the fault."""
    return parse((TEXTS / f"{slug}.txt").read_text(encoding="utf-8"))


def parse(text: str) -> Source:
    """Read one source text; raises ``SourceError`` naming the fault."""
    head, _, body = text.replace("'", "’").partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    numbers: dict[str, str] = {}
    blocks = tuple(_blocks(body.splitlines(), numbers, facts.get("schedules", "Schedule")))
    return Source(facts, tuple(_referred(block, numbers) for block in blocks))


def _blocks(lines: list[str], numbers: dict[str, str], schedule_word: str) -> Iterator[Block]:
    counters = {"clause": [0, 0, 0, 0], "schedule": [0, 0, 0, 0]}
    rows: list[tuple[str, ...]] = []
    widths: tuple[int, ...] = ()
    for raw in [*lines, ""]:
        if raw.startswith("|"):
            rows.append(tuple(cell.strip() for cell in raw.strip("|").split("|")))
            continue
        if rows:
            yield _table(widths, rows)
            rows = []
        if raw.startswith("table: "):
            widths = tuple(int(width) for width in raw[7:].split())
        elif raw.startswith("sign: "):
            yield Signatures(tuple(name.strip() for name in raw[6:].split("|")))
        elif raw.strip():
            line, label = _line(raw)
            if line.kind in counters:
                number = _count(counters[line.kind], line, schedule_word)
                if label:
                    numbers[label] = number
            yield line


def _line(raw: str) -> tuple[Line, str]:
    found = _LABEL.search(raw)
    text = _ALIAS.sub(r"(\1 **\2**)", raw[: found.start()] if found else raw)
    label = found.group(1) if found else ""
    for mark, (kind, level) in _MARKS.items():
        if text.startswith(mark):
            return Line(kind, level, text[len(mark) :].strip()), label
    if text.startswith("“"):
        return Line("definition", 0, _TERM.sub(r"**\1**", text)), label
    return Line("body", 0, text.strip()), label


def _count(counter: list[int], line: Line, schedule_word: str) -> str:
    """Count ``line`` and return the number a reference to it shows: "8.2", "8.2(a)", "Schedule 1"."""
    level = line.level
    counter[level] += 1
    counter[level + 1 :] = [0] * (len(counter) - level - 1)
    if line.kind == "schedule" and level == 0:
        return f"{schedule_word} {counter[0]}"
    shown = counter if line.kind == "clause" else counter[1:]
    level = level if line.kind == "clause" else level - 1  # inside a schedule: 1., 1.1, (a)
    number = str(shown[0])
    if level >= 1:
        number += f".{shown[1]}"
    if level >= 2:
        number += f"({string.ascii_lowercase[shown[2] - 1]})"
    if level >= 3:
        number += f"({_ROMAN[shown[3] - 1]})"
    return number


def _table(widths: tuple[int, ...], rows: list[tuple[str, ...]]) -> Table:
    if sum(widths) != 100 or any(len(row) != len(widths) for row in rows):
        raise SourceError(f"The table that begins “{rows[0][0]}” has rows or widths that do not fit.")
    return Table(widths, tuple(rows))


def _referred(block: Block, numbers: dict[str, str]) -> Block:
    def fill(text: str) -> str:
        return _REFERENCE.sub(lambda found: _number(found.group(1), numbers), text)

    if isinstance(block, Line):
        return Line(block.kind, block.level, fill(block.text))
    if isinstance(block, Table):
        return Table(block.widths, tuple(tuple(map(fill, row)) for row in block.rows))
    return block


def _number(name: str, numbers: dict[str, str]) -> str:
    if name not in numbers:
        raise SourceError(f"Nothing in this contract is called “{name}”.")
    return numbers[name]
