"""All values of a contract, each tied to its clause and, on a cover page, to its label."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from clauses.duty_words import notes_to_draft
from clauses.model import CHECK, SURE, UNSURE, Clause, Fact
from clauses.pieces import is_furniture
from clauses.source import Line, Source
from clauses.tree import Node
from clauses.values import blanks, dates, durations, money, places

_READERS: dict[str, tuple[Callable[[str], Iterable[Fact]], ...]] = {
    "money": (money.money,),
    "percent": (money.percents,),
    "multiple": (money.multiples,),
    "duration": (durations.durations,),
    "date": (dates.dates, dates.blank_dates),
    "jurisdiction": (places.jurisdictions,),
    "blank": (blanks.blanks,),
}


def read_values(text: str, *, kinds: Collection[str] = _READERS) -> list[Fact]:
    """Values of any text, without knowledge of clauses; offsets count in this text.

    ``kinds`` reads only some of them.
    """
    return _tidy([fact for kind in kinds for reader in _READERS[kind] for fact in reader(text)])


def _tidy(found: list[Fact]) -> list[Fact]:
    """Reading order; of two overlapping facts of one kind the longer stays; a date is no fraction."""
    found.sort(key=lambda f: (f.start, -f.end, f.kind, f.unit))
    kept: list[Fact] = []
    ends: dict[str, int] = {}
    for fact in found:
        family = fact.kind + (fact.unit if fact.kind == "jurisdiction" else "")
        if fact.start < ends.get(family, -1):
            continue
        if family in ("money", "percent") and fact.start < ends.get("date", -1):
            continue
        ends[family] = fact.end
        kept.append(fact)
    return kept


def read_facts(
    source: Source, nodes: list[Node], clauses: tuple[Clause, ...], *, kinds: Collection[str] = _READERS
) -> tuple[Fact, ...]:
    """Facts of the whole text and the key terms of its cover tables."""
    terms = _key_terms(source, nodes)
    spans = sorted((t.start, t.end, t.label) for t in terms)
    facts = _said_only(source.plain, _label(read_values(source.plain, kinds=kinds), spans))
    facts += [
        f
        for t in terms
        for f in _places_of_term(t)
        if not any(g.kind == "jurisdiction" and g.start == f.start for g in facts)
    ]
    facts += terms
    facts.sort(key=lambda f: (f.start, f.kind != "key_term", -f.end, f.kind, f.unit))
    return tuple(_homed(source, facts, nodes, clauses))


_EXAMPLE = re.compile(r"\[(?=[^\[\]]{0,200}(?:\be\.g\.|\bfor\sexample\b|\bfill\sin\b))[^\[\]]{0,600}\]", re.I)


def _said_only(text: str, facts: list[Fact]) -> list[Fact]:
    """A value inside a note to draft or inside the example of a blank is not agreed: unsure, and said so."""
    closed = sorted([*notes_to_draft(text), *(m.span() for m in _EXAMPLE.finditer(text))])
    place, reach, out = 0, -1, []
    for fact in facts:
        while place < len(closed) and closed[place][0] <= fact.start:
            reach = max(reach, closed[place][1])
            place += 1
        inside = fact.kind != "blank" and fact.end <= reach
        out.append(replace(fact, band=UNSURE, note=fact.note or "in a note to the form") if inside else fact)
    return out


def _label(facts: list[Fact], spans: list[tuple[int, int, str]]) -> list[Fact]:
    place, out = 0, []
    for fact in facts:
        while place < len(spans) and spans[place][1] <= fact.start:
            place += 1
        inside = place < len(spans) and spans[place][0] <= fact.start
        out.append(replace(fact, label=spans[place][2]) if inside else fact)
    return out


def _homed(source: Source, facts: list[Fact], nodes: list[Node], clauses: tuple[Clause, ...]) -> list[Fact]:
    """Facts with their clause's id, offsets and quotes of the given text."""
    out, place = [], -1
    for fact in facts:
        while place + 1 < len(nodes) and nodes[place + 1].start <= fact.start:
            place += 1
        home = clauses[place].id if place >= 0 and fact.start < nodes[place].end else ""
        start, end = source.back(fact.start, fact.end)
        out.append(replace(fact, start=start, end=end, quote=source.text[start:end], clause=home))
    return out


# --- cover pages ----------------------------------------------------------------------------------

_LABEL_LINE = re.compile(
    r"[ \t]{0,4}\*{0,2}(?P<label>[A-Z][A-Za-z0-9&/'’(),. -]{1,58}?)[ \t]{0,3}:\*{0,2}[ \t]{1,8}"
    r"(?P<value>\S[^\n]{0,300})$"
)
_LAW_LABEL = re.compile(r"governing\s(?:law|state)|applicable\slaw|choice\sof\slaw", re.I)
_FORUM_LABEL = re.compile(r"court|jurisdiction|venue|forum|arbitration", re.I)


def _key_terms(source: Source, nodes: list[Node]) -> list[Fact]:
    """Label and value cells of each cover row, and "Label: value" lines above the first number."""
    lines = {block: line for line in source.lines for block in line.blocks}
    terms = [term for node in nodes if node.kind == "key_term" for term in _row_terms(source, node, lines)]
    first = next((n.start for n in nodes if n.number), len(source.plain))
    for line in source.lines:
        if line.start >= min(first, 20_000):
            break
        if (
            line.aside
            or line.cell is not None
            or is_furniture(line.text)
            or not (found := _LABEL_LINE.match(line.text))
        ):
            continue
        start = line.start + found.start("value")
        end = line.start + len(line.text.rstrip())
        terms.append(_term(source, found["label"].strip(), start, end))
    return terms


def lines_of(node: Node, lines: dict[str, Line]) -> list[Line]:
    """The lines of a node, each once although joined paragraphs carry several block ids."""
    return list({lines[block].start: lines[block] for block in node.blocks}.values())


def _row_terms(source: Source, node: Node, lines: dict[str, Line]) -> list[Fact]:
    cells: dict[int, list[Line]] = {}
    for line in lines_of(node, lines):
        if line.cell:
            cells.setdefault(line.cell[2], []).append(line)
    columns = sorted(cells)
    label = blanks.MARK.sub("", cells[columns[0]][0].text).strip().rstrip(":").strip()
    terms = []
    for column in columns[1:]:
        start = cells[column][0].start
        end = cells[column][-1].end
        terms.append(_term(source, label, start, end))
    return terms


def _term(source: Source, label: str, start: int, end: int) -> Fact:
    while start < end and source.plain[start].isspace():
        start += 1
    while end > start and source.plain[end - 1].isspace():
        end -= 1
    words = source.plain[start:end]
    note = (
        "blank in the form"
        if blanks.is_blank(words)
        else "holds a blank"
        if blanks.holds_blank(words)
        else ""
    )
    return Fact("key_term", words, "", start, end, words, CHECK if note else SURE, label=label, note=note)


def _places_of_term(term: Fact) -> list[Fact]:
    if _LAW_LABEL.search(term.label):
        return [
            replace(f, label=term.label) for f in places.places(str(term.value), term.start, "governing_law")
        ]
    if _FORUM_LABEL.search(term.label):
        return [replace(f, label=term.label) for f in places.places(str(term.value), term.start, "forum")]
    return []
