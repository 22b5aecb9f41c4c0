"""How fast many contracts are reviewed, by one Celery process and by two, on PostgreSQL and Redis.

    .venv/bin/python -m benchmarks.bulk_review                   1,000 contracts, prints the figures
    .venv/bin/python -m benchmarks.bulk_review --contracts 200   fewer
    .venv/bin/python -m benchmarks.bulk_review --json            as one JSON document

1. Start a PostgreSQL and a Redis of our own; an organisation with the playbook in force.
2. Make the contracts: the sample company's own, each with other figures, so that no two files are equal.
3. For one process and for two (`celery worker --pool solo` each): start them, let them read a few documents
   so that everything is loaded, then hand in the files as a bulk review and wait for its end.

Told is documents by second from the start of the run to its last document, so spreading the work counts in.
Every document passes the gate in a child process, is read and placed on every ladder.
"""

import argparse
import io
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ops import services

ROOT = Path(__file__).resolve().parents[1]
PLAYBOOK = "saas-customer"
SOURCES = (
    "master-saas-agreement",
    "support-and-maintenance-agreement",
    "data-processing-agreement",
    "mutual-nda",
    "software-licence",
)
SWAPS = (
    ("thirty (30)", ("thirty (30)", "forty-five (45)", "sixty (60)", "fourteen (14)", "ninety (90)")),
    ("twelve (12)", ("twelve (12)", "six (6)", "eighteen (18)", "twenty-four (24)")),
    ("three (3)", ("three (3)", "five (5)", "seven (7)", "two (2)")),
    ("England and Wales", ("England and Wales", "Germany", "Ireland", "New York")),
)
GOAL = 1.6
PATIENCE = 3_600


def contracts(count: int) -> Iterator[tuple[str, bytes]]:
    """Files with names, the same ones every time."""
    from config.demo.contracts import build

    for number in range(count):
        slug = SOURCES[number % len(SOURCES)]
        yield f"{slug}-{number:04d}.docx", varied(build(slug), number)


def varied(data: bytes, number: int) -> bytes:
    """The file with other figures in its text, chosen by its number; the number itself makes it unique."""
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "word/document.xml":
                text = content.decode()
                for place, (old, choices) in enumerate(SWAPS):
                    text = text.replace(old, choices[number // (place + 1) % len(choices)])
                content = text.encode()
            if item.filename == "docProps/core.xml":
                content = content.replace(b"</dc:title>", f" {number}</dc:title>".encode())
            target.writestr(item, content)
    return out.getvalue()


@contextmanager
def workers(count: int) -> Iterator[None]:
    """So many Celery processes, each doing one job at a time; ended by their own process ids."""
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "config",
        "worker",
        "--pool",
        "solo",
        "--loglevel",
        "ERROR",
    ]
    started = [
        subprocess.Popen(
            [*command, "--hostname", f"bench{number}@%h", "--without-gossip", "--without-mingle"],
            cwd=ROOT,
            env=os.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for number in range(count)
    ]
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=60)


def organisation() -> Any:
    """A member of legal, in an organisation with the playbook in force."""
    from accounts.models import Role
    from accounts.services import people
    from playbooks.library import SHIPPED
    from playbooks.services import bringing, publishing

    ours = people.create_organisation(name="Bench", zone="UTC", currency="EUR")
    member = people.add_member(
        organisation=ours, email="bench@bench.example", name="Bench", title="", roles=[Role.LEGAL], by=None
    )
    text = (SHIPPED / f"{PLAYBOOK}.yaml").read_text("utf-8")
    publishing.publish(version=bringing.import_yaml(organisation=ours, text=text, by=None), by=None)
    return member


def handed_in(member: Any, files: list[tuple[str, bytes]]) -> Any:
    """The run of a bulk review of these files, as the page starts it."""
    from analytics.services import runs
    from analytics.uploads import Upload
    from playbooks.models import Playbook

    book = Playbook.objects.get(organisation=member.organisation, slug=PLAYBOOK)
    uploads = [Upload(name, data) for name, data in files]
    return runs.start_bulk(version=book.published(), title="", uploads=uploads, contracts=[], by=member)


def finished(run: Any) -> float:
    """Seconds from the start of the run to its last document."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        run.refresh_from_db(fields=["finished_at", "done"])
        if run.finished_at is not None:
            return float((run.finished_at - run.created_at).total_seconds())
        time.sleep(0.1)
    raise SystemExit(f"After an hour {run.done} of {run.total} documents were read.")


def measure(files: list[tuple[str, bytes]], processes: int, member: Any) -> dict[str, Any]:
    with workers(processes):
        finished(handed_in(member, files[: 4 * processes]))
        run = handed_in(member, files)
        seconds = finished(run)
    failed = run.items.exclude(state="ready").count()
    return {
        "processes": processes,
        "contracts": run.total,
        "failed": failed,
        "seconds": round(seconds, 1),
        "rate": round(run.total / seconds, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=int, default=1_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="parley-bench-") as folder,
        services.postgres() as url,
        services.redis() as broker,
    ):
        os.environ |= {
            "DATABASE_URL": url,
            "REDIS_URL": broker,
            "PARLEY_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        files = list(contracts(asked.contracts))
        member = organisation()
        rows = [measure(files, processes, member) for processes in (1, 2)]
    told = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "runs": rows,
        "ratio": round(rows[1]["rate"] / rows[0]["rate"], 2),
    }
    if asked.json:
        print(json.dumps(told, indent=2))
        return
    print(told["machine"])
    for row in rows:
        print(
            f"{row['processes']} process(es): {row['contracts']} contracts in {row['seconds']} s,"
            f" {row['rate']} a second, {row['failed']} failed"
        )
    print(f"two against one: {told['ratio']} times the rate (goal {GOAL})")


if __name__ == "__main__":
    main()
