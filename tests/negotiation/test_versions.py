"""Uploading a version and the job that reads it: refused, ready, failed, tried again, done twice."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

import jobs
import redline
from accounts.models import AuditEntry, Notification, StoredFile
from accounts.models.base import Conflict
from jobs.testing import run_all
from negotiation.models import Block, Contract, Finding, Version
from negotiation.models.contracts import ContractState
from negotiation.services import agreements, reading, versions
from tests.negotiation.deal import LINES, arrives, bytes_of, opened, they_track
from tests.redline.notation import doc

pytestmark = pytest.mark.django_db


def upload(deal, data: bytes, name: str = "draft.docx") -> Version:
    return versions.add_version(
        contract=deal.contract,
        data=data,
        file_name=name,
        side=deal.negotiation.their_side(),
        by=deal.who.alice,
    )


def test_a_refused_file_leaves_only_an_audit_entry_and_a_sentence():
    deal = opened()
    before = AuditEntry.objects.count()
    with pytest.raises(ValidationError) as refused:
        upload(deal, b"not a Word file at all")
    assert len(refused.value.messages[0]) > 20
    assert not Version.objects.exists()
    assert not StoredFile.objects.exists()
    assert not jobs.Job.objects.exists()
    (entry,) = AuditEntry.objects.order_by("number")[before:]
    assert (entry.action, entry.payload["size"]) == ("version.refused", 22)


def test_the_bytes_are_kept_as_they_came_and_read_by_a_job():
    deal, data = opened(), doc(*LINES)
    version = upload(deal, data)
    assert (version.state, version.label) == ("reading", "counterparty_draft")
    assert bytes_of(version) == data
    run_all()
    version.refresh_from_db()
    assert version.is_ready()
    assert version.text == redline.text(data)
    assert version.blocks.count() == len(LINES)
    assert version.reviews.get().findings.count() > 10
    assert version.turn.number == 1
    assert Notification.objects.filter(kind="version.ready", member=deal.who.alice).count() == 1


def test_a_contract_without_a_playbook_is_only_read():
    deal = opened(reviewed=False)
    arrives(deal, doc(*LINES))
    assert deal.version().blocks.exists()
    assert not Finding.objects.exists()


def test_our_own_upload_closes_no_turn_and_lists_no_change_of_theirs():
    deal = opened(paper="ours")
    version = arrives(deal, doc("One [+two+] three."), theirs=False)
    assert version.label == "internal_draft"
    assert not deal.contract.turns.exists()
    assert not version.changes.exists()


def test_processing_twice_changes_nothing():
    deal = opened()
    version = upload(deal, doc(*LINES))
    run_all()
    blocks, findings = Block.objects.count(), Finding.objects.count()
    jobs.Job.objects.update(state=jobs.Job.State.WAITING)
    run_all()
    assert (Block.objects.count(), Finding.objects.count()) == (blocks, findings)
    assert AuditEntry.objects.filter(action="version.ready").count() == 1
    version.refresh_from_db()
    assert version.is_ready()


def test_a_version_that_cannot_be_read_fails_with_a_sentence_and_can_be_tried_again(monkeypatch):
    deal = opened()
    version = upload(deal, doc(*LINES))

    def refuse(*_args):
        raise redline.Refused("unreadable", "The numbering of this file cannot be read.")

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_version", refuse)
        run_all()
    version.refresh_from_db()
    assert (version.state, version.failure) == ("failed", "The numbering of this file cannot be read.")
    assert Notification.objects.filter(kind="version.failed").count() == 1
    versions.retry(version=version, by=deal.who.alice)
    versions.retry(version=version, by=deal.who.alice)
    run_all()
    version.refresh_from_db()
    assert (version.state, version.failure) == ("ready", "")
    assert AuditEntry.objects.filter(action="version.retried").count() == 1


def test_identity_is_carried_past_a_version_that_failed(deal, monkeypatch):
    before = deal.block("ten (10)").block_id

    def refuse(*_args):
        raise redline.Refused("unreadable", "No.")

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_version", refuse)
        broken = arrives(deal, doc(*LINES))
    assert broken.state == "failed"
    after = arrives(deal, doc(*LINES))
    assert after.based_on.number == 1
    entry = AuditEntry.objects.filter(action="version.ready").latest("number")
    assert entry.payload["based_on"] == 1
    assert deal.block("ten (10)").block_id == before


def test_what_a_version_is_based_on_is_written_with_what_was_read(deal, monkeypatch):
    """A job that dies on the way leaves the row as it was."""
    broken, after = upload(deal, doc(*LINES)), upload(deal, doc(*LINES))
    Version.objects.filter(pk=broken.pk).update(state="failed")

    def dies(*_args):
        raise RuntimeError("The machine is switched off.")

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_version", dies)
        with pytest.raises(RuntimeError):
            run_all()
    after.refresh_from_db()
    assert (after.state, after.based_on) == ("reading", broken)


def test_a_version_waits_for_the_one_before_it(deal):
    second, third = upload(deal, doc(*LINES)), upload(deal, doc(*LINES))
    assert third.based_on == second
    with pytest.raises(versions.NotYet):
        versions._base_of(third)
    run_all()
    third.refresh_from_db()
    assert third.is_ready()


test_a_refused_file_leaves_only_an_audit_entry_and_a_sentence.real_gate = True


@pytest.mark.parametrize("state", [ContractState.SIGNING, ContractState.EXECUTED])
def test_a_contract_out_for_signature_takes_no_version(deal, state):
    stale = Contract.objects.get(pk=deal.contract.pk)  # loaded before signing began
    Contract.objects.filter(pk=deal.contract.pk).update(state=state)
    with pytest.raises(ValidationError, match="takes no new version"):
        versions.add_version(
            contract=stale,
            data=doc(*LINES),
            file_name="late.docx",
            side=deal.negotiation.their_side(),
            by=deal.who.alice,
        )
    assert deal.contract.versions.count() == 1


def test_a_new_version_reopens_an_agreed_text_and_signing_it_is_a_lost_race(deal):
    Contract.objects.filter(pk=deal.contract.pk).update(state=ContractState.AGREED)
    deal.contract.refresh_from_db()
    upload(deal, doc(*LINES))
    assert Contract.objects.get().state == ContractState.NEGOTIATING
    told = [entry.payload for entry in AuditEntry.objects.filter(action="version.added").order_by("number")]
    assert [payload["reopened_the_agreed_text"] for payload in told] == [False, True]
    with pytest.raises(Conflict):
        agreements.mark_signing(contract=deal.contract, started=True)


def test_file_names_with_control_characters_are_refused_in_words():
    with pytest.raises(ValidationError, match="control character"):
        upload(opened(), doc("One."), name="dra\x00ft.docx")


def addresses(version: Version) -> dict:
    return {block.text: block.block_id for block in version.blocks.all()}


def clauses_by_heading(version: Version) -> dict:
    return {text.heading: text.clause_id for text in version.clause_texts.all() if text.heading}


CARRIED = [
    ("a clause put in before", (*LINES[:2], "# 1a Costs", "Each party bears its own costs.", *LINES[2:])),
    ("a clause taken out", LINES[:2] + LINES[5:]),
    ("words changed", tuple(line.replace("ten (10)", "twenty (20)") for line in LINES)),
    ("a paragraph split", (*LINES[:6], *LINES[6].replace(". It", ".\nIt").split("\n"), *LINES[7:])),
    ("clauses changed places", LINES[:5] + LINES[7:9] + LINES[5:7] + LINES[9:]),
]


@pytest.mark.parametrize(("what", "lines"), CARRIED, ids=[what for what, _ in CARRIED])
def test_paragraphs_and_clauses_keep_their_identity(deal, what, lines):
    first = deal.version()
    second = arrives(deal, doc(*lines))
    old, new = addresses(first), addresses(second)
    for text in old.keys() & new.keys():
        assert old[text] == new[text], text
    known, now = clauses_by_heading(first), clauses_by_heading(second)
    for heading in known.keys() & now.keys():
        assert known[heading] == now[heading], heading
    assert len(set(now.values())) == len(now)
    added = now.keys() - known.keys()
    assert not {now[heading] for heading in added} & set(known.values())


def test_a_changed_paragraph_is_still_the_same_one(deal):
    before = deal.block("ten (10)").block_id
    arrives(deal, they_track(bytes_of(deal.version()), ("ten (10)", "nine (9)")))
    assert deal.block("nine (9)").block_id == before


def test_decisions_stand_as_long_as_the_words_do(deal):
    from negotiation.services import draft

    for issue in ("non_solicit", "secrecy_term"):
        finding = deal.finding(issue)
        draft.dismiss(finding=finding, by=deal.who.alice, seen=finding.version, reason="Fine.")
    arrives(deal, they_track(bytes_of(deal.version()), ("seven (7)", "nine (9)")))
    assert deal.finding("non_solicit").decision == "dismissed"
    assert deal.finding("non_solicit").decision_reason == "Fine."
    assert deal.finding("secrecy_term").decision == "open"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_uploads_at_the_same_moment_get_different_numbers():
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    deal, data = opened(), doc(*LINES)
    together = Barrier(4)

    def one(_index: int) -> int:
        try:
            contract = Contract.objects.select_related("negotiation", "organisation").get(pk=deal.contract.pk)
            together.wait()
            return versions.add_version(
                contract=contract,
                data=data,
                file_name="draft.docx",
                side=deal.negotiation.their_side(),
                by=deal.who.alice,
            ).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == [1, 2, 3, 4]
