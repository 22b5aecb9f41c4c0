"""One row of a rate card: what is priced, the price as it is written, its currency and its unit.

Prices are never converted: a price is so many of a currency for so much of a unit, or it is not known.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from clauses.topics.values import Span

_BASES = {
    "hour": r"hours?|hrs?\.?|h",
    "day": r"(?:person|man|working|consultant)?[-\s]?days?|diem|pd|md",
    "week": r"weeks?|wk",
    "month": r"months?|mo\.?|mth",
    "quarter": r"quarters?",
    "year": r"years?|annum|yr",
    "user": r"(?:named |active |concurrent )?users?|seats?|licen[cs]es?",
    "employee": r"employees?|fte",
    "device": r"devices?|endpoints?|servers?",
    "site": r"sites?|locations?",
    "transaction": r"transactions?|orders?|requests?|calls?|api calls?",
    "page": r"pages?",
    "word": r"words?",
    "gigabyte": r"gb|gigabytes?",
    "terabyte": r"tb|terabytes?",
    "kilogram": r"kg|kilograms?",
    "tonne": r"tonnes?|metric tons?",
    "litre": r"litres?|liters?",
    "metre": r"metres?|meters?",
    "kilometre": r"km|kilometres?|kilometers?",
    "unit": r"units?|pieces?|pcs?\.?|items?|each|ea\.?",
}
UNITS = tuple(_BASES)
_ADJECTIVES = {
    "hour": "hourly", "day": "daily|day rates?", "week": "weekly", "month": "monthly", "quarter": "quarterly",
    "year": "yearly|annual|annually",
}  # fmt: skip
_HEAD = r"per\s+(?:person|head|consultant|resource)"
_PEOPLE = rf"(?:{_HEAD}\s+)?"
_PER_HEAD = re.compile(rf"\b{_HEAD}\b", re.I)
_BASE = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _BASES.items())
_PLAIN_BASE = "|".join(pattern for pattern in _BASES.values())
_PER = re.compile(rf"(?:\bper\b|/|\ba\b|\ban\b|\bp\.)\s*{_PEOPLE}(?:{_BASE})(?![\w-])", re.I)
_WHOLE = re.compile(rf"\s*(?:per\s+)?(?:{_BASE})(?:\(s\))?\s*", re.I)
_ADJECTIVE = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _ADJECTIVES.items()), re.I
)
_OTHER_PER = re.compile(r"\bper\s+(?!cent)\w", re.I)
_DIGIT = re.compile(r"\d")
_EACH = re.compile(r"\b(?:each|unit (?:price|rate|cost))\b", re.I)
UNIT_AFTER = rf"(?:per|/|an?|p\.)\s*{_PEOPLE}(?:{_PLAIN_BASE})(?![\w-])"
"""A unit as it stands behind a price."""

_CURRENCIES = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "S$": "SGD",
    "HK$": "HKD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "EURO": "EUR", "EUROS": "EUR",
    "US DOLLARS": "USD", "U.S. DOLLARS": "USD", "DOLLARS": "USD", "POUNDS STERLING": "GBP", "POUNDS": "GBP",
    "SWISS FRANCS": "CHF",
}  # fmt: skip
CODES = (
    "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "JPY", "AUD", "CAD", "NZD",
    "SGD", "HKD", "INR", "ZAR", "BRL", "MXN", "AED", "ILS", "CNY",
)  # fmt: skip
"""The currencies that are told apart."""
SIGNS = "|".join(
    [r"(?:US|AU?|CA?|NZ|S|HK)\$", r"(?<![A-Za-z])\$", "€", "£", "¥"]
    + [rf"(?<![A-Za-z]){code}(?![A-Za-z])" for code in CODES]
)
_NAMES = r"\b(?:euros?|(?:U\.?S\.? )?dollars|pounds(?: sterling)?|swiss francs)\b"
CURRENCY = re.compile(rf"{SIGNS}|{_NAMES}", re.I)
FIGURES = r"(?:\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d{1,4})?|\d{1,12}(?:[.,]\d{1,4})?)"
PRICE = re.compile(
    rf"(?<![\w.,])(?:(?P<before>{SIGNS})[ \u00a0]?)?(?P<figures>{FIGURES})(?![\d%]|[.,]\d)"
    rf"(?:,-|\.-|\.–|,–)?(?:[ \u00a0]?(?P<after>{SIGNS}|{_NAMES})|(?!\w))",
    re.I,
)
MINUS = "[-‐‑−–—]"
_LESS = re.compile(
    rf"(?:(?:^|[^\w.,)\]]){MINUS}|(?:^\s*|:\s*|(?:{SIGNS})\s?){MINUS}\s)(?:{SIGNS})?[ \u00a0]?$", re.I
)
"""A minus before a price: it stands close to it, or only a currency comes before. Else it is a dash."""
_OPENED = re.compile(rf"\([ \u00a0]?(?:{SIGNS})?[ \u00a0]?$", re.I)
_CLOSED = re.compile(rf"^[ \u00a0]?(?:{SIGNS})?[ \u00a0]?\)", re.I)
_RANGE = re.compile(rf"{FIGURES}\s*(?:[-–—]|\bto\b)\s*(?:{SIGNS})?\s*{FIGURES}", re.I)
_FROM = re.compile(r"\b(?:from|starting at|at least|minimum|approx\w*\.?|about|circa|ca\.)\s*$", re.I)
_NOISE = re.compile(r"\((?:[mfwdx]/)+[mfwdx]\)|[^\w\s&+#]|_")
_UNIT_BEHIND = re.compile(rf"\s*[,–-]?\s*(?:\(\s*)?(?:per|/)\s*(?:{_PLAIN_BASE})\s*\)?\s*$", re.I)
_SHORT = {"sr": "senior", "jr": "junior", "mgr": "manager", "dev": "developer", "&": "and"}


@dataclass(frozen=True)
class Rate:
    """A priced row. `price` is None where `why` says what keeps it from being read; `unit` and `currency` are
    "" where the text names none. Offsets are those of the text read: `span` the row, `figures` the number
    alone, `at` what names the item."""

    item: str
    price: Decimal | None
    currency: str
    unit: str
    span: Span
    at: Span
    figures: Span | None = None
    why: str = ""

    @property
    def said(self) -> str:
        """The row as people say it: "Senior Consultant: EUR 1,450 per day"."""
        return f"{self.item}: {said(self.price, self.currency, self.unit)}"


def said(price: Decimal | None, currency: str, unit: str) -> str:
    """A price in words: "EUR 1,450 per day"."""
    if price is None:
        return "no price that could be read"
    amount = f"{currency} {figure(price)}".strip()
    return f"{amount} {unit_said(unit)}".strip()


def figure(price: Decimal) -> str:
    """1450 → "1,450"; 0.5 → "0.50": cents where there are any. Three decimals are written as four, because
    "1.125" might be read as a thousand and more."""
    places = -int(price.normalize().as_tuple().exponent)
    return f"{price:,.{0 if places <= 0 else 2 if places <= 2 else max(places, 4)}f}"


def unit_said(unit: str) -> str:
    """ "user_month" → "per user per month"."""
    return " ".join(f"per {base}" for base in unit.split("_") if base)


def unit_of(text: str) -> str:
    """The unit that words about a price name, "" for none: "per user per month" and "monthly, per user" are
    both "user_month"."""
    found = {str(match.lastgroup) for match in _PER.finditer(text)}
    if not found or found <= {"user", "employee", "device", "site"}:
        found |= {str(match.lastgroup) for match in _ADJECTIVE.finditer(text)}
    if not found and _EACH.search(text):
        found = {"unit"}
    return "_".join(sorted(found, key=UNITS.index, reverse=True)) if found else ""


def names_other_unit(text: str) -> bool:
    """Whether words about a price count by something that is no unit known here ("per attempt")."""
    return _OTHER_PER.search(text) is not None and not unit_of(text)


def unit_alone(text: str) -> str:
    """The unit that a cell of a column of units holds ("Day", "per hour", "each")."""
    whole = _WHOLE.fullmatch(text)
    return str(whole.lastgroup) if whole else unit_of(text)


def without_unit(text: str) -> str:
    """The words about a price without those that name its unit."""
    for words in (_PER, _PER_HEAD, _ADJECTIVE, _EACH):
        text = words.sub(" ", text)
    return "" if _WHOLE.fullmatch(text) else text


def known_unit(unit: str) -> bool:
    """Whether a unit is one, or several of them in their usual order ("user_month")."""
    bases = unit.split("_")
    ordered = sorted(set(bases), key=lambda base: UNITS.index(base) if base in UNITS else -1, reverse=True)
    return all(base in UNITS for base in bases) and bases == ordered


def currency_of(text: str) -> str:
    """The only currency that the words name, "" for none or several."""
    found = {code(match.group()) for match in CURRENCY.finditer(text)}
    return found.pop() if len(found) == 1 else ""


def code(sign: str) -> str:
    """The ISO code of a currency sign, name or code."""
    upper = " ".join(sign.upper().split())
    return _CURRENCIES.get(upper, upper)


@lru_cache(maxsize=1 << 15)
def holds_money(text: str) -> bool:
    """Whether a line may hold a price: a figure and a currency. Most lines stay as they are when a page is
    edited and read again."""
    return _DIGIT.search(text) is not None and CURRENCY.search(text) is not None


@dataclass(frozen=True)
class Price:
    """A number found in a stretch of text, its place there, and its currency where one stands beside it."""

    amount: Decimal | None
    currency: str
    start: int
    end: int
    why: str = ""


def price_in(text: str, *, offset: int = 0, comma: bool = False) -> Price | None:
    """The price in the words of a cell, None where there is none. `comma` says that this paper writes the
    decimals behind a comma. A range, a lower end and two different prices cannot be read as one."""
    found = [match for match in PRICE.finditer(text) if not _is_count(text, match)]
    signed = [match for match in found if match["before"] or match["after"]]
    if not found:
        return None
    match = (signed or found)[0]
    start, end = match.start("figures") + offset, match.end("figures") + offset
    currency = code(match["before"] or match["after"]) if match["before"] or match["after"] else ""
    why = ""
    if _RANGE.search(text):
        why = "the price is a range"
    elif _FROM.search(text[: match.start()]):
        why = "the price names only a lower end or an estimate"
    elif len({one["figures"] for one in signed or found}) > 1:
        why = "more than one price stands here"
    elif _is_negative(text, match):
        why = "the price has a minus or brackets, as an amount below zero has"
        currency = currency or currency_of(text)
    comma = comma or text[match.end("figures") :][:2] in {",-", ",–"}
    amount = None if why else amount_of(match["figures"], comma=comma)
    if amount is None:
        why = why or f"“{match['figures']}” can be read in two ways"
    return Price(amount, currency, start, end, why)


def _is_negative(text: str, match: re.Match[str]) -> bool:
    """Whether an amount is written as one below zero: "-5", "EUR -5", "-EUR 5", "(5)"."""
    before, behind = text[: match.start("figures")], text[match.end("figures") :]
    if _OPENED.search(before) and _CLOSED.search(behind):
        return True
    return _LESS.search(before) is not None


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Whether a number counts the units of a price ("per 1,000 calls", "8 hours") and is no price."""
    if match["before"] or match["after"]:
        return False
    behind = re.match(rf"\s*(?:{_PLAIN_BASE})(?![\w-])", text[match.end() :], re.I)
    return behind is not None or re.search(r"\bper\s+$", text[: match.start()], re.I) is not None


