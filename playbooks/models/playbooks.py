"""Playbooks as an organisation keeps them: a name, and versions that never change once published."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from accounts.models import Membership, TenantModel, Versioned


class Playbook(TenantModel, Versioned):
    """A playbook of one organisation. Its rules stand in its versions."""

    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="playbook_slug_in_organisation")
        ]

    def __str__(self) -> str:
        return self.title

    def published(self) -> "PlaybookVersion | None":
        """The newest published version, the one new contracts are pinned to."""
        return self.versions.published().order_by("-number").first()

    def draft(self) -> "PlaybookVersion | None":
        """The version that waits to be published, at most one."""
        return self.versions.drafts().first()


class VersionQuerySet(models.QuerySet["PlaybookVersion"]):
    def kept(self) -> Self:
        """All but the drafts that were discarded."""
        return self.filter(discarded_at=None)

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        return self.kept().filter(published_at=None)


class PlaybookVersion(TenantModel):
    """The rules as data (`playbooks.rules.Playbook.to_data`). Immutable once published."""

    playbook = models.ForeignKey(Playbook, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    discarded_at = models.DateTimeField(null=True, blank=True)  # a draft that nobody wanted; never published

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["playbook", "number"], name="playbook_version_number"),
            models.UniqueConstraint(
                fields=["playbook"],
                condition=models.Q(published_at__isnull=True, discarded_at__isnull=True),
                name="one_draft_per_playbook",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.playbook.title} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The one rule in a save(): a published version must be safe even from a careless script.
        if self.pk and type(self).objects.filter(pk=self.pk, published_at__isnull=False).exists():
            raise ValidationError(_("A published playbook version cannot be changed; make a new one."))
        super().save(*args, **kwargs)
