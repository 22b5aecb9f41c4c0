"""The approver's queue: what each person sees, and deciding from it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from approvals.models import ApprovalDecision, RequestState
from approvals.services import decisions, matrix
from negotiation.models import Comment
from tests.builders import People, four_people, member
from tests.deals import FRAME, Table, asked, finding, rules_of, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Table:
    return table(four_people())


def page(client: Client, who, url: str, **query: str):
    client.force_login(who.user)
    return client.get(url, query)


def decide(client: Client, who, row, decision: str, **more: object):
    client.force_login(who.user)
    url = reverse("approvals:decide", args=[row.uuid])
    return client.post(url, {"decision": decision, "version": row.version, **more})


def test_it_shows_an_approver_what_waits_for_them_and_opens_the_first(client, at):
    row = asked(at)
    response = page(client, at.ines, reverse("approvals:queue"))
    body = response.content.decode()
    assert response.status_code == 200
    assert row.title in body
    assert "We need the trial to start on Monday." in body
    assert "<del" in body
    assert "<ins" in body
    assert "Harbour Cloud" in body


def test_it_shows_nothing_to_an_approver_of_another_team(client, at):
    row = asked(at)
    body = page(client, at.carla, reverse("approvals:queue")).content.decode()
    assert row.title not in body
    assert "Nothing to approve" in body


def test_it_shows_all_open_requests_to_colleagues_without_the_approver_role(client, at):
    row = asked(at)
    body = page(client, at.people.bob, reverse("approvals:queue")).content.decode()
    assert row.title in body
    assert "This waits for Legal leads." in body
    assert 'value="approve"' not in body


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"risk": "medium"}, True),
        ({"risk": "high"}, False),
        ({"party": "Harbour Cloud"}, True),
        ({"party": "Somebody else"}, False),
        ({"issue": "no_such_issue"}, False),
        ({"risk": "nonsense"}, True),
    ],
)
def test_it_filters(client, at, query, shown):
    row = asked(at)
    body = page(client, at.ines, reverse("approvals:queue"), **query).content.decode()
    assert (row.title in body) == shown


def test_what_falls_due_first_stands_first(client, at):
    codes = [i.code for i in rules_of(at.contract).issues if any(not r.free for r in i.rungs)][:2]
    slow = asked(at, found=finding(at, issue=codes[0]), risk="low", rung_index=0)
    quick = asked(at, found=finding(at, issue=codes[1]), risk="high", rung_index=0)
    shown = page(client, at.ines, reverse("approvals:queue")).context["requests"]
    assert [row["id"] for row in shown] == [str(quick.uuid), str(slow.uuid)]


def test_an_outsider_gets_404_and_a_reader_403(client, at):
    row = asked(at)
    assert page(client, at.people.charlie, row.get_absolute_url()).status_code == 404
    assert decide(client, at.people.charlie, row, "approve").status_code == 404
    assert decide(client, at.people.bob, row, "approve").status_code == 403
    row.refresh_from_db()
    assert row.state == RequestState.OPEN


def test_anonymous_visitors_are_sent_to_sign_in(client, at):
    response = client.get(asked(at).get_absolute_url())
    assert response.status_code == 302
    assert "sign-in" in response["Location"]


def test_approving_decides_it_and_goes_back_to_the_request(client, at):
    row = asked(at)
    response = decide(client, at.ines, row, "approve")
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.state == RequestState.APPROVED
    assert "Approved" in page(client, at.ines, row.get_absolute_url()).content.decode()


def test_an_approver_the_request_does_not_ask_may_not_decide(client, at):
    row = asked(at)
    assert decide(client, at.carla, row, "approve").status_code == 403
    row.refresh_from_db()
    assert (row.state, row.version) == (RequestState.OPEN, 1)


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        ("approve_with_condition", "Write the condition you approve under."),
        ("reject", "Say why you reject it"),
        ("ask", "Write your question."),
        ("sing", "Choose approve"),
        ("", "Choose approve"),
    ],
)
def test_what_is_missing_is_said_on_the_same_page(client, at, decision, sentence):
    row = asked(at)
    response = decide(client, at.ines, row, decision, reason=" ", condition=" ")
    assert response.status_code == 200
    assert sentence in response.content.decode()
    row.refresh_from_db()
    assert row.state == RequestState.OPEN


def test_nothing_typed_is_lost_when_the_version_is_missing(client, at):
    row = asked(at)
    client.force_login(at.ines.user)
    url = reverse("approvals:decide", args=[row.uuid])
    response = client.post(url, {"decision": "reject", "reason": "Two years are too short."})
    assert "Two years are too short." in response.content.decode()


def test_the_second_decider_is_told_who_decided_what(client, at):
    row = asked(at)
    seen = row.version
    decisions.decide(request=row, outcome=RequestState.REJECTED, by=at.ines, seen=seen, comment="No.")
    client.force_login(at.ines.user)
    url = reverse("approvals:decide", args=[row.uuid])
    response = client.post(url, {"decision": "approve", "version": seen})
    assert response.status_code == 409
    assert "Ines already decided: rejected" in response.content.decode()
    assert ApprovalDecision.objects.count() == 1


def test_a_question_stands_at_the_clause_and_decides_nothing(client, at):
    row = asked(at)
    decide(client, at.ines, row, "ask", reason="Why Monday?")
    comment = Comment.objects.get()
    assert (comment.body, comment.visibility, comment.clause_id) == ("Why Monday?", "internal", row.clause_id)
    row.refresh_from_db()
    assert row.state == RequestState.OPEN
    assert at.people.alice.notifications.filter(kind="comment.mentioned").count() == 1


def test_the_requester_sees_why_they_cannot_decide(client, at):
    both = member(at.people.ours, "eve", Role.LEGAL, Role.APPROVER)
    at.ines.teams.get().members.add(both)
    row = asked(at, by=both)
    body = page(client, both, row.get_absolute_url()).content.decode()
    assert "You asked for this yourself" in body
    assert decide(client, both, row, "approve").status_code == 403


def test_business_people_see_only_requests_of_their_own_deals(client, at):
    row = asked(at)
    emil = member(at.people.ours, "emil", Role.BUSINESS)
    assert page(client, emil, row.get_absolute_url()).status_code == 404
    at.negotiation.team.create(organisation=at.negotiation.organisation, member=emil)
    assert page(client, emil, row.get_absolute_url()).status_code == 200


def test_the_queue_asks_no_more_for_more_requests_steps_and_decisions(client, at):
    client.force_login(at.ines.user)

    def queries() -> int:
        client.get(reverse("approvals:queue"), {"view": "all"})
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("approvals:queue"), {"view": "all"}).status_code == 200
        return len(seen)

    codes = [issue.code for issue in rules_of(at.contract).issues][:7]
    asked(at, found=finding(at, issue=codes[0]), rung_index=0)
    few = queries()
    matrix.add_line(by=at.people.alice, person=at.carla)
    for code in codes[1:]:
        row = asked(
            at,
            found=finding(at, issue=code),
            rung_index=0,
            approvers=("cfo", "legal"),
            mode="all",
            risk="high",
        )
        decisions.decide(request=row, outcome=RequestState.APPROVED, by=at.carla, seen=1)
    assert queries() == few
    assert few <= 15 + FRAME


def test_it_reads_without_any_request(client):
    who: People = four_people()
    assert page(client, who.alice, reverse("approvals:queue")).status_code == 200


def test_a_team_that_is_asked_is_shown_with_the_people_who_can_decide(client, at):
    row = asked(at)
    team = row.steps.get().team
    team.members.add(at.people.bob)  # who may only read
    item = page(client, at.people.bob, row.get_absolute_url()).context["item"]
    assert [(step["who"], step["people"]) for step in item["steps"]] == [(team.name, at.ines.user.name)]
    assert at.ines.user.name in page(client, at.people.bob, row.get_absolute_url()).content.decode()


def test_the_rungs_a_line_of_the_matrix_can_name_stand_under_their_issue(client, at):
    body = page(client, at.people.alice, reverse("approvals:matrix")).content.decode()
    issue = rules_of(at.contract).issues[0]
    group = body[body.index(f'<optgroup label="{issue.title}"') :]
    assert issue.rungs[0].label[:20] in group[: group.index("</optgroup>")]


def test_older_decisions_are_on_further_pages(client, at, monkeypatch):
    monkeypatch.setattr("approvals.views.PER_PAGE", 1)
    issues = [i.code for i in rules_of(at.contract).issues if any(not r.free for r in i.rungs)][:2]
    for code in issues:
        row = asked(at, found=finding(at, issue=code))
        decisions.decide(request=row, outcome="approved", by=at.ines, seen=row.version)
    first = page(client, at.people.bob, reverse("approvals:queue"), view="decided")
    second = page(client, at.people.bob, reverse("approvals:queue"), view="decided", page="2")
    shown = [one["title"] for answer in (first, second) for one in answer.context["requests"]]
    assert len(shown) == len(set(shown)) == 2
    assert "page=2" in first.content.decode()
