"""What the review found, what each side changed, what we decided, and what was said about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Guest, Membership, TenantModel, Versioned
from negotiation.models.contracts import Clause, Contract, Version
from negotiation.models.deals import Negotiation, Side
from playbooks.models import PlaybookVersion


class Review(TenantModel):
    """One run of a playbook version over one version of a contract. Same input, same rows."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reviews")
    playbook_version = models.ForeignKey(PlaybookVersion, on_delete=models.PROTECT, related_name="reviews")
    risk_score = models.PositiveIntegerField(default=0)
    risk_level = models.CharField(max_length=10, default="low")
    checked = models.JSONField(default=list)  # everything looked for, found or not
    risk_parts = models.JSONField(default=list)  # [issue, status, weight]: what the score is the sum of
    papers = models.JSONField(default=list)  # the other documents read together with it: contract, version
    absent = models.JSONField(default=list)  # papers the text names that were not given
    elsewhere = models.JSONField(default=list)  # issues that another document, or an absent one, speaks on

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "playbook_version"], name="one_review_per_version")
        ]


class FindingStatus(models.TextChoices):
    COMPLIANT = "compliant", _("compliant")
    FALLBACK = "fallback", _("on a fallback")
    OUTSIDE = "outside", _("outside the ladder")
    MISSING = "missing", _("missing")
    UNSURE = "unsure", _("could not tell")


class Decision(models.TextChoices):
    """What a person decided about a finding."""

    OPEN = "open", _("open")
    PROPOSED = "proposed", _("our wording proposed")
    EDITED = "edited", _("our own edit proposed")
    COUNTERED = "countered", _("a fallback offered")
    RESERVED = "reserved", _("position reserved")
    CONCEDED = "conceded", _("their text accepted")
    DISMISSED = "dismissed", _("dismissed")


class Finding(TenantModel, Versioned):
    """Where the text stands on one issue's ladder, and what was decided about it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="findings")
    clause = models.ForeignKey(
        Clause, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    position = models.PositiveIntegerField()
    issue = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=12, choices=FindingStatus.choices)
    severity = models.CharField(max_length=10)  # low | medium | high
    category = models.CharField(max_length=80, blank=True)
    weight = models.PositiveIntegerField(default=0)  # what it adds to the risk score
    document = models.CharField(max_length=40, blank=True)  # the other contract of the deal it stands in
    rung = models.CharField(max_length=40, blank=True)
    quote = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    block = models.CharField(max_length=120, blank=True)
    value = models.JSONField(null=True)
    expected = models.TextField(blank=True)
    rule = models.TextField(blank=True)
    reason = models.TextField(blank=True)  # safe to show outside
    guidance = models.TextField(blank=True)  # never shown outside
    edits = models.JSONField(default=list)  # the smallest change to the opening rung, as for redline.apply
    # Rung id → the smallest change to it, for each rung better than where the text stands; empty where no
    # change is safe. None: the review did not look for them yet.
    ways = models.JSONField(null=True)
    approvers = models.JSONField(default=list)  # team codes asked for if conceded
    why_not = models.JSONField(default=list)  # for each better rung what it lacked
    also = models.JSONField(default=list)  # other places that speak on the issue, with their rungs
    cautions = models.JSONField(default=list)  # what follows from the proposal, for the person who decides
    rests_on = models.JSONField(null=True)  # definitions the words use, with digests; None: not looked at
    reopened = models.TextField(blank=True)  # why an earlier decision does not stand any more
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decided_rung = models.CharField(max_length=40, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["review", "issue"], name="one_finding_per_issue")]
        indexes = [models.Index(fields=["contract", "decision"])]


class UncoveredClause(TenantModel):
    """A clause of a version on which no issue of the playbook speaks, and who read it all the same."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="uncovered")
    clause = models.ForeignKey(Clause, null=True, on_delete=models.PROTECT, related_name="uncovered")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=400, blank=True)  # number and heading
    block = models.CharField(max_length=120)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    hash = models.CharField(max_length=64)  # of the words: a clause that changed is to be read again
    read_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="uncovered_once_in_version")
        ]


class Trade(TenantModel, Versioned):
    """What the other side gives in return for a position; that position holds only while this stands."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="trades")
    code = models.CharField(max_length=80)
    text = models.TextField(blank=True)  # what the playbook asks for in return
    evidence = models.TextField(blank=True)  # where they agreed to it
    agreed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    fallen_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    fallen_at = models.DateTimeField(null=True, blank=True)
    fallen_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["negotiation", "code"],
                condition=models.Q(fallen_at=None),
                name="one_standing_trade",
            )
        ]


class DraftState(models.TextChoices):
    OPEN = "open"
    SENT = "sent"


class Draft(TenantModel, Versioned):
    """Our side's next turn in the making, on top of one version. Private until the turn is sent."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="drafts")
    base = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.OPEN)
    # Issue → where the text stands with the draft written in, where that differs from the base version.
    standing = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=models.Q(state="open"), name="one_open_draft"
            )
        ]


class ChangeOrigin(models.TextChoices):
    DRAFT = "draft", _("our draft")
    TRACKED = "tracked", _("tracked in the file")
    UNTRACKED = "untracked", _("not tracked")


class ChangeState(models.TextChoices):
    PENDING = "pending", _("pending")
    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Change(TenantModel, Versioned):
    """One suggestion: ours in the draft, or theirs as read from a returned file."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="changes")
    version_seen = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="changes")
    draft = models.ForeignKey(Draft, null=True, on_delete=models.PROTECT, related_name="changes")
    clause = models.ForeignKey(Clause, null=True, on_delete=models.PROTECT, related_name="changes")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.PROTECT, related_name="changes")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=10, choices=ChangeOrigin.choices)
    kind = models.CharField(max_length=20)  # replace, insert, delete, move, format, … of the engine
    engine_id = models.CharField(max_length=80, blank=True)  # the change's id in the version's bytes
    block = models.CharField(max_length=120, blank=True)  # address in version_seen
    edits = models.JSONField(default=list)  # ours: all or none, as for redline.apply
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    claimed_author = models.CharField(max_length=300, blank=True)  # the file's own word, only a claim
    claimed_at = models.CharField(max_length=60, blank=True)
    severity = models.CharField(max_length=12, blank=True)  # untracked: substantive | noise
    reason = models.TextField(blank=True)  # goes out with the change
    note = models.TextField(blank=True)  # stays inside
    source = models.CharField(max_length=10, default="person")  # person | playbook | import
    author = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.PENDING)
    decided_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["contract", "state"])]


class Visibility(models.TextChoices):
    INTERNAL = "internal", _("internal")
    EXTERNAL = "external", _("external")


class Comment(TenantModel):
    """Something said about a clause, a finding or the whole contract. Internal unless said otherwise."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="comments")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="comments")
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="comments")
    clause = models.ForeignKey(Clause, null=True, on_delete=models.PROTECT, related_name="comments")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.PROTECT, related_name="comments")
    block = models.CharField(max_length=120, blank=True)
    reply_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replies")
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL)
    body = models.TextField()
    author = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    guest = models.ForeignKey(Guest, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_author = models.CharField(max_length=300, blank=True)  # of a comment read from a file
    engine_id = models.CharField(max_length=80, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
