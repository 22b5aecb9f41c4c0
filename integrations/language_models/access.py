"""Who sees a suggestion: whoever sees the deal or may write the playbook it is for."""

import uuid

from django.db.models import Q, QuerySet

from accounts.access import EDIT, VIEW, WRITE_PLAYBOOKS, load, may, require
from accounts.models import Membership
from integrations.language_models.models import Kind, Suggestion
from negotiation.access import contracts_visible_to


def suggestions_visible_to(member: Membership) -> QuerySet[Suggestion]:
    seen = Q(contract__in=contracts_visible_to(member))
    if may(member, WRITE_PLAYBOOKS):
        seen |= Q(contract=None)
    rows = Suggestion.objects.filter(organisation=member.organisation).filter(seen)
    return rows.select_related(
        "contract__negotiation", "finding__review__playbook_version", "finding__review__version", "playbook",
        "asked_by__user", "decided_by__user", "organisation",
    )  # fmt: skip


def get_suggestion(member: Membership, key: uuid.UUID, *, to_decide: bool = False) -> Suggestion:
    """The suggestion, if the member sees it (404) and, to decide, may do what it suggests (403)."""
    row = load(suggestions_visible_to(member), member, VIEW, uuid=key)
    if to_decide:
        require(member, WRITE_PLAYBOOKS if row.kind == Kind.RULES else EDIT, row)
    return row
