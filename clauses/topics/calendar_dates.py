"""Dates as values of topics: read as ISO text, said in words, and written as a contract writes them."""

import datetime
import re

from clauses.model import CHECK
from clauses.topics.values import READ, Span, Value, unknown
from clauses.values.dates import dates

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_MONTH = re.compile("|".join(rf"\b{name}\b|\b{name[:3]}t?\b(?!\w)" for name in _MONTHS), re.I)
_DAY = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<nth>\s?(?:st|nd|rd|th))?(?![\d])")
_PARTS = re.compile(r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4}|\d{2})")


def is_date(value: object) -> bool:
    """Whether a value is a date as topics and conditions carry it, "2027-06-30"."""
    if not isinstance(value, str) or not ISO.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def date_said(value: str) -> str:
    """ "2027-06-30" → "30 June 2027"."""
    day = datetime.date.fromisoformat(value)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def date_value(text: str, offset: int = 0) -> Value | None:
    """The first date of the words as a value; unknown where day and month can be read either way."""
    found = min(dates(text), key=lambda fact: fact.start, default=None)
    if found is None:
        return None
    span = Span(found.start + offset, found.end + offset)
    if found.band == CHECK and found.note:
        return unknown(f"in “{found.quote}” {found.note}", span)
    return Value(READ, str(found.value), (span,))


def date_rewritten(old: str, value: str) -> str | None:
    """Another date in the writing of the words `old`; None where their form is not known."""
    new = datetime.date.fromisoformat(value)
    if ISO.fullmatch(old):
        return value
    numeric = _PARTS.fullmatch(old)
    if numeric is not None:
        return _numeric(numeric, new)
    month, day = _MONTH.search(old), _DAY.search(old)
    year = re.search(r"\d{4}", old)
    if month is None or day is None or year is None:
        return None
    whole = len(month.group()) > 4 or month.group().lower() in {"may", "june", "july"}
    name = _MONTHS[new.month - 1] if whole else _MONTHS[new.month - 1][:3]
    swaps = {
        month.span(): name.upper() if month.group().isupper() else name,
        day.span(): f"{new.day}{_nth(new.day) if day['nth'] else ''}",
        year.span(): f"{new.year}",
    }
    for (start, end), text in sorted(swaps.items(), reverse=True):
        old = old[:start] + text + old[end:]
    return old


def _numeric(found: re.Match[str], new: datetime.date) -> str | None:
    month_first = found["mark"] != "." and int(found["b"]) > 12
    first, second = (new.month, new.day) if month_first else (new.day, new.month)
    year = f"{new.year}" if len(found["y"]) == 4 else f"{new.year % 100:02d}"
    wide = len(found["a"]) == 2 and len(found["b"]) == 2
    parts = [f"{one:02d}" if wide else str(one) for one in (first, second)]
    return found["mark"].join([*parts, year])


def _nth(day: int) -> str:
    return "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
