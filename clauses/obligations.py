"""Duties, bans, rights: who (bearer) must or may do what (action), for whom, by when, if what, unless what.

1. In each sentence find a modal verb whose subject, just before it, is a party, "each party" or a party's
   alias; "… shall be paid by Customer" has its bearer behind the verb.
2. The action runs from the modal to the end of the sentence, to the next modal with a subject of its own,
   or to "and shall", which starts another duty of the same bearer.
3. A lead-in that breaks off ("Customer shall: (a) …; (b) …") gives one duty for each item, in the sentence
   or in the lines below it.
4. Deadline, condition, exceptions and beneficiary are cut out of the words around, as they stand.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from clauses.duty_parts import add_parts, beneficiary, trim
from clauses.duty_words import Words, bears_nothing, is_no_deed, kind_of, notes_to_draft, words_of
from clauses.model import Clause, Obligation, Party
from clauses.sentences import sentence_spans
from clauses.source import Source

_SAME_BEARER = re.compile(
    r"[\s,;]{1,3}(?:and|or|but|nor)\s{1,2}(?:it\s{1,2})?(?:also\s{1,2}|further\s{1,2})?(?P<modal>(?:shall|will|must|may)(?:\s{1,2}not)?|agrees?\s{1,2}(?:not\s{1,2})?to|undertakes?\s{1,2}(?:not\s{1,2})?to|is\s{1,2}(?:required|obligated)\s{1,2}to)\s{1,2}(?=[a-z])"
)
_ITEM = re.compile(r"(?<![\w.])\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)\s{1,3}(?=\S)")
_ITEM_LINE = re.compile(r"\s{0,8}(?:\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[).]\s|[•●▪–-]\s)")
_PARTICIPLE = r"(?:\w{2,20}ed|made|given|held|paid|sent|set|kept|drawn|sold|written|chosen|known|borne)"
_NOT_BY = re.compile(
    r"(?:deemed|construed|considered|interpreted|amended|modified|governed|referred|treated|regarded|embedded|bound|entitled)\b"
)
# "Customer: (a) will not …, (b) will not …": each item carries a verb of its own.
_ITEM_VERB = re.compile(
    r"(?P<joint>[\s,;]{0,3}(?:\b(?:and|or)\s{1,2})?)(?P<mark>\((?:[a-z]|[ivx]{1,5}|\d{1,2})\))\s{1,2}(?:(?P<modal>(?:shall|will|must|may)(?:\s{1,2}not)?)\s{1,2}(?=[a-z])|(?=[a-z]))"
)
# "Section 3(b)", "clause (b)": a bracket that points to a place opens no item.
_PLACE = r"\b(?:sections?|clauses?|paragraphs?|articles?|schedules?|exhibits?)\s{1,2}"
_POINTS = re.compile(rf"(?:[\w)]|{_PLACE}(?:[\d.]{{1,8}}\s?)?)$", re.I)
# "Sections 3(a) and (b)": one more place, unless a verb stands behind it.
_MORE_PLACES = re.compile(
    rf"(?:\d\s?|{_PLACE})(?:\(\w{{1,4}}\)\s?(?:,\s?)?(?:(?:and|or|to)\s{{1,2}})?){{1,4}}$", re.I
)
_VERB_FIRST = re.compile(r"\s{0,3}(?P<modal>(?:shall|will|must|may)(?:\s{1,2}not)?)\s{1,2}(?=[a-z])")
_COORDINATED = re.compile(r"(?:,?\s{1,2}(?:or|and)\s{1,2}\w{2,20})+")
LONGEST = 4000  # a run-together filing may give one sentence of a whole page
_MOST_ITEMS = 60


@dataclass(frozen=True, slots=True)
class _Found:
    """A duty in the read text: ranges of its parts."""

    bearer: tuple[int, int]
    modal: tuple[int, int]
    action: tuple[int, int]
    before: tuple[int, int]
    start: int
    end: int
    lead: tuple[int, int] = (0, 0)  # words of the action before a colon that all items share


def read_obligations(
    source: Source,
    clauses: tuple[Clause, ...],
    parties: Iterable[Party],
    skip: Iterable[tuple[int, int]] = (),
) -> tuple[Obligation, ...]:
    """One row for each duty, ban or right with a party as its bearer, in reading order."""
    words = words_of(parties, source.plain)
    spans = list(_open(sentence_spans(source.plain), [*skip, *notes_to_draft(source.plain)]))
    found: list[_Found] = []
    lead: _Found | None = None
    count = 0
    for number, (start, end) in enumerate(spans):
        here = list(_in_sentence(source.plain, start, min(end, start + LONGEST), words))
        if (
            lead is not None
            and not here
            and count < _MOST_ITEMS
            and _goes_on(source.plain, spans, number, count)
        ):
            found.append(_item(source.plain, lead, start, min(end, start + LONGEST)))
            count += 1
            continue
        if lead is not None and not count:
            found.append(lead)  # "… shall carry the cover below:", and no list follows
        lead, count = None, 0
        if here and _breaks_off(source.plain, here[-1], end):
            lead = here.pop()
        found.extend(here)
    if lead is not None and not count:
        found.append(lead)
    found.extend(_owned(source.plain, spans, words))
    made = [
        row
        for item in found
        if item.action[0] < item.action[1] and (row := _obligation(source, words, item)) is not None
    ]
    made.sort(key=lambda o: (o.start, o.end))
    return tuple(_homed(made, clauses))


def _open(spans: list[tuple[int, int]], closed: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences that begin outside the closed ranges."""
    rest = sorted(closed, reverse=True)
    until = 0
    for start, end in spans:
        while rest and rest[-1][0] <= start:
            until = max(until, rest.pop()[1])
        if start >= until:
            yield start, end


