"""Text from PDF: paragraphs in reading order with the page of every offset; scanned pages are said to be
scans.

A PDF has no paragraphs, only placed letters: ``pdf_pages`` puts them together again. The letters come from
PDFium
(through pypdfium2), which is machine code: whoever reads files of strangers calls ``read_pdf_in_child``.
"""
# ruff: noqa: E501  (sentences for people stand on one line)

import ctypes
import json
import os
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from clauses.model import Unreadable
from clauses.pdf_pages import SOFT, Paragraph, Row, paragraphs

MOST_BYTES = 25_000_000
MOST_PAGES = 1_000
MOST_CHARACTERS = 3_000_000
CHILD_SECONDS = 30

_START = "import sys; sys.path.insert(0, sys.argv[1]); from clauses.pdf import main; main()"
_LINE_END_HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))
_FORM_FEEDS = frozenset((0x0A, 0x0D))

LOCKED = "The PDF is protected with a password; save a copy without one and try again."
DAMAGED = "The PDF is damaged or is no PDF; open it in a reader, save or print it to a new PDF and try again."
SCANNED = "This PDF holds pictures of pages and no text (a scan). Run text recognition (OCR) on it, or ask for the Word file."
EMPTY = "The PDF has no text on any page."
DIED = "The PDF could not be read within safe limits; print it to a new PDF, or split it, and try again."


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page: where its text begins, and whether it is a picture without text."""

    number: int
    start: int
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class PdfText:
    """Text of a PDF, one paragraph a line. ``leads`` are code points of bold print at the front of each
    line.
    """

    text: str
    pages: tuple[PdfPage, ...]
    leads: tuple[int, ...]

    def page_of(self, offset: int) -> int:
        """Number of the page an offset stands on, counted from 1."""
        return max(1, bisect_right([page.start for page in self.pages], offset))

    @property
    def scanned(self) -> tuple[int, ...]:
        return tuple(page.number for page in self.pages if page.scanned)

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader of the results must know about what was not read."""
        if not self.scanned:
            return ()
        which = ", ".join(map(str, self.scanned[:20])) + (" and more" if len(self.scanned) > 20 else "")
        plural = len(self.scanned) > 1
        return (
            f"Page{'s' if plural else ''} {which} {'are pictures' if plural else 'is a picture'} without text (a scan) and {'were' if plural else 'was'} not read.",
        )


