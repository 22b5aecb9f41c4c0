"""Several documents of one deal read together, best rank first: terms, order form, data processing
agreement …

A cover page's values are then there for the terms that point to them, a definition in one document for the
others. Addresses carry the document's name in front ("DPA|body:12") while the package is judged, and lose
it in findings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from clauses.topics.page import Line, Page
from clauses.topics.values import Span
from playbooks.papers import terms_elsewhere


@dataclass(frozen=True)
class Document:
    """One paper of a package: its name, what was read, and its rank (1 wins over 2); None where none is
    agreed."""

    name: str
    source: Any
    rank: int | None = None


@dataclass(frozen=True)
class Where:
    """A place as people find it: the document (where there are several), offsets in it, and its words."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class PackagePage(Page):
    """All lines of a package, one document after the other."""

    papers: tuple[tuple[str, int | None, Page], ...] = ()

    @classmethod
    def together(cls, papers: Sequence[tuple[str, int | None, Page]]) -> "PackagePage":
        """One page of the papers, in order of rank; without ranks in the order given."""
        ordered = sorted(papers, key=lambda paper: (paper[1] is None, paper[1] or 0))
        lines: list[Line] = []
        start = 0
        for name, _, page in ordered:
            lines += [
                replace(line, start=line.start + start, block=f"{name}|{line.block}") for line in page.lines
            ]
            start += len(page.text)
        return cls(tuple(lines), tuple(ordered))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        found, start = [], 0
        for _, _, page in self.papers:
            found.append(start)
            start += len(page.text)
        return tuple(found)

    def paper_at(self, offset: int) -> int:
        """The index of the paper that holds an offset."""
        return max(n for n, start in enumerate(self._starts) if start <= offset)

    def rank_at(self, offset: int) -> int | None:
        return self.papers[self.paper_at(offset)][1]

    @cached_property
    def unread_terms(self) -> str:
        """Terms that one paper points to, where no other paper of the package is a contract of its own."""
        pointing = [terms_elsewhere(page) for _, _, page in self.papers]
        return "" if "" in pointing else next(iter(pointing), "")

    def edited(self, edits: Sequence[Mapping[str, Any]]) -> "PackagePage":
        papers = []
        for name, rank, page in self.papers:
            own = [{**edit, "block": edit["block"].removeprefix(f"{name}|")} for edit in edits
                   if str(edit["block"]).startswith(f"{name}|")]  # fmt: skip
            papers.append((name, rank, page.edited(own) if own else page))
        return PackagePage.together(papers)


def where(page: Page, span: Span) -> Where:
    """The place of a span: in its document, where the page holds several."""
    if not isinstance(page, PackagePage):
        return Where("", span.start, span.end, page.text[span.start : span.end])
    index = page.paper_at(span.start)
    start = page._starts[index]
    return Where(
        page.papers[index][0], span.start - start, span.end - start, page.text[span.start : span.end]
    )


def package_of(documents: Sequence[Document], read: Any) -> PackagePage:
    """The documents as one page; `read` turns a source into a page. Names must differ."""
    names = [document.name for document in documents]
    if len(set(names)) != len(names) or any("|" in name or not name for name in names):
        raise ValueError("documents of a package need different names without “|”")
    return PackagePage.together([(one.name, one.rank, read(one.source)) for one in documents])
