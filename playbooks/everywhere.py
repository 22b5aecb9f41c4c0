"""Values that every place of a contract has, whatever its topic: its words, how firm its duty is, what is open in it,
and what it leaves to papers that are not attached."""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from clauses.topics.page import Page
from clauses.topics.values import ABSENT, READ, Instance, Spec, Value, unknown, word, word_of
from playbooks.papers import is_there
from playbooks.topics import TOPICS

GENERAL: Mapping[str, Spec] = {
    "text": Spec("wording", "the words"),
    "duty": word_of("how firm the duty is", "firm", "efforts", "option"),
}
"""`text has ["hereby assigns"]` asks for required or forbidden words; `duty = firm` for a duty without a qualifier."""

_EFFORTS = re.compile(
    r"\b(?:reasonable|best|good[- ]faith|diligent) (?:\w+ )?(?:efforts|endeavou?rs)\b|\bendeavou?rs? to\b|\bseeks? to\b"
    r"|\baims? (?:to|at)\b|\b(?:where|if|as far as|to the extent) (?:reasonably |commercially )?(?:possible|practicable|feasible)\b",
    re.I,
)
_FIRM = re.compile(
    r"\b(?:shall|will|must|hereby|undertakes?|warrants?|is|are|does|do|survives?|remains?)\b", re.I
)
_OPTION = re.compile(r"\b(?:may|can)\b(?! not)", re.I)
_OPEN = re.compile(
    r"\[\s*(?:note\b|drafting|alternative|option\b|or\b|reserved|to be (?:agreed|confirmed|discussed)|tb[acd]\b|subject to)[^\]]*\]"
    r"|\[\s*(?:\d[\d.,]*|(?:one|two|three|five|six|seven|ten|twelve|fifteen|twenty|thirty|forty|sixty|ninety)\b)[^\]]{0,40}\]",
    re.I,
)
_LEFT_TO = re.compile(
    r"\b(?:set out|specified|stated|listed|described|defined|given|named|in accordance with|as per|pursuant to|according to)"
    r"(?: in| on| by)?(?: the)? (?P<name>(?:Schedule|Annex|Appendix|Exhibit|Attachment) [A-Z0-9]{1,4})\b"
)


def specs_of(topic: str) -> dict[str, Spec]:
    """The values a condition on this topic may name."""
    return {**GENERAL, **TOPICS[topic].values}


def values_of(page: Page, instance: Instance) -> dict[str, Value]:
    """What was read at one place, with the values every place has.

    Silence on a value is unknown where the words leave it to a schedule that is not there.
    """
    text = "\n".join(page.text[span.start : span.end] for span in instance.spans)
    away = left_to(page, text)
    read = {name: unknown(away) if away and v.state == ABSENT else v for name, v in instance.values.items()}
    general = {"text": Value(READ, text, instance.spans), "duty": word(duty(text), *instance.spans[:1])}
    return {**general, **read}


@lru_cache(maxsize=1 << 12)
def duty(text: str) -> str:
    """firm ("shall", "hereby"), efforts ("reasonable efforts", "where possible") or option ("may")."""
    if _EFFORTS.search(text):
        return "efforts"
    return "option" if _OPTION.search(text) and not _FIRM.search(text) else "firm"


def what_is_open(page: Page, instance: Instance) -> str:
    """The first words of the place that stand in brackets, as an alternative or a note: an offer, not an agreement."""
    for span in instance.spans:
        match = _OPEN.search(page.text, span.start, span.end)
        if match is not None:
            return " ".join(match.group().split())
    return ""


def without_brackets(page: Page) -> Page:
    """The page with blanks in the place of brackets round a number or a choice; every offset stays as it was."""
    lines = tuple(
        replace(line, text=_OPEN.sub(lambda m: f" {m.group()[1:-1]} ", line.text))
        if "[" in line.text
        else line
        for line in page.lines
    )
    return page if lines == page.lines else replace(page, lines=lines)


def left_to(page: Page, text: str) -> str:
    """Why a value cannot be told: it stands in a schedule that is named here and is not in the text."""
    for match in _LEFT_TO.finditer(text):
        if not is_there(page, match["name"]):
            return f"“{match['name']}”, named here, is not attached and was not read"
    return ""
