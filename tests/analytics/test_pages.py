"""The pages of runs: started from a form, followed, read, exported; suggestions answered."""

import csv
import io
import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry
from analytics.models import Run, SuggestionAnswer
from analytics.services import answers, runs
from analytics.suggestions import Asked
from approvals.models import ApprovalRequest, RequestState
from jobs.testing import run_all
from negotiation.models.contracts import ContractState
from negotiation.services import deals
from playbooks import rules
from playbooks.models import PlaybookVersion
from playbooks.services import drafting
from tests.analytics.test_runs import LONG, SHORT, archive, docx
from tests.builders import four_people
from tests.deals import FRAME, Table, asked, issue_with_approval, playbook, ready_version, table

pytestmark = pytest.mark.django_db
SEVEN = LONG.replace("nine (9)", "seven (7)")


@pytest.fixture
def at() -> Table:
    return table(four_people())


@pytest.fixture
def signed_in(client, at):
    client.force_login(at.people.alice.user)
    return client


def signed(at: Table, *texts: str) -> None:
    """One signed contract for each text, beside the table's own that is still negotiated."""
    for number, text in enumerate(texts):
        contract = deals.add_contract(
            negotiation=at.negotiation,
            title=f"NDA {number}",
            paper="theirs",
            by=at.people.alice,
            playbook_version=playbook(at.people),
        )
        ready_version(contract, paragraphs=("Agreement", text))
        contract.change(state=ContractState.EXECUTED)


def softer(at: Table) -> PlaybookVersion:
    """A draft in which five years of secrecy need nobody's word and nine may still be approved."""
    draft = drafting.start(playbook=playbook(at.people).playbook, by=at.people.alice)
    data = draft.data
    issue = next(one for one in data["issues"] if one["code"] == "secrecy_term")
    issue["rungs"][2].pop("approvers")
    return drafting.change(draft=draft, by=at.people.alice, data=data, digest=draft.digest, what="test")


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_files_and_a_zip_are_reviewed_and_the_table_shows_the_riskiest_first(signed_in, at):
    zipped = archive(("nda/short.docx", docx(SHORT)), ("nda/readme.txt", b"no"), ("__MACOSX/x.docx", b"no"))
    response = signed_in.post(
        reverse("analytics:new_bulk"),
        {
            "rules": playbook(at.people).uuid,
            "which": "none",
            "paper": "theirs",
            "title": "Old NDAs",
            "documents": [
                SimpleUploadedFile("long.docx", docx(LONG)),
                SimpleUploadedFile("old.zip", zipped),
                SimpleUploadedFile("notes.docx", b"not a Word file"),
            ],
        },
    )
    run = Run.objects.get()
    assert response.headers["Location"] == run.get_absolute_url()
    assert run.title == "Old NDAs"
    waiting = signed_in.get(run.get_absolute_url())
    assert "0 of 3 documents" in words(waiting)
    run_all()
    done = signed_in.get(run.get_absolute_url())
    rows = done.context["rows"]
    assert [row["title"] for row in rows] == ["long.docx", "nda/short.docx", "notes.docx"]
    assert rows[0]["score"] > rows[1]["score"]
    assert rows[2]["failure"]
    assert "hx-trigger" not in done.content.decode()
    failed = signed_in.get(run.get_absolute_url(), {"show": "failed"})
    assert [row["title"] for row in failed.context["rows"]] == ["notes.docx"]


def test_progress_asks_again_until_the_run_is_over_and_then_leads_to_the_results(signed_in, at):
    run = runs.start_history(version=playbook(at.people), contracts=[at.contract], by=at.people.alice)
    fragment = signed_in.get(reverse("analytics:progress", args=[run.uuid]))
    assert "HX-Redirect" not in fragment.headers
    assert 'hx-trigger="every 2s"' in fragment.content.decode()
    run_all()
    fragment = signed_in.get(reverse("analytics:progress", args=[run.uuid]))
    assert fragment.headers["HX-Redirect"] == run.get_absolute_url()


def test_the_export_is_the_table_and_runs_no_formula(signed_in, at):
    upload = SimpleUploadedFile("=SUM(A1).docx", docx(LONG))
    signed_in.post(
        reverse("analytics:new_bulk"),
        {"rules": playbook(at.people).uuid, "which": "none", "paper": "theirs", "documents": [upload]},
    )
    run_all()
    run = Run.objects.get()
    response = signed_in.get(reverse("analytics:export", args=[run.uuid]))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1])
    told = dict(zip(rows[0], rows[1], strict=True))
    assert told["Document"] == "'=SUM(A1).docx"
    assert told["Risk"] == "high"
    assert int(told["Walk-away stops"]) > 0


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("old.zip", b"PK\x03\x04 broken")], "“old.zip” cannot be unpacked"),
        ([("old.zip", archive(("a.txt", b"x")))], "“old.zip” holds no Word file"),
        ([], "Choose files to upload, or contracts of ours."),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_starts(signed_in, at, files, sentence):
    response = signed_in.post(
        reverse("analytics:new_bulk"),
        {
            "rules": playbook(at.people).uuid,
            "which": "none",
            "paper": "theirs",
            "documents": [SimpleUploadedFile(name, data) for name, data in files],
        },
    )
    assert sentence in words(response)
    assert not Run.objects.exists()


