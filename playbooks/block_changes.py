"""Changes of whole clauses: one replaced, one taken out, one put in behind the clause it belongs after."""

import re
from collections.abc import Iterator, Mapping, Sequence

from clauses.topics.page import Line, Page
from clauses.topics.values import Instance, Span
from playbooks.numbers import moves_references, section_end
from playbooks.rules import Issue, Rung
from playbooks.text_changes import Change, Edit, replace, trimmed, without_gap
from playbooks.topics import TOPICS
from playbooks.wordings import render

_DUTY = re.compile(r"\b(?:shall|will|must|may|is|are|survives?|remains?|appl(?:y|ies)|governs?|continues?)\b")
_TAIL = re.compile(r",? (?:on condition that|provided that|subject to|as long as)[^:.]*:$")
_CLOSING = re.compile(
    r"^\s*(?:in witness whereof|by signing|signed (?:by|for)|signatures?\b|executed by|agreed to as of)", re.I
)
KEPT_NUMBER = ("Intentionally omitted.", "Not used.")
"""What stands beside the number of a clause that is gone, so that those behind it keep theirs."""


def removal(page: Page, spans: Sequence[Span]) -> list[Edit]:
    """Deletes the spans: whole blocks where nothing else stands in them, with a heading left without text."""
    edits: list[Edit] = []
    for span in sorted(set(spans), key=lambda s: s.start):
        for index, line in _lines_of(page, span):
            start, end = max(span.start, line.start), min(span.end, line.end)
            rest = page.text[line.start + line.body : start] + page.text[end : line.end]
            if rest.strip(" .;"):
                edits.append(replace(line, without_gap(page, Span(start, end))))
            else:
                edits.append(_gone(page, index))
                edits.extend(_orphaned_heading(page, index))
    return edits


def _gone(page: Page, index: int) -> Edit:
    """The paragraph deleted; where that would move a number others refer to, its number stays."""
    line = page.lines[index]
    if not moves_references(page, index):
        return {"op": "delete_block", "block": line.block}
    stop = "" if line.is_heading else "."
    return replace(line, Change(line.start, line.end, _not_used(page) + stop))


def _not_used(page: Page) -> str:
    """What contracts write beside a number that is kept: by the word they use for their clauses."""
    sections = len(re.findall(r"\bsections? \d", page.text, re.I))
    clauses = len(re.findall(r"\bclauses? \d", page.text, re.I))
    return KEPT_NUMBER[0].rstrip(".") if sections > clauses else KEPT_NUMBER[1].rstrip(".")


def _orphaned_heading(page: Page, index: int) -> list[Edit]:
    above = page.lines[index - 1] if index else None
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    alone = above is not None and above.is_heading and index > 1 and (below is None or below.is_heading)
    return [_gone(page, index - 1)] if above is not None and alone else []


def emptied_headings(page: Page, edits: Sequence[Edit]) -> list[Edit]:
    """The headings under which these edits, taken together, leave nothing."""
    gone = {edit["block"] for edit in edits if edit["op"] == "delete_block"}
    grown = {edit["block"] for edit in edits if edit["op"] == "insert_after"}
    found: list[Edit] = []
    for index, line in enumerate(page.lines):
        if not line.is_heading or line.block in gone | grown:
            continue
        under = []
        for below in page.lines[index + 1 :]:
            if below.is_heading:
                break
            under.append(below)
        written = [one for one in under if one.text.strip()]
        if written and all(one.block in gone and one.block not in grown for one in written):
            found.append(_gone(page, index))
    return found


def _lines_of(page: Page, span: Span) -> list[tuple[int, Line]]:
    first, last = page.index_at(span.start), page.index_at(max(span.start, span.end - 1))
    return [(n, page.lines[n]) for n in range(first, last + 1) if page.lines[n].text.strip()]


def replacement(page: Page, change: Change, failing: Sequence[Instance]) -> list[Edit]:
    """Replaces the first place with the wording and deletes the rest of the clause."""
    lines = _lines_of(page, Span(change.start, change.end))
    if not lines:
        return []
    line = lines[0][1]
    change, lines = _with_list(page, change, lines)
    first = Change(max(change.start, line.start), min(change.end, line.end), change.text)
    edits = [replace(line, trimmed(page.text[first.start : first.end], first))]
    edits += [{"op": "delete_block", "block": other.block} for _, other in lines[1:]]
    edits += removal(
        page,
        [span for instance in failing for span in instance.spans if span != Span(change.start, change.end)],
    )
    return edits


