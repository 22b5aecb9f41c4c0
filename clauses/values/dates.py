"""Dates in the forms contracts use, as ISO strings."""
# ruff: noqa: E501, SIM905  (patterns and word tables are harder to check when cut over lines or quoted word by word)

import re
from calendar import monthrange
from collections.abc import Iterator

from clauses.model import CHECK, SURE, Fact

_MONTHS = "january february march april may june july august september october november december".split()
_NUMBER = (
    {name: place for place, name in enumerate(_MONTHS, 1)}
    | {name[:3]: p for p, name in enumerate(_MONTHS, 1)}
    | {"sept": 9}
)
_MONTH = r"(?P<m>january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
_YEAR = r"(?P<y>(?:1[89]|20|21)\d{2})"
_DAY = r"(?P<d>\d{1,2})\s?(?:st|nd|rd|t\s?h)?"

_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\b{_MONTH}\s{{0,3}}{_DAY}\s{{0,2}},?\s{{0,3}}{_YEAR}\b",
        rf"(?<![\d.,/]){_DAY}\s{{0,3}}(?:day\s{{1,3}})?(?:of\s{{1,3}})?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s{{1,3}})?{_MONTH}\s{{0,2}},?\s{{0,3}}(?:of\s)?{_YEAR}\b",
        r"(?<![\d/.-])(?P<y>(?:19|20)\d{2})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])",
        r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d{2}(?![\d/]|\.\d)|\d{2}(?![\d/.]))",
    )
)
_ANY_MONTH = _MONTH.replace("(?P<m>", "(?:")
_BLANK_DATE = re.compile(
    rf"(?:(?:(?<!_)_{{2,80}}|\[[^\]\n]{{0,12}}\])\s{{0,2}}(?:st|nd|rd|th)?\s{{0,2}}(?:day\s{{1,2}})?of\s{{1,2}}(?:_{{2,80}}|\[[^\]\n]{{0,12}}\]|{_ANY_MONTH})"
    rf"|\bday\s{{1,2}}of\s{{1,2}}_{{3,80}}"
    rf"|{_ANY_MONTH}\s{{1,2}}(?:_{{2,80}}|\[[^\]\n]{{0,8}}\]))[\s,]{{0,3}}(?:(?:19|20)(?:\d{{2}}|_{{1,4}})|_{{2,80}}|\[[^\]\n]{{0,8}}\])?",
    re.I,
)


def dates(text: str) -> Iterator[Fact]:
    """Dates that exist in the calendar; one that could be read in two ways is month first and marked ``check``."""
    for form in _FORMS:
        for found in form.finditer(text):
            fact = _numeric(found) if "sep" in found.groupdict() else _written(found)
            if fact is not None:
                yield fact


def blank_dates(text: str) -> Iterator[Fact]:
    """Dates left open in a form ("this ___ day of ____, 2024")."""
    for found in _BLANK_DATE.finditer(text):
        yield Fact(
            "blank", "", "date", found.start(), found.end(), found.group(), SURE, note="date left open"
        )


def _written(found: re.Match[str]) -> Fact | None:
    month = found["m"].lower()
    number = int(month) if month.isdigit() else _NUMBER[month]
    return _fact(found, int(found["y"]), number, int(found["d"]), SURE, "")


def _numeric(found: re.Match[str]) -> Fact | None:
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    if len(found["y"]) == 2:
        if found["sep"] != "/":
            return None  # 4.1.10 is a clause number
        year += 2000 if year < 50 else 1900
    if found["sep"] == "." or first > 12:
        return _fact(found, year, second, first, SURE if first > 12 else CHECK, "")
    note = "" if second > 12 or first == second else "day and month can be read either way"
    return _fact(found, year, first, second, CHECK if note else SURE, note)


def _fact(found: re.Match[str], year: int, month: int, day: int, band: str, note: str) -> Fact | None:
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    value = f"{year:04d}-{month:02d}-{day:02d}"
    return Fact("date", value, "", found.start(), found.end(), found.group(), band, note=note)
