"""A colleague asked to look at a draft before it is published, and what they said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, TenantModel
from playbooks.models.playbooks import PlaybookVersion


class Answer(models.TextChoices):
    WAITING = "", _("waiting")
    AGREES = "agrees", _("agrees")
    OBJECTS = "objects", _("objects")


class DraftReview(TenantModel):
    """One question to one colleague. `digest` names the rules they answered about: what is changed later they
    have not seen."""

    version = models.ForeignKey(PlaybookVersion, on_delete=models.PROTECT, related_name="draft_reviews")
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING, blank=True)
    remark = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "asked_of"],
                condition=models.Q(answer=""),
                name="one_open_question_per_reviewer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.asked_of}"

    @property
    def is_of_this_text(self) -> bool:
        """Whether the draft still holds the rules that the answer was about."""
        return bool(self.digest) and self.digest == self.version.digest
