"""Answers of the API kept by idempotency key, so that a repeated request is answered and not done again."""

from django.db import models

from accounts.models.base import TenantModel
from accounts.models.organisations import Membership


class ApiRequest(TenantModel):
    """One POST that carried an `Idempotency-Key`, and the answer it got."""

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, path and body
    status = models.PositiveIntegerField(default=0)
    body = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="api_request_once_per_key"),
        ]
