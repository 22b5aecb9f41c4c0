"""The test command itself: its counts, its servers, and that nothing outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ops import packages, run_tests, services
from ops.run_tests import Counts

ROOT = Path(__file__).resolve().parents[2]
needs_postgres = pytest.mark.skipif(
    services.postgres_folder() is None, reason="SKIPPED: PostgreSQL is not installed"
)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone_within(pid, seconds):
    deadline = time.monotonic() + seconds
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_alive(pid)


@pytest.mark.parametrize(
    ("suite", "expected"),
    [
        ('tests="10" failures="1" errors="2" skipped="3"', Counts(4, 3, 3)),
        ('tests="0" failures="0" errors="0" skipped="0"', Counts()),
        # A test whose body and whose cleaning up both fail counts as one test and two failures.
        ('tests="1" failures="1" errors="1" skipped="0"', Counts(0, 2, 0)),
    ],
)
def test_it_reads_the_counts_of_a_run(tmp_path, suite, expected):
    results = tmp_path / "results.xml"
    results.write_text(f"<testsuites><testsuite {suite}/></testsuites>")
    assert run_tests.read_counts(results) == expected


def test_a_run_that_left_no_results_has_no_counts(tmp_path):
    assert run_tests.read_counts(tmp_path / "none.xml") == Counts()


def test_the_last_line_is_the_sum_alone(capsys):
    code = run_tests.report(
        {"SQLite": Counts(5, 0, 1), "PostgreSQL": Counts(3)}, Counts(skipped=1), seconds=60
    )
    printed = capsys.readouterr().out.splitlines()
    assert printed[-1] == "8 passed, 0 failed, 2 skipped"
    assert "SQLite: 5 passed, 0 failed, 1 skipped" in printed
    assert "Browser: not run" in printed
    assert code == 0


@pytest.mark.parametrize("counts", [Counts(5, 1), Counts()])
def test_a_failure_and_an_empty_run_are_not_success(capsys, counts):
    assert run_tests.report({"SQLite": counts}, Counts(), seconds=1) == 1


def test_what_the_machine_lacks_is_named_and_left_out():
    from contextlib import ExitStack

    lacking = {need.name: "not installed" for need in packages.NEEDS}
    with ExitStack() as stack:
        parts, reasons = run_tests.plan(stack, lacking, long=False)
    assert [part.name for part in parts] == ["SQLite"]
    assert len(reasons) == len(packages.NEEDS)
    for marker in ("slow", "libreoffice", "redis", "browser", "postgres"):
        assert f"not {marker}" in parts[0].markers


@needs_postgres
def test_the_server_answers_inside_the_block_and_is_gone_after_it():
    import psycopg

    with services.postgres() as url:
        with psycopg.connect(url) as connection:
            (pid,) = connection.execute("select pg_backend_pid()").fetchone()
        assert url.startswith("postgresql://parley:")
    assert gone_within(pid, 5)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


@needs_postgres
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_stopped_runner_leaves_no_server(how):
    script = (
        "import sys, time, signal, pathlib\n"
        "from ops import run_tests, services\n"
        "signal.signal(signal.SIGTERM, run_tests._as_interrupt)\n"
        "with services.postgres() as url:\n"
        "    data = next(pathlib.Path(sys.argv[1]).glob('parley-pg-*/data/postmaster.pid'))\n"
        "    print(data.read_text().split()[0], flush=True)\n"
        "    time.sleep(60)\n"
    )
    with run_tests.scratch_folder() as folder:
        runner = subprocess.Popen(
            [sys.executable, "-c", script, folder],
            cwd=ROOT,
            env=os.environ | {"TMPDIR": folder},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        server = int(runner.stdout.readline())
        assert is_alive(server)
        runner.send_signal(how)
        runner.wait(timeout=30)
        assert gone_within(server, 15)


def test_what_a_test_left_running_is_ended_and_named():
    # The shell dies at once; its child, in a session of its own, would live on for minutes.
    script = (
        "import subprocess, time\n"
        "from ops import processes\n"
        "processes.adopt_orphans()\n"
        "before = processes.children()\n"
        "start = 'setsid sleep 234 >/dev/null 2>&1 & echo $!'\n"
        "pid = subprocess.run(['sh', '-c', start], stdout=subprocess.PIPE, text=True).stdout.strip()\n"
        # Until it runs the program it was started for, a new process has other words, or none.
        "while not open(f'/proc/{pid}/cmdline').read().startswith('sleep'):\n"
        "    time.sleep(0.01)\n"
        "print(pid, *processes.end_leftovers(before), sep='\\n')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    pid, *ended = done.stdout.splitlines()
    assert any("sleep 234" in line for line in ended), done.stderr
    assert not is_alive(int(pid))


def test_help_tells_every_command_of_the_makefile():
    told = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True
    ).stdout
    for target in ("demo", "up", "install", "test", "fast", "check", "long", "arch", "bench", "help"):
        assert f"make {target} " in told
