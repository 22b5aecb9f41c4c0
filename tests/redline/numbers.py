"""Our list numbers beside LibreOffice's: `python -m tests.redline.numbers` prints a table of both.

Every public form and base contract, and the demo contracts; those with the same bytes once. LibreOffice
reads them through UNO, scrubbed before, since LibreOffice 7.4 dies on comments there. Paragraphs are paired
by their words; each of ours with a number and words must find its pair.
"""

import difflib
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import redline
from config.demo.contracts import build, catalogue
from tests import libreoffice
from tests.redline.pairs import DATA
from tests.shared import SHARED

# (file, block) -> why the numbers differ; nothing differs today
EXPLAINED: dict[tuple[str, str], str] = {}


def documents() -> dict[str, bytes]:
    """File name -> bytes."""
    paths = [*sorted((SHARED / "data" / "docx").glob("*.docx")), *sorted((DATA / "base").glob("*.docx"))]
    found = {path.name: path.read_bytes() for path in paths}
    found |= {f"demo-{contract.slug}.docx": build(contract.slug) for contract in catalogue()}
    return {
        name: found[name]
        for name in {hashlib.sha256(data).digest(): name for name, data in found.items()}.values()
    }


def theirs(files: dict[str, bytes]) -> dict[str, list[list[str]]]:
    """[number, text] of every paragraph as LibreOffice shows it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder) / name for name in files}
        for name, path in paths.items():
            path.write_bytes(redline.scrub(files[name]))
        done = subprocess.run(
            [libreoffice.DEBIAN_PYTHON, "-m", "ops.uno_numbers", *map(str, paths.values())],
            cwd=libreoffice.ROOT,
            capture_output=True,
            text=True,
            timeout=300,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        shown = json.loads(done.stdout)
    return {name: shown[str(path)] for name, path in paths.items()}


def _letters(text: str) -> str:
    """A text as both programs agree on it: objects, tabs and breaks are told in different ways."""
    return re.sub(r"\W+", "", text)


def compared(
    document: redline.Document, shown: list[list[str]]
) -> tuple[list[tuple[str, str, str]], list[str], int]:
    """(paragraphs numbered differently, numbered paragraphs without a counterpart, numbers compared)."""
    ours = [block for block in document.blocks if block.part == "body" and block.kind != "textbox"]
    matcher = difflib.SequenceMatcher(
        None, [_letters(block.text) for block in ours], [_letters(text) for _, text in shown], autojunk=False
    )
    pairs = [(ours[a + k], shown[b + k][0]) for a, b, n in matcher.get_matching_blocks() for k in range(n)]
    found = {block.id for block, _ in pairs}
    alone = [block.id for block in ours if block.number and block.text.strip() and block.id not in found]
    different = [(block.id, block.number, other) for block, other in pairs if block.number != other]
    return different, alone, sum(1 for block, _ in pairs if block.number)


def main() -> int:
    """Print file, numbers compared and differences; 1 when one is unexplained."""
    files = documents()
    shown = theirs(files)
    total = open_ones = 0
    print(f"{'file':62} compared  different")
    for name, data in files.items():
        different, alone, count = compared(redline.read(redline.scrub(data)), shown[name])
        total += count
        print(f"{name:62} {count:8} {len(different) + len(alone):10}")
        for block, ours, other in [*different, *((block, "numbered", "not found") for block in alone)]:
            why = EXPLAINED.get((name, block), "")
            open_ones += not why
            print(f"    {block}: {ours!r}, LibreOffice {other!r} {why}")
    print(f"{total} numbered paragraphs in {len(files)} files, {open_ones} differ without a reason")
    return int(open_ones > 0)


if __name__ == "__main__":
    if libreoffice.what_is_missing():
        sys.exit(f"This needs {libreoffice.what_is_missing()}.")
    sys.exit(main())
