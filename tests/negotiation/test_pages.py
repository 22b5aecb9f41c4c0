"""The pages as people use them: who gets in, what a form says back, and that nothing anybody posts breaks."""

import io
import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEntry, Role, StoredFile
from negotiation.models import Change, Contract, Draft, Finding, Negotiation, Version
from negotiation.models.contracts import ContractState
from negotiation.services import comments, draft
from tests.builders import member
from tests.negotiation.deal import (
    LINES,
    arrives,
    bytes_of,
    opened,
    send,
    settle_everything,
    they_change_silently,
    they_track,
)
from tests.redline.notation import doc

pytestmark = pytest.mark.django_db

GARBAGE = ["", "\x00", "²", "-1", "9" * 40, "<script>alert(1)</script>", "x" * 30_000, "\ud7ff\x0c", "None"]


def word(data: bytes, name: str = "draft.docx"):
    file = io.BytesIO(data)
    file.name = name
    return file


def posts(deal) -> list[str]:
    finding = deal.contract.findings.first()
    change = Change.objects.filter(side__is_ours=False).first()
    comment = comments.add_comment(
        contract=deal.contract, body="A word.", visibility="internal", by=deal.who.alice
    )
    contract = deal.contract.uuid
    return [
        reverse("negotiation:new"),
        reverse("negotiation:stage", args=[deal.negotiation.uuid]),
        reverse("negotiation:add_contract", args=[deal.negotiation.uuid]),
        reverse("negotiation:upload", args=[contract]),
        reverse("negotiation:comment", args=[contract]),
        reverse("negotiation:set_aside", args=[contract]),
        reverse("negotiation:send", args=[contract]),
        reverse("negotiation:agree", args=[contract]),
        reverse("negotiation:retry", args=[deal.version().uuid]),
        reverse("negotiation:decide_finding", args=[finding.uuid]),
        reverse("negotiation:decide_change", args=[change.uuid]),
        reverse("negotiation:withdraw_change", args=[change.uuid]),
        reverse("negotiation:edit_clause", args=[deal.clause("nine (9)").uuid]),
        reverse("negotiation:reply", args=[comment.uuid]),
        reverse("negotiation:resolve_comment", args=[comment.uuid]),
    ]


@pytest.fixture
def marked(deal):
    """The deal with a second version of theirs that carries a tracked change."""
    arrives(deal, they_track(bytes_of(deal.version()), ("ten (10)", "nine (9)")))
    return deal


def test_colleagues_read_outsiders_find_nothing_and_readers_change_nothing(marked, as_, client):
    readable = [page for page in pages_of_marked(marked) if "/send" not in page]
    for page in readable:
        assert as_(marked.who.alice).get(page).status_code == 200, page
        assert as_(marked.who.charlie).get(page).status_code in (404, 200), page
    theirs = as_(marked.who.charlie)
    assert "Harbour" not in theirs.get(reverse("negotiation:list")).content.decode()
    for page in pages_of_marked(marked)[1:]:
        assert theirs.get(page).status_code == 404, page
    bob = as_(marked.who.bob)
    for address in posts(marked):
        assert bob.post(address, {}).status_code == 403, address
    client.logout()
    for page in pages_of_marked(marked):
        assert client.get(page).status_code == 302


def pages_of_marked(deal) -> list[str]:
    """Every page that can be read of a deal."""
    clause = deal.clause("nine (9)")
    contract, version = deal.contract, deal.version()
    return [
        reverse("negotiation:list"),
        reverse("negotiation:detail", args=[deal.negotiation.uuid]),
        reverse("negotiation:contract", args=[contract.uuid]),
        reverse("negotiation:reading", args=[contract.uuid]),
        reverse("negotiation:compare", args=[contract.uuid]),
        reverse("negotiation:compare_download", args=[contract.uuid]),
        reverse("negotiation:progress", args=[version.uuid]),
        reverse("negotiation:download", args=[version.uuid]),
        reverse("negotiation:edit_clause", args=[clause.uuid]),
        reverse("negotiation:send", args=[contract.uuid]),
        reverse("negotiation:agree", args=[contract.uuid]),
        reverse("negotiation:upload", args=[contract.uuid]),
        reverse("negotiation:add_contract", args=[deal.negotiation.uuid]),
    ]


