"""The text of one analysis, sentence by sentence, as the readers of agreed values see it.

1. The text is opened once; sentences and their lower-case words are kept, Markdown marks are left out.
2. A reader asks for the sentences that hold one of a few plain words before it tries any pattern: time
   stays linear, and most sentences cost one look.
3. Every range a reader gives counts in the opened text; ``span`` leads it back to the text of the analysis.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from clauses.deal.model import KeyFact, Span
from clauses.model import CHECK, Analysis, Clause, Fact
from clauses.sentences import sentence_spans
from clauses.source import Source, open_source
from clauses.values import dates, durations, money

LONGEST = 2500  # a run-together filing may give one sentence of a whole page

# A box before an option of a form; what stands behind an empty one is not agreed.
OPTION = re.compile(
    r"(?m)^[ \t]{0,8}(?P<box>\[[ \t]{0,8}[xX✓]?[ \t]{0,8}\]|\([ \t]{0,8}[xX✓]?[ \t]{0,8}\)|[☐☑☒])"
    r"(?=[ \t])[ \t]{0,4}"
)


_BLANK = re.compile(r"(?<!\[)(?<!\^)\\s(?![{?*+\]-])")


def phrase(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern whose every single blank may be three: justified text has them between any two words."""
    return re.compile(_BLANK.sub(lambda _: r"\s{1,3}", pattern), flags)


def is_ticked(mark: re.Match[str]) -> bool:
    return mark["box"] in "☑☒" or re.search(r"[xX✓]", mark["box"]) is not None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place, its words as written and in small letters with single blanks' width kept."""

    number: int
    start: int
    text: str
    small: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def span(self, match: re.Match[str], group: int | str = 0) -> Span:
        return self.start + match.start(group), self.start + match.end(group)


class Page:
    """One contract under the readers' eyes."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.source: Source = open_source(analysis.text)
        self.text = self.source.plain
        self.sentences: list[Sentence] = []
        self.struck = sorted({*_struck(self.text), *self._struck_in_cells()})
        agreed = (s for s in sentence_spans(self.text) if not self.is_struck(s[0]))
        for number, (start, end) in enumerate(agreed):
            words = self.text[start : min(end, start + LONGEST)]
            # Letters whose small form is longer ("İ") would shift every offset behind them.
            small = words.lower() if len(words.lower()) == len(words) else words
            small = small.replace("\n", " ").replace("’", "'")
            self.sentences.append(Sentence(number, start, words, small))
        self._starts = [c.start for c in analysis.clauses]

    def _struck_in_cells(self) -> Iterator[Span]:
        """An empty box in a cell of a Word table strikes all up to the next box or the end of the cell."""
        if self.source.offsets is not None:
            return
        for term in self.terms:
            marks = list(OPTION.finditer(self.text[term.start : term.end]))
            for place, mark in enumerate(marks):
                stop = marks[place + 1].start() if place + 1 < len(marks) else term.end - term.start
                if not is_ticked(mark):
                    yield term.start + mark.start(), term.start + stop

    def is_struck(self, start: int) -> bool:
        """Whether an offset of the opened text stands behind an empty box."""
        place = bisect_right(self.struck, (start, len(self.text))) - 1
        return place >= 0 and start < self.struck[place][1]

    def holding(self, *needles: str) -> Iterator[Sentence]:
        """Sentences that hold one of the plain words, in reading order."""
        for sentence in self.sentences:
            if any(needle in sentence.small for needle in needles):
                yield sentence

    def near(self, sentence: Sentence, after: int) -> Sentence | None:
        place = sentence.number + after
        return self.sentences[place] if 0 <= place < len(self.sentences) else None

    @cached_property
    def terms(self) -> tuple[Fact, ...]:
        """Key terms of cover pages, in reading order."""
        return tuple(f for f in self.analysis.facts if f.kind == "key_term")

    def clause_of(self, start: int) -> Clause | None:
        """The deepest clause that holds an offset of the analysed text."""
        place = bisect_right(self._starts, start) - 1
        clause = self.analysis.clauses[place] if place >= 0 else None
        while clause is not None and start >= clause.end:
            clause = self._by_id.get(clause.parent or "")
        return clause

    def heading_of(self, start: int) -> str:
        """Headings from the clause up to its article, in small letters, for an offset of the opened text."""
        given, _ = self.source.back(start, min(start + 1, len(self.text)))
        clause = self.clause_of(given)
        words: list[str] = []
        while clause is not None:
            words.append(clause.heading.lower())
            clause = self._by_id.get(clause.parent or "")
        return " / ".join(w for w in words if w)

    @cached_property
    def _by_id(self) -> dict[str, Clause]:
        return {c.id: c for c in self.analysis.clauses}

    def span(self, start: int, end: int) -> Span:
        """A range of the opened text as a range of the analysed text."""
        return self.source.back(start, end)

    def fact(
        self,
        kind: str,
        value: str | int | float,
        unit: str,
        start: int,
        end: int,
        *,
        band: str = CHECK,
        rests_on: tuple[Span, ...] = (),
        note: str = "",
        about: str = "",
    ) -> KeyFact:
        """A key fact at a range of the opened text; ``rests_on`` are further ranges it is derived from."""
        begin, finish = self.span(start, end)
        places = {(begin, finish), *(self.span(a, b) for a, b in rests_on)}
        return self.given(
            kind, value, unit, begin, finish, band=band, rests_on=places, note=note, about=about
        )

    def given(
        self,
        kind: str,
        value: str | int | float,
        unit: str,
        start: int,
        end: int,
        *,
        band: str = CHECK,
        rests_on: Iterable[Span] = (),
        note: str = "",
        about: str = "",
    ) -> KeyFact:
        """The same with ranges of the analysed text."""
        home = self.clause_of(start)
        quote = self.analysis.text[start:end]
        places = tuple(sorted({(start, end), *rests_on}))
        return KeyFact(
            kind, value, unit, start, end, quote, band, places, note, about, home.id if home else ""
        )


def _struck(text: str) -> Iterator[Span]:
    """Options that nobody ticked: from the box to the end of the line."""
    for mark in OPTION.finditer(text):
        if not is_ticked(mark):
            stop = text.find("\n", mark.end())
            yield mark.start(), stop if stop >= 0 else len(text)


def lengths(sentence: Sentence) -> list[Fact]:
    """Durations of a sentence, offsets within it."""
    return list(durations.durations(sentence.text))


def days(sentence: Sentence) -> list[Fact]:
    """Dates of a sentence in reading order, offsets within it."""
    return sorted(dates.dates(sentence.text), key=lambda f: (f.start, -f.end))


def sums(sentence: Sentence) -> list[Fact]:
    return sorted(money.money(sentence.text), key=lambda f: f.start)


def percents(sentence: Sentence) -> list[Fact]:
    return list(money.percents(sentence.text))
