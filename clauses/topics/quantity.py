"""Numbers as contracts write them: "seven (7) years", "36 months", "99.9%", "3x", "USD 1,000,000".

A `Quantity` remembers exactly where its number stands and in which style, so that a new number can be
written in the same style: words and figures together, singular and plural kept right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORD = "|".join([*sorted(_ONES, key=len, reverse=True), *_TENS[2:], "hundred"])
_WORDS = rf"(?:{_WORD})(?:(?:[-\s]+(?:and\s+)?)(?:{_WORD}))*"
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# "seven (7)", "7 (seven)", "7", "seven"; the figures in brackets may carry the sign: "five percent (5%)".
_NUMBER = (
    rf"(?:(?P<words>{_WORDS})(?:\s+(?:per\s?cent|percent"
    rf"|times))?\s*\((?P<figures>{_FIGURES})\s*(?P<sign>[%x×]?)\)"
    rf"|(?P<figures2>{_FIGURES})\s*\((?P<words2>{_WORDS})\)"
    rf"|(?P<figures3>{_FIGURES})|(?P<words3>{_WORDS}))"
)

_UNITS = {
    "year": r"(?:years?|anniversar(?:y|ies))",
    "month": r"months?",
    "week": r"weeks?",
    "business_day": r"(?:business|working)\s+days?",
    "day": r"(?:calendar\s+)?days?",
    "hour": r"hours?",
    "percent": r"%|per\s?cent|percent",
    "times": r"x\b|×|times",
}
_ALTERNATIVES = "|".join(rf"(?P<{name}>{pattern})" for name, pattern in _UNITS.items())
# Such as: 10-day; thirty days’; two (2) consecutive calendar months.
_BETWEEN = r"[-‑\s]*(?:(?:full|consecutive|calendar|additional|successive|further|prior)\s+)*"
_QUANTITY = re.compile(
    rf"(?<![\w.,$€£]){_NUMBER}(?P<between>{_BETWEEN})(?P<unit>{_ALTERNATIVES})(?!\w)", re.I
)
_SIGNED = re.compile(rf"(?<![\w.,$€£]){_NUMBER}(?!\w)", re.I)

_CURRENCY = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "€": "EUR",
    "eur": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "chf": "CHF",
}
_MONEY = re.compile(
    r"(?<!\w)(?P<currency>US\$|\$|€|£|USD|EUR|GBP|CHF)\s?(?P<figures>"
    + _FIGURES
    + r")(?P<scale>\s*(?:million|thousand|m\b|k\b))?",
    re.I,
)
_SCALES = {"million": 1_000_000, "m": 1_000_000, "thousand": 1_000, "k": 1_000}

# Whole days per unit; months and years are kept apart from days because no contract fixes their ratio.
_FACTORS: dict[tuple[str, str], Decimal] = {
    ("year", "month"): Decimal(12),
    ("week", "day"): Decimal(7),
    ("week", "hour"): Decimal(168),
    ("day", "hour"): Decimal(24),
}


@dataclass(frozen=True)
class Quantity:
    """A number with its unit and place (offsets in code points of the text it was read from).

    `start:end` covers the number and its unit, `number_start:number_end` the number alone. `amount` is None
    when words and figures disagree: then a person must say which is meant.
    """

    amount: Decimal | None
    unit: str
    start: int
    end: int
    number_start: int
    number_end: int
    quote: str
    style: str
    currency: str = ""

    def in_unit(self, unit: str) -> Decimal | None:
        """The amount in `unit`, or None where no exact conversion exists."""
        factor = self._factor(unit)
        return None if self.amount is None or factor is None else _tidy(self.amount * factor)

    def _factor(self, unit: str) -> Decimal | None:
        if unit == self.unit or not unit:
            return Decimal(1)
        if (self.unit, unit) in _FACTORS:
            return _FACTORS[self.unit, unit]
        inverse = _FACTORS.get((unit, self.unit))
        return None if inverse is None else 1 / inverse

    def restated(self, amount: Decimal, unit: str) -> str | None:
        """The quote with another amount given in `unit`, written in this quantity's own unit and style."""
        factor = self._factor(unit)
        if factor is None:
            return None
        mine = _tidy(Decimal(round(amount / factor, 6)))
        if mine != mine.to_integral_value() and self.style in {"words", "both", "both_reversed"}:
            return None
        head = self.quote[self.number_start - self.start : self.number_end - self.start]
        number = _write(mine, self.style, head)
        tail = self.quote[self.number_end - self.start :]
        return number + (tail if self._attributive(tail) else _agree(tail, mine))

    def _attributive(self, tail: str) -> bool:
        """ "a twelve (12) month period", "10-day": the unit stays singular whatever the number."""
        return self.amount != 1 and bool(re.search(r"(?:year|month|week|day|hour)$", tail, re.I))


