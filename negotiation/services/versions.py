"""Uploading a version, and what the worker does with it afterwards.

Both halves of the use case stand here: `add_version` takes the bytes past the gate and writes one job;
`process_version` is that job: read → compare with what we sent → find clauses → review.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import jobs
import redline
from accounts.models import Membership, StoredFile
from accounts.services import audit, files
from accounts.services.notifications import notify
from negotiation.models import (
    Contract,
    Negotiation,
    Paper,
    Side,
    Stage,
    Version,
    VersionLabel,
    VersionState,
)
from negotiation.models.contracts import NOT_STANDING, ContractState
from negotiation.services import again, deals, keeping, reading, returned, reviews, turns_received
from negotiation.services.holding import hold_contract
from negotiation.words import checked
from playbooks.models import PlaybookVersion

PROCESS = "negotiation.process_version"
STEPS = ("reading", "comparing", "clauses", "reviewing")


def add_version(
    *,
    contract: Contract,
    data: bytes,
    file_name: str,
    side: Side,
    by: Membership,
    label: str | None = None,
    at: datetime | None = None,
    report: redline.GateReport | None = None,
    check: Callable[[Contract, bytes], None] | None = None,
) -> Version:
    """Take a .docx past the gate (unless it passed: `report`), keep it and have it read. `check` may still
    refuse a file that passed.

    Raises ValidationError with the gate's sentence for a refused file: nothing of it is stored, the refusal
    stands in the audit record. Raises ValidationError for a contract that takes no more versions.
    """
    if not _takes_versions(contract):
        raise _closed()
    file_name = checked(file_name, longest=200) or "contract.docx"
    report = report or pass_the_gate(target=contract, data=data, file_name=file_name, by=by)
    if check is not None:
        check(contract, data)
    notices = [
        {"code": n.code, "message": n.message, "block": n.block, "quote": n.quote} for n in report.warnings
    ]
    with transaction.atomic():
        hold_contract(contract)
        if not _takes_versions(contract):
            raise _closed()
        stored = files.store(organisation=contract.organisation, data=data)
        version = create_version(
            contract=contract,
            stored=stored,
            file_name=file_name,
            side=side,
            by=by,
            label=label,
            notices=notices,
        )
        reopens = contract.state == ContractState.AGREED
        if reopens:
            contract.change(state=ContractState.NEGOTIATING)
        turns_received.close_their_turn(version=version, at=at or timezone.now())
        audit.record(
            organisation=contract.organisation,
            by=by,
            action="version.added",
            target=version,
            negotiation=contract.negotiation.uuid,
            payload={
                "contract": str(contract.uuid),
                "number": version.number,
                "sha256": stored.sha256,
                "ours": side.is_ours,
                "reopened_the_agreed_text": reopens,
                "notices": sorted({notice["code"] for notice in notices}),
            },
            personal={"file_name": file_name},
        )
        jobs.enqueue(kind=PROCESS, args={"version": version.pk}, key=f"{PROCESS}:{version.pk}")
    return version


def add_contract_with_draft(
    *,
    negotiation: Negotiation,
    title: str,
    paper: str,
    data: bytes,
    file_name: str,
    by: Membership,
    our_role: str = "",
    playbook_version: PlaybookVersion | None = None,
) -> Version:
    """One more document of the package with its first draft: both, or for a refused file neither.

    Raises ValidationError with the gate's sentence; the refusal stands in the deal's audit record.
    """
    report = pass_the_gate(target=negotiation, data=data, file_name=file_name, by=by)
    with transaction.atomic():
        contract = deals.add_contract(
            negotiation=negotiation,
            title=title,
            paper=paper,
            our_role=our_role,
            playbook_version=playbook_version,
            by=by,
        )
        side = negotiation.our_side() if contract.paper == Paper.OURS else negotiation.their_side()
        return add_version(contract=contract, data=data, file_name=file_name, side=side, by=by, report=report)


def pass_the_gate(
    *, target: Contract | Negotiation, data: bytes, file_name: str, by: Membership
) -> redline.GateReport:
    """What the gate says of a file meant for `target`. Raises ValidationError with its sentence; the refusal
    is recorded."""
    try:
        return redline.check_in_child(data)
    except redline.Refused as refusal:
        _record_refusal(target, data, file_name, refusal, by)
        raise ValidationError(refusal.message, code=refusal.code) from refusal


def _takes_versions(contract: Contract) -> bool:
    return contract.state not in (ContractState.SIGNING, ContractState.EXECUTED)


def _closed() -> ValidationError:
    return ValidationError(_("This contract is out for signature or executed; it takes no new version."))


def _record_refusal(
    target: Contract | Negotiation, data: bytes, file_name: str, refusal: redline.Refused, by: Membership
) -> None:
    with transaction.atomic():
        audit.record(
            organisation=target.organisation,
            by=by,
            action="version.refused",
            target=target,
            negotiation=target.negotiation.uuid if isinstance(target, Contract) else target.uuid,
            payload={
                "code": refusal.code,
                "sha256": hashlib.sha256(data).hexdigest(),
                "size": len(data),
            },
            personal={"file_name": file_name},
        )


def create_version(
    *,
    contract: Contract,
    stored: StoredFile,
    file_name: str,
    side: Side,
    by: Membership | None,
    label: str | None = None,
    notices: Sequence[Mapping[str, Any]] = (),
) -> Version:
    """The row of the next version, inside the caller's transaction and with the contract held."""
    last = contract.versions.order_by("-number").first()
    base = contract.versions.exclude(state__in=NOT_STANDING).order_by("-number").first()
    return Version.objects.create(
        organisation=contract.organisation,
        contract=contract,
        number=last.number + 1 if last else 1,
        label=label or _label(side, first=last is None),
        file=stored,
        file_name=file_name[:200],
        side=side,
        based_on=base,
        uploaded_by=by,
        notices=[dict(notice) for notice in notices],
    )


