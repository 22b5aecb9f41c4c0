"""The clause library: approved wordings with their variants; every change is a version that stays."""

import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, TenantModel, TenantRow, Versioned


class Standing(models.TextChoices):
    """Where the clause stands on the ladder of its topic."""

    PREFERRED = "preferred", gettext_lazy("Preferred")
    FALLBACK = "fallback", gettext_lazy("Fallback")
    OTHER = "other", gettext_lazy("On no ladder")


class LibraryClauseQuerySet(models.QuerySet["LibraryClause"]):
    def in_use(self) -> Self:
        """All but the retired ones."""
        return self.filter(retired_at=None)

    def with_text(self) -> Self:
        """Each with what its newest version says, as `says`."""
        newest = LibraryClauseVersion.objects.filter(clause=models.OuterRef("pk")).order_by("-number")
        return self.annotate(says=models.Subquery(newest.values("text")[:1]))

    def overdue(self, on: datetime.date) -> Self:
        """Clauses in use whose review date is past."""
        return self.in_use().filter(review_on__lt=on)


class LibraryClause(TenantModel, Versioned):
    """One approved clause. What it says stands in its newest version; here is what lists filter by."""

    title = models.CharField(max_length=200)
    clause_type = models.CharField(max_length=40)  # a code of `clauses`: payment, liability_cap …
    topic = models.CharField(
        max_length=60, blank=True
    )  # what Parley can read in it: a code of `playbooks.topics`
    standing = models.CharField(max_length=20, choices=Standing.choices, default=Standing.OTHER)
    rank = models.PositiveSmallIntegerField(default=1)  # among the fallbacks of its topic, best first
    side = models.CharField(max_length=40, blank=True)  # whose position it is: customer, provider …
    policy = models.CharField(max_length=300, blank=True)  # the policy it serves: a name or an address
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField()  # title, texts and variants together, for search

    objects = LibraryClauseQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def newest(self) -> "LibraryClauseVersion":
        """What the clause says now; every clause has at least one version."""
        found: LibraryClauseVersion = self.versions.latest("number")
        return found

    def is_overdue(self, on: datetime.date) -> bool:
        return self.retired_at is None and self.review_on is not None and self.review_on < on


class LibraryClauseVersion(TenantRow):
    """What a clause said from one change to the next. Never changed."""

    clause = models.ForeignKey(LibraryClause, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    variants: Any = models.JSONField(default=list)  # [{text, jurisdiction, industry, role}]
    before = models.TextField(blank=True)  # the redline example: what they wrote …
    after = models.TextField(blank=True)  # … and what we make of it
    guidance = models.TextField(blank=True)  # internal
    source = models.CharField(max_length=300, blank=True)  # the contract it was taken from
    note = models.CharField(max_length=300, blank=True)  # why it was changed
    created_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="library_clause_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.clause.title} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        # As with playbook versions: safe even from a careless script.
        if self.pk is not None:
            raise ValidationError(_("A version of a clause cannot be changed; make a new one."))
        super().save(*args, **kwargs)
