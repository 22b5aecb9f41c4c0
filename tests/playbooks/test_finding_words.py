"""A finding is one sentence a lawyer would say; the comparisons stand apart."""
# ruff: noqa: E501  (sentences stand whole)

import re

import pytest

from clauses.topics.page import Page
from playbooks.finding_words import sentence
from playbooks.judge import Case
from playbooks.library import shipped, shipped_names
from playbooks.review import review
from playbooks.sayings import ANSWERS, NUMBERS, SETS
from playbooks.topics import TOPICS

SENTENCES = [
    ("saas-customer", "payment", "Each invoice is due fourteen (14) days after its date.",
     "Payment is due 14 days after the invoice; we accept 30 days or more."),
    ("saas-customer", "payment", "Each invoice is due forty-five (45) days after its date.",
     "Payment is due 45 days after the invoice, as we ask."),
    ("saas-customer", "payment", "Each invoice is due thirty (30) days after its date.",
     "Payment is due 30 days after the invoice, which we accept."),
    ("saas-customer", "auto_renewal", "This Agreement renews automatically for 24 months unless a party gives 90 days\u2019 notice.",
     "Each renewal lasts 24 months and a renewal must be stopped 90 days before it begins; we accept 12 months or less and 30 days or less."),
    ("saas-customer", "publicity", "The Provider may use the Customer\u2019s logo in its marketing.",
     "Name and logo may be used without consent; we accept \u201cOnly with our consent\u201d."),
    ("saas-customer", "uptime", "Nothing is said.",
     "The contract says nothing on a promised level of availability; we ask for \u201c99.9 % a month, with a way out\u201d."),
    ("saas-customer", "payment", "Each invoice is due [__] days after its date.",
     "Could not tell, because the form is blank here."),
    ("mutual-nda", "residuals", "Either party may use freely what its staff retain in unaided memory.",
     "There is a right to use what people remember (residuals); we accept \u201cNo residuals clause\u201d."),
]  # fmt: skip


@pytest.mark.parametrize(("playbook", "issue", "text", "says"), SENTENCES)
def test_the_rule_is_said_in_one_sentence(playbook, issue, text, says):
    assert review(shipped(playbook), text).finding(issue).rule == says


def test_the_comparisons_stand_apart():
    found = review(shipped("saas-customer"), SENTENCES[0][2]).finding("payment")
    assert "days to pay at least 14 days (found: 14)" in found.decided_by
    assert found.why_not[0]["says"] == "needs \u201cdays to pay at least 45 days\u201d, found 14"
    assert found.to_data()["decided_by"] == found.decided_by


@pytest.mark.parametrize("key", sorted([*NUMBERS, *ANSWERS, *SETS]))
def test_every_sentence_is_kept_for_a_value_that_is_read(key):
    topic, _, name = key.partition(".")
    spec = TOPICS[topic].values[name]
    assert spec.kind == ("number" if key in NUMBERS else "set" if key in SETS else "word")
    if key in ANSWERS:
        assert set(ANSWERS[key]) - {""} <= set(spec.allowed)


@pytest.mark.parametrize("name", shipped_names())
def test_no_sentence_speaks_like_a_table(name):
    playbook = shipped(name)
    for issue, _, example in playbook.examples():
        case = Case(playbook, Page.from_text(example.text), {"paper": "theirs", **example.deal})
        said = sentence(case, case.standing(issue), "theirs")
        assert re.match(r"[A-Z].*\.$", said, re.S), said
        assert not re.search(r"\bfound nothing\b|\bneeds \u201c|\{|_", said), said
