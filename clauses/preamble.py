"""The people named at the front of a contract, in the forms drafters use.

1. An opening ("by and between", "PARTIES", "Party A:") is good when a list of names follows it; the list that
   gives short names wins over a bare title page.
2. Letters name people behind the greeting, short contracts at the front of a paragraph.
3. Filings without an opening: names with a legal form that a bracketed short name follows.
4. A short name read in place of a name ("between FMI and Oak") is looked up: "Fernhill Media, Inc. ("FMI")".
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from itertools import islice

from clauses.name_lists import RECITALS, is_believable, is_sure, people_from
from clauses.names import (
    LEGAL_FORMS,
    NAME_START,
    NOBODY,
    SHARP_END,
    SHARP_FORMS,
    Named,
    is_name,
    name_end,
)
from clauses.short_names import ALIAS, COLLECTIVE, NO_ALIAS

_WINDOW = 14_000
_OPENING = re.compile(
    r"\b(?:by\s{1,3}and\s{1,3}(?:between|among(?:st)?)|between|among(?:st)?|made\s{1,3}by|entered\s{1,3}(?:in)?to\s{1,3}by|executed\s{1,3}by)\b(?:\s{1,3}and\s{1,3}(?:between|among(?:st)?)\b)?"
    r"(?:\s{1,3}(?:the\s{1,3})?(?:following\s)?(?:parties|undersigned)(?:\s(?:below|named|hereto|listed)\b[^:\n]{0,80})?)?[\s:,–-]{0,90}|(?:^|\n)\s{0,40}(?:THE\s)?(?:PARTIES|Parties)\s{0,3}(?:TO\sTHIS\sAGREEMENT)?\s{0,3}[:.]?\s{0,3}\n\s{0,40}|(?:^|\n|\s{2})(?=Party\sA\s?:)|(?<=[.)]\s)(?=Party\sA\s?:)",
    re.I,
)
_LETTER = re.compile(
    r"\b(?:Ladies\s{1,3}and\s{1,3}Gentlemen|Dear\s{1,3}Sirs|Gentlemen)\s?[:,]\s{1,9}|\b[Tt]he\s{1,3}undersigned,\s{1,3}"
)
_UNDERLINE = re.compile(r"(?<=\s)-{2,}(?=\s)")  # dashes below a word, left in the line by a conversion


def named_people(text: str) -> list[Named]:
    """Parties of the preamble in reading order; [] when none is recognised."""
    text = _UNDERLINE.sub(lambda found: " " * len(found.group()), text[: _WINDOW + 30_000])
    return _in_full(text, _best(text))


def _best(text: str) -> list[Named]:
    """The most believable list: of an opening, else of a letter, of a paragraph, of names with short names."""
    best: list[Named] = []
    window = min(len(text), _WINDOW)
    for opening in islice(_OPENING.finditer(text, 0, window), 14):
        found = people_from(text, opening.end(), min(len(text), opening.end() + 4000))
        rank = _rank(text, found)
        if rank > _rank(text, best) and (_rank(text, best) < 4 or _says_more(text, found, best)):
            best = found
        if _rank(text, best) == 5:
            break
    rank = _rank(text, best)
    if rank < 4 and (letter := _LETTER.search(text, 0, window)):
        found = people_from(text, letter.end(), min(len(text), letter.end() + 4000))
        if _rank(text, found) >= 4:
            return found
    if rank < 3 and (found := _at_front(text, min(window, 4000))):
        return found
    reach = min(window, 6000)
    if rank and (recitals := RECITALS.search(text, best[0].end, reach)) and best[0].start < 1500:
        reach = recitals.start()  # behind one sure name, the recitals name others than parties
    loose = _formed(text, reach) if rank < 3 or best[0].start > 1500 else []
    if len(loose) >= 2 and (rank < 3 or loose[0].start < best[0].start - 300):
        return loose
    if (rank == 1 and best[0].start > 4000) or (rank == 3 and best[0].start > 6000):
        best = []  # two words joined by "and" far from the front are no parties
    return loose if len(loose) > len(best) and rank < 5 else best


_FRONT = re.compile(rf"(?:^|\n\s?|\s{{3}})\s{{0,60}}(?={NAME_START})")
_SIGNED = re.compile(r"\bBy:|/s/|\bIN\sWITNESS|\bIn\s[Ww]itness")


def _at_front(text: str, end: int) -> list[Named]:
    """ "Acme, Inc., a Delaware corporation ("Acme"), and Baker LLC ("Baker") agree": names that open a paragraph."""
    signed = _SIGNED.search(text, 0, end)
    end = signed.start() if signed else end
    for opening in islice(_FRONT.finditer(text, 0, end), 60):
        finish = name_end(text, opening.end(), end)
        first_line = text[opening.end() : finish].split("\n")[0]
        if NOBODY.match(first_line):  # "Company" above "Acme, Inc." labels a row
            continue
        if not is_name(text[opening.end() : finish]) or not is_believable(text, opening.end(), finish, end):
            continue
        found = people_from(text, opening.end(), end)
        if _rank(text, found) >= 4:
            return found
    return []


def _says_more(text: str, found: list[Named], title: list[Named]) -> bool:
    """Whether the people of a title page are named again with their short names."""
    again, before = (
        {re.sub(r"\W", "", text[p.start : p.end]).lower() for p in people} for people in (found, title)
    )
    return len(found) >= len(title) and bool(again & before)


def _in_full(text: str, found: list[Named]) -> list[Named]:
    """ "FMI" becomes "Fernhill Media, Inc." where the contract says who that is."""
    out: list[Named] = []
    for person in found:
        name = text[person.start : person.end].rstrip(".")
        full = None
        if not person.alias and len(name.split()) <= 3 and not SHARP_END.search(name):
            full = _meant(text, name)
        out.append(full or person)
    return out


def _meant(text: str, alias: str) -> Named | None:
    said = re.search(rf"\(\s?(?:the\s)?[“\"']{{0,2}}{re.escape(alias)}[.,]?[”\"']{{0,2}}\s?\)", text)
    if said is None:
        return None
    low = max(0, said.start() - 200)
    *_, name = [None, *_FORMED.finditer(text, low, said.start())]
    if name is None or not is_name(name.group()):
        return None
    return Named(name.start(), name.end(), alias, said.start())


def _rank(text: str, found: list[Named]) -> int:
    """0 for nobody to 5: two names are what a contract needs; short names and legal forms make a list believable."""
    sure = sum(is_sure(text, p) for p in found[:2])
    if len(found) < 2:
        return sure
    return 5 if all(p.alias for p in found[:2]) else 2 + sure if sure else 1


_GAP = r"(?:[ ]{1,3}|\n(?!\s))"
_FORMED = re.compile(
    rf"(?<![\w.\"“'])(?P<name>(?:(?!\d+\b)[A-Z0-9][\w&.'’-]{{0,40}},?{_GAP}(?:(?:&|of|and|the|for|de|in){_GAP})?){{1,8}}?(?:{SHARP_FORMS}|Company|COMPANY|Bank|BANK|Association|Holdings|University|Authority|Institute)\b\.?)(?:,?\s{{1,3}}(?:{LEGAL_FORMS})\b\.?)?"
)


def _formed(text: str, end: int) -> list[Named]:
    """Names with a legal form that a short name in brackets follows."""
    found: list[Named] = []
    place = 0
    while len(found) < 12 and (name := _FORMED.search(text, place, end)):
        place = name.end()
        alias = ALIAS.search(text, name.end(), min(end, name.end() + 320))
        if alias is None or COLLECTIVE.search(alias["body"]) or NO_ALIAS.match(alias["alias"]):
            continue
        between = text[name.end() : alias.start()]
        if (
            re.search(r"\.\s{1,3}[A-Z][a-z]+\s[a-z]", between)
            or _FORMED.search(between)
            or not is_name(name.group())
            or re.search(r"[“\"][\w&.'’ -]{1,40}\s$", text[max(0, name.start() - 45) : name.start()])
        ):
            continue  # the rest of a quoted title is no name
        found.append(Named(name.start(), name.end(), " ".join(alias["alias"].split()), alias.start()))
        place = alias.end()
    return found
