"""What past endings suggest, and how each suggestion is written into the rules."""

from decimal import Decimal

import pytest

from analytics.endings import Ending
from analytics.suggestions import (
    DROP,
    FREE,
    INSERT,
    Asked,
    CannotApply,
    Suggestion,
    applied,
    is_there,
    list_asked,
    suggestions,
)
from playbooks.backtest import outcome
from playbooks.condition_text import write
from playbooks.library import shipped
from playbooks.rules import Playbook
from playbooks.trials import check_examples
from tests.analytics.histories import history, small_playbook


def found(days, playbook: Playbook | None = None, approvals=None) -> dict[str, Suggestion]:
    book = playbook or small_playbook()
    made = suggestions(book, {"payment": history(days, book)}, approvals or {})
    return {one.key: one for one in made}


def conditions(playbook: Playbook) -> list[tuple[str, str]]:
    return [(rung.id, write(rung.when)) for rung in playbook.issue("payment").rungs]


def test_a_figure_below_the_last_rung_becomes_a_rung_that_only_the_walk_aways_approvers_may_give():
    one = found([45] * 10 + [30] * 10 + [14] * 10 + [7] * 5)["insert:payment:7"]
    assert (one.support, one.of) == (5, 35)
    made = applied(small_playbook(), one)
    assert conditions(made)[-1] == ("F3", "days >= 7")
    last = made.issue("payment").rungs[-1]
    assert last.approvers == made.issue("payment").walk_away.approvers
    assert last.weight == made.issue("payment").walk_away.weight
    assert [example.text for example in last.examples] == list(one.quotes)


def test_a_figure_between_two_rungs_takes_the_cost_of_the_one_that_admitted_it():
    one = found([45] * 5 + [30] * 5 + [20] * 8 + [14] * 5)["insert:payment:20"]
    assert one.support == 8
    made = applied(small_playbook(), one)
    assert conditions(made) == [
        ("P", "days >= 45"),
        ("F1", "days >= 30"),
        ("F3", "days >= 20"),
        ("F2", "days >= 14"),
    ]
    assert made.issue("payment").rung("F3").approvers == made.issue("payment").rung("F2").approvers


def test_a_better_figure_with_support_becomes_the_opening():
    made = applied(small_playbook(), found([60] * 6 + [45] * 10)["insert:payment:60"])
    assert conditions(made)[0] == ("F3", "days >= 60")
    assert made.issue("payment").opening == "F3"


def test_examples_stand_under_the_rung_they_now_land_on():
    """The example of the rung below is met by the new one first, and the playbook can be published."""
    book = small_playbook()
    data = book.to_data()
    data["issues"][0]["rungs"][2]["examples"].append("The Customer shall pay each invoice within 21 days.")
    book = Playbook.from_data(data)
    made = applied(book, found([45] * 5 + [30] * 5 + [20] * 8 + [14] * 5, book)["insert:payment:20"])
    moved = [example.text for example in made.issue("payment").rung("F3").examples]
    assert "The Customer shall pay each invoice within 21 days." in moved
    assert check_examples(made)[1] == ()
    assert Playbook.from_data(made.to_data()) == made


def test_a_fallback_nobody_reached_can_be_dropped_and_its_examples_stay_tests():
    book = small_playbook(missing={"stands": "P", "reason": "Silence is fine."})
    one = found([60, 60, 20, 20], book)["drop:payment:F1"]
    made = applied(book, one)
    assert [rung.id for rung in made.issue("payment").rungs] == ["P", "F2"]
    assert check_examples(made) == (3, ())


def test_the_preferred_rung_is_never_dropped_nor_one_that_something_names():
    keys = set(found([20] * 10))
    assert not {key for key in keys if key.startswith(("drop:payment:P", "drop:payment:F1"))}


def test_a_rung_always_approved_could_be_free():
    one = found([20, 20, 20], approvals={("payment", "F2"): Asked(4, 4)})["free:payment:F2"]
    made = applied(small_playbook(), one)
    assert made.issue("payment").rung("F2").free
    assert is_there(made, one)
    assert not is_there(small_playbook(), one)


@pytest.mark.parametrize("asked", [Asked(2, 2), Asked(4, 3)])
def test_one_refusal_or_too_few_requests_free_nothing(asked):
    assert "free:payment:F2" not in found([20, 20, 20], approvals={("payment", "F2"): asked})


def test_too_few_deals_suggest_nothing():
    assert found([7, 7]) == {}


def test_what_fits_the_draft_no_longer_is_refused():
    one = found([45] * 10 + [7] * 5)["insert:payment:7"]
    made = applied(small_playbook(), one)
    assert is_there(made, one)
    for suggestion in (one, Suggestion(DROP, "payment", rung="F9"), Suggestion(FREE, "gone", rung="F2")):
        with pytest.raises(CannotApply):
            applied(made, suggestion)


def test_a_ladder_bounded_on_both_sides_is_moved_on_our_worse_side_only():
    book = shipped("mutual-nda")
    one = Suggestion(INSERT, "secrecy_term", value=Decimal(7), support=5, of=20)
    made = applied(book, one)
    assert write(made.issue("secrecy_term").rungs[-1].when) == "years <= 7 and years >= 1"
    assert check_examples(made)[1] == ()


def test_a_law_that_enough_deals_outside_agreed_joins_the_list():
    book = shipped("mutual-nda")
    issue = book.issue("governing_law")
    asked = list_asked(issue)
    assert asked is not None
    text = "This Agreement is governed by the laws of {law}. The courts of {law} have exclusive jurisdiction."
    ended = [
        Ending(item, one)
        for item, law in enumerate(["Brazil"] * 4 + ["Germany"] * 4)
        if (one := outcome(book, text.format(law=law)).on("governing_law")) is not None
    ]
    made = {one.key: one for one in suggestions(book, {"governing_law": ended}, {})}
    one = made["list:governing_law:Brazil"]
    assert (one.support, one.of) == (4, 8)
    wider = applied(book, one)
    assert wider.lists[asked[2]][-1] == "Brazil"
    assert is_there(wider, one)
    assert check_examples(wider)[1] == ()
    assert outcome(wider, text.format(law="Brazil")).on("governing_law").rung != "walk_away"
    with pytest.raises(CannotApply):
        applied(wider, one)
