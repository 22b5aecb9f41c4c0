"""What needs one person, gathered from the rooms: the lines of the home page, the most urgent first.

Each source is a function that asks a room's querysets; a new room adds its function to `SOURCES`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import EDIT, SIGN, may
from accounts.models import Membership
from approvals import pages as approval_pages
from approvals.access import requests_visible_to
from approvals.models import RequestState
from negotiation.access import contracts_visible_to, versions_visible_to
from negotiation.models import Contract, Decision, FindingStatus, Turn, VersionState
from negotiation.models.contracts import ContractState
from obligations.access import obligations_visible_to
from obligations.pages import lateness, today_of
from signing.access import signers_visible_to
from signing.models import EnvelopeState
from signing.services.envelopes import UNDECIDED

MOST = 12
"""Lines of one source; the rest is behind the source's own page."""


@dataclass(frozen=True)
class Line:
    """One thing that needs the person: what, why in one sentence, where, and until when."""

    title: str
    url: str
    why: str
    kind: str  # name of an icon
    tone: str = ""  # "red" is late, "amber" is near
    due: datetime | date | None = None
    negotiation: str = ""

    def urgency(self) -> tuple[int, datetime]:
        rank = {"red": 0, "amber": 1}.get(self.tone, 2)
        return rank, _instant(self.due)


def _instant(due: datetime | date | None) -> datetime:
    if due is None:
        return datetime.max.replace(tzinfo=UTC)
    return due if isinstance(due, datetime) else datetime.combine(due, time(), tzinfo=UTC)


Source = Callable[[Membership], Iterable[Line]]


def attention_for(member: Membership) -> list[Line]:
    """Everything that needs the person, late things first, then by due time."""
    return sorted((line for source in SOURCES for line in source(member)), key=Line.urgency)


def _approvals(member: Membership) -> Iterator[Line]:
    """Requests that wait for this person's word."""
    now = timezone.now()
    waiting = approval_pages.waiting_for(requests_visible_to(member), member)
    for row in waiting.order_by("due_at", "pk")[:MOST]:
        late = row.due_at is not None and row.due_at < now
        near = row.due_at is not None and row.due_at < now + timedelta(days=1)
        yield Line(
            title=row.title,
            url=row.get_absolute_url(),
            why=_("%(name)s asks you to approve it") % {"name": row.requested_by.user.name},
            kind="stamp",
            tone="red" if late else "amber" if near else "",
            due=row.due_at,
            negotiation=row.negotiation.title,
        )


def _rejected(member: Membership) -> Iterator[Line]:
    """What this person asked for, was refused, and still stands in a running contract."""
    mine = requests_visible_to(member).exclude(state=RequestState.WITHDRAWN)
    newest = mine.order_by().values("contract", "issue").annotate(last=Max("pk")).values("last")
    refused = mine.filter(
        pk__in=newest,
        requested_by=member,
        state=RequestState.REJECTED,
        contract__state=ContractState.NEGOTIATING,
    )
    for row in refused.order_by("-decided_at")[:MOST]:
        yield Line(
            title=row.title,
            url=row.get_absolute_url(),
            why=_("Your request was rejected: change the clause or reserve the point"),
            kind="circle-x",
            tone="amber",
            negotiation=row.negotiation.title,
        )


def _obligations(member: Membership) -> Iterator[Line]:
    """One's own duties that are late or fall due within a week."""
    on = today_of(member)
    mine = obligations_visible_to(member).pending().of(member)
    for row in mine.filter(due_on__lte=on + timedelta(days=7)).order_by("due_on", "pk")[:MOST]:
        late = row.due_on is not None and row.due_on < on
        yield Line(
            title=row.title,
            url=row.get_absolute_url(),
            why=_("Your obligation, %(when)s") % {"when": lateness(row, on)},
            kind="calendar-check",
            tone="red" if late else "amber",
            due=row.due_on,
            negotiation=row.contract.title,
        )


def _own_contracts(member: Membership) -> QuerySet[Contract]:
    """Contracts of the deals this person leads or works on."""
    own = Q(negotiation__owner=member) | Q(negotiation__team__member=member)
    mine = contracts_visible_to(member).filter(own, archived_at=None, negotiation__archived_at=None)
    return mine.distinct().order_by("-pk")


def _open_issues(member: Membership) -> Iterator[Line]:
    """Reviewed contracts with issues nobody decided yet, in the newest version that was read, unless the turn
    is with the other side."""
    if not may(member, EDIT):
        return
    undecided = Q(
        reviews__findings__decision=Decision.OPEN,
        reviews__findings__status__in=[one for one in FindingStatus if one != FindingStatus.COMPLIANT],
    )
    last = Turn.objects.filter(contract=OuterRef("pk")).order_by("-number").values("side__is_ours")[:1]
    contracts = (
        _own_contracts(member)
        .filter(state=ContractState.NEGOTIATING)
        .annotate(is_with_them=Coalesce(Subquery(last), Value(False)))
        .filter(is_with_them=False)
    )
    newest = (
        versions_visible_to(member)
        .filter(contract__in=contracts.order_by().values("pk"), state=VersionState.READY)
        .order_by()
        .values("contract")
        .annotate(last=Max("pk"))
        .values("last")
    )
    counted = (
        versions_visible_to(member)
        .filter(pk__in=newest)
        .annotate(n=Count("reviews__findings", filter=undecided, distinct=True))
        .filter(n__gt=0)
    )
    for version in counted.order_by("-pk")[:MOST]:
        n = version.n
        yield Line(
            title=version.contract.title,
            url=version.contract.get_absolute_url(),
            why=ngettext("%(n)d issue to decide", "%(n)d issues to decide", n) % {"n": n},
            kind="scale",
            negotiation=version.contract.negotiation.title,
        )


def _failed(member: Membership) -> Iterator[Line]:
    """Drafts of this person that could not be read."""
    failed = versions_visible_to(member).filter(state=VersionState.FAILED, uploaded_by=member)
    newest = contracts_visible_to(member).annotate(last=Max("versions")).values("last")
    for version in failed.filter(pk__in=newest).order_by("-pk")[:MOST]:
        yield Line(
            title=version.contract.title,
            url=version.contract.get_absolute_url(),
            why=_("Could not be read: %(why)s") % {"why": version.failure},
            kind="triangle-alert",
            tone="red",
            negotiation=version.contract.negotiation.title,
        )


def _to_send_for_signature(member: Membership) -> Iterator[Line]:
    if not may(member, SIGN):
        return
    agreed = _own_contracts(member).filter(state=ContractState.AGREED)
    for contract in agreed[:MOST]:
        yield Line(
            title=contract.title,
            url=reverse("signing:start", args=[contract.uuid]),
            why=_("Agreed by both sides: send it for signature"),
            kind="signature",
            negotiation=contract.negotiation.title,
        )


def _to_sign(member: Membership) -> Iterator[Line]:
    """The person is a signer; the link itself is in their mail and nowhere else."""
    asked = signers_visible_to(member).filter(
        member=member, state__in=UNDECIDED, envelope__state=EnvelopeState.OUT
    )
    for signer in asked.order_by("pk")[:MOST]:
        yield Line(
            title=signer.envelope.contract.title,
            url=signer.envelope.get_absolute_url(),
            why=_("Waits for your signature; the link is in your mail"),
            kind="signature",
            tone="amber",
            negotiation=signer.envelope.contract.negotiation.title,
        )


SOURCES: tuple[Source, ...] = (
    _approvals,
    _rejected,
    _obligations,
    _open_issues,
    _failed,
    _to_send_for_signature,
    _to_sign,
)
