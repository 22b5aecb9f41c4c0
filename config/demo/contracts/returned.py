"""The file a counterparty sends back: some edits tracked, some not.

It is written here without Parley's own engine, so that the engine meets marks it did not make itself, as it
does when the other side works in Word.
"""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from config.demo.contracts.builder import fixed_zip

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_REMOVED = (f"{W}del", f"{W}moveFrom")
Element = etree._Element


class NotFound(ValueError):
    """The words to change do not stand exactly once in one paragraph of the document."""


def returned(
    sent: bytes,
    *,
    tracked: Sequence[tuple[str, str]],
    silent: Sequence[tuple[str, str]],
    author: str,
    date: str,
) -> bytes:
    """Edit the body of ``sent`` as (find, replace) pairs; every other part of the file stays as it is.

    ``tracked`` edits become insertions and deletions by ``author`` at ``date`` (ISO 8601, as
    ``2026-11-20T10:00:00Z``), cut down to the words that differ. ``silent`` edits simply replace the words.
    Each ``find`` is looked for in the text as it reads with all changes accepted and must occur once, within
    one paragraph; otherwise ``NotFound`` is raised.
    """

    def change(name: str, content: bytes) -> bytes | None:
        if name != "word/document.xml":
            return content
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        for find, replace in silent:
            _replace_silently(_locate(root, find), replace)
        mark = _Mark(author, date, _next_id(root))
        for find, replace in tracked:
            _replace_tracked(_locate(root, find), find, replace, mark)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return fixed_zip(sent, change)


@dataclass
class _Mark:
    author: str
    date: str
    next_id: int

    def element(self, tag: str) -> Element:
        made = etree.Element(f"{W}{tag}")
        made.set(f"{W}id", str(self.next_id))
        made.set(f"{W}author", self.author)
        made.set(f"{W}date", self.date)
        self.next_id += 1
        return made


@dataclass(frozen=True)
class _Place:
    """Where some words stand: the paragraph's text nodes with their offsets, and the span [start, end)."""

    texts: tuple[tuple[int, Element], ...]
    start: int
    end: int


def _next_id(root: Element) -> int:
    ids = [int(node.get(f"{W}id", "0")) for node in root.iter(f"{W}ins", f"{W}del")]
    return max([900, *ids]) + 1


def _locate(root: Element, find: str) -> _Place:
    places = []
    for paragraph in root.iter(f"{W}p"):
        texts, length = [], 0
        for node in _live_texts(paragraph):
            texts.append((length, node))
            length += len(node.text or "")
        whole = "".join(node.text or "" for _, node in texts)
        start = whole.find(find)
        while find and start >= 0:
            places.append(_Place(tuple(texts), start, start + len(find)))
            start = whole.find(find, start + 1)
    if len(places) != 1:
        raise NotFound(f"“{find}” stands {len(places)} times in the document; it must stand once.")
    return places[0]


def _live_texts(paragraph: Element) -> Iterator[Element]:
    for node in paragraph.iter(f"{W}t"):
        if not any(above.tag in _REMOVED for above in node.iterancestors()):
            yield node


def _set(node: Element, text: str) -> None:
    node.text = text
    node.set(_SPACE, "preserve")


def _replace_silently(place: _Place, replacement: str) -> None:
    for offset, node in place.texts:
        text = node.text or ""
        first, last = max(place.start - offset, 0), min(place.end - offset, len(text))
        if first < last:
            _set(node, text[:first] + replacement + text[last:])
            replacement = ""


def _replace_tracked(place: _Place, find: str, replacement: str, mark: _Mark) -> None:
    """Mark the smallest run of differing words.

    1. Drop the words that both texts share at either end.
    2. Split runs so that the words to go fill whole runs, and wrap each in a deletion.
    3. Put the new words in an insertion behind them, in the look of the first run touched.
    """
    head, tail = _shared_ends(find, replacement)
    start, end = place.start + head, place.end - tail
    new = replacement[head : len(replacement) - tail]
    before, covered = _runs(place.texts, start, end)
    last = covered[-1] if covered else before
    look = copy.deepcopy((covered or [before])[0].find(f"{W}rPr"))
    for run in covered:
        deletion = mark.element("del")
        run.addprevious(deletion)
        deletion.append(run)
        for node in run.iter(f"{W}t"):
            node.tag = f"{W}delText"
            node.set(_SPACE, "preserve")
    if new:
        insertion = mark.element("ins")
        run = etree.SubElement(insertion, f"{W}r")
        if look is not None:
            run.append(look)
        _set(etree.SubElement(run, f"{W}t"), new)
        _put_behind(last.getparent() if covered else last, insertion)


def _shared_ends(old: str, new: str) -> tuple[int, int]:
    """Lengths of the whole words the texts share at the beginning and at the end; the two never overlap."""
    head = _shared_words(old, new)
    return head, _shared_words(old[head:][::-1], new[head:][::-1])


def _shared_words(old: str, new: str) -> int:
    limit = min(len(old), len(new))
    length = next((i for i in range(limit) if old[i] != new[i]), limit)
    while length and not old[length - 1].isspace() and not (_ends(old, length) and _ends(new, length)):
        length -= 1
    return length


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or text[at].isspace()


def _runs(texts: tuple[tuple[int, Element], ...], start: int, end: int) -> tuple[Element, list[Element]]:
    """Split at both ends; return the run that ends at ``start`` (or the first) and the runs between."""
    before, covered = _run(texts[0][1]), []
    for offset, node in texts:
        text = node.text or ""
        first, last = start - offset, end - offset
        if last <= 0 or first >= len(text):
            if first >= len(text):
                before = _run(node)
            continue
        run = _run(node)
        if 0 < last < len(text):
            _split(run, node, last)
        if first > 0:
            if first < len(text):
                later = _split(run, node, first)
            before, run = run, later
        if start < end:
            covered.append(run)
    return before, covered


def _run(node: Element) -> Element:
    run = node.getparent()
    assert run is not None  # noqa: S101 - a text node always stands in a run
    return run


def _split(run: Element, node: Element, at: int) -> Element:
    """Cut ``run`` before character ``at`` of its text ``node`` and return the later run."""
    if len(run.findall(f"{W}t")) != 1:
        raise NotFound(
            "These words stand in a run with a tab or a break, which this small writer does not split."
        )
    later = copy.deepcopy(run)
    text = node.text or ""
    _set(node, text[:at])
    copied = later.find(f"{W}t")
    assert copied is not None  # noqa: S101 - counted above
    _set(copied, text[at:])
    run.addnext(later)
    return later


def _put_behind(anchor: Element | None, insertion: Element) -> None:
    """Place ``insertion`` behind ``anchor``; an insertion around the anchor is split, never nested in."""
    assert anchor is not None  # noqa: S101 - runs and deletions always have a parent
    outer = anchor.getparent()
    if outer is None or outer.tag != f"{W}ins":
        anchor.addnext(insertion)
        return
    rest = copy.copy(outer)
    del rest[:]
    rest.extend(list(anchor.itersiblings()))
    outer.addnext(insertion)
    if len(rest):
        insertion.addnext(rest)
