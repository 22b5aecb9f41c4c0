"""What a change touches: from a defined term, a clause or a value to every place that stands on it.

1. A term touches its uses, and the definitions that use it; those terms touch their own uses, and so on.
2. A clause touches the references to it, to what it contains and to what contains it, and the terms it
   defines.
3. A value touches the same value elsewhere; where it stands in a definition or on a cover page, that
   term's uses too.
Every touch says why, quotes its words, and carries the way that led there (``via``).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from clauses import terms
from clauses.facts import read_values
from clauses.model import Analysis, Clause, Definition, Fact, Unreadable
from clauses.places import Place, place_of
from clauses.terms import Use, key_of

_NUMBER = re.compile(
    r"(?:(?:section|clause|article|paragraph|§)\s*)?(?P<path>\d{1,3}(?:\.\d{1,3}){0,5}(?:\([a-z0-9]{1,5}\)){0,4})\.?",
    re.I,
)
_SCHEDULE = re.compile(r"(?:schedule|exhibit|annex|annexure|appendix|attachment|addendum)\s+\S{1,6}", re.I)
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Touch:
    """A place that a change reaches.

    ``kind``: definition, use, defined_with (a definition that uses the term), reference, relies_on, value,
    key_term.
    ``via``: the terms between the target and this place, in order; empty when it is touched directly.
    """

    kind: str
    why: str
    place: Place
    via: tuple[str, ...] = ()
    around: str = ""


@dataclass(frozen=True, slots=True)
class Cascade:
    """``kind`` of the target (term, clause or value), the target as found, and all it touches in reading
    order.
    """

    kind: str
    target: str
    touches: tuple[Touch, ...]

    def of_kind(self, *kinds: str) -> tuple[Touch, ...]:
        return tuple(touch for touch in self.touches if touch.kind in kinds)

    @property
    def clauses(self) -> tuple[str, ...]:
        """Ids of the clauses touched, in reading order, each once."""
        return tuple(dict.fromkeys(touch.place.clause for touch in self.touches if touch.place.clause))

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"clauses": list(self.clauses)}


def cascade(analysis: Analysis, target: str, *, kind: str = "") -> Cascade:
    """Everything that ``target`` touches.

    Without ``kind`` the target is a clause number ("8.1", "Section 8.1(a)", "Schedule 2"), else a term of the
    contract, else a value ("30 days", "USD 5,000"). Raises ``Unreadable`` (not-in-contract) where the
    contract has no such thing.
    """
    wanted = " ".join(target.split()).strip("“”\"' ")
    for name, reader in (("clause", _of_clause), ("term", _of_term), ("value", _of_value)):
        if kind in ("", name) and (found := reader(analysis, wanted)) is not None:
            return found
    what = {"clause": "clause with this number", "term": "defined term", "value": "value"}.get(
        kind, "term, clause or value"
    )
    raise Unreadable("not-in-contract", f"The contract has no {what} “{wanted}”.")


# --- terms ----------------------------------------------------------------------------------------


class _Web:
    """Uses of every term, and which definition uses which term."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.names = terms.names_of(analysis)
        self.uses: dict[str, list[Use]] = defaultdict(list)
        for use in terms.uses(analysis.text, self.names.values()):
            self.uses[use.key].append(use)
        self.definitions: dict[str, list[Definition]] = defaultdict(list)
        for definition in analysis.definitions:
            self.definitions[key_of(definition.term)].append(definition)
        self.labels: dict[str, list[Fact]] = defaultdict(list)
        for fact in analysis.facts:
            if fact.kind == "key_term":
                self.labels[key_of(fact.label)].append(fact)
        bodies = [(d.text_start, d.text_end, key_of(d.term)) for d in analysis.definitions]
        self.bodies = sorted(
            bodies + [(f.start, f.end, key_of(f.label)) for rows in self.labels.values() for f in rows]
        )

    def home(self, start: int) -> str:
        """Key of the term whose meaning holds this place, "" outside of definitions."""
        best = ""
        for begin, end, key in self.bodies:
            if begin > start:
                break
            if start < end:
                best = key
        return best

    def walk(self, key: str) -> Iterator[Touch]:
        """Breadth first, so that the shortest way to a place is the one told."""
        waiting: list[tuple[str, tuple[str, ...]]] = [(key, ())]
        known = {key}
        while waiting:
            here, via = waiting.pop(0)
            name = self.names.get(here, here)
            yield from self._meanings(here, via)
            for use in self.uses.get(here, ()):
                inside = self.home(use.start)
                if inside == here:
                    continue  # its own definition was told
                place = place_of(self.analysis, use.start, use.end)
                if inside and inside in self.names:
                    why = f"“{name}” is part of what “{self.names[inside]}” means"
                    yield Touch("defined_with", why, place, via, self._around(use))
                    if inside not in known:
                        known.add(inside)
                        waiting.append((inside, (*via, self.names[inside])))
                else:
                    yield Touch("use", f"uses “{name}”", place, via, self._around(use))

    def _meanings(self, key: str, via: tuple[str, ...]) -> Iterator[Touch]:
        if via:
            return  # told as defined_with on the way here
        for definition in self.definitions.get(key, ()):
            place = place_of(self.analysis, definition.start, definition.end)
            yield Touch("definition", f"defines “{definition.term}”", place, via, _flat(definition.text))
        for fact in self.labels.get(key, ()):
            yield Touch(
                "key_term",
                f"the value of “{fact.label}” stands here",
                place_of(self.analysis, fact.start, fact.end),
                via,
            )

    def _around(self, use: Use) -> str:
        text = self.analysis.text
        return _flat(text[max(0, use.start - _AROUND) : use.end + _AROUND])


