"""How long a worker may be silent, how often a job is tried, and how long it waits in between.

Each figure can be changed by a Django setting of the name given here.
"""

from datetime import timedelta

from django.conf import settings

LEASE_SECONDS = 60.0
MAX_FAILURES = 8
BACKOFF_SECONDS = 5.0
LONGEST_BACKOFF = timedelta(hours=6)
# Of the 30 s a stop may take: the rest is for handing back, leaving, and a machine under load.
STOP_GRACE_SECONDS = 20.0


def lease() -> timedelta:
    """JOBS_LEASE_SECONDS: after this much silence a job is given to another worker."""
    return timedelta(seconds=getattr(settings, "JOBS_LEASE_SECONDS", LEASE_SECONDS))


def max_failures() -> int:
    """JOBS_MAX_FAILURES: this many failures make a job dead."""
    return int(getattr(settings, "JOBS_MAX_FAILURES", MAX_FAILURES))


def backoff(failures: int) -> timedelta:
    """The wait after the given failure (first = 1): JOBS_BACKOFF_SECONDS, then four times as long each time.

    5 s, 20 s, 80 s, 5 min, 21 min, 85 min, 5.7 h: a mail server may be away for an evening before we give up.
    """
    first = getattr(settings, "JOBS_BACKOFF_SECONDS", BACKOFF_SECONDS)
    return min(timedelta(seconds=first * 4 ** min(failures - 1, 20)), LONGEST_BACKOFF)


def stop_grace() -> timedelta:
    """JOBS_STOP_GRACE_SECONDS: a worker told to stop gives the job at hand this long, then hands it back."""
    return timedelta(seconds=getattr(settings, "JOBS_STOP_GRACE_SECONDS", STOP_GRACE_SECONDS))
