"""Envelopes and signers: who signed exactly which bytes, when, and with which consent."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Guest, Membership, StoredFile, TenantModel, Versioned
from negotiation.models import Contract, Side
from negotiation.models import Version as ContractVersion


class EnvelopeState(models.TextChoices):
    OUT = "out", _("out for signature")
    COMPLETED = "completed", _("signed by everybody")
    DECLINED = "declined", _("declined")
    VOIDED = "voided", _("voided")


class Envelope(TenantModel, Versioned):
    """One signing of one version. The file's hash is fixed when it goes out."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="envelopes")
    contract_version = models.ForeignKey(ContractVersion, on_delete=models.PROTECT, related_name="envelopes")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    document_sha256 = models.CharField(max_length=64)
    consent_text = models.TextField()
    state = models.CharField(max_length=10, choices=EnvelopeState.choices, default=EnvelopeState.OUT)
    started_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()  # by the service's clock; `created_at` is when the row was written
    void_reason = models.TextField(blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=models.Q(state__in=["out", "completed"]),
                name="one_living_envelope",
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("signing:detail", args=[self.uuid])


class SignerState(models.TextChoices):
    WAITING = "waiting", _("not opened yet")
    OPENED = "opened", _("opened")
    SIGNED = "signed", _("signed")
    DECLINED = "declined", _("declined")


class Signer(TenantModel, Versioned):
    """One person who signs, by a link that only they get. Only the link's hash is kept."""

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="signers")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    guest = models.ForeignKey(Guest, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    title = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=1)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=SignerState.choices, default=SignerState.WAITING)
    opened_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    typed_name = models.CharField(max_length=120, blank=True)
    consent_sha256 = models.CharField(max_length=64, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)  # of exactly what was shown and signed
    address = models.GenericIPAddressField(null=True, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    decline_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["position", "pk"]
