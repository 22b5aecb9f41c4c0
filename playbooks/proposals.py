"""The smallest change that brings a text to a rung, as edits for `redline.apply`.

1. List what keeps the rung from holding (one list for each alternative of its condition).
2. For each item take the number itself, or the small edits the rung offers for that value.
3. Failing that, replace the sentence, then the clause by the rung's wording; delete a clause that must go;
   insert one that is missing behind the clause it belongs after.
4. Every candidate is read again before it is offered: it must reach the rung, stay inside the finding's own
   words, and leave every other issue where it was or better. The first that does is the proposal.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product
from typing import Any

from clauses.topics import TOPICS
from clauses.topics.page import Line, Page
from clauses.topics.terms import terms
from clauses.topics.values import Instance, Span
from playbooks.conditions import YES, Compare, Covers, Facts, Ref, evaluate, leaves, ways_to_hold
from playbooks.judge import Case, Standing, depth
from playbooks.rules import EditRule, Issue, Rung

Edit = dict[str, Any]
MAX_CANDIDATES = 24
_VARIABLE = re.compile(r"\{\{\s*(?:(cap)\s+)?(\w+)\s*\}\}")
_DUTY = re.compile(r"\b(?:shall|will|must|may|is|are|survives?|remains?|appl(?:y|ies)|governs?|continues?)\b")
_TAIL = re.compile(r",? (?:on condition that|provided that|subject to|as long as)[^:.]*:$")
_LEAD = re.compile(
    r"(?:Subject to|Except as (?:provided|stated|set out) in|Notwithstanding) [^,.]*(?:\.\d+)*[^,.]*, "
)
_CLOSING = re.compile(
    r"^\s*(?:in witness whereof|by signing|signed (?:by|for)|signatures?\b|executed by|agreed to as of)", re.I
)


@dataclass(frozen=True)
class Change:
    """Replace start:end of the page's text (code points) with `text`; the part of an edit that is text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Proposal:
    """Edits, all or none, that bring an issue to a rung; empty when nothing needs to change."""

    edits: tuple[Edit, ...]
    rung: str


def propose(case: Case, standing: Standing, rung: Rung) -> Proposal | None:
    """The smallest change of the contract that reaches the rung, or None when none could be found."""
    for edits in islice(_candidates(case, standing, rung), MAX_CANDIDATES):
        if edits and _is_sound(case, standing, rung, edits):
            reasoned = tuple({**edit, "reason": rung.reason} for edit in edits)
            return Proposal(reasoned, rung.id)
    return None


def _candidates(case: Case, standing: Standing, rung: Rung) -> Iterator[list[Edit]]:
    words = variables(case)
    if standing.instance is None:
        yield from _insertions(case.page, standing.issue, rung, words)
        return
    failing = [
        standing.instance,
        *(
            other
            for other, place in standing.others
            if depth(standing.issue, place) > depth(standing.issue, rung.id)
        ),
    ]
    small = [_small_changes(case, standing.issue, instance, rung, words) for instance in failing]
    for combination in islice(product(*small), MAX_CANDIDATES):
        merged = _merged([change for changes in combination for change in changes])
        if merged:
            yield _as_edits(case.page, merged)
    if any(
        isinstance(leaf, Compare) and leaf.left.name == "clause" and leaf.op == "absent"
        for leaf in leaves(rung.when)
    ):
        yield _removal(case.page, [span for instance in failing for span in instance.spans])
    for wording in rung.wordings:
        place = failing[0].spans[0]
        text = _with_lead(case.page.text[place.start : place.end], render(wording.text, words))
        yield _replacement(case.page, Change(place.start, place.end, text), failing)


def _with_lead(old: str, new: str) -> str:
    """ "Subject to clause 8.1, …" stays in front of a sentence that is replaced: it settles which rule
    wins."""
    lead = _LEAD.match(old)
    return new if lead is None else lead.group() + new[:1].lower() + new[1:]


