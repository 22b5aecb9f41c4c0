"""The two loops over the Job table: the embedded worker, and the sweep behind a Celery worker."""

import time
from collections.abc import Callable

from django.utils import timezone

from jobs import bell, runner, services
from jobs.models import Job, JobQuerySet
from jobs.runner import Clock, Outcome

IDLE_SECONDS = 0.1
PERIODIC_SECONDS = 2.0
MOST_RINGS = 200


class Worker:
    """One step = one job, or a short nap when none is due. Enqueues the periodic jobs now and then."""

    def __init__(self, *, clock: Clock = timezone.now) -> None:
        self._clock = clock
        self._periodic_next = 0.0

    def step(self) -> float:
        if time.monotonic() >= self._periodic_next:
            services.ensure_all_periodic(clock=self._clock)
            self._periodic_next = time.monotonic() + PERIODIC_SECONDS
        return IDLE_SECONDS if runner.run_next(clock=self._clock) is Outcome.NOTHING else 0.0


def sweep(*, is_stopping: Callable[[], bool] = lambda: False, clock: Clock = timezone.now) -> tuple[int, int]:
    """Find what is due or abandoned and ring the bell for it, or do it here when no bell answers.

    Returns how many jobs were rung and how many done. Ringing twice is harmless; the number is limited so
    that a long backlog does not fill Redis with copies at every sweep.
    """
    services.ensure_all_periodic(clock=clock)
    now = clock()
    rung = 0
    for job_id in [*_first(Job.objects.abandoned(now)), *_first(Job.objects.due(now))]:
        if is_stopping():
            return rung, 0
        if not bell.ring(job_id):
            return rung, _do_all(is_stopping, clock)
        rung += 1
    return rung, 0


def _first(rows: JobQuerySet) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:MOST_RINGS])


def _do_all(is_stopping: Callable[[], bool], clock: Clock) -> int:
    done = 0
    while not is_stopping() and runner.run_next(clock=clock) is not Outcome.NOTHING:
        done += 1
    return done
