"""Real processes on a database of their own: for kills, stops and restarts."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, str(ROOT / "manage.py")]


@contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """The URL of an empty database: on the PostgreSQL under test, or else an SQLite file in `folder`."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite://{folder}/sample.sqlite3"
        return
    import psycopg

    name = f"sample_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Sample:
    """The sample project on one database, driven from outside."""

    def __init__(self, url: str, folder: Path, **environment: str) -> None:
        self.environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.jobs.settings",
            "DATABASE_URL": url,
            "PARLEY_DATA": str(folder),
            "PYTHONUNBUFFERED": "1",
        } | environment

    def manage(self, *arguments: str, **environment: str) -> str:
        done = subprocess.run(
            [*MANAGE, *arguments],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def migrate(self) -> None:
        self.manage("migrate", "--run-syncdb", "--verbosity", "0")

    def report(self) -> dict:
        return json.loads(self.manage("sample", "report"))

    @contextmanager
    def started(self, *command: str, **environment: str) -> Iterator[subprocess.Popen]:
        """The process, with its output readable line by line; ended when the block ends."""
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()


def eventually(condition: Callable[[], object], *, seconds: float = 30) -> object:
    """The first truthy answer; an assertion after so long, which is a limit and no expectation."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := condition():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"It did not happen in {seconds:g} seconds.")


def children_of(pid: int) -> dict[int, str]:
    """The living children of a process, by id, with their command lines (Linux)."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid and fields[0] != "Z":
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
