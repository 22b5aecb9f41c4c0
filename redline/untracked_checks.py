"""The checks behind ``untracked``, each a generator of differences; they run in this order and know nothing
of each other beyond the pairing of paragraphs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from redline import gate, names
from redline.difference import Difference
from redline.document import Document
from redline.names import Element, is_on, w
from redline.notices import KINDS
from redline.package import Package
from redline.untracked_looks import Paper, line_differences
from redline.untracked_marks import mark_differences
from redline.untracked_text import Match, around, pair, plain
from redline.untracked_views import STORIES, Group, Line, Settled, Story, groups

_LOUD = ("deceit", "moving", "outside", "active")
_WHERE = {
    "body": "the text",
    "footnotes": "a footnote",
    "endnotes": "an endnote",
    "header": "a header",
    "footer": "a footer",
}
_APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Application"


@dataclass
class Sides:
    """Both documents in every reading the checks need."""

    ours: Document
    theirs: Document
    rejected: Settled  # what we sent, our pending changes rejected
    accepted: Settled  # what we sent, our pending changes accepted
    returned: Settled  # what came back, every change rejected
    matches: dict[Story, list[Match]] = field(default_factory=dict)


def all_differences(sides: Sides) -> Iterator[Difference]:
    ours = groups(sides.ours)
    for story in STORIES:
        if story in ("header", "footer"):
            sides.matches[story] = _pair_margins(ours[story], sides.returned.lines[story])
        else:
            sides.matches[story] = pair(ours[story], sides.returned.lines[story])
        yield from _texts(story, sides.matches[story], sides.theirs)
    everything = [match for story in STORIES for match in sides.matches[story]]
    yield from mark_differences(everything, sides.ours, sides.theirs)
    yield from _looks(sides, everything)
    yield from _scans(sides)
    yield from _tables(sides)
    yield from _comments(sides)
    yield from _settings(sides)


def _pair_margins(ours: list[Group], lines: list[Line]) -> list[Match]:
    """Headers and footers without blank lines and repeats: programs copy them from section to section on
    saving.
    """
    seen: set[str] = set()
    mine = [g for g in ours if g.segments and not (g.original in seen or seen.add(g.original))]  # type: ignore[func-returns-value]
    seen = set()
    theirs = [x for x in lines if x.text.strip() and not (x.text in seen or seen.add(x.text))]  # type: ignore[func-returns-value]
    found = pair([g for g in mine if g.original.strip() or g.has_choice], theirs)
    missing = [
        match for match in found if match.group is not None and not match.lines and match.taken is None
    ]
    texts = Counter(line.text for line in theirs)
    return [match for match in found if match not in missing or texts[match.group.original] == 0]  # type: ignore[union-attr]


def _texts(story: Story, matches: list[Match], theirs: Document) -> Iterator[Difference]:
    last = ""
    for match in matches:
        if match.lines:
            last = match.lines[-1].address
        if match.taken is None:
            yield from _unexplained(story, match, last)
        elif match.group is not None and match.group.has_choice:
            yield from _decided(match, last)


def _unexplained(story: Story, match: Match, last: str) -> Iterator[Difference]:
    place = _WHERE[story]
    if match.group is None:
        line = match.lines[0]
        if not line.text.strip():
            yield Difference(
                "blank_paragraph", line.address, "", line.text, "noise", "An empty paragraph was added."
            )
        else:
            why = f"A paragraph was added to {place} without tracking it."
            yield Difference("text_added", line.address, "", line.text, "substantive", why)
        return
    before = _nearest_reading(match.group, match.text)
    if not match.lines:
        if not before.strip():
            yield Difference("blank_paragraph", last, before, "", "noise", "An empty paragraph was removed.")
        else:
            why = f"A paragraph of {place} was removed without tracking it."
            yield Difference("text_removed", last, before, "", "substantive", why)
        return
    yield from _changed(match, before, place)


def _changed(match: Match, before: str, place: str) -> Iterator[Difference]:
    after, address = match.text, match.lines[0].address
    short_before, short_after = around(before, after)
    if plain(before) == plain(after):
        why = "Only spaces, quotation marks or dashes differ."
        yield Difference("typography", address, short_before, short_after, "noise", why)
        return
    why = f"Words in {place} were changed without tracking it."
    if any(c.isdigit() for c in short_before + short_after) and _figures(before) != _figures(after):
        why = f"A number in {place} was changed without tracking it."
    yield Difference("text", address, short_before, short_after, "substantive", why)


def _figures(text: str) -> list[str]:
    return [
        "".join(c for c in word if c.isdigit()) for word in text.split() if any(c.isdigit() for c in word)
    ]


def _nearest_reading(group: Group, text: str) -> str:
    shared = [len(around(reading, text)[0]) for reading in (group.original, group.accepted)]
    return group.original if shared[0] <= shared[1] else group.accepted


def _decided(match: Match, last: str) -> Iterator[Difference]:
    """Our changes that came back as plain text, or as nothing, instead of as changes."""
    if match.group is None or match.taken is None:
        return
    address = match.lines[-1].address if match.lines else last
    for segment, taken in zip(match.group.segments, match.taken, strict=True):
        if segment.state == "inserted" and taken and segment.text.strip():
            why = "Our tracked insertion was accepted without saying."
            yield Difference("our_change_accepted", address, "", segment.text, "noise", why)
        elif segment.state == "deleted" and not taken and segment.text.strip():
            why = "Our tracked deletion was accepted without saying."
            yield Difference("our_change_accepted", address, segment.text, "", "noise", why)


def _looks(sides: Sides, matches: list[Match]) -> Iterator[Difference]:
    old, new = Paper(sides.rejected.package), Paper(sides.returned.package)
    other = Paper(sides.accepted.package)
    for match in matches:
        if match.group is None or len(match.lines) != 1:
            continue
        line = match.lines[0]
        address = match.group.blocks[-1].id
        for settled, paper in ((sides.rejected, old), (sides.accepted, other)):
            mine = settled.by_address.get(address)
            if mine is not None and mine.text == line.text:
                yield from line_differences(mine, line, paper, new)
                break


def _scans(sides: Sides) -> Iterator[Difference]:
    """What the gate newly says about the returned text with its tracked changes rejected."""
    known: set[tuple[str, str]] = set()
    for settled in (sides.rejected, sides.accepted):
        known |= {(item.code, item.quote) for item in gate.check(settled.package.save()).warnings}
    for item in gate.check(sides.returned.package.save()).warnings:
        if KINDS[item.code][0] in _LOUD and (item.code, item.quote) not in known:
            address = sides.returned.was.get(item.block, "")
            yield Difference(
                item.code, address, "", item.quote, "substantive", item.message + " It was not so before."
            )


def _tables(sides: Sides) -> Iterator[Difference]:
    before, after = (_shapes(settled) for settled in (sides.rejected, sides.returned))
    others = _shapes(sides.accepted)
    if len(before) != len(after):
        return  # the paragraphs inside were reported already
    for mine, other, theirs in zip(
        before, others if len(others) == len(before) else before, after, strict=True
    ):
        if theirs not in (mine, other):
            why = "A table has another number of rows than we sent."
            yield Difference("table", "", f"{mine} rows", f"{theirs} rows", "substantive", why)


def _shapes(settled: Settled) -> list[int]:
    root = settled.package.tree(settled.package.main)
    return [sum(1 for _ in table.iterchildren(names.TR)) for table in root.iter(names.TBL)]


def _comments(sides: Sides) -> Iterator[Difference]:
    theirs = Counter((comment.author, comment.text) for comment in sides.theirs.comments)
    words = {comment.id: comment for comment in sides.theirs.comments}
    for comment in sides.ours.comments:
        if theirs[(comment.author, comment.text)] > 0:
            theirs[(comment.author, comment.text)] -= 1
            continue
        same = words.get(comment.id)
        if same is not None and same.author == comment.author and same.date == comment.date and same.text:
            why = f"The comment by {comment.author} was reworded under that name."
            yield Difference("comment_changed", same.block or "", comment.text, same.text, "substantive", why)
        else:
            why = f"A comment by {comment.author} was removed."
            yield Difference("comment_removed", "", comment.text, "", "noise", why)


def _settings(sides: Sides) -> Iterator[Difference]:
    before, after = _switches(sides.rejected.package), _switches(sides.returned.package)
    for name, why in (
        ("trackRevisions", "Tracking of changes was switched off in the document."),
        ("documentProtection", "The protection of the document was taken off."),
    ):
        if name in before and name not in after:
            yield Difference("settings", "", name, "", "noise", why)


def _switches(package: Package) -> set[str]:
    part = package.related("settings")
    root: Element | None = package.tree(part) if part else None
    found = set()
    for name in ("trackRevisions", "documentProtection"):
        element = root.find(w(name)) if root is not None else None
        on = is_on(element) and (
            element is None or element.get(w("enforcement"), "1") not in ("0", "false", "off")
        )
        if on:
            found.add(name)
    return found
