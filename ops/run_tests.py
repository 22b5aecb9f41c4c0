"""`make test`: every test, on SQLite, on PostgreSQL and in a browser, also where the last two are missing.

1. Install the Debian packages that are missing, where that is allowed.
2. Start a PostgreSQL and a Redis of our own.
3. Run three parts, each a pytest of its own: everything on SQLite; what touches the database again on
   PostgreSQL; the browser.
4. Stop the servers, end whatever a test left running, and print the counts.

What this machine cannot run is one loud SKIPPED line each, and under CI=true a failure.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

from ops import packages, processes, services

ROOT = Path(__file__).resolve().parents[1]
# A database or data folder of the person who runs the tests is none of the tests' business.
OUTER = {
    "DATABASE_URL",
    "REDIS_URL",
    "PARLEY_DATA",
    "PARLEY_URL",
    "PARLEY_SECRET_KEY",
    "DJANGO_SETTINGS_MODULE",
}
RESULTS = ROOT / "var" / "test-results"
NO_TESTS = 5  # pytest's exit code


@dataclass
class Counts:
    """Tests passed, failed (errors too) and skipped (things this machine lacks too)."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: "Counts") -> None:
        """Count another part's tests here too."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True)
class Part:
    """One pytest run: its name, the markers it selects, its environment, and whether it uses all cores."""

    name: str
    markers: str
    environment: Mapping[str, str]
    parallel: bool = True


def main(arguments: Sequence[str]) -> int:
    """Run the parts and print their counts; the exit code is 0 only where nothing failed."""
    long = "--long" in arguments
    passed_on = [argument for argument in arguments if argument != "--long"]
    strict = os.environ.get("CI") == "true"
    signal.signal(signal.SIGTERM, _as_interrupt)
    processes.adopt_orphans()
    started = time.monotonic()
    counts: dict[str, Counts] = {}
    lacking = Counts()
    try:
        with ExitStack() as stack:
            parts, reasons = plan(stack, packages.ensure(), long=long)
            for reason in reasons:
                print(f"SKIPPED: {reason}", flush=True)
            lacking = Counts(failed=len(reasons)) if strict else Counts(skipped=len(reasons))
            around = os.environ | {"TMPDIR": stack.enter_context(scratch_folder())}
            for part in parts:
                counts[part.name] = run(part, passed_on, around, strict=strict, long=long)
    except KeyboardInterrupt:
        print("\nStopped; the servers of the tests are stopped too.")
        return 130
    return report(counts, lacking, seconds=time.monotonic() - started)


def plan(stack: ExitStack, not_here: Mapping[str, str], *, long: bool) -> tuple[list[Part], list[str]]:
    """Start the servers this machine has; gives the parts to run and a sentence for each thing it lacks."""
    reasons = [f"{name}: {why}" for name, why in not_here.items()]
    without = [] if long else ["not slow"]
    if {"LibreOffice", "UNO for Python", "poppler"} & set(not_here):
        without.append("not libreoffice")
    environment = {}
    if "Redis" in not_here:
        without.append("not redis")
    else:
        environment["TEST_REDIS_URL"] = stack.enter_context(services.redis())
    everywhere = [*without, "not browser"]
    parts = [Part("SQLite", " and ".join([*everywhere, "not postgres"]), environment)]
    if "PostgreSQL" not in not_here:
        url = stack.enter_context(services.postgres())
        # Both names: settings read the first, tests that start processes of their own ask for the second.
        on_postgres = environment | {"DATABASE_URL": url, "TEST_DATABASE_URL": url, "PARLEY_ONLY_DB": "1"}
        parts.append(Part("PostgreSQL", " and ".join(everywhere), on_postgres))
    if "Chromium" not in not_here:
        # One browser at a time: two on two cores make every wait in the page longer.
        parts.append(Part("Browser", " and ".join([*without, "browser"]), environment, parallel=False))
    return parts, reasons


@contextmanager
def scratch_folder() -> Iterator[str]:
    """Where the tests put their temporary files: gone afterwards, whatever they forgot."""
    with tempfile.TemporaryDirectory(prefix="parley-tests-", ignore_cleanup_errors=True) as folder:
        # A database server that a test starts runs as another account, and must get to its own folder.
        Path(folder).chmod(0o711)
        yield folder


def run(part: Part, more: Sequence[str], around: Mapping[str, str], *, strict: bool, long: bool) -> Counts:
    """Run one part; gives its counts. A run that broke off, or under CI ran nothing, is a failure."""
    print(f"\n=== {part.name} ===", flush=True)
    RESULTS.mkdir(parents=True, exist_ok=True)
    results = RESULTS / f"{part.name.lower()}.xml"
    results.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-m", part.markers, f"--junitxml={results}"]
    if part.parallel:
        command += ["-n", str(max(1, min(4, len(os.sched_getaffinity(0))))), "--dist", "loadfile"]
    if long:
        command += ["--hypothesis-profile=long"]
    environment = {name: value for name, value in around.items() if name not in OUTER}
    began = time.monotonic()
    before = processes.children()
    try:
        done = subprocess.run(
            [*command, *more], cwd=ROOT, env=environment | dict(part.environment), check=False
        )
    finally:
        for leftover in processes.end_leftovers(before):
            print(f"Left running by the {part.name} tests, ended now: {leftover}", flush=True)
    counts = read_counts(results)
    broke_off = done.returncode not in (0, 1, NO_TESTS) or (done.returncode == 1 and not counts.failed)
    if broke_off or (strict and not counts.passed and not counts.failed):
        print(f"{part.name}: pytest left with exit code {done.returncode} and ran {counts.passed} tests.")
        counts.failed += 1
    print(f"{part.name}: {counts} in {time.monotonic() - began:.0f} s", flush=True)
    return counts


def read_counts(results: Path) -> Counts:
    """The counts of a JUnit file; nothing where there is none."""
    counts = Counts()
    if results.is_file():
        for suite in ElementTree.parse(results).getroot().iter("testsuite"):  # noqa: S314 - our own pytest wrote it
            number = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
            failed = number["failures"] + number["errors"]
            counts.add(
                Counts(max(0, number["tests"] - failed - number["skipped"]), failed, number["skipped"])
            )
    return counts


def report(counts: Mapping[str, Counts], lacking: Counts, *, seconds: float) -> int:
    """Print a line for each part and, last, the sum alone on its line; gives the exit code."""
    total = Counts()
    print()
    for name in ("SQLite", "PostgreSQL", "Browser"):
        print(f"{name}: {counts.get(name, 'not run')}")
        total.add(counts.get(name, Counts()))
    total.add(lacking)
    print(f"All in {seconds / 60:.1f} minutes.")
    print(total, flush=True)
    return 1 if total.failed or not total.passed else 0


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
