"""Durations and notice periods, with business and calendar days kept apart."""

import re
from collections.abc import Iterator

from clauses.model import CHECK, SURE, UNSURE, Fact
from clauses.values.numbers import QUANTITY, quantity

_DURATION = re.compile(
    rf"(?<![\w.,$£€/-])(?:{QUANTITY})(?:[\s~-]{{0,3}}|[ \t]{{0,40}}\n?[ \t]{{1,60}})"
    r"(?:(?P<kind>business|working|trading|banking|calendar|consecutive|full|additional|successive|further|more)[\s-]{1,3}){0,2}"
    r"(?P<unit>minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?)(?P<own>['’]s?|s['’])?(?![\w])"
    r"(?:\s{0,3}\(\s{0,2}(?P<after>\d{1,4})\s{0,2}\))?",
    re.I,
)
_BUSINESS = {"business", "working", "trading", "banking"}
_NOTICE_AFTER = re.compile(
    r"\s{0,3}(?:['’]s?\s{0,2})?(?:(?:prior|advance|advanced|written|express|formal|and|or|of|a|the|such|further|additional|previous|clear)[\s,-]{1,3}){0,5}?(?:notice|notification)\b",
    re.I,
)
_NOTICE_BEFORE = re.compile(r"\b(?:notice|notif(?:y|ies|ication)|notifying)\b[^.;\n]{0,90}$", re.I)
_NOTICE_LINK = re.compile(
    r"\b(?:at\s{1,2}least|not\s{1,2}less\s{1,2}than|no\s{1,2}later\s{1,2}than|no\s{1,2}less\s{1,2}than|upon|within|prior\s{1,2}to|of)"
    r"\s{0,3}$",
    re.I,
)
_AGE = re.compile(r"\s{1,3}(?:of\s{1,2}age|old)\b", re.I)


def durations(text: str) -> Iterator[Fact]:
    """Every length of time; kind ``notice_period`` when the words around say it is the length of a notice."""
    for found in _DURATION.finditer(text):
        number = quantity(found)
        unit = _unit(found)
        if (
            found["figure"] and 1900 <= number.value <= 2100 and unit in ("years", "months", "days")
        ) or _AGE.match(text, found.end()):
            continue  # "2019 year-end" is a date, "18 years of age" no period
        note = number.note
        if found["after"] and float(found["after"]) != number.value:
            note = f"words say {number.value}, figures say {found['after']}"
        kind, band = _kind(text, found)
        band = UNSURE if note else band
        value = int(found["after"]) if found["after"] else number.value
        yield Fact(kind, value, unit, found.start(), found.end(), found.group(), band, note=note)


def _unit(found: re.Match[str]) -> str:
    unit = found["unit"].lower().rstrip("s") + "s"
    kind = (found["kind"] or "").lower()
    if unit == "days" and kind in _BUSINESS:
        return "business_days"
    return "days" if unit == "day" else unit


def _kind(text: str, found: re.Match[str]) -> tuple[str, str]:
    if _NOTICE_AFTER.match(text[found.end() : found.end() + 70]):
        return "notice_period", SURE
    before = text[max(0, found.start() - 110) : found.start()]
    if _NOTICE_BEFORE.search(before) and _NOTICE_LINK.search(before):
        return "notice_period", CHECK
    return "duration", SURE
