"""Blanks in forms, notes to draft, choices and redactions: said as such, never guessed."""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterator

from clauses.model import CHECK, SURE, Fact

_BLANK = re.compile(
    r"_{3,}|(?:\.\s?){6,}|…{2,}"
    r"|\{[^{}\n]{1,60}\}"
    r"|\[\s{0,2}[●•_*.…–-]{1,20}\s{0,2}\]|\[(?: {0,8}| ?[xX✓] ?)\]|\((?: {2,8}| [xX] )\)(?=\s)|[☐☑☒]|(?<!\S)●(?!\S)"
    r"|\[[^\[\]\n]{2,200}\]|\bTB[DC]\b|\[(?=[A-Z])[^\[\]\n]{200,600}\]"
)
_REDACTED = re.compile(r"\[\s?[*•…. -]{1,12}\s?\]|\[redacted\]", re.I)
_NOTE = re.compile(
    r"\[?\s?(?:drafting\s|drafter'?s?\s)?(?:note|nb|n\.b\.)\b|\[?\s?(?:example|instruction|guidance)s?\s?:|\[?\s?(?:to\s)?(?:discuss|confirm|check)\b",
    re.I,
)
# What a template's engine reads: "{IF has_pilot}", "{END-IF}", "{#each}".
MARK = re.compile(
    r"\{\s{0,2}(?:(?:IF|ELSE-?IF|ELSE|FOR|UNLESS)\b[^{}\n]{0,80}|END-?\w{0,12}|[#/^][^{}\n]{0,60})\}"
)
_PROMPT = re.compile(
    r"fill[\s-]in|insert|enter|complete|name|date|address|e-?mail|amount|number|today|title|state|country|county|city|jurisdiction|"
    r"describe|description|specify|tbd|tbc|choose|select|legal|customer|provider|company|party|term|year|month|day|optional",
    re.I,
)
_NOTE_LINE = re.compile(
    r"\b(?:note\s{1,2}to\s{1,2}(?:draft|drafter|self|counsel|reviewer)|drafting\s{1,2}note|drafter['’]?s\s{1,2}note)\b[^\n]{0,300}",
    re.I,
)
_REFERENCE_INSIDE = re.compile(
    r"\s?(?:section|clause|article|schedule|exhibit|intentionally|reserved|remainder|signature|sic)\b", re.I
)


def blanks(text: str) -> Iterator[Fact]:
    """What a person still has to fill in, choose or strike. Units: fill_in, choice, chosen, note, redacted, bracketed."""
    for found in _BLANK.finditer(text):
        words = found.group()
        unit, band = _unit(words)
        if unit == "quiet":
            continue
        yield Fact("blank", _asked(words), unit, found.start(), found.end(), words, band)
    for found in _NOTE_LINE.finditer(text):
        yield Fact("blank", found.group(), "note", found.start(), found.end(), found.group(), SURE)


def is_blank(words: str) -> bool:
    """Whether the words are one blank and nothing else; marks of a template's engine do not count."""
    words = MARK.sub(" ", words).strip()
    found = _BLANK.match(words)
    return not words or (found is not None and found.end() == len(words))


def holds_blank(words: str) -> bool:
    """Whether something is still to be filled in besides the options that nobody ticked."""
    open_option = False
    for fact in sorted(blanks(words), key=lambda f: f.start):
        if fact.unit in ("choice", "chosen"):
            open_option = fact.unit == "choice"
        elif fact.unit in ("fill_in", "redacted") and not open_option:
            return True
    return False


def _unit(words: str) -> tuple[str, str]:
    inner = words.strip("[](){} \t")
    if words[0] in "☐☑☒" or (words[0] in "[(" and inner.lower() in ("", "x", "✓") and words[-1] in "])"):
        if words in ("[]", "[ ]") or words[0] == "☐" or not inner:
            return "choice", CHECK
        return "chosen", SURE
    if MARK.fullmatch(words):
        return ("quiet" if re.match(r"\{\s?(?:END|ELSE|/)", words) else "note"), SURE
    if _REDACTED.fullmatch(words):
        return ("fill_in" if "•" in words or "●" in words else "redacted"), SURE
    if words[0] != "[":
        return "fill_in", SURE
    if not any(c.isalpha() for c in inner):
        return ("fill_in", SURE) if not any(c.isdigit() for c in inner) else ("quiet", CHECK)
    if _NOTE.match(words):
        return "note", SURE
    if _REFERENCE_INSIDE.match(inner) or (len(inner) <= 3 and inner.islower()):
        return "quiet", CHECK  # "[s]", "[sic]", "[Signature page follows]"
    if _PROMPT.search(inner) and len(inner) <= 80:
        return "fill_in", SURE
    return "bracketed", CHECK


def _asked(words: str) -> str:
    """What a blank asks for, in its own words ("Customer name"), or nothing."""
    return " ".join(words.strip("[](){}_.…●•*☐☑☒ \t").replace("_", " ").split())
