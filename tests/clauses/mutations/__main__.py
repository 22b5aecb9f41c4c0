"""Counts of the mutation set by kind; see the package's own words."""

import argparse
import sys
import time
from collections import Counter

from tests.clauses.mutations import KINDS, cases, forms, is_seen
from tests.shared import SHARED


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.clauses.mutations", description=__doc__)
    parser.add_argument("--missed", action="store_true", help="print each case that was not seen")
    parser.add_argument("--untouched", action="store_true", help="print the findings on the untouched forms")
    parser.add_argument("--most", type=int, default=3, help="cases of each kind in each form")
    parser.add_argument("--only", nargs="*", default=(), help="kinds whose names hold these words")
    args = parser.parse_args(argv)
    if not SHARED.is_dir():
        print("SKIPPED: the standard forms are not beside the project; our own contracts alone are used.")
    if args.untouched:
        return untouched()
    kinds = tuple(name for name in KINDS if any(word in name for word in args.only))
    made, seen = Counter[str](), Counter[str]()
    started = time.process_time()
    for form in forms():
        for name, case in cases(form, most=args.most, kinds=kinds):
            made[name] += 1
            if is_seen(case):
                seen[name] += 1
            elif args.missed:
                print(f"not seen: {case}", flush=True)
    print("| change | cases | seen | share |\n| --- | ---: | ---: | ---: |")
    for name in KINDS:
        if made[name]:
            print(f"| {name} | {made[name]} | {seen[name]} | {seen[name] / made[name]:.1%} |")
    total = made.total()
    print(f"| all | {total} | {seen.total()} | {seen.total() / max(total, 1):.1%} |")
    print(f"\n{time.process_time() - started:.0f} s of processor time.")
    return 0


def untouched() -> int:
    for form in forms():
        print(f"== {form.name}: {len(form.analysis.clauses)} clauses, {len(form.issues)} findings")
        for issue in form.issues:
            print(f"  {issue.severity} {issue.code}: {issue.message}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
