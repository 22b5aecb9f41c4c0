"""`manage.py up`: one command starts web and worker, keeps them alive, and ends them both."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.jobs.processes import MANAGE, ROOT, Sample, children_of, eventually, fresh_database, is_alive

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db,
    pytest.mark.skipif(sys.platform != "linux", reason="SKIPPED: reads /proc to see the child processes"),
]


@pytest.fixture
def sample(tmp_path):
    with fresh_database(tmp_path) as url:
        sample = Sample(url, tmp_path)
        sample.migrate()
        yield sample


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def child(up, word):
    found = [pid for pid, command in children_of(up.pid).items() if word in command]
    return found[0] if len(found) == 1 else None


def read_address(up):
    for line in up.stdout:
        if "Parley answers at" in line:
            return line.split()[3]
    raise AssertionError("up ended without an address")


def test_it_starts_both_restarts_what_is_killed_and_leaves_nothing_behind(sample, port):
    with sample.started(*MANAGE, "up", "--port", str(port)) as up:
        address = read_address(up)
        assert address == f"http://127.0.0.1:{port}/"
        with urllib.request.urlopen(f"{address}livez", timeout=10) as answer:
            assert answer.read() == b"alive"

        for word in ("manage.py worker", "uvicorn"):
            first = child(up, word)
            os.kill(first, signal.SIGKILL)
            eventually(lambda word=word, first=first: child(up, word) not in (None, first))
        sample.manage("sample", "enqueue")
        eventually(lambda: sample.report()["marks"] == [0])

        everyone = children_of(up.pid)
        assert len(everyone) == 2
        up.terminate()
        assert up.wait(timeout=30) == 0
        assert not [pid for pid in everyone if is_alive(pid)]


def test_a_killed_supervisor_takes_its_children_along(sample, port):
    with sample.started(*MANAGE, "up", "--port", str(port)) as up:
        read_address(up)
        everyone = children_of(up.pid)
        assert len(everyone) == 2
        up.kill()
        up.wait()
        eventually(lambda: not [pid for pid in everyone if is_alive(pid)])


def test_a_busy_port_is_said_in_one_sentence(sample):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*MANAGE, "up", "--port", str(port)],
            cwd=ROOT,
            env=sample.environment,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"Port {port} is in use by another program." in done.stderr


def test_the_whole_application_comes_up_on_an_empty_database(tmp_path, port):
    with fresh_database(tmp_path) as url:
        parley = Sample(url, tmp_path, DJANGO_SETTINGS_MODULE="config.settings")
        with parley.started(*MANAGE, "up", "--port", str(port)) as up:
            address = read_address(up)
            with urllib.request.urlopen(f"{address}readyz", timeout=10) as answer:
                assert answer.status == 200
            with urllib.request.urlopen(address, timeout=10) as answer:
                assert answer.status == 200
            # The real apps are loaded in the worker too: its own periodic work gets done.
            eventually(lambda: "waiting" not in parley.manage("shell", "-v0", "-c", STATES).split())


STATES = "from jobs.models import Job; print(*Job.objects.values_list('state', flat=True) or ['waiting'])"
