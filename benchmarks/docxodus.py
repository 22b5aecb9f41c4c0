"""Docxodus, run the way our own command is: OLD NEW OUT. For an environment of its own, never a dependency.

    python3 -m venv var/peer && var/peer/bin/pip install "python-redlines[docxodus]==2.0.0"

`PARLEY_PEER` names another interpreter that has it. Moves are asked for and author and date are given, so
that it does what ours does.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEER = Path(os.environ.get("PARLEY_PEER") or ROOT / "var" / "peer" / "bin" / "python")
DATE = "2026-01-15T09:00:00Z"


def command(old: Path, new: Path, out: Path) -> list[str]:
    """The command that runs this file under the peer's interpreter."""
    return [str(PEER), str(Path(__file__).resolve()), str(old), str(new), str(out)]


def main() -> None:
    """Compare two files with the peer."""
    from python_redlines import DocxodusEngine  # only the peer's environment has it

    old, new, out = map(Path, sys.argv[1:4])
    docx, _, _ = DocxodusEngine().run_redline(
        "Peer", original=old, modified=new, detect_moves=True, date_time=DATE
    )
    out.write_bytes(docx)


if __name__ == "__main__":
    main()
