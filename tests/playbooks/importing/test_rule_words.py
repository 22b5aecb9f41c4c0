"""Rules that people write by hand: an example beside the field, and a sentence where it cannot be read."""

import pytest

from playbooks.condition_text import parse
from playbooks.importing.building import Head, problems_of
from playbooks.importing.decisions import TAKE, Decision, RungChoice
from playbooks.importing.rule_words import example_on, why_unread
from playbooks.topics import TOPICS


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("days is at least 45", "days >= 45"),
        ("days at most 45 days", "days <= 45"),
        ("days no more than 45 and from is receipt", "days <= 45 and from = receipt"),
        ("days ≥ 30", "days >= 30"),
        ("from is not receipt.", "from != receipt"),
    ],
)
def test_everyday_words_are_answered_with_the_rule_they_stand_for(text, meant):
    assert f"did you mean “{meant}”?" in why_unread("payment_days", text)
    assert why_unread("payment_days", meant) == ""


@pytest.mark.parametrize(
    "text", ["45 days", "the usual", "days >=", "weeks is at least 3", "(((", "days >= 45 or"]
)
def test_words_that_are_no_rule_are_answered_with_how_one_is_written(text):
    said = why_unread("payment_days", text)
    assert f"“{text}” cannot be read as a rule" in said
    assert "written like “days >= 30”" in said


def test_every_topic_has_an_example_that_can_be_read():
    for topic in TOPICS:
        assert parse(example_on(topic))
    assert example_on("") == ""


def test_a_row_with_such_words_says_so_at_its_rung():
    rungs = (RungChoice("preferred", "Ours", when="days is at least 45"),)
    row = Decision(TAKE, "Payment", topic="payment_days", rungs=rungs)
    (problem,) = problems_of("0:1", row, Head("ours", "Ours", "saas", "customer"))
    assert (problem.key, problem.rung) == ("0:1", 0)
    assert "did you mean “days >= 45”?" in problem.says
