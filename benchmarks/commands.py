"""Time and peak memory of the commands over the sample contracts, and whether they repeat themselves.

    make bench                                                 prints the table
    .venv/bin/python -m benchmarks.commands --write            and puts it into docs/figures.md
    .venv/bin/python -m benchmarks.commands --only review nda  commands and files whose names hold these words

Each command runs twice on each file, in a process of its own with its own hash seed. Of two times the smaller
is told; memory is the largest resident size of the process or one of its children, as the kernel counted it.
"""

import argparse
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import redline

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT.parent / "shared" / "data" / "docx"
FIGURES = ROOT / "docs" / "figures.md"
START, END = "<!-- commands: written by make bench -->", "<!-- commands: end -->"
NOTHING = hashlib.sha256(b"").hexdigest()

EDITOR = {"author": "Bench", "date": "2026-01-05T09:00:00Z"}
DATED = ("--author", "Bench", "--date", "2026-01-05T09:00:00Z")
COMMANDS = {
    "redline inspect": ("-m", "redline", "inspect", "{file}", "--json"),
    "redline text": ("-m", "redline", "text", "{file}", "--numbers"),
    "redline blocks": ("-m", "redline", "blocks", "{file}", "--json"),
    "redline changes": ("-m", "redline", "changes", "{file}", "--json"),
    "redline apply": ("-m", "redline", "apply", "{file}", "{edits}", "-o", "{out}"),
    "redline resolve": ("-m", "redline", "resolve", "{redlined}", "-o", "{out}", "--accept-all"),
    "redline compare": ("-m", "redline", "compare", "{file}", "{new}", "-o", "{out}", *DATED),
    "redline untracked": ("-m", "redline", "untracked", "{file}", "{redlined}", "--json"),
    "redline scrub": ("-m", "redline", "scrub", "{file}", "-o", "{out}"),
    "clauses analyse": ("-m", "clauses", "analyse", "{file}", "--json"),
    "clauses check": ("-m", "clauses", "check", "{file}", "--json"),
    "clauses predict": ("-m", "clauses", "predict", "{lines}", "-o", "{out}"),
    "clauses type": ("-m", "clauses", "type", "{lines}", "-o", "{out}"),
    "review": ("manage.py", "review", "{file}", "--playbook", "{playbook}", "--json"),
    "redline": ("manage.py", "redline", "{file}", "--playbook", "{playbook}", "-o", "{out}"),
}


@dataclass(frozen=True)
class Run:
    """One run of one command: exit code, wall seconds, peak MB, hash of what it printed and wrote."""

    code: int
    seconds: float
    megabytes: float
    digest: str
    error: str


@dataclass(frozen=True)
class Row:
    """One command over all files."""

    command: str
    files: int
    worked: int
    median: float
    slowest: float
    slowest_file: str
    megabytes: float
    same: int


def playbook_for(file: Path, names: Iterable[str]) -> str:
    """The shipped playbook that suits a sample best, by its name; the SaaS one where nothing else does."""
    wanted = "nda" if "nda" in file.stem else "data" if "data-processing" in file.stem else "saas"
    listed = sorted(names)
    return next((name for name in listed if wanted in name or name in wanted), listed[0])


