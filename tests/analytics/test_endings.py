"""What past endings say: planted ladders come back, dead rungs are named, nothing is made of too little."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.endings import ladder, main_value, rests, spreads
from playbooks.backtest import outcome
from playbooks.library import shipped
from tests.analytics.histories import PAYS, history, small_playbook

DEALS = 200


@st.composite
def planted(draw):
    """Two to four figures, how many of 200 deals ended on each, and figures that hardly anybody agreed."""
    better = draw(st.sampled_from(["higher", "lower"]))
    figures = draw(st.lists(st.integers(5, 120), min_size=2, max_size=4, unique=True))
    figures.sort(reverse=better == "higher")
    # Each rung has at least a tenth of the deals; the rest is spread so thin that none of it counts.
    shares = [draw(st.integers(22, 40)) for _ in figures]
    others = draw(
        st.lists(
            st.integers(1, 999).filter(lambda one: one not in figures), min_size=10, max_size=10, unique=True
        )
    )
    noise = [one + Decimal("0.5") for one in others for _ in range(5)]
    noise = noise[: DEALS - sum(shares)]
    values = [Decimal(figure) for figure, n in zip(figures, shares, strict=True) for _ in range(n)] + noise
    values += [Decimal(figures[0])] * (DEALS - len(values))
    random.Random(draw(st.integers(0, 9))).shuffle(values)
    return better, [Decimal(one) for one in figures], values


@given(planted())
def test_a_planted_ladder_comes_back_from_two_hundred_deals(case):
    better, figures, values = case
    assert len(values) == DEALS
    found = ladder(values, better)
    assert [step.value for step in found] == figures
    worst = figures[-1]
    within = [one for one in values if (one >= worst if better == "higher" else one <= worst)]
    assert sum(step.support for step in found) == len(within)
    preferred = figures[0]
    assert found[0].support == sum(
        one >= preferred if better == "higher" else one <= preferred for one in values
    )
    assert {step.of for step in found} == {DEALS}


def test_a_planted_ladder_comes_back_from_the_words_of_two_hundred_contracts():
    playbook = small_playbook()
    figures = {60: 60, 45: 70, 30: 40, 21: 30}
    days = [one for figure, n in figures.items() for one in [figure] * n]
    random.Random(5).shuffle(days)
    read = {figure: outcome(playbook, PAYS.format(days=figure)).stood[0].values["days"] for figure in figures}
    assert len(days) == DEALS
    found = ladder([Decimal(str(read[one])) for one in days], "higher")
    assert [(int(step.value), step.support) for step in found] == [(60, 60), (45, 70), (30, 40), (21, 30)]


def test_the_order_of_the_deals_does_not_matter():
    values = [Decimal(one) for one in [30] * 40 + [45] * 30 + [60] * 20 + [7, 90]]
    turned = list(reversed(values))
    assert ladder(values, "lower") == ladder(turned, "lower")


@pytest.mark.parametrize(
    ("values", "steps"),
    [
        ([], []),
        ([30, 30], []),  # two deals are no custom
        ([30, 30, 30], [(30, 3)]),
        ([30, 30, 30, 20], [(30, 4)]),  # better than the best rung is as good as it
        ([30, 30, 30, 90], [(30, 3)]),  # worse than the last rung is outside
        ([30] * 40 + [45] * 3, [(30, 40)]),  # three, and no tenth of forty-three
        ([10] * 3 + [20] * 4 + [30] * 5 + [40] * 6 + [50] * 7, [(20, 7), (30, 5), (40, 6), (50, 7)]),
    ],
)
def test_support_decides_what_becomes_a_rung(values, steps):
    found = ladder([Decimal(one) for one in values], "lower")
    assert [(int(one.value), one.support) for one in found] == steps


def test_a_ladder_needs_a_direction():
    with pytest.raises(ValueError, match="higher or lower"):
        ladder([Decimal(1)], "")


def test_figures_are_counted_with_low_median_and_high():
    playbook = small_playbook()
    (days,) = spreads(playbook.issue("payment"), history([30, 30, 45, 60, None]))
    assert days.name == "days"
    assert days.rows == ((Decimal(30), 2), (Decimal(45), 1), (Decimal(60), 1))
    assert (days.low, days.median, days.high) == (30, 30, 60)
    assert (days.read, days.silent, days.unread) == (4, 1, 0)


def test_a_rung_is_dead_when_deals_pass_it_over_and_given_up_when_all_end_below():
    issue = small_playbook().issue("payment")
    states = {one.rung: one.state for one in rests(issue, history([60, 60, 20, 20]))}
    assert states == {"P": "", "F1": "dead", "F2": ""}
    states = {one.rung: one.state for one in rests(issue, history([20, 20, 20]))}
    assert states == {"P": "conceded", "F1": "conceded", "F2": ""}


def test_two_deals_bury_no_rung():
    issue = small_playbook().issue("payment")
    assert {one.state for one in rests(issue, history([60, 60]))} == {""}


@pytest.mark.parametrize(
    ("name", "issue", "value"),
    [
        ("saas-provider", "liability_cap", "cap.months"),  # though `cap.combine` is compared more often
        ("mutual-nda", "secrecy_term", "years"),
        ("saas-customer", "uptime", "uptime"),
    ],
)
def test_a_ladder_turns_on_the_figure_it_bounds(name, issue, value):
    assert main_value(shipped(name).issue(issue)) == value
