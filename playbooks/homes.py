"""Whose home law a contract names: a law is neutral only where it is at home with neither side.

1. The deal says where the sides are at home (`our_home`, `their_home`); failing that, the text does: the
   place where one is incorporated or seated, else a legal form that only one country has.
2. Which party is ours follows from the side the playbook takes and the roles in the text; where both sides
   have the same role, ours is the one at home under one of our own laws.
3. Where the other side's home is not said, nobody can tell, and the value is unknown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from clauses.parties import read_parties
from clauses.source import open_source
from clauses.topics.page import Page
from clauses.topics.places import places
from clauses.topics.values import ABSENT, READ, Plain, Span, Value, absent, unknown, word
from playbooks.rules import Playbook

OURS, THEIRS, NEITHER = "ours", "theirs", "neither"
_BUYS = frozenset(
    {"customer", "client", "buyer", "licensee", "controller", "employer", "company", "recipient"}
)
_SELLS = frozenset({"provider", "supplier", "licensor", "processor", "contractor", "seller", "discloser"})
_FORMS = {
    "b.v.": "Netherlands", "bv": "Netherlands", "n.v.": "Netherlands", "s.p.a.": "Italy", "s.r.l.": "Italy",
    "oy": "Finland", "oyj": "Finland", "a/s": "Denmark", "aps": "Denmark", "sp.zo.o.": "Poland",
    "k.k.": "Japan",
}  # fmt: skip
_NAMES_US = ("our_laws", "our_law", "home_laws")
REACH = 240
"""How far behind its name a party's description goes."""


@dataclass(frozen=True)
class _Side:
    role: str
    home: str
    span: Span


def home(page: Page, law: Value, playbook: Playbook, deal: Mapping[str, Plain]) -> Value:
    """ "theirs", "ours" or "neither" for a law that was read; absent where the text names no parties."""
    if law.state != READ:
        return absent() if law.state == ABSENT else unknown(law.why, *law.spans)
    sides = _sides(page.text)
    our_laws = {name for key in _NAMES_US for name in playbook.lists.get(key, ())}
    ours, theirs = _split(sides, playbook.side, our_laws)
    their_home = str(deal.get("their_home", "")) or (theirs.home if theirs else "")
    our_home = str(deal.get("our_home", "")) or (ours.home if ours else "")
    if law.value == their_home:
        return word(THEIRS, *([theirs.span] if theirs and theirs.home == their_home else []))
    if law.value == our_home or law.value in our_laws:
        return word(OURS)
    if their_home:
        return word(NEITHER)
    if not sides:
        return absent("the text does not say who the parties are")
    return unknown(
        "it is not said where the other side is at home, so nobody can tell whether this law is neutral"
    )


def _split(sides: tuple[_Side, ...], side: str, our_laws: set[str]) -> tuple[_Side | None, _Side | None]:
    """Our party and the other one."""
    group = _BUYS if side in _BUYS else _SELLS if side in _SELLS else frozenset()
    mine = [one for one in sides if one.role in group]
    others = [one for one in sides if one.role and one.role not in group]
    if group and len(mine) <= 1 and others:
        return (mine[0] if mine else None), others[0]
    at_home = [one for one in sides if one.home in our_laws]
    if len(sides) == 2 and len(at_home) == 1:
        return at_home[0], next(one for one in sides if one is not at_home[0])
    return None, None


@lru_cache(maxsize=8)
def _sides(text: str) -> tuple[_Side, ...]:
    """The parties that the text names, each with its place of home; "" where it does not say."""
    named = [party for party in read_parties(open_source(text)) if party.name and "{" not in party.name]
    found = []
    for index, party in enumerate(named[:4]):
        stop = min((p.start for p in named[index + 1 :] if p.start > party.end), default=len(text))
        about = text[party.end : min(stop, party.end + REACH)].split("\n")[0]
        first = next(iter(places(about)), None)
        home_law = first.name if first else _FORMS.get(re.sub(r"\s", "", party.legal_form.lower()), "")
        found.append(_Side(party.role, home_law, Span(party.start, party.end)))
    return tuple(found)
