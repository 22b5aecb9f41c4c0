"""Minimum quantities as numbers under a ladder."""

import pytest

from clauses.topics.page import Page
from playbooks.review import page_of, place_text, proposal_for_rung
from playbooks.topics import TOPICS
from playbooks.yaml_format import load

BOOK = """
parley_playbook: 1
name: volumes
title: Volumes
contract_type: supply
side: buyer
issues:
  - code: volume
    title: Minimum quantity
    category: Volume
    topic: volume
    missing: {stands: P, reason: Nothing must be bought.}
    rungs:
      - {id: P, label: What we need, when: minimum absent or minimum.a_year <= 10000, reason: Our need.}
      - {id: F1, label: A little more, when: minimum.a_year <= 12000, reason: Near our need.}
    walk_away: {approvers: {all: [procurement]}, reason: More than we need.}
"""


def read(text):
    (one,) = TOPICS["volume"].read(Page.from_text(text))
    return one.values["minimum.a_year"].value


@pytest.mark.parametrize(
    ("text", "a_year"),
    [
        ("The Buyer shall purchase at least 12,000 units per year.", 12000),
        ("The Buyer shall order a minimum of 500 pieces each month.", 6000),
        (
            "The Buyer commits to purchase no fewer than 2500 tonnes in each quarter; this is a minimum.",
            10000,
        ),
        ("The Buyer shall purchase at least 80% of its forecast.", None),
        ("The minimum order is at least 100 units.", None),
    ],
)
def test_a_minimum_is_read_by_the_year(text, a_year):
    assert read(text) == a_year


@pytest.mark.parametrize(
    ("text", "rung"),
    [
        ("The Buyer shall purchase at least 10,000 units per year.", "P"),
        ("The Buyer shall purchase at least 1,000 units per month.", "F1"),
        ("The Buyer shall purchase at least 12,001 units per year.", "walk_away"),
    ],
)
def test_a_minimum_stands_on_a_ladder(text, rung):
    assert place_text(load(BOOK), "volume", text).rung == rung


def test_only_the_number_changes():
    before = "The Buyer shall purchase at least 15,000 units per year."
    edits = proposal_for_rung(load(BOOK), before, "volume", "P")
    assert page_of(before).edited(edits).text.rstrip("\n") == before.replace("15,000", "10,000")
