"""What a form still leaves open: placeholders, brackets to fill in and values left blank, with their places.

Lines for signatures, names and dates at the end of a contract are filled in by signing and do not count.
Ticks and notes to draft are slips of the text and stand there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from negotiation.models import ClauseText, Contract, Version

OPEN_UNITS = frozenset({"fill_in", "date", "bracketed"})
_RULED = re.compile(r"[_.…\s]+")
_SIGNED_THERE = re.compile(
    r"(?:signature|signed|sign|by|name|print(?:ed)? name|title|position|date|place|its|witness(?:ed by)?"
    r"|company|for and on behalf of[^:]*)\s*[:.]?\s*",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(r"\bblank\b|\bticked\b")  # as the reading room notes on a value a form leaves open
_FEWEST_LETTERS = 3


@dataclass(frozen=True)
class Blank:
    """One place still to be filled in: what it asks for (words of the form, or a code), its words, where it
    begins in the version's text and the number of its clause."""

    label: str
    quote: str
    start: int
    clause_number: str


def of_contract(contract: Contract) -> list[Blank]:
    """The blanks of the newest version that was read."""
    version = contract.ready_version()
    return of_version(version) if version is not None else []


def of_version(version: Version, clauses: Sequence[ClauseText] | None = None) -> list[Blank]:
    """The blanks of a version in reading order. `clauses` are its clause texts, where they are at hand."""
    text = version.text
    found = {
        int(fact["start"]): (_label(fact, text), str(fact["quote"]))
        for fact in version.facts
        if fact["kind"] == "blank" and fact.get("unit") in OPEN_UNITS and not _is_signed(fact, text)
    }
    for fact in version.reading.get("deal", {}).get("key_facts", []):
        inside = any(fact["start"] <= start < fact["end"] for start in found)
        if not inside and _LEFT_OPEN.search(str(fact.get("note") or "")):
            found[int(fact["start"])] = (str(fact["kind"]), str(fact["quote"]))
    if not found:
        return []
    texts = list(version.clause_texts.all()) if clauses is None else clauses
    return [
        Blank(label=label, quote=quote, start=start, clause_number=_number(texts, start))
        for start, (label, quote) in sorted(found.items())
    ]


def check_left(found: Sequence[Blank], left: int) -> None:
    """Raises ValidationError unless the person said that they go on with exactly these many blanks."""
    if len(found) != left:
        raise ValidationError(
            ngettext(
                "The text has %(count)d blank. Fill it in, or say that you go on with it left blank.",
                "The text has %(count)d blanks. Fill them in, or say that you go on with them left blank.",
                len(found),
            )
            % {"count": len(found)},
            code="blanks",
        )


def _label(fact: Mapping[str, Any], text: str) -> str:
    """What the blank asks for, or the words before it where it does not say."""
    asked = str(fact.get("value") or "").strip()
    if sum(letter.isalpha() for letter in asked) >= _FEWEST_LETTERS:
        return asked
    line = text[text.rfind("\n", 0, fact["start"]) + 1 : fact["start"]].replace("\t", " ").strip()
    return f"{' '.join(line.split()[-8:])} {fact['quote']}".strip()


def _is_signed(fact: Mapping[str, Any], text: str) -> bool:
    """Whether a ruled line stands where somebody signs: its label is on the line, or on the one before."""
    if not _signature_only(str(fact["quote"])):
        return False
    begin = text.rfind("\n", 0, fact["start"]) + 1
    before = _RULED.sub(" ", text[begin : fact["start"]]).strip()
    if not before:
        above = text[text.rfind("\n", 0, max(begin - 1, 0)) + 1 : max(begin - 1, 0)]
        after = text[fact["end"] : text.find("\n", fact["end"]) % (len(text) + 1)].strip()
        before = after or above.strip()
    return _SIGNED_THERE.fullmatch(before.split("\t")[-1].strip() or "-") is not None


def _signature_only(quote: str) -> bool:
    return _RULED.fullmatch(quote) is not None


def _number(clauses: Sequence[ClauseText], offset: int) -> str:
    within = [text for text in clauses if text.start <= offset < text.end and text.number]
    return max(within, key=lambda text: text.depth).number if within else ""
