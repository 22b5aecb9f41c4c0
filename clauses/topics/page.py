"""A contract as topic readers see it: lines with their headings, passages, sentences, key terms.

A line is one block of the document; line offsets are those of the accepted view of the text. A page can be
edited in memory with the edits of `redline.apply`, so that a proposed change is read again before anyone
sees it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from clauses.topics.key_terms import key_term
from clauses.topics.lines import Line, is_blank, line_of
from clauses.topics.passages import Passage, compiled, found_in, undotted

_MODAL = re.compile(r"\b(?:shall|will|must|may)\b")
_POINTS_TO = re.compile(
    r"\b(?:the|enter into the"
    r"|incorporates the)\s+(?P<name>(?:[A-Z][\w’'-]*\s+){1,6}?(?:Terms|NDA|MNDA"
    r"|Agreement)(?:\s*\(?Version [\d.]+\)?)?)"
    r"[^.]{0,40}(?:posted|available)\b",
)
_ADJUNCT = re.compile(
    r"\b(?:order form|statement of work|work order|change order|amendment)\b", re.IGNORECASE
)
_OWN_TERMS = re.compile(r"\bliabilit(?:y|ies)\b|\bindemni|\bgeneral (?:terms|provisions)\b", re.IGNORECASE)
_MASTER = re.compile(
    r"\b(?:Master|Framework|Main|Principal"
    r"|Underlying)\s+(?:[A-Z][\w-]*\s+){0,3}(?:Agreement|Terms)\b|\bKey Terms\b"
)

__all__ = ["Line", "Page", "Passage", "is_blank", "undotted"]


@dataclass(frozen=True)
class Page:
    """The lines of one contract."""

    lines: tuple[Line, ...]

    @classmethod
    def from_text(cls, text: str) -> "Page":
        """Plain text: every line is a block with the address "line:N"."""
        rows = text.removesuffix("\n").split("\n")
        return cls.from_rows([(f"line:{index}", row, "", "") for index, row in enumerate(rows)])

    @classmethod
    def from_document(cls, document: Any) -> "Page":
        """A `redline.Document`: its blocks in reading order, with computed list numbers and kinds."""
        kept = [block for block in document.blocks if block.accepted_as != "gone"]
        return cls.from_rows(
            [(block.id, block.text.replace("\n", "\v"), block.number, block.kind) for block in kept],
            runs_on=frozenset(block.id for block in kept if block.accepted_as == "joined"),
            cells={block.id: block.table for block in kept if block.table is not None},
        )

    @classmethod
    def from_rows(
        cls,
        rows: Sequence[tuple[str, str, str, str]],
        *,
        runs_on: frozenset[str] = frozenset(),
        cells: Mapping[str, tuple[int, int, int]] | None = None,
    ) -> "Page":
        """Rows of (address, text, number, kind) become lines with headings and offsets. The addresses in
        `runs_on` are lines whose paragraph mark is deleted: the next one follows without a line end; `cells`
        says of an address where in which table it stands."""
        lines: list[Line] = []
        start, heading = 0, ""
        for block, text, number, kind in rows:
            line = line_of(start, block, text, number, kind, lines[-1] if lines else None, heading)
            heading = line.heading
            cell = None if cells is None else cells.get(block)
            joined = block in runs_on
            lines.append(replace(line, runs_on=joined, cell=cell) if joined or cell else line)
            start += len(text) + (block not in runs_on)
        return cls(tuple(lines))

    @cached_property
    def text(self) -> str:
        return "".join(line.text + ("" if line.runs_on else "\n") for line in self.lines)

    def passage(self, start: int, end: int) -> Passage:
        return Passage(self.text[start:end], start)

    def line_at(self, offset: int) -> Line:
        """The line that holds an offset."""
        low, high = 0, len(self.lines) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.lines[middle].start <= offset else (low, middle - 1)
        return self.lines[low]

    def index_at(self, offset: int) -> int:
        return self._index[self.line_at(offset).start]

    @cached_property
    def _index(self) -> dict[int, int]:
        return {line.start: index for index, line in enumerate(self.lines)}

    def clause_around(self, index: int) -> Passage:
        """The paragraph at `index` with the list it introduces, or the list it belongs to."""
        first = last = index
        while first > 0 and self.lines[first].is_item and not self.lines[first - 1].is_heading:
            first -= 1
        while last + 1 < len(self.lines) and self.lines[last + 1].is_item:
            last += 1
        return self.passage(self.lines[first].start + self.lines[first].body, self.lines[last].end)

    def find_clauses(self, pattern: str, *, heading: str = "", but: str = "") -> tuple[Passage, ...]:
        """Whole clauses that hold the pattern (under a matching heading, if one is given), each once.

        `but` rules out clauses whose words or heading match it.
        """
        found: dict[int, Passage] = {}
        for index, line in enumerate(self.lines):
            if not line.is_text or line.is_heading or not line.text.strip():
                continue
            if heading and not found_in(heading, line.title) and not found_in(heading, line.heading):
                continue
            if not found_in(pattern, line.text):
                continue
            passage = self.clause_around(index)
            if not (but and (passage.has(but) or found_in(but, line.title))):
                found.setdefault(passage.start, passage)
        return tuple(found.values())

    def find_sentences(self, pattern: str, *, follow: str = "", but: str = "") -> tuple[Passage, ...]:
        """Runs of neighbouring sentences: one that holds the pattern, and those after it that match
        `follow`."""
        runs: list[Passage] = []
        for line in self.lines:
            if line.is_text and not line.is_heading and found_in(pattern, line.text):
                runs.extend(self._runs(line, pattern, follow, but))
        return tuple(runs)

    def _runs(self, line: Line, pattern: str, follow: str, but: str) -> Iterator[Passage]:
        run: list[Passage] = []
        for sentence in self.passage(line.start + line.body, line.end).sentences():
            wanted = sentence.has(pattern) or bool(run and follow and sentence.has(follow))
            if wanted and not (but and sentence.has(but)):
                run.append(sentence)
            elif run:
                yield self.passage(run[0].start, run[-1].end)
                run = []
        if run:
            yield self.passage(run[0].start, run[-1].end)

    def key_term(self, label: str) -> Passage | None:
        """What stands under a label of a cover page or behind "Label:"; unticked options and hints are
        skipped."""
        return key_term(self.lines, label)

    def meaning(self, term: str) -> Passage | None:
        """The words that define a term: "“Term” means …", else the key term of that name."""
        pattern = compiled(
            rf"[“\"‘']\**{re.escape(term)}\**[”\"’'][^.]{{0,40}}?\b(?:means?|is|shall mean|will mean)\b"
        )
        for line in self.lines:
            match = pattern.search(line.text) if line.is_text else None
            if match is not None:
                rest = Passage(line.text[match.start() :], line.start + match.start())
                return next(rest.sentences(), rest)
        return self.key_term(re.escape(term))

    @cached_property
    def unread_terms(self) -> str:
        """The name of terms that this text only points to ("posted at …") and does not carry; "" when it
        is whole."""
        clauses = [
            line for line in self.lines if line.is_text and len(line.text) > 150 and _MODAL.search(line.text)
        ]
        pointer = next((m for line in self.lines if (m := _POINTS_TO.search(line.text))), None)
        if pointer and len(clauses) < 4:
            return pointer["name"].strip()
        return self._master_elsewhere()

    def _master_elsewhere(self) -> str:
        """The master agreement that an order, statement of work or amendment hangs on without repeating
        it."""
        opening = [line.text for line in self.lines if line.text.strip()][:4]
        if not any(_ADJUNCT.search(text) for text in opening):
            return ""
        if any(line.is_heading and _OWN_TERMS.search(line.text) for line in self.lines):
            return ""
        named = next((m for line in self.lines if (m := _MASTER.search(line.text))), None)
        if named:
            return named.group()
        duties = [
            line for line in self.lines if line.is_text and len(line.text) > 150 and _MODAL.search(line.text)
        ]
        return "the agreement this document belongs to" if len(duties) < 4 else ""

    def edited(self, edits: Sequence[Mapping[str, Any]]) -> "Page":
        """The page after edits of `redline.apply` (replace, insert_after, delete_block), all against this
        page."""
        rows: list[tuple[str, str, str, str]] = []
        for line in self.lines:
            mine = [edit for edit in edits if edit["block"] == line.block]
            if not any(edit.get("op") == "delete_block" for edit in mine):
                rows.append((line.block, _replaced(line.text, mine), line.number, _kind(line)))
            rows.extend(
                (f"{line.block}+{n}", str(edit["text"]), "", "")
                for n, edit in enumerate(e for e in mine if e.get("op") == "insert_after")
            )
        return Page.from_rows(
            rows,
            runs_on=frozenset(line.block for line in self.lines if line.runs_on),
            cells=self.cells,
        )

    @cached_property
    def cells(self) -> dict[str, tuple[int, int, int]]:
        """Where in which table each paragraph of a table stands, by its address."""
        return {line.block: line.cell for line in self.lines if line.cell is not None}


def _replaced(text: str, edits: Sequence[Mapping[str, Any]]) -> str:
    for edit in sorted(
        (e for e in edits if e.get("op", "replace") == "replace"), key=lambda e: -int(e["start"])
    ):
        text = text[: edit["start"]] + str(edit["text"]) + text[edit["end"] :]
    return text


def _kind(line: Line) -> str:
    return "heading" if line.is_heading else ""
