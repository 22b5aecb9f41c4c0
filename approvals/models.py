"""Who must agree to a concession, what was asked, and what was decided."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Team, TenantModel, TenantRow, Versioned
from negotiation.models import Clause, Contract, Finding, Negotiation


class Risk(models.TextChoices):
    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")


class MatrixRow(TenantModel, Versioned):
    """One line of the approval matrix: a deviation like this asks these people. Empty means any."""

    issue = models.CharField(_("issue"), max_length=80, blank=True)
    rung = models.CharField(_("rung"), max_length=40, blank=True)  # `walk_away`: below the last one
    risk = models.CharField(_("risk at least"), max_length=10, choices=Risk.choices, blank=True)
    value_from_minor = models.BigIntegerField(_("value from"), null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(team__isnull=False) | models.Q(person__isnull=False),
                name="matrix_row_names_an_approver",
            )
        ]


class RequestState(models.TextChoices):
    OPEN = "open", _("waiting")
    APPROVED = "approved", _("approved")
    CONDITIONAL = "conditional", _("approved with a condition")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ApprovalRequest(TenantModel, Versioned):
    """One variance: a clause that we would concede on a rung that is not free."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="approval_requests")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="approval_requests")
    clause = models.ForeignKey(Clause, null=True, on_delete=models.PROTECT, related_name="approval_requests")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="approval_requests")
    issue = models.CharField(max_length=80)
    issue_title = models.CharField(max_length=200)  # as the playbook calls it
    rung = models.CharField(max_length=40, blank=True)  # conceded to; empty = below the last rung
    rung_label = models.CharField(max_length=300, blank=True)  # as the playbook calls it
    is_unreadable = models.BooleanField(default=False)  # no rule could tell what is conceded
    rung_index = models.PositiveIntegerField()  # 0 = preferred; an approval covers this rung or better
    risk = models.CharField(max_length=10, choices=Risk.choices)
    before = models.TextField(blank=True)  # the clause as we last sent or first received it
    after = models.TextField(blank=True)  # the clause as it would be
    text_hash = models.CharField(max_length=64)  # of `after`; a change reopens only this request
    reason = models.TextField(blank=True)  # why the requester would concede
    requested_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.OPEN)
    condition = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reopened_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reopened_as")

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "issue"],
                condition=models.Q(state="open"),
                name="one_open_request_per_issue",
            )
        ]
        indexes = [models.Index(fields=["organisation", "state", "due_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What is conceded, in one line and the reader's language."""
        if self.rung:
            where = self.rung_label
        else:
            where = str(_("could not be read") if self.is_unreadable else _("below the last fallback"))
        return f"{self.issue_title}: {where}"

    def get_absolute_url(self) -> str:
        return reverse("approvals:detail", args=[self.uuid])


class StepState(models.TextChoices):
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"


class ApprovalStep(TenantRow):
    """One team or person whose word the request needs. All steps run in parallel."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.PROTECT, related_name="steps")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(  # of the matrix, that asked; without one the playbook's own rule did
        MatrixRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.WAITING)


class ApprovalDecision(TenantModel):
    """A person's word on one step."""

    step = models.OneToOneField(ApprovalStep, on_delete=models.PROTECT, related_name="decision")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=RequestState.choices)
    condition = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    decided_at = models.DateTimeField()