def _of_term(analysis: Analysis, wanted: str) -> Cascade | None:
    web = _Web(analysis)
    key = key_of(wanted)
    if key not in web.names:
        return None
    touches = list(web.walk(key))
    for definition in web.definitions.get(key, ()):
        home = analysis.clause_at(definition.start)
        if home is not None and home.number and home.end - home.start < 5000:
            touches += _references(analysis, home, f"points to where “{definition.term}” is defined")
    return Cascade("term", web.names[key], _sorted(touches))


# --- clauses --------------------------------------------------------------------------------------


def _of_clause(analysis: Analysis, wanted: str) -> Cascade | None:
    clause = _find(analysis, wanted)
    if clause is None:
        return None
    touches = list(_references(analysis, clause))
    for reference in analysis.references:
        if clause.start <= reference.start < clause.end and not reference.external:
            place = place_of(analysis, reference.start, reference.end)
            touches.append(Touch("relies_on", f"{_name(clause)} relies on this place", place))
    web = _Web(analysis)
    for definition in analysis.definitions:
        if clause.start <= definition.start < clause.end and clause.end - clause.start < 20_000:
            touches += [
                Touch(t.kind, t.why, t.place, (definition.term, *t.via), t.around)
                for t in web.walk(key_of(definition.term))
                if not clause.start <= t.place.start < clause.end
            ]
    return Cascade("clause", _name(clause), _sorted(touches))


def _find(analysis: Analysis, wanted: str) -> Clause | None:
    number = _NUMBER.fullmatch(wanted)
    path = number["path"].lower() if number else wanted.lower() if _SCHEDULE.fullmatch(wanted) else ""
    if not path:
        return None
    found = [c for c in analysis.clauses if c.path.lower() == path]
    return min(found, key=lambda c: (bool(c.schedule) and c.kind != "schedule", c.start), default=None)


def _references(analysis: Analysis, clause: Clause, why: str = "") -> Iterator[Touch]:
    above = {
        c.id: c
        for c in analysis.clauses
        if c.start <= clause.start and clause.end <= c.end and c.path and c.number
    }
    below = {c.id: c for c in analysis.clauses if clause.start <= c.start and c.end <= clause.end}
    for reference in analysis.references:
        if not reference.resolved or clause.start <= reference.start < clause.end:
            continue
        place = place_of(analysis, reference.start, reference.end)
        if reference.target in below:
            inside = below[reference.target]
            told = why or (
                "points to it" if inside.id == clause.id else f"points to {_name(inside)} inside it"
            )
        elif reference.target in above:
            told = (why or "points to it") + f" (to {_name(above[reference.target])}, which contains it)"
        else:
            continue
        around = _flat(analysis.text[max(0, reference.start - _AROUND) : reference.end + _AROUND])
        yield Touch("reference", told, place, (), around)


def _name(clause: Clause) -> str:
    name = clause.path or clause.number or clause.heading
    where = f" of {clause.schedule}" if clause.schedule and clause.kind != "schedule" else ""
    return f"{name}{where}" + (f" ({clause.heading})" if clause.heading and clause.heading != name else "")


# --- values ---------------------------------------------------------------------------------------

_FAMILY = {"notice_period": "duration"}
_IN_DAYS = {"weeks": (7, "days"), "years": (12, "months"), "quarters": (3, "months"), "hours": (1, "hours")}


def same_value(fact: Fact) -> tuple[str, str | int | float, str]:
    """What two facts share that say the same: a year is twelve months, a notice of 30 days is 30 days."""
    factor, unit = _IN_DAYS.get(fact.unit, (1, fact.unit))
    value = fact.value * factor if factor != 1 and not isinstance(fact.value, str) else fact.value
    return _FAMILY.get(fact.kind, fact.kind), value, unit


def _of_value(analysis: Analysis, wanted: str) -> Cascade | None:
    asked = {same_value(fact) for fact in read_values(wanted) if fact.kind != "blank"}
    found = [f for f in analysis.facts if same_value(f) in asked]
    if not found:
        return None
    web = _Web(analysis)
    touches: list[Touch] = []
    carried: dict[str, None] = {}
    for fact in found:
        home = analysis.clause_at(fact.start)
        kinds = ", ".join(kind.type for kind in home.types[:2]) if home else ""
        where = _name(home) if home and (home.path or home.heading) else "the text"
        told = f"the same value in {where}" + (f" ({kinds})" if kinds else "")
        around = _flat(analysis.text[max(0, fact.start - _AROUND) : fact.end + _AROUND])
        touches.append(Touch("value", told, place_of(analysis, fact.start, fact.end), (), around))
        if key := web.home(fact.start):
            carried.setdefault(key)
    for key in carried:
        name = web.names.get(key, key)
        touches += [
            Touch(t.kind, t.why, t.place, (name, *t.via), t.around)
            for t in web.walk(key)
            if t.kind not in ("definition", "key_term")
        ]
    return Cascade("value", _flat(found[0].quote), _sorted(touches))


def _sorted(touches: list[Touch]) -> tuple[Touch, ...]:
    """Reading order, each place once for each kind, the shortest way first."""
    kept: dict[tuple[int, int, str], Touch] = {}
    for touch in sorted(touches, key=lambda t: (len(t.via), t.via)):
        kept.setdefault((touch.place.start, touch.place.end, touch.kind), touch)
    return tuple(sorted(kept.values(), key=lambda t: (t.place.start, t.place.end, t.kind)))


def _flat(text: str) -> str:
    return " ".join(text.split())
