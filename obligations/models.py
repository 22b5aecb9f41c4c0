"""What was promised: obligations, each time they fall due, the reminders for them and calendar feeds."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, StoredFile, Team, TenantModel, Versioned
from negotiation.models import Clause, Contract, Finding


class Bearer(models.TextChoices):
    OURS = "ours", _("ours")
    THEIRS = "theirs", _("theirs")


class ObligationState(models.TextChoices):
    """What people set. Due soon and overdue follow from the date and are never stored."""

    PENDING = "pending", _("pending")
    FULFILLED = "fulfilled", _("fulfilled")
    WAIVED = "waived", _("waived")
    CANCELLED = "cancelled", _("cancelled")


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """The sets people ask for. `on` is the local date of whoever asks."""

    def pending(self) -> Self:
        return self.filter(state=ObligationState.PENDING)

    def overdue(self, on: date) -> Self:
        return self.pending().filter(due_on__lt=on)

    def due_within(self, on: date, days: int) -> Self:
        """Due from `on` to `days` days later, both included."""
        return self.pending().filter(due_on__range=(on, on + timedelta(days=days)))

    def without_owner(self) -> Self:
        return self.pending().filter(owner=None)

    def fulfilled(self) -> Self:
        return self.filter(state=ObligationState.FULFILLED)

    def of(self, member: Membership) -> Self:
        return self.filter(owner=member)

    def of_teams_of(self, member: Membership) -> Self:
        """Owned by one of the member's teams, or by somebody in one of them."""
        teams = member.teams.all()
        people = Membership.objects.filter(teams__in=teams)
        return self.filter(models.Q(team__in=teams) | models.Q(owner__in=people))


class Obligation(TenantModel, Versioned):
    """One duty under an executed contract, linked to the clause and the rung that created it."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="obligations")
    clause = models.ForeignKey(Clause, null=True, on_delete=models.PROTECT, related_name="obligations")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.PROTECT, related_name="obligations")
    issue = models.CharField(max_length=80, blank=True)
    rung = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("what is to be done"), max_length=300)
    detail = models.TextField(_("detail"), blank=True)
    quote = models.TextField(blank=True)  # the agreed words it stands on
    bearer = models.CharField(_("whose duty"), max_length=10, choices=Bearer.choices, default=Bearer.OURS)
    owner = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="obligations"
    )
    owner_role = models.CharField(max_length=60, blank=True)  # team code or role the playbook named
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("due on"), null=True, blank=True)  # local date in `zone`; empty = per event
    zone = models.CharField(max_length=60, default="Europe/Berlin")
    due_rule = models.JSONField(default=dict)  # as the playbook wrote it: {"after": "signature", "days": 30}
    repeats_months = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ObligationState.choices, default=ObligationState.PENDING)
    mapping_key = models.CharField(max_length=120, blank=True)  # running the mapping twice adds nothing

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "mapping_key"],
                condition=~models.Q(mapping_key=""),
                name="one_obligation_per_mapping",
            )
        ]
        indexes = [models.Index(fields=["organisation", "state", "due_on"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("obligations:detail", args=[self.uuid])


class Fulfilment(TenantModel):
    """One performance of an obligation, with its evidence."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="fulfilments")
    due_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=ObligationState.choices)
    evidence = models.TextField(_("evidence"), blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    @property
    def file_url(self) -> str:
        """Where its file is downloaded; empty where it has none."""
        return reverse("obligations:evidence", args=[self.uuid]) if self.file_id else ""


class Reminder(TenantModel):
    """One mail for one due date and one offset. Sent at least once, always with the same message id."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    days_before = models.IntegerField()
    to = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=120, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "due_on", "days_before", "to"], name="one_reminder_per_offset"
            )
        ]


class CalendarFeed(TenantModel):
    """A person's secret, revocable calendar address. Only its hash is kept."""

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
