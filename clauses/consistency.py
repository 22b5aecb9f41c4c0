"""Whole-contract check: what contradicts itself, points nowhere, was never defined, or is still open.

Every finding quotes the place or both places it stands on. The rules would rather miss than cry wolf: a rule that
needs a reliable numbering or a list of definitions keeps silent where the contract has none.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines or quoted word by word)

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from clauses.contradictions import contradictions
from clauses.date_order import dates_out_of_order
from clauses.model import Analysis, Clause, Reference
from clauses.odd_letters import odd_letters
from clauses.places import Issue, Place, place_of
from clauses.source import even
from clauses.term_issues import term_issues

__all__ = ["Issue", "Place", "check"]


def check(analysis: Analysis) -> tuple[Issue, ...]:
    """Findings in the order of the text. Codes are listed in ``docs/reading.md``."""
    # Word and PDFs put blanks that do not break between any two words; the rules look for plain ones.
    flat = replace(analysis, text=even(analysis.text))
    found = [
        *_words_against_figures(flat),
        *_open_places(flat),
        *term_issues(flat),
        *_references(flat),
        *_numbering(flat),
        *contradictions(flat),
        *dates_out_of_order(flat),
    ]
    found = [
        replace(issue, places=tuple(replace(p, quote=analysis.text[p.start : p.end]) for p in issue.places))
        for issue in found
    ]
    found += odd_letters(analysis)
    return tuple(sorted(found, key=lambda i: (i.places[0].start, i.code, i.message)))


# --- values ---------------------------------------------------------------------------------------


def _words_against_figures(analysis: Analysis) -> Iterator[Issue]:
    for fact in analysis.facts:
        if fact.note.startswith("words say"):
            yield Issue(
                "words_and_figures",
                f"The words and the figures of “{_flat(fact.quote)}” differ: {fact.note}.",
                "problem",
                (place_of(analysis, fact.start, fact.end),),
            )


_OPEN = {
    "fill_in": ("blank", "Still to be filled in"),
    "date": ("blank", "A date is left open"),
    "note": ("note_to_draft", "A note to draft is still in the text"),
    "bracketed": ("bracketed", "Words in square brackets: an offer, a choice or a prompt still open"),
}


def _open_places(analysis: Analysis) -> Iterator[Issue]:
    last = -1
    for fact in analysis.facts:
        if fact.kind != "blank" or fact.unit not in _OPEN or fact.start < last:
            continue
        last = fact.end
        place = place_of(analysis, fact.start, fact.end)
        if not fact.quote.strip("_ ") and _is_signature(analysis, place):
            continue  # a line to sign on is no gap in the text
        if fact.unit == "bracketed" and _LINK.match(analysis.text, fact.start):
            continue
        code, words = _OPEN[fact.unit]
        label = f" ({fact.label})" if fact.label else ""
        yield Issue(
            code,
            f"{words}{label}: “{_flat(fact.quote)[:80]}”.",
            "look",
            (place,),
        )


_LINK = re.compile(r"\[\s?(?:https?://|www\.)|\[[^\]\n]{1,200}\]\(")


def _is_signature(analysis: Analysis, place: Place) -> bool:
    return bool(place.clause) and analysis.clause(place.clause).kind == "signature"


# --- references and numbers -----------------------------------------------------------------------


def _references(analysis: Analysis) -> Iterator[Issue]:
    own = [r for r in analysis.references if not r.external]
    unsure = _unsure_shapes(analysis, own)
    missing: set[str] = set()
    for number, reference in enumerate(own):
        place = place_of(analysis, reference.start, reference.end)
        if reference.resolved:
            around = own[max(0, number - 2) : number] + own[number + 1 : number + 3]
            beside = sum(abs(other.start - reference.start) < 40 for other in around)
            words = analysis.text[max(0, reference.start - 150) : reference.end + 150]
            if beside > 1 or (beside and "surviv" in words):
                continue  # a list of sections, as in "Sections 3, 5 and 9 survive", may well name its own
            yield from _to_itself(analysis, reference.target, place)
        elif _opens_line(analysis.text, reference.start):
            continue
        elif reference.target[:1].isdigit():
            if _shape(reference) not in unsure and not reference.text.startswith("("):
                yield Issue(
                    "broken_reference",
                    f"“{_flat(reference.text)}” points to a place that is not in this document.",
                    "problem",
                    (place,),
                )
        elif reference.target not in missing:
            missing.add(reference.target)
            yield Issue(
                "not_attached",
                f"“{_flat(reference.text)}” is named but was not found in this document, so it was not read.",
                "look",
                (place,),
            )


def _shape(reference: Reference) -> str:
    """How a reference is written: "7", "7.2", "7(a)" or "7A"."""
    found = re.search(r"\d+(?P<dot>\.\d)?[\d.]*(?P<letter>[A-Z]\b)?(?P<sub>\s?\()?", reference.text)
    if found is None:
        return "other"
    return "sub" if found["sub"] else "letter" if found["letter"] else "dotted" if found["dot"] else "whole"


def _unsure_shapes(analysis: Analysis, own: list[Reference]) -> set[str]:
    """Shapes of which three and more lead nowhere and few lead somewhere: there the numbering was not understood."""
    rows: dict[str, list[bool]] = defaultdict(list)
    for reference in own:
        if reference.resolved or reference.target[:1].isdigit():
            rows[_shape(reference)].append(reference.resolved)
            rows["all"].append(reference.resolved)
    numbered = sum(bool(re.match(r"\d", clause.path)) for clause in analysis.clauses)
    unsure = {s for s, r in rows.items() if r.count(False) >= 3 and r.count(True) < 0.6 * len(r)}
    return set(rows) if "all" in unsure or numbered < 5 else unsure


def _opens_line(text: str, start: int) -> bool:
    """A mention that opens a line is a title or a row of a table of contents, not a pointer."""
    return not text[max(0, text.rfind("\n", 0, start) + 1) : start].strip()


def _to_itself(analysis: Analysis, target: str, place: Place) -> Iterator[Issue]:
    before = analysis.text[max(0, place.start - 40) : place.start].lower()
    home = analysis.clause(target)
    # Its own words reach to the end of its paragraph, the items of a list inside it too.
    if not home.start <= place.start < home.own_end or re.search(r"\bthis\s$|\n\s*$|^\s*$|\s{2}$", before):
        return
    if place.start < home.heading_end or place.quote.endswith(")") or home.kind == "schedule":
        return
    yield Issue(
        "self_reference", f"“{_flat(place.quote)}” points to the clause it stands in.", "look", (place,)
    )


def _numbering(analysis: Analysis) -> Iterator[Issue]:
    """Gaps and repeats among sisters whose numbers can be followed."""
    groups: dict[tuple[str, str, str], list[tuple[int, Clause]]] = defaultdict(list)
    for clause in analysis.clauses:
        value = _own_number(clause)
        if value is not None:
            groups[clause.schedule, clause.parent or "", clause.path.rpartition(".")[0]].append(
                (value, clause)
            )
    for row in groups.values():
        if len(row) < (2 if "." in row[0][1].path else 3) or row[0][0] != 1:
            continue
        steps = [b[0] - a[0] for a, b in pairwise(row)]
        faults = sum(step != 1 for step in steps)
        if not all(0 <= step <= 3 for step in steps) or faults > max(2, 0.3 * len(steps)):
            continue  # not a numbering that runs on: quoted lists, tables, restarts
        for (before, first), (after, second) in pairwise(row):
            if after in (before + 2, before + 3) or after == before:
                yield _gap(analysis, first, second, repeat=after == before)


def _own_number(clause: Clause) -> int | None:
    if clause.kind != "section" or not (found := re.fullmatch(r"(?:\d+\.){0,5}(\d+)", clause.path)):
        return None
    return int(found.group(1))


def _gap(analysis: Analysis, first: Clause, second: Clause, *, repeat: bool) -> Issue:
    words = "is used twice" if repeat else "does not follow on"
    return Issue(
        "number_repeated" if repeat else "numbering_gap",
        f"Number {second.number} {words} after {first.number}.",
        "look",
        tuple(
            place_of(analysis, c.start, min(c.end, c.start + max(len(c.number), 40))) for c in (first, second)
        ),
    )


def _flat(text: str) -> str:
    return " ".join(text.split())
