"""My work: each person sees what needs them, the late things first, and nothing of another organisation."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Role
from approvals.models import RequestState
from approvals.services import decisions
from negotiation.models import Negotiation, Stage, Turn, Version, VersionState
from negotiation.services import deals
from obligations.pages import today_of
from signing.services import envelopes, invitations
from signing.services.envelopes import Invited
from tests.builders import four_people
from tests.deals import Table, agreed, asked, finding, obligation, ready_version, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Table:
    return table(four_people())


def home(client, who):
    client.force_login(who.user)
    response = client.get("/")
    assert response.status_code == 200
    return response


def lines(client, who) -> list[tuple[str, str]]:
    return [(line["title"], line["tone"]) for line in home(client, who).context["attention"]]


def test_nothing_needs_a_reader(client, at):
    asked(at)
    assert lines(client, at.people.bob) == []
    assert "Nothing needs you now" in home(client, at.people.bob).content.decode()


def test_an_outsider_sees_nothing_of_us(client, at):
    row = asked(at)
    body = home(client, at.people.charlie).content.decode()
    assert row.title not in body
    assert at.negotiation.title not in body


def test_late_things_stand_before_near_ones(client, at):
    today = today_of(at.dara)
    obligation(at, title="Near", owner=at.dara, due_on=today + timedelta(days=6))
    obligation(at, title="Late", owner=at.dara, due_on=today - timedelta(days=1))
    obligation(at, title="Far", owner=at.dara, due_on=today + timedelta(days=8))
    assert lines(client, at.dara) == [("Late", "red"), ("Near", "amber")]


def test_an_approver_sees_requests_red_once_late(client, at):
    row = asked(at)
    type(row).objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert lines(client, at.ines) == [(row.title, "red")]
    assert lines(client, at.carla) == []


def test_the_requester_sees_a_rejection_until_the_deal_moves_on(client, at):
    row = asked(at)
    decisions.decide(request=row, outcome=RequestState.REJECTED, by=at.ines, seen=1, comment="No.")
    assert (row.title, "amber") in lines(client, at.people.alice)
    agreed(at)
    assert (row.title, "amber") not in lines(client, at.people.alice)


def test_the_lawyer_sees_open_issues_of_the_newest_version_only(client, at):
    finding(at)
    shown = home(client, at.people.alice).context["attention"]
    assert [line["why"] for line in shown] == ["1 issue to decide"]


def test_open_issues_need_nobody_here_while_the_turn_is_with_the_other_side(client, at):
    finding(at)
    assert (at.contract.title, "") in lines(client, at.people.alice)
    Turn.objects.create(
        organisation=at.contract.organisation,
        contract=at.contract,
        number=9,
        side=at.negotiation.our_side(),
        version=ready_version(at.contract),
        sent_at=timezone.now(),
    )
    finding(replace(at, version=at.contract.ready_version()))
    assert (at.contract.title, "") not in lines(client, at.people.alice)


def test_a_draft_that_could_not_be_read_stands_first(client, at):
    Version.objects.update(
        state=VersionState.FAILED, failure="It is password-protected.", uploaded_by=at.people.alice
    )
    shown = home(client, at.people.alice).context["attention"]
    assert (shown[0]["tone"], shown[0]["why"]) == ("red", "Could not be read: It is password-protected.")


def test_signing_shows_up_before_and_during_without_the_link(client, at):
    agreed(at)
    shown = home(client, at.people.alice).context["attention"]
    assert [line["url"] for line in shown] == [reverse("signing:start", args=[at.contract.uuid])]
    envelope = envelopes.start_signing(
        contract=at.contract,
        invited=[
            Invited(at.negotiation.our_side(), "Alice", "alice@northgate.example", member=at.people.alice),
            Invited(at.negotiation.their_side(), "Dana Other", "dana@harbour.example"),
        ],
        by=at.people.alice,
    )
    response = home(client, at.people.alice)
    assert [line["url"] for line in response.context["attention"]] == [envelope.get_absolute_url()]
    assert invitations.token_of(envelope.signers.get(name="Alice").uuid) not in response.content.decode()


def test_figures_lead_to_what_they_count(client, at):
    asked(at)
    obligation(at, owner=at.dara, due_on=today_of(at.dara) - timedelta(days=1))
    for who in (at.ines, at.dara):
        for figure in home(client, who).context["stats"]:
            assert client.get(figure["url"]).status_code == 200
    numbers = {row["label"]: row["number"] for row in home(client, at.dara).context["stats"]}
    assert numbers["Your overdue obligations"] == 1


def test_deals_last_worked_on_come_from_the_record(client, at):
    assert [row.title for row in home(client, at.people.alice).context["recent"]] == [at.negotiation.title]
    assert home(client, at.people.bob).context["recent"] == []


def questions(client) -> int:
    client.get("/")
    with CaptureQueriesContext(connection) as asked_for:
        assert client.get("/").status_code == 200
    return len(asked_for)


def more_deals(at: Table, number: int) -> None:
    """Deals in every stage that asks about its contracts, with two contracts each."""
    for place in range(number):
        deal = deals.open_negotiation(
            title=f"Deal {place}", counterparty_name=f"Quay {place}", by=at.people.alice
        )
        for title in ("Main", "Annex"):
            contract = deals.add_contract(
                negotiation=deal, title=title, paper="theirs", by=at.people.alice,
                playbook_version=at.contract.playbook_version,
            )  # fmt: skip
            finding(replace(at, negotiation=deal, contract=contract, version=ready_version(contract)))
        stage = (Stage.COUNTERS, Stage.ISSUES, Stage.DRAFTING)[place % 3]
        Negotiation.objects.filter(pk=deal.pk).update(stage=stage)


def test_the_number_of_queries_does_not_grow_with_the_deals(client, at):
    """The lawyer who may do everything: administrator, approver and leader of the deals."""
    alice = at.people.alice
    Membership.objects.filter(pk=alice.pk).update(roles=[*alice.roles, Role.APPROVER])
    for _row in range(15):
        obligation(at, owner=alice, due_on=today_of(at.dara))
    client.force_login(alice.user)
    more_deals(at, 1)
    two = questions(client)
    more_deals(at, 6)
    eight = questions(client)
    assert Negotiation.objects.count() == 8
    assert two == eight <= 15


def test_a_running_deal_says_whose_turn_it_is_and_what_it_lacks(client, at):
    more_deals(at, 3)
    shown = {row["title"]: row for row in home(client, at.people.alice).context["negotiations"]}
    assert shown["Deal 0"]["next"] == "1 issue in “Main” is open."
    assert shown["Deal 1"]["next"] == ""
    Turn.objects.create(
        organisation=at.people.ours, contract=at.contract, number=1, version=at.version,
        side=at.negotiation.our_side(), sent_at=timezone.now(),
    )  # fmt: skip
    shown = {row["title"]: row for row in home(client, at.people.alice).context["negotiations"]}
    assert (shown[at.negotiation.title]["whose"], shown["Deal 0"]["whose"]) == ("theirs", "ours")