def test_a_business_colleague_sees_the_deals_of_their_team_only(deal, as_):
    emil = member(deal.who.ours, "emil", Role.BUSINESS)
    page = reverse("negotiation:contract", args=[deal.contract.uuid])
    assert as_(emil).get(page).status_code == 404
    deal.negotiation.team.create(organisation=deal.who.ours, member=emil)
    assert as_(emil).get(page).status_code == 200


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_no_form_breaks_on_garbage(marked, as_, garbage):
    client = as_(marked.who.alice)
    names = (
        "decision",
        "rung",
        "reason",
        "text",
        "version",
        "target",
        "audience",
        "block",
        "message",
        "file",
    )
    names += (
        "their_person",
        "evidence",
        "sender",
        "title",
        "counterparty",
        "value_minor",
        "currency",
        "kind",
    )
    names += (
        "text-0",
        "text-1",
        "finding",
        "playbook",
        "paper",
        "our_role",
        "lead_email",
        "term_months",
        "law",
    )
    state = Finding.objects.values_list("decision", flat=True).distinct()
    for address in posts(marked):
        response = client.post(address, dict.fromkeys(names, garbage))
        assert response.status_code < 500, address
    kinds = ("accept", "counter", "edit", "reserve", "concede", "dismiss", "reopen", "ask", "reject")
    for address in (a for a in posts(marked) if "decide" in a):
        for kind in kinds:
            body = dict.fromkeys(names, garbage) | {"decision": kind}
            assert client.post(address, body).status_code < 500, (address, kind)
    assert set(state) == {"open"}
    assert not Change.objects.filter(origin="draft").exists()


@pytest.mark.parametrize("query", ["?q=\x00", "?view=nothing&page=x", "?q=" + "%" * 300, "?page=-5"])
def test_the_list_takes_any_question(deal, as_, query):
    assert as_(deal.who.alice).get(reverse("negotiation:list") + query).status_code in (200, 400)


@pytest.mark.parametrize("query", ["?version=²", "?version=9999999999999999999", "?finding=x", "?version=0"])
def test_the_workspace_takes_any_question(deal, as_, query):
    assert as_(deal.who.alice).get(deal.contract.get_absolute_url() + query).status_code == 200


def test_an_unknown_address_is_not_found(deal, as_):
    for name in ("contract", "detail", "progress", "send"):
        assert as_(deal.who.alice).get(reverse(f"negotiation:{name}", args=[uuid.uuid4()])).status_code == 404


def test_opening_a_deal_and_its_first_contract(db, as_):
    deal = opened()
    client = as_(deal.who.alice)
    form = {
        "title": "Data room",
        "counterparty": "Harbour Cloud",
        "kind": "distributive",
        "value_minor": "125,000.50",
        "currency": "eur",
    }
    assert client.get(reverse("negotiation:new")).status_code == 200
    response = client.post(reverse("negotiation:new"), form)
    made = Negotiation.objects.get(title="Data room")
    assert (made.value_minor, made.currency, made.stage) == (12_500_050, "EUR", "preparation")
    assert response.url == reverse("negotiation:add_contract", args=[made.uuid])
    response = client.post(
        response.url,
        {"title": "NDA", "paper": "theirs", "our_role": "both", "file": word(doc(*LINES))},
    )
    version = Version.objects.get()
    assert response.url == reverse("negotiation:progress", args=[version.uuid])
    assert "Read the document" in client.get(response.url).content.decode()


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e9", "-5", "1.234", "ten", "1" * 30])
def test_an_amount_is_never_read_as_another_one(db, as_, amount):
    deal = opened()
    form = {"title": "T", "counterparty": "C", "kind": "team", "currency": "EUR", "value_minor": amount}
    response = as_(deal.who.alice).post(reverse("negotiation:new"), form)
    assert response.status_code == 200
    assert "Write an amount such as" in response.content.decode()
    assert Negotiation.objects.count() == 1


def test_a_refused_file_keeps_the_form(deal, as_):
    address = reverse("negotiation:upload", args=[deal.contract.uuid])
    response = as_(deal.who.alice).post(address, {"file": word(b"no"), "sender": "ours"})
    assert response.status_code == 400
    body = response.content.decode()
    assert 'value="ours"' in body
    assert 'role="alert"' in body or "error" in body
    assert deal.contract.versions.count() == 1


def test_nothing_of_a_new_contract_is_kept_when_its_file_is_refused(deal, as_):
    address = reverse("negotiation:add_contract", args=[deal.negotiation.uuid])
    body = {"title": "Order form", "paper": "ours", "our_role": "provider", "file": word(b"no")}
    before = (Contract.objects.count(), StoredFile.objects.count(), AuditEntry.objects.count())
    response = as_(deal.who.alice).post(address, body)
    assert response.status_code == 400
    page = response.content.decode()
    assert 'value="Order form"' in page
    assert '<option value="provider" selected>' in page
    assert (Contract.objects.count(), StoredFile.objects.count()) == before[:2]
    entry = AuditEntry.objects.order_by("number").last()
    assert AuditEntry.objects.count() == before[2] + 1
    assert (entry.action, entry.negotiation_uuid) == ("version.refused", deal.negotiation.uuid)


