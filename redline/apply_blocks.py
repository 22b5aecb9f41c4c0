"""Edits of whole blocks: delete, insert, move, join, list level, table rows."""

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from redline.apply_text import plain_properties
from redline.comments import add_comment, anchor_paragraph
from redline.errors import Refused
from redline.inline import leaves
from redline.marks import mark_flag, must_stay, next_paragraph
from redline.names import (
    BOOKMARK_END,
    BOOKMARK_START,
    COMMENT_END,
    COMMENT_REF,
    COMMENT_START,
    DEL,
    ENDNOTE_REF,
    FOOTNOTE_REF,
    ID,
    INERT,
    INS,
    MOVE_FROM,
    MOVE_TO,
    NAME,
    NUMPR,
    PPR,
    R_RUN,
    RPR,
    SECTPR,
    TC,
    TR,
    TRPR,
    TXBX,
    VAL,
    WRAPPERS,
    Element,
    P,
    w,
)
from redline.settle import drop
from redline.signature import paragraph_signature
from redline.story import bookmarks
from redline.styles import read_styles
from redline.surgery import delete_content, insert_text, text_run
from redline.tables import cells
from redline.writer import drop_identity

if TYPE_CHECKING:
    from redline.apply_check import Edit
    from redline.editing import Work

# order among paragraph properties up to the list number (17.3.1.26)
_BEFORE_NUMBER = frozenset(
    map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"))
)
_ORDER = ("set_level", "join", "insert_after", "row_insert_after", "move_after", "delete_block", "row_delete")


