"""The upload gate: decides about a file nobody has vouched for, and says what a reviewer must know about it.

1. kind, size and container (``zipgate``): one zip, nothing around it, bytes counted as they come out;
2. content types: exactly a Word document, Transitional or Strict; no macros;
3. every XML part (``xmlgate``): no document type, bounded depth and size; the right root element in the
   right part;
4. pictures: at most 50 million pixels, read from their headers;
5. the scans: relationships, hidden text, characters, fields, tracked changes, leaks → notices.

Steps 1 to 4 refuse (``Refused``); step 5 only reports. ``check_in_child`` in ``child`` does the same in a
process with limits, and is what uploads must use.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from redline import bundle as bundles
from redline import names as n
from redline import scan_characters, scan_fields, scan_hidden, scan_package, scan_revisions, zipgate
from redline.bundle import MAIN_TYPE, WML_TYPE, Bundle
from redline.errors import Refused
from redline.looks import Looks, ParsedPackage
from redline.names import Element, w
from redline.notices import GateReport, Notice, notice
from redline.pictures import check_picture
from redline.scan_walk import Paragraph, paragraphs, stories

LONG = 8_000  # paragraphs
MOST_OF_A_KIND = 200  # notices of one code; the last one says how many more there are
_MACRO_NAMES = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
_ROOTS = {
    WML_TYPE + "document.main+xml": "document",
    WML_TYPE + "styles+xml": "styles",
    WML_TYPE + "settings+xml": "settings",
    WML_TYPE + "numbering+xml": "numbering",
    WML_TYPE + "header+xml": "hdr",
    WML_TYPE + "footer+xml": "ftr",
    WML_TYPE + "footnotes+xml": "footnotes",
    WML_TYPE + "endnotes+xml": "endnotes",
    WML_TYPE + "comments+xml": "comments",
    WML_TYPE + "fontTable+xml": "fonts",
    WML_TYPE + "webSettings+xml": "webSettings",
}
_TEXT_ROOTS = ("document", "hdr", "ftr", "footnotes", "endnotes", "comments", "styles", "numbering")
# The industry's harmless test signature for scanners; in two pieces, so that this file is not taken for it.
_TEST_SIGNATURE = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def check(data: bytes) -> GateReport:
    """What is in the file. Raises ``Refused`` with a code of ``docs/gate.md`` for a file that must not be
    opened.
    """
    found = open_checked(data)
    return _report(data, found)


def open_checked(data: bytes) -> Bundle:
    """The package after steps 1 to 4: safe to parse, not yet scanned."""
    if _TEST_SIGNATURE in data[:1024]:
        raise _malware()
    parts = zipgate.unpack(data)
    _check_programs(parts)
    found = bundles.load(parts)
    _check_types(found)
    _check_roots(found)
    for name, content in parts.items():
        check_picture(name, content)
    return found


def _check_programs(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        if name.lower().rsplit("/", 1)[-1] in _MACRO_NAMES:
            raise _macros()
        if _TEST_SIGNATURE in content:
            raise _malware()


def _macros() -> Refused:
    return Refused(
        "macros", "The document contains macros (programs): save it as a plain .docx without macros."
    )


def _malware() -> Refused:
    return Refused("malware", "A virus scanner's signature was found in the file, so it was not opened.")


def _check_types(found: Bundle) -> None:
    mains = [item for item in found.from_source("") if item.kind == "officeDocument" and not item.external]
    if len(mains) > 1:
        raise Refused(
            "duplicate_part", "The file holds two main documents: open it in Word and save it again."
        )
    kind = found.content_type(found.main)
    if "macroEnabled" in kind or any(
        "vbaProject" in found.content_type(name) or "macroEnabled" in found.content_type(name)
        for name in found.parts
    ):
        raise _macros()
    if any(item.kind in ("vbaProject", "wordVbaData") for item in found.relationships):
        raise _macros()
    if found.main not in found.parts or not found.parts[found.main]:
        raise Refused("no_document", "The file holds no Word document: open it in Word and save it as .docx.")
    if kind == MAIN_TYPE:
        return
    if "wordprocessingml.template" in kind:
        raise Refused("wrong_type", "This is a Word template (.dotx): save it as a document (.docx).")
    if "spreadsheetml" in kind or "presentationml" in kind:
        raise Refused("wrong_type", "This is an Excel or PowerPoint file, not a Word document (.docx).")
    raise Refused("no_document", "The file holds no Word document: open it in Word and save it as .docx.")


def _check_roots(found: Bundle) -> None:
    for name in found.parts:
        expected = _ROOTS.get(found.content_type(name))
        if expected is None:
            continue
        root = found.trees.get(name)
        if root is None:
            if expected in _TEXT_ROOTS:
                raise Refused(
                    "xml_broken", f"A part of the file ({name}) is empty: open it in Word and save it again."
                )
        elif root.tag != w(expected):
            raise Refused(
                "xml_root", f"A part of the file ({name}) is not what it says it is: save it again in Word."
            )
    if found.trees[found.main].find(n.BODY) is None:
        raise Refused("no_document", "The document has no text body: open it in Word and save it again.")


def _report(data: bytes, found: Bundle) -> GateReport:
    package = ParsedPackage(found)
    looks = Looks(package)
    by_story = [(part, paragraphs(found.trees[part], story)) for part, story in stories(found)]
    everything = [item for _, items in by_story for item in items]
    contract = [item for item in everything if not item.address.startswith("comments:")]
    notices: list[Notice] = list(scan_package.scan(found))
    notices += _scan_text(contract, looks)
    tracked = 0
    for part, items in by_story:
        addresses = {item.element: item.address for item in items}
        tracked += len(scan_revisions.revisions(found.trees[part]))
        notices += _scan_tree(found, part, addresses, items)
    comments = _comments(found)
    notices += _facts(found, len(contract), tracked, comments)
    return GateReport(
        sha256=hashlib.sha256(data).hexdigest(),
        paragraphs=len(contract),
        tracked_changes=tracked,
        comments=len(comments),
        warnings=_limited(notices),
    )


def _scan_text(contract: list[Paragraph], looks: Looks) -> Iterator[Notice]:
    latin_only = not any(scan_characters.has_other_words(item.text) for item in contract)
    right_to_left = ""
    for item in contract:
        yield from scan_hidden.scan(item, looks)
        text = item.text
        yield from scan_characters.scan(item, latin_only=latin_only)
        yield from scan_revisions.scan_text(text, item.address)
        if not right_to_left and scan_characters.has_rtl(text):
            right_to_left = item.address
            yield notice("right_to_left", block=item.address, quote=text)


def _scan_tree(
    found: Bundle, part: str, addresses: dict[Element, str], items: list[Paragraph]
) -> Iterator[Notice]:
    root = found.trees[part]
    yield from scan_fields.scan_fields(root, addresses)
    yield from scan_fields.scan_alternates(root, addresses)
    yield from scan_fields.scan_unknown(root, addresses)
    yield from scan_fields.scan_alt_chunks(root, found, part, items)
    yield from scan_fields.scan_bindings(root, found, addresses)
    yield from scan_revisions.scan(root, addresses)


def _comments(found: Bundle) -> list[Element]:
    part = found.related(found.main, "comments")
    root = found.trees.get(part or "")
    return [] if root is None else list(root.iterchildren(w("comment")))


def _facts(found: Bundle, count: int, tracked: int, comments: list[Element]) -> Iterator[Notice]:
    if comments:
        authors = sorted({item.get(n.AUTHOR) or "?" for item in comments})
        yield notice("comments", quote=", ".join(authors), detail=f"({len(comments)})")
        for item in comments:
            yield from scan_revisions.scan_author(item.get(n.AUTHOR), "")
    if tracked:
        roots = [found.trees[part] for part, _ in stories(found)]
        names = {item.get(n.AUTHOR) or "?" for root in roots for item in scan_revisions.revisions(root)}
        yield notice("tracked_changes", quote=", ".join(sorted(names)), detail=f"({tracked})")
    if count > LONG:
        yield notice("long_document", quote=f"{count} paragraphs")


def _limited(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Equal notices once, in document order, and not more of one kind than a person reads."""
    kept: list[Notice] = []
    counts: Counter[str] = Counter()
    for item in dict.fromkeys(notices):
        counts[item.code] += 1
        if counts[item.code] <= MOST_OF_A_KIND:
            kept.append(item)
    for code, count in sorted(counts.items()):
        if count > MOST_OF_A_KIND:
            kept.append(notice(code, detail=f"And {count - MOST_OF_A_KIND} more places."))
    return tuple(kept)
