"""What a handler sees of its job."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from jobs import policy
from jobs.models import Job
from jobs.registry import LeaseLost


class JobContext:
    """A claimed job in the hands of its handler: its args, its progress, and whether it is still ours."""

    def __init__(self, job: Job, clock: Callable[[], datetime]) -> None:
        self._job = job
        self._clock = clock

    @property
    def args(self) -> dict[str, Any]:
        args: dict[str, Any] = self._job.args
        return args

    @property
    def kind(self) -> str:
        return self._job.kind

    @property
    def uuid(self) -> UUID:
        """Stable over all tries: use it in a Message-ID or webhook id, so that a receiver knows a repeat."""
        return self._job.uuid

    @property
    def attempt(self) -> int:
        """1 for the first try."""
        return self._job.attempts

    def now(self) -> datetime:
        """The runner's clock: handlers take the time from here, so that tests can move it."""
        return self._clock()

    def progress(self, step: str, percent: int) -> None:
        """Show on the page how far the work is; `step` is a code the page translates, percent 0 to 100.

        Raises LeaseLost when another worker may have taken the job over.
        """
        self._keep(progress_step=step, progress_percent=max(0, min(100, percent)))

    def heartbeat(self) -> None:
        """Renew the lease and find out whether the job is still ours; raises LeaseLost when it is not."""
        self._keep()

    def _keep(self, **changes: str | int) -> None:
        lease_until = self._clock() + policy.lease()
        if not Job.objects.held(self._job).update(lease_until=lease_until, **changes):
            raise LeaseLost(f"{self._job} was taken over by another worker.")
