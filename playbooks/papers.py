"""What kind of paper a text is: a whole contract, or a part of one whose terms stand elsewhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from clauses.topics.page import Line, Page


@dataclass(frozen=True)
class DocumentPage(Page):
    """The page of a Word document, which remembers what each paragraph is styled as.

    Clauses are often set in heading styles. A changed or new paragraph keeps the style of its place, so
    that a proposal is read again as the file will be read.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_document(cls, document: Any) -> "DocumentPage":
        page = Page.from_document(document)
        kinds = {block.id: block.kind for block in document.blocks}
        return cls(page.lines, kinds, {block.id: block.number for block in document.blocks})

    def edited(self, edits: Sequence[Mapping[str, Any]]) -> "DocumentPage":
        plain = Page(self.lines).edited(edits)
        home = {line.block: line.block.rpartition("+")[0] or line.block for line in plain.lines}
        kinds = {block: self.kinds.get(block) or self.kinds.get(origin, "") for block, origin in home.items()}
        rows = [
            (line.block, line.text, self.numbers.get(line.block, ""), kinds[line.block])
            for line in plain.lines
        ]
        return DocumentPage(Page.from_rows(rows, cells=self.cells).lines, kinds, self.numbers)


_PART = re.compile(
    r"\b(?:SOW|statement of work|term sheet|order form|ordering document|work order|change order"
    r"|purchase order|amendment|cover page|letter of intent|heads of terms|memorandum of understanding)\b",
    re.I,
)  # fmt: skip
_DUTY = re.compile(r"\b(?:shall|will|must|may)\b")
FEW = 5
"""A paper with fewer clauses than this, called a part of a contract by its title, is read as such a part."""


def terms_elsewhere(page: Page) -> str:
    """The name of the terms this paper leaves out, or "" where it carries its own."""
    if page.unread_terms or hasattr(page, "papers"):
        return page.unread_terms
    return _by_title(page)


def _by_title(page: Page) -> str:
    opening = [line.text for line in page.lines if line.text.strip()][:4]
    titled = any(len(text) < 80 and _PART.search(text) for text in opening)
    duties = [
        line for line in page.lines if line.is_text and len(line.text) > 150 and _DUTY.search(line.text)
    ]
    return "the terms this document belongs to" if titled and len(duties) < FEW else ""


def is_there(page: Page, name: str) -> bool:
    """Whether a schedule named in the text stands in it: under a heading, typed or numbered by the list."""
    wanted = name.casefold()
    return any(
        wanted in _titles(line) for line in page.lines if wanted in f"{line.number} {line.text}".casefold()
    )


def _titles(line: Line) -> tuple[str, ...]:
    """How a line that opens a schedule names it ("schedule 4")."""
    if len(line.text) > 160:
        return (line.number.strip(" .:–—-").casefold(),)
    typed = re.match(r"\s*((?:schedule|annex|appendix|exhibit|attachment) [a-z0-9]{1,4})\b", line.text, re.I)
    return (line.number.strip(" .:–—-").casefold(), typed[1].casefold() if typed else "")
