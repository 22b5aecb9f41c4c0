"""What a model suggested, who asked, and what became of it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, TenantModel, Versioned
from negotiation.models import Contract, Finding
from playbooks.models import Playbook


class Kind(models.TextChoices):
    REASON = "reason", _("a reason")
    WORDING = "wording", _("wording")
    RULES = "rules", _("rules out of prose")


class State(models.TextChoices):
    WAITING = "waiting", _("asked")
    READY = "ready", _("suggested")
    FAILED = "failed", _("no usable answer")
    USED = "used", _("used, after a person read it")
    DISMISSED = "dismissed", _("dismissed")


class Suggestion(TenantModel, Versioned):
    """One question to the language model. Nothing in it has any effect until a person uses it."""

    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    contract = models.ForeignKey(Contract, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.PROTECT, related_name="suggestions")
    playbook = models.ForeignKey(Playbook, null=True, on_delete=models.PROTECT, related_name="suggestions")
    source = models.TextField()  # the text the model was given as data; quotes count in it
    text = models.TextField(blank=True)
    issues = models.JSONField(default=list)  # rules: one entry each, with its mistakes
    quotes = models.JSONField(default=list)  # [start, end] in `source`
    lands_on = models.CharField(max_length=40, blank=True)  # where the engine places suggested wording
    problem = models.TextField(blank=True)
    model = models.CharField(max_length=120, blank=True)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("language_models:suggestion", args=[self.uuid])
