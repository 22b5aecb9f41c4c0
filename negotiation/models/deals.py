"""The deal: who negotiates with whom, about what, and in which stage."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Guest, Membership, TenantModel, TenantRow, Versioned


class Counterparty(TenantModel, Versioned):
    """A company we deal with, across all deals. Its place in one deal is a Party."""

    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=60, blank=True)
    profile = models.TextField(_("what we know about them"), blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="counterparty_name_in_organisation")
        ]

    def __str__(self) -> str:
        return self.name


class NegotiationKind(models.TextChoices):
    DISTRIBUTIVE = "distributive", _("price-driven")
    INTEGRATIVE = "integrative", _("trading across issues")
    MULTI_PARTY = "multi_party", _("several parties")
    TEAM = "team", _("team")
    CROSS_BORDER = "cross_border", _("cross-border")


class Stage(models.TextChoices):
    """The seven stages of a negotiation, in order."""

    PREPARATION = "preparation", _("Preparation and Research")
    DRAFTING = "drafting", _("Initial Drafting")
    ISSUES = "issues", _("Issue Identification")
    COUNTERS = "counters", _("Negotiation and Counter-Proposals")
    REVISION = "revision", _("Review and Revision")
    APPROVAL = "approval", _("Approval and Sign-Off")
    HANDOVER = "handover", _("Post-Signature Handover")


class Negotiation(TenantModel, Versioned):
    """One deal. Holds a package of one or more contracts."""

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=20, choices=NegotiationKind.choices, default=NegotiationKind.DISTRIBUTIVE
    )
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.PREPARATION)
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="owned_negotiations")
    objectives = models.TextField(_("what we want"), blank=True)
    value_minor = models.BigIntegerField(
        _("yearly value"), null=True, blank=True
    )  # minor units of `currency`
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    term_months = models.PositiveIntegerField(_("term in months"), null=True, blank=True)
    law = models.CharField(_("law we expect"), max_length=80, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "stage"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("negotiation:detail", args=[self.uuid])

    def our_side(self) -> "Side":
        return next(side for side in self.sides.all() if side.is_ours)

    def their_side(self) -> "Side":
        """The first other side; deals with several have more."""
        return min((side for side in self.sides.all() if not side.is_ours), key=lambda side: side.pk)


class StageEntry(TenantRow):
    """When a negotiation entered a stage, and why it may have left one with something missing."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="stage_entries")
    stage = models.CharField(max_length=20, choices=Stage.choices)
    entered_at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    override_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]


class Side(TenantRow):
    """One side of the table; several parties may sit on it."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="sides")
    name = models.CharField(max_length=200)
    is_ours = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["negotiation"], condition=models.Q(is_ours=True), name="one_own_side"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Party(TenantRow):
    """A company's place in one deal. Ours has no counterparty row."""

    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="parties")
    counterparty = models.ForeignKey(
        Counterparty, null=True, blank=True, on_delete=models.PROTECT, related_name="parties"
    )
    legal_name = models.CharField(max_length=200)
    contract_role = models.CharField(max_length=60, blank=True)  # "Customer", "Provider", "Discloser"
    lead_member = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.PROTECT, related_name="+")


class DealMember(TenantRow):
    """A colleague on the deal's team. Business people see the deals whose team they are on."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="team")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="deals")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["negotiation", "member"], name="once_on_a_team")]