def read_pdf(data: bytes) -> PdfText:
    """Text of a PDF. Raises ``Unreadable``: pdf-damaged, pdf-locked, pdf-scanned, pdf-empty, too-large,
    too-many-pages.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too-large", f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("pdf-damaged", DAMAGED)
    rows, scans = _rows_of(data)
    return _assembled(paragraphs(rows), scans)


def _assembled(parts: list[Paragraph], scans: list[bool]) -> PdfText:
    if not parts:
        raise Unreadable("pdf-scanned", SCANNED) if any(scans) else Unreadable("pdf-empty", EMPTY)
    starts: dict[int, int] = {}
    place = 0
    for part in parts:
        starts.setdefault(part.page, place)
        for offset, page in part.turns:
            starts.setdefault(page, place + offset)
        place += len(part.text) + 1
    pages: list[PdfPage] = []
    following = place
    for number in range(len(scans), 0, -1):  # a page without text begins where the next one does
        following = starts.get(number, following)
        pages.append(PdfPage(number, following, scans[number - 1]))
    text = "".join(part.text + "\n" for part in parts)
    return PdfText(text, tuple(reversed(pages)), tuple(part.lead for part in parts))


# --- PDFium ---------------------------------------------------------------------------------------


@cache
def _library() -> tuple[Any, Any]:
    """pypdfium2 and its raw functions: 7 MB that only PDFs need, and untyped."""
    import pypdfium2  # type: ignore[import-untyped]
    import pypdfium2.raw  # type: ignore[import-untyped]

    return pypdfium2, pypdfium2.raw


def _rows_of(data: bytes) -> tuple[list[list[Row]], list[bool]]:
    """Rows of each page as drawn, and for each page whether it is a scan."""
    pdfium, _ = _library()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unreadable("pdf-locked" if locked else "pdf-damaged", LOCKED if locked else DAMAGED) from error
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable("too-many-pages", f"The PDF has more than {MOST_PAGES:,} pages.")
        pages, scans, total = [], [], 0
        for number in range(len(document)):
            rows, scan = _page(document, number)
            total += sum(len(row.text) for row in rows)
            if total > MOST_CHARACTERS:
                raise Unreadable(
                    "too-large", f"The PDF has more than {MOST_CHARACTERS:,} characters of text."
                )
            pages.append(rows)
            scans.append(scan)
        return pages, scans
    finally:
        document.close()


def _page(document: Any, number: int) -> tuple[list[Row], bool]:
    pdfium, raw = _library()
    try:
        page = document[number]
        letters = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise Unreadable("pdf-damaged", DAMAGED) from error
    try:
        rows = [_row(letters.raw, text, places) for text, places in _printed(_codes(letters))]
        words = sum(len(row.text.strip()) for row in rows)
        scan = words < 20 and any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        return rows, scan
    finally:
        letters.close()
        page.close()


def _codes(letters: Any) -> Sequence[int]:
    """The code of each letter of a page: all at once where none is left out, else one call for each."""
    _, raw = _library()
    count, text = letters.count_chars(), letters.get_text_range()
    if len(text) == count:
        return [ord(letter) for letter in text]
    return [raw.FPDFText_GetUnicode(letters.raw, index) for index in range(count)]


def _printed(page: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """Text of each row and the index of each of its letters; PDFium ends a row with a made-up line end."""
    codes: list[int] = []
    places: list[int] = []
    for index, code in enumerate(page):
        if code in _FORM_FEEDS:
            if codes:
                yield _text(codes), places
            codes, places = [], []
        elif code:
            codes.append(code)
            places.append(index)
    if codes:
        yield _text(codes), places


def _text(codes: list[int]) -> str:
    """Code points as text: halves of a pair are joined, line-end hyphens are marked, control codes are
    blanks.
    """
    kept = []
    for code in codes:
        if code in _LINE_END_HYPHENS:
            kept.append(SOFT)
        else:
            kept.append(" " if code < 0x20 or 0x7F <= code < 0xA0 or code > 0x10FFFF else chr(code))
    return "".join(kept).rstrip().encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _row(letters: Any, text: str, places: list[int]) -> Row:
    _, raw = _library()
    shown = [k for k, c in zip(places, text, strict=False) if not c.isspace()] or places
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(letters, shown[-1], left, right, bottom, top)
    end = right.value
    raw.FPDFText_GetCharBox(letters, shown[0], left, right, bottom, top)
    across, base, last = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(letters, shown[0], across, base)
    raw.FPDFText_GetCharOrigin(letters, shown[-1], across, last)
    height = abs(top.value - bottom.value)
    size = raw.FPDFText_GetFontSize(letters, shown[0])
    # A file may scale its letters instead of naming their size ("1"): then the box says more.
    size = size if size > 3 else max(height * 1.4, 4.0)
    return Row(text, left.value, end, base.value, size, _lead(letters, text, places), last.value)


def _lead(letters: Any, text: str, places: list[int]) -> int:
    """Code points of bold print at the front of a row."""
    _, raw = _library()
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    for at, index in enumerate(places):
        if at >= len(text) or text[at].isspace():
            continue
        raw.FPDFText_GetFontInfo(letters, index, name, 128, flags)
        if b"bold" not in name.value.lower() and b"black" not in name.value.lower():
            return at
    return len(text)


# --- in a child process ---------------------------------------------------------------------------


def read_pdf_in_child(data: bytes, *, wall_seconds: float = CHILD_SECONDS) -> PdfText:
    """``read_pdf`` under the limits of the gate (512 MB, 10 s of processor time, no network, no files).

    Raises ``Unreadable``; a dead or late child is pdf-died.
    """
    from redline.child import ask  # here, since few callers need it

    answer = ask(_START, data, wall_seconds=wall_seconds)
    if answer is None:
        raise Unreadable("pdf-died", DIED)
    if "refused" in answer:
        raise Unreadable(*answer["refused"])
    return PdfText(answer["text"], tuple(PdfPage(**page) for page in answer["pages"]), tuple(answer["leads"]))


def main() -> None:
    """Reads the file from standard input, prints the answer as one JSON document."""
    _library()  # before the limits: it is loaded while files may be opened
    from redline.child import confine

    confine()
    try:
        answer: dict[str, Any] = asdict(read_pdf(sys.stdin.buffer.read()))
    except Unreadable as refusal:
        answer = {"refused": [refusal.code, refusal.message]}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)
