"""Overlays: the result is sound, its examples land, applying twice changes nothing, conflicts are named."""

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauses.topics.page import Page
from playbooks.fields import BadPlaybook
from playbooks.judge import Case
from playbooks.library import shipped, shipped_names
from playbooks.packs.applying import Applied, apply_overlay
from playbooks.packs.overlays import BORDER, INDUSTRY, Adjustment, Overlay, _overlay, overlay, overlays
from playbooks.packs.reading import read_plain
from playbooks.review import place_text
from playbooks.rules import Playbook
from playbooks.schema import read_playbook
from playbooks.wordings import render, variables

PAIRS = [
    pytest.param(name, found, id=f"{found.code}-{name}") for found in overlays() for name in shipped_names()
]


@cache
def over(name: str, code: str) -> Applied:
    return apply_overlay(shipped(name), overlay(code))


def lands(playbook: Playbook, codes) -> list[str]:
    """Examples of these issues that land elsewhere than they stand."""
    return [
        f"{issue.code}/{rung}: {example.text}"
        for issue, rung, example in playbook.examples()
        if issue.code in codes
        and place_text(playbook, issue.code, example.text, deal=example.deal).rung != rung
    ]


def changed_issues(before: Playbook, after: Playbook) -> set[str]:
    was = {issue.code: issue for issue in before.issues}
    return {issue.code for issue in after.issues if was.get(issue.code) != issue}


def test_there_are_four_industries_and_the_border():
    assert sorted(found.code for found in overlays() if found.kind == INDUSTRY) == [
        "healthcare", "manufacturing", "real_estate", "technology",
    ]  # fmt: skip
    assert [found.code for found in overlays() if found.kind == BORDER] == ["cross_border"]
    assert {row.subject for row in overlay("cross_border").advice} >= {
        "Communication", "Decisions", "Etiquette", "Language",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "found"), PAIRS)
def test_over_every_shipped_playbook_the_result_is_sound_and_its_examples_land(name, found):
    before = shipped(name)
    applied = over(name, found.code)
    after = applied.playbook
    assert read_playbook(after.to_data()) == after
    assert applied.conflicts == ()
    touched = changed_issues(before, after)
    assert lands(after, touched) == []
    assert not any(moved.to == "" for moved in applied.examples)
    for code in touched:
        assert all(rung.examples for rung in after.issue(code).rungs), code
    if touched:
        again = apply_overlay(after, found)
        assert (again.playbook, again.changes, again.examples) == (after, (), ())


@pytest.mark.parametrize("found", overlays(), ids=lambda found: found.code)
def test_every_adjustment_does_something_somewhere(found):
    done = {change.why for name in shipped_names() for change in over(name, found.code).changes}
    assert [made.why for made in found.adjustments if made.why not in done] == []


@pytest.mark.parametrize("found", overlays(), ids=lambda found: found.code)
def test_a_wording_that_an_overlay_brings_stands_where_it_says(found):
    for adjustment in found.adjustments:
        if adjustment.kind != "set_value" or "wording" not in adjustment.fields:
            continue
        for name in shipped_names():
            applied = apply_overlay(shipped(name), replace(found, adjustments=(adjustment,)))
            if applied.changes:
                issue = next(issue for issue in applied.playbook.issues if issue.code in adjustment.issues)
                case = Case(applied.playbook, Page.from_text(""), {})
                text = render(issue.rung(adjustment.rung).wordings[0].text, variables(case))
                assert place_text(applied.playbook, issue.code, text).rung == adjustment.rung, text


ADJUSTMENTS = [made for found in overlays() for made in found.adjustments]


