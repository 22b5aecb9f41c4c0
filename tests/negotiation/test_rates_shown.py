"""A rate card on the issue's card: each row of theirs beside ours, and the prices that Accept would write."""

from dataclasses import replace

import pytest
from django.urls import reverse

from negotiation.models import Finding
from negotiation.services import deals, draft
from negotiation.workspace import rates
from playbooks.models import Playbook, PlaybookVersion
from playbooks.yaml_format import load
from tests.deals import NOON
from tests.negotiation.deal import Deal, arrives, opened
from tests.playbooks.test_rates import BOOK
from tests.redline.notation import doc

pytestmark = pytest.mark.django_db
TABLE = ["Role | Daily rate (EUR)", "Senior Consultant | 1,750", "Developer | 980.50"]


@pytest.fixture
def deal() -> Deal:
    made = opened(reviewed=False)
    read = load(BOOK)
    book = Playbook.objects.create(
        organisation=made.who.ours, slug=read.name, title=read.title, owner=made.who.alice
    )
    version = PlaybookVersion.objects.create(
        organisation=made.who.ours, playbook=book, number=1, data=read.to_data(), digest=read.digest,
        published_at=NOON,
    )  # fmt: skip
    contract = deals.add_contract(
        negotiation=made.negotiation,
        title="Work",
        paper="theirs",
        by=made.who.alice,
        playbook_version=version,
    )
    made = Deal(made.who, made.negotiation, contract, made.approver)
    arrives(made, doc("# 1 Rates", "Work is charged by time spent.", TABLE))
    return made


def test_their_prices_stand_beside_ours(client, deal):
    rows = rates.table(deal.finding("rates"))
    assert [
        (
            row["item"],
            f"{row['theirs']} {row['unit']}",
            row["ours"],
            f"{row['difference']} {row['share']}".strip(),
        )
        for row in rows
    ] == [
        ("Senior Consultant", "EUR 1,750 per day", "1,450", "+300 +20.7 %"),
        ("Developer", "EUR 980.50 per day", "980.50", "the same"),
    ]
    client.force_login(deal.who.alice.user)
    body = client.get(reverse("negotiation:contract", args=[deal.contract.uuid])).content.decode()
    assert '<table class="rates">' in body
    assert f'href="#b-{rows[0]["block"]}"' in body
    assert f'id="b-{rows[0]["block"]}"' in body
    assert "+20.7 %" in body


def test_accept_changes_only_the_price(deal):
    finding = deal.finding("rates")
    assert [edit["text"] for edit in finding.edits] == ["1,450"]
    draft.propose(finding=finding, by=deal.who.alice, seen=finding.version)
    assert Finding.objects.get(pk=finding.pk).decision == "proposed"


def test_a_row_that_cannot_be_told_says_why(deal):
    arrives(deal, doc("# 1 Rates", "Work is charged by time spent.", [*TABLE, "Scrum master | 900"]))
    rows = rates.table(deal.finding("rates"))
    assert [(row["item"], row["verdict"]) for row in rows] == [
        ("Senior Consultant", "above"),
        ("Scrum master", "unknown"),
        ("Developer", "within"),
    ]
    assert rows[1]["why"] == "“Scrum master” is not on our rate card"


def test_the_card_says_why_no_price_is_changed(client, deal):
    rows = [*TABLE, "Scrum master | 900", "Cloud architect | 900"]
    arrives(deal, doc("# 1 Rates", "Work is charged by time spent.", rows))
    finding = deal.finding("rates")
    says = "No price is changed, because “Scrum master” and “Cloud architect” could not be compared"
    assert rates.why_unchanged(finding).startswith(says)
    client.force_login(deal.who.alice.user)
    body = client.get(reverse("negotiation:contract", args=[deal.contract.uuid])).content.decode()
    assert body.count(says) == 2, "under the table, and on the button that is disabled"
    assert "no safe change of their text leads here" not in body


def test_a_second_table_that_cannot_be_told_is_shown_and_named(deal):
    other = ["Role | Daily rate (EUR)", "Scrum master | 900"]
    arrives(deal, doc("# 1 Rates", "Work is charged by time spent.", TABLE, "Abroad:", other))
    finding = deal.finding("rates")
    assert finding.edits == []
    assert [row["item"] for row in rates.table(finding)] == ["Senior Consultant", "Scrum master", "Developer"]
    assert "“Scrum master” could not be compared" in rates.why_unchanged(finding)


def test_each_statement_of_work_of_a_deal_is_mended_by_itself(deal):
    """What cannot be told in one of them keeps nothing from being proposed in another."""
    contracts = [deal.contract]
    for title, rows in (("Second", TABLE), ("Third", ["Role | Daily rate (EUR)", "Developer | 1,200"])):
        contract = deals.add_contract(
            negotiation=deal.negotiation, title=title, paper="theirs", by=deal.who.alice,
            playbook_version=deal.contract.playbook_version,
        )  # fmt: skip
        arrives(replace(deal, contract=contract), doc("# 1 Rates", "Work is charged by time spent.", rows))
        contracts.append(contract)
    arrives(deal, doc("# 1 Rates", "Work is charged by time spent.", [*TABLE, "Scrum master | 900"]))
    first, second, third = (replace(deal, contract=contract).finding("rates") for contract in contracts)
    assert first.edits == []
    assert "“Scrum master”" in rates.why_unchanged(first)
    assert [[edit["text"] for edit in one.edits] for one in (second, third)] == [["1,450"], ["980.50"]]
    assert [[row["item"] for row in rates.table(one)] for one in (second, third)] == [
        ["Senior Consultant", "Developer"],
        ["Developer"],
    ]
    assert second.ways["F1"][0]["text"] == "1,522.50"
    assert not any("another document" in one for one in second.cautions)
    draft.propose(finding=third, by=deal.who.alice, seen=third.version)
    assert Finding.objects.get(pk=third.pk).decision == "proposed"


def test_accept_says_whose_price_it_changes(client, deal):
    """A cell holds nothing but the price; in a line of text the item stands beside it already."""
    client.force_login(deal.who.alice.user)
    page = reverse("negotiation:contract", args=[deal.contract.uuid])
    assert "<p>Senior Consultant: <del" in redlines(client.get(page))
    lines = ("# 1 Rates", "Rates:", "Senior Consultant: EUR 1,750 per day", "Developer: EUR 1,200 per day")
    arrives(deal, doc(*lines))
    shown = redlines(client.get(page))
    assert "<p>Senior Consultant: EUR <del" in shown
    assert "<p>Developer: EUR <del" in shown


def redlines(response):
    return "".join(part.split("</div>")[0] for part in response.content.decode().split("redline-box")[1:])
