"""What was done of a deal's checklist: a step by its code, who ticked it, when, and a note."""

from django.db import models

from accounts.models import Membership, TenantRow, Versioned
from negotiation.models.deals import Negotiation


class ChecklistStep(TenantRow, Versioned):
    """One step that somebody ticked, or wrote a note beside. The steps themselves stand in
    `playbooks.packs.checklists`."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="checklist_steps")
    step = models.CharField(max_length=80)
    is_done = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "step"], name="checklist_step_once_in_a_deal")
        ]

    def __str__(self) -> str:
        return self.step
