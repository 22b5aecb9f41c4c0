"""Organisations (tenants), who belongs to them and with which roles, and teams that approve together."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.base import TenantModel, Versioned


class ChangeAuthor(models.TextChoices):
    ORGANISATION = "organisation", _("our organisation")
    PERSON = "person", _("the person who made the change")


class Organisation(Versioned):
    """One tenant: a company whose people negotiate here."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    zone = models.CharField(_("time zone"), max_length=60, default="Europe/Berlin")
    language = models.CharField(_("language"), max_length=10, default="en")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    change_author = models.CharField(
        _("our tracked changes are signed by"),
        max_length=20,
        choices=ChangeAuthor.choices,
        default=ChangeAuthor.ORGANISATION,
    )
    reasons_as_comments = models.BooleanField(
        _("send the outward-safe reason of each change as a Word comment"), default=True
    )
    reminder_days = models.CharField(
        _("days before an obligation is due on which its owner is reminded"),
        max_length=60,
        default="90,60,30,7,1",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person may do here. `business` is the requester, `legal` the editor of the trust notes."""

    ADMIN = "admin", _("administrator")
    LEGAL = "legal", _("legal")
    BUSINESS = "business", _("business")
    APPROVER = "approver", _("approver")
    OPERATIONS = "operations", _("operations")
    AUDITOR = "auditor", _("auditor")
    READ_ONLY = "read_only", _("read-only")


class Membership(TenantModel, Versioned):
    """A person's place in one organisation. A person acts through it; views call it the member."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    roles = models.JSONField(default=list)  # of Role codes; a person may hold several
    title = models.CharField(_("job title"), max_length=120, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_per_organisation")
        ]

    def __str__(self) -> str:
        return self.user.name

    def has_role(self, *roles: str) -> bool:
        return self.is_active and any(role in self.roles for role in roles)


class LivingTeams(models.Manager["Team"]):
    """Teams that were not archived, also behind `member.teams`: no room has to remember to leave them out.
    A row that names an archived team still finds it."""

    def get_queryset(self) -> models.QuerySet["Team"]:
        return super().get_queryset().filter(archived_at=None)


class Team(TenantModel, Versioned):
    """People who decide or own together. Playbooks name teams by code: `cfo`, `privacy`, `security` …"""

    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    members = models.ManyToManyField(Membership, related_name="teams")
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = LivingTeams()
    with_archived = models.Manager["Team"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="team_code_in_organisation")
        ]

    def __str__(self) -> str:
        return self.name
