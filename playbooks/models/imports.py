"""Tables, or a template, brought in to make a playbook of: kept as read, with what people decided, until a
draft is made."""

from typing import Any

from django.db import models

from accounts.models import Membership, TenantModel, Versioned
from playbooks.models.playbooks import PlaybookVersion


class ImportState(models.TextChoices):
    """Where an import stands; only an open one can be changed."""

    OPEN = "open"
    DRAFTED = "drafted"
    PUT_ASIDE = "put_aside"


class TableImport(TenantModel, Versioned):
    """The tables of one file. Nothing of it is a rule before `draft` is set, which happens all at once."""

    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    tables: Any = models.JSONField()  # `playbooks.importing.tables.Table.to_data`, one for each table
    plan: Any = models.JSONField(default=dict)  # `playbooks.importing.plan.Plan.to_data`
    template: Any = models.JSONField(
        null=True
    )  # `playbooks.importing.template.Template`, where rows come of one
    decisions: Any = models.JSONField(default=dict)  # "table:row" to what people decided for that row
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.OPEN)
    draft = models.ForeignKey(
        PlaybookVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    brought_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        return self.state == ImportState.OPEN
