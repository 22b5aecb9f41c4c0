"""Putting work into the Job table and asking how it is doing."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from jobs import bell, registry
from jobs.models import Job

LONGEST_TEXT_ARG = 200


def enqueue(
    *, kind: str, args: Mapping[str, Any], key: str | None = None, due_at: datetime | None = None
) -> Job:
    """Write the job in the caller's transaction; it exists if and only if that transaction commits.

    `args` holds ids and short codes only, never text of a contract. With `key` the job is written once,
    however often and from wherever it is asked for; the existing one is returned. `due_at` None = now.

    Raises LookupError for an unregistered kind and ValueError for args that do not belong in the table.
    """
    registry.handler_of(kind)
    _check_args(args)
    now = timezone.now()
    job = Job(kind=kind, args=dict(args), idempotency_key=key, due_at=due_at or now, created_at=now)
    if key is None:
        job.save(force_insert=True)
    else:
        # «on conflict do nothing»: an IntegrityError would break the caller's transaction on PostgreSQL.
        Job.objects.bulk_create([job], ignore_conflicts=True)
        kept = Job.objects.get(idempotency_key=key)
        if kept.uuid != job.uuid:
            return kept
        job = kept
    if job.due_at <= now:
        transaction.on_commit(partial(bell.ring, job.pk), robust=True)
    return job


def _check_args(args: Mapping[str, Any]) -> None:
    for name, value in args.items():
        for item in value if isinstance(value, list) else [value]:
            if not isinstance(item, str | int | bool | None):
                raise ValueError(f"Job args hold ids only; {name!r} is a {type(item).__name__}.")
            if isinstance(item, str) and len(item) > LONGEST_TEXT_ARG:
                raise ValueError(f"Job args hold ids only; {name!r} is {len(item)} characters long.")


def ensure_periodic(
    *,
    kind: str,
    every_seconds: int,
    args: Mapping[str, Any] | None = None,
    clock: Callable[[], datetime] = timezone.now,
) -> Job:
    """The job of the current period, enqueued if it is not there yet.

    Periods are counted from the Unix epoch and their number is in the key: two workers, or a clock set back,
    make no second job; after a long standstill only the current period is caught up.
    """
    slot = int(clock().timestamp()) // every_seconds
    key = f"every:{kind}:{every_seconds}:{_digest(args)}{slot}"
    existing = Job.objects.filter(idempotency_key=key).first()
    return existing or enqueue(kind=kind, args=args or {}, key=key)


def _digest(args: Mapping[str, Any] | None) -> str:
    if not args:
        return ""
    return hashlib.sha256(json.dumps(args, sort_keys=True).encode()).hexdigest()[:12] + ":"


def ensure_all_periodic(*, clock: Callable[[], datetime] = timezone.now) -> None:
    """One job per registered periodic kind for the current period; workers and the sweep call this."""
    for kind, every_seconds in registry.periodic_kinds().items():
        ensure_periodic(kind=kind, every_seconds=every_seconds, clock=clock)


def revive(*, job: Job) -> bool:
    """Give a dead job all its tries again, from now. False when it is not dead (any more)."""
    now = timezone.now()
    revived = Job.objects.filter(pk=job.pk, state=Job.State.DEAD).update(
        state=Job.State.WAITING, failures=0, due_at=now, finished_at=None
    )
    if revived:
        transaction.on_commit(partial(bell.ring, job.pk), robust=True)
    return bool(revived)


@dataclass(frozen=True)
class Health:
    """Figures for the readiness page. Ages in seconds; 0.0 when nothing waits."""

    oldest_waiting_seconds: float
    waiting: int
    running: int
    abandoned: int
    dead: int


def health(*, clock: Callable[[], datetime] = timezone.now) -> Health:
    """How the queue is doing. `waiting` counts jobs already due; later ones are plans, not a backlog."""
    now = clock()
    due = Job.objects.due(now)
    oldest = due.values_list("due_at", flat=True).first()
    return Health(
        oldest_waiting_seconds=(now - oldest).total_seconds() if oldest else 0.0,
        waiting=due.count(),
        running=Job.objects.filter(state=Job.State.RUNNING, lease_until__gte=now).count(),
        abandoned=Job.objects.abandoned(now).count(),
        dead=Job.objects.dead().count(),
    )
