"""Comparing two documents: the old one with native tracked changes that lead to the new one.

1. tracked changes the inputs already carry are accepted first (as Word's own Compare does), or those of the
   old document are kept where they can be (pending.py); the report says what was done;
2. styles and lists of the new version get the old one's names (importer.py);
3. body, then the notes and the headers that correspond, are merged block by block (compare_blocks.py);
4. the result is settled both ways and compared with both inputs; where it is wrong, changed paragraphs are
   replaced whole, and the report says so.
"""

from dataclasses import asdict, dataclass
from typing import Any

from redline.compare_blocks import Blocks
from redline.compare_stories import inherited, merge_headers, merge_notes
from redline.deciding import settle_package
from redline.errors import Refused
from redline.flat import Interner
from redline.importer import Importer
from redline.names import BODY, ID, SECTPR, WRAPPERS, Element
from redline.package import Package
from redline.pending import accept_what_cannot_stay
from redline.pending import pending as pending_changes
from redline.properties import merge_section
from redline.revisions import revisions
from redline.selfcheck import story_texts
from redline.signature import targets
from redline.story import Story, bookmarks
from redline.writer import Writer

GRANULARITIES = ("word", "character")
PENDING = ("accept", "keep")


@dataclass(frozen=True)
class Comparison:
    """The redline and what is to be said about it.

    ``report``: settings (author, date, granularity, pending: what the comparison was asked for),
    accepted_before ({"old": n, "new": n} tracked changes accepted in the inputs), kept (tracked changes of
    the old document that stayed), inserted, deleted, moved (revision counts, ours alone), formatted, fallback
    (True when whole paragraphs had to be replaced), problems (sentences, none when both texts are confirmed).
    """

    docx: bytes
    report: dict[str, Any]


def compare(
    old: bytes,
    new: bytes,
    *,
    author: str = "Parley",
    date: str | None = None,
    granularity: str = "word",
    pending: str = "accept",
) -> Comparison:
    """The tracked changes that lead from ``old`` to ``new``; ``date`` ISO 8601, left out when None.

    ``granularity``: "word" or "character". ``pending``: what becomes of tracked changes ``old`` already
    carries: "accept" them first, or "keep" them as theirs; those of ``new`` are always accepted.
    Raises Refused when an input cannot be read, and Refused("bad-setting").
    """
    if granularity not in GRANULARITIES or pending not in PENDING:
        raise Refused(
            "bad-setting", "A comparison marks words or characters, and accepts or keeps what is pending."
        )
    settings = Settings(author, date, granularity, pending)
    for whole in (False, True):
        docx, wanted, counts = _attempt(old, new, settings, whole=whole)
        problems = _problems(docx, wanted)
        if all(story == "headers" for story, _ in problems):  # replacing paragraphs mends no reference
            break
    report = {
        "settings": asdict(settings),
        "granularity": granularity,
        "accepted_before": wanted.accepted,
        "kept": wanted.kept,
        "fallback": whole,
        "problems": [sentence for _, sentence in problems],
        **counts,
    }
    return Comparison(docx, report)


@dataclass(frozen=True)
class Settings:
    """What a comparison was asked for; recorded with its result."""

    author: str
    date: str | None
    granularity: str
    pending: str


@dataclass(frozen=True)
class _Wanted:
    old: dict[str, list[str]]
    new: dict[str, list[str]]
    accepted: dict[str, int]
    kept: int


def _attempt(
    old: bytes, new: bytes, settings: Settings, *, whole: bool
) -> tuple[bytes, _Wanted, dict[str, int]]:
    """One redline, the texts it must settle to, and what it holds; the trees are let go on return."""
    mine, theirs = Package(old), Package(new)
    wanted = _prepare(mine, theirs, old, keep=settings.pending == "keep")
    writer = Writer.for_package(mine, settings.author, settings.date)
    first = writer.next_id
    _merge(mine, theirs, writer, settings.granularity, whole)
    ours = {str(number) for number in range(first, writer.next_id)} - writer.theirs
    return mine.save(), wanted, _counts(mine, ours)