def _small_changes(
    case: Case, issue: Issue, instance: Instance, rung: Rung, words: Mapping[str, str]
) -> list[list[Change]]:
    facts = case.facts(issue, instance)
    found: list[list[Change]] = []
    for way in ways_to_hold(rung.when, facts):
        options = [_mend(case.page, leaf, instance, facts, rung, words) for leaf in way]
        if all(options):
            found.extend(
                _merged([c for changes in pick for c in changes])
                for pick in islice(product(*options), MAX_CANDIDATES)
            )
    return sorted((changes for changes in found if changes), key=_size)


def _size(changes: Sequence[Change]) -> tuple[int, int]:
    return sum(change.end - change.start + len(change.text) for change in changes), len(changes)


def _mend(
    page: Page, leaf: Compare | Covers, instance: Instance, facts: Facts, rung: Rung, words: Mapping[str, str]
) -> list[list[Change]]:
    """Each way to turn one comparison to yes: the number itself, or the rung's own small edits for what is
    lacking."""
    if isinstance(leaf, Compare):
        number = _new_number(leaf, instance, facts)
        if number is not None:
            return [[number]]
    lacking = _lacking(leaf, facts)
    rules = [[rule for rule in rung.edits if _mends(rule, need)] for need in lacking]
    picks = islice(product(*rules), MAX_CANDIDATES) if all(rules) else iter(())
    made = [[_change(page, rule, instance, words) for rule in dict.fromkeys(pick)] for pick in picks]
    return [[c for c in changes if c is not None] for changes in made if all(c is not None for c in changes)]


def _mends(rule: EditRule, need: str) -> bool:
    return need in rule.mends or need.split(":")[0] in rule.mends


def _lacking(leaf: Compare | Covers, facts: Facts) -> list[str]:
    """What a comparison lacks: the value's name, with the member for sets ("keep:backup")."""
    if isinstance(leaf, Covers):
        large, small = facts.get(leaf.large).value, facts.get(leaf.small).value
        known = large if isinstance(large, tuple) else ()
        wanted_all = small if isinstance(small, tuple) else ()
        return [f"{leaf.large}:{item}" for item in wanted_all if item not in known]
    if leaf.op not in {"has", "lacks", "only"} or not isinstance(leaf.right, tuple):
        return [str(leaf.left)]
    have = facts.get(leaf.left).value
    mine = set(have) if isinstance(have, tuple) else set()
    wanted = {"has": set(leaf.right) - mine, "lacks": set(leaf.right) & mine, "only": mine - set(leaf.right)}[
        leaf.op
    ]
    return [f"{leaf.left}:{item}" for item in sorted(wanted)]


def _new_number(leaf: Compare, instance: Instance, facts: Facts) -> Change | None:
    value = instance.values.get(leaf.left.name)
    target = facts.get(leaf.right).value if isinstance(leaf.right, Ref) else leaf.right
    if (
        leaf.op not in {"<=", ">=", "="}
        or value is None
        or value.quantity is None
        or not isinstance(target, Decimal)
    ):
        return None
    spec = facts.specs.get(leaf.left.name)
    text = value.quantity.restated(target, spec.unit if spec else "")
    return None if text is None else Change(value.quantity.start, value.quantity.end, text)


def _change(page: Page, rule: EditRule, instance: Instance, words: Mapping[str, str]) -> Change | None:
    text = render(rule.text, words)
    if rule.action == "insert":
        return _insertion(page, rule.at, instance, text)
    target = _place(rule.at or rule.mends[0], instance)
    if target is None:
        return None
    if rule.action == "replace":
        lead = _lead(rule.at or rule.mends[0], instance)
        return Change(target.start, target.end, lead + text)
    sentence = _sentence(page, target)
    if rule.action == "sentence":
        return Change(sentence.start, sentence.end, text)
    return Change(target.start, target.end, "") if rule.at else _without_gap(page, sentence)


def _lead(name: str, instance: Instance) -> str:
    value = instance.values.get(name)
    return value.lead if value else ""


