"""Edits inside one block's text: replace, format, comment, split; made from the block's end to its start."""

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from redline.comments import add_comment, anchor, anchor_paragraph
from redline.errors import Refused
from redline.names import ALTERNATE, CHOICE, FALLBACK, INS, PPR, RPR, SECTPR, VAL, Element, P, w
from redline.surgery import delete_runs, insert_text, isolate, view_leaves, whole_fields
from redline.worddiff import Span, diff_spans

if TYPE_CHECKING:
    from redline.apply_check import Edit
    from redline.editing import Work

_FORMATS = {"bold": "b", "italic": "i", "strike": "strike", "underline": "u", "hidden": "vanish"}
# the order of run properties in the schema, as far as ours must find their place (17.3.2.28)
_BEFORE = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline")
_MORE = (
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
)
_LATER = ("kern", "position", "sz", "szCs", "highlight", "u")
_ORDER = {w(name): index for index, name in enumerate((*_BEFORE, *_MORE, *_LATER))}


class TextEdits:
    """Writes the text edits of one block at a time."""

    def __init__(self, work: "Work") -> None:
        self.work = work

    def run(self, edits: "list[Edit]") -> None:
        """Write edits of one block; where two begin at one place the later in the list is made first."""
        if not edits:
            return
        elements, address = self.work.reading.elements, edits[0].block
        whole_block = elements[address]
        in_turn = sorted(edits, key=lambda e: (e.start, e.end, e.index), reverse=True)
        for edit in self._as_one(in_turn) if self.work.whole else in_turn:
            paragraph = self.work.take(edit)
            getattr(self, f"_{edit.op}")(edit, paragraph, twins(paragraph))
        elements[address] = whole_block  # after a split, block edits mean the paragraph that kept its end

    def _as_one(self, edits: "list[Edit]") -> "list[Edit]":
        """The replacements as one of the whole paragraph, after all else, since that counts in its text."""
        rewording = [edit for edit in edits if edit.op == "replace"]
        if not rewording or any(edit.op == "split" or edit.view == "original" for edit in edits):
            return edits
        before = self.work.reading.document.block(rewording[0].block).text
        after = before
        for edit in rewording:
            after = after[: edit.start] + edit.text + after[edit.end :]
        reason = " ".join(edit.reason for edit in reversed(rewording) if edit.reason)
        one = replace(rewording[-1], start=0, end=len(before), text=after, reason=reason)
        return [*(edit for edit in edits if edit.op != "replace"), one]

    def _replace(self, edit: "Edit", paragraph: Element, copies: list[Element]) -> None:
        before = _text(paragraph, edit.view)
        for copy in copies:
            if _text(copy, edit.view) != before:
                raise Refused("alternate", "The text box is kept in two renderings that differ.")
        marks: list[Element] = []
        for one in (paragraph, *copies):
            made = self._rewrite(one, edit, before)
            marks = marks or made
        if self.work.comments and edit.reason and marks:
            anchor(marks[0], marks[-1], add_comment(self.work.package, self.work.writer, edit.reason))

    def _rewrite(self, paragraph: Element, edit: "Edit", before: str) -> list[Element]:
        """Mark the words that differ; gives the elements written, in reading order."""
        writer, made = self.work.writer, []
        spans = self._spans(before[edit.start : edit.end], edit.text)
        for op, a0, a1, b0, b1 in reversed(spans):
            at = edit.start + a0
            if op == "insert":
                made.append(insert_text(paragraph, edit.view, at, edit.text[b0:b1], writer))
            elif op == "delete":
                runs = isolate(paragraph, edit.view, at, edit.start + a1)
                runs = whole_fields(paragraph, runs)
                delete_runs(runs, writer)
                made += [runs[-1], runs[0]] if runs else []
        return made[::-1]

    def _spans(self, before: str, after: str) -> list[Span]:
        if not self.work.whole:
            return diff_spans(before, after)
        gone: list[Span] = [("delete", 0, len(before), 0, 0)] if before else []
        come: list[Span] = [("insert", len(before), len(before), 0, len(after))] if after else []
        return gone + come

    def _format(self, edit: "Edit", paragraph: Element, copies: list[Element]) -> None:
        wanted = {name: bool(edit.raw[key]) for key, name in _FORMATS.items() if key in edit.raw}
        if not wanted:
            raise Refused("no-format", f"Edit {edit.index + 1} names no format to set.")
        for one in (paragraph, *copies):
            for run in isolate(one, edit.view, edit.start, edit.end):
                self._reformat(run, wanted)

    def _reformat(self, run: Element, wanted: dict[str, bool]) -> None:
        old = run.find(RPR)
        new = deepcopy(old) if old is not None else etree.Element(RPR)
        earlier = new.find(w("rPrChange"))
        for name, on in wanted.items():
            for gone in new.findall(w(name)):
                new.remove(gone)
            setting = etree.Element(w(name))
            if name == "u":
                setting.set(VAL, "single" if on else "none")
            elif not on:
                setting.set(VAL, "0")
            rank = _ORDER[w(name)]
            later = next((c for c in new if _ORDER.get(str(c.tag), 99) > rank), None)
            if later is not None:
                later.addprevious(setting)
            else:
                new.append(setting)
        if earlier is None:  # a pending format change already remembers the original look
            new = self.work.writer.run_change(new, old)
        if old is not None:
            run.replace(old, new)
        else:
            run.insert(0, new)

    def _comment(self, edit: "Edit", paragraph: Element, copies: list[Element]) -> None:
        number = add_comment(self.work.package, self.work.writer, edit.text or edit.reason)
        runs = isolate(paragraph, edit.view, edit.start, edit.end) if edit.end > edit.start else []
        if runs:
            anchor(runs[0], runs[-1], number)
        else:
            anchor_paragraph(paragraph, number)

    def _split(self, edit: "Edit", paragraph: Element, copies: list[Element]) -> None:
        """Only a paragraph mark comes: the head moves to a new paragraph, the tail stays the old one."""
        if copies:
            raise Refused("textbox", "A paragraph of a text box cannot be split here.")
        text = _text(paragraph, edit.view)
        if not 0 < edit.start < len(text):
            raise Refused("bad-range", f"Edit {edit.index + 1}: a split needs text on both sides.")
        run = isolate(paragraph, edit.view, edit.start, len(text))[0]
        parent = run.getparent()
        if parent is not paragraph:
            raise Refused("inside", "The paragraph cannot be split inside a link, control or pending change.")
        head = etree.Element(P)
        properties = paragraph.find(PPR)
        if properties is not None:
            head.append(plain_properties(properties))
        at = paragraph.index(run)
        head.extend([child for child in list(paragraph)[:at] if child.tag != PPR])
        self.work.writer.flag_mark(head, INS)
        paragraph.addprevious(head)
        self.work.touch(head)
        self.work.reading.elements[edit.block] = head  # edits further left go into the head


def plain_properties(properties: Element) -> Element:
    """A copy of paragraph properties for a new paragraph: no section, no history, no flags on its mark."""
    out = deepcopy(properties)
    for child in [c for c in out if c.tag in (SECTPR, w("pPrChange"))]:
        out.remove(child)
    for flag in list(out.iter(*_FLAGS)):
        parent = flag.getparent()
        if parent is not None:
            parent.remove(flag)
    return out


_FLAGS = tuple(map(w, ("ins", "del", "moveFrom", "moveTo", "rPrChange")))


def twins(paragraph: Element) -> list[Element]:
    """The same paragraph in the other rendering of its text box, if there is one."""
    choice = next(paragraph.iterancestors(CHOICE), None)
    alternate = choice.getparent() if choice is not None else None
    if choice is None or alternate is None or alternate.tag != ALTERNATE:
        return []
    place = list(choice.iter(P)).index(paragraph)
    out = []
    for fallback in alternate.iterchildren(FALLBACK):
        same = list(fallback.iter(P))
        if place < len(same):
            out.append(same[place])
    return out


def _text(paragraph: Element, view: str) -> str:
    return "".join(leaf.text for leaf in view_leaves(paragraph, view))
