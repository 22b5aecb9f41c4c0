"""The Job table: outbox and truth of all background work."""

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, now: datetime) -> "JobQuerySet":
        """Jobs nobody works on whose time has come, longest due first."""
        return self.filter(state=Job.State.WAITING, due_at__lte=now).order_by("due_at", "pk")

    def abandoned(self, now: datetime) -> "JobQuerySet":
        """Jobs whose worker has not been heard of for a lease."""
        return self.filter(state=Job.State.RUNNING, lease_until__lt=now).order_by("lease_until", "pk")

    def held(self, job: "Job") -> "JobQuerySet":
        """The row of this job as long as the claim that gave us `job` is still the last one.

        `attempts` grows with each claim, so it names the claim; every write of a worker goes through this.
        """
        return self.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)

    def dead(self) -> "JobQuerySet":
        return self.filter(state=Job.State.DEAD).order_by("finished_at", "pk")


class Job(models.Model):
    """One piece of work, due at an instant, done at most once as far as this database is concerned.

    waiting → running → done, or back to waiting (a failure, with a growing delay), or dead.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        DEAD = "dead", _("given up")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=100)
    args = models.JSONField(default=dict)
    idempotency_key = models.CharField(max_length=200, unique=True, null=True)  # noqa: DJ001 - NULLs differ
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    # Claims so far: a number only, which names the current claim. A clean hand-back is no failure.
    attempts = models.PositiveIntegerField(default=0)
    # Errors and vanished workers so far; the limit on this one makes a job dead.
    failures = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=200, blank=True)
    progress_step = models.CharField(max_length=100, blank=True)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="jobs_by_due"),
            models.Index(fields=["state", "lease_until"], name="jobs_by_lease"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="running") | models.Q(lease_until__isnull=False),
                name="jobs_running_has_lease",
            ),
            models.CheckConstraint(
                condition=models.Q(progress_percent__lte=100), name="jobs_percent_at_most_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid} ({self.state})"

    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.DEAD}