def test_a_zip_that_swells_is_refused_by_what_comes_out_of_it(signed_in, at, monkeypatch):
    monkeypatch.setattr("analytics.uploads.LARGEST_FILE", 1024)
    bomb = SimpleUploadedFile("old.zip", archive(("a.docx", b"\0" * 5000)))
    response = signed_in.post(
        reverse("analytics:new_bulk"),
        {"rules": playbook(at.people).uuid, "which": "none", "paper": "theirs", "documents": [bomb]},
    )
    assert "“a.docx” in “old.zip” is larger than" in words(response)


def test_a_trial_counts_beside_the_version_in_force(signed_in, at):
    """By hand: five years without trade secrets is F2, free in the draft; nine years stays a stop."""
    signed(at, LONG.replace("nine (9)", "five (5)"), LONG)
    draft = softer(at)
    response = signed_in.post(
        reverse("analytics:new_backtest"), {"rules": draft.uuid, "against": "", "which": "signed"}
    )
    run = Run.objects.get()
    assert response.headers["Location"] == run.get_absolute_url()
    assert (run.total, run.against) == (2, playbook(at.people))
    run_all()
    trial = signed_in.get(run.get_absolute_url()).context["trial"]
    row = next(row for row in trial["issues"] if row["code"] == "secrecy_term")
    assert row["approvals"] == {"now": 0, "before": 1}
    assert row["stops"] == {"now": 1, "before": 1}
    assert row["findings"] == {"now": 2, "before": 2}
    legal = next(row for row in trial["approvers"] if row["role"] == "Legal")
    assert legal["approvals"]["before"] - legal["approvals"]["now"] == 1


def test_each_contract_of_a_trial_can_be_opened(signed_in, at):
    signed(at, LONG.replace("nine (9)", "five (5)"))
    run = runs.start_backtest(
        version=softer(at), against=playbook(at.people), contracts=_all(at), by=at.people.alice
    )
    run_all()
    item = run.items.get(title="NDA 0")
    page = signed_in.get(item.get_absolute_url())
    row = next(one for one in page.context["document"]["rows"] if one["title"] == "Length of secrecy")
    assert row["needs"] == ""
    assert row["before"] == "F2, needs legal"
    assert item.contract.get_absolute_url() in page.content.decode()


def _all(at: Table):
    return list(at.negotiation.contracts.all())


def test_history_suggests_and_the_draft_takes_one_suggestion(signed_in, at):
    signed(at, *[SEVEN] * 4)
    response = signed_in.post(
        reverse("analytics:new_history"), {"rules": playbook(at.people).uuid, "which": "signed"}
    )
    run = Run.objects.get()
    assert response.headers["Location"] == run.get_absolute_url()
    run_all()
    page = signed_in.get(run.get_absolute_url())
    issue = next(one for one in page.context["history"]["issues"] if one["code"] == "secrecy_term")
    assert issue["rungs"][0]["remark"] == "given up in every one of 4 deals"
    assert issue["rungs"][-1]["ended"] == 4
    assert issue["spreads"][0]["middle"] == "7"
    suggestion = next(one for one in issue["suggestions"] if one["key"] == "insert:secrecy_term:7")
    assert "4 of 4 deals" in suggestion["why"]
    assert SEVEN in suggestion["quotes"]
    answered = signed_in.post(
        reverse("analytics:accept", args=[run.uuid]),
        {"suggestion": "insert:secrecy_term:7", "answer": "accept"},
        follow=True,
    )
    assert "Written into the draft of version 2" in words(answered)
    draft = playbook(at.people).playbook.draft()
    ladder = rules.Playbook.from_data(draft.data).issue("secrecy_term")
    assert SEVEN in [example.text for example in ladder.rungs[-1].examples]
    entry = AuditEntry.objects.get(action="run.suggestion_accepted")
    assert entry.payload["suggestion"] == "insert:secrecy_term:7"
    assert "accepted by Alice" in words(answered)


def test_a_suggestion_is_answered_once(signed_in, at):
    signed(at, *[SEVEN] * 4)
    run = runs.start_history(version=playbook(at.people), contracts=_all(at), by=at.people.alice)
    run_all()
    answer = {"suggestion": "insert:secrecy_term:7", "answer": "refuse"}
    url = reverse("analytics:accept", args=[run.uuid])
    assert signed_in.post(url, answer).status_code == 302
    assert signed_in.post(url, answer).status_code == 409
    assert signed_in.post(url, answer | {"answer": "accept"}).status_code == 409
    assert playbook(at.people).playbook.draft() is None  # rolled back with the lost race
    assert SuggestionAnswer.objects.get().accepted is False


