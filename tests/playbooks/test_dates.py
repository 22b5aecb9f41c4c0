"""Dates under a ladder: read where delivery, go-live and start are dated, compared as days, rewritten as the
contract writes them."""
# ruff: noqa: E501  (cases stand whole)

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.topics.calendar_dates import date_rewritten, date_value
from clauses.topics.page import Page
from playbooks.authoring.condition_rows import ALL, BadRows, Row, condition_of, names_of, rows_of
from playbooks.condition_text import from_data, parse, to_data, write
from playbooks.condition_words import describe
from playbooks.everywhere import specs_of
from playbooks.fields import BadPlaybook
from playbooks.review import page_of, place_text, proposal_for_rung, review
from playbooks.topics import TOPICS
from playbooks.yaml_format import dump, load

BOOK = """
parley_playbook: 1
name: dates
title: Dates
contract_type: services
side: customer
deal_facts: {season: word}
issues:
  - code: go_live
    title: Go-live
    category: Delivery
    topic: go_live_date
    missing: {stands: walk_away, reason: No date is agreed.}
    rungs:
      - {id: P, label: By the end of June and firm, when: date <= 2027-06-30 and binding = yes, reason: The season begins.}
      - {id: F1, label: By the end of July, when: date <= 2027-07-31, reason: The season runs.}
    walk_away: {approvers: {all: [business]}, reason: The season would be over.}
"""


def read(topic, text):
    return [one.values["date"].value for one in TOPICS[topic].read(Page.from_text(text))]


@pytest.mark.parametrize(
    ("topic", "text", "days"),
    [
        ("go_live_date", "The platform shall go live on 15 August 2027.", ["2027-08-15"]),
        ("go_live_date", "Go-live Date: 30 June 2027", ["2027-06-30"]),
        ("go_live_date", "Go-live date\t31.08.2027", ["2027-08-31"]),
        ("delivery_date", "The Supplier shall deliver the report by June 1st, 2027 and the data by 1 July 2027.", ["2027-06-01", "2027-07-01"]),
        ("delivery_date", "Delivery Date: 2027-03-01", ["2027-03-01"]),
        ("start_date", "The Services begin on 1 January 2027.", ["2027-01-01"]),
        ("go_live_date", "The platform shall go live on 03/04/2027.", [None]),
        ("go_live_date", "Go-live Date: [ ]", [None]),
        ("go_live_date", "This Agreement is dated 1 May 2027. The platform goes live when it is accepted.", []),
        ("delivery_date", "Either party may terminate if delivery is not made before this Agreement expires on 1 May 2027.", []),
    ],
)  # fmt: skip
def test_a_date_is_read_where_it_is_said_what_for(topic, text, days):
    assert read(topic, text) == days


LADDER = [
    ("The platform shall go live on 30 June 2027.", "P"),
    ("Go-live is planned for 1 June 2027.", "F1"),
    ("The platform shall go live on 31 July 2027.", "F1"),
    ("The platform shall go live on 1 August 2027.", "walk_away"),
    ("The platform shall go live on 03/04/2027.", None),
    ("Go-live Date: [ ]", None),
    (
        "The first site shall go live on 1 June 2027.\nThe second site shall go live on 1 September 2027.",
        "walk_away",
    ),
    ("Nothing is said.", "walk_away"),
]


@pytest.mark.parametrize(("text", "rung"), LADDER)
def test_a_date_stands_on_a_ladder(text, rung):
    assert place_text(load(BOOK), "go_live", text).rung == rung


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The platform shall go live on 15 August 2027.", "The platform shall go live on 30 June 2027."),
        ("It shall go live on August 15th, 2027.", "It shall go live on June 30th, 2027."),
        ("Go-live Date: 31.08.2027", "Go-live Date: 30.06.2027"),
        ("Go-live Date: 2027-08-31", "Go-live Date: 2027-06-30"),
    ],
)
def test_only_the_date_changes(before, after):
    edits = proposal_for_rung(load(BOOK), before, "go_live", "P")
    assert page_of(before).edited(edits).text.rstrip("\n") == after


def test_the_finding_says_both_days():
    found = review(load(BOOK), "The platform shall go live on 15 August 2027.").finding("go_live")
    assert found.rule == "The go-live date is 15 August 2027; we accept 30 June 2027 or earlier."


FORMS = st.sampled_from(
    [
        "1 May 2027",
        "1st May 2027",
        "May 1, 2027",
        "MAY 1, 2027",
        "01.05.2027",
        "2027-05-01",
        "31 Jan 2027",
        "28/02/2027",
        "2/28/2027",
    ]
)


@given(FORMS, st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_a_rewritten_date_is_read_as_the_new_day(old, new):
    written = date_rewritten(old, new.isoformat())
    value = date_value(written)
    assert value.value == new.isoformat() or (value.state == "unknown" and "/" in written)


def test_conditions_hold_days():
    for text in ("date <= 2027-06-30", "date >= 2027-01-01 and binding = yes", "date <= deal.season"):
        assert write(parse(text)) == text
        assert from_data(to_data(parse(text))) == parse(text)
    says = describe(parse("date <= 2027-06-30"), specs_of("go_live_date"))
    assert says == "the go-live date no later than 30 June 2027"
    assert load(dump(load(BOOK))) == load(BOOK)


def test_a_fact_of_the_deal_can_be_the_day():
    book = load(BOOK.replace("date <= 2027-06-30 and", "date <= deal.season and"))
    text = "The platform shall go live on 30 June 2027."
    for season, rung in (("2027-06-30", "P"), ("2027-06-29", "F1"), ("summer", None), (None, None)):
        deal = {} if season is None else {"season": season}
        found = place_text(book, "go_live", text, deal=deal).rung
        assert found == (rung or "F1"), season


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("date <= 5", "is not a day"),
        ("date <= 2027-02-30", "is not a day"),
        ("date <= 2027-06-30", "can never be reached"),
        ("date <= 2027-01-01 and date >= 2027-02-01", "contradicts itself"),
    ],
)
def test_a_mistake_is_named(new, message):
    old = "date <= 2027-07-31" if "reached" not in message else "date <= 2027-06-30 and binding = yes"
    new = new if "reached" not in message else "date <= 2027-08-31"
    with pytest.raises(BadPlaybook, match=message):
        load(BOOK.replace(old, new))


def test_rows_of_the_editor_hold_days():
    book = load(BOOK)
    names = names_of(book, "go_live_date")
    condition = condition_of(ALL, [Row("date", "<=", "2027-06-30")], names)
    assert write(condition) == "date <= 2027-06-30"
    assert rows_of(condition) == (ALL, [Row("date", "<=", "2027-06-30")])
    with pytest.raises(BadRows, match="is not a day"):
        condition_of(ALL, [Row("date", "<=", "end of June")], names)
