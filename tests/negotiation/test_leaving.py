"""What the sent file says beside its text: only what was listed, only what may be read outside, and each may
be left out."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

import redline
from accounts.models.base import Conflict
from approvals.models import ApprovalRequest
from approvals.services import decisions
from config.demo import contracts
from negotiation.models import Change, Comment, Finding
from negotiation.services import concessions, draft, leaving, reviews, turns
from negotiation.services.comments import add_comment
from playbooks import library
from playbooks.models import Playbook, PlaybookVersion
from tests.deals import NOON
from tests.negotiation.deal import (
    HIRING,
    approve_all,
    arrives,
    bytes_of,
    opened,
    send,
    settle_everything,
    they_comment,
)

pytestmark = pytest.mark.django_db


def comments_in(data: bytes) -> Counter[str]:
    return Counter(" ".join(one.text.split()) for one in redline.read(data).comments)


def rung_reasons(finding: Finding) -> set[str]:
    issue = reviews.rules_of(finding).issue(finding.issue)
    return {rung.reason for rung in issue.rungs}


def reviewed(slug: str, playbook: str):
    """A demo contract reviewed by the playbook it is negotiated under in the sample company."""
    deal = opened()
    rules = library.shipped(playbook)
    book = Playbook.objects.create(
        organisation=deal.who.ours, slug=f"{playbook}-x", title=rules.title, owner=deal.who.alice
    )
    deal.contract.playbook_version = PlaybookVersion.objects.create(
        organisation=deal.who.ours,
        playbook=book,
        number=1,
        data=rules.to_data(),
        digest=rules.digest,
        published_at=NOON,
    )
    deal.contract.save()
    arrives(deal, contracts.build(slug))
    return deal


def decide_every_way(deal) -> list[Change]:
    """Every finding proposed, then countered with every rung that a safe change leads to."""
    made = []
    for row in deal.contract.findings.filter(review__version=deal.version()):
        ways = [("propose", "")] + [("counter", rung.id) for rung in reviews.rungs_to_offer(row)]
        for way, rung in ways:
            finding = Finding.objects.get(pk=row.pk)
            try:
                common = {"finding": finding, "by": deal.who.alice, "seen": finding.version}
                if way == "propose":
                    draft.propose(reason="internal words", **common)
                else:
                    draft.counter(rung=rung, reason="internal words", **common)
            except ValidationError:
                continue
            made.append(Change.objects.filter(finding=finding, state="pending").get())
    return made


@pytest.mark.parametrize(
    ("slug", "playbook"),
    [
        pytest.param(
            one.slug,
            one.playbook,
            id=one.slug,
            # The NDA alone tries every way of deciding in a few seconds; the long contracts take a minute.
            marks=[] if one.slug == "evaluation-nda" else [pytest.mark.slow],
        )
        for one in contracts.catalogue()
        if one.playbook
    ],
)
def test_no_decision_lets_out_a_word_that_the_playbook_does_not(db, monkeypatch, slug, playbook):
    monkeypatch.setattr(concessions, "tell", lambda *given: None)  # only what is written is looked at here
    deal = reviewed(slug, playbook)
    made = decide_every_way(deal)
    assert made
    for change in made:
        assert change.reason in rung_reasons(change.finding), change.finding.issue
        assert change.note == "internal words"
    said = leaving.said_by(deal.contract, draft.open_draft(contract=deal.contract))
    allowed = {reason for change in made for reason in rung_reasons(change.finding)}
    assert {one.text for one in said} <= allowed


def test_a_counter_to_words_that_could_not_be_told_gives_the_rungs_reason(deal):
    finding = deal.finding("secrecy_term")
    Finding.objects.filter(pk=finding.pk).update(
        status="unsure", rung="", reason="Could not tell, because “MSA”, named here, was not read."
    )
    finding = deal.finding("secrecy_term")
    draft.counter(finding=finding, rung="P", by=deal.who.alice, seen=finding.version)
    settle_everything(deal)
    deal.contract.findings.filter(status="unsure").update(decision="reserved", version=9)
    (said,) = comments_in(bytes_of(send(deal)))
    assert said == reviews.rules_of(finding).issue("secrecy_term").rung("P").reason


def test_a_fallback_goes_out_with_its_own_reason(deal):
    finding = deal.finding("secrecy_term")
    draft.counter(finding=finding, rung="F2", by=deal.who.alice, seen=finding.version)
    change = Change.objects.get(finding=finding)
    assert change.reason == reviews.rules_of(finding).issue("secrecy_term").rung("F2").reason


def test_words_that_reach_a_better_rung_go_out_with_its_reason(deal):
    """An opening below the preferred position may still be written in the preferred words."""
    finding = deal.finding("secrecy_term")
    issue = reviews.rules_of(finding).issue("secrecy_term")
    data = bytes_of(deal.version())
    preferred = redline.apply(data, [dict(edit) for edit in finding.edits]).docx
    assert reviews.rung_reached(finding, issue.rungs[-1].id, preferred) == issue.rungs[0].id
    assert reviews.rung_reached(finding, issue.rungs[-1].id, data) == issue.rungs[-1].id


def test_our_own_wording_goes_out_with_the_reason_that_was_typed_for_outside(deal):
    finding = deal.finding("exceptions")
    assert finding.status == "missing"
    draft.propose_own_wording(
        finding=finding, text="Exceptions. Public facts.", by=deal.who.alice, seen=1, reason="As we agreed."
    )
    row = deal.finding("non_solicit")
    draft.propose_own_wording(
        finding=row,
        text=HIRING.replace("twenty-four (24)", "nine (9)"),
        by=deal.who.alice,
        seen=row.version,
        reason="",
    )
    assert set(Change.objects.values_list("reason", flat=True)) == {"As we agreed.", ""}


def test_a_sentence_of_the_review_that_was_kept_as_a_reason_does_not_leave(deal):
    finding = deal.finding("non_solicit")
    draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)
    Change.objects.update(reason="Could not tell, because “MSA”, named here, was not read.")
    settle_everything(deal)
    assert not comments_in(bytes_of(send(deal)))


def prepared(deal):
    """Two reasons of the playbook, one typed, one comment, one reservation: all that can be said."""
    for issue in ("non_solicit", "secrecy_term"):
        finding = deal.finding(issue)
        draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)
    clause = deal.clause("ten (10)")
    draft.edit_clause(
        clause=clause,
        version=deal.version(),
        texts={deal.block("ten (10)").address: deal.block("ten (10)").text.replace("ten (10)", "six (6)")},
        by=deal.who.alice,
        reason="Six days\r\nare enough.",
    )
    row = deal.finding("exceptions")
    draft.reserve(finding=row, by=deal.who.alice, seen=row.version, reason="Later.")
    add_comment(contract=deal.contract, body="Call us.", visibility="external", by=deal.who.alice)
    settle_everything(deal)
    deal.contract.findings.filter(status="unsure", decision="open").update(decision="reserved", version=9)


def send_page(deal) -> str:
    return reverse("negotiation:send", args=[deal.contract.uuid])


def posted(page, **more):
    said = page.context["says"]
    body = {
        "version": page.context["form"]["version"].value(),
        "listed": page.context["listed"],
        "undecided": len(page.context["undecided"]),
        "say": [one["key"] for one in said],
    }
    return body | more


def test_the_page_lists_every_comment_that_leaves_and_no_other(deal, as_):
    prepared(deal)
    client = as_(deal.who.alice)
    page = client.get(send_page(deal))
    body = page.content.decode()
    listed = Counter(" ".join(one["text"].split()) for one in page.context["says"])
    assert listed.total() == 5
    assert "5 comments stand in the file" in body
    assert body.count('name="say"') == body.count(" checked>") == 5
    assert "Call us." in body
    assert "reserves its position" in body
    assert client.post(send_page(deal), posted(page)).status_code == 302
    assert comments_in(bytes_of(deal.contract.versions.get(number=2))) == listed


def test_what_is_unticked_stays_inside(deal, as_):
    prepared(deal)
    client = as_(deal.who.alice)
    page = client.get(send_page(deal))
    kept = next(one for one in page.context["says"] if one["is_reason"])
    comment = next(one for one in page.context["says"] if one["text"] == "Call us.")
    say = [one["key"] for one in page.context["says"] if one["key"] not in (kept["key"], comment["key"])]
    assert client.post(send_page(deal), posted(page, say=say)).status_code == 302
    said = comments_in(bytes_of(deal.contract.versions.get(number=2)))
    assert said.total() == 3
    assert kept["text"] not in said
    assert "Call us." not in said
    assert Comment.objects.get(body="Call us.").visibility == "internal"
    change = Change.objects.get(uuid=kept["key"])
    assert (change.state, change.reason, change.note) == ("sent", "", kept["text"])


def test_their_own_comments_are_not_counted_as_ours(deal, as_):
    arrives(deal, they_comment(bytes_of(deal.version()), "within ten", "Why so long?"))
    prepared(deal)
    client = as_(deal.who.alice)
    page = client.get(send_page(deal))
    assert len(page.context["says"]) == 5
    client.post(send_page(deal), posted(page))
    assert comments_in(bytes_of(deal.version()))["Why so long?"] <= 1


def test_what_was_said_after_the_page_was_shown_does_not_leave_unseen(deal, as_):
    prepared(deal)
    client = as_(deal.who.alice)
    page = client.get(send_page(deal))
    body = posted(page)
    add_comment(contract=deal.contract, body="One more.", visibility="external", by=deal.who.alice)
    working = draft.open_draft(contract=deal.contract)
    answer = client.post(send_page(deal), body | {"version": working.version})
    assert answer.status_code == 409
    assert deal.contract.versions.count() == 1
    with pytest.raises(Conflict):
        turns.send_turn(
            contract=deal.contract, by=deal.who.alice, message="", seen=working.version, listed=()
        )


def test_nothing_is_said_where_the_organisation_writes_no_reasons(deal, as_):
    finding = deal.finding("non_solicit")
    draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)
    deal.who.ours.reasons_as_comments = False
    deal.who.ours.save()
    page = as_(deal.who.alice).get(send_page(deal))
    assert page.context["says"] == []


def test_undecided_issues_are_named_and_sent_only_on_purpose(deal, as_):
    for row in deal.contract.findings.filter(status__in=("outside", "missing")):
        draft.reserve(finding=row, by=deal.who.alice, seen=row.version, reason="Later.")
    client = as_(deal.who.alice)
    page = client.get(send_page(deal))
    open_ones = turns.undecided(deal.version())
    assert len(open_ones) >= 2
    assert [row["title"] for row in page.context["undecided"]] == [row.title for row in open_ones]
    assert f"Send with {len(open_ones)} issues undecided" in page.content.decode()
    client.post(send_page(deal), posted(page))  # what stands below the free rung is asked for first
    approve_all(deal)
    refused = client.post(send_page(deal), posted(client.get(send_page(deal))))
    assert refused.status_code == 200
    assert f"{len(open_ones)} issues are not decided" in refused.content.decode()
    assert deal.contract.versions.count() == 1
    stale = posted(client.get(send_page(deal)), with_undecided="1", undecided=1)
    client.post(send_page(deal), stale)
    assert deal.contract.versions.count() == 1
    done = client.post(send_page(deal), posted(client.get(send_page(deal)), with_undecided="1"))
    assert done.status_code == 302


def test_conditions_of_approvals_stand_on_the_page(deal, as_):
    finding = deal.finding("non_solicit")
    draft.counter(finding=finding, rung="F1", by=deal.who.alice, seen=finding.version)
    request = ApprovalRequest.objects.get(issue="non_solicit")
    decisions.decide(
        request=request,
        outcome="conditional",
        by=deal.approver,
        seen=request.version,
        condition="Only if the project staff is named.",
    )
    body = as_(deal.who.alice).get(send_page(deal)).content.decode()
    assert "Only if the project staff is named." in body
