"""Dates that cannot be in this order: an end before the beginning, an expiry before the signature.

Only dates that the words tie to this contract take part: its effective or starting date, its end, the dates
in its
signature block. A date that could be read either way round is left out.
"""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from clauses.model import Analysis, Fact
from clauses.places import Issue, place_of

_OWN = re.compile(
    r"\b(?:this|the|its|initial|current|subscription|licen[cs]e)\s(?:[\w-]+\s){0,3}?(?:agreement|contract|term|period|licen[cs]e|order|services?)\b|\bterm\b",
    re.I,
)
_START_BEFORE = re.compile(
    r"(?:\b(?:effective|start|starting|commencement)\s+date[”\"’]?\W{0,4}(?:of\s+this\s+\w+\s+)?(?:is|means|shall\s+be|of|on)?\W{0,6}"
    r"|\b(?:commenc(?:es?|ing)|begins?|beginning|starts?|starting|(?:made|entered\s+into|effective|dated)\s+(?:and\s+effective\s+)?as\s+of)\s+(?:on\s+)?(?:the\s+)?)$",
    re.I,
)
_START_AFTER = re.compile(r"\W{0,6}(?:\(?(?:the\W{1,3})?)?(?:effective|commencement|start)\s+date\b", re.I)
_END_BEFORE = re.compile(
    r"\b(?:expir(?:es?|y|ing|ation)(?:\s+date)?|end\s+date|ends?|ending|until|through|terminat(?:es?|ing|ion\s+date))[”\"’]?\W{0,4}"
    r"(?:(?:is|means|shall\s+be|on|and\s+including|midnight\s+on|at\s+the\s+end\s+of|the)\s+){0,3}$",
    re.I,
)
_RANGE = re.compile(
    r"\b(?:to|until|till|through|and\s+(?:ends?|ending|expir\w+|terminat\w+|continu\w+)(?:\s+\w+){0,4}|ending|expiring)\s+(?:on\s+|and\s+including\s+|the\s+)?$|^\s?[–-]\s?$",
    re.I,
)
_FROM = re.compile(
    r"\b(?:from|between|commenc\w+|beginn?\w*|start\w*|effective|period|term)\b[^.;]{0,40}$", re.I
)
_OTHER_PAPER = re.compile(
    r"\b(?:amend\w*|original|prior|previous|that certain|existing|predecessor|was|were|had)\b", re.I
)
_START_LABEL = re.compile(r"\b(?:effective|start|commencement)\s+date\b|^date of (?:this )?agreement", re.I)
_END_LABEL = re.compile(r"\b(?:expir\w+|end)\s+date\b|^expiry\b", re.I)
_YEAR = 366


def dates_out_of_order(analysis: Analysis) -> Iterator[Issue]:
    """Findings with both dates quoted; severity "problem" unless the order is merely odd."""
    dated = [f for f in analysis.facts if f.kind == "date" and f.band == "sure"]
    yield from _ranges(analysis, dated)
    starts, ends, signed = _roles(analysis, dated)
    if starts and ends and (late := next((e for e in ends if _day(e) < _day(starts[0])), None)):
        yield _issue(
            analysis,
            f"The contract ends ({_say(late)}) before it begins ({_say(starts[0])}).",
            starts[0],
            late,
        )
    if signed and ends and (late := next((e for e in ends if _day(e) < _day(signed[0])), None)):
        yield _issue(
            analysis,
            f"The contract ends ({_say(late)}) before it is signed ({_say(signed[0])}).",
            signed[0],
            late,
        )
    for one in signed:
        if starts and abs(_day(one) - _day(starts[0])) > _YEAR:
            message = f"The signature ({_say(one)}) and the date of the contract ({_say(starts[0])}) are more than a year apart."
            yield _issue(analysis, message, starts[0], one, severity="look")
            break


def _ranges(analysis: Analysis, dated: list[Fact]) -> Iterator[Issue]:
    """ "from 1 May 2026 to 30 April 2025" in one sentence."""
    for first, second in pairwise(dated):
        between = analysis.text[first.end : second.start]
        if len(between) > 80 or "." in between or ";" in between or _day(first) <= _day(second):
            continue
        before = analysis.text[max(0, first.start - 60) : first.start]
        if _RANGE.search(between) and _FROM.search(before):
            yield _issue(
                analysis,
                f"A period runs from {_say(first)} to the earlier date {_say(second)}.",
                first,
                second,
            )


def _roles(analysis: Analysis, dated: list[Fact]) -> tuple[list[Fact], list[Fact], list[Fact]]:
    starts: list[Fact] = []
    ends: list[Fact] = []
    signed: list[Fact] = []
    for fact in dated:
        home = analysis.clause_at(fact.start)
        if home is not None and home.schedule and home.kind != "key_term" and not fact.label:
            continue
        if home is not None and home.kind == "signature":
            signed.append(fact)
            continue
        text = analysis.text
        before = text[max(0, fact.start - 160, text.rfind("\n", 0, fact.start) + 1) : fact.start]
        after = text[fact.end : fact.end + 40]
        if _OTHER_PAPER.search(before[-100:]):
            continue
        if _START_LABEL.search(fact.label) or _START_BEFORE.search(before) or _START_AFTER.match(after):
            if not (fact.label or _OWN.search(before + after)):
                continue
            starts.append(fact)
        elif _END_LABEL.search(fact.label) or (_END_BEFORE.search(before) and _OWN.search(before)):
            ends.append(fact)
    return starts, ends, signed


def _issue(analysis: Analysis, message: str, first: Fact, second: Fact, severity: str = "problem") -> Issue:
    places = tuple(place_of(analysis, f.start, f.end) for f in (first, second))
    return Issue("dates_out_of_order", message, severity, places)


def _say(fact: Fact) -> str:
    return "“" + " ".join(fact.quote.split()) + "”"


def _day(fact: Fact) -> int:
    return date.fromisoformat(str(fact.value)).toordinal()
