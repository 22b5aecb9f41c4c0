"""Small things the job tests share."""

import itertools
from datetime import UTC, datetime, timedelta

import jobs

_numbers = itertools.count()


def sample_kind(handler, *, on_dead=None, every_seconds=None) -> str:
    """Register a handler under a name of its own, so that tests do not meet in the registry."""
    kind = f"test.{next(_numbers)}"
    jobs.register(kind, every_seconds=every_seconds)(handler)
    if on_dead:
        jobs.on_dead(kind)(on_dead)
    return kind


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, start: datetime = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)) -> None:
        self.time = start

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)
