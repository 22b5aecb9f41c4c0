"""Search over deals and contracts by title and other side, for the palette and its page."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Membership
from negotiation.access import contracts_visible_to, negotiations_visible_to
from negotiation.models import Contract, Negotiation
from negotiation.words import searched

SHOWN = 8
LONGEST = 6  # words; who writes more has written a sentence


@dataclass(frozen=True)
class Hit:
    """One place found: a deal or a contract, with the other side's name as a hint."""

    kind: str  # "negotiation" or "contract"
    title: str
    url: str
    hint: str


@dataclass(frozen=True)
class Found:
    """The first places, how many more there are, and where all of them stand."""

    query: str
    hits: tuple[Hit, ...]
    more: int
    all_url: str


def find(*, query: str, member: Membership, shown: int = SHOWN) -> Found:
    """Deals, then contracts, whose title or other side has every word. Only what the member may see."""
    words = searched(query).split()[:LONGEST]
    if not words:
        return Found("", (), 0, "")
    deals = _deals(words, member)
    contracts = _contracts(words, member)
    rows = list(deals.prefetch_related("sides").order_by("-pk")[:shown])
    papers = list(contracts.order_by("-pk").prefetch_related("negotiation__sides")[:shown])
    # Both kinds have their share of a short list; what one leaves free the other takes.
    rows = rows[: max(shown - len(papers), (shown + 1) // 2)]
    papers = papers[: shown - len(rows)]
    total = deals.count() + contracts.count()
    hits = tuple(
        Hit("negotiation", row.title, row.get_absolute_url(), row.their_side().name) for row in rows
    ) + tuple(
        Hit(
            "contract",
            paper.title,
            paper.get_absolute_url(),
            _("%(name)s · in %(deal)s")
            % {"name": paper.negotiation.their_side().name, "deal": paper.negotiation.title},
        )
        for paper in papers
    )
    everything = reverse("search", query={"q": " ".join(words), "all": "1"})
    return Found(" ".join(words), hits, total - len(hits), everything)


def _deals(words: list[str], member: Membership) -> QuerySet[Negotiation]:
    rows = negotiations_visible_to(member).filter(archived_at=None)
    for word in words:
        named = Negotiation.objects.filter(sides__name__icontains=word, sides__is_ours=False)
        rows = rows.filter(Q(title__icontains=word) | Q(pk__in=named.values("pk")))
    return rows


def _contracts(words: list[str], member: Membership) -> QuerySet[Contract]:
    rows = contracts_visible_to(member).filter(negotiation__archived_at=None)
    for word in words:
        named = Negotiation.objects.filter(sides__name__icontains=word, sides__is_ours=False)
        rows = rows.filter(Q(title__icontains=word) | Q(negotiation__in=named.values("pk")))
    return rows