@pytest.mark.parametrize(("paper", "ours"), [("ours", True), ("theirs", False)])
def test_a_new_contract_comes_with_its_first_draft(deal, as_, paper, ours):
    address = reverse("negotiation:add_contract", args=[deal.negotiation.uuid])
    body = {"title": "Order form", "paper": paper, "our_role": "customer", "file": word(doc("One."))}
    response = as_(deal.who.alice).post(address, body)
    version = Contract.objects.get(title="Order form").versions.get()
    assert response["Location"] == reverse("negotiation:progress", args=[version.uuid])
    assert version.side.is_ours is ours


def test_uploading_while_the_contract_is_out_for_signature_is_told(deal, as_):
    Contract.objects.update(state=ContractState.SIGNING)
    address = reverse("negotiation:upload", args=[deal.contract.uuid])
    response = as_(deal.who.alice).post(address, {"file": word(doc("One.")), "sender": "theirs"})
    assert response.status_code == 400
    assert "takes no new version" in response.content.decode()


def test_the_workspace_shows_outline_paper_issues_and_what_was_flagged(marked, as_):
    body = as_(marked.who.alice).get(marked.contract.get_absolute_url()).content.decode()
    for words in ("Non-solicitation of staff", "2 Secrecy", "twenty-four (24)", "Exceptions", "(missing)"):
        assert words in body, words
    assert "The document carries tracked changes" in body
    assert body.count("<h1") == 1
    ids = [part.split('"')[0] for part in body.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_what_stands_in_the_file_is_text_and_never_markup(as_):
    evil = "<script>alert('x')</script><img src=x onerror=alert(1)>"
    deal = opened()
    arrives(deal, doc("# 1 " + evil, evil, "# 2 End", "Bye."))
    comments.add_comment(contract=deal.contract, body=evil, visibility="external", by=deal.who.alice)
    arrives(deal, they_track(bytes_of(deal.version()), ("Bye.", evil + " bye")))
    client = as_(deal.who.alice)
    pages = [reverse(f"negotiation:{name}", args=[deal.contract.uuid]) for name in ("reading", "compare")]
    for page in (deal.contract.get_absolute_url(), *pages):
        body = client.get(page).content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert "&lt;script&gt;" in body


def test_deciding_from_the_card_and_losing_the_race(deal, as_):
    finding = deal.finding("non_solicit")
    address = reverse("negotiation:decide_finding", args=[finding.uuid])
    client = as_(deal.who.alice)
    response = client.post(address, {"decision": "accept", "version": finding.version})
    assert response.url == f"{deal.contract.get_absolute_url()}?finding={finding.uuid}"
    assert "our wording proposed" in deal.finding("non_solicit").get_decision_display()
    late = client.post(address, {"decision": "concede", "reason": "No.", "version": finding.version})
    assert late.status_code == 409
    assert "Alice already proposed our wording" in late.content.decode()
    assert client.post(address, {"decision": "reopen"}).status_code == 409  # no version: cannot have seen any


def test_a_clause_is_edited_in_a_form_that_shows_our_changes(deal, as_):
    finding = deal.finding("secrecy_term")
    draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)
    clause = deal.clause("seven (7)")
    address = reverse("negotiation:edit_clause", args=[clause.uuid])
    client = as_(deal.who.alice)
    page = client.get(address)
    assert "three (3) years" in page.content.decode()
    wished = page.context["paragraphs"][0]["wished"].replace("three (3)", "four (4)")
    body = {"text-0": wished, "version": clause.version, "reason": "Halfway."}
    assert client.post(address, body).status_code == 302
    (row,) = Change.objects.filter(origin="draft", state="pending")
    assert (row.source, row.reason) == ("person", "Halfway.")
    assert deal.finding("secrecy_term").decision == "edited"
    late = client.post(address, body)
    assert late.status_code == 409
    too_long = client.post(address, body | {"version": clause.version + 1, "text-0": "x" * 20_001})
    assert "too long" in too_long.content.decode()
    assert "x" * 20_001 in too_long.content.decode()  # nothing is lost


def test_an_old_version_is_shown_read_only_with_its_unsent_changes(deal, as_):
    finding = deal.finding("non_solicit")
    draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)
    arrives(deal, doc(*LINES))
    client = as_(deal.who.alice)
    newest = client.get(deal.contract.get_absolute_url()).content.decode()
    assert "Changes of ours on version 1 were not sent" in newest
    old = client.get(deal.contract.get_absolute_url() + "?version=1").content.decode()
    assert 'name="decision"' not in old
    working = Draft.objects.get(state="open")
    address = reverse("negotiation:set_aside", args=[deal.contract.uuid])
    assert client.post(address, {"version": working.version + 3}).status_code == 409
    assert client.post(address, {"version": working.version}).status_code == 302
    assert "were not sent" not in client.get(deal.contract.get_absolute_url()).content.decode()


