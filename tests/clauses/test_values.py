"""Values: what is read from which words, and what is said to be blank or in doubt."""

import pytest

from clauses import read_values


def values(text, *kinds):
    return [(f.kind, f.value, f.unit) for f in read_values(text) if not kinds or f.kind in kinds]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("a fee of $1,500.50 a month", 1500.5, "USD"),
        ("US$2 million in cover", 2_000_000, "USD"),
        ("EUR 10,000", 10_000, "EUR"),
        ("€ 1.250.000,00 net", 1_250_000, "EUR"),
        ("£250k", 250_000, "GBP"),
        ("500 pounds sterling", 500, "GBP"),
        ("CHF 75", 75, "CHF"),
        ("one million dollars ($1,000,000)", 1_000_000, "USD"),
        ("RMB 300,000", 300_000, "CNY"),
        ("five thousand euros", 5000, "EUR"),
        ("One Million and No/100 Dollars ($1,000,000.00)", 1_000_000, "USD"),
    ],
)
def test_money(text, value, unit):
    assert values(text, "money") == [("money", value, unit)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5% per month", 1.5),
        ("fifty percent (50%)", 50),
        ("ten (10) percent", 10),
        ("three per cent", 3),
        ("99.9 % uptime", 99.9),
        ("one and one-half percent (1.5%)", 1.5),
        ("one and one-half percent per month", 1.5),
        ("three quarters of one percent", 0.75),
        ("one-half of one percent", 0.5),
        ("two and a half per cent", 2.5),
        ("one point five percent", 1.5),
        ("one third (33.3%)", 33.3),
    ],
)
def test_percent(text, value):
    assert values(text, "percent") == [("percent", value, "%")]


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("within thirty (30) days", "duration", 30, "days"),
        ("five (5) business days", "duration", 5, "business_days"),
        ("ten working days", "duration", 10, "business_days"),
        ("60 calendar days", "duration", 60, "days"),
        ("a 12-month period", "duration", 12, "months"),
        ("twenty-four hours", "duration", 24, "hours"),
        ("one hundred and eighty days", "duration", 180, "days"),
        ("at least ninety (90) days' prior written notice", "notice_period", 90, "days"),
        ("upon 30 days’ notice", "notice_period", 30, "days"),
        ("shall give notice not less than six months before", "notice_period", 6, "months"),
        ("two (2) consecutive years", "duration", 2, "years"),
    ],
)
def test_durations(text, kind, value, unit):
    assert values(text, "duration", "notice_period") == [(kind, value, unit)]


@pytest.mark.parametrize(
    "text", ["eighteen (18) years of age", "the 2019 year", "a daylong event", "$30 days"]
)
def test_what_is_no_duration(text):
    assert values(text, "duration", "notice_period") == []


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("within thirty (60) days", "words say 30, figures say 60"),
        ("two thousand dollars ($2,500)", "words say 2000, figures say 2500"),
        ("fifty percent (55%)", "words say 50, figures say 55"),
        ("one and one-half percent (1.75%)", "words say 1.5, figures say 1.75"),
        ("30 (forty) days", "words say 40, figures say 30"),
    ],
)
def test_words_and_figures_that_differ_are_in_doubt(text, note):
    (fact,) = [f for f in read_values(text) if f.note]
    assert fact.note == note
    assert fact.band == "unsure"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("January 13, 2005", "2005-01-13"),
        ("13 January 2005", "2005-01-13"),
        ("this 1st day of March, 1999", "1999-03-01"),
        ("Sept. 4, 2010", "2010-09-04"),
        ("2021-02-28", "2021-02-28"),
        ("31.12.2020", "2020-12-31"),
        ("12/31/99", "1999-12-31"),
        ("no later than 14.03.2027.", "2027-03-14"),
    ],
)
def test_dates(text, value):
    assert values(text, "date") == [("date", value, "")]


def test_a_date_that_can_be_read_two_ways_is_marked():
    (fact,) = [f for f in read_values("on 03/04/2020") if f.kind == "date"]
    assert (fact.value, fact.band) == ("2020-03-04", "check")


@pytest.mark.parametrize(
    "text", ["February 30, 2020", "13.13.2020", "Section 4.1.10", "Section 4.1.10.", "version 1.2.2027.3"]
)
def test_what_is_no_date(text):
    assert values(text, "date") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This Agreement is governed by the laws of the State of New York.", ["New York"]),
        (
            "governed by and construed in accordance with the laws of England and Wales.",
            ["England and Wales"],
        ),
        ("The laws of the Commonwealth of Massachusetts govern this Agreement.", ["Massachusetts"]),
        ("THIS AGREEMENT SHALL BE GOVERNED BY THE LAWS OF THE STATE OF TEXAS.", ["Texas"]),
        ("This Agreement is governed by English law.", ["England and Wales"]),
        ("This contract is governed by the laws of the People’s Republic of China.", ["China"]),
        ("Acme is a corporation organized under the laws of Delaware.", []),
    ],
)
def test_governing_law(text, expected):
    assert [f.value for f in read_values(text) if f.unit == "governing_law"] == expected


def test_the_forum_is_told_from_the_law():
    text = "Governed by the laws of Delaware; the courts of New York have exclusive jurisdiction."
    read = {(f.value, f.unit) for f in read_values(text) if f.kind == "jurisdiction"}
    assert read == {("Delaware", "governing_law"), ("New York", "forum")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mill GmbH, in the commercial register of the Local Court of Hamburg under HRB 4711, Germany.",
            [],
        ),
        ("Mill GmbH, registered with the district court of Munich, Germany.", []),
        ("Mill S.A., a company whose seat is in Paris, France, agrees as follows.", []),
        ("The courts of Hamburg have jurisdiction over every dispute.", ["Germany"]),
        ("The seat of arbitration is Geneva.", ["Switzerland"]),
        ("Disputes go to the Local Court of Hamburg.", ["Germany"]),
        ("Disputes about the registration of the Marks go to the courts of Delaware.", ["Delaware"]),
        ("Disputes on the registered Marks go to the courts of New York.", ["New York"]),
        ("Mill Inc. is registered in Ohio and submits to the courts of Texas.", ["Ohio", "Texas"]),
    ],
)
def test_the_register_and_the_seat_of_a_company_are_no_forum(text, expected):
    assert [f.value for f in read_values(text) if f.unit == "forum"] == expected


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("two times the fees paid under this Agreement", 2, "fees"),
        ("3x the annual fees", 3, "fees"),
        ("the fees paid in the twelve (12) months before the claim", 12, "months_fees"),
        ("amounts payable during the 24 month period before the claim", 24, "months_fees"),
    ],
)
def test_multiples_of_fees(text, value, unit):
    assert ("multiple", value, unit) in values(text, "multiple")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("paid to ________ monthly", "fill_in"),
        ("[●] days", "fill_in"),
        ("[Customer name]", "fill_in"),
        ("{effective_date}", "fill_in"),
        ("[***]", "redacted"),
        ("[ ] in perpetuity", "choice"),
        ("[x] one year", "chosen"),
        ("[Drafting note: choose one]", "note"),
        ("[or any part of the Services]", "bracketed"),
        ("this ___ day of ____, 2024", "date"),
    ],
)
def test_blanks(text, unit):
    assert unit in {f.unit for f in read_values(text) if f.kind == "blank"}


@pytest.mark.parametrize("text", ["part[s] thereof", "[sic]", "[Signature page follows]", "(x) three years"])
def test_what_is_no_blank(text):
    assert values(text, "blank") == []
