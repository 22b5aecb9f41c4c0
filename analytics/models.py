"""Runs: one playbook version over many contracts, and what it said on each.

Rows, because the work takes minutes and must go on where a killed worker left it, and because people come
back to what was found (`docs/decisions/0009-runs-are-rows.md`).
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, StoredFile, TenantModel
from negotiation.models import Contract, Paper, Version
from playbooks.models import PlaybookVersion


class RunKind(models.TextChoices):
    HISTORY = "history", _("What history says")
    BACKTEST = "backtest", _("Trial on past contracts")
    BULK = "bulk", _("Many contracts at once")


class Run(TenantModel):
    """One question to many contracts. `done` counts the finished items and is moved with each of them."""

    kind = models.CharField(max_length=10, choices=RunKind.choices)
    title = models.CharField(max_length=200)
    playbook_version = models.ForeignKey(PlaybookVersion, on_delete=models.PROTECT, related_name="runs")
    # The rules as they were when the run began: a draft goes on changing.
    rules = models.JSONField()
    rules_digest = models.CharField(max_length=64)
    # What the trial is compared with, if anything.
    against = models.ForeignKey(PlaybookVersion, null=True, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done__lte=models.F("total")), name="run_done_within_total"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("analytics:run", args=[self.uuid])

    @property
    def is_running(self) -> bool:
        return self.finished_at is None and self.stopped_at is None


class ItemState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be read")


class RunItem(TenantModel):
    """One document of a run: a version of a contract of ours, or a file that was uploaded for it."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=250)
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=10, choices=Paper.choices, default=Paper.THEIRS)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    failure = models.TextField(blank=True)
    risk_score = models.PositiveIntegerField(default=0)
    risk_level = models.CharField(max_length=10, blank=True)
    high = models.PositiveIntegerField(default=0)
    medium = models.PositiveIntegerField(default=0)
    low = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    worst = models.CharField(max_length=200, blank=True)  # title of its heaviest issue
    outcome = models.JSONField(null=True)  # playbooks.backtest.Outcome.to_data
    outcome_against = models.JSONField(null=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="run_item_position"),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(outcome__isnull=False),
                name="run_item_ready_has_outcome",
            ),
        ]
        indexes = [models.Index(fields=["run", "state"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("analytics:item", args=[self.uuid])


class SuggestionAnswer(TenantModel):
    """A person's word on one suggestion of a run; the suggestion itself is worked out from the items."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=160)
    accepted = models.BooleanField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey(PlaybookVersion, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="suggestion_answered_once")]
