"""Numbers in words and figures, and whether the two agree."""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from dataclasses import dataclass

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ANY = "|".join(sorted([*_UNITS, *_SCALES], key=len, reverse=True))

_HALVES = {
    "half": 0.5, "quarter": 0.25, "quarters": 0.25, "third": 1 / 3, "thirds": 1 / 3, "tenth": 0.1, "tenths": 0.1,
    "fourth": 0.25, "fourths": 0.25, "eighth": 0.125, "eighths": 0.125, "hundredth": 0.01, "hundredths": 0.01,
}  # fmt: skip

# Bounded: no number needs more than thirteen words, and an endless row of them must cost no more than its length.
WORDS = rf"(?:{_ANY})(?:(?:\s{{1,3}}and\s{{1,3}}|\s{{0,2}}-\s{{0,8}}|\s{{1,3}})(?:{_ANY})){{0,12}}\b"
# "one-half", "three quarters", "a half": the part behind "and" in "one and one-half percent".
_PART = rf"(?:(?:one|two|three|five|seven|nine|an?)[\s-]{{1,3}})?(?:{'|'.join(sorted(_HALVES, key=len, reverse=True))})"
FRACTION = rf"(?:(?:{WORDS}\s{{1,3}}and\s{{1,3}})?{_PART}\b(?:\s{{1,3}}of\s{{1,3}}(?:one|an?)\b)?|{WORDS}\s{{1,3}}point\s{{1,3}}{WORDS})"
FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
QUANTITY = (
    rf"(?:(?P<words>{WORDS})(?:\s{{0,3}}\(\s{{0,2}}(?P<beside>{FIGURE})\s{{0,2}}\))?"
    rf"|(?P<figure>{FIGURE})(?:\s{{0,3}}\(\s{{0,2}}(?P<spelt>{WORDS})\s{{0,2}}\))?)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written; ``said`` is the value of its words when figures stand beside them."""

    value: int | float
    said: int | float | None = None

    @property
    def agrees(self) -> bool:
        return self.said is None or self.said == self.value

    @property
    def note(self) -> str:
        return "" if self.agrees else f"words say {self.said}, figures say {self.value}"


def tidy(number: float) -> int | float:
    """Whole numbers as int, so that they print as people write them."""
    return int(number) if number == int(number) else number


def of_figure(text: str) -> int | float:
    """1,000.50 → 1000.5."""
    return tidy(float(text.replace(",", "")))


def of_words(text: str) -> int:
    """ "one hundred and twenty-five thousand" → 125000; words that are no number count nothing."""
    total = current = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _UNITS:
            current += _UNITS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
    return total + current


def of_fraction(text: str) -> float | int:
    """ "one and one-half" → 1.5, "three quarters of one" → 0.75, "one point five" → 1.5."""
    flat = " ".join(text.lower().replace("-", " ").split())
    if " point " in f" {flat} ":
        whole, _, digits = flat.partition(" point ")
        return tidy(float(f"{of_words(whole)}.{''.join(str(of_words(word)) for word in digits.split())}"))
    words = re.sub(r"\sof\s(?:one|an?)$", "", flat).split()
    part = _HALVES[words.pop()]
    count = 1
    if words and (words[-1] in ("a", "an") or words[-1] in _UNITS):
        last = words.pop()
        count = _UNITS.get(last, 1)
    if words and words[-1] == "and":
        words.pop()
    elif words:  # "two half percent": the word before belongs to the count
        return tidy(round(count * part, 6))
    return tidy(round(of_words(" ".join(words)) + count * part, 6))


def quantity(found: re.Match[str]) -> Quantity:
    """The number of a match of QUANTITY. Figures are the value, words are the check."""
    words, beside, figure, spelt = found["words"], found["beside"], found["figure"], found["spelt"]
    if words and beside:
        return Quantity(of_figure(beside), of_words(words))
    if words:
        return Quantity(of_words(words))
    return Quantity(of_figure(figure), of_words(spelt) if spelt else None)
