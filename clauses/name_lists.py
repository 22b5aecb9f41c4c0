"""A list of people from a given place of a contract on: "Acme, Inc., a company ("Acme"), and Ann Lee ("Artist")".

1. A name runs to its legal form, or to the words that describe it.
2. A bracketed or "hereinafter" short name within reach is its alias.
3. The next name stands behind "and", ";", a new line, or a comma where something shows that it is a name.
4. The list ends with the recitals, with "each a Party", or with a full stop once two names are read.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re

from clauses.names import KIND, NAME_START, NAME_STARTS, NOBODY, SHARP_END, STATES, Named, is_name, name_end
from clauses.short_names import ALIAS, COLLECTIVE, NEXT_NAME, short_name

RECITALS = re.compile(
    r"\b(?:WHEREAS|Whereas|RECITALS?|Recitals?|BACKGROUND|WITNESSETH|NOW,?\s{1,2}THEREFORE|Background|Preliminary|PREAMBLE|Preamble|TABLE\sOF\sCONTENTS|agree\sas\sfollows|hereby\sagree|IN\sCONSIDERATION|INTRODUCTION|Premises|PREMISES)\b"
    r"|W\s{0,2}I\s{0,2}T\s{0,2}N\s{0,2}E\s{0,2}S\s{0,2}S|R\sE\sC\sI\sT|\n\s{0,8}(?:1|I|A|ARTICLE\s(?:1|I|ONE))[.:)]\s{0,4}[A-Z]|(?<=[.\s])\s1\.\s{1,4}[A-Z]|\bSource:"
)
_LABEL = re.compile(r"\s{0,60}:\s")  # "Address : 9 High Street" says nobody's name
_ROLE = r"(?:Licensor|Licensee|Customer|Client|Supplier|Provider|Company|Distributor|Vendor)"
_BESIDE = re.compile(rf"[,;]?\s{{1,4}}(?:and\s{{1,3}}|AND\s{{1,3}})?(?:\({_ROLE}\)\s)?(?={NAME_START})")
_LEAD = re.compile(
    rf"(?:[\s,;:.–-]|\(?(?:\d{{1,2}}|[ivx]{{1,4}})[).]\s|\(?[a-zA-Z]\)\s|and\s|AND\s|And\s|(?:on\s)?(?:the\s)?(?:one|first|other)\s(?:hand|part),?\s|by\s|(?:by\sand\s)?between\s|among\s|Party\s[A-D]\s?:|{_ROLE}\s?:|\((?:the\s)?{_ROLE}\)\s|[“\"](?=[A-Z]))*"
)
_DESCRIBES = re.compile(
    rf"[\s,;]{{0,4}}(?:(?:an?|the|having|with|whose|which|located|organi[sz]ed|incorporated|existing|residing|being|acting|through|on\sbehalf|duly|registered|as|together|for|doing|of|in|formerly|at|its|each|collectively)\b|(?:{STATES})\s{KIND}|\d)",
    re.I,
)
_GOES_ON = re.compile(r"[\s,;]{0,300}(?:and\b|&|\d)", re.I)


def is_sure(text: str, person: Named) -> bool:
    """Whether a short name or a legal form shows that this is a person."""
    name = text[person.start : person.end]
    return bool(person.alias) or SHARP_END.search(name) is not None


def people_from(text: str, start: int, end: int) -> list[Named]:
    """The people named from ``start`` on, in reading order; [] when no name stands there."""
    stop = RECITALS.search(text, start, end)
    end = stop.start() if stop else end
    found: list[Named] = []
    known: set[str] = set()
    at = start
    while len(found) < 14:
        lead = _LEAD.match(text, at, end)
        at = lead.end() if lead else at
        if at >= end or not NAME_STARTS.match(text, at, end):
            break
        finish = name_end(text, at, end)
        if not is_name(text[at:finish]):
            break
        alias, after = short_name(text, finish, end)
        person = Named(at, finish, alias, max(after, finish))
        words = " ".join(text[at:finish].split()).lower()
        unsure = not is_sure(text, person) and not (len(found) >= 2 and _SAID.match(text, finish, end))
        if words in known or (unsure and (len(found) >= 2 or words.startswith("the "))):
            break
        known |= {words, alias.lower(), f"the {alias.lower()}"}
        found.append(person)
        following = _following(text, after, end, len(found))
        if following is None:
            break
        at = following
    return _apart(text, found, end)


def _apart(text: str, found: list[Named], end: int) -> list[Named]:
    """ "Acme and Baker Inc.", where nobody believable follows, is two; "Acme and Reseller" names nobody."""
    if not found or found[0].alias or any(is_sure(text, p) for p in found[1:]):
        return found
    both = found[0]
    joined = re.search(r"\s{1,3}(?:and|AND|&)\s{1,3}", text[both.start : both.end])
    # up to the end of the list: the "1" of a first clause behind it is no address
    if joined is None or _DESCRIBES.match(text, both.end, end) or _GOES_ON.match(text, both.end, end):
        return found  # "Smith and Sons Ltd., a company of": one name, and something is said of it
    first = Named(both.start, both.start + joined.start(), "", both.start + joined.start())
    second = Named(both.start + joined.end(), both.end, "", both.described_to)
    parts = [" ".join(text[p.start : p.end].split()) for p in (first, second)]
    if any(NOBODY.match(part) for part in parts):
        return []
    return [first, second] if all(is_name(p) and len(p) > 2 for p in parts) else found


def _following(text: str, after: int, end: int, count: int) -> int | None:
    """Where the next name begins."""
    if not _DESCRIBES.match(text, after, end) and (beside := _BESIDE.match(text, after, end)):
        finish = name_end(text, beside.end(), end)
        joined_by_and = re.search(r"\band\b|;", beside.group(), re.I)
        if is_name(text[beside.end() : finish]) and (
            joined_by_and or is_believable(text, beside.end(), finish, end)
        ):
            return beside.end()
    place = after
    for _ in range(8):
        joined = NEXT_NAME.search(text, place, min(end, after + 900))
        if joined is None:
            return None
        if count >= 2 and _is_over(text[max(0, after - 1) : joined.start() + 1], joined.group()):
            return None
        finish = name_end(text, joined.end(), end)
        if (
            is_name(text[joined.end() : finish])
            and not _LABEL.match(text, finish, end)
            and not re.match(rf"(?:{STATES})\b(?!\s[A-Z])", text[joined.end() : finish])
            and (
                (joined["weak"] is None and joined["kin"] is None and _is_near(text[after : joined.start()]))
                or is_believable(text, joined.end(), finish, end)
            )
        ):
            return joined.end()
        place = joined.end()
    return None


_SENTENCE = re.compile(r"[a-z)”\"]\.\s{1,3}[A-Z]")


def _is_near(between: str) -> bool:
    """Whether a bare name behind these words may be the second: no two sentences, no "each a Party"."""
    said_of_all = re.search(r"\b(?:collectively|each\sa\s.?party|the\s.?parties.?\))", between, re.I)
    return said_of_all is None and len(_SENTENCE.findall(between)) < 2


def _is_of_all(between: str) -> bool:
    """Whether "each a "Party"" is said, and not "(collectively, the "Sellers")" of some of them."""
    said = COLLECTIVE.search(between)
    if said is None:
        return False
    quoted = re.search(r"[“\"']([^“”\"]{1,40})", between[said.start() :])
    return quoted is None or re.search(r"\bpart(?:y|ies)\b", quoted[1], re.I) is not None


def _is_over(between: str, joint: str) -> bool:
    """Whether the words between two names end the list, once two are read."""
    return bool(
        (_is_of_all(between) and "with" not in joint)
        or re.search(r"[a-z0-9)\"”]\.\s{1,3}[A-Z]|\b(?:between|among)\s", between)
        or ("\n\n" in joint and not re.search("and", joint, re.I))
    )


_DESCRIBED_AS = re.compile(
    r",?\s{1,4}an?\s{1,3}(?:[\w'’.\xad-]{1,30},?\s{1,3}){0,8}?(?:corporation|company|partnership|bank|trust|association|individual|person|fund|citizen|resident)\b",
    re.I,
)
_SAID = re.compile(
    rf"{_DESCRIBED_AS.pattern}|,?\s{{1,4}}(?:not\s(?:individually|in\sits)|solely\s|as\s(?:[\w-]{{1,20}}\s){{0,4}}?(?:trustee|agent)\b|(?:residing|whose)\b)|\s{{0,4}}\((?:collectively|together|each)\b",
    re.I,
)


def is_believable(text: str, start: int, finish: int, end: int) -> bool:
    """Whether words behind a mere comma are a name: a legal form, a short name or "a Delaware company" tells."""
    return bool(
        SHARP_END.search(text[start:finish])
        or ALIAS.match(text, finish, end)
        or _DESCRIBED_AS.match(text, finish, end)
    )
