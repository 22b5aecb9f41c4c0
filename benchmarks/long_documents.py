"""Long contracts for measuring: sample contracts joined into one, and the same with edits in it.

Both are made anew each time from the samples beside the project, the same bytes every time.

    .venv/bin/python -m benchmarks.long_documents PAGES|SAMPLE.docx EDITS OLD.docx NEW.docx
"""

import itertools
import sys
from copy import deepcopy
from pathlib import Path

from lxml import etree

from redline.importer import Importer
from redline.names import BODY, BOOKMARK_END, BOOKMARK_START, ID, NAME, PPR, SECTPR, TBL, TC, Element, P, T
from redline.package import Package
from redline.writer import Writer, drop_identity

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "data" / "docx"
WORDS_A_PAGE = 586  # 130,000 words on 222 dense pages


def samples() -> list[Path]:
    """The sample contracts, in the order they are joined."""
    return sorted(SAMPLES.glob("*.docx"))


def joined(pages: int) -> bytes:
    """Sample contracts one after the other, as often as it takes to fill so many pages.

    Each is brought over with its styles, lists, links, notes and pictures; page setups and headers inside it
    come too, only the last section's is dropped.
    """
    files = samples()
    whole = Package(files[0].read_bytes())
    writer = Writer.for_package(whole, "Benchmark", None)
    body = whole.tree(whole.main).find(BODY)
    assert body is not None
    end = body.find(SECTPR)
    assert end is not None
    words = _words(body)
    for copy, path in enumerate(itertools.chain(files[1:], itertools.cycle(files))):
        if words >= pages * WORDS_A_PAGE:
            break
        other = Package(path.read_bytes())
        importer = Importer(whole, other, writer)
        importer.normalise()
        content = other.tree(other.main).find(BODY)
        assert content is not None
        words += _words(content)
        for block in content:
            if block.tag == SECTPR or not isinstance(block.tag, str):
                continue
            fresh = importer.copy(block, other.main, whole.main)
            for bookmark in fresh.iter(BOOKMARK_START):
                bookmark.set(NAME, f"{bookmark.get(NAME)}_{copy}")
            end.addprevious(fresh)
    whole.touch(whole.main)
    return whole.save()


def edits_for(pages: int) -> int:
    """As many edits as the 222 pages have, by length."""
    return round(80 * pages / 222)


def edited(data: bytes, *, edits: int) -> bytes:
    """The contract after so many edits spread over it, made on the XML as a person makes them untracked.

    Of ten edits seven change a word, one strikes a paragraph, one adds one, one moves one.
    """
    package = Package(data)
    body = package.tree(package.main).find(BODY)
    assert body is not None
    places = [p for p in body.iter(P) if _is_plain(p)]
    step = max(1, len(places) // edits)
    for number, paragraph in enumerate(places[::step][:edits]):
        _EDITS[number % len(_EDITS)](paragraph, number)
    package.touch(package.main)
    return package.save()


def _words(body: Element) -> int:
    return sum(len("".join(t.text or "" for t in p.iter(T)).split()) for p in body.iter(P))


def _is_plain(paragraph: Element) -> bool:
    """A paragraph of the body with enough words to edit, not in a table, and nothing in it to lose."""
    text = "".join(node.text or "" for node in paragraph.iter(T))
    inside = {BOOKMARK_START, BOOKMARK_END, SECTPR, TBL, ID}
    return (
        len(text) > 60
        and next(paragraph.iterancestors(TC), None) is None
        and not any(child.tag in inside for child in paragraph.iter())
    )


def _reword(paragraph: Element, number: int) -> None:
    node = max(paragraph.iter(T), key=lambda t: len(t.text or ""))
    words = (node.text or "").split(" ")
    words[len(words) // 2] = f"amended{number}"
    node.text = " ".join(words)


def _strike(paragraph: Element, number: int) -> None:
    parent = paragraph.getparent()
    if parent is not None:
        parent.remove(paragraph)


def _add(paragraph: Element, number: int) -> None:
    fresh = etree.Element(P)
    properties = paragraph.find(PPR)
    if properties is not None:
        fresh.append(deepcopy(properties))
        drop_identity(fresh)
    text = etree.SubElement(etree.SubElement(fresh, T.replace("}t", "}r")), T)
    text.text = f"New clause {number}: the supplier tells the customer of every change within {number} days."
    paragraph.addnext(fresh)


def _move(paragraph: Element, number: int) -> None:
    """Four paragraphs further down, within the same container."""
    after = paragraph
    for following in itertools.islice((n for n in paragraph.itersiblings() if n.tag == P), 4):
        after = following
    if after is not paragraph:
        after.addnext(paragraph)


_EDITS = (_reword, _reword, _strike, _reword, _reword, _add, _reword, _reword, _move, _reword)


def main(what: str, edits: str, old: str, new: str) -> None:
    """Write a sample, or samples joined to so many pages, and the same with edits."""
    data = (SAMPLES / what).read_bytes() if what.endswith(".docx") else joined(int(what))
    Path(old).write_bytes(data)
    Path(new).write_bytes(edited(data, edits=int(edits)))


if __name__ == "__main__":
    main(*sys.argv[1:])
