"""Rate cards in the settings of a playbook: typed or pasted as lines, kept as rows, named where nobody filled
them in."""
# ruff: noqa: E501  (cases stand whole)

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from playbooks.authoring.forms.rate_rows import BadRow, rows_of, text_of
from playbooks.rules import Playbook
from playbooks.services import drafting
from playbooks.trials import check_examples
from tests.builders import four_people
from tests.deals import playbook
from tests.playbooks.web.forms import posted

ROWS = "Senior consultant: EUR 1,450 per day (also: Lead consultant)\nTester\tEUR\t95.50\thour"


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Tester: EUR 95 per hour", {"item": "Tester", "price": 95, "currency": "EUR", "unit": "hour"}),
        ("Tester\tGBP\t95.50\tHour", {"item": "Tester", "price": "95.50", "currency": "GBP", "unit": "hour"}),
        ("Seat; $ 12 ; per user per month", {"item": "Seat", "price": 12, "currency": "USD", "unit": "user_month"}),
        ("Lead: day rate – EUR 900 per person", {"item": "Lead", "price": 900, "currency": "EUR", "unit": "day"}),
        ("Lead\tDaily rate\tEUR\t900.-", {"item": "Lead", "price": 900, "currency": "EUR", "unit": "day"}),
        ("Lead\t900\tday\tEUR", {"item": "Lead", "price": 900, "currency": "EUR", "unit": "day"}),
        ("API: USD 0.125 per call", {"item": "API", "price": "0.125", "currency": "USD", "unit": "transaction"}),
    ],
)  # fmt: skip
def test_a_line_is_a_row_and_a_row_is_a_line(line, row):
    assert rows_of(line) == [row]
    again = rows_of(text_of([row]))
    assert [{**one, "price": Decimal(one["price"])} for one in again] == [
        {**row, "price": Decimal(row["price"])}
    ]


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        ("Tester", "a price"),
        ("Tester: 95 per hour", "the currency"),
        ("Tester: EUR 95", "the unit"),
        (": EUR 95 per hour", "what it is for"),
        ("Tester: EUR 1.450 per day", "“1.450” can be read in two ways"),
        ("Tester: EUR 0 per day", "costs nothing; leave it out"),
        (
            "Lead: EUR 9 per day\n\nTester: cheap\nAnalyst: EUR -1 per day",
            "Line 3, “Tester: cheap”.*Line 4, “Analyst: EUR -1 per day”",
        ),
    ],
)
def test_a_line_that_is_no_row_says_what_it_lacks(line, lacks):
    with pytest.raises(BadRow, match=lacks):
        rows_of(line)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Lead: EUR -5 per day", "the price has a minus"),
        ("Lead\tEUR -5\tday", "the price has a minus"),
        ("Lead\t(1,450)\tEUR\tday", "the price has a minus or brackets"),
        ("Lead: EUR 1,450 per day plus VAT", "says “plus VAT”, which a rate card does not keep"),
        ("Lead: EUR 1,450 plus VAT per day", "says “plus VAT”"),
        ("Lead: up to EUR 1,450 per day", "says “up to”"),
        ("Lead\t1,450\tEUR\tday\t3 days", "says “3”"),
    ],
)
def test_nothing_of_a_line_is_dropped_in_silence(line, says):
    with pytest.raises(BadRow, match=re.escape(says)):
        rows_of(line)


HEADED = [
    "Role\tRate\tUnit\nTester\tEUR 95\thour",
    "Role\tHourly rate (EUR)\nTester\t95",
    "Role;Currency;Price;per\nTester;EUR;95;hour",
]


@pytest.mark.parametrize("text", HEADED)
def test_the_header_of_a_pasted_table_is_no_row(text):
    assert rows_of(text) == [{"item": "Tester", "price": 95, "currency": "EUR", "unit": "hour"}]


def test_a_line_without_figures_further_down_is_no_header():
    with pytest.raises(BadRow, match=r"Line 2, “Tester Rate”, does not say a price"):
        rows_of("Lead: EUR 9 per day\nTester\tRate")


@pytest.fixture
def who():
    return four_people()


@pytest.fixture
def draft(who):
    return drafting.start(playbook=playbook(who).playbook, by=who.alice)


def kept(client, who, draft, **fields):
    client.force_login(who.alice.user)
    url = reverse("playbooks:settings", args=[draft.uuid])
    shown = posted(client.get(url))
    count = int(shown["rates-INITIAL_FORMS"][0])
    given = {**shown, "rates-TOTAL_FORMS": str(count + 1)}
    return client.post(url, {**given, **{f"rates-{count}-{name}": value for name, value in fields.items()}})


@pytest.mark.django_db
def test_a_card_is_kept_and_shown_again_as_it_was(client, who, draft):
    assert kept(client, who, draft, name="ours", rows=ROWS, in_use="on").status_code == 302
    draft.refresh_from_db()
    assert draft.data["rates"]["ours"]["rows"] == [
        {"item": "Senior consultant", "price": 1450, "currency": "EUR", "unit": "day", "also": ["Lead consultant"]},
        {"item": "Tester", "price": "95.5", "currency": "EUR", "unit": "hour"},
    ]  # fmt: skip
    before = draft.digest
    again = posted(client.get(reverse("playbooks:settings", args=[draft.uuid])))
    assert client.post(reverse("playbooks:settings", args=[draft.uuid]), again).status_code == 302
    draft.refresh_from_db()
    assert draft.digest == before
    difference = client.get(reverse("playbooks:difference", args=[draft.uuid])).content.decode()
    assert "Rate card “ours”" in difference
    assert "(also: Lead consultant)" in difference


