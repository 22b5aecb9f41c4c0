"""Keeping a few child processes alive, and ending them all together."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

STOP_SECONDS = 27.0
STEADY_SECONDS = 10.0
# The wait before each restart in a row of quick deaths; one more death and we give up.
RESTART_WAITS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
PR_SET_PDEATHSIG = 1


class CrashLoop(Exception):
    """A child dies again and again as soon as it is started."""


@dataclass
class Child:
    """One supervised process: its name, its command, and how it has been doing."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    quick_deaths: int = 0


@dataclass
class Supervisor:
    """Start the children, call `look` several times a second, and `stop` at the end."""

    children: Sequence[Child]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def start(self) -> None:
        for child in self.children:
            self._start(child)

    def look(self) -> None:
        """Start again whoever has died. Raises CrashLoop when that does not help."""
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                self._note_death(child, now)
            if child.process is None and now >= child.restart_at:
                self._start(child)

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Ask every child to end, wait, then kill who is left and whatever they started."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            with suppress(ProcessLookupError):
                process.terminate()
        until = time.monotonic() + seconds
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, until - time.monotonic()))
        for process in running:
            _end_group(process)

    def _start(self, child: Child) -> None:
        child.started_at = time.monotonic()
        child.process = subprocess.Popen(  # noqa: S603 - our own command lines
            child.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            # A group of its own: Ctrl-C reaches us alone, and we end the children in order.
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )

    def _note_death(self, child: Child, now: float) -> None:
        process = child.process
        assert process is not None  # noqa: S101 - for the type checker
        _end_group(process)
        child.process = None
        child.quick_deaths = 1 if now - child.started_at >= STEADY_SECONDS else child.quick_deaths + 1
        log.warning("The %s process ended (%s); starting it again.", child.name, _how(process.returncode))
        if child.quick_deaths > len(RESTART_WAITS):
            raise CrashLoop(
                f"The {child.name} process ended {child.quick_deaths} times in a row "
                f"({_how(process.returncode)}). Its last messages above say why."
            )
        child.restart_at = now + RESTART_WAITS[child.quick_deaths - 1]


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the child's process group, such as a converter it had started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _die_with_parent() -> None:
    """In the new child, on Linux: be told to end when the supervisor is killed without a chance to say so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _how(returncode: int) -> str:
    return f"signal {-returncode}" if returncode < 0 else f"exit code {returncode}"
