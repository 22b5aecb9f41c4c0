"""Doing one job, in a way that a killed, frozen or late worker can neither lose nor repeat it.

1. Claim: in one transaction take a due or abandoned row, add one to `attempts`, set a lease.
2. Work: the handler runs outside any transaction while a thread renews the lease.
3. Finish: one transaction marks the row done *where attempts is still ours* and applies the effect. No row
   matched means another worker has the job; then nothing is applied.
4. Failure: the same condition; wait longer each time, and after the last try the job is dead, visible, and
   its on_dead hook has told the row it was about.

Both runners, `manage.py worker` and the Celery task, call `run_job` or `run_next` and nothing else.
"""

import enum
import logging
import os
import socket
from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs import policy, registry
from jobs.context import JobContext
from jobs.heartbeat import Heartbeat
from jobs.models import Job, JobQuerySet
from jobs.registry import Effect, LeaseLost, Permanent

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


class Outcome(enum.Enum):
    NOTHING = "nothing to do"  # not due, finished, or in the hands of another worker
    DONE = "done"
    FAILED = "failed, will be tried again"
    DEAD = "given up"
    LOST = "lease lost, nothing changed"
    HANDED_BACK = "handed back"


class HandBack(BaseException):
    """Raised into a handler when its worker must stop now. No Exception, so that no handler catches it."""


def run_job(job_id: int, *, clock: Clock = timezone.now, beat: bool = True) -> Outcome:
    """Do this job if it is due and free. Safe to call any number of times from anywhere.

    `beat` False leaves the lease to the handler's own progress calls: for callers inside a transaction.
    """
    return _run(Job.objects.filter(pk=job_id), clock=clock, beat=beat, loud=False)


def run_next(*, clock: Clock = timezone.now, beat: bool = True) -> Outcome:
    """Do the job that has been due longest."""
    return _run(Job.objects.all(), clock=clock, beat=beat, loud=False)


def drain(*, clock: Clock = timezone.now, loud: bool = False, limit: int = 10_000) -> int:
    """Do all due jobs in this process, longest due first, also those they enqueue; returns how many ran.

    For tests, builders and the demo loader; works inside a transaction. With `loud` the first unexpected
    error of a handler is raised once it has been recorded. Raises RuntimeError after `limit` jobs.
    """
    for count in range(limit):
        if _run(Job.objects.all(), clock=clock, beat=False, loud=loud) is Outcome.NOTHING:
            return count
    raise RuntimeError(f"{limit} jobs run and still more are due: a job seems to enqueue itself.")


def _run(among: JobQuerySet, *, clock: Clock, beat: bool, loud: bool) -> Outcome:
    job = claim(among, now=clock())
    if job is None:
        return Outcome.NOTHING
    if job.failures >= policy.max_failures():
        return _bury(job, _gave_up(job), error=job.last_error, clock=clock)
    try:
        return _work_and_finish(job, clock=clock, beat=beat)
    except LeaseLost:
        log.warning("%s took longer than its lease and went to another worker.", job)
        return Outcome.LOST
    except Permanent as problem:
        return _bury(job, problem.sentence, error=problem.sentence, clock=clock)
    except HandBack:
        return _hand_back(job, clock=clock)
    except Exception as problem:
        log.exception("%s failed.", job)
        # The error may be that the database went away: then the failure needs a new connection.
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        outcome = _fail(job, problem, clock=clock)
        if loud:
            raise
        return outcome


def claim(among: JobQuerySet, *, now: datetime) -> Job | None:
    """Take one job of `among` for this process, or None: an abandoned one first, then the longest due."""
    # Two queries, because «or» between them would sort a long backlog at every claim.
    return _claim_first(among.abandoned(now), now) or _claim_first(among.due(now), now)


def _claim_first(rows: JobQuerySet, now: datetime) -> Job | None:
    # A plain look first: SQLite's transactions take the write lock at once, too dear for polling.
    if not rows.exists():
        return None
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        job = rows.first()
        if job is None:
            return None
        seen = Job.objects.filter(pk=job.pk, state=job.state, attempts=job.attempts)
        if job.state == Job.State.RUNNING:
            job.failures += 1
            job.last_error = f"Worker {job.worker} stopped or went silent."
        job.state = Job.State.RUNNING
        job.attempts += 1
        job.lease_until = now + policy.lease()
        job.worker = worker_name()
        names = ("state", "attempts", "failures", "lease_until", "worker", "last_error")
        return job if seen.update(**{name: getattr(job, name) for name in names}) else None


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:200]


def _work_and_finish(job: Job, *, clock: Clock, beat: bool) -> Outcome:
    handler = registry.handler_of(job.kind)
    context = JobContext(job, clock)
    if beat:
        with Heartbeat(context):
            effect = handler(context)
    else:
        effect = handler(context)
    return _finish(job, effect, clock=clock)


def _finish(job: Job, effect: Effect | None, *, clock: Clock) -> Outcome:
    with transaction.atomic():
        if not Job.objects.held(job).update(
            state=Job.State.DONE,
            finished_at=clock(),
            lease_until=None,
            progress_percent=100,
            last_error="",
        ):
            return Outcome.LOST
        if effect is not None:
            effect()
    return Outcome.DONE


def _fail(job: Job, problem: Exception, *, clock: Clock) -> Outcome:
    job.failures += 1
    error = f"{type(problem).__name__}: {problem}"[:500]
    if job.failures >= policy.max_failures():
        return _bury(job, _gave_up(job), error=error, clock=clock)
    kept = Job.objects.held(job).update(
        state=Job.State.WAITING,
        failures=job.failures,
        due_at=clock() + policy.backoff(job.failures),
        lease_until=None,
        last_error=error,
    )
    return Outcome.FAILED if kept else Outcome.LOST


def _hand_back(job: Job, *, clock: Clock) -> Outcome:
    kept = Job.objects.held(job).update(state=Job.State.WAITING, due_at=clock(), lease_until=None)
    return Outcome.HANDED_BACK if kept else Outcome.LOST


def _bury(job: Job, sentence: str, *, error: str, clock: Clock) -> Outcome:
    """Mark the job dead and run its hook, together. A hook that breaks must not keep the job alive for ever:
    then the job is buried without it and both errors stand in the row."""
    hook = registry.dead_hook_of(job.kind)
    try:
        with transaction.atomic():
            if not _mark_dead(job, error, clock=clock):
                return Outcome.LOST
            if hook is not None:
                hook(JobContext(job, clock), sentence)
    except Exception as problem:
        log.exception("The on_dead hook of %s failed.", job)
        error = f"{error} | on_dead: {type(problem).__name__}: {problem}"
        return Outcome.DEAD if _mark_dead(job, error[:1000], clock=clock) else Outcome.LOST
    log.error("%s is dead: %s", job, error)
    return Outcome.DEAD


def _mark_dead(job: Job, error: str, *, clock: Clock) -> int:
    return Job.objects.held(job).update(
        state=Job.State.DEAD,
        failures=job.failures,
        finished_at=clock(),
        lease_until=None,
        last_error=error,
    )


def _gave_up(job: Job) -> str:
    return _("This could not be finished after %(count)d tries. Reference: %(reference)s") % {
        "count": job.failures,
        "reference": job.uuid,
    }
