"""Telling people inside Parley. Rows keep a code and parameters; the sentence is made when it is read."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Notification

SENTENCES = {
    "approval.asked": _("%(by)s asks you to approve: %(what)s"),
    "approval.decided": _("%(by)s decided: %(what)s — %(decision)s"),
    "approval.reopened": _("Changed since it was approved: %(what)s"),
    "version.ready": _("%(what)s has been read and reviewed"),
    "version.failed": _("%(what)s could not be read"),
    "turn.sent": _("%(by)s sent a turn: %(what)s"),
    "comment.mentioned": _("%(by)s mentioned you: %(what)s"),
    "signing.completed": _("Signed by everybody: %(what)s"),
    "signing.declined": _("%(by)s declined to sign: %(what)s"),
    "obligation.assigned": _("You own a new obligation: %(what)s"),
    "obligation.reminder": _("Due %(due)s: %(what)s"),
    "run.finished": _("Every document is read: %(what)s"),
    "playbook.review_asked": _("%(by)s asks you to look at the draft of %(what)s"),
    "playbook.review_answered": _("%(by)s looked at the draft of %(what)s: %(answer)s"),
}


def notify(*, members: Iterable[Membership], kind: str, url: str, **params: str) -> None:
    """One line in each member's list; call it inside the transaction of what happened."""
    if kind not in SENTENCES:
        raise ValueError(f"{kind!r} has no sentence")
    Notification.objects.bulk_create(
        Notification(organisation=member.organisation, member=member, kind=kind, params=params, url=url)
        for member in members
    )


def settle(*, url: str, kinds: Iterable[str], at: datetime, member: Membership | None = None) -> None:
    """What was asked of people (or of one) there is done: it is no longer new to them."""
    rows = Notification.objects.filter(url=url, kind__in=list(kinds), read_at=None)
    (rows if member is None else rows.filter(member=member)).update(read_at=at)


def sentence(notification: Notification) -> str:
    pattern = str(SENTENCES[notification.kind])
    return str(pattern % notification.params)
