"""Keeping the Job table small."""

from datetime import datetime, timedelta

from django.db.models import Q

from jobs.context import JobContext
from jobs.models import Job
from jobs.registry import Effect, register

KEPT = timedelta(days=90)


@register("jobs.forget_finished", every_seconds=24 * 60 * 60)
def forget_finished(job: JobContext) -> Effect:
    """Delete what was done long ago; the dead stay until someone has looked at them."""
    before = job.now() - KEPT
    return lambda: _delete(before)


def _delete(before: datetime) -> None:
    # A job with a business key stays: its row is what keeps «remind once» from happening twice.
    without_memory = Q(idempotency_key__isnull=True) | Q(idempotency_key__startswith="every:")
    Job.objects.filter(without_memory, state=Job.State.DONE, finished_at__lt=before).delete()
