"""Processor time of reading by length of the contract, up to a million characters.

    .venv/bin/python -m benchmarks.reading            prints the tables
    .venv/bin/python -m benchmarks.reading --write    and puts them into docs/figures.md

The long texts are our own sample contracts one after the other; the odd ones are made of one thing repeated.
Each is read three times, the smallest time is told. "Ratio" is time per character against the row before: 1
is linear.
"""

import argparse
import sys
import time
import tracemalloc
from pathlib import Path

import redline
from clauses import Analysis, analyse, cascade, check
from clauses.cuad import predict
from config.demo.contracts import build, catalogue

FIGURES = Path(__file__).resolve().parents[1] / "docs" / "figures.md"
START, END = "<!-- reading time: written by python -m benchmarks.reading -->", "<!-- reading time: end -->"
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
ODD = {
    "one line": lambda text: text.replace("\n", " "),
    "no headings": lambda text: "\n".join(row for row in text.split("\n") if len(row) > 90),
    "tables only": lambda text: "\n".join(f"Label {n}\tvalue {n}" for n in range(len(text) // 18)),
    "right to left": lambda text: "הסכם זה נחתם בין הצדדים. " * (len(text) // 25),
    "look-alike letters": lambda text: text.translate(str.maketrans("aeoc", "аеос")),
    "labels": lambda text: "(a) x; (b) y; " * (len(text) // 14),
    "brackets": lambda text: "([{“" * (len(text) // 4),
    "numbers": lambda text: "1.1 " * (len(text) // 4),
    "references": lambda text: "Section 4.1 and Section 9(b), " * (len(text) // 30),
    "capitals": lambda text: "Each Service Credit Of The Customer Is A Thing " * (len(text) // 47),
    "nothing": lambda text: "",
}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/figures.md")
    parser.add_argument("--odd", type=int, default=300_000, help="characters of the odd texts")
    args = parser.parse_args(argv)
    table = "\n".join([*by_length(), "", *odd_texts(args.odd)])
    print(table)
    if args.write:
        text = FIGURES.read_text(encoding="utf-8")
        head, _, rest = text.partition(START)
        FIGURES.write_text(f"{head}{START}\n\n{table}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return 0


def by_length() -> list[str]:
    rows = [
        "| characters | analyse, s | check, s | cascade, s | predict, s | µs a character, analyse and check "
        "| ratio | MB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    before = 0.0
    for size in SIZES:
        text = long_text(size)
        read, analysis = best(analyse, text)
        checked, _ = best(check, analysis)
        touched, _ = best(lambda known: cascade(known, "Agreement"), analysis)
        predicted, _ = best(predict, text, times=1)
        each = (read + checked) / size * 1e6
        ratio = f"{each / before:.2f}" if before else ""
        before = each
        rows.append(
            f"| {size:,} | {read:.2f} | {checked:.2f} | {touched:.2f} | {predicted:.2f} | {each:.1f} "
            f"| {ratio} | {peak(text)} |"
        )
    return rows


def odd_texts(size: int) -> list[str]:
    rows = [f"| {size:,} characters of | analyse and check, s | clauses |", "|---|---:|---:|"]
    text = long_text(size)
    for name, made in ODD.items():
        odd = made(text)
        read, analysis = best(analyse, odd, times=1)
        checked, _ = best(check, analysis, times=1)
        rows.append(f"| {name} | {read + checked:.2f} | {len(analysis.clauses):,} |")
    return rows


def long_text(size: int) -> str:
    """Our own contracts with their numbers typed, again and again until they fill the size."""
    texts = [redline.read(build(entry.slug)).view(numbers=True) for entry in catalogue()]
    whole = "\n".join(texts)
    return (whole * (size // len(whole) + 1))[:size]


def best(function, argument, times: int = 3) -> tuple[float, Analysis]:  # type: ignore[no-untyped-def]
    """Smallest processor time of some runs, and the result."""
    seconds = []
    for _ in range(times):
        started = time.process_time()
        result = function(argument)
        seconds.append(time.process_time() - started)
    return min(seconds), result


def peak(text: str) -> str:
    """Largest memory that reading and checking held at once, MB; measured apart, since measuring slows."""
    if len(text) > 300_000:
        return "–"
    tracemalloc.start()
    check(analyse(text))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return f"{most / 1e6:.1f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
