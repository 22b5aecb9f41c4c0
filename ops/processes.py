"""Nothing a test starts may outlive the tests.

Linux hands a process whose parent died to the nearest ancestor that asked for orphans. The test runner asks,
so whatever a test leaves running ends up as the runner's own child, where it is seen and ended by its id.
"""

import ctypes
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
GRACE_SECONDS = 3.0


def adopt_orphans() -> None:
    """From now on orphaned descendants become children of this process (on Linux; elsewhere nothing)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """For a new child: be interrupted when the parent dies, even where it was killed."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def children() -> set[int]:
    """The ids of this process's living children; empty where there is no /proc."""
    mine = os.getpid()
    return {pid for pid in _all_ids() if _parent_and_state(pid) in {(mine, state) for state in "RSDTt"}}


def end_leftovers(before: set[int]) -> list[str]:
    """End every child that was not there `before`, and their children in turn; gives their command lines."""
    ended: list[str] = []
    while leftovers := children() - before:
        for pid in sorted(leftovers):
            ended.append(_command_line(pid))
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while leftovers & children() and time.monotonic() < deadline:
            _reap(leftovers)
            time.sleep(0.05)
        for pid in leftovers & children():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _reap(leftovers, wait=True)
    return ended


def _all_ids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")] if Path("/proc").is_dir() else []


def _parent_and_state(pid: int) -> tuple[int, str] | None:
    try:
        # The name in brackets may hold spaces and brackets itself, so the fields start after the last one.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None  # it ended between the listing and now
    return int(fields[1]), fields[0]


def _command_line(pid: int) -> str:
    try:
        words = (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        )
    except OSError:
        words = ""
    return words[:120] or f"process {pid}"  # one that is just ending has no words any more


def _reap(pids: set[int], *, wait: bool = False) -> None:
    for pid in pids:
        with suppress(ChildProcessError):
            os.waitpid(pid, 0 if wait else os.WNOHANG)