def _insertion(page: Page, at: str, instance: Instance, text: str) -> Change | None:
    if at == "end":
        end = max(span.end for span in instance.spans)
        before = page.text[:end].rstrip()[-1:]
        return Change(end, end, ("" if before in ".;!?”" else ".") + f" {text.strip()}")
    side, _, name = at.partition(":")
    target = _place(name, instance)
    if target is None:
        return None
    offset = target.start if side == "before" else target.end
    return Change(offset, offset, text)


def _place(name: str, instance: Instance) -> Span | None:
    if name in instance.anchors:
        return instance.anchors[name]
    base, _, item = name.partition(":")
    value = instance.values.get(base)
    if value is None:
        return None
    if item:
        return next((span for word, span in value.items if word == item), None)
    return value.spans[0] if value.spans else None


def _sentence(page: Page, target: Span) -> Span:
    line = page.line_at(target.start)
    passage = page.passage(line.start + line.body, line.end)
    return next((s.span for s in passage.sentences() if s.start <= target.start < s.end), passage.span)


def _without_gap(page: Page, span: Span) -> Change:
    """Deleting a sentence takes one of the blanks around it."""
    end = span.end + 1 if page.text[span.end : span.end + 1] == " " else span.end
    start = (
        span.start - 1 if end == span.end and page.text[span.start - 1 : span.start] == " " else span.start
    )
    return Change(start, end, "")


def _merged(changes: Sequence[Change]) -> list[Change]:
    """Distinct changes in order; several insertions at one place become one; an overlap makes the list
    useless."""
    merged: list[Change] = []
    for change in sorted(dict.fromkeys(changes), key=lambda c: (c.start, c.end)):
        last = merged[-1] if merged else None
        if last and change.start < last.end:
            return []
        if last and last.start == last.end == change.start == change.end:
            merged[-1] = Change(last.start, last.end, last.text + change.text)
        else:
            merged.append(change)
    return merged


def _as_edits(page: Page, changes: Sequence[Change]) -> list[Edit]:
    edits: list[Edit] = []
    for change in changes:
        line = page.line_at(change.start)
        if change.end > line.end:
            return []
        small = _trimmed(page.text[change.start : change.end], change)
        edits.append(_replace(line, small))
    return edits


def _replace(line: Line, change: Change) -> Edit:
    start, end = change.start - line.start, change.end - line.start
    return {"op": "replace", "block": line.block, "start": start, "end": end, "text": change.text}


def _trimmed(old: str, change: Change) -> Change:
    """The same change without the words both ends have in common."""
    before, after = re.findall(r"\s+|[^\s]+", old), re.findall(r"\s+|[^\s]+", change.text)
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    cut = len("".join(before[:head]))
    end = change.end - len("".join(before[len(before) - tail :]))
    return Change(change.start + cut, end, "".join(after[head : len(after) - tail]))


def _removal(page: Page, spans: Sequence[Span]) -> list[Edit]:
    """Deletes the spans: whole blocks where nothing else stands in them, with a heading left without text."""
    edits: list[Edit] = []
    for span in sorted(set(spans), key=lambda s: s.start):
        for index, line in _lines_of(page, span):
            start, end = max(span.start, line.start), min(span.end, line.end)
            rest = page.text[line.start + line.body : start] + page.text[end : line.end]
            if rest.strip(" .;"):
                edits.append(_replace(line, _without_gap(page, Span(start, end))))
            else:
                edits.append({"op": "delete_block", "block": line.block})
                edits.extend(_orphaned_heading(page, index))
    return edits


def _orphaned_heading(page: Page, index: int) -> list[Edit]:
    above = page.lines[index - 1] if index else None
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    alone = above is not None and above.is_heading and index > 1 and (below is None or below.is_heading)
    return [{"op": "delete_block", "block": above.block}] if above is not None and alone else []


def _lines_of(page: Page, span: Span) -> list[tuple[int, Line]]:
    first, last = page.index_at(span.start), page.index_at(max(span.start, span.end - 1))
    return [(n, page.lines[n]) for n in range(first, last + 1) if page.lines[n].text.strip()]


