"""Contract text as HTML: pieces with marks of both sides, highlights of findings, tables out of blocks.

Pure functions; `parley.py` makes template tags of them. A *piece* here is anything with `text` and `state`
(such as `redline.Piece`) or a tuple `(operation, text)` as `redline.word_diff` gives, optionally followed by
the author.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

_DIFF_STATES = {"same": "same", "equal": "same", "insert": "inserted", "delete": "deleted"}
_GONE = frozenset({"deleted", "moved_from", "silent_deleted"})
_ELEMENTS = {
    "inserted": ("ins", "", _("Inserted by %(author)s"), _("Inserted")),
    "deleted": ("del", "", _("Deleted by %(author)s"), _("Deleted")),
    "moved_to": ("ins", "moved", _("Moved to here by %(author)s"), _("Moved to here")),
    "moved_from": ("del", "moved", _("Moved away by %(author)s"), _("Moved away")),
    "silent_inserted": (
        "ins",
        "silent",
        _("Inserted without a mark by %(author)s"),
        _("Inserted without a mark"),
    ),
    "silent_deleted": (
        "del",
        "silent",
        _("Deleted without a mark by %(author)s"),
        _("Deleted without a mark"),
    ),
}


@dataclass(frozen=True)
class Run:
    """One stretch of text with one state, one author and one look."""

    text: str
    state: str
    author: str = ""
    date: str = ""
    change: str = ""
    side: str = "ours"
    looks: tuple[str, ...] = ()
    finding: str = ""
    severity: str = ""

    @property
    def is_change(self) -> bool:
        return self.state in _ELEMENTS


@dataclass(frozen=True)
class Highlight:
    """Words a finding speaks about: code points `start` to `end` of the block's accepted text."""

    start: int
    end: int
    finding: str
    severity: str = ""


@dataclass(frozen=True)
class Group:
    """What the paper shows as one thing: a paragraph-like block, or a table as rows of cells of blocks."""

    block: Any = None
    rows: tuple[tuple[tuple[Any, ...], ...], ...] = ()


def render(
    pieces: Iterable[Any],
    *,
    sides: Mapping[str, str] | None = None,
    side: str = "ours",
    highlights: Iterable[Any] = (),
) -> SafeString:
    """Pieces as `<ins>`, `<del>` and text.

    `sides` gives each author's side ("ours" or "theirs"); `side` is the default.
    """
    runs = [_run(piece, sides or {}, side) for piece in pieces]
    runs = list(_split(runs, [_highlight(item) for item in highlights]))
    shown: list[tuple[Run, SafeString]] = []
    for position, run in enumerate(runs):
        before = runs[position - 1] if position else None
        after = runs[position + 1] if position + 1 < len(runs) else None
        span = _span(
            run,
            follows=before is not None and before.is_change and before.finding == run.finding,
            shows_letter=after is None or not after.is_change or after.author != run.author,
        )
        shown.append((run, span))
    stretches = groupby(shown, key=lambda pair: (pair[0].finding, pair[0].severity))
    return format_html_join(
        "", "{}", ((_found(finding, severity, spans),) for (finding, severity), spans in stretches)
    )


def _found(finding: str, severity: str, spans: Iterable[tuple[Run, SafeString]]) -> SafeString:
    html = format_html_join("", "{}", ((span,) for _run, span in spans))
    if not finding:
        return html
    return format_html('<span class="found {}" data-mark="{}">{}</span>', severity or "medium", finding, html)


def attribute(thing: Any, name: str, default: Any = None) -> Any:
    """`thing.name` or `thing["name"]`: views hand over rows, values or plain dictionaries."""
    return thing.get(name, default) if isinstance(thing, Mapping) else getattr(thing, name, default)


def grouped(blocks: Iterable[Any]) -> list[Group]:
    """Blocks in reading order, the cells of one table gathered into one group."""
    groups: list[Group] = []
    table: dict[int, dict[int, list[Any]]] = {}
    number: int | None = None
    for block in blocks:
        place = attribute(block, "table")
        if number is not None and (place is None or place[0] != number):
            groups.append(_table(table))
            table, number = {}, None
        if place is None:
            groups.append(Group(block=block))
        else:
            number = place[0]
            table.setdefault(place[1], {}).setdefault(place[2], []).append(block)
    if number is not None:
        groups.append(_table(table))
    return groups


def _table(cells: Mapping[int, Mapping[int, Sequence[Any]]]) -> Group:
    return Group(
        rows=tuple(tuple(tuple(row[at]) for at in sorted(row)) for _row, row in sorted(cells.items()))
    )


