"""Reading what a model wrote: its form is checked, and every quote must stand in the text it was given.

An answer that quotes words which are not there is thrown away whole: whoever invents a quote invents more.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

LONGEST = 4000
"""Characters of a suggested text at most."""
MOST_ISSUES = 40
MOST_RUNGS = 8


class BadAnswer(ValueError):
    """The answer cannot be used; its text is a sentence for people."""


@dataclass(frozen=True)
class Quote:
    """A passage of the text that was given: offsets in code points, end exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Words:
    """A suggested text and the passages it rests on."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class RungIdea:
    """A position as the model words it; `when` is a condition in text form, not yet checked."""

    label: str
    when: str
    reason: str


@dataclass(frozen=True)
class IssueIdea:
    """One rule a model reads out of prose, with the passage it comes from."""

    title: str
    topic: str
    quote: Quote
    rungs: tuple[RungIdea, ...]
    walk_away: str


def read_words(answer: str, source: str) -> Words:
    """The suggested text. Raises BadAnswer where the form is wrong or a quote is not in `source`."""
    data = _json_object(answer)
    text = _text(data, "text", longest=LONGEST, lines=True)
    quotes = data.get("quotes", [])
    if not isinstance(quotes, list) or not quotes:
        raise BadAnswer(_("The answer names no words of the text it rests on."))
    return Words(text, tuple(find(quote, source) for quote in quotes[:20]))


def read_issues(answer: str, source: str) -> tuple[IssueIdea, ...]:
    """The rules. Raises BadAnswer where the form is wrong or a quote is not in `source`."""
    issues = _json_object(answer).get("issues")
    if not isinstance(issues, list) or not issues:
        raise BadAnswer(_("The answer holds no rules."))
    if len(issues) > MOST_ISSUES:
        raise BadAnswer(_("The answer holds more rules than can be read with care: give it less prose."))
    return tuple(_issue(item, source) for item in issues)


def find(quote: Any, source: str) -> Quote:
    """Where the quote stands in the text; white space may differ. Raises BadAnswer where it does not."""
    if not isinstance(quote, str) or not quote.strip():
        raise BadAnswer(_("The answer holds an empty quote."))
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    found = re.search(pattern, source)
    if found is None:
        raise BadAnswer(
            _("The answer quotes words that are not in the text: “%(quote)s”.") % {"quote": quote[:160]}
        )
    return Quote(found.start(), found.end(), found.group())


def _issue(item: Any, source: str) -> IssueIdea:
    if not isinstance(item, dict):
        raise BadAnswer(_("The answer holds a rule that is none."))
    rungs = item.get("rungs")
    if (
        not isinstance(rungs, list)
        or not 0 < len(rungs) <= MOST_RUNGS
        or not all(isinstance(r, dict) for r in rungs)
    ):
        raise BadAnswer(_("The answer holds a rule without positions, or with too many."))
    return IssueIdea(
        title=_text(item, "title", longest=200),
        topic=_text(item, "topic", longest=80),
        quote=find(item.get("quote"), source),
        rungs=tuple(
            RungIdea(
                _text(rung, "label", longest=200),
                _text(rung, "when", longest=500),
                _text(rung, "reason", longest=500),
            )
            for rung in rungs
        ),
        walk_away=_text(item, "walk_away", longest=500),
    )


def _json_object(answer: str) -> dict[str, Any]:
    """The object in the answer; models like to put a fence or a sentence around it."""
    start, end = answer.find("{"), answer.rfind("}")
    try:
        data = json.loads(answer[start : end + 1]) if 0 <= start < end else None
    except (ValueError, RecursionError) as error:
        raise BadAnswer(_("The answer is not in the form that was asked for.")) from error
    if not isinstance(data, dict):
        raise BadAnswer(_("The answer is not in the form that was asked for."))
    return data


def _text(data: Mapping[str, Any], name: str, *, longest: int, lines: bool = False) -> str:
    """A text of the answer without control characters or signs nobody sees, which could hide words."""
    text = data.get(name)
    if not isinstance(text, str):
        raise BadAnswer(_("The answer lacks “%(name)s”.") % {"name": name})
    kept = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    kept = "\n".join(" ".join(line.split()) for line in kept.split("\n")) if lines else " ".join(kept.split())
    if not kept.strip():
        raise BadAnswer(_("The answer lacks “%(name)s”.") % {"name": name})
    if len(kept) > longest:
        raise BadAnswer(_("“%(name)s” of the answer is too long.") % {"name": name})
    return kept.strip()