def _replacement(page: Page, change: Change, failing: Sequence[Instance]) -> list[Edit]:
    """Replaces the first place with the wording and deletes the rest of the clause."""
    lines = _lines_of(page, Span(change.start, change.end))
    if not lines:
        return []
    line = lines[0][1]
    change, lines = _with_list(page, change, lines)
    first = Change(max(change.start, line.start), min(change.end, line.end), change.text)
    edits = [_replace(line, _trimmed(page.text[first.start : first.end], first))]
    edits += [{"op": "delete_block", "block": other.block} for _, other in lines[1:]]
    edits += _removal(
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


def _insertions(page: Page, issue: Issue, rung: Rung, words: Mapping[str, str]) -> Iterator[list[Edit]]:
    for wording in rung.wordings:
        line = _place_for(page, issue)
        text = render(wording.text, words)
        # A sub-clause among sub-clauses without headings gets none either.
        plain = line.number != "" and not line.run_in
        heading = f"{issue.heading}. " if issue.heading and not plain else ""
        yield [{"op": "insert_after", "block": line.block, "text": f"{_next_number(line)}{heading}{text}"}]


def _place_for(page: Page, issue: Issue) -> Line:
    """The block behind which a missing clause goes: the end of the best matching clause, else the last
    clause."""
    body = _body(page)
    for pattern in TOPICS[issue.topic].after:
        found = re.compile(pattern, re.I)
        hits = [n for n in body if found.search(page.lines[n].run_in)]
        hits = hits or [n for n in body if found.search(page.lines[n].heading)]
        if hits:
            return page.lines[_last_item(page, hits[-1])]
    return page.lines[_last_item(page, body[-1])]


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


def _is_sound(case: Case, standing: Standing, rung: Rung, edits: Sequence[Edit]) -> bool:
    """The change reaches the rung, keeps to the finding’s words and makes no other issue worse."""
    if standing.instance is not None and not _inside(case.page, standing, edits):
        return False
    after = Case(case.playbook, case.page.edited(edits), case.deal)
    if after.standing(standing.issue).position > depth(standing.issue, rung.id):
        return False
    return all(
        after.standing(other).position <= case.standing(other).position
        for other in case.playbook.issues
        if other.code != standing.issue.code
    )


def _inside(page: Page, standing: Standing, edits: Sequence[Edit]) -> bool:
    instances = [standing.instance, *(other for other, _ in standing.others)]
    allowed = [span for instance in instances if instance for span in instance.spans]
    starts = {line.block: line for line in page.lines}
    for edit in edits:
        line = starts[edit["block"]]
        if edit["op"] == "delete_block":
            # Only a block that holds nothing but the finding’s words, or their heading, is ever deleted.
            continue
        start, end = line.start + edit["start"], line.start + edit["end"]
        if not any(span.start - 1 <= start and end <= span.end + 1 for span in allowed):
            return False
    return True


def variables(case: Case) -> dict[str, str]:
    """What wordings may name: the contract's own terms, and the first entry of each list of the playbook."""
    firsts = {name: items[0] for name, items in case.playbook.lists.items() if items}
    curly = "yes" if case.page.text.count("’") >= case.page.text.count("'") else ""
    return {**firsts, **terms(case.page), "_curly": curly}


def render(text: str, words: Mapping[str, str]) -> str:
    """The wording with its variables filled in; a sentence never starts with a small "the"."""

    def fill(match: re.Match[str]) -> str:
        word = words.get(match[2], match[0])
        return word[:1].upper() + word[1:] if match[1] else word

    filled = _VARIABLE.sub(fill, text)
    return _curled(filled) if words.get("_curly") else filled


def _curled(text: str) -> str:
    """Straight quotes and apostrophes as the contract around them writes them."""
    opened = re.sub(r"(^|[\s(])\"", r"\1“", text)
    return opened.replace('"', "”").replace("'", "’")


def holds(case: Case, issue: Issue, instance: Instance, rung: Rung) -> bool:
    """Whether the rung's condition holds for one place of the text."""
    return evaluate(rung.when, case.facts(issue, instance)) == YES
