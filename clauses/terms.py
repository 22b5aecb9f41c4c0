"""Where a contract's own words are used: defined terms, labels of its cover page, names of its parties.

1. Every name becomes a row of words, filed under its first word; plural and capitals-only forms are
   filed too.
2. The text is cut into words once; at each word the longest name that begins there is its use.
"Service Credit" is so no use of "Service", and the cost grows with the length of the text alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from clauses.model import Analysis

WORD = re.compile(r"[^\W_]+(?:[-&/][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a term at start:end; ``key`` is the same for all its forms."""

    key: str
    start: int
    end: int


def key_of(term: str) -> str:
    """One form for singular and plural, whatever the capitals: "Activities" and "activity" agree."""
    low = " ".join(WORD.findall(term.casefold()))
    if low.endswith("ies"):
        return low[:-3] + "y"
    return low if low.endswith("ss") else low.removesuffix("s")


def names_of(analysis: Analysis) -> dict[str, str]:
    """Key → the term as written, for defined terms, labels of cover pages, aliases and names of parties."""
    rows = [d.term for d in analysis.definitions]
    rows += [f.label for f in analysis.facts if f.kind == "key_term" and f.label]
    rows += [name for p in analysis.parties for name in (p.alias, p.name) if name]
    names: dict[str, str] = {}
    for term in rows:
        if key := key_of(_plain(term)):
            names.setdefault(key, _plain(term))
    return names


def uses(text: str, terms: Iterable[str]) -> list[Use]:
    """Every use of the terms in reading order, the longest name first; "fees" is no use of "Fees"."""
    shelf = _filed(terms)
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]
    found: list[Use] = []
    place = 0
    while place < len(words):
        length = 1
        for name, key in shelf.get(words[place][0], ()):
            if _stands(text, words, place, name):
                length = len(name)
                found.append(Use(key, words[place][1], words[place + length - 1][2]))
                break
        place += length
    return found


def other_number(term: str) -> str:
    """Singular for plural and the other way round: Activity, Activities."""
    if term.endswith("ies"):
        return term[:-3] + "y"
    if term.endswith("y") and term[-2:-1] not in "aeiou":
        return term[:-1] + "ies"
    return term[:-1] if term.endswith("s") and not term.endswith("ss") else term + "s"


def _plain(term: str) -> str:
    """Without an article and without the marks of a template ("{IF …}")."""
    bare = " ".join(re.sub(r"\{[^{}]*\}", " ", term).split())
    return re.sub(r"^(?:the|each|an?)\s+", "", bare, flags=re.I)


def _filed(terms: Iterable[str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    shelf: dict[str, set[tuple[tuple[str, ...], str]]] = defaultdict(set)
    for term in terms:
        key = key_of(term)
        small = term.title() if term.isupper() else term  # “SERVICES” means …, and then the Services
        for form in (term, small, other_number(small), term.upper(), other_number(small).upper()):
            name = tuple(WORD.findall(form))
            if name:
                shelf[name[0]].add((name, key))
    return {first: sorted(rows, key=lambda row: (-len(row[0]), row)) for first, rows in shelf.items()}


def _stands(text: str, words: list[tuple[str, int, int]], place: int, name: tuple[str, ...]) -> bool:
    if place + len(name) > len(words) or any(words[place + k][0] != word for k, word in enumerate(name) if k):
        return False
    # Nothing but blanks, commas and quotation marks may stand between the words of one name.
    return all(
        words[place + k + 1][1] - words[place + k][2] <= 4
        and not text[words[place + k][2] : words[place + k + 1][1]].strip(" ,&’'\t\n\v\u00a0")
        for k in range(len(name) - 1)
    )
