"""A law is neutral only where neither side is at home; what is not said stays unknown."""

import pytest

from playbooks.library import shipped
from playbooks.review import review

LAW = "This Agreement is governed by the law of {law}. The courts of {law} have exclusive jurisdiction."
PARTIES = (
    "This Agreement is made between\n"
    "Harbour Ltd, a company incorporated in {theirs} (the \u201cProvider\u201d); and\n"
    "Northgate GmbH, a company registered in Hamburg (the \u201cCustomer\u201d).\n"
)


def finding(text, playbook="saas-customer", deal=None):
    return review(shipped(playbook), text, deal=deal).finding("governing_law")


@pytest.mark.parametrize(
    ("law", "theirs", "rung"),
    [
        ("Germany", "England and Wales", "P"),
        ("Ireland", "England and Wales", "F1"),
        ("England and Wales", "England and Wales", "walk_away"),
        ("Ireland", "Ireland", "walk_away"),
        ("Delaware", "Delaware", "walk_away"),
        ("Japan", "England and Wales", "walk_away"),
    ],
)
def test_the_home_law_of_the_other_side_is_not_neutral(law, theirs, rung):
    assert finding(PARTIES.format(theirs=theirs) + LAW.format(law=law)).rung == rung


def test_where_the_other_side_is_at_home_may_be_unsaid():
    text = PARTIES.replace(", a company incorporated in {theirs}", "") + LAW.format(law="Ireland")
    found = finding(text)
    assert (found.status, found.changes) == ("unsure", ())
    assert "where the other side is at home" in found.rule


@pytest.mark.parametrize(("their_home", "rung"), [("Ireland", "walk_away"), ("France", "F1")])
def test_the_deal_may_say_where_the_other_side_is_at_home(their_home, rung):
    text = PARTIES.replace(", a company incorporated in {theirs}", "") + LAW.format(law="Ireland")
    assert finding(text, deal={"their_home": their_home}).rung == rung


def test_a_clause_without_parties_is_judged_by_the_list_alone():
    assert finding(LAW.format(law="Ireland")).rung == "F1"


def test_where_both_sides_have_the_same_role_ours_is_at_home_under_our_law():
    text = (
        PARTIES.format(theirs="England and Wales")
        .replace("Provider", "Harbour")
        .replace("Customer", "Northgate")
    )
    assert finding(text + LAW.format(law="England and Wales"), "mutual-nda").rung == "walk_away"
    assert finding(text + LAW.format(law="Ireland"), "mutual-nda").rung == "F1"