def _run(piece: Any, sides: Mapping[str, str], side: str) -> Run:
    if isinstance(piece, tuple | list):
        author = str(piece[2]) if len(piece) > 2 else ""
        state = _DIFF_STATES.get(str(piece[0]), str(piece[0]))
        return Run(str(piece[1]), state, author=author, side=sides.get(author, side))
    author = str(attribute(piece, "author") or "")
    given = attribute(piece, "side") or sides.get(author, side)
    looks = tuple(
        look for look in ("bold", "italic", "underline", "strike", "hidden") if attribute(piece, look)
    )
    state = attribute(piece, "state", "same")
    return Run(
        text=attribute(piece, "text"),
        state=f"silent_{state}" if attribute(piece, "silent") else state,
        author=author,
        date=str(attribute(piece, "date") or ""),
        change=str(attribute(piece, "change_id") or ""),
        side=given,
        looks=looks,
    )


def _highlight(item: Any) -> Highlight:
    if isinstance(item, tuple | list):
        return Highlight(*item)
    return Highlight(
        attribute(item, "start"),
        attribute(item, "end"),
        str(attribute(item, "finding")),
        attribute(item, "severity", ""),
    )


def _split(runs: Iterable[Run], highlights: Sequence[Highlight]) -> Iterator[Run]:
    """Cut runs at the edges of highlights.

    Deleted text has no place of its own in the accepted view: it takes that of the next kept word.
    """
    at = 0
    for run in runs:
        if run.state in _GONE:
            inside = next((mark for mark in highlights if mark.start <= at < mark.end), None)
            yield _marked(run, inside)
            continue
        edges = {0, len(run.text)}
        for mark in highlights:
            edges |= {edge - at for edge in (mark.start, mark.end) if at < edge < at + len(run.text)}
        cuts = sorted(edges)
        for start, end in pairwise(cuts):
            inside = next((mark for mark in highlights if mark.start <= at + start < mark.end), None)
            yield _marked(replace(run, text=run.text[start:end]), inside)
        at += len(run.text)


def _marked(run: Run, mark: Highlight | None) -> Run:
    return run if mark is None else replace(run, finding=mark.finding, severity=mark.severity)


def _span(run: Run, *, follows: bool, shows_letter: bool) -> SafeString:
    letter = letters(run.author) if run.is_change and shows_letter else ""
    # The letter stands at the last word, not after the space behind it, where it would start a line alone.
    tail = run.text[len(run.text.rstrip(" ")) :] if letter else ""
    html = _lines(run.text[: len(run.text) - len(tail)])
    if tail:
        html, letter = format_html('<span data-letter="{}">{}</span>{}', letter, html, tail), ""
    if run.looks:
        html = format_html('<span class="{}">{}</span>', " ".join(f"t-{look}" for look in run.looks), html)
    if not run.is_change:
        return html
    element, kind, by_someone, by_nobody = _ELEMENTS[run.state]
    return format_html(
        '<{} class="{}" data-letter="{}" data-change="{}" data-author="{}" title="{}"{}>{}</{}>',
        mark_safe(element),  # noqa: S308 - from the table above
        " ".join(word for word in (run.side, kind, "follows" if follows else "") if word),
        letter,
        run.change,
        run.author,
        _title(run, by_someone, by_nobody),
        format_html(' datetime="{}"', run.date) if run.date else "",
        html,
        mark_safe(element),  # noqa: S308 - from the table above
    )


def _title(run: Run, by_someone: str | Promise, by_nobody: str | Promise) -> str:
    said = str(by_someone) % {"author": run.author} if run.author else str(by_nobody)
    return gettext("%(what)s on %(date)s") % {"what": said, "date": run.date[:10]} if run.date else said


def _lines(text: str) -> SafeString:
    """Line breaks (`\\v` in the engine's text) as `<br>`, tabs as a span the style sheet widens. A page break
    (`\\f`) has no place on a page without end; what stands for it takes no room and keeps offsets."""
    lines = text.replace("\n", "\v").replace("\f", "\u200b").split("\v")
    tab = mark_safe('<span class="tab">\t</span>')
    return format_html_join(
        mark_safe("<br>"),
        "{}",
        ((format_html_join(tab, "{}", ((part,) for part in line.split("\t"))),) for line in lines),
    )


def letters(name: str) -> str:
    """Initials for a small badge: first and last word, at most two letters; "Alice Lindqvist" → "AL"."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    if not words:
        return ""
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
