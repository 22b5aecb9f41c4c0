"""One line of a contract: its number and heading, and whether it is a heading, an item or no text at all."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

# An option that nobody ticked, a note to the drafter, a comment in a web template: none of them is agreed
# text.
_NOT_TEXT = re.compile(
    r"^\s*(?:[\[(][\s ]*[\])](?=\s)|☐|\[?\s*drafting note\b|\[\s*example:|<!--)", re.IGNORECASE
)
PLACEHOLDER = (
    r"\{[\w .-]+\}|\[\s*[#_•●.…-]*\s*\]|_{3,}|\[\s*(?:fill in|insert|how "
    r"|agreement term|describe|tbd|optional|select)[^\]]*\]|\[•\]"
)
"""What stands for a value that nobody filled in: a merge field, an empty bracket, a rule to write on."""
_BLANK = re.compile(PLACEHOLDER, re.IGNORECASE)
_MERGE_MARK = re.compile(r"\{(?:IF|END-IF)\b", re.IGNORECASE)
_ITEM = re.compile(r"^\s*\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})\)\s+|^\s*[•\-–]\s+")
_TYPED_NUMBER = re.compile(r"^\s*(?:section\s+)?\d+(?:\.\d+)*[.)]?\s+(?=\S)", re.IGNORECASE)
_RUN_IN = re.compile(r"(?P<heading>[A-Z][\w&/,’'() \-]{2,75}?)[.:]\s+(?=[A-Z“\"'(])")
_MODAL = re.compile(r"\b(?:shall|will|must|may)\b")
# The line under a label of a form that says what to write there.
_HINT = re.compile(
    r"(?:which|how|what|when|who|where|list|use|describe|period for)\b(?=.* [a-z])", re.IGNORECASE
)
# The value of such a row, short and without a stop, but no heading.
_VALUE = re.compile(r"the (?:laws?|courts?)\b|(?:EUR|USD|GBP|CHF|US\$|[$€£])\s?\d", re.IGNORECASE)
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
    cell: tuple[int, int, int] | None = None  # table, row and column, where it stands in a table
    runs_on: bool = False  # its paragraph mark is deleted: no line end stands before the next line

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def title(self) -> str:
        """The nearest heading that speaks for this line."""
        return self.run_in or self.heading


def line_of(
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
        or _VALUE.match(stripped)
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
    return placeholder(text) is not None or not text.strip()


def placeholder(text: str) -> tuple[int, int] | None:
    """Where the first blank stands: a merge field, an empty bracket, a rule to write on."""
    for found in _BLANK.finditer(text):
        if not _MERGE_MARK.match(found.group()):
            return found.span()
    return None
