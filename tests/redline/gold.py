"""The accept/reject gold files settled by our `resolve`: `python -m tests.redline.gold` prints a table.

Exact means: every story's text equal paragraph by paragraph, every table's rows and cells, and no tracked
change left. The checker beside the project reads both sides; it shares no code with the engine.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import redline
from tests.redline.pairs import DATA, tool

FILES = sorted(p for p in DATA.glob("rp/*.docx") if not p.stem.endswith(("-Accepted", "-Rejected")))
WAYS = ("Accepted", "Rejected")


def stories(data: bytes) -> dict[str, list]:
    """The texts and tables of a document as the independent checker reads them."""
    checker = tool("redline_check")
    package = checker.Pkg(data)
    return {**checker.stories(package), "tables": checker.Reader(package).tables()}


def differences(path: Path, way: str) -> Iterator[str]:
    """How our settling of a gold file differs from its authors'; nothing when it is exact."""
    settled = redline.resolve(path.read_bytes(), accept_all=way == "Accepted", reject_all=way == "Rejected")
    got, want = stories(settled), stories(path.with_name(f"{path.stem}-{way}.docx").read_bytes())
    for story in sorted({*got, *want}):
        if got.get(story) != want.get(story):
            yield f"{story}: {got.get(story)!r} instead of {want.get(story)!r}"
    left = [change.id for change in redline.changes(settled) if change.kind != "comment"]
    if left:
        yield f"still pending: {', '.join(left)}"


def main() -> int:
    """Print the files that differ and the count; 1 when one does."""
    exact = 0
    for path in FILES:
        for way in WAYS:
            found = list(differences(path, way))
            exact += not found
            for line in found:
                print(f"{path.stem} {way}: {line[:600]}")
    print(f"{exact} of {len(FILES) * len(WAYS)} exact")
    return int(exact < len(FILES) * len(WAYS))


if __name__ == "__main__":
    sys.exit(main())