def amount_of(figures: str, *, comma: bool = False) -> Decimal | None:
    """The number written there: "1,450", "1.450,00", "1 450", "0.125"; None where a single mark before three
    digits may be either ("1.450" in a paper that does not show its style)."""
    plain = re.sub(r"['’\u00a0\u202f ]", "", figures)
    marks = [mark for mark in plain if mark in ".,"]
    if not marks:
        return Decimal(plain)
    last = plain.rindex(marks[-1])
    if len(set(marks)) == 2:  # the last mark is the one before the decimals
        return Decimal(re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :])
    if len(marks) > 1:
        return Decimal(plain.replace(marks[0], ""))
    if len(plain) - last == 4 and plain[0] != "0" and len(figures) == len(plain):
        return Decimal(plain.replace(marks[0], "")) if marks[0] == ("." if comma else ",") else None
    return Decimal(plain.replace(",", "."))


@lru_cache(maxsize=1 << 12)
def writes_comma(figures: str) -> bool:
    """Whether a number shows that its paper writes decimals behind a comma ("12,50", "1.450,00")."""
    return re.search(r",\d{1,2}$", figures) is not None


def restated(figures: str, amount: Decimal) -> str:
    """The amount written as these figures are: the same marks between thousands, the same decimals, more of
    them only where the amount needs them."""
    decimals = re.search(r"[.,](\d{1,2}|\d{4})$" if figures[0] != "0" else r"[.,](\d+)$", figures)
    head = figures[: decimals.start()] if decimals else figures
    between = re.search(r"[,.'’\u00a0\u202f ]", head)
    bare = (
        "" if len(re.sub(r"\D", "", head)) > 3 else "," if decimals is None or decimals[0][0] == "." else "."
    )
    group = between.group() if between else bare
    mark = decimals[0][0] if decimals else "," if group == "." else "."
    tidy = amount.normalize()
    places = max(len(decimals[1]) if decimals else 0, -int(tidy.as_tuple().exponent))
    # One decimal alone is no price, and three would be read as a thousand.
    places = {1: 1 if decimals and len(decimals[1]) == 1 else 2, 3: 4}.get(places, places)
    whole, _, rest = f"{tidy:,.{places}f}".partition(".")
    return whole.replace(",", group) + (mark + rest if rest else "")


@lru_cache(maxsize=1 << 12)
def plain_item(item: str) -> str:
    """What an item is told from others by: "Sr. Consultants (m/f/d)" and "senior consultant" are the same."""
    words = _NOISE.sub(" ", _UNIT_BEHIND.sub("", item).casefold()).split()
    return " ".join(_singular(_SHORT.get(word, word)) for word in words)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )


def all_of(rates: Collection[Rate], name: str) -> set[str]:
    """The different units or currencies of some rates."""
    return {str(getattr(rate, name)) for rate in rates}
