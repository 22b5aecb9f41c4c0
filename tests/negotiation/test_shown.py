"""Which issues the page shows in which order, and what the risk is the sum of."""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from negotiation.workspace import sentences, shown
from playbooks import library


@dataclass
class Row:
    issue: str
    status: str
    severity: str
    weight: int
    category: str = ""
    start: int | None = 0
    document: str = ""
    decision: str = "open"


ROWS = [
    Row("a", "fallback", "low", 2, "Term", 50),
    Row("b", "outside", "high", 8, "Liability", 10),
    Row("c", "unsure", "low", 1, "Term", 30),
    Row("d", "missing", "medium", 5, "Liability", None),
    Row("e", "outside", "high", 9, "Term", 70, decision="reserved"),
]

SHOWN = [
    ("", "bdace"),  # decided ones last; of equal severity the heavier, then the worse status
    ("order=document", "bcade"),
    ("order=category", "bdace"),
    ("order=policy", "abcde"),
    ("least=medium", "bdce"),  # what could not be told is never filtered away as low
    ("weight=6", "bce"),
    ("status=missing", "d"),
    ("category=Term", "ace"),
    ("order=nonsense&least=extreme&weight=-3", "bdace"),
]


@pytest.mark.parametrize(("query", "expected"), SHOWN)
def test_issues_are_ordered_and_filtered(query, expected):
    view = shown.asked(dict(part.split("=") for part in query.split("&")) if query else {})
    assert "".join(row.issue for row in shown.in_order(ROWS, view)) == expected


def test_codes_of_positions_are_said_by_name():
    issue = library.shipped("mutual-nda").issue("secrecy_term")
    said = sentences.named(
        "Below the last rung, F2 “Up to five years, nothing on P”: needs “x”, found y.", issue
    )
    assert said.startswith("Below the last position, Fallback 2 “Up to five years, nothing on P”")
    assert sentences.standing(issue, "fallback", "F1") == f"Fallback 1: {issue.rung('F1').label}"
    assert sentences.standing(issue, "missing", "walk_away").startswith("The contract says nothing on this.")


@pytest.mark.django_db
def test_the_page_keeps_the_order_and_says_what_the_risk_is_the_sum_of(deal, as_):
    client = as_(deal.who.alice)
    page = client.get(deal.contract.get_absolute_url() + "?least=high&order=document")
    risk = page.context["risk"]
    assert risk["score"] == sum(part["weight"] for part in risk["parts"])
    assert risk["score"] == sum(one["count"] * one["weight"] for one in risk["sums"])
    cards = page.context["findings"]
    assert cards
    assert {card["severity"] for card in cards} <= {"high", "missing", "unsure"}
    assert page.context["view"]["total"] > len(cards)
    row = deal.finding("non_solicit")
    answer = client.post(
        reverse("negotiation:decide_finding", args=[row.uuid]),
        {"decision": "dismiss", "version": row.version, "reason": "Fine.", "view": "least=high&next=//evil"},
    )
    assert answer["Location"] == f"{deal.contract.get_absolute_url()}?finding={row.uuid}&least=high"
    empty = client.get(deal.contract.get_absolute_url() + "?category=Nothing")
    assert "Show all" in empty.content.decode()
