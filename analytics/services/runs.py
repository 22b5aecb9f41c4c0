"""Starting and stopping runs: which documents, under which rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import jobs
from accounts.models import Membership, StoredFile
from accounts.models.base import Conflict
from accounts.services import audit, files
from analytics.models import Run, RunItem, RunKind
from analytics.services.items import START
from analytics.uploads import Upload
from negotiation.access import contracts_visible_to
from negotiation.models import Contract, Paper, Version, VersionState
from playbooks import rules
from playbooks.models import PlaybookVersion

MOST_DOCUMENTS = 2_000
"""In one run. More are several runs: a table of two thousand rows is as long as anybody reads."""
UNCHECKED = "application/octet-stream"
"""Media type of an uploaded file until the gate has seen it; it is offered to nobody."""


@dataclass(frozen=True)
class Chosen:
    """One document of a run to be: a version of a contract, or a stored upload."""

    title: str
    paper: str
    version: Version | None = None
    file: StoredFile | None = None


def start_history(
    *, version: PlaybookVersion, contracts: Iterable[Contract], by: Membership, at: datetime | None = None
) -> Run:
    """Read how each issue of the playbook ended in these contracts. Raises ValidationError without any."""
    title = _("%(title)s: how deals ended") % {"title": version.playbook.title}
    return _start(
        kind=RunKind.HISTORY, title=title, version=version, chosen=_texts_of(contracts, by), by=by, at=at
    )


def start_backtest(
    *,
    version: PlaybookVersion,
    against: PlaybookVersion | None,
    contracts: Iterable[Contract],
    by: Membership,
    at: datetime | None = None,
) -> Run:
    """Replay a version over these contracts, and `against` beside it. Raises ValidationError without any
    contract, or where `against` is a draft (which may change meanwhile) or of another playbook."""
    if against is not None and (against.playbook_id != version.playbook_id or against.published_at is None):
        raise ValidationError(_("Compare a version with a published one of the same playbook."))
    title = _("%(title)s, version %(number)d") % {"title": version.playbook.title, "number": version.number}
    chosen = _texts_of(contracts, by)
    return _start(
        kind=RunKind.BACKTEST, title=title, version=version, against=against, chosen=chosen, by=by, at=at
    )


@transaction.atomic
def start_bulk(
    *,
    version: PlaybookVersion,
    title: str,
    uploads: Sequence[Upload],
    contracts: Iterable[Contract],
    paper: str = Paper.THEIRS,
    by: Membership,
    at: datetime | None = None,
) -> Run:
    """Review uploaded files and contracts of ours by a playbook. What is uploaded passes the gate in its own
    job; a refused file is a row with the gate's sentence, and its bytes are not kept.

    Raises ValidationError without any document, or with more than `MOST_DOCUMENTS`.
    """
    chosen = _texts_of(contracts, by)
    _check_number(len(uploads) + len(chosen))
    stored = [
        Chosen(
            one.name[:250],
            paper,
            file=files.store(organisation=by.organisation, data=one.data, media_type=UNCHECKED),
        )
        for one in uploads
    ]
    name = title.strip() or _("%(title)s: many contracts") % {"title": version.playbook.title}
    return _start(kind=RunKind.BULK, title=name, version=version, chosen=[*stored, *chosen], by=by, at=at)


def _texts_of(contracts: Iterable[Contract], by: Membership) -> list[Chosen]:
    """The newest read version of each contract that the member may see; those without one are left out."""
    wanted = contracts_visible_to(by).filter(pk__in=[one.pk for one in contracts])
    newest: dict[int, Version] = {}
    ready = Version.objects.filter(contract__in=wanted, state=VersionState.READY).select_related("contract")
    for version in ready.order_by("contract_id", "number").defer("text", "facts", "reading", "notices"):
        newest[version.contract_id] = version
    return [
        Chosen(version.contract.title, version.contract.paper, version=version) for version in newest.values()
    ]


def _check_number(documents: int) -> None:
    if not documents:
        raise ValidationError(
            _("There is no such contract that has been read. Choose at least one contract, or upload files.")
        )
    if documents > MOST_DOCUMENTS:
        raise ValidationError(
            _("%(number)d documents are too many for one run; the most is %(most)d.")
            % {"number": documents, "most": MOST_DOCUMENTS}
        )


@transaction.atomic
def _start(
    *,
    kind: str,
    title: str,
    version: PlaybookVersion,
    chosen: Sequence[Chosen],
    by: Membership,
    against: PlaybookVersion | None = None,
    at: datetime | None = None,
) -> Run:
    """The run with its items, and one job that will spread the work. All or nothing."""
    _check_number(len(chosen))
    read = rules.Playbook.from_data(version.data)
    run = Run.objects.create(
        organisation=by.organisation,
        kind=kind,
        title=title[:200],
        playbook_version=version,
        rules=version.data,
        rules_digest=read.digest,
        against=against,
        started_by=by,
        total=len(chosen),
    )
    RunItem.objects.bulk_create(
        [
            RunItem(
                organisation=by.organisation,
                run=run,
                position=position,
                title=one.title[:250],
                version=one.version,
                contract=one.version.contract if one.version else None,
                file=one.file,
                paper=one.paper,
            )
            for position, one in enumerate(chosen)
        ],
        batch_size=500,
    )
    audit.record(
        organisation=by.organisation,
        by=by,
        action="run.started",
        target=run,
        payload={
            "kind": kind,
            "playbook": version.playbook.slug,
            "number": version.number,
            "digest": read.digest,
            "against": against.number if against else None,
            "documents": len(chosen),
            "uploaded": sum(one.file is not None for one in chosen),
        },
        at=at,
    )
    jobs.enqueue(kind=START, args={"run": run.pk}, key=f"{START}:{run.pk}")
    return run


@transaction.atomic
def stop(*, run: Run, by: Membership, at: datetime | None = None) -> None:
    """Let the documents not yet read be. What was read stays. Raises Conflict when the run is over."""
    going = Run.objects.filter(pk=run.pk, finished_at=None, stopped_at=None)
    if not going.update(stopped_at=at or timezone.now()):
        raise Conflict(_("This run is already over."))
    audit.record(organisation=run.organisation, by=by, action="run.stopped", target=run)
