"""Clause numbers: reading typed ones, telling their style, and building the full path of a clause."""

import re
from dataclasses import dataclass

ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.I)
_ROMAN_VALUE = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

_WORD_LABEL = re.compile(
    r"\s{0,80}(?P<word>article|section|clause|paragraph|part|§)\s{0,3}"
    r"(?P<num>\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,7}|[A-Z])\b\s{0,2}[.:)\-–—]?\s{0,8}",
    re.I,
)
_DECIMAL = re.compile(r"\s{0,40}(?P<num>\d{1,3}(?:\.\d{1,3}){1,5})(?P<tail>[.):]?)(?P<gap>\s{0,12})")
_SINGLE = re.compile(r"\s{0,40}(?P<num>\d{1,3})(?P<tail>[.)])(?P<gap>\s{0,12})")
_BRACKET = re.compile(r"\s{0,40}\((?P<num>[a-z]{1,2}|[A-Z]{1,2}|[ivxlc]{1,6}|[IVXLC]{1,6}|\d{1,2})\)\s{0,12}")
_LETTER = re.compile(r"\s{0,40}(?P<num>[a-z]|[A-Z]|[ivx]{1,5}|[IVX]{1,5})(?P<tail>[.)])(?P<gap>\s{0,12})")
_SCHEDULE = re.compile(
    r"\s{0,80}(?P<word>schedule|exhibit|annex|annexure|appendix|attachment|addendum)\s{1,3}"
    r"(?:no\.?\s{0,2})?(?P<num>[IVX]{1,5}|[A-Z]{1,2}(?:[-.]?\d{1,2})?|\d{1,2}(?:[.-]\d{1,2})?[A-Z]?)(?P<part>\([A-Z0-9]\))?(?=\s|[.:)\-–—]|$)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A number as it stands before a clause. ``style`` tells sisters from children."""

    text: str
    style: str  # article, section-word, d1 … d6, alpha, ALPHA, roman, ROMAN, (1), and the like
    parts: tuple[str, ...]
    value: int
    length: int  # characters it takes at the front of the line, blanks after it included


def roman_value(text: str) -> int:
    """Value of a roman number, 0 when it is none."""
    if not text or not ROMAN.fullmatch(text):
        return 0
    total = 0
    values = [_ROMAN_VALUE[c] for c in text.lower()]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total


def alpha_value(text: str) -> int:
    """a → 1, z → 26, aa → 27, bb → 28 (Word's way of counting on)."""
    low = text.lower()
    if not low.isascii() or not low.isalpha():
        return 0
    return (len(low) - 1) * 26 + ord(low[0]) - 96


def schedule_heading(text: str) -> tuple[str, str] | None:
    """("schedule", "2") when a line is the title line of a schedule or exhibit."""
    found = _SCHEDULE.match(text)
    if not found or len(text.strip()) > 120:
        return None
    rest = text[found.end() :].strip(" .:-–—")
    # "Exhibit A sets out the fees." is a sentence, not a title.
    if rest and (rest.endswith((".", ";", ",")) or rest[0].islower() or rest.startswith("(")):
        return None
    return found["word"].lower(), schedule_number(found["num"], found["part"])


def schedule_number(num: str, part: str | None = None) -> str:
    """One form for I(B), 1(B) and 1B; letters stay letters (Exhibit C is no hundred)."""
    value = roman_value(num) if re.fullmatch(r"[IVX]+", num.upper()) else 0
    return (str(value) if value else num.upper()) + (part or "").strip("()").upper()


def typed_label(text: str) -> Label | None:
    """The number typed at the front of a line, or None; years, amounts and page numbers are none."""
    if found := _WORD_LABEL.match(text):
        return _word_label(found, text)
    if found := _DECIMAL.match(text):
        rest = text[found.end() : found.end() + 1]
        numbers = found["num"].split(".")
        if rest and (rest.isalpha() and rest.islower() and not found["tail"]):
            return None
        if not rest or found["gap"] or rest in "“\"‘'([" or rest.isupper():
            return Label(found["num"], f"d{len(numbers)}", tuple(numbers), int(numbers[-1]), found.end())
        return None
    if found := _SINGLE.match(text):
        rest = text[found.end() : found.end() + 1]
        if found["gap"] or not rest or rest.isupper():
            style = "d1" if found["tail"] == "." else "1)"
            return Label(found["num"] + found["tail"], style, (found["num"],), int(found["num"]), found.end())
        return None
    if found := _BRACKET.match(text):
        return _letters(found["num"], f"({found['num']})", "()", found.end())
    if (found := _LETTER.match(text)) and (found["gap"] or _runs_on(found, text)):
        return _letters(found["num"], found["num"] + found["tail"], found["tail"], found.end())
    return None


def _runs_on(found: re.Match[str], text: str) -> bool:
    """ "A.During the term" lost its blank; "U.S." and "J.P. Morgan" are no labels."""
    rest = text[found.end() : found.end() + 2]
    return (
        found["num"].isupper()
        and len(rest) == 2
        and (rest[0] in '“"' or (rest[0].isupper() and rest[1].islower()))
    )


def _word_label(found: re.Match[str], text: str) -> Label | None:
    word, num = found["word"].lower(), found["num"]
    rest = text[found.end() :]
    # "Section 4.1 applies where …" speaks about a section: a title goes on with a capital or ends there.
    mark = text[found.end("num") : found.end()].strip()
    if (
        rest[:1].islower()
        or rest.startswith((",", ";", "("))
        or (not mark and len(rest) > 100 and not num.count("."))
    ):
        return None
    parts = tuple(num.split("."))
    if parts[0].isdigit():
        value = int(parts[-1])
        style = "article" if word in ("article", "part") else f"d{len(parts)}"
    else:
        value = roman_value(num) or alpha_value(num)
        style = "article" if word in ("article", "part") else "section-word"
        parts = (str(value),) if roman_value(num) else parts
    return Label(text[: found.end()].strip(), style, parts, value, found.end())


def _letters(num: str, text: str, wrap: str, length: int) -> Label | None:
    if num.isdigit():
        return Label(text, f"1{wrap}", (num,), int(num), length)
    if len(num) == 2 and num[0].lower() != num[1].lower() and not roman_value(num):
        return None
    upper = num.isupper()
    roman = roman_value(num)
    if len(num) > 1 and roman:
        return Label(text, ("ROMAN" if upper else "roman") + wrap, (num,), roman, length)
    return Label(text, ("ALPHA" if upper else "alpha") + wrap, (num,), alpha_value(num), length)


def computed_label(number: str) -> Label | None:
    """The label of a number computed from Word's lists ("8.1", "(a)", "Article IV"); None for bullets."""
    return typed_label(number + " ") or typed_label(number)


def as_roman(label: Label) -> Label | None:
    """The same single letter read as a roman number ((i), (v), (x)), or None."""
    value = roman_value(label.parts[0])
    if not value or not label.style.startswith(("alpha", "ALPHA")):
        return None
    style = label.style.replace("alpha", "roman").replace("ALPHA", "ROMAN")
    return Label(label.text, style, label.parts, value, label.length)


def path_of(label: Label, parent_path: str) -> str:
    """Full number of a clause: decimal numbers stand alone, letters hang on their parent."""
    if label.style in ("article", "section-word") or (label.style[0] == "d" and len(label.parts) > 1):
        return ".".join(part.lstrip("0") or "0" for part in label.parts)
    if label.style == "d1":
        own = label.parts[0].lstrip("0") or "0"
        return f"{parent_path}.{own}" if parent_path else own
    if label.style == "ROMAN." and not parent_path:
        return str(label.value)  # "XV." is what "Paragraph XV" and "Section 15" look for
    return f"{parent_path}({label.parts[0]})"
