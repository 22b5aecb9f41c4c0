"""Comparing what hangs on the body: notes by their references, headers and footers by section."""

from collections.abc import Callable
from copy import deepcopy

from redline.compare_blocks import Blocks
from redline.names import BODY, DEL, ID, INS, SECTPR, Element, R, w
from redline.package import Package
from redline.settle import settle
from redline.story import Story

MakeStory = Callable[[str, str], Story]
_R_ID = f"{{{R}}}id"
_KINDS = ("headerReference", "footerReference")


def merge_notes(main: Story, make: MakeStory) -> None:
    """Merge the notes whose references were paired; mark those that came as inserted."""
    old, new = main.importer.old, main.importer.new
    stories: dict[str, Story] = {}
    done: set[tuple[str, str]] = set()
    for kind, one, two in main.note_pairs:
        mine, theirs = old.related(kind + "s"), new.related(kind + "s")
        if mine is None or theirs is None or (kind, one) in done:
            continue
        done.add((kind, one))
        story = stories.setdefault(kind, make(mine, theirs))
        a, b = _note(old, mine, kind, one), _note(new, theirs, kind, two)
        if a is not None and b is not None and Blocks(story).merge(a, b):
            old.touch(mine)
    for part, note in main.importer.imported_notes:
        story = make(part, part if part in new.parts else main.new_part)
        Blocks(story).mark_runs(note, INS)


def _note(package: Package, part: str, kind: str, number: str) -> Element | None:
    return next((n for n in package.tree(part).iterchildren(w(kind)) if n.get(ID) == number), None)


References = dict[tuple[str, str], Element]  # ("headerReference", "default") -> its element


def inherited(package: Package) -> References:
    """The headers and footers the last section would show if it had none of its own (17.10.1)."""
    sections = list(package.tree(package.main).iter(SECTPR))
    out: References = {}
    for section in sections[:-1]:
        out.update(_references(section))
    return {key: deepcopy(reference) for key, reference in out.items()}


def merge_headers(main: Story, make: MakeStory, old_inherited: References) -> None:
    """Merge headers and footers of the sections that were paired.

    A reference cannot be tracked. A header only one side has meets the one the other side's section inherits;
    where it inherits none it is kept, or brought in, with all its text marked deleted or inserted.
    """
    headers = _Headers(main, make)
    new_inherited = inherited(main.importer.new)
    for one, two in main.section_pairs:
        parent = two.getparent()
        last = parent is not None and parent.tag == BODY  # other pairs have the same set of headers
        headers.section(one, two, old_inherited if last else {}, new_inherited if last else {})


class _Headers:
    """Merges the headers and footers of paired sections; ``merged``: old part -> the new one it now shows."""

    def __init__(self, main: Story, make: MakeStory) -> None:
        self.main, self.make = main, make
        self.old, self.new = main.importer.old, main.importer.new
        self.merged: dict[str, str] = {}

    def section(self, one: Element, two: Element, before: References, after: References) -> None:
        """Headers of one pair; ``before`` and ``after``: what each section would inherit."""
        mine, theirs = _references(one), _references(two)
        for key, reference in theirs.items():
            part = _target(self.new, self.new.main, reference)
            if part is None:
                continue
            if key in mine:
                self._merge(mine[key], part)
            elif key in before:
                _insert_reference(one, before[key])
                self._merge(before[key], part)
            else:
                self._come(one, reference, part)
        for key in [key for key in mine if key not in theirs]:
            shown = _target(self.new, self.new.main, after[key]) if key in after else None
            if shown is not None:
                self._merge(mine[key], shown)
            else:
                self._go(mine[key])

    def _merge(self, reference: Element, theirs: str) -> None:
        part = _target(self.old, self.old.main, reference)
        if part is None or self.merged.get(part) == theirs:
            return
        if part in self.merged:  # one old header, two new ones: this section gets a copy of its own
            part = _own_copy(self.old, reference, part)
        self.merged[part] = theirs
        if Blocks(self.make(part, theirs)).merge(self.old.tree(part), self.new.tree(theirs)):
            self.old.touch(part)

    def _come(self, section: Element, reference: Element, theirs: str) -> None:
        copy = self.main.importer.copy(reference, self.new.main, self.old.main)
        _insert_reference(section, copy)
        self.old.touch(self.old.main)
        part = _target(self.old, self.old.main, copy)
        if part is not None:
            Blocks(self.make(part, theirs)).mark_runs(self.old.tree(part), INS)
            self.old.touch(part)

    def _go(self, reference: Element) -> None:
        part = _target(self.old, self.old.main, reference)
        if part is not None and part not in self.merged:
            Blocks(self.make(part, self.new.main)).mark_runs(self.old.tree(part), DEL)
            self.old.touch(part)


def _references(section: Element) -> References:
    return {
        (kind, element.get(w("type")) or "default"): element
        for kind in _KINDS
        for element in section.iterchildren(w(kind))
    }


def _target(package: Package, part: str, reference: Element) -> str | None:
    rel = package.rels(part).get(reference.get(_R_ID) or "")
    return rel.target if rel is not None and rel.target in package.parts else None


def _insert_reference(section: Element, reference: Element) -> None:
    places = [c for c in section if c.tag in {w(kind) for kind in _KINDS}]
    section.insert(section.index(places[-1]) + 1 if places else 0, reference)


def _own_copy(package: Package, reference: Element, part: str) -> str:
    original = package.parts[part]
    kind = package.content_type(part) or "application/xml"
    fresh = package.add_part(part, original, kind)
    for rel in package.rels(part).values():
        package.relate(fresh, rel.type, rel.target, external=rel.external)
    settle(package.tree(fresh), lambda _: True)  # its bytes still hold the changes accepted at the start
    package.touch(fresh)
    rel_type = package.rels(package.main)[reference.get(_R_ID) or ""].type
    reference.set(_R_ID, package.relate(package.main, rel_type, fresh))
    package.touch(package.main)
    return fresh
