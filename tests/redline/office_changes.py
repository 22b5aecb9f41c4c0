"""Our redlines as LibreOffice reports their changes: `python -m tests.redline.office_changes [NAME...]`.

Every pair is compared by the engine, the comments taken out (LibreOffice 7.4 dies on them under UNO), and the
inserted and deleted words by author are held against those LibreOffice lists. Letters and digits count:
programs tell objects, tabs and paragraph marks in different ways. To LibreOffice a move is a deletion and an
insertion.
"""

import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

import redline
from tests import libreoffice
from tests.redline.pairs import all_pairs

AUTHOR = "Parley"
_FIELD = "LibreOffice computes the field and drops changes of the result the file keeps"
_FORMULA = "a formula is one object to LibreOffice, without words"
_LINK = "of a link that goes or comes whole LibreOffice lists no words"
_NOTE = "the number of a note is a letter to LibreOffice, and words of a new note are not listed"
# LibreOffice 7.4, checked one by one: each change is in the file as the engine reads it back
EXPLAINED = {
    "WC004-Large-Mod<-WC004-Large": _FIELD,
    "WC012-Math-After<-WC012-Math-Before": _FORMULA,
    "WC019-Hyperlink-After-2<-WC019-Hyperlink-Before": _LINK,
    "WC020-FootNote-After-2<-WC020-FootNote-Before": _NOTE,
    "WC034-Footnotes-After3<-WC034-Footnotes-Before": _NOTE,
    "WC035-Footnote-After<-WC035-Footnote-Before": _NOTE,
    "WC041-Table-5-Mod<-WC041-Table-5": _FORMULA,
    "WC042-Table-5-Mod<-WC042-Table-5": _FORMULA,
    "WC048-Text-Box-in-Cell-Mod<-WC048-Text-Box-in-Cell": "a box in a group of shapes is not listed",
    "trap-header-image-and-link-change": _LINK,
    "trap-footnote-text-changes-and-one-goes": _NOTE,
    "trap-footnote-comes-with-other-numbers": _NOTE,
    "trap-first-footnote-of-a-document": _NOTE,
    "trap-field-result-and-field-instruction": _FIELD,
    "trap-link-target-and-link-words": _LINK,
    "trap-formula-changes": _FORMULA,
    "trap-bound-control-changes": "a control filled in from data is a field to LibreOffice",
}
Texts = dict[tuple[str, str], str]  # (author, "insert" or "delete") -> words


def letters(text: str) -> str:
    """What both programs agree on."""
    return re.sub(r"\W+", "", text)


def ours(data: bytes) -> Texts:
    """What our reader says was inserted and deleted, by author, in reading order."""
    out: dict[tuple[str, str], list[str]] = {}
    for block in redline.read(data).blocks:
        for piece in block.pieces:
            for state, author in ((piece.state, piece.author), (piece.within, piece.within_author)):
                kind = {
                    "inserted": "insert",
                    "moved_to": "insert",
                    "deleted": "delete",
                    "moved_from": "delete",
                }
                if state in kind:
                    out.setdefault((author, kind[state]), []).append(piece.text)
    return {key: letters("".join(texts)) for key, texts in out.items()}


def theirs(data: bytes, folder: Path) -> Texts:
    """What LibreOffice says."""
    path = folder / "redline.docx"
    path.write_bytes(data)
    found = libreoffice.uno_texts_by_author(path)
    return {
        (author, kind): letters("".join(texts))
        for author, kinds in found.items()
        for kind, texts in kinds.items()
        if kind in ("insert", "delete")
    }


def differences(mine: Texts, shown: Texts) -> list[str]:
    """Where the two disagree, words in any order: LibreOffice lists notes and boxes at other places."""
    out = []
    for author, kind in sorted({*mine, *shown}):
        one, two = mine.get((author, kind), ""), shown.get((author, kind), "")
        if Counter(one) != Counter(two):
            more, less = Counter(one) - Counter(two), Counter(two) - Counter(one)
            out.append(
                f"{author} {kind}: {more.total()} letters only ours, {less.total()} only LibreOffice's"
            )
    return out


def main(arguments: list[str]) -> int:
    """Print a line a pair; 1 when one differs without a reason."""
    counts: Counter[str] = Counter()
    for name, (old, new) in all_pairs().items():
        if arguments and not any(word in name for word in arguments):
            continue
        done = redline.scrub(redline.compare(old, new, author=AUTHOR, date="2026-01-15T09:00:00Z").docx)
        with tempfile.TemporaryDirectory() as folder:
            try:
                found = differences(ours(done), theirs(done, Path(folder)))
            except AssertionError as error:  # the helper's own word for a LibreOffice that failed
                found = [f"LibreOffice failed: {str(error)[-150:]}"]
        why = EXPLAINED.get(name, "")
        counts["same" if not found else "explained" if why else "different"] += 1
        if found:
            print(f"{name}: {'; '.join(found)} {f'({why})' if why else ''}", flush=True)
    print(f"{counts['same']} the same, {counts['explained']} explained, {counts['different']} not explained")
    return int(counts["different"] > 0)


if __name__ == "__main__":
    if libreoffice.what_is_missing():
        sys.exit(f"This needs {libreoffice.what_is_missing()}.")
    sys.exit(main(sys.argv[1:]))
