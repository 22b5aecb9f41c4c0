"""A small deal for the tests of the negotiation: a draft of theirs of a dozen paragraphs, read in
milliseconds, and the files that come back, made from what we sent."""

import io
import re
import zipfile
from dataclasses import dataclass

import redline
from accounts.models import Membership, Role
from accounts.services import files, people
from approvals.models import ApprovalRequest
from approvals.services import decisions
from jobs.testing import run_all
from negotiation.models import Contract, Finding, Negotiation, Version
from negotiation.services import deals, draft, turns, uncovered, versions
from tests.builders import People, four_people, member
from tests.deals import playbook
from tests.redline.notation import doc

SECRECY = "The obligations of confidentiality continue for seven (7) years from disclosure."
RETURN = (
    "On written request the Recipient shall return or destroy the Confidential Information within ten (10) "
    "days. It may keep one copy that the law requires."
)
HIRING = (
    "For a period of twenty-four (24) months neither party shall solicit for employment any employee of the "
    "other who worked on the project. General advertising not directed at such employees is exempt."
)
ASSIGNMENT = "Neither party may assign this Agreement without the consent of the other."
LINES = (
    "# 1 Purpose",
    "The parties share information about a possible purchase of the Platform.",
    "# 2 Secrecy",
    SECRECY,
    "Confidential Information means information marked as confidential in writing.",
    "# 3 Return",
    RETURN,
    "# 4 Non-solicitation",
    HIRING,
    "# 5 Assignment",
    ASSIGNMENT,
)
THEIR_NAME = "Dana Other"
DATE = "2026-11-20T10:00:00Z"


@dataclass(frozen=True)
class Deal:
    who: People
    negotiation: Negotiation
    contract: Contract
    approver: Membership

    def finding(self, issue: str) -> Finding:
        return self.contract.findings.get(review__version=self.version(), issue=issue)

    def version(self) -> Version:
        found = self.contract.ready_version()
        assert found is not None
        return found

    def block(self, words: str, version: Version | None = None):
        return (version or self.version()).blocks.get(text__contains=words)

    def clause(self, words: str):
        block = self.block(words)
        text = self.version().clause_texts.get(
            first_block__lte=block.position, last_block__gte=block.position
        )
        return text.clause


def opened(*, paper: str = "theirs", reviewed: bool = True) -> Deal:
    """A deal with an empty contract; one approver sits in every team a rung can ask."""
    who = four_people()
    approver = member(who.ours, "carla", Role.APPROVER)
    for code in ("legal", "people", "general_counsel"):
        people.set_team(organisation=who.ours, code=code, name=code.title(), members=[approver], by=None)
    negotiation = deals.open_negotiation(
        title="Harbour cloud trial",
        counterparty_name="Harbour Cloud",
        by=who.alice,
        objectives="Share plans safely.",
        their_lead=(who.dana.name, who.dana.email),
    )
    contract = deals.add_contract(
        negotiation=negotiation,
        title="Mutual NDA",
        paper=paper,
        by=who.alice,
        playbook_version=playbook(who) if reviewed else None,
    )
    return Deal(who, negotiation, contract, approver)


def received(*, reviewed: bool = True, lines: tuple[str, ...] = LINES) -> Deal:
    """The same with their first draft, read and reviewed."""
    deal = opened(reviewed=reviewed)
    arrives(deal, doc(*lines))
    return deal


def arrives(deal: Deal, data: bytes, *, theirs: bool = True) -> Version:
    side = deal.negotiation.their_side() if theirs else deal.negotiation.our_side()
    version = versions.add_version(
        contract=deal.contract, data=data, file_name="draft.docx", side=side, by=deal.who.alice
    )
    run_all()
    deal.contract.refresh_from_db()
    version.refresh_from_db()
    return version


def bytes_of(version: Version) -> bytes:
    return files.read_bytes(version.file)


def settle_everything(deal: Deal) -> None:
    """Reserve what would need an approval, so that the turn may leave. Written as rows: a dozen decisions
    each take their time, and other tests make them one by one."""
    rows = deal.contract.findings.filter(review__version=deal.version(), decision="open")
    rows.exclude(status__in=("compliant", "unsure")).update(
        decision="reserved", decision_reason="Later.", decided_by=deal.who.alice, version=2
    )
    read_the_rest(deal)


def read_the_rest(deal: Deal) -> None:
    """Tick the clauses no rule covers, all at once."""
    version = deal.contract.ready_version()
    if version is not None:
        uncovered.mark_read(version=version, clauses=(), by=deal.who.alice, knowingly=True)


def close_everything(deal: Deal) -> None:
    """Set every issue that could be told aside and have it approved, so that the text may be agreed."""
    rows = deal.contract.findings.filter(review__version=deal.version(), decision__in=("open", "reserved"))
    for finding in rows:
        if finding.status not in ("compliant", "unsure"):
            draft.dismiss(finding=finding, by=deal.who.alice, seen=finding.version, reason="Fine.")
    read_the_rest(deal)
    approve_all(deal)


def send(deal: Deal, message: str = "") -> Version:
    read_the_rest(deal)
    working = draft.open_draft(contract=deal.contract)
    turn = turns.send_turn(contract=deal.contract, by=deal.who.alice, message=message, seen=working.version)
    run_all()
    deal.contract.refresh_from_db()
    return turn.version


def approve_all(deal: Deal) -> int:
    waiting = list(ApprovalRequest.objects.filter(contract=deal.contract, state="open"))
    for request in waiting:
        decisions.decide(request=request, outcome="approved", by=deal.approver, seen=request.version)
    return len(waiting)


def they_track(data: bytes, *swaps: tuple[str, str]) -> bytes:
    """Their tracked replacements in a file."""
    document = redline.read(data)
    edits = []
    for old, new in swaps:
        block = next(one for one in document.blocks if old in one.text)
        start = block.text.index(old)
        edits.append(
            {"op": "replace", "block": block.id, "start": start, "end": start + len(old), "text": new}
        )
    return redline.apply(data, edits, author=THEIR_NAME, date=DATE).docx


def they_change_silently(data: bytes, *swaps: tuple[str, str]) -> bytes:
    """Words replaced in the XML itself, with no mark; each must stand within one run."""
    source = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "word/document.xml":
                text = content.decode()
                for old, new in swaps:
                    assert text.count(old) == 1, old
                    text = text.replace(old, new)
                content = text.encode()
            target.writestr(item, content)
    return out.getvalue()


def they_comment(data: bytes, words: str, said: str) -> bytes:
    block = next(one for one in redline.read(data).blocks if words in one.text)
    edit = {"op": "comment", "block": block.id, "text": said}
    return redline.apply(data, [edit], author=THEIR_NAME, date=DATE).docx


def names_in(data: bytes) -> str:
    """Everything readable in the package, to look for what must not be there."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    return "\n".join(
        re.sub(r"<[^>]*>", " ", archive.read(name).decode("utf-8", "replace")) for name in archive.namelist()
    )
