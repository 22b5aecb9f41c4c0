"""Comparing what hangs on the body: notes by their references, headers and footers by section."""

from collections.abc import Callable

from redline.compare_blocks import Blocks
from redline.names import DEL, ID, INS, Element, R, w
from redline.package import Package
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


def merge_headers(main: Story, make: MakeStory) -> None:
    """Merge headers and footers of the sections that were paired.

    A reference cannot be tracked: a header only one side has is kept or brought in with all its text
    marked deleted or inserted.
    """
    old, new = main.importer.old, main.importer.new
    merged: dict[str, str] = {}
    for one, two in main.section_pairs:
        mine, theirs = _references(one), _references(two)
        for key, reference in theirs.items():
            their_part = _target(new, new.main, reference)
            if their_part is None:
                continue
            if key not in mine:
                copy = main.importer.copy(reference, new.main, old.main)
                _insert_reference(one, copy)
                part = _target(old, old.main, copy)
                old.touch(old.main)
                if part is not None:
                    Blocks(make(part, their_part)).mark_runs(old.tree(part), INS)
                    old.touch(part)
                continue
            part = _target(old, old.main, mine[key])
            if part is None or merged.get(part) == their_part:
                continue
            if part in merged:  # one old header, two new ones: this section gets a copy of its own
                part = _own_copy(old, mine[key], part)
            merged[part] = their_part
            if Blocks(make(part, their_part)).merge(old.tree(part), new.tree(their_part)):
                old.touch(part)
        for key in [key for key in mine if key not in theirs]:
            part = _target(old, old.main, mine[key])
            if part is not None and part not in merged:
                Blocks(make(part, new.main)).mark_runs(old.tree(part), DEL)
                old.touch(part)


def _references(section: Element) -> dict[tuple[str, str], Element]:
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
    rel_type = package.rels(package.main)[reference.get(_R_ID) or ""].type
    reference.set(_R_ID, package.relate(package.main, rel_type, fresh))
    package.touch(package.main)
    return fresh
