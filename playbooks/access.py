"""Which playbooks a member sees: all of their organisation; who may write them is a matter of role."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.access import VIEW, WRITE_PLAYBOOKS, load, may
from accounts.models import Membership
from accounts.models.base import Conflict
from playbooks.models import Playbook, PlaybookVersion


def playbooks_visible_to(member: Membership) -> QuerySet[Playbook]:
    """Those with a version to read: of a playbook whose only draft was discarded nothing is left to see."""
    kept = PlaybookVersion.objects.kept().filter(organisation=member.organisation)
    rows = Playbook.objects.filter(pk__in=kept.values("playbook"))
    return rows if may(member, VIEW) else rows.none()


def versions_visible_to(member: Membership) -> QuerySet[PlaybookVersion]:
    return (
        PlaybookVersion.objects.kept()
        .filter(playbook__in=playbooks_visible_to(member))
        .select_related("playbook", "published_by__user", "organisation")
    )


def get_playbook(member: Membership, uuid: uuid.UUID, action: str) -> Playbook:
    return load(playbooks_visible_to(member), member, action, uuid=uuid)


def get_playbook_version(member: Membership, uuid: uuid.UUID, action: str) -> PlaybookVersion:
    return load(versions_visible_to(member), member, action, uuid=uuid)


def get_draft(member: Membership, uuid: uuid.UUID) -> PlaybookVersion:
    """The draft, for those who may write playbooks. Raises Conflict for a version published since."""
    version = get_playbook_version(member, uuid, WRITE_PLAYBOOKS)
    if version.published_at is not None:
        raise Conflict(
            _("Version %(number)d is published and does not change. Press Edit on the playbook to go on.")
            % {"number": version.number}
        )
    return version
