"""Comparing and editing by size of contract: whole processes, beside Docxodus in the same run.

    .venv/bin/python -m benchmarks.engine            prints the tables
    .venv/bin/python -m benchmarks.engine --write    puts them into docs/figures.md, the curve beside it
    .venv/bin/python -m benchmarks.engine --quick    one run each, no curve

Time is the smallest of 15, 6 and 3 runs by size (of one for the peer on the long document), memory the
largest resident size of the process or one of its children, as the kernel counted it. Documents: a one-way
NDA, a cloud service agreement of some 28 pages, and all samples joined until they fill the pages; edits are
spread over each. Wall time suffers from what else the machine does; processor time less.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import docxodus
from benchmarks.curve import curve
from benchmarks.long_documents import SAMPLES, edits_for

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "docs" / "figures.md"
PICTURE = ROOT / "docs" / "engine-length.svg"
START, END = (
    "<!-- engine: written by python -m benchmarks.engine --write -->",
    "<!-- engine: end -->",
)
LENGTHS = (56, 111, 222, 444, 1000)
LONG = 222
GOALS = {"NDA": (0.16, 60), "MSA, 28 pages": (0.56, 100), "222 pages": (4.1, 450)}


@dataclass(frozen=True)
class Run:
    """Wall and processor seconds and peak megabytes of one process."""

    wall: float
    cpu: float
    megabytes: float


def timed(command: Iterable[str | Path]) -> Run:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    arguments = [str(part) for part in command]
    began = time.perf_counter()
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(command: list[str | Path] | list[str], times: int) -> Run:
    """The fastest of so many runs, with the largest memory of them."""
    runs = [timed(command) for _ in range(times)]
    fastest = min(runs, key=lambda run: run.wall)
    return Run(fastest.wall, min(run.cpu for run in runs), max(run.megabytes for run in runs))


def ours(old: Path, new: Path, out: Path) -> list[str | Path]:
    """Our own comparison as a command."""
    return [sys.executable, "-m", "redline", "compare", old, new, "-o", out]


def pair(folder: Path, what: str, edits: int) -> tuple[Path, Path]:
    """A contract and the same with edits, in files.

    Made by a process of their own: the kernel counts what this one ever held as its children's memory.
    """
    name = what.removesuffix(".docx")
    files = folder / f"{name}-old.docx", folder / f"{name}-new.docx"
    made = [sys.executable, "-m", "benchmarks.long_documents", what, str(edits), *map(str, files)]
    subprocess.run(made, cwd=ROOT, check=True)
    return files


def compared(folder: Path, times: int) -> list[str]:
    """The table of sizes, ours beside the peer's."""
    sizes = {
        "NDA": ("common-paper-one-way-nda.docx", 10, 5 * times, 5 * times),
        "MSA, 28 pages": ("common-paper-csa-with-ai.docx", 20, 2 * times, 2 * times),
        "222 pages": (str(LONG), 80, times, 1),
    }
    has_peer = docxodus.PEER.exists()
    lines = [
        "| contract, edits | ours: s (processor s), MB | goal | Docxodus: the same | share of its time |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, (what, edits, own_times, peer_times) in sizes.items():
        old, new = pair(folder, what, edits)
        mine = best(ours(old, new, folder / "ours.docx"), own_times)
        theirs = best(docxodus.command(old, new, folder / "peer.docx"), peer_times) if has_peer else None
        goal = "{} s, {} MB".format(*GOALS[name])
        share = f"1/{theirs.wall / mine.wall:.1f} (1/{theirs.cpu / mine.cpu:.1f})" if theirs else "-"
        peer = _cell(theirs) if theirs else "not here"
        lines.append(f"| {name}, {edits} | {_cell(mine)} | {goal} | {peer} | {share} |")
        print(lines[-1], flush=True)
    return lines


def _cell(run: Run) -> str:
    return f"{run.wall:.2f} ({run.cpu:.2f}), {run.megabytes:.0f}"


def lengths(folder: Path, times: int) -> tuple[list[str], list[tuple[int, Run]]]:
    """The table and the points of time and memory by length."""
    lines = [
        "| pages | edits | s | processor s | the same per 100 pages | MB | MB per 100 pages |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    points = []
    for pages in LENGTHS:
        edits = edits_for(pages)
        old, new = pair(folder, str(pages), edits)
        run = best(ours(old, new, folder / "ours.docx"), times)
        points.append((pages, run))
        per = 100 / pages
        lines.append(
            f"| {pages} | {edits} | {run.wall:.2f} | {run.cpu:.2f} | {run.cpu * per:.2f} "
            f"| {run.megabytes:.0f} | {run.megabytes * per:.0f} |"
        )
        print(lines[-1], flush=True)
    return lines, points


def applied(folder: Path, times: int, *, count: int = 1000) -> list[str]:
    """So many edits applied to the long document in one pass."""
    document, _ = pair(folder, str(LONG), 80)
    edits = folder / "edits.json"
    edits.write_text(json.dumps(_edits(document, count)))
    out = folder / "applied.docx"
    run = best([sys.executable, "-m", "redline", "apply", document, edits, "-o", out], times)
    line = f"{count:,} edits applied to the {LONG} pages: {_cell(run)} MB (goal 3 s)."
    print(line, flush=True)
    return [line]


def _edits(document: Path, count: int) -> list[dict[str, object]]:
    """So many words replaced all over the document, the last first: any order must do."""
    printed = subprocess.run(
        [sys.executable, "-m", "redline", "blocks", str(document), "--json"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    places = sorted(
        (nth, index, block["id"], at.start(), at.end())
        for index, block in enumerate(json.loads(printed))
        for nth, at in enumerate(_long_words(block))
    )  # the first word of every paragraph, then the second of each ...
    if len(places) < count:
        raise ValueError(f"Only {len(places)} words to replace.")
    return [
        {"op": "replace", "block": block, "start": start, "end": end, "text": f"amended{number}"}
        for number, (_, _, block, start, end) in enumerate(places[:count])
    ][::-1]


def _long_words(block: dict[str, str]) -> list[re.Match[str]]:
    """Words to replace; texts with a field or control in them may be refused, so only plain prose."""
    text = block["text"]
    plain = block["kind"] == "paragraph" and len(text) > 60 and not set("{}[]\t\v") & set(text)
    return list(re.finditer(r"\b[a-z]{5,}\b", text)) if plain else []


def write(text: str) -> None:
    """Put `text` between the two marks in docs/figures.md. Raises ValueError without the marks."""
    page = FIGURES.read_text()
    if START not in page:
        raise ValueError(f"{FIGURES} has no {START}")
    pattern = re.escape(START) + ".*?" + re.escape(END)
    FIGURES.write_text(re.sub(pattern, lambda _: f"{START}\n\n{text}\n\n{END}", page, flags=re.DOTALL))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="one run each, no curve")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/figures.md")
    options = parser.parse_args()
    if not SAMPLES.is_dir():
        print(f"SKIPPED: no sample contracts in ../{SAMPLES.relative_to(ROOT.parent)}", file=sys.stderr)
        return 1
    times = 1 if options.quick else 3
    parts: list[list[str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts.append(compared(folder, times))
        parts.append(applied(folder, times))
        if not options.quick:
            table, points = lengths(folder, times)
            parts.append(table)
            if options.write:
                PICTURE.write_text(curve(points))
                parts.append(
                    [f"![Processor time and memory by length, against straight lines]({PICTURE.name})"]
                )
    cores = len(os.sched_getaffinity(0))
    parts.append([f"Python {platform.python_version()}, {cores} cores, {time.strftime('%Y-%m-%d')}."])
    text = "\n\n".join("\n".join(part) for part in parts)
    print(f"\n{text}")
    if options.write:
        write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
