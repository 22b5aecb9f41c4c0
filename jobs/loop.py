"""A loop that ends politely: on SIGTERM or SIGINT it finishes the job at hand, or hands it back."""

import logging
import signal
import time
from collections.abc import Callable
from types import FrameType

from django.db import InterfaceError, OperationalError, connection

from jobs import policy
from jobs.runner import HandBack

log = logging.getLogger(__name__)

DATABASE_PAUSE = 1.0
LONGEST_NAP = 0.1


class Loop:
    """Calls `step` until told to stop; `step` returns how many seconds to wait before the next call.

    Signals reach the main thread only, so `run` must be called there.
    """

    def __init__(self, step: Callable[[], float]) -> None:
        self._step = step
        self._stopping = False
        self._stepping = False

    def is_stopping(self) -> bool:
        return self._stopping

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask_to_stop)
        signal.signal(signal.SIGALRM, self._insist)
        while not self._stopping:
            self._wait(self._guarded_step())
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _guarded_step(self) -> float:
        self._stepping = True
        try:
            return self._step()
        except HandBack:
            # It struck between two jobs, or just after a claim; then the lease gives the job back.
            return 0.0
        except (OperationalError, InterfaceError) as problem:
            # The database is away or restarting. Jobs are safe in it; try again until it is back.
            log.warning("The database does not answer: %s", problem)
            connection.close()
            return DATABASE_PAUSE
        finally:
            self._stepping = False

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stopping and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, LONGEST_NAP))

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        if not self._stopping:
            self._stopping = True
            signal.setitimer(signal.ITIMER_REAL, policy.stop_grace().total_seconds())

    def _insist(self, number: int, frame: FrameType | None) -> None:
        if self._stepping:
            raise HandBack