class BlockEdits:
    """Writes the block edits of one block at a time."""

    def __init__(self, work: "Work") -> None:
        self.work = work
        self._last: dict[Element, Element] = {}  # paragraph -> the last one inserted after it

    def run(self, edits: "list[Edit]") -> None:
        """Write the edits of one block: properties first, then neighbours, then its own going."""
        for edit in sorted(edits, key=lambda e: (_ORDER.index(e.op), e.index)):
            paragraph = self.work.take(edit)
            if next(paragraph.iterancestors(TXBX), None) is not None:
                raise Refused("textbox", "Paragraphs of a text box can be reworded, not added or taken away.")
            getattr(self, f"_{edit.op}")(edit, paragraph)

    def _explain(self, edit: "Edit", paragraph: Element) -> None:
        if self.work.comments and edit.reason:
            anchor_paragraph(paragraph, add_comment(self.work.package, self.work.writer, edit.reason))

    # -- delete, insert, move
    def _delete_block(self, edit: "Edit", paragraph: Element) -> None:
        _refuse_section(paragraph)
        delete_content(paragraph, self.work.writer)
        before = _joins_last(paragraph)
        if before is not None:
            self._run_into(self.work.touch(before), paragraph)
        elif (
            not _takes_in(paragraph)
            and not must_stay(paragraph)
            and mark_flag(paragraph, (DEL, MOVE_FROM)) is None
        ):
            self._flag_deleted(paragraph)
        self._explain(edit, paragraph)

    def _flag_deleted(self, paragraph: Element) -> None:
        flag = mark_flag(paragraph, (INS, MOVE_TO))
        if flag is None:
            self.work.writer.flag_mark(paragraph, DEL)
        else:
            flag.addnext(self.work.writer.revision(DEL))  # their new paragraph, struck by us

    def _insert_after(self, edit: "Edit", paragraph: Element) -> None:
        like = paragraph
        if edit.raw.get("style_from") is not None:
            like = self._other(edit, "style_from")
        for line in edit.text.split("\n"):
            after = self._last.get(paragraph, paragraph)
            closing = next_paragraph(after) is None and not _ends_section(after)
            fresh = self._new_paragraph(like, line, flagged=not closing)
            if closing:
                self._take_over_mark(fresh, after)
            after.addnext(fresh)
            self._last[paragraph] = fresh
            self.work.touch(fresh)
        self._explain(edit, self._last[paragraph])

    def _take_over_mark(self, fresh: Element, last: Element) -> None:
        """The last mark of a container cannot come or go. As in Word, the new last paragraph takes over that
        mark, with its properties and pending changes, and the paragraph before gets an inserted mark.
        """
        own, wanted = last.find(PPR), fresh.find(PPR)
        kept = deepcopy(own) if own is not None else etree.Element(PPR)
        for change in kept.findall(w("pPrChange")):
            change.set(ID, self.work.writer.fresh_id())
        if wanted is not None:
            fresh.remove(wanted)
        fresh.insert(0, kept)
        if paragraph_signature(wanted) != paragraph_signature(kept):
            self._change_properties(fresh, wanted)
        while (flag := mark_flag(last, WRAPPERS)) is not None:
            drop(flag)
        if last in self._last.values() and own is not None:  # ours too: it never had other properties
            for change in own.findall(w("pPrChange")):
                drop(change)
        self.work.writer.flag_mark(last, INS)

    def _new_paragraph(self, like: Element, text: str, *, flagged: bool = True) -> Element:
        writer = self.work.writer
        fresh = etree.Element(P)
        properties = like.find(PPR)
        if properties is not None:
            fresh.append(plain_properties(properties))
        if text:
            fresh.append(writer.wrap(INS, [text_run(text, _last_look(like))]))
        if flagged:
            writer.flag_mark(fresh, INS)
        return fresh

    def _move_after(self, edit: "Edit", paragraph: Element) -> None:
        target = self._other(edit, "after")
        _refuse_section(paragraph)
        if any(True for _ in paragraph.iter(*WRAPPERS)):
            raise Refused("pending-changes", "A paragraph with pending changes cannot be moved.")
        if any(True for _ in paragraph.iter(FOOTNOTE_REF, ENDNOTE_REF)):
            raise Refused("notes", "A paragraph with footnotes cannot be moved as a tracked move.")
        is_last = _joins_last(paragraph) is not None or _takes_in(paragraph)
        if must_stay(paragraph) or target is paragraph or is_last:
            raise Refused("cannot-move", "The paragraph cannot leave its place.")
        writer = self.work.writer
        copy = self._moved_copy(paragraph)
        delete_content(paragraph, writer, MOVE_FROM)
        writer.flag_mark(paragraph, MOVE_FROM)
        after = self._last.get(target, target)
        after.addnext(copy)
        self._last[target] = copy
        self.work.touch(copy)
        name = f"move{writer.fresh_id()}"
        for element, kind in ((paragraph, "moveFrom"), (copy, "moveTo")):
            self._range(element, kind, name)
        self._explain(edit, copy)

    def _moved_copy(self, paragraph: Element) -> Element:
        writer = self.work.writer
        copy = deepcopy(paragraph)
        copy.tail = None
        drop_identity(copy)
        for anchor in list(copy.iter(COMMENT_START, COMMENT_END, COMMENT_REF)):
            holder = anchor.getparent()
            if holder is not None:
                holder.remove(anchor)
        numbers = {number: writer.fresh_id() for number in bookmarks(copy)}
        for mark in list(copy.iter(BOOKMARK_START, BOOKMARK_END)):
            if mark.get(ID) in numbers:
                mark.set(ID, numbers[mark.get(ID) or ""])
        delete_content(copy, writer, MOVE_TO)
        writer.flag_mark(copy, MOVE_TO)
        return copy

    def _range(self, paragraph: Element, kind: str, name: str) -> None:
        start = self.work.writer.revision(w(f"{kind}RangeStart"))
        start.set(NAME, name)
        end = etree.Element(w(f"{kind}RangeEnd"))
        end.set(ID, start.get(ID) or "")
        paragraph.addprevious(start)
        paragraph.addnext(end)

    def _other(self, edit: "Edit", key: str) -> Element:
        return self.work.reading.elements[str(edit.raw[key])]

    # -- marks and levels
    def _join(self, edit: "Edit", paragraph: Element) -> None:
        """Only the mark goes: the text runs on into the next paragraph, which takes this one's properties."""
        following = next_paragraph(paragraph)
        if following is None or mark_flag(paragraph, (DEL, MOVE_FROM)) is not None:
            raise Refused("nothing-to-join", "There is no paragraph after this one to join it with.")
        _refuse_section(paragraph)
        writer = self.work.writer
        if edit.text:
            end = sum(len(leaf.text) for leaf in leaves(paragraph) if leaf.in_accepted)
            insert_text(paragraph, "accepted", end, edit.text, writer)
        self._run_into(paragraph, self.work.touch(following))
        self._explain(edit, paragraph)

    def _run_into(self, paragraph: Element, following: Element) -> None:
        """Strike a paragraph's mark, so that its text runs into a later one, which shall look like it."""
        self._flag_deleted(paragraph)
        own, theirs = paragraph.find(PPR), following.find(PPR)
        if paragraph_signature(own) != paragraph_signature(theirs):
            self._change_properties(following, own)

    def _change_properties(self, paragraph: Element, like: Element | None) -> None:
        old = paragraph.find(PPR)
        new = etree.Element(PPR)
        kept = (RPR, SECTPR)
        new.extend(
            deepcopy(c) for c in (like if like is not None else ()) if c.tag not in (*kept, w("pPrChange"))
        )
        new.extend(deepcopy(c) for c in (old if old is not None else ()) if c.tag in kept)
        self._note_change(new, old)
        if old is not None:
            paragraph.replace(old, new)
        else:
            paragraph.insert(0, new)

    def _note_change(self, new: Element, old: Element | None) -> None:
        earlier = old.find(w("pPrChange")) if old is not None else None
        if earlier is not None:  # a pending change already remembers the original properties
            for child in new.findall(w("pPrChange")):
                new.remove(child)
            new.append(deepcopy(earlier))
        else:
            self.work.writer.paragraph_change(new, old)

    def _set_level(self, edit: "Edit", paragraph: Element) -> None:
        level = edit.raw.get("level", edit.raw.get("ilvl"))
        if not isinstance(level, int) or not 0 <= level <= 8:
            raise Refused("bad-level", f"Edit {edit.index + 1}: a list level is a number from 0 to 8.")
        old = paragraph.find(PPR)
        num, _ = read_styles(self.work.package).numbering(old)
        if num is None or num == "0":
            raise Refused("not-numbered", "The paragraph is not part of a list.")
        new = deepcopy(old) if old is not None else etree.Element(PPR)
        numbering = new.find(NUMPR)
        if numbering is None:
            numbering = etree.Element(NUMPR)
            before = [c for c in new if c.tag in _BEFORE_NUMBER]
            new.insert(new.index(before[-1]) + 1 if before else 0, numbering)
            etree.SubElement(numbering, w("numId")).set(VAL, num)
        own = numbering.find(w("ilvl"))
        if own is None:
            own = etree.Element(w("ilvl"))
            numbering.insert(0, own)
        own.set(VAL, str(level))
        self._note_change(new, old)
        if old is not None:
            paragraph.replace(old, new)
        else:
            paragraph.insert(0, new)
        self._explain(edit, paragraph)

    # -- rows
    def _row_delete(self, edit: "Edit", paragraph: Element) -> None:
        row = next(paragraph.iterancestors(TR))
        self.work.writer.flag_row(row, DEL)
        for inner in list(row.iter(P)):
            self.work.touch(inner)
            delete_content(inner, self.work.writer)
        for inner_row in list(row.iter(TR)):
            if inner_row is not row:
                self.work.writer.flag_row(inner_row, DEL)
        self._explain(edit, paragraph)

    def _row_insert_after(self, edit: "Edit", paragraph: Element) -> None:
        row = next(paragraph.iterancestors(TR))
        wording = edit.raw["cells"]
        fresh = etree.Element(TR)
        properties = row.find(TRPR)
        if properties is not None:
            fresh.append(deepcopy(properties))
            for flag in [c for c in fresh[0] if c.tag in (INS, DEL, w("trPrChange"))]:
                fresh[0].remove(flag)
        texts = [*wording, *[""] * (len(cells(row)) - len(wording))]
        for cell, text in zip(cells(row), texts, strict=True):
            fresh.append(self._new_cell(cell, text))
        self.work.writer.flag_row(fresh, INS)
        after = self._last.get(row, row)
        after.addnext(fresh)
        self._last[row] = fresh
        first = next(fresh.iter(P), None)
        if first is not None:
            self._explain(edit, self.work.touch(first))

    def _new_cell(self, like: Element, text: str) -> Element:
        cell = etree.Element(TC)
        properties = like.find(w("tcPr"))
        if properties is not None:
            cell.append(deepcopy(properties))
            for flag in [
                c for c in cell[0] if c.tag in map(w, ("cellIns", "cellDel", "cellMerge", "tcPrChange"))
            ]:
                cell[0].remove(flag)
        model = next((c for c in like.iter(P) if next(c.iterancestors(TC), None) is like), None)
        for line in text.split("\n"):
            fresh = self._new_paragraph(model if model is not None else etree.Element(P), line)
            cell.append(fresh)
        return cell


