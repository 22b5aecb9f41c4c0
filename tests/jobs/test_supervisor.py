"""The supervisor on children that do nothing but live and die."""

import sys

from jobs import supervisor
from jobs.supervisor import Child, CrashLoop, Supervisor
from tests.jobs.processes import eventually, is_alive

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)",
]
DIES = [sys.executable, "-c", "raise SystemExit(3)"]


def test_a_child_that_dies_again_and_again_is_given_up(monkeypatch):
    monkeypatch.setattr(supervisor, "RESTART_WAITS", (0.0, 0.0, 0.0))
    both = Supervisor([Child("steady", SLEEP), Child("broken", DIES)])
    both.start()
    try:

        def broken():
            try:
                both.look()
            except CrashLoop as problem:
                return str(problem)

        assert "broken process ended 4 times in a row (exit code 3)" in eventually(broken)
    finally:
        both.stop()
    assert both.children[0].quick_deaths == 0


def test_a_child_that_does_not_listen_is_killed():
    one = Supervisor([Child("stubborn", STUBBORN)])
    one.start()
    pid = one.children[0].process.pid
    one.stop(seconds=0.2)
    assert not is_alive(pid)


def test_what_a_child_has_started_ends_with_it(tmp_path):
    note = tmp_path / "pid"
    code = (
        "import pathlib, subprocess, sys, time\n"
        f"child = subprocess.Popen({SLEEP!r})\n"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid))\n"
        "time.sleep(600)"
    )
    one = Supervisor([Child("parent", [sys.executable, "-c", code])])
    one.start()
    grandchild = int(eventually(lambda: note.exists() and note.read_text()))
    one.stop()
    eventually(lambda: not is_alive(grandchild))
