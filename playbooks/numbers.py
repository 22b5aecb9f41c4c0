"""Numbers that Word counts itself: what a paragraph put in or taken out would renumber, and who refers to it.

A number in a reference is typed; the number of the clause is counted. No proposal moves a number that others
refer to: a new clause goes to the end of its section, and where one must go its number stays ("Not used").
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from clauses.topics.page import Line, Page

_MENTION = re.compile(
    r"\b(?:sections?|clauses?|articles?|paragraphs?|§+)\s*"
    r"(?P<list>\d+(?:\.\d+)*(?:\([a-z\d]+\))*(?:\s*\([A-Z][^()]{0,80}\))?"
    r"(?:(?:,|\s+and|\s+or|\s+to|\s+through|\s*&|\s*[–-])+\s*\d+(?:\.\d+)*(?:\([a-z\d]+\))*(?:\s*\([A-Z][^()]{0,80}\))?)*)",
    re.I,
)
_EACH = re.compile(r"\d+(?:\.\d+)*(?:\([a-z\d]{1,4}\))*")
_TITLE = re.compile(r"\([A-Z][^()]*\)")


@lru_cache(maxsize=8)
def _mentioned(text: str) -> tuple[tuple[str, int], ...]:
    found = []
    for mention in _MENTION.finditer(text):
        plain = _TITLE.sub(lambda m: " " * len(m.group()), mention["list"])
        found += [(each.group(), mention.start("list") + each.start()) for each in _EACH.finditer(plain)]
    return tuple(found)


def mentions(page: Page) -> tuple[tuple[str, int], ...]:
    """Every clause number that is named in the text, with its place."""
    return _mentioned(page.text)


def is_counted(line: Line) -> bool:
    """Whether Word counts this line's number; a typed one stands in the text itself."""
    number = line.number.strip()
    return bool(number) and not line.text.lstrip().startswith(number.strip(".()"))


def path_of(page: Page, index: int) -> str:
    """The number as a reference names it: "8", "9.4", "5.5(b)"; "" where the line has none."""
    line = page.lines[index]
    number = line.number.strip(" .")
    if not number or not (line.is_item or number.startswith("(")):
        return number if re.fullmatch(r"\d+(?:\.\d+)*", number) else ""
    for above in range(index - 1, -1, -1):
        home = page.lines[above].number.strip(" .")
        if re.fullmatch(r"\d+(?:\.\d+)*", home):
            return f"{home}{number}" if number.startswith("(") else ""
    return ""


def behind(page: Page, index: int) -> Iterator[str]:
    """The numbers behind a paragraph that are counted in the same row: what it moves when it goes."""
    own = path_of(page, index)
    if not own or not is_counted(page.lines[index]):
        return
    document = page.lines[index].block.rpartition("|")[0]
    parent, place = _split(own)
    for later in range(index + 1, len(page.lines)):
        line = page.lines[later]
        if line.block.rpartition("|")[0] != document:
            return
        number = path_of(page, later)
        if not number or not is_counted(line):
            continue
        above, rank = _split(number)
        if above == parent and rank > place:
            yield number
        elif above == parent or (parent and not number.startswith(parent)):
            return  # the row is counted anew, or another section begins


def _split(number: str) -> tuple[str, int]:
    """The parent's number and the place in its row: "9.4" is the fourth in 9, "5.5(b)" the second in 5.5."""
    item = re.fullmatch(r"(.*)\(([a-z])\)", number)
    if item:
        return item[1] + "(", ord(item[2]) - ord("a") + 1
    if number.endswith(")"):
        return number, 0
    head, _, last = number.rpartition(".")
    return head + "." if head else "", int(last)


def moves_references(page: Page, index: int) -> tuple[str, ...]:
    """Numbers others refer to that a paragraph added behind this one, or this one gone, would move."""
    moved = tuple(behind(page, index))
    named = dict.fromkeys(number for number, _ in mentions(page))
    return tuple(number for number in named if any(_is_within(number, one) for one in moved))


def _is_within(number: str, clause: str) -> bool:
    return number == clause or number.startswith((f"{clause}.", f"{clause}("))


def section_end(page: Page, index: int) -> int:
    """The last line of the section a line stands in: behind it nothing of that section is renumbered."""
    own = path_of(page, index)
    parent = own.rpartition(".")[0]
    last = index
    document = page.lines[index].block.rpartition("|")[0]
    for later in range(index + 1, len(page.lines)):
        line = page.lines[later]
        if line.block.rpartition("|")[0] != document:
            break
        number = line.number.strip(" .")
        if parent and re.fullmatch(r"\d+(?:\.\d+)*", number) and not line.is_item:
            if not number.startswith(f"{parent}."):
                break
            last = later
        elif line.is_item and last == later - 1:
            last = later
        elif line.is_heading and not (line.number and parent):
            break
        elif parent:
            continue
        elif line.heading != page.lines[index].heading or line.number:
            break
        elif line.text.strip() and line.is_text:
            last = later
    return last
