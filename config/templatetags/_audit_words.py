"""What an audit entry's action says to a reader: codes in the chain, sentences on the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "approval.asked": _("asked for approval"),
    "approval.decided": _("decided an approval"),
    "approval.reopened": _("reopened an approval, because its clause changed"),
    "approval.withdrawn": _("withdrew a request for approval"),
    "change.accepted": _("accepted a change of the other side"),
    "change.rejected": _("rejected a change of the other side"),
    "change.withdrawn": _("withdrew a change of ours"),
    "clause.edited": _("edited a clause"),
    "comment.added": _("commented"),
    "comment.resolved": _("marked a comment as done"),
    "contract.added": _("added a contract to the package"),
    "contract.agreed": _("recorded that both sides agree"),
    "contract.executed": _("locked the signed contract"),
    "feed.created": _("made a calendar feed address"),
    "feed.revoked": _("revoked a calendar feed address"),
    "finding.decided": _("decided a finding"),
    "member.added": _("added a person"),
    "member.changed": _("changed a person's roles"),
    "negotiation.opened": _("opened a negotiation"),
    "negotiation.stage_entered": _("moved the negotiation to a stage"),
    "obligation.created": _("created an obligation"),
    "organisation.created": _("set up the organisation"),
    "password.changed": _("changed their password"),
    "password.given": _("gave somebody a new password"),
    "playbook.discarded": _("discarded a draft of a playbook"),
    "playbook.imported": _("imported a playbook"),
    "playbook.published": _("published a playbook version"),
    "profile.changed": _("changed their profile"),
    "reminder.asked": _("asked for a reminder"),
    "reminder.sent": _("sent a reminder"),
    "settings.changed": _("changed the settings"),
    "signing.completed": _("completed the signing"),
    "signing.declined": _("declined to sign"),
    "signing.signed": _("signed"),
    "signing.started": _("sent for signature"),
    "signing.voided": _("stopped the signing"),
    "team.archived": _("archived a team"),
    "team.changed": _("changed a team"),
    "team.set": _("set who belongs to a team"),
    "token.created": _("made an API token"),
    "token.revoked": _("revoked an API token"),
    "turn.sent": _("sent a turn"),
    "version.added": _("uploaded a version"),
    "version.failed": _("could not read a version"),
    "version.ready": _("finished reading a version"),
    "version.refused": _("refused a file; nothing of it was stored"),
}


def sentence(action: str) -> str:
    """The sentence of a known action; of one not yet listed here, its own words."""
    return str(SENTENCES.get(action) or action.replace(".", ": ").replace("_", " "))
