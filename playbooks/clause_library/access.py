"""Who sees the clause library: every colleague who may view; who writes playbooks changes it."""

import uuid

from django.db.models import QuerySet

from accounts.access import VIEW, WRITE_PLAYBOOKS, load, may
from accounts.models import Membership
from playbooks.models import LibraryClause, Playbook, PlaybookVersion
from playbooks.models.library import LibraryClauseQuerySet


def clauses_visible_to(member: Membership) -> LibraryClauseQuerySet:
    rows = LibraryClause.objects.filter(organisation=member.organisation)
    return rows.select_related("owner__user") if may(member, VIEW) else rows.none()


def get_clause(member: Membership, uuid: uuid.UUID, action: str) -> LibraryClause:
    return load(clauses_visible_to(member), member, action, uuid=uuid)


def drafts_to_write(member: Membership) -> QuerySet[PlaybookVersion]:
    """The drafts into which this member may put a wording."""
    rows = PlaybookVersion.objects.drafts().filter(
        organisation=member.organisation, playbook__archived_at=None
    )
    return (
        rows.select_related("playbook").order_by("playbook__title")
        if may(member, WRITE_PLAYBOOKS)
        else rows.none()
    )


def versions_in_force(member: Membership) -> list[PlaybookVersion]:
    """Of each playbook the published version in force and the draft."""
    playbooks = Playbook.objects.filter(organisation=member.organisation, archived_at=None).order_by("title")
    found = [version for playbook in playbooks for version in (playbook.published(), playbook.draft())]
    return [version for version in found if version is not None]
