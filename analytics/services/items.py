"""The work of a run, one job for each document, so that any number of workers share it.

1. `analytics.start_run` enqueues one job for each item; it may run twice, since each job has its key.
2. `analytics.read_item` passes an upload through the gate, reads the document and places it on the ladders,
   outside any transaction.
3. Its effect writes the item *where it still waits* and moves the run's counter, in the transaction that ends
   the job. A killed worker therefore loses one document's work and doubles none; the last one closes the run.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, F, ProtectedError
from django.utils.translation import gettext as _

import jobs
import redline
from accounts.models import StoredFile
from accounts.services import files
from accounts.services.notifications import notify
from analytics.models import ItemState, Run, RunItem
from negotiation.services import beside, reviews
from playbooks import rules
from playbooks.backtest import Outcome, outcome
from playbooks.review import page_of

START, READ, FORGET = "analytics.start_run", "analytics.read_item", "analytics.forget_bytes"
BACKUPS_LAST = timedelta(hours=1)
"""No backup takes longer; what one began with it finds until then."""

_parsed: dict[str, rules.Playbook] = {}
_MOST_PARSED = 8


@jobs.register(START)
def start_run(job: jobs.JobContext) -> jobs.Effect | None:
    """Enqueue one job for each document that still waits."""
    waiting = RunItem.objects.filter(run=job.args["run"], state=ItemState.WAITING)
    numbers = list(waiting.values_list("pk", flat=True))

    def spread() -> None:
        for number in numbers:
            jobs.enqueue(kind=READ, args={"item": number}, key=f"{READ}:{number}")

    return spread


@jobs.register(READ)
def read_item(job: jobs.JobContext) -> jobs.Effect | None:
    """Place one document on the ladders of the run's playbook (and of the version it is compared with)."""
    rows = RunItem.objects.select_related(
        "run__against", "run__started_by", "version__file", "file", "contract__negotiation", "organisation"
    ).defer("version__text", "version__facts", "version__reading", "version__notices")
    item = rows.get(pk=job.args["item"])
    if item.state != ItemState.WAITING or item.run.stopped_at is not None:
        return None
    try:
        document = _document(item)
    except redline.Refused as refusal:
        sentence = refusal.message  # the name of the exception is gone once its block has ended
        return lambda: _fail(item, sentence, job)
    judge = _judge_of(item, document)
    found = judge(_rules(item.run))
    before = None if item.run.against is None else judge(reviews.rules_of_version(item.run.against))
    return lambda: _store(item, found, before, job)


@jobs.on_dead(READ)
def item_given_up(job: jobs.JobContext, sentence: str) -> None:
    item = RunItem.objects.select_related("run__started_by", "file").get(pk=job.args["item"])
    _fail(item, sentence, job)


def _judge_of(item: RunItem, document: redline.Document) -> Callable[[rules.Playbook], Outcome]:
    """How rules are held against the document: an upload by itself, a contract of ours beside the other
    documents of its deal and with the deal's facts, as its own review is."""
    contract = item.contract
    if contract is None:
        return partial(outcome, source=document, paper=item.paper)
    own, around = page_of(document), beside.others(contract)
    belongs = reviews.Belongs.of(contract, own, around)
    page, facts = beside.page_of(contract, own, around), reviews.deal_facts(contract)
    return partial(outcome, source=page, deal=facts, paper=item.paper, here=belongs.here)


def _document(item: RunItem) -> redline.Document:
    """Raises redline.Refused where the gate, or the reader, refuses the bytes."""
    if item.version is not None:
        return redline.read(files.read_bytes(item.version.file))
    if item.file is None:
        raise redline.Refused("gone", _("The file is no longer there."))
    data = files.read_bytes(item.file)
    redline.check_in_child(data)
    return redline.read(data)


def _rules(run: Run) -> rules.Playbook:
    """The rules the run began with, parsed once in each process."""
    known = _parsed.get(run.rules_digest)
    if known is None:
        if len(_parsed) >= _MOST_PARSED:
            _parsed.clear()
        known = _parsed[run.rules_digest] = rules.Playbook.from_data(run.rules)
    return known


def _store(item: RunItem, found: Outcome, before: Outcome | None, job: jobs.JobContext) -> None:
    worst = found.worst()
    by_severity = severities(found)
    _finish(
        item,
        job,
        state=ItemState.READY,
        risk_score=found.risk_score,
        risk_level=found.risk_level,
        worst=worst.title[:200] if worst else "",
        outcome=found.to_data(),
        outcome_against=before.to_data() if before else None,
        **by_severity,
    )


def severities(found: Outcome) -> dict[str, int]:
    """Findings by severity, and what could not be told beside them: unknown is not low."""
    told = [one for one in found.stood if one.status != "unsure"]
    counts = {level: sum(one.severity == level and one.is_finding for one in told) for level in rules.RISKS}
    return {**counts, "unsure": len(found.stood) - len(told)}


def _fail(item: RunItem, sentence: str, job: jobs.JobContext) -> None:
    if _finish(item, job, state=ItemState.FAILED, failure=sentence, file=None) and item.file is not None:
        _forget(item.file, job.now())


def _finish(item: RunItem, job: jobs.JobContext, **fields: Any) -> bool:
    """Write the item once and count it. False where another run of this job was first."""
    waiting = RunItem.objects.filter(pk=item.pk, state=ItemState.WAITING)
    if not waiting.update(finished_at=job.now(), **fields):
        return False
    # This row's lock makes the last two finish one after the other, so that one of them sees the end.
    Run.objects.filter(pk=item.run_id).update(done=F("done") + 1)
    last = Run.objects.filter(pk=item.run_id, done=F("total"), finished_at=None)
    run = item.run
    if last.update(finished_at=job.now()) and run.started_by is not None:
        notify(members=[run.started_by], kind="run.finished", url=run.get_absolute_url(), what=run.title)
    return True


def _forget(file: StoredFile, at: datetime) -> None:
    """Nothing is kept of what the gate refused, unless the same bytes serve elsewhere too. The row goes now,
    the bytes a little later: a backup that began before may still ask for them."""
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return
    key = file.storage_key
    jobs.enqueue(kind=FORGET, args={"key": key}, key=f"{FORGET}:{key}", due_at=at + BACKUPS_LAST)


@jobs.register(FORGET)
def forget_bytes(job: jobs.JobContext) -> jobs.Effect | None:
    """Delete bytes that no stored file names any more."""
    key = job.args["key"]
    if not StoredFile.objects.filter(storage_key=key).exists():
        default_storage.delete(key)
    return None


def counts_of(run: Run) -> Mapping[str, int]:
    """How many items are ready, failed and waiting."""
    found = dict(run.items.order_by().values_list("state").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in ItemState.values}
