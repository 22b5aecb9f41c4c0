"""What a counter may offer, what it starts from and how it reads; what came back as it was approved."""

import pytest
from django.urls import reverse

from approvals.models import ApprovalRequest
from negotiation.models import Finding
from negotiation.overview import record
from negotiation.overview.rows import package_of
from negotiation.services import draft, reviews
from negotiation.workspace import issues
from tests.negotiation.deal import approve_all, arrives, bytes_of, send, settle_everything, they_track

pytestmark = pytest.mark.django_db


def card(deal, as_, issue: str):
    page = as_(deal.who.alice).get(deal.contract.get_absolute_url())
    return next(one for one in page.context["findings"] if one["title"] == deal.finding(issue).title)


def test_a_rung_is_offered_exactly_where_a_safe_change_leads_to_it(deal, as_):
    tried = 0
    for row in deal.contract.findings.filter(review__version=deal.version()).exclude(status="compliant"):
        shown = card(deal, as_, row.issue)
        for rung in shown["rungs"]:
            tried += 1
            computed = reviews.engine.proposal_for_rung(
                reviews.rules_of(row),
                reviews.redline.read(bytes_of(deal.version())),
                row.issue,
                rung["id"],
                deal=reviews.deal_facts(deal.contract),
            )
            assert rung["can_choose"] is bool(computed), (row.issue, rung["id"])
            assert bool(rung["proposed"]) is bool(computed)
        assert not any(rung["selected"] and not rung["can_choose"] for rung in shown["rungs"])
    assert tried >= 5


def test_rungs_without_a_safe_change_cannot_be_chosen(deal, as_):
    row = deal.finding("non_solicit")
    Finding.objects.filter(pk=row.pk).update(ways={rung: [] for rung in row.ways})
    body = as_(deal.who.alice).get(deal.contract.get_absolute_url() + f"?finding={row.uuid}").content.decode()
    assert "no safe change of their text leads here" in body
    assert "No safe change of their text leads to a position of the playbook" in body
    answer = as_(deal.who.alice).post(
        reverse("negotiation:decide_finding", args=[row.uuid]),
        {"decision": "counter", "rung": "P", "version": row.version},
        follow=True,
    )
    assert "edit the clause instead" in answer.content.decode()


# (which rungs are free, which can be reached, the opening) → what a counter starts from
BEGIN = [
    ("FFA", "PF1F2", "P", "F1"),
    ("FAA", "PF1F2", "P", "P"),  # the next one needs approval: not suggested
    ("FFF", "PF2", "P", "P"),  # never past the next rung
    ("FFA", "F2", "P", "F2"),  # nothing else is left
    ("FFA", "", "P", ""),
    ("FFF", "PF1F2", "F1", "F2"),
]


@pytest.mark.parametrize(("free", "reachable", "opening", "chosen"), BEGIN)
def test_conceding_is_never_the_suggestion(free, reachable, opening, chosen):
    from dataclasses import replace

    from playbooks import library

    issue = next(one for one in library.shipped("mutual-nda").issues if len(one.rungs) >= 3)
    approver = issue.walk_away.approvers
    rungs = tuple(
        replace(rung, id=code, approvers=None if is_free == "F" else approver)
        for rung, code, is_free in zip(issue.rungs, ("P", "F1", "F2"), free, strict=False)
    )
    made = replace(issue, rungs=rungs, opening=opening)
    can = [rung for rung in rungs if rung.id in reachable]
    assert issues._to_begin_with(made, can) == chosen


def test_every_position_shows_how_it_would_read_each_paragraph_once(deal, as_):
    shown = card(deal, as_, "secrecy_term")
    wordings = {
        "".join(piece.text for pieces in rung["proposed"] for piece in pieces if piece.in_accepted)
        for rung in shown["rungs"]
        if rung["can_choose"]
    }
    assert len(wordings) == sum(rung["can_choose"] for rung in shown["rungs"]) >= 2
    row = deal.finding("secrecy_term")
    twice = [
        {"op": "replace", "block": row.block, "start": 0, "end": 3, "text": "All"},
        {"op": "replace", "block": row.block, "start": 59, "end": 64, "text": "six"},
    ]
    Finding.objects.filter(pk=row.pk).update(edits=twice)
    (paragraph,) = card(deal, as_, "secrecy_term")["proposed"]
    assert [piece.text for piece in paragraph if piece.state == "inserted"] == ["All", "six"]


def test_what_was_approved_and_comes_back_as_it_went_is_no_new_issue(deal, as_):
    row = deal.finding("secrecy_term")
    draft.counter(finding=row, rung="F2", by=deal.who.alice, seen=row.version)
    assert ApprovalRequest.objects.get(issue="secrecy_term").state == "open"
    assert card(deal, as_, "secrecy_term")["approval"]["state"] == "waiting"
    body = as_(deal.who.alice).get(deal.contract.get_absolute_url()).content.decode()
    assert "Waits for" in body
    approve_all(deal)
    settle_everything(deal)
    sent = send(deal)
    arrives(deal, bytes_of(sent))
    now = deal.finding("secrecy_term")
    assert (now.rung, now.decision) == ("F2", "conceded")
    shown = card(deal, as_, "secrecy_term")
    assert shown["approval"]["said"].startswith("approved by Carla on ")
    assert (
        shown["approval"]["said"]
        in as_(deal.who.alice).get(deal.contract.get_absolute_url()).content.decode()
    )


def test_what_they_changed_after_it_was_approved_is_open_again(deal):
    row = deal.finding("secrecy_term")
    draft.counter(finding=row, rung="F2", by=deal.who.alice, seen=row.version)
    approve_all(deal)
    settle_everything(deal)
    sent = send(deal)
    arrives(deal, they_track(bytes_of(sent), ("five (5)", "nine (9)")))
    assert deal.finding("secrecy_term").decision == "open"


def test_the_record_names_issues_and_positions_as_the_playbook_does(deal):
    row = deal.finding("secrecy_term")
    draft.counter(finding=row, rung="P", by=deal.who.alice, seen=row.version)
    row = deal.finding("non_solicit")
    draft.counter(finding=row, rung="F1", by=deal.who.alice, seen=row.version)
    rows = record.decisions(deal.negotiation, 1, package_of(deal.negotiation)).rows
    said = {(one["sentence"], one["what"]) for one in rows}
    assert ("offered our preferred position", deal.finding("secrecy_term").title) in said
    assert ("offered fallback 1", deal.finding("non_solicit").title) in said
