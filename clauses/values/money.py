"""Money, percentages and multiples of fees."""
# ruff: noqa: E501, SIM905  (patterns and word tables are harder to check when cut over lines or quoted word by word)

import re
from collections.abc import Iterator

from clauses.model import CHECK, SURE, UNSURE, Fact
from clauses.values.numbers import FIGURE, FRACTION, WORDS, of_figure, of_fraction, of_words, tidy

_SYMBOLS = {
    "us$": "USD", "u.s.$": "USD", "$": "USD", "c$": "CAD", "cad$": "CAD", "cdn$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD",
    "hk$": "HKD", "s$": "SGD", "£": "GBP", "€": "EUR", "¥": "JPY", "rmb": "CNY", "₹": "INR", "rs.": "INR", "₩": "KRW",
    "chf": "CHF", "us dollars": "USD",
}  # fmt: skip
_CODES = "USD EUR GBP CHF CAD AUD NZD JPY CNY RMB HKD SGD INR SEK NOK DKK PLN ILS ZAR BRL MXN AED KRW".split()
_NAMES = {
    "united states dollars": "USD", "u.s. dollars": "USD", "us dollars": "USD", "canadian dollars": "CAD",
    "australian dollars": "AUD", "dollars": "USD", "dollar": "USD", "pounds sterling": "GBP", "pounds": "GBP",
    "euros": "EUR", "euro": "EUR", "swiss francs": "CHF", "yen": "JPY", "rupees": "INR", "renminbi": "CNY", "cents": "USD",
}  # fmt: skip
_SCALE = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mm": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_SIGN = "|".join(re.escape(s) for s in sorted(_SYMBOLS, key=len, reverse=True))
_CODE = "|".join(_CODES)
_NAME = "|".join(re.escape(n) for n in sorted(_NAMES, key=len, reverse=True))
_EURO_FIGURE = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?![\d.])|\d+,\d{2}(?![\d,])"
_AMOUNT = rf"(?P<n>{_EURO_FIGURE}|{FIGURE})(?:\s{{0,2}}(?P<scale>thousand|million|billion|mm|bn|k|m)\b)?"

# A code behind an amount belongs to that amount: in "$5.00 USD" and a line "16." below there are no 16 dollars.
_SIGNED = re.compile(
    rf"(?<![\w$])(?P<sign>{_SIGN}|(?<!\d\s)(?:{_CODE}))(?:[^\S\n]{{0,2}}|\n(?!\s{{0,2}}\d{{1,3}}[.)]\s)){_AMOUNT}",
    re.I,
)
_CODE_BEHIND = re.compile(rf"\s{{0,1}}\(?(?P<code>{_CODE})\b(?!\s?\d)\)?")
_NAMED = re.compile(rf"(?<![\w.,$£€/]){_AMOUNT}\s{{1,2}}(?P<name>(?:{_NAME}|{_CODE}))\b", re.I)
_SPELT = re.compile(rf"\b(?P<words>{WORDS})\s{{1,3}}(?P<name>{_NAME})\b", re.I)
_BESIDE = re.compile(
    rf"[\s,]{{0,3}}\(\s{{0,2}}(?:(?P<sign>{_SIGN}|{_CODE})\s{{0,2}})?{_AMOUNT}[^)\n]{{0,20}}\)", re.I
)
_PERCENT = re.compile(
    rf"(?:\b(?:(?P<part>{FRACTION})|(?P<words>{WORDS}))\s{{0,3}}(?:percent|per\s?cent(?:um)?)?\s{{0,3}}\(\s{{0,2}}(?P<beside>{FIGURE})\s{{0,2}}%?\s{{0,2}}"
    rf"(?P<sign>percent|per\s?cent)?\)\s{{0,3}}(?P<tail>%|percent|per\s?cent)?"
    rf"|(?<![\w./])(?P<figure>{FIGURE})\s{{0,3}}(?:%|percent\b|per\s?cent(?:um)?\b)"
    rf"|\b(?:(?P<fraction>{FRACTION})|(?P<alone>{WORDS}))\s{{1,3}}(?:percent|per\s?cent(?:um)?)\b)",
    re.I,
)
_TIMES = re.compile(
    rf"(?<![\w.])(?:(?P<words>{WORDS})(?:\s{{0,2}}\((?P<beside>{FIGURE})[x×]?\))?|(?P<figure>{FIGURE})|(?P<twice>twice|double|triple))"
    r"\s{0,2}(?:(?:x|×)\s{0,2}|times\s{1,2}|(?<=twice)\s{0,2}|(?<=double)\s{0,2}|(?<=triple)\s{0,2})"
    r"(?=(?:the\s|of\s|its\s|total\s|aggregate\s|amounts?\s|annual\s|all\s|then.current\s|monthly\s|subscription\s|fees\b|amount\b|\w+\s)"
    r"[^.;\n]{0,60}?(?:fees?|paid|payable|charges|price|amounts?)\b)",
    re.I,
)
_MONTHS_FEES = re.compile(
    r"(?:fees?|amounts?|charges|sums|payments|consideration)\b[^.;\n]{0,120}?\b(?:in|during|for|within|over)\s(?:the\s|any\s)?"
    r"(?:immediately\s|most\srecent\s|prior\s|preceding\s|previous\s|last\s|first\s){0,3}"
    rf"(?P<q>(?P<words>{WORDS})(?:\s{{0,3}}\((?P<beside>\d{{1,3}})\))?|(?P<figure>\d{{1,3}}))"
    r"[\s-](?:calendar\s|full\s|consecutive\s)?months?\b(?=[^.;\n]{0,60}?(?:preced|prior|before|period|immediately|previous|in\swhich))",
    re.I,
)


