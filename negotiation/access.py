"""Who sees which deal: querysets for every page, and the loaders that views start with.

Legal, administrators, approvers, operations, auditors and read-only colleagues see all deals of their
organisation; business people see the deals whose team they are on.
"""

import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.access import load
from accounts.models import Membership, Role
from negotiation.models import (
    Change,
    Clause,
    Comment,
    Contract,
    Finding,
    Negotiation,
    Trade,
    UncoveredClause,
    Version,
)

SEES_ALL = (Role.ADMIN, Role.LEGAL, Role.APPROVER, Role.OPERATIONS, Role.AUDITOR, Role.READ_ONLY)


def negotiations_visible_to(member: Membership) -> QuerySet[Negotiation]:
    deals = Negotiation.objects.filter(organisation=member.organisation)
    if not member.is_active:
        return deals.none()
    if member.has_role(*SEES_ALL):
        return deals
    own = Q(owner=member) | Q(team__member=member)
    return deals.filter(pk__in=Negotiation.objects.filter(own).values("pk"))


def colleagues_on(negotiation: Negotiation, *, but: Membership) -> list[Membership]:
    """Everybody who sees the deal, by name, without `but`; in one query."""
    members = Membership.objects.filter(
        organisation=negotiation.organisation_id, is_active=True, user__is_active=True
    )
    on_team = Exists(negotiation.team.filter(member=OuterRef("pk")))
    rows = members.exclude(pk=but.pk).annotate(on_team=on_team).select_related("user")
    return [
        row
        for row in rows.order_by("user__name", "pk")
        if row.has_role(*SEES_ALL) or row.on_team or row.pk == negotiation.owner_id
    ]


def contracts_visible_to(member: Membership) -> QuerySet[Contract]:
    return Contract.objects.filter(negotiation__in=negotiations_visible_to(member)).select_related(
        "negotiation", "organisation", "playbook_version__playbook"
    )


def versions_visible_to(member: Membership) -> QuerySet[Version]:
    return Version.objects.filter(contract__in=contracts_visible_to(member)).select_related(
        "contract__negotiation", "side", "file", "organisation"
    )


def findings_visible_to(member: Membership) -> QuerySet[Finding]:
    return Finding.objects.filter(contract__in=contracts_visible_to(member)).select_related(
        "contract__negotiation", "review__version", "review__playbook_version", "organisation"
    )


def changes_visible_to(member: Membership) -> QuerySet[Change]:
    return Change.objects.filter(contract__in=contracts_visible_to(member)).select_related(
        "contract__negotiation", "version_seen", "side", "organisation"
    )


def clauses_visible_to(member: Membership) -> QuerySet[Clause]:
    return Clause.objects.filter(contract__in=contracts_visible_to(member)).select_related(
        "contract__negotiation", "organisation"
    )


def comments_visible_to(member: Membership) -> QuerySet[Comment]:
    return Comment.objects.filter(contract__in=contracts_visible_to(member))


def get_negotiation(member: Membership, uuid: uuid.UUID, action: str) -> Negotiation:
    """The deal, if the member sees it (404) and may do `action` (403). So do the loaders below."""
    rows = negotiations_visible_to(member).select_related("owner__user", "organisation")
    return load(rows, member, action, uuid=uuid)


def get_contract(member: Membership, uuid: uuid.UUID, action: str) -> Contract:
    return load(contracts_visible_to(member), member, action, uuid=uuid)


def get_version(member: Membership, uuid: uuid.UUID, action: str) -> Version:
    return load(versions_visible_to(member), member, action, uuid=uuid)


def get_finding(member: Membership, uuid: uuid.UUID, action: str) -> Finding:
    return load(findings_visible_to(member), member, action, uuid=uuid)


def get_change(member: Membership, uuid: uuid.UUID, action: str) -> Change:
    return load(changes_visible_to(member), member, action, uuid=uuid)


def get_clause(member: Membership, uuid: uuid.UUID, action: str) -> Clause:
    return load(clauses_visible_to(member), member, action, uuid=uuid)


def get_uncovered(member: Membership, uuid: uuid.UUID, action: str) -> UncoveredClause:
    rows = UncoveredClause.objects.filter(version__contract__in=contracts_visible_to(member))
    return load(
        rows.select_related("version__contract__negotiation", "organisation"), member, action, uuid=uuid
    )


def get_trade(member: Membership, uuid: uuid.UUID, action: str) -> Trade:
    rows = Trade.objects.filter(negotiation__in=negotiations_visible_to(member))
    return load(rows.select_related("negotiation", "organisation"), member, action, uuid=uuid)
