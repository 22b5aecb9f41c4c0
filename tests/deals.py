"""Builders of deals: contracts with rows as the worker would leave them, without running the worker.

`read_contract` is the slow, true way: a sample contract uploaded and processed.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import docx
from django.utils import timezone

import redline
from accounts.models import Membership, Role
from accounts.services import files, people
from approvals.models import ApprovalRequest
from approvals.services import requests
from config.demo.contracts import build
from jobs.testing import run_all
from negotiation.gates import Concession
from negotiation.models import (
    Agreement,
    Block,
    Clause,
    ClauseText,
    Contract,
    Finding,
    FindingStatus,
    Negotiation,
    Review,
    Version,
    VersionLabel,
    VersionState,
)
from negotiation.models.contracts import ContractState
from negotiation.services import deals, versions
from obligations.models import Obligation
from playbooks import library
from playbooks.models import Playbook as PlaybookRow
from playbooks.models import PlaybookVersion
from playbooks.rules import Issue, Playbook
from tests.builders import People, member

FRAME = 2
"""Queries for the frame round every page: what waits for the person, and the deals at hand."""

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TEXT = (
    "Confidentiality",
    "The Recipient keeps the Confidential Information secret for five years.",
    "Neither party may assign this agreement.",
)


@dataclass(frozen=True)
class Table:
    """A contract in negotiation and the people round it; approvers in two teams."""

    people: People
    negotiation: Negotiation
    contract: Contract
    version: Version
    carla: Membership  # approver, in the team cfo
    ines: Membership  # approver, in the team legal
    dara: Membership  # operations


@cache
def word_file(paragraphs: tuple[str, ...] = TEXT) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def shipped_data() -> dict[str, Any]:
    return library.shipped("mutual-nda").to_data()


def playbook(who: People) -> PlaybookVersion:
    """The shipped mutual NDA playbook, published; written as rows, because reading YAML takes its time."""
    read = library.shipped("mutual-nda")
    book, _made = PlaybookRow.objects.get_or_create(
        organisation=who.ours, slug=read.name, defaults={"title": read.title, "owner": who.alice}
    )
    version, _made = PlaybookVersion.objects.get_or_create(
        organisation=who.ours,
        playbook=book,
        number=1,
        defaults={"data": shipped_data(), "digest": read.digest, "published_at": NOON},
    )
    return version


def table(who: People, *, title: str = "Mutual NDA", value_minor: int | None = 5_000_000) -> Table:
    """Light: rows only. Alice leads, Dana leads for Harbour Cloud."""
    carla = member(who.ours, "carla", Role.APPROVER)
    ines = member(who.ours, "ines", Role.APPROVER)
    dara = member(who.ours, "dara", Role.OPERATIONS)
    people.set_team(organisation=who.ours, code="cfo", name="Finance chief", members=[carla], by=None)
    people.set_team(organisation=who.ours, code="legal", name="Legal leads", members=[ines], by=None)
    people.set_team(organisation=who.ours, code="operations", name="Operations", members=[dara], by=None)
    negotiation = deals.open_negotiation(
        title="Harbour cloud trial",
        counterparty_name="Harbour Cloud",
        by=who.alice,
        value_minor=value_minor,
        term_months=24,
        their_lead=(who.dana.name, who.dana.email),
    )
    contract = deals.add_contract(
        negotiation=negotiation, title=title, paper="theirs", by=who.alice, playbook_version=playbook(who)
    )
    return Table(who, negotiation, contract, ready_version(contract), carla, ines, dara)


def ready_version(
    contract: Contract, *, label: str = VersionLabel.COUNTERPARTY_DRAFT, paragraphs: tuple[str, ...] = TEXT
) -> Version:
    """A version as the worker leaves it: bytes, blocks, one clause per paragraph, findings' review row."""
    data = word_file(paragraphs)
    document = redline.read(data)
    last = contract.versions.order_by("-number").first()
    version = Version.objects.create(
        organisation=contract.organisation,
        contract=contract,
        number=last.number + 1 if last else 1,
        label=label,
        file=files.store(organisation=contract.organisation, data=data),
        file_name="draft.docx",
        side=contract.negotiation.their_side(),
        state=VersionState.READY,
        text=document.text,
        ready_at=timezone.now(),
    )
    for position, block in enumerate(document.blocks):
        start = document.start_of(block.id)
        Block.objects.create(
            organisation=version.organisation,
            version=version,
            position=position,
            address=block.id,
            part=block.part,
            kind=block.kind,
            number=block.number,
            level=block.level,
            start=start,
            text=block.text,
            pieces=[{"text": block.text}],
        )
        clause = Clause.objects.create(organisation=contract.organisation, contract=contract)
        ClauseText.objects.create(
            organisation=version.organisation,
            version=version,
            clause=clause,
            position=position,
            number=str(position + 1),
            heading=block.text[:20],
            first_block=position,
            last_block=position,
            start=start,
            end=start + len(block.text),
            text=block.text,
            hash=hashlib.sha256(block.text.encode()).hexdigest(),
        )
    if contract.playbook_version is not None:
        Review.objects.create(
            organisation=contract.organisation, version=version, playbook_version=contract.playbook_version
        )
    return version