@pytest.mark.django_db
def test_a_mistake_stands_beside_its_card_and_nothing_typed_is_lost(client, who, draft):
    response = kept(client, who, draft, name="ours", rows="Tester: cheap", in_use="on")
    assert response.status_code == 400
    body = response.content.decode()
    assert "Line 1, “Tester: cheap”, does not say a price" in body
    twice = kept(
        client, who, draft, name="ours", rows="Lead: EUR 9 per day\nLeads: EUR 8 per day", in_use="on"
    )
    assert twice.status_code == 400
    assert "“Leads: EUR 8 per day”: “Leads” has a price in EUR per day already" in twice.content.decode()
    alias = kept(
        client,
        who,
        draft,
        name="ours",
        rows="Lead: EUR 9 per day (also: QA)\nTester: EUR 8 per day (also: QA)",
    )
    assert "“QA”, another name of “Tester”, has a price in EUR per day already" in alias.content.decode()
    nameless = kept(client, who, draft, name="", rows="Lead: EUR 9 per day")
    assert nameless.status_code == 400
    assert "Give the rate card the name that conditions use" in nameless.content.decode()


@pytest.mark.django_db
def test_a_card_that_is_added_is_taken_for_ours(client, who, draft):
    client.force_login(who.alice.user)
    url = reverse("playbooks:settings", args=[draft.uuid])
    more = posted(client.post(url, {**posted(client.get(url)), "more": "rates"}))
    assert more["rates-0-in_use"] == ["on"]
    assert client.post(url, more).status_code == 302, "an empty line is no card"
    draft.refresh_from_db()
    assert "rates" not in draft.data


@pytest.mark.django_db
def test_an_issue_that_waits_for_its_card_says_so(client, who, draft):
    client.force_login(who.alice.user)
    rung = {"id": "P", "label": "Our card", "when": "each_rate <= RATES.ours", "reason": "Usual."}
    issue = {
        "code": "rates", "title": "Rates", "category": "Price", "topic": "rate_card", "rungs": [rung],
        "missing": {"stands": "P", "reason": "None."},
        "walk_away": {"approvers": {"all": ["finance"]}, "reason": "Too high."},
    }  # fmt: skip
    data = {**draft.data, "rates": {"ours": {"rows": []}}, "issues": [*draft.data["issues"], issue]}
    drafting.change(draft=draft, by=who.alice, data=data, digest=draft.digest, what="issue")
    for page in ("draft", "edit_issue", "edit_rung"):
        query = (
            {}
            if page == "draft"
            else {"issue": "rates"}
            if page == "edit_issue"
            else {"issue": "rates", "rung": "P"}
        )
        body = client.get(reverse(f"playbooks:{page}", args=[draft.uuid], query=query)).content.decode()
        assert ("Not judged yet: the rate card “ours” is empty" in body) == (page == "draft")
    url = reverse("playbooks:edit_rung", args=[draft.uuid], query={"issue": "rates", "rung": "P"})
    assert 'placeholder="RATES.ours + 5%"' in client.get(url).content.decode()
    given = posted(client.get(url))
    assert client.post(url, {**given, "rows-0-typed": "RATES.ours + 3%"}).status_code == 302
    draft.refresh_from_db()
    assert draft.data["issues"][-1]["rungs"][0]["when"] == "each_rate <= RATES.ours + 3%"
    wrong = client.post(url, {**posted(client.get(url)), "rows-0-typed": "our usual price"})
    assert wrong.status_code == 400
    assert "name a rate card" in wrong.content.decode()


@pytest.mark.django_db
def test_ones_own_prices_leave_the_examples_as_they_are(client, who, draft):
    """The examples that were written for other prices are tried with those, and one's own can be published."""
    issue = {
        "code": "rates", "title": "Rates", "category": "Price", "topic": "rate_card",
        "missing": {"stands": "P", "reason": "None."},
        "rungs": [
            {"id": "P", "label": "Our card", "when": "each_rate <= RATES.ours", "reason": "Usual.", "examples": ["Tester: EUR 120 per hour"]},
        ],
        "walk_away": {"approvers": {"all": ["finance"]}, "reason": "Too high.", "examples": ["Tester: EUR 121 per hour"]},
    }  # fmt: skip
    card = {"in_use": False, "rows": [{"item": "Tester", "price": 120, "currency": "EUR", "unit": "hour"}]}
    data = {**draft.data, "rates": {"ours": card}, "issues": [issue]}
    drafting.change(draft=draft, by=who.alice, data=data, digest=draft.digest, what="issue")
    client.force_login(who.alice.user)
    url = reverse("playbooks:settings", args=[draft.uuid])
    given = {**posted(client.get(url)), "rates-0-rows": "Analyst: EUR 90 per hour", "rates-0-in_use": "on"}
    body = client.post(url, given, follow=True).content.decode()
    assert "2 examples of “Rates” were written for the earlier prices. They are kept" in body
    assert "could not be told where an example stands" not in body
    draft.refresh_from_db()
    assert check_examples(Playbook.from_data(draft.data)) == (2, ())
    rung = reverse("playbooks:edit_rung", args=[draft.uuid], query={"issue": "rates", "rung": "P"})
    shown = posted(client.get(rung))
    assert shown["examples-0-rates"] == ["ours: Tester: EUR 120 per hour"]
    assert client.post(rung, shown).status_code == 302
    before, _ = draft.digest, draft.refresh_from_db()
    assert draft.digest == before, "keeping the page as it is changes nothing"
    shown = posted(client.get(rung)) | {"examples-0-rates": "ours: Tester: cheap"}
    wrong = client.post(rung, shown)
    given = {**posted(client.get(url)), "rates-0-DELETE": "on"}
    gone = client.post(url, given).content.decode()
    assert "Rates · Our card: there is no rate card “ours”" in gone
    assert wrong.status_code == 400
    assert "does not say a price" in wrong.content.decode()
