"""Characters that make a text read differently from how it is stored.

Languages come first: direction marks are normal in paragraphs with Hebrew or Arabic letters, joiners in
Indic and Persian, full-width forms in Chinese and Japanese, other digits beside letters of their own
script. A finding is made only where the character has no such reason to be there. Sources: Unicode Standard
annexes 9 (bidirectional algorithm), 31 and technical standard 39 (confusables; the pairs below are our own
short selection).
"""

import re
import unicodedata
from collections.abc import Iterator

from redline import names as n
from redline.names import w
from redline.notices import Notice, notice
from redline.scan_walk import Paragraph

_OVERRIDE = "\u202d\u202e"
_EMBED = "\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_MARKS = "\u200e\u200f\u061c"
_LRM = "\u200e"
_JOINERS = "\u200c\u200d"
_INVISIBLE = (
    "\u200b\u2060\ufeff\u180e\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\u034f\u115f\u1160\u3164"
    "\uffa0\u2800\u2028\u2029\ufff9\ufffa\ufffb\u17b4\u17b5"
)
_INTERESTING = re.compile(
    r"[^\x00-\x7e\u00a0-\u00ac\u00ae-\u024f\u2010-\u2015\u2018-\u201f\u2022\u2026\u20ac\u2122]"
)
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_NUMBER = re.compile(r"\d[\d.,]*")
_DIGIT_LETTERS = re.compile(
    r"(?<![\w.,-])(?=[\d.,OoIl]*\d[\d.,]*[OoIl][\d.,OoIl]*\d)\d[\d.,OoIl]*\d(?![\w-])"
)
_OVERLAYS = "\u0335\u0336\u0337\u0338\u20d2\u20d3\u20e5\u20eb"

# letter of another alphabet → the Latin letter it is mistaken for
LOOKALIKES = dict(
    zip(
        "авезкмнорстухѕіјԛԝһԁӏьгпАВЕЗКМНОРСТУХЅІЈԚԜαινορτυχκηωγΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳօսոհցզԼՕՍᎪᏴᏟᎠᎬᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ",
        "abe3kmhopctyxsijqwhdlbrnABE3KMHOPCTYXSIJQWaivoptuxknwyABEZHIKMNOPTYXcjouphgqLOUABCDEHJKLMPRSTVWZ",
        strict=True,
    )
)
_RTL_SCRIPTS = ("HEBREW", "ARABIC", "SYRIAC", "THAANA", "NKO", "SAMARITAN", "MANDAIC")
_CONFUSED = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
_UNITS = {"µ", "μ", "Ω", "ω", "π", "Δ", "Σ", "α", "β", "γ", "λ", "σ"}


def scan(paragraph: Paragraph, *, latin_only: bool) -> Iterator[Notice]:
    """Notices for one paragraph; ``latin_only``: the document has no real words in another alphabet."""
    text = "".join(run.text for run in paragraph.runs)
    rtl = has_rtl(text)
    yield from _direction_elements(paragraph, rtl)
    for code in _plain_codes(text, rtl, latin_only) if _INTERESTING.search(text) or "\u00ad" in text else ():
        yield notice(code, block=paragraph.address, quote=_around(text), detail=_plain_reading(code, text))
    fake = _DIGIT_LETTERS.search(text)
    if fake:
        yield notice(
            "homoglyph", block=paragraph.address, quote=text, detail=f"«{fake.group()}» holds letters."
        )


