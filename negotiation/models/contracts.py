"""A contract, its versions as stored bytes, and the clauses whose identity outlives a version."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, StoredFile, TenantModel, TenantRow, Versioned
from negotiation.models.deals import Negotiation, Side
from playbooks.models import PlaybookVersion


class Paper(models.TextChoices):
    OURS = "ours", _("our paper")
    THEIRS = "theirs", _("their paper")


class ContractState(models.TextChoices):
    NEGOTIATING = "negotiating", _("being negotiated")
    AGREED = "agreed", _("agreed by both sides")
    SIGNING = "signing", _("out for signature")
    EXECUTED = "executed", _("executed")


class Contract(TenantModel, Versioned):
    """One document of the negotiation's package."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="contracts")
    title = models.CharField(_("title"), max_length=200)
    paper = models.CharField(_("whose paper"), max_length=10, choices=Paper.choices, default=Paper.THEIRS)
    our_role = models.CharField(_("our role in it"), max_length=60, blank=True)
    precedence = models.PositiveIntegerField(_("rank of precedence"), default=1)  # 1 wins over 2
    playbook_version = models.ForeignKey(
        PlaybookVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="contracts"
    )
    state = models.CharField(max_length=20, choices=ContractState.choices, default=ContractState.NEGOTIATING)
    executed_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["precedence", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("negotiation:contract", args=[self.uuid])

    def latest_version(self) -> "Version | None":
        """The newest version that was not withdrawn."""
        return self.versions.exclude(state=VersionState.WITHDRAWN).order_by("-number").first()

    def ready_version(self) -> "Version | None":
        """The newest version that was read and reviewed."""
        return self.versions.filter(state=VersionState.READY).order_by("-number").first()

    def last_turn(self, *, ours: bool) -> "Turn | None":
        return self.turns.filter(side__is_ours=ours).order_by("-number").first()


class VersionState(models.TextChoices):
    READING = "reading", _("being read")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be read")
    WITHDRAWN = "withdrawn", _("withdrawn")


NOT_STANDING = (VersionState.FAILED, VersionState.WITHDRAWN)
"""States of versions that nothing is based on."""


class VersionLabel(models.TextChoices):
    INTERNAL_DRAFT = "internal_draft", _("internal draft")
    COUNTERPARTY_DRAFT = "counterparty_draft", _("counterparty draft")
    INTERNAL_REVISION = "internal_revision", _("internal revision")
    COUNTERPARTY_REVISION = "counterparty_revision", _("counterparty revision")
    APPROVED = "approved", _("agreed text")
    EXECUTED = "executed", _("executed")


class Version(TenantModel):
    """A stored .docx, never changed, with what was read in it."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=30, choices=VersionLabel.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="+")  # who sent or wrote it
    based_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    uploaded_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.READING)
    failure = models.TextField(blank=True)
    notices = models.JSONField(default=list)  # what the gate flagged: code, message, block, quote
    text = models.TextField(blank=True)  # `redline.text` of the bytes; offsets of findings count in it
    facts = models.JSONField(default=list)
    reading = models.JSONField(default=dict)  # parties, terms, duties, checks, what is agreed
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="version_number")]

    def __str__(self) -> str:
        return f"{self.contract.title} · version {self.number}"

    def is_ready(self) -> bool:
        return self.state == VersionState.READY


class Block(TenantRow):
    """One paragraph of a version. `block_id` is carried from version to version; `address` is the engine's
    and valid for this version's bytes only."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="blocks")
    position = models.PositiveIntegerField()
    block_id = models.UUIDField(default=uuid.uuid4, db_index=True)
    address = models.CharField(max_length=120)
    part = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    style = models.CharField(max_length=120, blank=True)
    level = models.IntegerField(null=True)
    number = models.CharField(max_length=60, blank=True)
    start = models.PositiveIntegerField()  # offset of the block in the version's text
    text = models.TextField(blank=True)
    pieces = models.JSONField(default=list)  # runs with their tracked-change state
    table = models.JSONField(null=True)  # [table, row, column]

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="block_position"),
            models.UniqueConstraint(fields=["version", "address"], name="block_address"),
        ]


class ClauseState(models.TextChoices):
    OPEN = "open", _("open")
    AGREED = "agreed", _("agreed")


class Clause(TenantModel, Versioned):
    """A clause of the contract: offers, approvals, comments and obligations hang here, across versions."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="clauses")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    state = models.CharField(max_length=10, choices=ClauseState.choices, default=ClauseState.OPEN)
    agreed_hash = models.CharField(max_length=64, blank=True)  # of the text both sides agreed
    split_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="split_into")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_from")


class ClauseText(TenantRow):
    """A clause as it stands in one version: a run of blocks with number, heading, types and text."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="clause_texts")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="texts")
    position = models.PositiveIntegerField()
    depth = models.PositiveIntegerField(default=0)
    number = models.CharField(max_length=60, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    first_block = models.PositiveIntegerField()  # position of its first block
    last_block = models.PositiveIntegerField()  # position of its last own block, sub-clauses not counted
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    hash = models.CharField(max_length=64)
    types = models.JSONField(default=list)  # [{"type", "score", "band"}]

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "clause"], name="clause_once_in_version"),
            models.UniqueConstraint(fields=["version", "position"], name="clause_position"),
        ]


class Turn(TenantModel):
    """One side's pass on the contract, closed by the version that went to the other side."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="turns")
    number = models.PositiveIntegerField()
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="turns")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="turn")
    message = models.TextField(_("message to the other side"), blank=True)
    sent_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="turn_number")]


class Agreement(TenantModel):
    """One side's word that it verified and agrees to exactly this version's text."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="agreements")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    given_by = models.CharField(max_length=200)  # the person who said so, ours or theirs
    evidence = models.TextField(blank=True)  # how the other side said it: mail of, call of
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "side"], name="one_agreement_per_side")]
