"""The checks behind ``untracked``, each a generator of differences; they run in this order and know nothing
of each other beyond the pairing of paragraphs."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from redline import gate, names
from redline.difference import Difference
from redline.document import Document
from redline.names import Element, is_on, w
from redline.notices import KINDS, Notice
from redline.package import Package
from redline.reader import Reading
from redline.untracked_comments import comment_differences
from redline.untracked_formats import accepted_changes, format_differences
from redline.untracked_looks import Paper, line_differences
from redline.untracked_marks import mark_differences
from redline.untracked_text import Match, around, explain, explain_loosely, figures, pair
from redline.untracked_views import STORIES, Group, Line, Settled, Story, groups, settled_as

_LOUD = ("deceit", "moving", "outside", "active")
_MARGINS: tuple[Story, Story] = ("header", "footer")
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

    sent_bytes: bytes
    sent: Reading  # undecided, as are the documents
    back: Reading
    unseen: set[str]  # header and footer parts of ours that no page shows
    rejected: Settled  # what we sent, our pending changes rejected
    accepted: Settled  # what we sent, our pending changes accepted
    returned: Settled  # what came back, every change rejected
    matches: dict[Story, list[Match]] = field(default_factory=dict)
    mixed: Settled | None = None  # what we sent, our changes decided as the returned text shows

    @property
    def ours(self) -> Document:
        """What we sent."""
        return self.sent.document

    @property
    def theirs(self) -> Document:
        """What came back."""
        return self.back.document

    @property
    def readings(self) -> list[Settled]:
        """What we sent, in each way it may have been settled."""
        return [self.rejected, self.accepted, *([self.mixed] if self.mixed else [])]


def all_differences(sides: Sides) -> Iterator[Difference]:
    ours = groups(sides.ours, sides.unseen)
    for story in STORIES:
        if story in ("header", "footer"):
            sides.matches[story] = _pair_margins(ours[story], sides.returned.lines[story], sides)
        else:
            sides.matches[story] = pair(ours[story], sides.returned.lines[story])
        yield from _texts(story, sides.matches[story], sides)
    everything = [match for story in STORIES for match in sides.matches[story]]
    yield from mark_differences(everything, sides.ours, sides.theirs)
    yield from format_differences(everything, sides.sent, sides.back)
    yes = accepted_changes(everything, sides.sent)
    if yes:  # list numbers depend on every paragraph that came or went before them
        sides.mixed = settled_as(sides.sent_bytes, yes)
    resaved = _program(sides.returned.package) != _program(
        sides.rejected.package
    ) and "LibreOffice" in _program(sides.returned.package)
    yield from (_softened(item) if resaved else item for item in _looks(sides, everything))
    yield from _scans(sides)
    yield from _tables(sides)
    yield from comment_differences(sides.ours, sides.theirs)
    yield from _settings(sides)


def _pair_margins(ours: list[Group], lines: list[Line], sides: Sides) -> list[Match]:
    """Headers and footers as sets of lines, blank ones left out: programs copy them from section to section
    on saving, and page numbers in them are computed."""
    sent = [settled.lines[story] for settled in (sides.rejected, sides.accepted) for story in _MARGINS]
    known = {line.masked.strip() for found in sent for line in found}
    back = {line.masked.strip() for line in lines}
    out: list[Match] = []
    new: dict[str, Line] = {}
    for line in lines:
        explained = next((g for g in ours if explain(g.segments, line.text) is not None), None)
        if explained is not None:
            out.append(Match(explained, (line,), explain(explained.segments, line.text)))
        elif line.masked.strip() and line.masked.strip() not in known:
            new.setdefault(line.masked, line)
    lost: dict[str, Group] = {}
    for group in ours:
        readings = [
            settled.by_address.get(group.blocks[-1].id) for settled in (sides.rejected, sides.accepted)
        ]
        texts = {line.masked.strip() for line in readings if line is not None}
        if group.original.strip() and not texts & back and all(match.group is not group for match in out):
            lost.setdefault(group.original, group)
    return out + pair(list(lost.values()), list(new.values()))


def _texts(story: Story, matches: list[Match], sides: Sides) -> Iterator[Difference]:
    last = ""
    for match in matches:
        if match.lines:
            last = match.lines[-1].address
        if match.taken is None:
            yield from _unexplained(story, match, last, sides)
        elif match.group is not None and match.group.has_choice:
            yield from _decided(match, last)


def _unexplained(story: Story, match: Match, last: str, sides: Sides) -> Iterator[Difference]:
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
    masked = "\n".join(line.masked for line in match.lines)
    if masked in _masked_readings(match.group, sides):
        why = "A page number, reference or date was computed anew."
        yield Difference("field_result", match.lines[0].address, before, match.text, "noise", why)
        return
    yield from _changed(match, before, place)


def _masked_readings(group: Group, sides: Sides) -> set[str]:
    out = set()
    for settled in (sides.rejected, sides.accepted):
        lines = [settled.by_address[block.id] for block in group.blocks if block.id in settled.by_address]
        out.add("\n".join(line.masked for line in lines))
    return out


def _changed(match: Match, before: str, place: str) -> Iterator[Difference]:
    after, address = match.text, match.lines[0].address
    short_before, short_after = around(before, after)
    if match.group is not None and explain_loosely(match.group.segments, after) is not None:
        why = "Only spaces, quotation marks or dashes differ."
        yield Difference("typography", address, short_before, short_after, "noise", why)
        return
    why = f"Words in {place} were changed without tracking it."
    if figures(before) != figures(after):
        why = f"A number in {place} was changed without tracking it."
    yield Difference("text", address, short_before, short_after, "substantive", why)


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
    new = Paper(sides.returned.package)
    papers = [(settled, Paper(settled.package)) for settled in sides.readings]
    for match in matches:
        for line in match.lines if match.group is not None else ():
            readings = []
            for settled, paper in papers:
                mine = _same_words(match.group, line, settled)
                if mine is not None:
                    readings.append(list(line_differences(mine, line, paper, new)))
            if readings:  # our pending change of looks may have been accepted: the kindest reading counts
                yield from min(readings, key=_weight)


def _same_words(group: Group | None, line: Line, settled: Settled) -> Line | None:
    """The paragraph of the group that says in one reading what the returned line says."""
    for block in reversed(group.blocks) if group is not None else ():
        mine = settled.by_address.get(block.id)
        if mine is not None and mine.text == line.text:
            return mine
    return None


def _weight(found: list[Difference]) -> tuple[int, int]:
    return sum(item.severity == "substantive" for item in found), len(found)


def _scans(sides: Sides) -> Iterator[Difference]:
    """What the gate newly says about the returned text with its tracked changes rejected."""
    known: set[tuple[str, str]] = set()
    for settled in (sides.rejected, sides.accepted):
        known |= {_what(item) for item in gate.check(settled.package.save()).warnings}
    for item in gate.check(sides.returned.package.save()).warnings:
        if KINDS[item.code][0] in _LOUD and _what(item) not in known:
            address = sides.returned.was.get(item.block, "")
            yield Difference(
                item.code, address, "", item.quote, "substantive", item.message + " It was not so before."
            )


def _program(package: Package) -> str:
    part = next((rel.target for rel in package.rels("").values() if rel.kind == "extended-properties"), "")
    return (package.tree(part).findtext(_APP) or "") if package.parts.get(part) else ""


def _softened(item: Difference) -> Difference:
    """LibreOffice rewrites lists and pictures when it saves a Word file: what it may have done is no
    accusation.
    """
    if item.kind not in ("numbering", "picture"):
        return item
    return replace(item, severity="noise", why="After saving in LibreOffice: " + item.why)


def _what(item: Notice) -> tuple[str, str]:
    """A notice without what programs rewrite on saving: spacing, and the switches of a field."""
    words = item.quote.split()
    return item.code, words[0].upper() if item.code.startswith("field_") and words else "".join(words)


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
