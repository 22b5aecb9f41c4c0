"""For the tests of other rooms: do the background work here and now."""

from datetime import datetime

from django.utils import timezone

from jobs.runner import drain


def run_all(*, now: datetime | None = None) -> int:
    """Do every job due (by `now`, when given), and those they enqueue, in the order of their due times.

    Returns how many ran. An unexpected error of a handler is raised; `Permanent` makes the job dead, as it
    would in a worker. Works inside a test's transaction.
    """
    return drain(clock=(lambda: now) if now else timezone.now, loud=True)