# --- sentences ------------------------------------------------------------------------------------


def _in_sentence(text: str, start: int, end: int, words: Words) -> Iterator[_Found]:
    sentence = text[start:end]
    if not re.search(
        r"\b(?:shall|will|must|may|can|cannot|agrees?|undertakes?|covenants?|commits?|required|responsible|obligated|obliged|entitled|permitted|prohibited|liable|payable|due)\b",
        sentence,
    ):
        return
    found = [m for m in words.subject.finditer(sentence) if not bears_nothing(sentence, m, words.longer)]
    meant = words.pronoun.match(sentence)
    if meant is not None and _is_meant(sentence, meant, found, words):
        stop = found[0].start() if found else len(sentence)
        yield from _chain(text, start, meant, stop, (start, start + meant.start("it")))
    for place, match in enumerate(found):
        stop = found[place + 1].start() if place + 1 < len(found) else len(sentence)
        before = (start + (found[place - 1].end() if place else 0), start + match.start())
        chain = _verbs_of_items if match["mark"] else _chain
        yield from chain(text, start, match, stop, before)
    head = sentence[: found[0].start()] if found else "" if meant else sentence
    yield from _passives(text, start, head, words)


def _is_meant(sentence: str, meant: re.Match[str], found: list[re.Match[str]], words: Words) -> bool:
    """Whether "it" behind a condition can be nobody else than the one party named there: no other party is
    named before it, and no duty of somebody else stands between ("If Customer asks, either party may …").
    """
    if found and found[0].start() < meant.start("it"):
        return False
    return len({m["name"].lower() for m in words.people.finditer(sentence[: meant.start("it")])}) == 1


def _verbs_of_items(
    text: str, start: int, match: re.Match[str], stop: int, before: tuple[int, int]
) -> Iterator[_Found]:
    """ "Customer: (a) will not resell the Goods, and (b) represents …": an item that says "will" is a row."""
    bearer = (start + match.start("who"), start + match.end("who"))
    modal: tuple[int, int] | None = (start + match.start("modal"), start + match.end("modal"))
    begin, finish = start + match.start(), start + stop
    first = match["mark"].lstrip(": \t\n")
    marks = _marks_of_verbs(text, first, start + match.end("modal"), finish)
    for mark in [*marks, None]:
        end = mark.start() if mark else finish
        if modal is not None:
            yield from _listed(text, _Found(bearer, modal, trim(text, modal[1], end), before, begin, end))
        if mark is not None:
            begin = mark.start()
            modal = mark.span("modal") if mark["modal"] else None