# "{n} times the fees paid in the 12 months before" is open, and sales are no fees.
_OPEN_MULTIPLE = re.compile(r"[}\]_]\s{0,2}(?:times|x)\s{1,2}(?:the\s|all\s)?$")
_SALES = re.compile(r"\b(?:net|gross)\s{1,2}sales\b", re.I)


def _number(text: str, scale: str | None) -> int | float:
    if "," in text and (
        re.fullmatch(r"\d+,\d{2}", text) or re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", text)
    ):
        value = float(text.replace(".", "").replace(",", "."))
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", text):
        value = float(text.replace(".", ""))
    else:
        value = float(text.replace(",", ""))
    return tidy(round(value * _SCALE.get((scale or "").lower(), 1), 4))


def _currency(sign: str) -> str:
    low = sign.lower()
    code = _SYMBOLS.get(low) or _NAMES.get(" ".join(low.split())) or sign.upper()
    return "CNY" if code == "RMB" else code


def money(text: str) -> Iterator[Fact]:
    """Amounts with their currency; words beside figures are compared."""
    taken: list[tuple[int, int]] = []
    for found in (m for low, high in _near(text, _CURRENCY_WORD) for m in _SPELT.finditer(text, low, high)):
        if re.search(r"\(\d{1,3}\)\s?$", text[max(0, found.start() - 6) : found.start()]):
            continue  # "three (3) million dollars": the figure before belongs to the words
        said = of_words(found["words"])
        beside = _BESIDE.match(text, found.end())
        currency = _currency(found["name"])
        end, value, note = found.end(), float(said), ""
        if beside:
            end, value = beside.end(), float(_number(beside["n"], beside["scale"]))
            currency = _currency(beside["sign"]) if beside["sign"] and beside["sign"] != "$" else currency
            note = "" if value == said else f"words say {said}, figures say {tidy(value)}"
        taken.append((found.start(), end))
        yield _fact("money", tidy(value), currency, text, found.start(), end, UNSURE if note else SURE, note)
    spans = iter(sorted(taken))
    current = next(spans, None)
    matches = sorted([*_SIGNED.finditer(text), *_NAMED.finditer(text)], key=lambda m: (m.start(), -m.end()))
    last = -1
    for found in matches:
        while current and current[1] <= found.start():
            current = next(spans, None)
        if found.start() < last or (current and current[0] <= found.start()):
            continue
        last = end = found.end()
        sign = found.groupdict().get("sign") or found.groupdict().get("name") or ""
        if sign == "$" and (behind := _CODE_BEHIND.match(text, end)):
            sign, end = behind["code"], behind.end()
            last = end
        band = CHECK if sign == "$" or sign.lower().startswith("dollar") else SURE
        note = "dollars of which country is not said here" if band == CHECK else ""
        yield _fact(
            "money",
            _number(found["n"], found["scale"]),
            _currency(sign),
            text,
            found.start(),
            end,
            SURE,
            note,
        )


_PERCENT_SIGN = re.compile(r"%|cent(?:um)?\b", re.I)
_CURRENCY_WORD = re.compile(rf"\b(?:{_NAME})\b", re.I)


def _near(text: str, sign: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Stretches round the words that a number belongs to: numbers in words are looked for only there."""
    low = high = -1
    for found in sign.finditer(text):
        if found.start() - 160 <= high:
            high = found.end() + 30
            continue
        if high > 0:
            yield max(0, low), high
        low, high = found.start() - 160, found.end() + 30
    if high > 0:
        yield max(0, low), high


def percents(text: str) -> Iterator[Fact]:
    """Percentages in figures, words or both."""
    for found in (m for low, high in _near(text, _PERCENT_SIGN) for m in _PERCENT.finditer(text, low, high)):
        said: float | None = None
        if found["beside"]:
            whole = found.group()
            if "%" not in whole and "cent" not in whole.lower():
                continue
            value = of_figure(found["beside"])
            said = of_fraction(found["part"]) if found["part"] else of_words(found["words"])
            if found["part"] and "cent" not in whole.split("(")[0].lower():
                # "one third (33.3%)" is a share of the whole, "one and one-half (1.5%)" is percents already
                same = abs(said * 100 - value) < 1 or abs(said - value) < 0.005
                said = value if same else said if said > 1 else said * 100
        elif found["fraction"]:
            value = of_fraction(found["fraction"])
        else:
            value = of_figure(found["figure"]) if found["figure"] else of_words(found["alone"])
        note = f"words say {said}, figures say {value}" if said is not None and said != value else ""
        yield _fact("percent", value, "%", text, found.start(), found.end(), UNSURE if note else SURE, note)


def multiples(text: str) -> Iterator[Fact]:
    """Multiples of fees: "two times the fees" (unit "fees") and "fees paid in the 12 months before" (unit "months_fees")."""
    for found in _TIMES.finditer(text):
        if found["twice"]:
            value: int | float = {"twice": 2, "double": 2, "triple": 3}[found["twice"].lower()]
        elif found["figure"] or found["beside"]:
            value = of_figure(found["figure"] or found["beside"])
        else:
            value = of_words(found["words"])
        yield _fact("multiple", value, "fees", text, found.start(), found.end(), CHECK, "")
    for found in _MONTHS_FEES.finditer(text):
        if _OPEN_MULTIPLE.search(text, max(0, found.start() - 30), found.start()) or _SALES.search(
            found.group()
        ):
            continue
        figure = found["figure"] or found["beside"]
        value = of_figure(figure) if figure else of_words(found["words"])
        yield _fact("multiple", value, "months_fees", text, found.start("q"), found.end(), CHECK, "")


def _fact(
    kind: str, value: str | int | float, unit: str, text: str, start: int, end: int, band: str, note: str
) -> Fact:
    return Fact(kind, value, unit, start, end, text[start:end], band, note=note)
