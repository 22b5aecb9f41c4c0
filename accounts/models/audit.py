"""The audit chain: append-only entries, each sealed by a hash over itself and the one before.

One chain for each organisation. Personal data stands in its own table, only its hash inside the chain, so
that it can be erased without breaking what the chain proves.
"""

import uuid

from django.conf import settings
from django.db import models


class ActorKind(models.TextChoices):
    PERSON = "person"
    GUEST = "guest"
    SYSTEM = "system"


class AuditHead(models.Model):
    """The last entry of a chain. Locked last in every transaction that writes an entry."""

    organisation = models.OneToOneField(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="audit_head"
    )
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)


class AuditEntry(models.Model):
    """One change of state: who, what, on which object, when."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="audit")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=ActorKind.choices)
    actor_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_guest = models.ForeignKey("accounts.Guest", null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=60)
    object_uuid = models.UUIDField(null=True)
    negotiation_uuid = models.UUIDField(null=True, db_index=True)
    payload = models.JSONField(default=dict)
    personal_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["organisation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="audit_number_in_organisation")
        ]
        indexes = [
            models.Index(fields=["object_uuid"]),
            # Which deals did this person work on last? Every page asks.
            models.Index(
                fields=["organisation", "actor_user", "negotiation_uuid", "-number"],
                name="audit_deals_of_a_person",
            ),
        ]


class AuditPersonal(models.Model):
    """The erasable half of an entry: names, addresses, free text that people wrote."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="personal")
    salt = models.CharField(max_length=32)
    data = models.JSONField(default=dict)
