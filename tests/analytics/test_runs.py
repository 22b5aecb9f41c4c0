"""Runs over many contracts: started, worked off one document at a time, never twice, to the last one."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

import jobs
import redline
from accounts.models import AuditEntry, Notification, StoredFile
from accounts.models.base import Conflict
from accounts.services import files
from analytics.models import ItemState, Run
from analytics.services import items, runs
from analytics.uploads import Upload, unpacked
from jobs.models import Job
from jobs.testing import run_all
from negotiation.models.contracts import ContractState
from negotiation.services import deals, reviews
from playbooks.services import drafting
from tests.builders import four_people
from tests.deals import Table, playbook, ready_version, table, word_file

pytestmark = pytest.mark.django_db

LONG = "The obligations of confidentiality survive for nine (9) years from disclosure."
SHORT = (
    "The obligations of confidentiality survive for three (3) years from disclosure; trade secrets remain "
    "protected for as long as they remain trade secrets."
)


@pytest.fixture
def at() -> Table:
    return table(four_people())


def bulk(at: Table, *uploads: Upload, **more) -> Run:
    return runs.start_bulk(
        version=playbook(at.people),
        title="",
        uploads=uploads,
        contracts=more.pop("contracts", []),
        by=at.people.alice,
        **more,
    )


def docx(*lines: str) -> bytes:
    return word_file(("Agreement", *lines))


def test_every_document_becomes_one_row_and_one_job(at):
    run = bulk(at, Upload("a.docx", docx(LONG)), Upload("b.docx", docx(SHORT)), contracts=[at.contract])
    assert run_all() == 4  # one spreads the work
    run.refresh_from_db()
    rows = list(run.items.all())
    assert [row.title for row in rows] == ["a.docx", "b.docx", at.contract.title]
    assert {row.state for row in rows} == {ItemState.READY}
    assert (run.done, run.total) == (3, 3)
    assert run.finished_at is not None
    assert Job.objects.filter(kind=items.READ).count() == 3


def test_whoever_asked_is_told_once_when_the_last_document_is_read(at):
    run = bulk(at, Upload("a.docx", docx(LONG)), Upload("b.docx", b"broken"))
    run_all()
    told = Notification.objects.get(kind="run.finished")
    assert (told.member, told.url) == (at.people.alice, run.get_absolute_url())


def test_the_row_says_what_the_playbook_says(at):
    run = bulk(at, Upload("a.docx", docx(LONG)))
    run_all()
    row = run.items.get()
    stood = {one["issue"]: one for one in row.outcome["stood"]}
    assert stood["secrecy_term"]["rung"] == "walk_away"
    assert stood["secrecy_term"]["values"]["years"] == 9
    assert row.risk_level == "high"
    assert row.high == sum(one["severity"] == "high" and one["is_finding"] for one in row.outcome["stood"])


def test_a_file_the_gate_refuses_is_a_row_with_its_sentence_and_is_not_kept(at):
    run = bulk(at, Upload("broken.docx", b"this is no Word file"), Upload("a.docx", docx(LONG)))
    stored = run.items.get(position=0).file
    run_all()
    assert default_storage.exists(stored.storage_key)  # a backup under way may still want the bytes
    row = run.items.get(position=0)
    assert row.state == ItemState.FAILED
    assert "Word" in row.failure
    assert row.file is None
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    run_all(now=datetime.now(UTC) + timedelta(hours=2))
    assert not default_storage.exists(stored.storage_key)
    run.refresh_from_db()
    assert (run.done, run.finished_at is not None) == (2, True)


def test_refused_bytes_that_serve_elsewhere_stay(at):
    run = bulk(at, Upload("one.docx", b"no file"), Upload("two.docx", b"no file"))
    assert run.items.get(position=0).file == run.items.get(position=1).file
    run_all()
    assert list(run.items.values_list("state", "file")) == [(ItemState.FAILED, None)] * 2
    assert not StoredFile.objects.filter(media_type=runs.UNCHECKED).exists()


def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(at):
    run = bulk(at, Upload("a.docx", docx(LONG)), Upload("b.docx", docx(SHORT)))
    start = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)
    jobs.run_job(Job.objects.get(kind=items.START).pk, clock=lambda: start, beat=False)
    job = Job.objects.filter(kind=items.READ).order_by("pk").first()
    # The worker took the job and was never heard of again.
    Job.objects.filter(pk=job.pk).update(state="running", attempts=1, lease_until=start, worker="gone")
    late = start + timedelta(hours=1)
    run_all(now=late)
    run_all(now=late)
    run.refresh_from_db()
    assert (run.done, run.total, run.items.count()) == (2, 2, 2)
    assert set(run.items.values_list("state", flat=True)) == {ItemState.READY}
    assert Job.objects.get(pk=job.pk).attempts == 2


def test_the_same_document_done_by_two_workers_counts_once(at):
    run = bulk(at, Upload("a.docx", docx(LONG)))
    jobs.run_job(Job.objects.get(kind=items.START).pk, beat=False)
    job = jobs.JobContext(Job.objects.get(kind=items.READ), lambda: datetime.now(UTC))
    effects = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(job, "heartbeat", lambda: None)
        effects = [items.read_item(job), items.read_item(job)]
    for effect in effects:
        effect()
    run.refresh_from_db()
    assert run.done == 1


def test_a_stopped_run_reads_nothing_more(at):
    run = bulk(at, Upload("a.docx", docx(LONG)))
    runs.stop(run=run, by=at.people.alice)
    run_all()
    run.refresh_from_db()
    assert run.done == 0
    assert run.items.get().state == ItemState.WAITING
    with pytest.raises(Conflict):
        runs.stop(run=run, by=at.people.alice)


def test_starting_and_stopping_are_recorded(at):
    run = bulk(at, Upload("a.docx", docx(LONG)))
    runs.stop(run=run, by=at.people.alice)
    entries = AuditEntry.objects.filter(action__startswith="run.").order_by("number")
    assert [entry.action for entry in entries] == ["run.started", "run.stopped"]
    assert entries[0].payload["documents"] == 1
    assert entries[0].object_uuid == run.uuid


def test_a_run_without_documents_is_refused(at):
    with pytest.raises(ValidationError, match="at least one contract"):
        bulk(at)
    assert not Run.objects.exists()


def test_more_documents_than_a_run_takes_are_refused(at, monkeypatch):
    monkeypatch.setattr(runs, "MOST_DOCUMENTS", 1)
    with pytest.raises(ValidationError, match="2 documents are too many"):
        bulk(at, Upload("a.docx", b"1"), Upload("b.docx", b"2"))
    assert not StoredFile.objects.filter(media_type=runs.UNCHECKED).exists()


def test_a_trial_is_compared_with_a_published_version_of_its_playbook(at):
    version = playbook(at.people)
    draft = drafting.start(playbook=version.playbook, by=at.people.alice)
    with pytest.raises(ValidationError, match="published one"):
        runs.start_backtest(version=version, against=draft, contracts=[at.contract], by=at.people.alice)


def test_contracts_of_strangers_are_left_out(at):
    with pytest.raises(ValidationError):
        runs.start_history(version=playbook(at.people), contracts=[at.contract], by=at.people.charlie)


def test_the_rules_are_those_of_the_start_whatever_the_draft_becomes(at):
    version = playbook(at.people)
    run = runs.start_history(version=version, contracts=[at.contract], by=at.people.alice)
    type(version).objects.filter(pk=version.pk).update(data={}, digest="x")
    run_all()
    run.refresh_from_db()
    assert run.finished_at is not None
    assert run.items.get().state == ItemState.READY


def test_the_newest_read_version_of_a_contract_is_what_counts(at):
    ready_version(at.contract, paragraphs=("Agreement", SHORT))
    at.contract.change(state=ContractState.EXECUTED)
    run = runs.start_history(version=playbook(at.people), contracts=[at.contract], by=at.people.alice)
    run_all()
    stood = {one["issue"]: one for one in run.items.get().outcome["stood"]}
    assert stood["secrecy_term"]["rung"] == "P"


def test_a_contract_is_judged_beside_its_deal_as_its_own_review_judges_it(at):
    """Two documents, of which the second only fills in the first: what a running deal would say of each."""
    ready_version(at.contract, paragraphs=("Mutual Non-Disclosure Agreement", LONG))
    order = deals.add_contract(
        negotiation=at.negotiation,
        title="Statement of work",
        paper="theirs",
        by=at.people.alice,
        playbook_version=playbook(at.people),
    )
    ready_version(order, paragraphs=("Statement of work", "Work is done under the Mutual NDA.", SHORT))
    run = runs.start_history(version=playbook(at.people), contracts=[at.contract, order], by=at.people.alice)
    run_all()
    for row in run.items.all():
        document = redline.read(files.read_bytes(row.version.file))
        judged = reviews.judge(row.contract, document)
        told = {one["issue"]: (one["status"], one["rung"] or None) for one in row.outcome["stood"]}
        assert told == {found.issue: (found.status, found.rung) for found in judged.findings}
        assert set(row.outcome["elsewhere"]) == {found.issue for found in judged.elsewhere}
    assert run.items.get(contract=order).outcome["elsewhere"]  # silence is the whole contract's business


def archive(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries:
            made.writestr(name, data)
    return out.getvalue()


def test_names_lose_what_nobody_sees():
    (one,) = unpacked([SimpleUploadedFile("old.zip", archive(("nda\u202excod.docx", b"x")))])
    assert one.name == "nda·xcod.docx"