def test_a_suggestion_that_was_never_made_is_no_suggestion(signed_in, at):
    run = runs.start_history(version=playbook(at.people), contracts=[at.contract], by=at.people.alice)
    run_all()
    response = signed_in.post(
        reverse("analytics:accept", args=[run.uuid]), {"suggestion": "insert:secrecy_term:1"}, follow=True
    )
    assert "makes no such suggestion" in words(response)
    assert playbook(at.people).playbook.draft() is None


def test_operations_read_suggestions_and_do_not_write_drafts(client, at):
    signed(at, *[SEVEN] * 4)
    run = runs.start_history(version=playbook(at.people), contracts=_all(at), by=at.dara)
    run_all()
    client.force_login(at.dara.user)
    page = client.get(run.get_absolute_url())
    assert page.status_code == 200
    assert page.context["history"]["accept_url"] == ""
    assert "Into the draft" not in words(page)


def test_only_contracts_one_sees_can_be_chosen(signed_in, at):
    elsewhere = replace(at.people, ours=at.people.other, alice=at.people.charlie)
    theirs = table(elsewhere, title="Their NDA").contract
    form = {"rules": playbook(at.people).uuid, "which": "chosen"}
    url = reverse("analytics:new_history")
    for unfit in (theirs.uuid, "9" * 19, "", "x"):
        assert signed_in.post(url, form | {"contracts": [unfit]}).status_code == 200
    assert not Run.objects.exists()
    signed_in.post(url, form | {"contracts": [at.contract.uuid]})
    assert [row.contract for row in Run.objects.get().items.all()] == [at.contract]


def test_a_playbook_learns_from_its_own_contracts_only(signed_in, at):
    """What was signed under another playbook, or under none, is another type of contract."""
    signed(at, LONG, SHORT)
    at.negotiation.contracts.filter(title="NDA 1").update(playbook_version=None)
    url, form = reverse("analytics:new_history"), {"rules": playbook(at.people).uuid}
    signed_in.post(url, form | {"which": "signed"})
    assert [row.title for row in Run.objects.latest("pk").items.all()] == ["NDA 0"]
    signed_in.post(url, form | {"which": "every"})
    assert {row.title for row in Run.objects.latest("pk").items.all()} == {"NDA 0", at.contract.title}


def test_a_link_may_name_the_playbook_version(signed_in, at):
    draft = softer(at)
    page = signed_in.get(reverse("analytics:new_backtest"), {"rules": draft.uuid}).content.decode()
    assert re.search(rf'<option value="{draft.uuid}" selected>', page)
    assert signed_in.get(reverse("analytics:new_backtest"), {"rules": "nothing"}).status_code == 200


def test_a_rung_whose_approval_was_always_given_is_suggested_as_free(at):
    for number in range(3):
        contract = deals.add_contract(
            negotiation=at.negotiation,
            title=f"NDA {number}",
            paper="theirs",
            by=at.people.alice,
            playbook_version=playbook(at.people),
        )
        asked(replace(at, contract=contract, version=ready_version(contract)))
    ApprovalRequest.objects.update(state=RequestState.APPROVED)
    run = runs.start_history(version=playbook(at.people), contracts=_all(at), by=at.people.alice)
    run_all()
    run.refresh_from_db()
    issue, index = issue_with_approval(at.contract)
    rung = issue.rungs[index].id
    assert answers.approvals_of(run) == {(issue.code, rung): Asked(3, 3)}
    assert f"free:{issue.code}:{rung}" in {one.key for one in answers.suggested(run)}
    ApprovalRequest.objects.filter(contract__title="NDA 1").update(state=RequestState.REJECTED)
    assert f"free:{issue.code}:{rung}" not in {one.key for one in answers.suggested(run)}


def test_the_pages_take_few_queries_whatever_the_number_of_documents(signed_in, at):
    def counted(number: int) -> list[int]:
        signed(at, *[LONG] * number)
        run = runs.start_backtest(
            version=playbook(at.people), against=None, contracts=_all(at), by=at.people.alice
        )
        bulk = runs.start_bulk(
            version=playbook(at.people), title="", uploads=[], contracts=_all(at), by=at.people.alice
        )
        history = runs.start_history(version=playbook(at.people), contracts=_all(at), by=at.people.alice)
        run_all()
        found = []
        for one in (run, bulk, history):
            with CaptureQueriesContext(connection) as queries:
                assert signed_in.get(one.get_absolute_url()).status_code == 200
            found.append(len(queries))
        return found

    few, more = counted(3), counted(3)
    assert more == few
    assert max(few) <= 15 + FRAME