def has_rtl(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def has_other_words(text: str) -> bool:
    """Whether a text holds a word of an alphabet other than Latin that could not be a disguise."""
    if text.isascii():
        return False
    return any(
        any(_script(c) in ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE") for c in word)
        and not any(_script(c) == "LATIN" for c in word)
        and any(c not in LOOKALIKES for c in word)
        for word in _WORD.findall(text)
        if len(word) > 1
    )


def _plain_codes(text: str, rtl: bool, latin_only: bool) -> Iterator[str]:
    if any(c in _OVERRIDE for c in text):
        yield "bidi_override"
    if not rtl and any(c in _EMBED for c in text):
        yield "bidi_control"
    if _has_invisible(text, rtl):
        yield "invisible_character"
    if "\u00ad" in text:
        yield "soft_hyphen"
    if any(_is_disguised(word, latin_only) for word in _WORD.findall(text)) or _has_styled_letters(text):
        yield "homoglyph"
    if _has_foreign_digits(text):
        yield "foreign_digits"
    if any(c in _OVERLAYS for c in text):
        yield "fake_strike"
    if (
        any(c not in _OVERLAYS and unicodedata.combining(c) for c in text)
        and unicodedata.normalize("NFC", text) != text
    ):
        yield "denormalised"


def _has_invisible(text: str, rtl: bool) -> bool:
    for at, character in enumerate(text):
        if character < "\u0300":
            continue
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        if character in _INVISIBLE:
            return True
        if character in _MARKS and not rtl and (character != _LRM or (before.isalnum() and after.isalnum())):
            return True  # a left-to-right mark between words of a left-to-right text does nothing
        if character in _JOINERS and not _joins(before) and not _joins(after):
            return True
        code = ord(character)
        if 0xE0000 <= code <= 0xE007F and "\U0001f3f4" not in text[max(0, at - 8) : at]:
            return True
        if (
            (0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF)
            and before.isalpha()
            and _is_simple(before)
        ):
            return True
        if unicodedata.category(character) == "Cn" and code & 0xFFFE == 0xFFFE:
            return True
    return False


def _is_simple(character: str) -> bool:
    """Letters and digits of scripts that never need joiners."""
    return character.isalnum() and _script(character) in ("LATIN", "GREEK", "CYRILLIC", "DIGIT")


def _joins(character: str) -> bool:
    """Letters, marks and pictures beside which a joiner has work to do."""
    category = unicodedata.category(character)
    return category[0] == "M" or category == "So" or (character.isalpha() and not _is_simple(character))


def _is_disguised(word: str, latin_only: bool) -> bool:
    if word.isascii() or word in _UNITS:
        return False
    scripts = {_script(c) for c in word}
    if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}:
        foreign = [c for c in word if _script(c) in ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")]
        return any(c in LOOKALIKES for c in foreign) and not (
            len(word) <= 3 and all(c in _UNITS for c in foreign)
        )
    return latin_only and len(word) > 1 and all(c in LOOKALIKES for c in word)


def _has_styled_letters(text: str) -> bool:
    """Full-width and mathematical letters posing as Latin ones."""
    wide = any("\uff21" <= c <= "\uff5a" for c in text)
    if wide and not any(_script(c) in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL") for c in text):
        return True
    return any(0x1D400 <= ord(c) <= 0x1D7CB for c in text) and any(
        len(word) > 2 and all(0x1D400 <= ord(c) <= 0x1D7CB for c in word) for word in _WORD.findall(text)
    )


def _has_foreign_digits(text: str) -> bool:
    foreign = [c for c in text if c > "\x7f" and c.isdecimal()]
    if not foreign:
        return False
    if any(
        not number.isascii() and any(c.isascii() and c.isdigit() for c in number)
        for number in _NUMBER.findall(text)
    ):
        return True
    letters = {_script(c) for c in text if c.isalpha()}
    return any(not _digit_at_home(_script(c), letters) for c in foreign)


def _digit_at_home(script: str, letters: set[str]) -> bool:
    if not letters - {"LATIN"}:
        return script in letters
    return {
        "ARABIC-INDIC": bool(letters & {"ARABIC"}),
        "EXTENDED": bool(letters & {"ARABIC"}),
        "FULLWIDTH": bool(letters & {"CJK", "HIRAGANA", "KATAKANA", "HANGUL"}),
        "MATHEMATICAL": False,
    }.get(script, script in letters)


def _script(character: str) -> str:
    """The first word of the character's Unicode name, which is its script for letters ("LATIN",
    "CYRILLIC").
    """
    return unicodedata.name(character, "").partition(" ")[0]


def _direction_elements(paragraph: Paragraph, rtl: bool) -> Iterator[Notice]:
    element = paragraph.element
    turned = False
    overridden = False
    for forced in element.iter(w("bdo"), w("dir")):
        inner = "".join(t.text or "" for t in forced.iter(n.T))
        if not inner.strip():
            continue
        if forced.tag == w("dir"):
            turned = True
        elif not overridden and not _all_rtl(inner):
            overridden = True
            yield notice("bidi_override", block=paragraph.address, quote=inner)
    for run in paragraph.runs:
        mark = run.element.find(f"{n.RPR}/{w('rtl')}")
        if n.is_on(mark) and any(c.isdigit() for c in run.text) and any(c in "-–/.,:()%" for c in run.text):
            turned = True
    if turned and not rtl:
        yield notice("bidi_control", block=paragraph.address, quote=paragraph.text)


def _all_rtl(text: str) -> bool:
    return all(unicodedata.bidirectional(c) not in ("L", "EN") for c in text)


def reveal(text: str) -> str:
    """The text as stored, with what cannot be seen written out: "Con[U+200B]fidential"."""
    return "".join(f"[U+{ord(c):04X}]" if _is_unseen(c) else c for c in text)


def _around(text: str) -> str:
    """The revealed text, begun shortly before the first character that gives cause for a notice."""
    first = next((at for at, c in enumerate(text) if _is_unseen(c) or _script(c) in _CONFUSED), 0)
    lead = max(0, first - 60)
    return ("…" if lead else "") + reveal(text[lead:])


def plain(text: str) -> str:
    """The text as it would read without disguise: unseen characters gone, lookalikes and digits made
    plain.
    """
    out = []
    for word in re.split(r"(\W+)", "".join(c for c in text if not _is_unseen(c) and c not in _OVERLAYS)):
        disguised = _is_disguised(word, True)
        out.append("".join(LOOKALIKES.get(c, c) if disguised else _plain_digit(c) for c in word))
    return "".join(out)


def _plain_digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character > "\x7f" and character.isdecimal() else character


def _is_unseen(character: str) -> bool:
    code = ord(character)
    return (
        character in _OVERRIDE + _EMBED + _MARKS + _JOINERS + _INVISIBLE + "\u00ad"
        or 0xE0000 <= code <= 0xE01EF
        or 0xFE00 <= code <= 0xFE0F
    )


def _plain_reading(code: str, text: str) -> str:
    if code in ("denormalised", "bidi_override", "bidi_control"):
        return ""
    reading = plain(text)
    return f"Plain reading: «{reading[:120]}»." if reading != text else ""
