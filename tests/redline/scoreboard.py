"""Every pair and the checks its comparison fails, on request beside Docxodus' results.

    .venv/bin/python -m tests.redline.scoreboard [NAME...] [-v]      ours, pairs whose names hold a word
    .venv/bin/python -m tests.redline.scoreboard --peer [--write]    beside Docxodus; into docs/figures.md

Judged by the independent checker beside the project, which shares no code with the engine. Docxodus runs in
an environment of its own (benchmarks/docxodus.py says how to make it).
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import docxodus
from redline.comparing import compare
from tests.redline.pairs import corpus_pairs, made_pairs, real_pairs, tool
from tests.redline.traps import trap_pairs

TEXTS = ("package", "accept_text", "reject_text")
UNFAITHFUL = ("ids", "minimality")  # all other checks together are "faithful"
FIGURES = Path(__file__).resolve().parents[2] / "docs" / "figures.md"
START = "<!-- scoreboard: written by python -m tests.redline.scoreboard --peer --write -->"
END = "<!-- scoreboard: end -->"


@dataclass
class Score:
    """How many pairs of a group pass, and which checks the others fail."""

    texts: int = 0
    faithful: int = 0
    everything: int = 0
    failing: dict[str, list[str]] = field(default_factory=dict)

    def count(self, name: str, failed: Iterable[str]) -> None:
        """Take note of one pair."""
        checks = sorted(failed)
        self.texts += not any(check in checks for check in TEXTS)
        self.faithful += not any(check not in UNFAITHFUL for check in checks)
        self.everything += not checks
        if checks:
            self.failing[name] = checks


def verdict(old: bytes, new: bytes, docx: bytes) -> dict[str, str]:
    """Failed checks with their reason."""
    found = tool("redline_check").check(old, new, docx)
    return {name: why for name, (ok, why) in found["results"].items() if not ok}


def judge(old: bytes, new: bytes) -> tuple[dict[str, str], dict[str, object]]:
    """Failed checks of our comparison with their reason, and its report."""
    done = compare(old, new, author="Parley", date="2026-01-15T09:00:00Z")
    return verdict(old, new, done.docx), done.report


def judge_peer(old: bytes, new: bytes) -> dict[str, str]:
    """Failed checks of the peer's comparison; a crash fails them all."""
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name) / part for part in ("old.docx", "new.docx", "out.docx")]
        files[0].write_bytes(old)
        files[1].write_bytes(new)
        ran = subprocess.run(docxodus.command(files[0], files[1], files[2]), capture_output=True, text=True)
        if ran.returncode:
            return {"crash": ran.stderr.strip()[-300:], **dict.fromkeys(TEXTS, "")}
        return verdict(old, new, files[2].read_bytes())


def groups() -> dict[str, dict[str, tuple[bytes, bytes]]]:
    """The pairs by where they come from."""
    return {
        "made from a recipe": made_pairs(),
        "comparer corpus": corpus_pairs(),
        "real versions": real_pairs(),
        "our traps": trap_pairs(),
    }


def beside_peer() -> str:
    """The table of both engines, and every pair either fails."""
    lines = [
        "| pairs | of | ours: texts / faithful / all | Docxodus: texts / faithful / all |",
        "|---|---:|---:|---:|",
    ]
    sums = Score(), Score()
    total = 0
    for group, pairs in groups().items():
        scores = Score(), Score()
        for name, (old, new) in pairs.items():
            ours, theirs = judge(old, new)[0], judge_peer(old, new)
            print(f"{name:62} {_told(ours):32} {_told(theirs)}", flush=True)
            for score, failed in zip(scores, (ours, theirs), strict=True):
                score.count(name, failed)
        total += len(pairs)
        lines.append(f"| {group} | {len(pairs)} | {_sums(scores[0])} | {_sums(scores[1])} |")
        for whole, part in zip(sums, scores, strict=True):
            _add(whole, part)
    lines += [f"| together | {total} | {_sums(sums[0])} | {_sums(sums[1])} |", ""]
    lines += ["| a pair that fails | ours | Docxodus |", "|---|---|---|"]
    for name in dict.fromkeys([*sums[0].failing, *sums[1].failing]):
        cells = (_told(score.failing.get(name, ())) for score in sums)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _told(failed: Iterable[str]) -> str:
    return ", ".join(sorted(failed)) or "all"


def _sums(score: Score) -> str:
    return f"{score.texts} / {score.faithful} / {score.everything}"


def _add(whole: Score, part: Score) -> None:
    whole.texts += part.texts
    whole.faithful += part.faithful
    whole.everything += part.everything
    whole.failing |= part.failing


def ours_alone(words: list[str], *, verbose: bool) -> int:
    """Print our own results; 1 when any text is wrong."""
    score, total = Score(), 0
    for name, (old, new) in (pair for group in groups().values() for pair in group.items()):
        if words and not any(word in name for word in words):
            continue
        begun = time.perf_counter()
        failed, report = judge(old, new)
        took = time.perf_counter() - begun
        total += 1
        score.count(name, failed)
        flag = " FALLBACK" if report["fallback"] else ""
        print(f"{name:62} {took:5.2f} s {_told(failed)}{flag}")
        if verbose:
            for check, why in failed.items():
                print(f"    {check}: {why[:400]}")
            print("   ", report)
    print(
        f"{total} pairs: both texts {score.texts}, faithful {score.faithful}, all checks {score.everything}"
    )
    return 0 if score.texts == total else 1


def main(arguments: list[str]) -> int:
    """Print the table; 1 when any of our texts is wrong, 2 when the peer is wanted and not there."""
    words = [a for a in arguments if not a.startswith("-")]
    if "--peer" not in arguments:
        return ours_alone(words, verbose="-v" in arguments)
    if not docxodus.PEER.exists():
        print(f"No Docxodus at {docxodus.PEER}; benchmarks/docxodus.py says how to get it.", file=sys.stderr)
        return 2
    text = beside_peer()
    print(f"\n{text}")
    if "--write" in arguments:
        page, pattern = FIGURES.read_text(), re.escape(START) + ".*?" + re.escape(END)
        FIGURES.write_text(re.sub(pattern, lambda _: f"{START}\n\n{text}\n\n{END}", page, flags=re.DOTALL))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
