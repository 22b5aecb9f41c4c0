"""Small changes of the words of a clause, and the edits for `redline.apply` that they make."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clauses.topics.page import Line, Page
from clauses.topics.values import Instance, Span
from playbooks.rules import EditRule
from playbooks.wordings import render

Edit = dict[str, Any]
AT_BLANK = "blank"
"""The place of a small edit that fills a blank (`at: blank`)."""
_OPENING = re.compile(r"(?:The|A|An|Each|Either|Neither|Any|No|If|This|It)\b")


@dataclass(frozen=True)
class Change:
    """Replace start:end of the page's text (code points) with `text`; the part of an edit that is text."""

    start: int
    end: int
    text: str


def change_by(page: Page, rule: EditRule, instance: Instance, words: Mapping[str, str]) -> Change | None:
    """What one of a rung's small edits does to this place; None where nothing is there to edit."""
    text = render(rule.text, words)
    if rule.action == "insert":
        return _insertion(page, rule.at, instance, text)
    target = _blank_of(rule, instance) if rule.at == AT_BLANK else _place(rule.at or rule.mends[0], instance)
    if target is None:
        return None
    if rule.action == "replace":
        text = _lead(rule.at or rule.mends[0], instance) + text
        if page.text[target.start].isupper() and text[:4] == "the ":
            text = text[:1].upper() + text[1:]  # "Either party may …" becomes "The Customer may …"
        return Change(target.start, target.end, text)
    sentence = _sentence(page, target)
    if rule.action == "sentence":
        return Change(sentence.start, sentence.end, text)
    if not rule.at:
        return without_gap(page, sentence)
    return _without_item(page, target) if ":" in rule.at else Change(target.start, target.end, "")


def _blank_of(rule: EditRule, instance: Instance) -> Span | None:
    """The placeholder of a form where one of the values that the edit mends is still open."""
    values = (instance.values.get(name) for name in rule.mends)
    return next((value.spans[0] for value in values if value and value.is_blank and value.spans), None)


def _without_item(page: Page, item: Span) -> Change:
    """An item leaves its list with the comma behind it, or, as the last one, with the "or" before it."""
    behind = re.compile(r",?\s+(?:and|or)\s+|,\s+").match(page.text, item.end)
    if behind is not None and "," in behind.group():
        kept = re.sub(r"^,\s+", "", behind.group())
        return Change(item.start, behind.end(), kept if kept != behind.group() and kept.strip() else "")
    before = re.compile(r"(?:,\s*(?:and|or)?|\s(?:and|or))\s+$").search(
        page.text[max(0, item.start - 8) : item.start]
    )
    return Change(item.start - len(before.group()) if before else item.start, item.end, "")


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
    if side == "after" and re.match(r" [A-Z]", text) and page.text[:offset].rstrip()[-1:] not in ".;!?”":
        text = f".{text}"  # a sentence behind a row of a table, which has no stop
    if side == "before" and text.endswith(", ") and _OPENING.match(page.text, offset):
        return Change(offset, offset + 1, text + page.text[offset].lower())
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


def without_gap(page: Page, span: Span) -> Change:
    """Deleting a sentence takes one of the blanks around it."""
    end = span.end + 1 if page.text[span.end : span.end + 1] == " " else span.end
    start = (
        span.start - 1 if end == span.end and page.text[span.start - 1 : span.start] == " " else span.start
    )
    return Change(start, end, "")


def possessive(page: Page, change: Change) -> Change:
    """ "three months' notice" and "one month's notice": the apostrophe follows the number of the unit."""
    after = re.compile(r"(['’])(s\b)?").match(page.text, change.end)
    unit = re.search(r"(?:year|month|week|day|hour)(s?)$", change.text)
    if after is None or unit is None or bool(unit[1]) == (after[2] is None):
        return change
    return Change(change.start, after.end(), change.text + after[1] + ("" if unit[1] else "s"))


def merged(changes: Sequence[Change]) -> list[Change]:
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


def as_edits(page: Page, changes: Sequence[Change]) -> list[Edit]:
    """The changes as edits of blocks; none at all where one of them would cross from block to block."""
    edits: list[Edit] = []
    for change in changes:
        line = page.line_at(change.start)
        if change.end > line.end:
            return []
        small = trimmed(page.text[change.start : change.end], change)
        edits.append(replace(line, small))
    return edits


def replace(line: Line, change: Change) -> Edit:
    """The change as one edit of its block."""
    start, end = change.start - line.start, change.end - line.start
    return {"op": "replace", "block": line.block, "start": start, "end": end, "text": change.text}


def trimmed(old: str, change: Change) -> Change:
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
