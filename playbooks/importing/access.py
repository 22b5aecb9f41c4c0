"""Who sees imported tables: those who write playbooks. A reader meets what became of them, the draft."""

import uuid

from django.db.models import QuerySet

from accounts.access import WRITE_PLAYBOOKS, load, may
from accounts.models import Membership
from playbooks.models import TableImport


def imports_visible_to(member: Membership) -> QuerySet[TableImport]:
    rows = TableImport.objects.filter(organisation=member.organisation).select_related(
        "draft__playbook", "brought_by__user"
    )
    return rows if may(member, WRITE_PLAYBOOKS) else rows.none()


def get_import(member: Membership, uuid: uuid.UUID) -> TableImport:
    """One import: 404 in another organisation, 403 for a colleague who may not write playbooks."""
    rows = TableImport.objects.filter(organisation=member.organisation)
    return load(rows, member, WRITE_PLAYBOOKS, uuid=uuid)
