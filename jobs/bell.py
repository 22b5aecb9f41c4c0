"""The bell: with Redis, tell a Celery worker at once that a job has been committed.

The Job table stays the truth. A bell that does not ring costs time until the next sweep, never a job, so a
missing Redis is logged and nothing else.
"""

import logging
import time
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from celery import Celery

log = logging.getLogger(__name__)

TASK_NAME = "jobs.run_job"
# While Redis is away, one request in so many seconds pays for finding out; the others do not try.
SILENCE_SECONDS = 5.0
_silent_until = 0.0


def is_installed() -> bool:
    """Whether the settings name a Redis."""
    return bool(getattr(settings, "REDIS_URL", ""))


def is_answering() -> bool:
    """False without Redis and for a while after it did not answer."""
    return is_installed() and time.monotonic() >= _silent_until


def ring(job_id: int) -> bool:
    """True when a Celery worker has been told. False without Redis, or with Redis away (logged)."""
    global _silent_until
    if not is_answering():
        return False
    from kombu.exceptions import OperationalError

    try:
        _producer().send_task(TASK_NAME, args=[job_id], ignore_result=True, retry=False)
    except (OperationalError, OSError) as problem:
        _silent_until = time.monotonic() + SILENCE_SECONDS
        log.warning("Redis does not answer (%s); job %s waits for the sweep.", problem, job_id)
        return False
    return True


@lru_cache(maxsize=1)
def _producer() -> "Celery":
    # Imported here: Celery takes a third of a second, which commands without Redis need not pay.
    from celery import Celery

    producer = Celery("parley-bell", broker=settings.REDIS_URL, set_as_current=False)
    producer.conf.update(
        broker_connection_timeout=1,
        broker_transport_options={
            "socket_connect_timeout": 1,
            "socket_timeout": 2,
            "retry_on_timeout": False,
            "max_retries": 0,
        },
    )
    return producer