def _prepare(mine: Package, theirs: Package, old: bytes, *, keep: bool) -> _Wanted:
    """Accept what the inputs carry, or what of it cannot stay; note the texts the redline must settle to."""
    first = accept_what_cannot_stay(mine) if keep else settle_package(mine, everything=True)
    accepted = {"old": first, "new": settle_package(theirs, everything=True)}
    kept = pending_changes(mine) if keep else 0
    return _Wanted(_rejected(old) if kept else story_texts(mine), story_texts(theirs), accepted, kept)


def _rejected(old: bytes) -> dict[str, list[str]]:
    """What the old document reads like once everything that stays pending in it is rejected."""
    package = Package(old)
    accept_what_cannot_stay(package)
    settle_package(package, everything=False)
    return story_texts(package)


def _merge(mine: Package, theirs: Package, writer: Writer, granularity: str, whole: bool) -> None:
    importer = Importer(mine, theirs, writer)
    importer.normalise()
    interner = Interner()

    def story(old_part: str, new_part: str) -> Story:
        one, two = bookmarks(mine.tree(old_part)), bookmarks(theirs.tree(new_part))
        return Story(
            importer=importer,
            writer=writer,
            interner=interner,
            old_part=old_part,
            new_part=new_part,
            old_target=targets(mine, old_part),
            new_target=targets(theirs, new_part),
            granularity=granularity,
            whole=whole,
            old_names=set(one.values()),
            new_names=set(two.values()),
            old_bookmarks=one,
            new_bookmarks=two,
        )

    main = story(mine.main, theirs.main)
    old_inherited = inherited(mine)
    body, other = mine.tree(mine.main).find(BODY), theirs.tree(theirs.main).find(BODY)
    if body is not None and other is not None and Blocks(main).merge(body, other):
        mine.touch(mine.main)
    _final_section(main, body, other, mine)
    merge_notes(main, story)
    merge_headers(main, story, old_inherited)


def _final_section(main: Story, body: Element | None, other: Element | None, mine: Package) -> None:
    one = body.find(SECTPR) if body is not None else None
    two = other.find(SECTPR) if other is not None else None
    if one is None or two is None:
        return
    main.section_pairs.append((one, two))
    if merge_section(one, two, main.writer):
        mine.touch(mine.main)


def _counts(package: Package, ours: set[str]) -> dict[str, int]:
    """How many revisions of each kind the comparison itself wrote."""
    counts = {"inserted": 0, "deleted": 0, "moved": 0, "formatted": 0}
    names = {"ins": "inserted", "del": "deleted", "moveFrom": "moved"}
    for part in package.story_parts():
        for revision in revisions(package.tree(part)):
            name = str(revision.tag).rsplit("}", 1)[-1]
            if revision.get(ID) not in ours:
                continue
            if revision.tag in WRAPPERS:
                if name in names:
                    counts[names[name]] += 1
            elif name.endswith("Change"):
                counts["formatted"] += 1
    return counts


def _problems(docx: bytes, wanted: _Wanted) -> list[tuple[str, str]]:
    out = []
    for accept, texts, name in ((True, wanted.new, "accepting"), (False, wanted.old, "rejecting")):
        package = Package(docx)
        settle_package(package, everything=accept)
        got = story_texts(package)
        for story in sorted({*got, *texts}):
            if _lines(got, story) != _lines(texts, story):
                whole = "the new" if accept else "the old"
                out.append((story, f"After {name} all changes the {story} do not read as {whole} text."))
    return out


def _lines(texts: dict[str, list[str]], story: str) -> list[str]:
    """What to compare; of headers only the words, since their references cannot be tracked."""
    lines = texts.get(story, [])
    return [line for line in lines if line.strip()] if story == "headers" else lines
