"""Everything of one version that the contract page needs, fetched with a fixed number of queries."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse

from accounts.models.organisations import ChangeAuthor
from negotiation.models import (
    Block,
    Change,
    ChangeOrigin,
    ChangeState,
    ClauseText,
    Comment,
    Contract,
    Draft,
    Finding,
    Review,
    Trade,
    Turn,
    UncoveredClause,
    Version,
)
from negotiation.models.decisions import DraftState
from negotiation.services import next_step
from negotiation.services.next_step import Asked

LONGEST_QUOTE = 300


@dataclass(frozen=True)
class Rows:
    """Everything of one version that the page needs, fetched once."""

    contract: Contract
    version: Version
    elsewhere: Draft | None  # an open draft whose changes were made on another version
    blocks: list[Block]
    clauses: list[ClauseText]
    findings: list[Finding]
    theirs: list[Change]
    ours: list[Change]
    comments: list[Comment]
    clause_of: dict[str, ClauseText]
    block_at: dict[int, Block]
    address_of: dict[int, str]
    starts: list[int]
    versions: list[Version]  # all of the contract, without what was read from them
    last_turn: Turn | None
    our_names: frozenset[str]  # the authors our own marks carry in files
    review: Review | None
    uncovered: list[UncoveredClause]
    standing: Mapping[str, Any]  # where issues stand with our draft written in, see services/refreshed.py
    asked: Mapping[str, Asked]  # what we asked for in turns that were sent, by issue
    trades: list[Trade]  # those that stand in the deal

    def document(self, key: str) -> dict[str, str]:
        """Title and address of another contract of the deal that was read beside this one."""
        papers = self.review.papers if self.review is not None else []
        title = next((one["title"] for one in papers if one["contract"] == key), "")
        return {"title": title, "url": reverse("negotiation:contract", args=[key]) if title else ""}

    def ranks_above(self, key: str) -> bool:
        """Whether another contract of the deal wins over this one where both speak."""
        papers = self.review.papers if self.review is not None else []
        rank = next((one.get("rank") for one in papers if one["contract"] == key), None)
        return rank is not None and rank < self.contract.precedence

    def at(self, offset: int | None) -> str:
        """The address of the paragraph at an offset of the version's text, "" for none."""
        block = _holding(self, offset)
        return block.address if block else ""


def fetch(contract: Contract, version: Version) -> Rows:
    prefetch_related_objects([contract.negotiation], "sides")
    blocks = list(version.blocks.all())
    clauses = list(version.clause_texts.select_related("clause"))
    findings = Finding.objects.filter(review__version=version).select_related(
        "decided_by__user", "review__playbook_version__playbook", "contract", "clause"
    )
    theirs, ours, elsewhere = _changes(contract, version)
    comments = contract.comments.select_related("author__user", "guest", "clause")
    addresses = {block.position: block.address for block in blocks}
    clause_of = {
        addresses[position]: text
        for text in clauses
        for position in range(text.first_block, text.last_block + 1)
        if position in addresses
    }
    versions = list(
        contract.versions.select_related("turn__side").defer("text", "facts", "reading", "notices")
    )
    turns = [one.turn for one in versions if hasattr(one, "turn")]
    open_draft = Draft.objects.filter(contract=contract, state=DraftState.OPEN, base=version).first()
    sent = {
        one.number: one.turn.number
        for one in versions
        if hasattr(one, "turn") and one.turn.side.is_ours and one.number < version.number
    }
    found = list(findings)
    return Rows(
        contract=contract,
        version=version,
        elsewhere=elsewhere,
        blocks=blocks,
        clauses=clauses,
        findings=found,
        theirs=theirs,
        ours=ours,
        comments=list(comments),
        clause_of=clause_of,
        block_at={block.position: block for block in blocks},
        address_of=addresses,
        starts=[block.start for block in blocks],
        versions=versions,
        last_turn=max(turns, key=lambda turn: turn.number, default=None),
        our_names=_our_names(contract),
        review=found[0].review if found else version.reviews.order_by("-pk").first(),
        uncovered=list(version.uncovered.select_related("read_by__user")),
        standing=open_draft.standing if open_draft is not None else {},
        asked=next_step.asked_in(contract, sent),
        trades=list(contract.negotiation.trades.filter(fallen_at=None).select_related("agreed_by__user")),
    )


def _our_names(contract: Contract) -> frozenset[str]:
    """The company's name, and where its marks carry people's names, those of the senders of our turns."""
    names = {contract.organisation.name}
    if contract.organisation.change_author == ChangeAuthor.PERSON:
        sent = contract.turns.filter(side__is_ours=True, sent_by__isnull=False)
        names |= set(sent.values_list("sent_by__user__name", flat=True))
    return frozenset(names)


def _changes(contract: Contract, version: Version) -> tuple[list[Change], list[Change], Draft | None]:
    """What the version brought, what we have pending on it, and a draft that is pending elsewhere."""
    brought = Q(version_seen=version) & ~Q(origin=ChangeOrigin.DRAFT)
    pending = Q(draft__state=DraftState.OPEN, state=ChangeState.PENDING, origin=ChangeOrigin.DRAFT)
    rows = contract.changes.filter(brought | pending).select_related(
        "decided_by__user", "author__user", "draft__base"
    )
    theirs = [row for row in rows if row.origin != ChangeOrigin.DRAFT]
    drafts = [(row, row.draft) for row in rows if row.draft is not None]
    ours = [row for row, draft in drafts if draft.base_id == version.pk]
    elsewhere = next((draft for _row, draft in drafts if draft.base_id != version.pk), None)
    return theirs, ours, elsewhere


def number(rows: Rows, address: str) -> str:
    clause = rows.clause_of.get(address)
    return clause.number if clause else ""


def _holding(rows: Rows, offset: int | None) -> Block | None:
    """The block in which the words at this offset of the version's text stand."""
    at = bisect_right(rows.starts, offset) - 1 if offset is not None else -1
    return rows.blocks[at] if at >= 0 else None


def place(rows: Rows, start: int | None, quote: str) -> dict[str, Any]:
    """Where words stand: the block to go to, the offset of the words in it, its clause's number."""
    block = _holding(rows, start)
    address = block.address if block else ""
    return {
        "block": address,
        "at": start - block.start if block and start is not None else 0,
        "words": quote.split("\n")[0][:LONGEST_QUOTE],
        "clause_number": number(rows, address),
    }