def _with_list(
    page: Page, change: Change, lines: list[tuple[int, Line]]
) -> tuple[Change, list[tuple[int, Line]]]:
    """A sentence that opens a list: conditions behind it stay and are joined on, other lists go with it."""
    if not page.text[change.start : change.end].rstrip().endswith(":"):
        return change, lines
    tail = _TAIL.search(page.text[change.start : change.end].rstrip())
    if tail is not None and len(lines) == 1:
        return Change(change.start, change.end, change.text.rstrip(".") + tail.group()), lines
    last = _last_item(page, lines[-1][0])
    return change, [*lines, *((n, page.lines[n]) for n in range(lines[-1][0] + 1, last + 1))]


def insertions(page: Page, issue: Issue, rung: Rung, words: Mapping[str, str]) -> Iterator[list[Edit]]:
    """Each of the rung's wordings as a new clause, at the end of the section it belongs to.

    A place where it would move a number that others refer to is taken only when there is no other.
    """
    for wording in rung.wordings:
        text = render(wording.text, words)
        for home, last in _places_for(page, issue):
            line = page.lines[home]
            # A sub-clause among sub-clauses without headings gets none either.
            plain = line.number != "" and not line.run_in
            heading = f"{issue.heading}. " if issue.heading and not plain else ""
            edit: Edit = {"op": "insert_after", "block": page.lines[last].block}
            if page.lines[last].is_item and not line.is_item:
                # Behind the last item of a list: numbered as the clause, not as one more item.
                edit["style_from"] = line.block
            yield [{**edit, "text": f"{_next_number(page.lines[last])}{heading}{text}"}]


def _places_for(page: Page, issue: Issue) -> list[tuple[int, int]]:
    """Where a missing clause may go, best first: the line whose like it is, and the line it goes behind."""
    found = list(dict.fromkeys(_ends(page, index) for index in _likely(page, issue)))
    quiet = [place for place in found if not moves_references(page, place[0 if place[0] == place[1] else 1])]
    return quiet or found


def _ends(page: Page, index: int) -> tuple[int, int]:
    """The end of the section, and the last of its clauses, whose style and number the new one continues."""
    last = section_end(page, index)
    home = next((n for n in range(last, index - 1, -1) if not page.lines[n].is_item), index)
    return (home if page.lines[home].number else index), _last_item(page, last)


def _likely(page: Page, issue: Issue) -> list[int]:
    """The best matching clause, and the last clause of the main part."""
    body = _body(page)
    for pattern in TOPICS[issue.topic].after:
        found = re.compile(pattern, re.I)
        hits = [n for n in body if found.search(page.lines[n].run_in)]
        hits = hits or [n for n in body if found.search(page.lines[n].heading)]
        if hits:
            return [hits[-1], body[-1]]
    return [body[-1]]


def _last_item(page: Page, index: int) -> int:
    while index + 1 < len(page.lines) and page.lines[index + 1].is_item:
        index += 1
    return index


def _body(page: Page) -> list[int]:
    """The clauses of the main part: of the parts that signature lines separate, the one with the most
    clauses."""
    parts: list[list[int]] = [[]]
    for index, line in enumerate(page.lines):
        if _CLOSING.match(line.text):
            parts.append([])
        elif _is_clause(line):
            parts[-1].append(index)
    return max(parts, key=len) or [len(page.lines) - 1]


def _is_clause(line: Line) -> bool:
    about = f"{line.run_in} {line.heading}"
    return (
        line.is_text
        and not line.is_heading
        and not line.is_item
        and len(line.text) > 60
        and _DUTY.search(line.text) is not None
        and re.search(r"definition|interpretation|parties|background|schedule|annex|exhibit", about, re.I)
        is None
    )


def _next_number(line: Line) -> str:
    """A typed number for the new clause ("8A. " behind "8. "), so that no other clause is renumbered."""
    typed = re.match(r"\s*((?:section\s+)?\d+(?:\.\d+)*)([.)]?\s+)", line.text, re.I)
    return f"{typed[1]}A{typed[2]}" if typed and line.body else ""