def playbooks() -> list[str]:
    """The names `manage.py playbook list` prints first on each line. Raises CalledProcessError."""
    printed = subprocess.run(
        [sys.executable, "manage.py", "playbook", "list"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [line.split()[0] for line in printed.splitlines() if line.strip()]


def run(arguments: Iterable[str], out: Path, *, seed: str) -> Run:
    """Run one command and measure it; `out` is the file it may write."""
    out.unlink(missing_ok=True)
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as complained:
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            # Another seed each time: an order that comes from a set or a hash shows as different bytes.
            env=os.environ | {"PYTHONHASHSEED": seed},
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=complained,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        complained.seek(0)
        written = b"written:" + out.read_bytes() if out.exists() else b""
        digest = hashlib.sha256(printed.read() + written).hexdigest()
        error = complained.read().decode(errors="replace").strip()[-300:]
    return Run(process.returncode, seconds, usage.ru_maxrss / 1024, digest, error)


def prepared(file: Path, folder: Path) -> dict[str, str]:
    """What the commands need beside one sample: twenty edits over its paragraphs, the file with them tracked
    and with them accepted, and its text as one line of JSON. Keys as in COMMANDS, values are paths."""
    words = {
        "file": str(file),
        "edits": str(folder / "edits.json"),
        "redlined": str(folder / "redlined.docx"),
        "new": str(folder / "new.docx"),
        "lines": str(folder / "lines.jsonl"),
    }
    document = redline.read(file.read_bytes())
    plain = [b for b in document.blocks if b.part == "body" and len(b.text) > 40 and not b.table]
    edits = [
        {"block": block.id, "start": 0, "end": len(first), "text": f"{first} always", **EDITOR}
        for block in plain[:: max(1, len(plain) // 20)]
        if all(piece.state == "same" for piece in block.pieces)
        and (first := block.text.split(maxsplit=1)[0]) == block.text[: len(first)]
    ]
    done = redline.apply(file.read_bytes(), edits)
    Path(words["edits"]).write_text(json.dumps(edits))
    Path(words["redlined"]).write_bytes(done.docx)
    Path(words["new"]).write_bytes(redline.resolve(done.docx, accept_all=True))
    line = {"contract_id": file.stem, "id": file.stem, "text": document.text}
    Path(words["lines"]).write_text(json.dumps(line) + "\n")
    return words


def measure(command: str, files: list[Path], names: list[str]) -> Row:
    """Run `command` twice on every file; what fails is told on standard error."""
    pairs: dict[str, tuple[Run, Run]] = {}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.docx"
        for file in files:
            words = prepared(file, Path(folder)) | {"out": str(out), "playbook": playbook_for(file, names)}
            arguments = [part.format(**words) for part in COMMANDS[command]]
            first, second = (run(arguments, out, seed=seed) for seed in ("1", "2"))
            pairs[file.name] = (first, second)
            if first.code or second.code:
                print(f"{command} {file.name}: exit {first.code}: {first.error}", file=sys.stderr)
            elif first.digest != second.digest:
                print(f"{command} {file.name}: two runs differ", file=sys.stderr)
    return summary(command, pairs)


def summary(command: str, pairs: Mapping[str, tuple[Run, Run]]) -> Row:
    """The figures of one command over all files."""
    times = sorted((min(first.seconds, second.seconds), name) for name, (first, second) in pairs.items())
    # A command that says nothing and writes nothing has done nothing, whatever its exit code.
    good = [pair for pair in pairs.values() if all(run.code == 0 and run.digest != NOTHING for run in pair)]
    return Row(
        command=command,
        files=len(pairs),
        worked=len(good),
        median=times[len(times) // 2][0],
        slowest=times[-1][0],
        slowest_file=times[-1][1],
        megabytes=max(run.megabytes for pair in pairs.values() for run in pair),
        same=sum(first.digest == second.digest for first, second in good),
    )


def table(rows: Iterable[Row]) -> str:
    """The figures in Markdown."""
    lines = [
        "| command | works on | median s | slowest s | slowest file | peak MB | same bytes twice |",
        "|---|---:|---:|---:|---|---:|---:|",
    ]
    for row in rows:
        cells = (
            f"`{row.command}`",
            f"{row.worked} of {row.files}",
            f"{row.median:.2f}",
            f"{row.slowest:.2f}",
            row.slowest_file.removesuffix(".docx"),
            f"{row.megabytes:.0f}",
            f"{row.same} of {row.worked}",
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def write(text: str) -> None:
    """Put `text` between the two marks in docs/figures.md."""
    page = FIGURES.read_text()
    pattern = re.escape(START) + ".*?" + re.escape(END)
    FIGURES.write_text(re.sub(pattern, lambda _: f"{START}\n\n{text}\n\n{END}", page, flags=re.DOTALL))


def main() -> int:
    """Measure and print; the exit code is 1 where a command failed or did not repeat itself."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--only", nargs="*", default=[], help="words in the names of commands or files")
    parser.add_argument("--write", action="store_true", help="put the table into docs/figures.md")
    options = parser.parse_args()
    commands = [c for c in COMMANDS if any(word in c.split() for word in options.only)] or list(COMMANDS)
    files = sorted(SAMPLES.glob("*.docx"))
    files = [file for file in files if any(word in file.name for word in options.only)] or files
    if not files:
        print(f"SKIPPED: no sample contracts in ../{SAMPLES.relative_to(ROOT.parent)}", file=sys.stderr)
        return 1
    names = playbooks() if {"review", "redline"} & set(commands) else ["-"]
    rows = []
    for command in commands:
        rows.append(measure(command, files, names))
        print(table(rows[-1:]).splitlines()[-1], flush=True)
    cores = len(os.sched_getaffinity(0))
    text = f"{table(rows)}\n\nPython {platform.python_version()}, {cores} cores, {time.strftime('%Y-%m-%d')}."
    print(f"\n{text}")
    if options.write:
        write(text)
    return 0 if all(row.files == row.worked == row.same for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
