"""Opening deals, the package, the seven stages, comments, and how many questions the pages ask."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Notification, Role
from accounts.models.base import Conflict
from negotiation import stages
from negotiation.models import Comment, Counterparty, Negotiation, Stage
from negotiation.services import comments, deals, draft
from playbooks.models import PlaybookVersion
from tests.builders import four_people, member
from tests.deals import FRAME, playbook
from tests.negotiation.deal import LINES, arrives, bytes_of, opened, received, they_track
from tests.redline.notation import doc

pytestmark = pytest.mark.django_db


def test_a_deal_opens_with_both_sides_a_team_and_one_entry():
    who = four_people()
    made = deals.open_negotiation(
        title="Cloud",
        counterparty_name=" Harbour ",
        by=who.alice,
        their_lead=("Dana Other", "Dana@H.example"),
    )
    assert made.our_side().name == "Northgate Analytics"
    assert made.their_side().name == "Harbour"
    assert [row.member for row in made.team.all()] == [who.alice]
    assert made.their_side().parties.get().lead_guest.email == "dana@h.example"
    assert AuditEntry.objects.filter(action="negotiation.opened", negotiation_uuid=made.uuid).count() == 1
    deals.open_negotiation(title="Again", counterparty_name="Harbour", by=who.alice)
    assert Counterparty.objects.count() == 1


def test_the_package_keeps_its_order_and_takes_only_published_playbooks():
    who = four_people()
    made = deals.open_negotiation(title="Cloud", counterparty_name="Harbour", by=who.alice)
    ranks = [
        deals.add_contract(negotiation=made, title=title, paper="ours", by=who.alice).precedence
        for title in ("Master", "Order form")
    ]
    assert ranks == [1, 2]
    unpublished = playbook(who)
    PlaybookVersion.objects.filter(pk=unpublished.pk).update(published_at=None)
    unpublished.refresh_from_db()
    with pytest.raises(ValidationError, match="published"):
        deals.add_contract(
            negotiation=made, title="DPA", paper="ours", by=who.alice, playbook_version=unpublished
        )


def move(deal, target, **more):
    return deals.move_to_stage(negotiation=deal.negotiation, target=target, by=deal.who.alice, **more)


def at(deal, stage: str):
    Negotiation.objects.filter(pk=deal.negotiation.pk).update(stage=stage)
    deal.negotiation.refresh_from_db()
    return {obstacle.code for obstacle in stages.missing_to_leave(deal.negotiation)}


def test_what_is_missing_to_leave_each_stage():
    deal = opened()
    assert at(deal, Stage.PREPARATION) == set()
    Negotiation.objects.update(objectives="")
    assert at(deal, Stage.PREPARATION) == {"objectives"}
    assert at(deal, Stage.DRAFTING) == {"draft"}
    assert at(deal, Stage.ISSUES) == {"review"}
    arrives(deal, doc(*LINES))
    assert at(deal, Stage.DRAFTING) == at(deal, Stage.ISSUES) == set()
    assert at(deal, Stage.COUNTERS) == {"issues"}
    arrives(deal, they_track(bytes_of(deal.version()), ("ten (10)", "nine (9)")))
    assert at(deal, Stage.COUNTERS) == {"issues", "changes"}
    assert at(deal, Stage.REVISION) == {"agreement"}
    assert at(deal, Stage.APPROVAL) == {"signature"}
    assert at(deal, Stage.HANDOVER) == set()


def test_a_stage_is_left_with_its_criteria_met_or_a_reason():
    deal = opened()
    Negotiation.objects.update(objectives="")
    deal.negotiation.refresh_from_db()
    with pytest.raises(ValidationError, match="State what we want"):
        move(deal, Stage.DRAFTING)
    move(deal, Stage.DRAFTING, override_reason="The customer cannot wait.")
    assert deal.negotiation.stage == Stage.DRAFTING
    assert deal.negotiation.stage_entries.last().override_reason == "The customer cannot wait."
    entry = AuditEntry.objects.filter(action="negotiation.stage_entered").last()
    assert entry.payload == {"from": "preparation", "to": "drafting", "overridden": ["objectives"]}


@pytest.mark.parametrize("target", ["issues", "handover", "nonsense", "", "preparation"])
def test_stages_are_not_jumped(target):
    with pytest.raises(ValidationError, match="cannot go"):
        move(opened(), target)


def test_going_back_needs_no_criteria():
    deal = opened()
    at(deal, Stage.REVISION)
    move(deal, Stage.ISSUES)
    assert deal.negotiation.stage == Stage.ISSUES


def test_the_second_to_move_a_deal_is_told(as_):
    deal = opened()
    seen = deal.negotiation.version
    address = reverse("negotiation:stage", args=[deal.negotiation.uuid])
    client = as_(deal.who.alice)
    assert client.post(address, {"target": "drafting", "version": seen}).status_code == 302
    assert client.post(address, {"target": "issues", "version": seen, "reason": "x"}).status_code == 409
    deal.negotiation.refresh_from_db()
    with pytest.raises(Conflict):
        move(deal, Stage.ISSUES, seen=seen, override_reason="x")


def test_the_stage_follows_what_happened(deal):
    deal.negotiation.refresh_from_db()
    assert deal.negotiation.stage == Stage.COUNTERS


# -- comments


def say(deal, body: str, visibility: str = "internal", **more) -> Comment:
    return comments.add_comment(
        contract=deal.contract, body=body, visibility=visibility, by=deal.who.alice, **more
    )


def test_a_mention_tells_colleagues_who_see_the_deal(deal):
    member(deal.who.ours, "bobby", Role.LEGAL)
    emil = member(deal.who.ours, "emil", Role.BUSINESS)
    say(deal, "@bob, @emil and @charlie: look at this. Not you@bobby.example")
    told = {row.member.user.name for row in Notification.objects.filter(kind="comment.mentioned")}
    assert told == {"Bob", "Bobby"}
    deal.negotiation.team.create(organisation=deal.who.ours, member=emil)
    say(deal, "@Emil?")
    assert Notification.objects.filter(kind="comment.mentioned", member=emil).count() == 1


def test_a_question_offers_and_tells_the_colleagues_who_see_the_deal(deal, as_):
    bobby = member(deal.who.ours, "bobby", Role.LEGAL)
    emil = member(deal.who.ours, "emil", Role.BUSINESS)
    client = as_(deal.who.alice)
    offered = client.get(deal.contract.get_absolute_url()).context["colleagues"]
    assert bobby in offered
    assert emil not in offered
    assert deal.who.alice not in offered
    row = deal.contract.findings.filter(decision="open").first()
    url = reverse("negotiation:decide_finding", args=[row.uuid])
    asking = {"decision": "ask", "reason": "Is this usual?", "version": row.version}
    client.post(url, asking | {"colleague": str(bobby.uuid)})
    assert Notification.objects.get(kind="comment.mentioned").member == bobby
    body = client.post(url, asking | {"colleague": str(emil.uuid)}, follow=True).content.decode()
    assert "Choose a colleague who sees this deal." in body
    assert Comment.objects.filter(body="Is this usual?").count() == 1


@pytest.mark.parametrize(
    ("body", "visibility"), [("", "internal"), ("  ", "internal"), ("x" * 5001, "internal"), ("x", "public")]
)
def test_a_comment_has_words_and_an_audience(deal, body, visibility):
    with pytest.raises(ValidationError):
        say(deal, body, visibility)


def test_a_reply_stays_in_its_thread_and_its_audience(deal, as_):
    first = say(deal, "First.", "external")
    client = as_(deal.who.alice)
    address = reverse("negotiation:reply", args=[first.uuid])
    client.post(address, {"text": "Second.", "audience": "internal"})
    second = Comment.objects.get(body="Second.")
    client.post(reverse("negotiation:reply", args=[second.uuid]), {"text": "Third."})
    third = Comment.objects.get(body="Third.")
    assert (second.visibility, second.reply_to, third.reply_to) == ("external", first, first)
    body = client.get(deal.contract.get_absolute_url()).content.decode()
    assert body.index("First.") < body.index("Second.") < body.index("Third.")


def test_a_thread_is_done_once(deal):
    row = say(deal, "Done?")
    comments.resolve_comment(comment=row, by=deal.who.alice)
    comments.resolve_comment(comment=row, by=deal.who.alice)
    assert AuditEntry.objects.filter(action="comment.resolved").count() == 1


def test_a_comment_on_a_paragraph_hangs_on_its_clause(deal, as_):
    block = deal.block("ten (10)")
    address = reverse("negotiation:comment", args=[deal.contract.uuid])
    as_(deal.who.alice).post(address, {"text": "Why?", "audience": "internal", "block": block.address})
    assert Comment.objects.get().clause == deal.clause("ten (10)")


# -- how many questions the pages ask


def queries(client, address: str) -> int:
    client.get(address)  # what is read once per process
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_list_asks_no_more_for_more_deals(as_):
    deal = received()
    client = as_(deal.who.alice)
    address = reverse("negotiation:list") + "?view=all"
    few = queries(client, address)
    for number in range(6):
        made = deals.open_negotiation(
            title=f"Deal {number}", counterparty_name=f"Company {number}", by=deal.who.alice
        )
        deals.add_contract(negotiation=made, title="NDA", paper="ours", by=deal.who.alice)
    assert queries(client, address) == few
    assert few <= 15 + FRAME


@pytest.mark.parametrize("stage", Stage.values)
def test_a_deal_asks_no_more_for_more_turns_people_and_decisions(as_, stage):
    deal = received()
    client = as_(deal.who.alice)
    address = reverse("negotiation:detail", args=[deal.negotiation.uuid])
    finding = deal.finding("compelled_disclosure")
    draft.dismiss(finding=finding, by=deal.who.alice, seen=finding.version, reason="Fine.")
    Negotiation.objects.update(stage=stage)
    few = queries(client, address)
    for name in ("eva", "finn", "gina"):
        deal.negotiation.team.create(
            organisation=deal.who.ours, member=member(deal.who.ours, name, Role.LEGAL)
        )
    for issue in ("non_solicit", "secrecy_term", "return_destroy"):
        finding = deal.finding(issue)
        draft.concede(finding=finding, by=deal.who.alice, seen=finding.version, reason="Later.")
    arrives(deal, they_track(bytes_of(deal.version()), ("ten (10)", "nine (9)")))
    for number in range(3):
        deals.add_contract(
            negotiation=deal.negotiation,
            title=f"Annex {number}",
            paper="ours",
            by=deal.who.alice,
            playbook_version=deal.contract.playbook_version,
        )
    Negotiation.objects.update(stage=stage)
    assert queries(client, address) == few
    assert few <= 15 + FRAME


def test_the_workspace_asks_no_more_for_a_longer_contract(as_):
    deal = received()
    client = as_(deal.who.alice)
    decide(deal, "non_solicit", "propose")
    decide(deal, "compelled_disclosure", "dismiss", reason="Fine.")
    few = queries(client, deal.contract.get_absolute_url())
    longer = [line for number in range(12) for line in (f"# {number + 6} More", f"Clause {number} says so.")]
    draft.set_aside(
        contract=deal.contract,
        by=deal.who.alice,
        seen=draft.open_draft(contract=deal.contract).version,
    )
    arrives(deal, doc(*LINES, *longer))
    arrives(
        deal, they_track(bytes_of(deal.version()), *((f"Clause {n} says", f"It {n} says") for n in range(9)))
    )
    for change in deal.version().changes.all()[:4]:
        draft.decide_change(change=change, accept=False, by=deal.who.alice, seen=change.version)
    for issue in ("non_solicit", "secrecy_term", "exceptions"):
        decide(deal, issue, "propose")
    decide(deal, "return_destroy", "concede", reason="Traded.")
    for number in range(5):
        say(deal, f"Comment {number}")
    deals.add_contract(negotiation=deal.negotiation, title="Annex", paper="ours", by=deal.who.alice)
    assert deal.version().changes.exclude(origin="draft").count() == 9
    many = queries(client, deal.contract.get_absolute_url())
    assert many == few
    assert many <= 19 + FRAME


def decide(deal, issue: str, verb: str, **more: str) -> None:
    finding = deal.finding(issue)
    getattr(draft, verb)(finding=finding, by=deal.who.alice, seen=finding.version, **more)


def test_older_decisions_of_a_deal_are_on_further_pages(deal, as_, monkeypatch):
    monkeypatch.setattr("negotiation.overview.record.PER_PAGE", 2)
    rows = list(deal.contract.findings.filter(decision="open")[:3])
    for row in rows:
        draft.dismiss(finding=row, by=deal.who.alice, seen=row.version, reason=f"Because {row.issue}.")
    address = reverse("negotiation:detail", args=[deal.negotiation.uuid])
    client = as_(deal.who.alice)
    first, second = (client.get(address, {"decisions": number}).context["decisions"] for number in ("1", "2"))
    assert first.newer == 0
    assert first.older == 2
    assert second.newer == 1
    told = [(row["at"], row["sentence"], row["what"]) for page in (first, second) for row in page.rows]
    assert len(told) == len(set(told)) == 4
    assert "decisions=2" in client.get(address).content.decode()
    assert client.get(address, {"decisions": "nonsense"}).status_code == 200