def _ends_section(paragraph: Element) -> bool:
    return paragraph.find(f"{PPR}/{SECTPR}") is not None


def _joins_last(paragraph: Element) -> Element | None:
    """The paragraph that takes the place of one with no next to flow into (a container's last, one before a
    table) when that is deleted: its mark goes, since the last mark cannot. None when none stands before it.
    """
    if next_paragraph(paragraph) is not None:
        return None
    before = _before(paragraph)
    while before is not None and before.tag == P and not _ends_section(before):
        if mark_flag(before, (DEL, MOVE_FROM)) is None:
            return before
        if _reads(before):
            return None  # its words run into this paragraph already
        before = _before(before)
    return None


def _takes_in(paragraph: Element) -> bool:
    """Whether words of a paragraph whose mark is pending to go run into this one, a container's last."""
    if next_paragraph(paragraph) is not None:
        return False
    before = _before(paragraph)
    while before is not None and before.tag == P and mark_flag(before, (DEL, MOVE_FROM)) is not None:
        if _reads(before):
            return True
        before = _before(before)
    return False


def _reads(paragraph: Element) -> bool:
    return any(leaf.text and leaf.in_accepted for leaf in leaves(paragraph))


def _before(paragraph: Element) -> Element | None:
    return next((s for s in paragraph.itersiblings(preceding=True) if s.tag not in INERT), None)


def _refuse_section(paragraph: Element) -> None:
    if _ends_section(paragraph):
        raise Refused("section", "The paragraph ends a section: taking it away would change the page setup.")


def _last_look(paragraph: Element) -> Element | None:
    """The look of a paragraph's last words; of its mark when it has none."""
    found = [leaf for leaf in leaves(paragraph) if leaf.text and leaf.in_accepted and leaf.run.tag == R_RUN]
    if found:
        return found[-1].run.find(RPR)
    properties = paragraph.find(PPR)
    return properties.find(RPR) if properties is not None else None
