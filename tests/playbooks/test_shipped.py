"""The playbooks that ship: their examples land, and accepting what they propose mends the issue and harms
no other."""

import pytest

from clauses.topics.page import Page
from playbooks.judge import Case, depth
from playbooks.library import shipped, shipped_names
from playbooks.proposals import propose
from playbooks.review import place_text, proposal_for_rung, review
from playbooks.rules import OUTSIDE
from playbooks.trials import backtest, check_examples, without_examples
from playbooks.wordings import render, variables

EXAMPLES = [
    pytest.param(
        name, issue.code, rung, example.text, example.deal, id=f"{name}-{issue.code}-{rung}-{number}"
    )
    for name in shipped_names()
    for number, (issue, rung, example) in enumerate(shipped(name).examples())
]


@pytest.mark.parametrize(("name", "code", "rung", "text", "deal"), EXAMPLES)
def test_an_example_lands_on_its_rung(name, code, rung, text, deal):
    standing = place_text(shipped(name), code, text, deal=deal)
    assert standing.rung == rung, standing.why_unsure


@pytest.mark.parametrize(("name", "code", "rung", "text", "deal"), EXAMPLES)
def test_an_accepted_change_reaches_the_opening_rung_and_harms_no_other(name, code, rung, text, deal):
    playbook = shipped(name)
    issue = playbook.issue(code)
    case = Case(playbook, Page.from_text(text), deal)
    standing = case.standing(issue)
    proposal = (
        propose(case, standing, issue.rung(issue.opening))
        if standing.position > depth(issue, issue.opening)
        else None
    )
    if proposal is None:
        return
    after = Case(playbook, case.page.edited(proposal.edits), deal)
    assert after.standing(issue).position <= depth(issue, issue.opening)
    for other in playbook.issues:
        assert after.standing(other).position <= case.standing(other).position, other.code


def test_nearly_every_text_below_the_opening_rung_gets_a_change():
    without = []
    for name in shipped_names():
        playbook = shipped(name)
        for issue, _, example in playbook.examples():
            case = Case(playbook, Page.from_text(example.text), example.deal)
            standing = case.standing(issue)
            below = standing.position > depth(issue, issue.opening)
            if below and propose(case, standing, issue.rung(issue.opening)) is None:
                without.append(f"{name}/{issue.code}")
    assert sorted(set(without)) == [
        # A description of the processing can only be written by people who know it.
        "dpa-controller/processing_details",
        # A licence to earlier works that ends, or a list of them, is not rewritten over somebody's head.
        "professional-services/earlier_works",
        # A higher limit with its own definitions is taken back by a person, not by a word.
        "saas-provider/data_breach_cap",
    ]


@pytest.mark.parametrize("name", shipped_names())
def test_a_playbook_is_whole(name):
    playbook = shipped(name)
    assert len(playbook.issues) >= 10
    assert without_examples(playbook, at_least=2) == ()
    count, misses = check_examples(playbook)
    assert count >= 2 * len(playbook.issues)
    assert misses == ()
    assert "not legal advice" in playbook.note


@pytest.mark.parametrize("name", shipped_names())
def test_a_wording_stands_on_the_rung_it_is_offered_for(name):
    playbook = shipped(name)
    words = variables(Case(playbook, Page.from_text(""), {}))
    for issue in playbook.issues:
        for rung in issue.rungs:
            for wording in rung.wordings:
                text = render(wording.text, words)
                stands = place_text(playbook, issue.code, text)
                assert stands.position <= depth(issue, rung.id), text


@pytest.mark.parametrize("name", shipped_names())
def test_what_may_be_shown_outside_gives_no_position_away(name):
    """Reasons go to the other side: they must not name our fallbacks, limits of patience or approvers."""
    for issue in shipped(name).issues:
        for reason in [*(rung.reason for rung in issue.rungs), issue.walk_away.reason, issue.missing.reason]:
            lowered = reason.lower()
            assert not any(
                word in lowered
                for word in (
                    "fallback",
                    "walk away",
                    "approv",
                    "concede",
                    "our limit",
                    "second best",
                    "acceptable",
                )
            )


@pytest.mark.parametrize("name", shipped_names())
def test_every_rung_below_the_preferred_weighs_more_than_the_one_above(name):
    for issue in shipped(name).issues:
        weights = [rung.weight for rung in issue.rungs] + [issue.walk_away.weight]
        assert weights == sorted(weights), issue.code


def test_a_counter_can_be_offered_on_a_given_rung():
    text = (
        "The obligations of confidentiality survive for nine (9) years from "
        "disclosure; trade secrets remain protected for as long as they are trade "
        "secrets."
    )
    edits = proposal_for_rung(shipped("mutual-nda"), text, "secrecy_term", "F1")
    assert [edit["text"] for edit in edits] == ["five (5)"]
    assert (
        proposal_for_rung(shipped("mutual-nda"), text.replace("nine (9)", "two (2)"), "secrecy_term", "F1")
        == ()
    )


def test_an_unknown_rung_is_a_key_error():
    with pytest.raises(KeyError):
        proposal_for_rung(shipped("mutual-nda"), "x", "secrecy_term", "F9")


def test_backtest_counts_where_documents_stand():
    texts = [
        "The obligations of confidentiality survive for nine (9) years from disclosure.",
        "The obligations of confidentiality survive for four (4) years from "
        "disclosure; trade secrets remain protected for as long as they are trade "
        "secrets.",
    ]
    counts = backtest(shipped("mutual-nda"), texts)["secrecy_term"]
    assert counts == {"fallback": 1, "outside": 1, "rung F1": 1, f"rung {OUTSIDE}": 1}


def test_review_of_nothing_says_what_was_looked_for():
    found = review(shipped("mutual-nda"), "Hello.")
    assert all(
        finding.checked and finding.checked[0]["says"].startswith("looked for") for finding in found.findings
    )