def _marks_of_verbs(text: str, first: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """The marks that go on from the first one: no sub-item, no "(30)", no bracket of a reference.

    Where two brackets could be the next, the one with a verb that binds is.
    """
    marks = [mark for mark in _ITEM_VERB.finditer(text, low, high) if _opens_verb(text, mark, low)]
    last, place = first, 0
    while place < len(marks):
        near = range(place, min(len(marks), place + _MOST_ITEMS))
        nexts = [n for n in near if _follows(last, marks[n]["mark"])]
        if not nexts:
            return
        place = next((n for n in nexts if marks[n]["modal"]), nexts[0])
        yield marks[place]
        last, place = marks[place]["mark"], place + 1


def _opens_verb(text: str, mark: re.Match[str], low: int) -> bool:
    """Whether a bracket before a small word can open an item: it points to no place, and has a verb that
    binds, or a comma, "and" or a new line before it.
    """
    before = text[max(low, mark.start("mark") - 60) : mark.start("mark")]
    if _POINTS.search(before):
        return False
    if mark["modal"]:
        return True
    joined = mark["joint"].strip() or "\n" in mark["joint"]
    return bool(joined) and _MORE_PLACES.search(before) is None


def _chain(
    text: str, start: int, match: re.Match[str], stop: int, before: tuple[int, int]
) -> Iterator[_Found]:
    """The duty of a match, and those that "and shall" hangs on to it."""
    bearer = (start + match.start("who"), start + match.end("who"))
    modal = (start + match.start("modal"), start + match.end("modal"))
    begin, finish = start + match.start(), start + stop
    for more in list(_SAME_BEARER.finditer(text, modal[1], finish)):
        yield from _listed(
            text, _Found(bearer, modal, trim(text, modal[1], more.start()), before, begin, more.start())
        )
        begin, modal = more.start("modal"), more.span("modal")
        before = (modal[0], modal[0])
    yield from _listed(text, _Found(bearer, modal, trim(text, modal[1], finish), before, begin, finish))


def _listed(text: str, found: _Found) -> Iterator[_Found]:
    """One duty for each item of a list right behind the modal, or behind a colon."""
    low, high = found.action
    colon = text.find(":", low, min(high, low + 200))
    first = _ITEM.match(text, low, high)
    lead = (0, 0)
    if first is None and colon >= 0:
        start = colon + 1
        while start < high and text[start] in " \n":
            start += 1
        first, lead = _ITEM.match(text, start, high), trim(text, low, colon)
    marks = _items(text, first.start(), high) if first else []
    if len(marks) < 2:
        yield found
        return
    for place, mark in enumerate(marks[:_MOST_ITEMS]):
        stop = marks[place + 1].start() if place + 1 < len(marks) else high
        action = trim(text, mark.end(), stop)
        begin = found.start if not place else mark.start()
        yield replace(found, action=action, start=begin, end=max(action[1], mark.end()), lead=lead)


def _items(text: str, low: int, high: int) -> list[re.Match[str]]:
    """The marks that open items; "(a) …, (b) … and (c) …" has no comma before its last one."""
    marks: list[re.Match[str]] = []
    for mark in _ITEM.finditer(text, low, high):
        joined = re.search(r"\s(?:and|or)$", text[max(0, mark.start() - 6) : mark.start()].rstrip())
        if _opens_item(text, mark) or (joined and marks and _follows(marks[-1].group(), mark.group())):
            marks.append(mark)
    return marks


def _follows(before: str, mark: str) -> bool:
    """(b) after (a), (ii) after (i), (2) after (1)."""
    a, b = before.strip(" ()\n"), mark.strip(" ()\n")
    if a.isdigit() and b.isdigit():
        return int(b) == int(a) + 1
    romans = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    if a in romans and b in romans and romans.index(b) == romans.index(a) + 1:
        return True
    return len(a) == len(b) == 1 and ord(b) == ord(a) + 1


def _opens_item(text: str, mark: re.Match[str]) -> bool:
    """A mark behind ";", "," or ":" opens an item; "if neither (i) nor (ii)" points to some."""
    before = text[max(0, mark.start() - 12) : mark.start()].rstrip()
    return (
        re.search(r"(?:[;,:—-]|[;,]\s?(?:and/or|and|or)|(?:shall|will|must|may|not|to|only))$", before)
        is not None
    )


def _passives(text: str, start: int, sentence: str, words: Words) -> Iterator[_Found]:
    """ "Invoices shall be paid by Customer within 30 days": the bearer stands behind the verb."""
    for match in words.passive.finditer(sentence):
        if (
            re.search(
                r"\b(?:given|made|received|held|caused|incurred|suffered|provided|approved|required|requested|determined|specified|agreed|disclosed|designated|signed|executed|affected|governed)\b",
                match["verb"],
            )
            and match["modal"].split()[0] == "may"
        ):
            continue
        aside = re.search(rf"\b{_PARTICIPLE}$", match["middle"]) and not _COORDINATED.fullmatch(
            match["middle"]
        )
        if _NOT_BY.match(match["verb"]) or aside:
            continue  # "shall be kept in the form approved by Customer": Customer keeps nothing
        low = _subject_start(sentence, match.start())
        stop = len(sentence)
        yield _Found(
            (start + match.start("who"), start + match.end("who")),
            (start + match.start("modal"), start + match.end("modal")),
            trim(text, start + low, start + stop),
            (start, start + low),
            start + low,
            start + stop,
        )
        return


def _subject_start(sentence: str, at: int) -> int:
    """Where the subject of a passive begins: behind the last comma, semicolon or opening condition."""
    cut = max(sentence.rfind(mark, 0, at) for mark in (",", ";", ":"))
    place = cut + 1 if cut >= 0 else 0
    while place < at and sentence[place].isspace():
        place += 1
    return place


# --- lists over several lines ---------------------------------------------------------------------


def _breaks_off(text: str, found: _Found, end: int) -> bool:
    """Whether a duty ends with a colon, so that the lines below carry its actions."""
    if found.action[0] >= found.action[1]:
        return True
    short = found.action[1] - found.action[0] < 160
    return short and text[found.start : end].rstrip().endswith((":", "—", ":-"))


def _goes_on(text: str, spans: list[tuple[int, int]], number: int, count: int) -> bool:
    start, end = spans[number]
    words = text[start : min(end, start + 200)]
    if _ITEM_LINE.match(words) or (count == 0 and words[:1].islower()):
        return True
    if count == 0:
        return bool(re.match(r"(?!The\b|This\b|If\b|No\b|In\b|Each\b|Any\b)[A-Z]?[a-z]{2,20}\s", words))
    before = text[spans[number - 1][0] : spans[number - 1][1]].rstrip()
    return before.endswith((";", "; and", "; or", ",", ", and", ", or"))


def _owned(text: str, spans: list[tuple[int, int]], words: Words) -> Iterator[_Found]:
    """ "Customer:" and below it "(a) will not …", "(b) shall …": each line with a verb of its own."""
    owner: tuple[int, int] | None = None
    count = 0
    for start, end in spans:
        item = _ITEM_LINE.match(text, start, end)
        if item is None or owner is None or count >= _MOST_ITEMS:
            low = max(start, end - 120)
            named = words.owner.search(text[low:end])
            owner, count = ((low + named.start("who"), low + named.end("who")) if named else None), 0
            continue
        count += 1
        if verb := _VERB_FIRST.match(text, item.end(), end):
            action = trim(text, verb.end(), min(end, start + LONGEST))
            yield _Found(owner, verb.span("modal"), action, (start, start), start, end)


def _item(text: str, lead: _Found, start: int, end: int) -> _Found:
    mark = _ITEM_LINE.match(text, start, end)
    action = trim(text, mark.end() if mark else start, end)
    shared = lead.action if lead.action[0] < lead.action[1] else (0, 0)
    return replace(lead, action=action, start=start, end=end, lead=shared)


# --- one row --------------------------------------------------------------------------------------


def _obligation(source: Source, words: Words, found: _Found) -> Obligation | None:
    """The row of a duty; None where the verb tells nobody to do anything ("shall be deemed")."""
    text = source.plain
    bearer = " ".join(text[slice(*found.bearer)].split())
    modal = " ".join(text[slice(*found.modal)].lower().split())
    parts = {"bearer": found.bearer, "modal": found.modal, "action": found.action}
    action = text[slice(*found.action)]
    if len(modal) > 40:  # "agrees that at all times during the term, it will not"
        modal = re.sub(r"\bthat\b.*\b(it|they)\b", r"that \1", modal)
    if is_no_deed(modal, action) or (found.lead[1] and is_no_deed(modal, text[slice(*found.lead)])):
        return None
    add_parts(text, parts, found.before, found.action)
    if found.lead[1]:
        parts["lead"] = found.lead
    if (to := beneficiary(action, bearer, words.people)) is not None:
        parts["beneficiary"] = (found.action[0] + to[0], found.action[0] + to[1])
    said = {name: " ".join(text[slice(*span)].split()) for name, span in parts.items()}
    if said["action"].startswith("not ") and "not" not in modal.split():  # "shall: (a) pay; (b) not resell"
        modal, said["action"] = f"{modal} not", said["action"].removeprefix("not ")
        parts["action"] = (found.action[0] + re.match(r"not\s+", action).end(), found.action[1])  # type: ignore[union-attr]
    if "lead" in said:
        said["action"] = f"{said['lead']} {said['action']}"
    start, end = source.back(found.start, found.end)
    low = bearer.lower().removesuffix(" hereto")
    other = "the other party" if low in ("each party", "either party", "neither party", "no party") else ""
    return Obligation(
        bearer=re.sub(r"^(?:the|any)\s", "", bearer, flags=re.I),
        beneficiary=re.sub(r"^(?:the|any)\s(?=[A-Z])", "", said.get("beneficiary", "")) or other,
        modal=modal,
        action=said["action"],
        deadline=said.get("deadline", ""),
        condition=said.get("condition", ""),
        start=start,
        end=end,
        kind=kind_of(bearer, modal, said["action"]),
        exceptions=said.get("exceptions", ""),
        parts=tuple(
            (name, *source.back(*span)) for name, span in sorted(parts.items(), key=lambda p: (p[1], p[0]))
        ),
    )


def _homed(made: list[Obligation], clauses: tuple[Clause, ...]) -> Iterator[Obligation]:
    """Rows with the id of the clause they begin in."""
    place = -1
    for row in made:
        while place + 1 < len(clauses) and clauses[place + 1].start <= row.start:
            place += 1
        yield replace(row, clause=clauses[place].id if place >= 0 else "")
