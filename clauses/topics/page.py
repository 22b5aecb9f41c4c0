"""A contract as topic readers see it: lines with their headings, passages, sentences, key terms.

A line is one block of the document; line offsets are those of the accepted view of the text. A page can be
edited in memory with the edits of `redline.apply`, so that a proposed change is read again before anyone
sees it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from clauses.sentences import sentence_spans
from clauses.topics.quantity import Quantity, quantities
from clauses.topics.values import Span

# An option that nobody ticked, a note to the drafter, a comment in a web template: none of them is agreed
# text.
_NOT_TEXT = re.compile(
    r"^\s*(?:[\[(][\s ]*[\])](?=\s)|☐|\[?\s*drafting note\b|\[\s*example:|<!--)", re.IGNORECASE
)
_TICKED = re.compile(r"^\s*(?:[\[(]\s*[xX✓✔]\s*[\])]|☒|☑)\s*")
_BLANK = re.compile(
    r"\{[\w .-]+\}|\[\s*[#_•●.…-]*\s*\]|_{3,}|\[\s*(?:fill in|insert|how "
    r"|agreement term|describe|tbd|optional|select)[^\]]*\]|\[•\]",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\s*\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})\)\s+|^\s*[•\-–]\s+")
_TYPED_NUMBER = re.compile(r"^\s*(?:section\s+)?\d+(?:\.\d+)*[.)]?\s+(?=\S)", re.IGNORECASE)
_RUN_IN = re.compile(r"(?P<heading>[A-Z][\w&/,’'() \-]{2,75}?)[.:]\s+(?=[A-Z“\"'(])")
_MODAL = re.compile(r"\b(?:shall|will|must|may)\b")
_POINTS_TO = re.compile(
    r"\b(?:the|enter into the"
    r"|incorporates the)\s+(?P<name>(?:[A-Z][\w’'-]*\s+){1,6}?(?:Terms|NDA|MNDA"
    r"|Agreement)(?:\s*\(?Version [\d.]+\)?)?)"
    r"[^.]{0,40}(?:posted|available)\b",
)
_ENDLESS = re.compile(r"[^.]{2500}")
_INNER_DOT = re.compile(r"(?<=\d)\.(?=\d)|\b(?:e\.g|i\.e|Inc|Ltd|No|Art|Sec|U\.S|Co|Corp|approx)\.")
_ADJUNCT = re.compile(
    r"\b(?:order form|statement of work|work order|change order|amendment)\b", re.IGNORECASE
)
_OWN_TERMS = re.compile(r"\bliabilit(?:y|ies)\b|\bindemni|\bgeneral (?:terms|provisions)\b", re.IGNORECASE)
_MASTER = re.compile(
    r"\b(?:Master|Framework|Main|Principal"
    r"|Underlying)\s+(?:[A-Z][\w-]*\s+){0,3}(?:Agreement|Terms)\b|\bKey Terms\b"
)
# The line under a label of a form that says what to write there.
_HINT = re.compile(
    r"(?:which|how|what|when|who|where|list|use|describe|period for)\b(?=.* [a-z])", re.IGNORECASE
)
_SMALL = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "upon"]
)


@dataclass(frozen=True)
class Line:
    """One block: where it starts, its address, the heading line above it and its own run-in heading."""

    start: int
    text: str
    block: str
    number: str = ""
    heading: str = ""
    run_in: str = ""
    body: int = 0
    is_heading: bool = False
    is_item: bool = False
    is_text: bool = True
    runs_on: bool = False  # its paragraph mark is deleted: no line end stands before the next line

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def title(self) -> str:
        """The nearest heading that speaks for this line."""
        return self.run_in or self.heading


@dataclass(frozen=True)
class Passage:
    """A stretch of the text that belongs together: a clause with its list items, or some of its sentences."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def find(self, pattern: str, group: int | str = 0) -> Span | None:
        """Where the pattern first stands, or None; case is ignored."""
        match = _compiled(pattern).search(undotted(self.text))
        return None if match is None else self._span(match, group)

    def find_all(self, pattern: str, group: int | str = 0) -> tuple[Span, ...]:
        return tuple(self._span(match, group) for match in _compiled(pattern).finditer(undotted(self.text)))

    def has(self, pattern: str) -> bool:
        return _found(pattern, self.text)

    def match(self, pattern: str) -> re.Match[str] | None:
        return _compiled(pattern).search(undotted(self.text))

    def quantities(self, *units: str) -> tuple[Quantity, ...]:
        """Numbers with one of the units, in reading order."""
        return tuple(q for q in quantities(self.text, self.start) if not units or q.unit in units)

    def words(self, span: Span) -> str:
        return self.text[span.start - self.start : span.end - self.start]

    def sentence(self, pattern: str) -> "Passage | None":
        """The first sentence that holds the pattern."""
        return next((s for s in self.sentences() if s.has(pattern)), None)

    def sentences(self) -> Iterator["Passage"]:
        for start, end in _sentence_spans(self.text):
            yield Passage(self.text[start:end], self.start + start)

    def upto(self, end: int) -> "Passage":
        return Passage(self.text[: end - self.start], self.start)

    def after(self, start: int) -> "Passage":
        return Passage(self.text[start - self.start :], start)

    def _span(self, match: re.Match[str], group: int | str) -> Span:
        return Span(self.start + match.start(group), self.start + match.end(group))