@settings(max_examples=5, deadline=None)
@given(
    st.sampled_from(["saas-customer", "dpa-controller", "supply", "mutual-nda", "nda-discloser"]),
    st.lists(st.sampled_from(ADJUSTMENTS), min_size=1, max_size=6, unique_by=id),
)
def test_adjustments_in_any_order_leave_a_sound_playbook_whose_examples_land(name, made):
    before = shipped(name)
    mixed = Overlay("mixed", INDUSTRY, "Mixed", "", "", tuple(made), ())
    applied = apply_overlay(before, mixed)
    assert read_playbook(applied.playbook.to_data()) == applied.playbook
    assert lands(applied.playbook, changed_issues(before, applied.playbook)) == []
    assert len(applied.changes) + len(applied.conflicts) + len(applied.kept) <= len(made)
    assert before == shipped(name)


def one(kind: str, **fields) -> Overlay:
    return Overlay("one", INDUSTRY, "One", "", "", (Adjustment(kind=kind, why="Because.", **fields),), ())


def breach(**fields) -> Overlay:
    return one("set_value", issues=("breach_notice",), value="hours", limit="at_most", **fields)


def test_a_stricter_number_is_said_with_what_stood_there_before():
    applied = apply_overlay(shipped("dpa-controller"), overlay("healthcare"))
    (change,) = (
        row for row in applied.changes if row.issue == "Notice of data breaches" and "stricter" in row.says
    )
    assert (change.before, change.after) == ("Within 24 hours of awareness", "Within 12 hours of awareness")
    assert change.why.startswith("Where patients may come to harm")
    assert {moved.to for moved in applied.examples} == {"Fallback 1"}
    assert applied.playbook.description.endswith("Adjusted for: Healthcare and pharmaceuticals.")


def test_what_is_stricter_already_stays():
    applied = apply_overlay(shipped("dpa-controller"), breach(rung="P", amount=Decimal(30)))
    assert applied.playbook == shipped("dpa-controller")
    assert [row.because for row in applied.kept] == ["It asks for 24 already."]


def test_what_would_turn_the_ladder_round_is_left_out_and_named():
    applied = apply_overlay(shipped("dpa-controller"), breach(rung="F1", amount=Decimal(20)))
    assert applied.playbook == shipped("dpa-controller")
    (left,) = applied.conflicts
    assert left.issue == "Notice of data breaches"
    assert left.because


def test_one_that_does_not_fit_keeps_none_of_the_others_out():
    bad = breach(rung="F1", amount=Decimal(20)).adjustments
    good = breach(rung="P", amount=Decimal(22)).adjustments
    applied = apply_overlay(shipped("dpa-controller"), Overlay("x", INDUSTRY, "X", "", "", (*bad, *good), ()))
    assert len(applied.changes) == len(applied.conflicts) == 1


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (breach(rung="F9", amount=Decimal(1)), "no such position"),
        (one("set_value", issues=("audit",), value="onsite", limit="at_most", rung="P"), "one number"),
        (one("add_approvers", issues=("security",), rung="walk_away", entries=("legal",)), "Any one of"),
        (one("add_rung", issues=("audit",), fields={"id": "F1", "label": "Another"}), "position of its own"),
        (
            one("add_issue", fields={"code": "audit", "title": "Audit of books", "topic": "payment_days"}),
            "issue of its own",
        ),
    ],
)
def test_what_does_not_fit_is_named_and_left_out(made, said):
    applied = apply_overlay(shipped("dpa-controller"), made)
    assert applied.playbook == shipped("dpa-controller")
    assert said in applied.conflicts[0].because


def test_issues_the_playbook_does_not_have_are_named_as_such():
    applied = apply_overlay(shipped("mutual-nda"), breach(rung="P", amount=Decimal(1)))
    assert (applied.changes, applied.elsewhere) == ((), ("breach notice",))


def test_an_adjustment_without_what_it_needs_is_refused_by_name():
    wrong = {
        "overlay": "x", "kind": "industry", "title": "X", "summary": "S", "note": "N",
        "adjustments": [{"do": "set_value", "why": "W", "issue": "uptime", "at_least": "many"}],
    }  # fmt: skip
    with pytest.raises(BadPlaybook) as caught:
        read_plain(wrong, _overlay)
    for part in (
        "“many” is not a number",
        "adjustments[0].rung: is required",
        "adjustments[0].value: is required",
    ):
        assert part in str(caught.value)
