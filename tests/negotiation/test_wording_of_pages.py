"""Small things people stumbled over: numbers of sub-clauses, what an edit starts from, what happens after a
turn was closed, and where a comment stands."""

import pytest
from django.urls import reverse

import clauses
from jobs.testing import run_all
from negotiation.models import Comment
from negotiation.services import draft, reviews
from negotiation.services.reading import full_numbers
from tests.negotiation.deal import HIRING, SECRECY, send, settle_everything

pytestmark = pytest.mark.django_db

TEXT = """8. Liability
8.1 Cap. The liability of each party is limited.
(a) This is the first limit of the liability.
(i) This is a part of the first limit.
(b) This is the second limit of the liability.
9. Term
This Agreement lasts a year.
"""


def test_a_part_of_a_clause_is_named_with_all_its_number():
    found = full_numbers(clauses.analyse(TEXT).clauses)
    assert {"8.1(a)", "8.1(a)(i)", "8.1(b)"} <= set(found.values())
    assert not any(number.startswith("(") for number in found.values())


def test_a_part_without_anything_above_keeps_its_number():
    one = clauses.analyse("(a) The first of two.\n(b) The second of two.\n").clauses
    assert [number for number in full_numbers(one).values() if number] == ["(a)", "(b)"]


def edit_page(deal, issue: str) -> str:
    row = deal.finding(issue)
    return reverse("negotiation:edit_clause", args=[row.clause.uuid]) + f"?finding={row.uuid}"


def test_an_edit_starts_from_the_proposal_and_its_reason(deal, as_):
    page = as_(deal.who.alice).get(edit_page(deal, "secrecy_term"))
    row = deal.finding("secrecy_term")
    wished = page.context["paragraphs"][0]["wished"]
    assert wished != SECRECY
    assert "three (3) years" in wished
    issue = reviews.rules_of(row).issue(row.issue)
    assert page.context["reason"] == issue.rung(issue.opening).reason
    assert "Saving asks for approval where the words stand on:" in page.content.decode()


def test_an_edit_after_a_decision_starts_from_what_is_in_the_draft(deal, as_):
    row = deal.finding("secrecy_term")
    draft.counter(finding=row, rung="F2", by=deal.who.alice, seen=row.version)
    page = as_(deal.who.alice).get(edit_page(deal, "secrecy_term"))
    assert "five (5) years" in page.context["paragraphs"][0]["wished"]
    assert page.context["reason"] == ""


def test_saving_an_edit_says_whom_it_asked(deal, as_):
    row = deal.finding("non_solicit")
    body = {
        "text-0": HIRING.replace("twenty-four (24)", "thirty (30)"),
        "version": row.clause.version,
        "finding": str(row.uuid),
        "reason": "",
    }
    answer = as_(deal.who.alice).post(edit_page(deal, "non_solicit"), body, follow=True)
    assert "Approval was asked for: “Non-solicitation of staff" in answer.content.decode()


def test_after_a_turn_is_closed_its_file_and_the_next_step_are_there(deal, as_):
    settle_everything(deal)
    version = send(deal, "Here is our answer.")
    run_all()
    client = as_(deal.who.alice)
    page = reverse("negotiation:progress", args=[version.uuid])
    body = client.get(page).content.decode()
    assert reverse("negotiation:download", args=[version.uuid]) in body
    assert "Send it to Harbour Cloud by mail" in body
    assert "Here is our answer." in body
    assert "HX-Redirect" not in client.get(page, headers={"HX-Request": "true"})
    first = deal.contract.versions.get(number=1)
    received = reverse("negotiation:progress", args=[first.uuid])
    assert "HX-Redirect" in client.get(received, headers={"HX-Request": "true"})


def test_a_comment_says_where_it_stands_and_can_be_about_the_whole_contract(deal, as_):
    client = as_(deal.who.alice)
    address = reverse("negotiation:comment", args=[deal.contract.uuid])
    body = {"text": "A word.", "audience": "internal", "block": deal.block("ten (10)").address}
    assert "Said: at" in client.post(address, body, follow=True).content.decode()
    said = client.post(address, body | {"whole": "1"}, follow=True).content.decode()
    assert "Said: about the whole contract." in said
    assert [one.clause is None for one in Comment.objects.order_by("pk")] == [False, True]