def _label(side: Side, *, first: bool) -> str:
    if side.is_ours:
        return VersionLabel.INTERNAL_DRAFT if first else VersionLabel.INTERNAL_REVISION
    return VersionLabel.COUNTERPARTY_DRAFT if first else VersionLabel.COUNTERPARTY_REVISION


@jobs.register(PROCESS)
def process_version(job: jobs.JobContext) -> jobs.Effect | None:
    """Read, compare, find clauses, review; then write it all in the transaction that ends the job.

    1. Read the bytes into blocks and clauses; carry identities over from the version it is based on.
    2. If it came back from the other side, list their tracked changes and what they changed silently.
    3. Review it with the contract's pinned playbook version.
    """
    version = Version.objects.select_related(
        "contract__negotiation",
        "contract__playbook_version",
        "side",
        "file",
        "based_on__file",
        "organisation",
    ).get(pk=job.args["version"])
    if version.state != VersionState.READING:
        return None
    version.based_on = _base_of(version)
    job.progress("reading", 5)
    data = files.read_bytes(version.file)
    try:
        read = reading.read_version(version, data)
    except redline.Refused as refusal:
        raise jobs.Permanent(refusal.message) from refusal
    job.progress("comparing", 35)
    differences = returned.compare_with_sent(version, data, read.document)
    job.progress("clauses", 55)
    judged = None
    if version.contract.playbook_version is not None:
        job.progress("reviewing", 75)
        judged = reviews.judge(version.contract, read.document)

    def store() -> None:
        done = Version.objects.filter(pk=version.pk, state=VersionState.READING)
        if not done.update(state=VersionState.READY, ready_at=job.now(), based_on=version.based_on):
            return  # another run of this job wrote it
        reading.store(version, read)
        returned.store(version, differences)
        if judged is not None:
            keeping.store(version, judged)
        audit.record(
            organisation=version.organisation,
            by=None,
            action="version.ready",
            target=version,
            negotiation=version.contract.negotiation.uuid,
            payload={
                "based_on": version.based_on.number if version.based_on else None,
                "findings": len(judged.findings) if judged else 0,
                "tracked": len(differences.tracked),
                "untracked": len(differences.untracked),
            },
        )
        if version.uploaded_by is not None:
            _tell(version, "version.ready")
        again.ask(
            negotiation=version.contract.negotiation,
            because="document",
            key=str(version.uuid),
            but=version.contract,
        )
        deals.advance_if_ready(negotiation=version.contract.negotiation, target=Stage.COUNTERS, by=None)

    return store


class NotYet(Exception):
    """The version before is still being read: this job is tried again a little later."""


def _base_of(version: Version) -> Version | None:
    """Identities are carried from the newest version that can be read: one that failed meanwhile is passed
    over, one that is still being read is waited for."""
    earlier = version.contract.versions.filter(number__lt=version.number)
    base = earlier.exclude(state__in=NOT_STANDING).select_related("file").order_by("-number").first()
    if base is not None and base.state == VersionState.READING:
        raise NotYet(f"version {base.number} is still being read")
    return base


@jobs.on_dead(PROCESS)
def version_failed(job: jobs.JobContext, sentence: str) -> None:
    """The version becomes *failed* with a sentence a lawyer understands; the bytes stay."""
    version = Version.objects.select_related("contract__negotiation", "organisation").get(
        pk=job.args["version"]
    )
    failed = Version.objects.filter(pk=version.pk, state=VersionState.READING)
    if not failed.update(state=VersionState.FAILED, failure=sentence):
        return
    audit.record(
        organisation=version.organisation,
        by=None,
        action="version.failed",
        target=version,
        negotiation=version.contract.negotiation.uuid,
    )
    _tell(version, "version.failed")


def _tell(version: Version, kind: str) -> None:
    if version.uploaded_by is None:
        return
    notify(
        members=[version.uploaded_by],
        kind=kind,
        url=version.contract.get_absolute_url(),
        what=f"{version.contract.title} · {version.number}",
    )


@transaction.atomic
def retry(*, version: Version, by: Membership) -> None:
    """Have a version that could not be read tried again. Does nothing for one that is not failed."""
    won = Version.objects.filter(pk=version.pk, state=VersionState.FAILED).update(
        state=VersionState.READING, failure=""
    )
    if not won:
        return
    jobs.revive(job=jobs.enqueue(kind=PROCESS, args={"version": version.pk}, key=f"{PROCESS}:{version.pk}"))
    audit.record(
        organisation=version.organisation,
        by=by,
        action="version.retried",
        target=version,
        negotiation=version.contract.negotiation.uuid,
    )