def test_looking_at_what_would_leave_begins_no_draft_and_moves_none(deal, as_):
    client = as_(deal.who.alice)
    address = reverse("negotiation:send", args=[deal.contract.uuid])

    def shown() -> int:
        return client.get(address).context["form"].initial["version"]

    first = shown()
    assert not Draft.objects.exists()
    working = draft.open_draft(contract=deal.contract)
    assert working.version == first == shown()
    arrives(deal, bytes_of(deal.version()))
    then = shown()
    working.refresh_from_db()
    assert (working.base.number, working.version) == (1, first)
    moved = draft.open_draft(contract=deal.contract)
    assert (moved.base.number, moved.version) == (2, then)


def test_sending_and_agreeing_from_the_pages(deal, as_):
    client = as_(deal.who.alice)
    address = reverse("negotiation:send", args=[deal.contract.uuid])
    page = client.get(address)
    assert "Ask for approval" in page.content.decode()
    version = page.context["form"]["version"].value()
    blocked = client.post(address, {"message": "Hello there", "version": version})
    assert blocked.status_code == 409
    assert "Hello there" in blocked.content.decode()
    settle_everything(deal)
    comments.add_comment(
        contract=deal.contract, body="One more.", visibility="external", by=deal.who.alice
    )  # a colleague's, after the page was shown
    assert client.post(address, {"message": "", "version": version}).status_code == 409
    version = client.get(address).context["form"]["version"].value()
    assert client.post(address, {"message": "", "version": version}).status_code == 302
    assert deal.contract.turns.count() == 2


def test_silent_and_tracked_changes_are_shown_apart(deal, as_):
    settle_everything(deal)
    data = they_track(bytes_of(send(deal)), ("consent", "approval"))
    arrives(deal, they_change_silently(data, ("within ten (10)", "within two (2)")))
    body = as_(deal.who.alice).get(deal.contract.get_absolute_url()).content.decode()
    silent, tracked = body.split('id="tracked-title"')
    assert "One change was not tracked" in silent
    assert "two" in silent.split('id="silent"')[1]
    assert "approval" in tracked


def test_any_two_versions_are_compared(marked, as_):
    client = as_(marked.who.alice)
    address = reverse("negotiation:compare", args=[marked.contract.uuid])
    body = client.get(address).content.decode()
    assert "nine (9" in body
    old, new = (str(v.uuid) for v in marked.contract.versions.order_by("number"))
    backwards = client.get(address, {"old": new, "new": old, "only_changed": "1", "granularity": "character"})
    assert backwards.status_code == 200
    assert "Neither party may assign" not in backwards.content.decode()
    same = client.get(address, {"old": new, "new": new})
    assert "say the same, word for word" in same.content.decode()
    assert client.get(address, {"old": "x", "new": "²"}).status_code == 200
    file = client.get(reverse("negotiation:compare_download", args=[marked.contract.uuid]))
    assert b"".join(file.streaming_content)[:2] == b"PK"


def test_with_one_version_there_is_nothing_to_compare(deal, as_):
    response = as_(deal.who.alice).get(reverse("negotiation:compare", args=[deal.contract.uuid]), follow=True)
    assert "not two readable versions" in response.content.decode()


def test_progress_tells_htmx_where_to_go(deal, as_):
    address = reverse("negotiation:progress", args=[deal.version().uuid])
    response = as_(deal.who.alice).get(address, headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == deal.contract.get_absolute_url()


def test_a_page_break_survives_a_hand_edit(deal, as_):
    """It stands in the text as a form feed, which no form can hold."""
    import redline
    from negotiation.services import outgoing
    from tests.redline.notation import document, package

    data = package(
        {"word/document.xml": document('<w:p><w:r><w:t>One two.</w:t><w:br w:type="page"/></w:r></w:p>')}
    )
    assert redline.text(data) == "One two.\f\n"
    arrives(deal, data)
    clause = deal.version().clause_texts.first().clause
    address = reverse("negotiation:edit_clause", args=[clause.uuid])
    client = as_(deal.who.alice)
    (paragraph,) = client.get(address).context["paragraphs"]
    assert paragraph["wished"] == "One two."
    same = client.post(address, {"text-0": "One two.", "version": clause.version})
    assert same.status_code == 302
    assert not Change.objects.filter(origin="draft").exists()
    clause.refresh_from_db()
    client.post(address, {"text-0": "One three.", "version": clause.version})
    working = Draft.objects.get(state="open")
    assert redline.text(outgoing.would_be(working.base, working)) == "One three.\f\n"
    assert "\f" not in client.get(deal.contract.get_absolute_url()).content.decode()
