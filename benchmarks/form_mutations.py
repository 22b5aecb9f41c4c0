"""Standard forms with one thing changed: how many land on the right rung, and leave all other issues alone.

    .venv/bin/python -m benchmarks.form_mutations          the table by kind
    .venv/bin/python -m benchmarks.form_mutations --misses  with every case that misses

The cases and their right answers stand in `tests/playbooks/form_cases.py`.
"""

import argparse
import sys
from collections import Counter

from tests.playbooks.form_cases import CASES, judged
from tests.shared import SHARED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if not (SHARED / "data" / "docx").is_dir():
        sys.exit("The standard forms are not beside the project.")
    cases, right, still = Counter[str](), Counter[str](), Counter[str]()
    for case in CASES:
        rung, moved = judged(case)
        cases[case.kind] += 1
        right[case.kind] += rung == case.rung
        still[case.kind] += not moved
        if options.misses and (rung != case.rung or moved):
            print(f"{case.id}: wanted {case.rung}, got {rung}, moved {sorted(moved)}")
    for kind in cases:
        print(f"{kind:12} {cases[kind]:5} {right[kind]:5} {still[kind]:5}")
    print(f"{'all':12} {cases.total():5} {right.total():5} {still.total():5}")


if __name__ == "__main__":
    main()