def _tidy(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _agree(tail: str, amount: Decimal) -> str:
    """Singular or plural of the unit word that follows the number ("one year", "two years")."""
    pattern = r"\b(year|month|week|day|hour)(s?)(?=['’]?\W*$)"
    return re.sub(pattern, lambda m: m[1] + ("" if amount == 1 else "s"), tail, flags=re.I)


def _write(amount: Decimal, style: str, old: str) -> str:
    figures = f"{amount:,f}" if "," in old else f"{amount:f}"
    words = in_words(int(amount)) if style in {"words", "both", "both_reversed"} else ""
    if old[:1].isupper() and words:
        words = words.upper() if old.split()[0].isupper() and len(old.split()[0]) > 1 else words.capitalize()
    if style == "words":
        return words
    if style == "both":
        middle = re.search(
            r"[a-z](\s+(?:per\s?cent|percent|times))?\s*\((?:[\d.,]+)(\s*[%x×]?)\)$", old, re.I
        )
        return f"{words}{(middle and middle[1]) or ''} ({figures}{(middle and middle[2]) or ''})"
    return f"{figures} ({words})" if style == "both_reversed" else figures


def in_words(number: int) -> str:
    """The English words for 0 to 999,999, as contracts spell them ("forty-five", "one hundred eighty")."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = f" {in_words(number % size)}" if number % size else ""
    return f"{in_words(number // size)} {name}{rest}"


def from_words(text: str) -> int:
    """The number that English words below one thousand spell."""
    total = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in _ONES:
            total += _ONES.index(word)
        elif word in _TENS:
            total += _TENS.index(word) * 10
    return total


def _number(match: re.Match[str]) -> tuple[Decimal | None, str]:
    words = match["words"] or match["words2"] or match["words3"]
    figures = match["figures"] or match["figures2"] or match["figures3"]
    amount = Decimal(figures.replace(",", "")) if figures else Decimal(from_words(words))
    if words and figures:
        agreed = Decimal(from_words(words)) == amount
        return (_tidy(amount) if agreed else None), "both" if match["words"] else "both_reversed"
    return _tidy(amount), "figures" if figures else "words"


def quantities(text: str, offset: int = 0) -> Iterator[Quantity]:
    """Every number with a unit of time, a percentage or a multiple in `text`, in reading order."""
    # "five percent (5%)" and "three times (3x)" carry their unit inside the brackets: read those first.
    found = [_signed(match, offset) for match in _SIGNED.finditer(text) if match["sign"]]
    taken = [(q.start, q.end) for q in found]
    for match in _QUANTITY.finditer(text):
        start, end = match.start() + offset, match.end() + offset
        if any(start < right and left < end for left, right in taken):
            continue
        unit = next(name for name in _UNITS if match[name])
        amount, style = _number(match)
        found.append(
            Quantity(amount, unit, start, end, start, match.start("between") + offset, match[0], style)
        )
    yield from sorted(found, key=lambda quantity: quantity.start)


def _signed(match: re.Match[str], offset: int) -> Quantity:
    amount, style = _number(match)
    start, end = match.start() + offset, match.end() + offset
    unit = "percent" if match["sign"] == "%" else "times"
    return Quantity(amount, unit, start, end, start, end, match[0], style)


def money(text: str, offset: int = 0) -> Iterator[Quantity]:
    """Every amount of money in `text` (whole currency units, Decimal)."""
    for match in _MONEY.finditer(text):
        scale = _SCALES[match["scale"].strip().lower()] if match["scale"] else 1
        amount = _tidy(Decimal(match["figures"].replace(",", "")) * scale)
        yield Quantity(
            amount,
            "money",
            match.start() + offset,
            match.end() + offset,
            match.start("figures") + offset,
            match.end() + offset,
            match[0],
            "scaled" if match["scale"] else "figures",
            _CURRENCY.get(match["currency"].lower(), ""),
        )
