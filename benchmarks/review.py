"""A review of a contract of some 28 pages by a playbook of 40 issues: text to findings with redlines.

    .venv/bin/python -m benchmarks.review          prints the figures
    .venv/bin/python -m benchmarks.review --json   as one JSON document

Processor seconds of one core; each figure is the smallest of several fresh processes, so that nothing is warm from the
run before. "Again" is a second review in the same process after the words of one clause changed.
"""
# ruff: noqa: E501

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import redline
from playbooks.library import shipped
from playbooks.review import page_of, places, review
from playbooks.rules import Playbook
from playbooks.yaml_format import load

ROOT = Path(__file__).resolve().parents[1]
FORM = ROOT.parent / "shared" / "data" / "docx" / "common-paper-csa-with-ai.docx"
PRACTICE = ROOT / "tests" / "playbooks" / "ladders" / "practice.yaml"
ISSUES = 40
GOALS = {"review": 1.0, "again": 0.05}
RUNS = 5


def forty_issues() -> Playbook:
    """The SaaS playbook that ships, filled up with ladders of practice."""
    data, more = shipped("saas-customer").to_data(), load(PRACTICE.read_bytes()).to_data()
    known = {issue["code"] for issue in data["issues"]}
    filling = [issue for issue in more["issues"] if issue["code"] not in known]
    needed = {"provider_cap", "breach_cap", "their_insurance", "residuals"}
    filling.sort(key=lambda issue: issue["code"] not in needed)
    data["lists"] = {**more["lists"], **data["lists"]}
    data["issues"] = [*data["issues"], *filling][:ISSUES]
    return Playbook.from_data(data)


def measure() -> dict[str, float]:
    """Processor seconds in this process: reading the file, the review with its redlines, and again after an edit."""
    playbook, data = forty_issues(), FORM.read_bytes()
    began = time.process_time()
    document = redline.read(data)
    read = time.process_time()
    found = review(playbook, document)
    done = time.process_time()
    page = page_of(document)
    line = next(
        line
        for line in page.lines
        if "thirty (30)" in line.text or " 30 " in line.text or len(line.text) > 300
    )
    edited = page.edited(
        [{"op": "replace", "block": line.block, "start": 0, "end": 0, "text": "Notwithstanding that, "}]
    )
    again = time.process_time()
    places(playbook, edited)
    placed = time.process_time()
    review(playbook, edited, earlier=(found, page))
    reviewed = time.process_time()
    return {
        "issues": len(playbook.issues),
        "findings": len(found.findings),
        "proposals": sum(1 for one in found.findings if one.changes),
        "characters": len(page.text),
        "read": read - began,
        "review": done - read,
        "again, where each issue stands": placed - again,
        "again, with redlines": reviewed - placed,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--once", action="store_true", help="measure in this process only")
    options = parser.parse_args()
    if not FORM.exists():
        sys.exit("The contract to measure with is not beside the project.")
    if options.once:
        print(json.dumps(measure()))
        return
    command = [sys.executable, "-m", "benchmarks.review", "--once"]
    runs = [
        json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
        for _ in range(RUNS)
    ]
    best = {name: min(run[name] for run in runs) for name in runs[0]}
    if options.json:
        print(json.dumps(best, indent=2))
        return
    print(
        f"{best['issues']} issues, {best['characters']:,} characters, {best['findings']} findings, {best['proposals']} proposals"
    )
    for name in ("read", "review", "again, where each issue stands", "again, with redlines"):
        print(f"{name:34} {best[name] * 1000:8.0f} ms")


if __name__ == "__main__":
    main()
