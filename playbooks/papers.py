"""What kind of paper a text is: a whole contract, or a part of one whose terms stand elsewhere."""

import re

from clauses.topics.page import Line, Page

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
        return (line.number.strip(" .:").casefold(),)
    typed = re.match(r"\s*((?:schedule|annex|appendix|exhibit|attachment) [a-z0-9]{1,4})\b", line.text, re.I)
    return (line.number.strip(" .:").casefold(), typed[1].casefold() if typed else "")
