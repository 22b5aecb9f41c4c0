"""Everything of one version that the contract page needs, fetched with a fixed number of queries."""

from bisect import bisect_right
from dataclasses import dataclass

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
    Version,
)


@dataclass(frozen=True)
class Rows:
    """Everything of one version that the page needs, fetched once."""

    contract: Contract
    version: Version
    draft: Draft | None
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


def fetch(contract: Contract, version: Version) -> Rows:
    blocks = list(version.blocks.all())
    clauses = list(version.clause_texts.select_related("clause"))
    draft = Draft.objects.filter(contract=contract, state="open", base=version).first()
    findings = Finding.objects.filter(review__version=version).select_related(
        "decided_by__user", "review__playbook_version__playbook", "contract", "clause"
    )
    theirs = version.changes.exclude(origin=ChangeOrigin.DRAFT).select_related("decided_by__user")
    ours = draft.changes.filter(state=ChangeState.PENDING).select_related("author__user") if draft else []
    comments = contract.comments.select_related("author__user", "guest", "clause")
    addresses = {block.position: block.address for block in blocks}
    clause_of = {
        addresses[position]: text
        for text in clauses
        for position in range(text.first_block, text.last_block + 1)
        if position in addresses
    }
    return Rows(
        contract=contract,
        version=version,
        draft=draft,
        blocks=blocks,
        clauses=clauses,
        findings=list(findings),
        theirs=list(theirs),
        ours=list(ours),
        comments=list(comments),
        clause_of=clause_of,
        block_at={block.position: block for block in blocks},
        address_of=addresses,
        starts=[block.start for block in blocks],
    )


def number(rows: Rows, address: str) -> str:
    clause = rows.clause_of.get(address)
    return clause.number if clause else ""


def address_at(rows: Rows, offset: int | None) -> str:
    if offset is None:
        return ""
    at = bisect_right(rows.starts, offset) - 1
    return rows.blocks[at].address if at >= 0 else ""
