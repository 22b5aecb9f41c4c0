"""What can differ between two paragraphs of the same words: looks, number, style, links, pictures, fields."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields

from redline import names as n
from redline.difference import Difference, Severity
from redline.inline import leaves
from redline.looks import Look, Looks
from redline.names import Element, w
from redline.package import Package
from redline.scan_fields import CODE_OF
from redline.scan_fields import fields as fields_of
from redline.untracked_views import Line

# what of a look changes the meaning or hides it; the rest is typesetting
_MEANING = {
    "strike": "is struck out",
    "hidden": "is hidden",
    "see_through": "is invisible",
    "align": "is raised or lowered",
    "caps": "is in capitals",
}
_STYLING = {
    "bold": "Bold type differs.",
    "italic": "Italic type differs.",
    "underline": "Underlining differs.",
    "colour": "The colour of text differs.",
    "fill": "Highlighting or shading differs.",
    "size": "The size of type differs.",
    "scale": "The width of type differs.",
    "squeeze": "Letter spacing differs.",
}
_R = f"{{{n.R}}}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"


@dataclass(frozen=True, slots=True)
class Features:
    links: tuple[tuple[str, str], ...]
    pictures: tuple[str, ...]
    fields: tuple[str, ...]


class Paper:
    """One settled document and how its text looks."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.looks = Looks(package)
        self._targets: set[str] = set()
        self._parts = {package.tree(name): name for name in package.story_parts()}

    def targets(self) -> set[str]:
        """Every address a link of the document leads to."""
        if not self._targets:
            for root, part in self._parts.items():
                self._targets.update(
                    _target(rel.target) for rel in self.package.rels(part).values() if rel.external
                )
                for _, instruction in fields_of(root):
                    self._targets.add(_target(instruction.strip().partition(" ")[2].strip('" ')))
        return self._targets

    def runs(self, element: Element) -> list[tuple[str, Look]]:
        ppr = element.find(n.PPR)
        return [
            (leaf.text, self.looks.of(ppr, leaf.run.find(n.RPR))) for leaf in leaves(element) if leaf.text
        ]

    def features(self, element: Element) -> Features:
        part = self._parts.get(element.getroottree().getroot(), self.package.main)
        rels = self.package.rels(part)
        links = []
        for link in element.iter(n.HYPERLINK):
            found = rels.get(link.get(n.R_ID) or "")
            words = "".join(t.text or "" for t in link.iter(n.T))
            links.append((words, found.target if found else f"#{link.get(w('anchor')) or ''}"))
        pictures = []
        for blip in element.iter(_BLIP):
            found = rels.get(blip.get(f"{_R}embed") or "")
            content = self.package.parts.get(found.target, b"") if found else b""
            pictures.append(hashlib.sha256(content).hexdigest())
        instructions = []
        for _, instruction in fields_of(element):
            words = " ".join(instruction.split())
            name = words.split(" ")[0].upper()
            if name == "HYPERLINK":
                links.append(("", words.partition(" ")[2].strip('" ')))
            elif name in CODE_OF:
                instructions.append(words)
        return Features(tuple(links), tuple(pictures), tuple(instructions))


def line_differences(mine: Line, theirs: Line, old: Paper, new: Paper) -> Iterator[Difference]:
    address = theirs.address
    yield from _look_differences(old.runs(mine.element), new.runs(theirs.element), address)
    if mine.number != theirs.number:
        why = "The number differs: numbering was restarted, removed or moved to another level."
        severity: Severity = "substantive" if theirs.text.strip() else "noise"
        yield Difference("numbering", address, mine.number, theirs.number, severity, why)
    if mine.style.casefold() != theirs.style.casefold():
        yield Difference(
            "formatting", address, mine.style, theirs.style, "noise", "The paragraph style differs."
        )
    before, after = old.features(mine.element), new.features(theirs.element)
    yield from _link_differences(before, after, old, address)
    if sorted(before.pictures) != sorted(after.pictures):
        why = "A picture was added, removed or exchanged."
        yield Difference(
            "picture", address, str(len(before.pictures)), str(len(after.pictures)), "substantive", why
        )
    if before.fields != after.fields:
        why = "A field that computes or fetches text was added, removed or changed."
        yield Difference(
            "field", address, "; ".join(before.fields), "; ".join(after.fields), "substantive", why
        )


def _link_differences(before: Features, after: Features, old: Paper, address: str) -> Iterator[Difference]:
    was = {_target(to): to for _, to in before.links}
    now = {_target(to): to for _, to in after.links}
    gone = [was[key] for key in sorted(was.keys() - now.keys())]
    come = [now[key] for key in sorted(now.keys() - was.keys())]
    if not gone and not come:
        return
    inside = all(to.startswith("#") for to in gone + come)
    known = not gone and all(
        _target(to) in old.targets() for to in come
    )  # a link only written in another form
    if come and not inside and not known:
        why = "A link leads somewhere else." if gone else "A link was added."
        yield Difference("link", address, ", ".join(gone), ", ".join(come), "substantive", why)
    else:
        yield Difference(
            "link", address, ", ".join(gone), ", ".join(come), "noise", "Links are written differently."
        )


def _target(address: str) -> str:
    return address.strip().rstrip("/").casefold()


def _look_differences(
    before: list[tuple[str, Look]], after: list[tuple[str, Look]], address: str
) -> Iterator[Difference]:
    changed: dict[str, tuple[list[str], Look, Look]] = {}
    for text, old, new in _side_by_side(before, after):
        if old == new or not text.strip():
            continue
        for item in fields(Look):
            if getattr(old, item.name) != getattr(new, item.name):
                changed.setdefault(item.name, ([], old, new))[0].append(text)
    for name, (texts, old, new) in changed.items():
        words = "".join(texts)
        if name in _MEANING:
            on = bool(getattr(new, name)) and getattr(new, name) != "baseline"
            why = (
                f"Text that was not so {_MEANING[name]} now."
                if on
                else f"Text that {_MEANING[name]} in what we sent no longer is."
            )
            yield Difference("formatting", address, words, words, "substantive", why)
        elif name in _STYLING:
            was, now = (f"{words[:80]} ({getattr(side, name)})" for side in (old, new))
            yield Difference("formatting", address, was, now, "noise", _STYLING[name])


def _side_by_side(
    before: list[tuple[str, Look]], after: list[tuple[str, Look]]
) -> Iterator[tuple[str, Look, Look]]:
    """Stretches over which neither side changes its look; both sides hold the same text."""
    left, right = list(before), list(after)
    while left and right:
        (mine, old), (theirs, new) = left[0], right[0]
        size = min(len(mine), len(theirs))
        yield mine[:size], old, new
        left[:1] = [(mine[size:], old)] if len(mine) > size else []
        right[:1] = [(theirs[size:], new)] if len(theirs) > size else []
