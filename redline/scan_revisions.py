"""Tracked changes that are broken, misdated, anonymous, or join two clauses without a word being struck."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from redline import names as n
from redline.names import Element, w
from redline.notices import Notice, notice
from redline.scan_fields import address

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$")
_MARKS = (*n.WRAPPERS, n.CELL_INS, n.CELL_DEL, n.CELL_MERGE, *sorted(n.PROPERTY_CHANGES))
_MOVE_STARTS = (w("moveFromRangeStart"), w("moveToRangeStart"))
LONGEST_AUTHOR = 255
_SCRIPT = re.compile(
    r"<\s*/?\s*(script|img|svg|iframe|object|embed|body|a|style)\b|javascript:|\bon\w+\s*=", re.IGNORECASE
)
_UNSEEN = re.compile("[\\x00-\\x1f\\u200b-\\u202e]")
_ODD_NAME = re.compile(f"{_UNSEEN.pattern}|{_SCRIPT.pattern}", re.IGNORECASE)
_FORMULA = re.compile(r"(?:^|[\s\"',;(])[=+@-](?:[A-Z]{2,}[A-Z.]*\(|cmd\|)|\|['\"]?/[cC] ")


def revisions(root: Element) -> list[Element]:
    """Every tracked-change element of a story, paragraph and row marks and formatting changes included."""
    return [
        item for item in root.iter(*_MARKS) if item.get(n.ID) is not None or item.get(n.AUTHOR) is not None
    ]


def scan(root: Element, addresses: dict[Element, str]) -> Iterator[Notice]:
    """At most one notice of each kind for each paragraph."""
    seen: set[tuple[str, str]] = set()
    for found in _all(root, addresses):
        if (found.code, found.block) not in seen:
            seen.add((found.code, found.block))
            yield found


def _all(root: Element, addresses: dict[Element, str]) -> Iterator[Notice]:
    marks = list(root.iter(*_MARKS))
    ids = Counter(item.get(n.ID) for item in marks if item.tag in n.WRAPPERS and _wraps(item))
    for item in marks:
        wraps = item.tag in n.WRAPPERS and _wraps(item)
        if _is_malformed(item) or (wraps and ids[item.get(n.ID)] > 1 and _content_differs(item)):
            quote = "".join(t.text or "" for t in item.iter(n.T, n.DEL_TEXT))
            yield notice("bad_revision", block=address(item, addresses), quote=quote)
        date = item.get(n.DATE)
        if date is not None and not is_possible(date):
            yield notice("bad_revision_date", block=address(item, addresses), quote=date)
        if wraps and is_odd_author(item.get(n.AUTHOR)):  # formatting changes go unnamed without a thought
            yield from scan_author(item.get(n.AUTHOR), address(item, addresses))
        if item.tag == n.DEL and not wraps and _is_lone_mark(item):
            yield notice("paragraph_mark", block=address(item, addresses), quote=_paragraph_text(item))
    yield from _unpaired_moves(root, addresses)


def is_odd_author(author: str | None) -> bool:
    name = author or ""
    return not name.strip() or len(name) > LONGEST_AUTHOR or _ODD_NAME.search(name) is not None


def scan_author(author: str | None, where: str) -> Iterator[Notice]:
    """An author name is only a claim; an empty, huge or dressed-up one is worth a look."""
    name = author or ""
    if _SCRIPT.search(name):
        yield notice("script_text", block=where, quote=name)
    if not name.strip() or len(name) > LONGEST_AUTHOR or _UNSEEN.search(name):
        yield notice("odd_author", block=where, quote=name)


def scan_text(text: str, where: str) -> Iterator[Notice]:
    if "<" in text or "script" in text.lower():
        found = _SCRIPT.search(text)
        if found:
            yield notice("script_text", block=where, quote=text)
    if _FORMULA.search(text):
        yield notice("formula_text", block=where, quote=text)


def is_possible(date: str) -> bool:
    """Whether a w:date is a moment between 1980 and 2100 (ST_DateTime: ISO 8601)."""
    if not _DATE.match(date):
        return False
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return False
    return 1980 <= moment.year < 2100


def _wraps(item: Element) -> bool:
    parent = item.getparent()
    return parent is not None and parent.tag not in n.FLAG_PARENTS


def _content_differs(item: Element) -> bool:
    """Word itself repeats an id when it copies; only a repeat with text counts as broken."""
    return next(item.iter(n.T, n.DEL_TEXT), None) is not None


def _is_malformed(item: Element) -> bool:
    if item.tag in n.WRAPPERS and item.get(n.ID) is None:
        return True
    if item.tag not in n.WRAPPERS or not _wraps(item):
        return False
    if any(above.tag == item.tag for above in _wrappers_above(item)):
        return True
    wrong = n.T if item.tag == n.DEL else n.DEL_TEXT
    for text in item.iter(wrong):
        nearest = next(
            (above for above in text.iterancestors(*n.WRAPPERS, n.P) if _wraps(above) or above.tag == n.P),
            None,
        )
        if nearest is item:
            return True
    return False


def _wrappers_above(item: Element) -> Iterator[Element]:
    for above in item.iterancestors():
        if above.tag in (n.P, n.TC):
            return
        if above.tag in n.WRAPPERS:
            yield above


def _is_lone_mark(item: Element) -> bool:
    """A deleted paragraph mark whose paragraph keeps words that are not deleted."""
    properties = item.getparent()
    if properties is None or properties.tag != n.RPR:
        return False
    holder = properties.getparent()
    if holder is None or holder.tag != n.PPR:
        return False
    return bool(_paragraph_text(item).strip())


def _paragraph_text(item: Element) -> str:
    paragraph = next(item.iterancestors(n.P), None)
    if paragraph is None:
        return ""
    return "".join(
        t.text or "" for t in paragraph.iter(n.T) if next(t.iterancestors(n.DEL, n.MOVE_FROM), None) is None
    )


def _unpaired_moves(root: Element, addresses: dict[Element, str]) -> Iterator[Notice]:
    names: dict[str | None, list[Element]] = {}
    for start in root.iter(*_MOVE_STARTS):
        names.setdefault(start.get(n.NAME), []).append(start)
    for halves in names.values():
        if {half.tag for half in halves} != set(_MOVE_STARTS):
            yield notice(
                "bad_revision", block=address(halves[0], addresses), detail="A move lacks its other half."
            )
    if not names:
        for item in root.iter(n.MOVE_FROM, n.MOVE_TO):
            if _wraps(item):
                yield notice(
                    "bad_revision", block=address(item, addresses), detail="A move lacks its other half."
                )
                return
