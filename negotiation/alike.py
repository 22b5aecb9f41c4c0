"""Clauses of contracts for the clause library, which looks for the like of one of its own."""

from collections.abc import Sequence

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast

from accounts.models import Membership
from negotiation.access import contracts_visible_to
from negotiation.models import ClauseText, Version, VersionState
from playbooks.clause_library.hooks import ContractText

MOST = 300
"""As many clauses of a type as are compared; of the newest contracts."""


def clauses_of_type(member: Membership, clause_type: str) -> Sequence[ContractText]:
    """Clauses of this type in the newest read version of each contract the member sees."""
    newest = Version.objects.filter(contract=OuterRef("pk"), state=VersionState.READY).order_by("-number")
    contracts = contracts_visible_to(member).annotate(newest=Subquery(newest.values("pk")[:1]))
    rows = (
        ClauseText.objects.filter(version__in=contracts.order_by().values("newest"))
        # Both databases write JSON as text with one blank after the colon.
        .annotate(kinds=Cast("types", TextField()))
        .filter(kinds__contains=f'"type": "{clause_type}"')
        .select_related("version__contract__negotiation")
        .defer("version__text", "version__facts", "version__reading")
        .order_by("-version", "position")[:MOST]
    )
    return [
        ContractText(
            title=row.heading or row.number or row.text[:60],
            where=" · ".join(part for part in (row.version.contract.title, row.number) if part),
            url=f"{row.version.contract.get_absolute_url()}?version={row.version.number}",
            text=row.text,
        )
        for row in rows
    ]
