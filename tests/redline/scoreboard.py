"""Every pair and the checks its comparison fails: `python -m tests.redline.scoreboard [NAME...] [-v]`.

Judged by the independent checker beside the project, which shares no code with the engine.
"""

import sys
import time

from redline.compare import compare
from tests.redline.pairs import all_pairs, tool

TEXTS = ("package", "accept_text", "reject_text")
UNFAITHFUL = ("ids", "minimality")  # all other checks together are "faithful"


def judge(old: bytes, new: bytes) -> tuple[dict[str, str], dict[str, object]]:
    """Failed checks with their reason, and the comparison's report."""
    done = compare(old, new, author="Parley", date="2026-01-15T09:00:00Z")
    found = tool("redline_check").check(old, new, done.docx)
    return {name: why for name, (ok, why) in found["results"].items() if not ok}, done.report


def main(arguments: list[str]) -> int:
    """Print the table; 1 when any text is wrong."""
    wanted = [a for a in arguments if not a.startswith("-")]
    texts = faithful = everything = total = 0
    for name, (old, new) in all_pairs().items():
        if wanted and not any(part in name for part in wanted):
            continue
        begun = time.perf_counter()
        try:
            failed, report = judge(old, new)
        except Exception as error:
            failed, report = {"crash": repr(error), **dict.fromkeys(TEXTS, "")}, {}
            if "-v" in arguments:
                raise
        took = time.perf_counter() - begun
        total += 1
        texts += not any(check in failed for check in TEXTS)
        faithful += not any(check not in UNFAITHFUL for check in failed)
        everything += not failed
        flag = " FALLBACK" if report.get("fallback") else ""
        print(f"{name:62} {took:5.2f} s {'all' if not failed else ', '.join(sorted(failed))}{flag}")
        if "-v" in arguments:
            for check, why in failed.items():
                print(f"    {check}: {why[:400]}")
            print("   ", report)
    print(f"{total} pairs: both texts {texts}, faithful {faithful}, all checks {everything}")
    return 0 if texts == total else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