def rules_of(contract: Contract) -> Playbook:
    assert contract.playbook_version is not None
    return Playbook.from_data(contract.playbook_version.data)


def issue_with_approval(contract: Contract) -> tuple[Issue, int]:
    """The first issue with a rung that needs approval, and that rung's place on the ladder."""
    for issue in rules_of(contract).issues:
        for index, rung in enumerate(issue.rungs):
            if not rung.free:
                return issue, index
    raise AssertionError("no rung of the playbook needs approval")


def finding(
    at: Table, *, issue: str = "", rung: str = "", status: str = FindingStatus.FALLBACK, clause_at: int = 1
) -> Finding:
    """A finding on the table's version, at the clause of one of its paragraphs."""
    known, _index = issue_with_approval(at.contract)
    code = issue or known.code
    review = at.version.reviews.get()
    text = at.version.clause_texts.get(position=clause_at)
    return Finding.objects.create(
        organisation=at.contract.organisation,
        review=review,
        contract=at.contract,
        clause=text.clause,
        position=review.findings.count(),
        issue=code,
        title=rules_of(at.contract).issue(code).title,
        status=status,
        severity="medium",
        rung=rung,
        quote=text.text,
        block=at.version.blocks.get(position=clause_at).address,
    )


def concession(
    found: Finding,
    *,
    rung_index: int | None = None,
    after: str = "The Recipient keeps the Confidential Information secret for two years.",
    approvers: Sequence[str] = ("legal",),
    mode: str = "any",
    risk: str = "medium",
    is_free: bool = False,
    reason: str = "We need the trial to start on Monday.",
) -> Concession:
    issue = rules_of(found.contract).issue(found.issue)
    index = issue_with_approval(found.contract)[1] if rung_index is None else rung_index
    rung = issue.rungs[index] if index < len(issue.rungs) else None
    return Concession(
        finding=found,
        rung=rung.id if rung else "",
        rung_index=index,
        rung_label=rung.label if rung else "",
        is_free=is_free,
        approvers=tuple(approvers),
        mode=mode,
        risk=risk,
        before="The Recipient keeps the Confidential Information secret for five years.",
        after=after,
        reason=reason,
    )


def asked(
    at: Table, *, by: Membership | None = None, found: Finding | None = None, **more: Any
) -> ApprovalRequest:
    """An open approval request on the table's contract."""
    found = found or finding(at)
    requests.concessions_changed(at.contract, [concession(found, **more)], by or at.people.alice)
    return ApprovalRequest.objects.get(contract=at.contract, issue=found.issue, state="open")


def agreed(at: Table) -> Version:
    """Both sides agreed to the text: the newest version is the clean one to be signed."""
    version = ready_version(at.contract, label=VersionLabel.APPROVED)
    for side in at.negotiation.sides.all():
        Agreement.objects.create(
            organisation=at.contract.organisation,
            version=version,
            side=side,
            recorded_by=at.people.alice,
            given_by="Dana Other",
            agreed_at=NOON,
        )
    Contract.objects.filter(pk=at.contract.pk).update(state=ContractState.AGREED)
    at.contract.refresh_from_db()
    return version


def obligation(
    at: Table, *, due_on: date | None = None, owner: Membership | None = None, **more: Any
) -> Obligation:
    fields = {"title": "Return the test data", "zone": "Europe/Berlin"} | more
    return Obligation.objects.create(
        organisation=at.contract.organisation, contract=at.contract, owner=owner, due_on=due_on, **fields
    )


def read_contract(who: People, slug: str = "mutual-nda") -> Contract:
    """Slow: the sample contract uploaded, past the gate, read and reviewed."""
    negotiation = deals.open_negotiation(title="Read", counterparty_name="Harbour Cloud", by=who.alice)
    contract = deals.add_contract(
        negotiation=negotiation, title=slug, paper="theirs", by=who.alice, playbook_version=playbook(who)
    )
    versions.add_version(
        contract=contract,
        data=build(slug),
        file_name=f"{slug}.docx",
        side=negotiation.their_side(),
        by=who.alice,
    )
    run_all()
    contract.refresh_from_db()
    return contract