@lru_cache(maxsize=1 << 14)
def _sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(text))


_cache: dict[str, re.Pattern[str]] = {}


@lru_cache(maxsize=1 << 14)
def undotted(text: str) -> str:
    """The text, code point for code point, with a dot that ends no sentence ("clause 8.1", "Inc.") made a
    middle dot.

    Patterns say "within one sentence" as [^.]; a clause number must not stop them.
    """
    plain = _INNER_DOT.sub(lambda match: match.group().replace(".", "·"), text)
    # No sentence of a contract runs on like this; without a stop, patterns would take quadratic time on it.
    return _ENDLESS.sub(lambda match: match.group()[:-1] + ".", plain)


@lru_cache(maxsize=1 << 17)
def _found(pattern: str, text: str) -> bool:
    """Whether the pattern stands in the text. Most lines stay the same when a page is edited and read
    again."""
    return _compiled(pattern).search(undotted(text)) is not None


def _compiled(pattern: str) -> re.Pattern[str]:
    if pattern not in _cache:
        _cache[pattern] = re.compile(pattern, re.IGNORECASE)
    return _cache[pattern]


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
        )

    @classmethod
    def from_rows(
        cls, rows: Sequence[tuple[str, str, str, str]], *, runs_on: frozenset[str] = frozenset()
    ) -> "Page":
        """Rows of (address, text, number, kind) become lines with headings and offsets. The addresses in
        `runs_on` are lines whose paragraph mark is deleted: the next one follows without a line end."""
        lines: list[Line] = []
        start, heading = 0, ""
        for block, text, number, kind in rows:
            line = _line(start, block, text, number, kind, lines[-1] if lines else None, heading)
            heading = line.heading
            lines.append(replace(line, runs_on=True) if block in runs_on else line)
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
            if heading and not _found(heading, line.title) and not _found(heading, line.heading):
                continue
            if not _found(pattern, line.text):
                continue
            passage = self.clause_around(index)
            if not (but and (passage.has(but) or _found(but, line.title))):
                found.setdefault(passage.start, passage)
        return tuple(found.values())

    def find_sentences(self, pattern: str, *, follow: str = "", but: str = "") -> tuple[Passage, ...]:
        """Runs of neighbouring sentences: one that holds the pattern, and those after it that match
        `follow`."""
        runs: list[Passage] = []
        for line in self.lines:
            if line.is_text and not line.is_heading and _found(pattern, line.text):
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
        pattern = _compiled(rf"^\s*\**(?:{label})\**\s*(?::|\t|$)")
        for index, line in enumerate(self.lines):
            match = pattern.match(line.text)
            if match is None:
                continue
            rest = line.text[match.end() :]
            if rest.strip():
                return Passage(rest, line.start + match.end())
            return self._value_below(index)
        return None

    def _value_below(self, index: int) -> Passage | None:
        below: list[Line] = []
        for line in self.lines[index + 1 : index + 8]:
            if line.is_heading:
                break
            below.append(line)
        ticked = next((line for line in below[:5] if _TICKED.match(line.text)), None)
        if ticked is not None:
            begin = len(_TICKED.match(ticked.text).group())  # type: ignore[union-attr]
            return Passage(ticked.text[begin:], ticked.start + begin)
        for line in below:
            if line.is_text and line.text.strip():
                return Passage(line.text, line.start)
        return None

    def meaning(self, term: str) -> Passage | None:
        """The words that define a term: "“Term” means …", else the key term of that name."""
        pattern = _compiled(
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
        return Page.from_rows(rows, runs_on=frozenset(line.block for line in self.lines if line.runs_on))


def _replaced(text: str, edits: Sequence[Mapping[str, Any]]) -> str:
    for edit in sorted(
        (e for e in edits if e.get("op", "replace") == "replace"), key=lambda e: -int(e["start"])
    ):
        text = text[: edit["start"]] + str(edit["text"]) + text[edit["end"] :]
    return text


def _kind(line: Line) -> str:
    return "heading" if line.is_heading else ""


def _line(
    start: int, block: str, text: str, number: str, kind: str, before: Line | None, heading: str
) -> Line:
    typed = _TYPED_NUMBER.match(text)
    opening = typed.end() if typed else 0
    run_in = _RUN_IN.match(text, opening)
    is_text = _NOT_TEXT.match(text) is None and kind not in {"header", "footer"}
    if run_in and not _titled(run_in["heading"]):
        run_in = None
    is_item = _is_item(text, number, before)
    is_heading = (
        is_text
        and not is_item
        and ((kind == "heading" and _may_be_heading(text)) or _looks_like_heading(text))
    )
    if is_heading and run_in and len(text) > 90:
        is_heading = False
    line = Line(
        start,
        text,
        block,
        number or (typed.group().strip() if typed else ""),
        heading,
        "",
        opening,
        is_heading,
        is_item,
        is_text,
    )
    if is_heading:
        return replace(line, heading=text[opening:].strip(" .:"), body=0)
    if run_in:
        return replace(line, run_in=run_in["heading"], body=run_in.end())
    return line


def _may_be_heading(text: str) -> bool:
    """A heading style alone is no proof: clauses are often set in one."""
    return len(text) < 60 or (
        len(text) < 120 and not _MODAL.search(text) and not text.rstrip().endswith((":", ";"))
    )


@lru_cache(maxsize=1 << 14)
def _titled(heading: str) -> bool:
    """A run-in heading has capitals on every word that counts, or is a single short phrase of up to five
    words."""
    parts = re.findall(r"[A-Za-z’'-]+", heading)
    large = [part for part in parts if part.lower() not in _SMALL]
    return 0 < len(parts) <= 10 and (
        all(p[0].isupper() for p in large)
        or (len(parts) <= 4 and "will" not in parts and "shall" not in parts and "may" not in parts)
    )


@lru_cache(maxsize=1 << 14)
def _looks_like_heading(text: str) -> bool:
    stripped = text.strip()
    if (
        not stripped
        or len(stripped) > 80
        or stripped[-1] in ".;,:)]}”"
        or _BLANK.search(stripped)
        or "\t" in stripped
        or ": " in stripped
        or _HINT.match(stripped)
    ):
        return False
    first = re.sub(r"^[\d.\s]+", "", stripped)[:1]
    return first.isupper() and _titled(re.sub(r"^[\d.\s]+", "", stripped))


def _is_item(text: str, number: str, before: Line | None) -> bool:
    if _ITEM.match(text) or re.match(r"^\(?[a-z]{1,4}\)$", number):
        return True
    if before is None or not text.strip() or before.is_heading:
        return False
    previous = before.text.rstrip()
    if before.is_item and previous.endswith((";", "; and", "; or", ",", ", and", ", or")):
        return True
    return text.lstrip()[:1].islower() and previous[-1:] not in {".", ""}


def is_blank(text: str) -> bool:
    """Whether the words leave the value open: a placeholder, an empty bracket, a rule to write on."""
    return _BLANK.search(text) is not None or not text.strip()
