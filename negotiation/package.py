"""How far each contract of a package is: read, reviewed, decided. One query for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from negotiation.models import (
    Change,
    ChangeOrigin,
    ChangeState,
    Contract,
    Decision,
    Finding,
    FindingStatus,
    Review,
    Version,
    VersionState,
)


@dataclass(frozen=True)
class Document:
    """One contract of the package, by its newest version that was read."""

    contract: Contract
    is_read: bool
    is_reviewed: bool
    issues: int  # that need a person
    open_issues: int  # of those, not decided yet
    undecided_changes: int  # of theirs

    @property
    def decided(self) -> int:
        return self.issues - self.open_issues


def documents(contracts: QuerySet[Contract]) -> Sequence[Document]:
    """The contracts in the order of the queryset, each with how far it is."""
    newest = Version.objects.filter(contract=OuterRef("pk"), state=VersionState.READY).order_by("-number")
    findings = Finding.objects.filter(review__version=OuterRef("newest_read")).exclude(
        status=FindingStatus.COMPLIANT
    )
    undecided = Change.objects.filter(
        version_seen=OuterRef("newest_read"), state=ChangeState.PENDING, side__is_ours=False
    ).exclude(origin=ChangeOrigin.DRAFT)
    rows = contracts.annotate(newest_read=Subquery(newest.values("pk")[:1])).annotate(
        was_reviewed=Exists(Review.objects.filter(version=OuterRef("newest_read"))),
        issues=_number(findings),
        open_issues=_number(findings.filter(Q(decision=Decision.OPEN))),
        undecided_changes=_number(undecided),
    )
    return [
        Document(
            contract=row,
            is_read=row.newest_read is not None,
            is_reviewed=row.was_reviewed,
            issues=row.issues,
            open_issues=row.open_issues,
            undecided_changes=row.undecided_changes,
        )
        for row in rows
    ]


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("contract").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
