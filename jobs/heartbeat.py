"""Renewing a lease while the handler works."""

import logging
import threading
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection

from jobs import policy
from jobs.context import JobContext
from jobs.registry import LeaseLost

log = logging.getLogger(__name__)


class Heartbeat:
    """Renews the lease at each third of it, in a thread with its own database connection.

    The first beat comes after a third of the lease, so a short job costs a thread and no connection. Losing
    the lease ends the thread quietly: the handler learns it from its next `progress`, or at the finish.
    """

    def __init__(self, context: JobContext) -> None:
        self._context = context
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="job-heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        pause = policy.lease().total_seconds() / 3
        try:
            while not self._stop.wait(pause):
                try:
                    self._context.heartbeat()
                except LeaseLost:
                    return
                except DatabaseError as problem:
                    # A busy or restarting database: the next beat may still come in time.
                    log.warning("Heartbeat missed: %s", problem)
                    connection.close()
        finally:
            connection.close()
