"""Opening, keeping and reopening requests, and who is asked: the rules without any page."""

import pytest

from accounts.models import Notification, Role
from accounts.services import people
from approvals.models import ApprovalRequest, MatrixRow, RequestState
from approvals.notes import issue_notes, why_asked
from approvals.services import decisions, matrix, requests
from approvals.services.requests import covers, text_hash
from negotiation import gates
from tests.builders import four_people, member
from tests.deals import Table, asked, concession, finding, rules_of, table

pytestmark = pytest.mark.django_db

OPEN, APPROVED, CONDITIONAL, REJECTED = (
    RequestState.OPEN,
    RequestState.APPROVED,
    RequestState.CONDITIONAL,
    RequestState.REJECTED,
)
BELOW = 3  # one past a ladder of three rungs


class Asked:
    """What `covers` looks at of a request."""

    def __init__(self, state: str, rung_index: int, is_unreadable: bool = False) -> None:
        self.state, self.rung_index, self.text_hash = state, rung_index, text_hash("the words")
        self.is_unreadable = is_unreadable


class Standing:
    """What `covers` looks at of a concession."""

    def __init__(self, rung_index: int, after: str, is_unreadable: bool = False) -> None:
        self.rung_index, self.after, self.is_unreadable = rung_index, after, is_unreadable
        self.rung = "" if rung_index == BELOW else f"R{rung_index}"


@pytest.mark.parametrize(
    ("state", "was", "now", "words", "covered"),
    [
        # An approval covers its rung or better, whatever the words.
        (APPROVED, 2, 2, "the words", True),
        (APPROVED, 2, 2, "other words", True),
        (APPROVED, 2, 1, "other words", True),
        (CONDITIONAL, 2, 1, "other words", True),
        # It does not cover anything worse, be it by other words or by what the same words now mean.
        (APPROVED, 1, 2, "other words", False),
        (APPROVED, 1, 2, "the words", False),
        (CONDITIONAL, 1, 2, "the words", False),
        (APPROVED, 2, BELOW, "the words", False),
        # Below the last rung no rule bounds the text: only exactly the approved words are covered.
        (APPROVED, BELOW, BELOW, "the words", True),
        (APPROVED, BELOW, BELOW, "other words", False),
        (APPROVED, BELOW, 2, "other words", True),
        # A question still open, or answered with no, is about exactly what was asked.
        (OPEN, 2, 2, "the words", True),
        (OPEN, 2, 2, "other words", False),
        (OPEN, 2, 1, "the words", False),
        (REJECTED, 2, 2, "the words", True),
        (REJECTED, 2, 2, "other words", False),
        (REJECTED, 2, 1, "other words", False),
    ],
)
def test_what_an_answer_covers(state, was, now, words, covered):
    assert covers(Asked(state, was), Standing(now, words)) is covered


@pytest.mark.parametrize("state", [OPEN, APPROVED, CONDITIONAL, REJECTED])
@pytest.mark.parametrize("was", [True, False])
def test_the_same_words_read_otherwise_than_they_were_are_another_question(state, was):
    """A definition they lean on can make words unreadable, or readable and bad."""
    assert covers(Asked(state, BELOW, was), Standing(BELOW, "the words", was))
    assert not covers(Asked(state, BELOW, was), Standing(BELOW, "the words", not was))


@pytest.fixture
def at() -> Table:
    return table(four_people())


def stand(at: Table, found, **more: object) -> None:
    requests.concessions_changed(at.contract, [concession(found, **more)], at.people.alice)


def states(at: Table) -> list[str]:
    return list(ApprovalRequest.objects.order_by("pk").values_list("state", flat=True))


def test_a_free_rung_asks_nobody(at):
    stand(at, finding(at), is_free=True)
    assert states(at) == []


def test_the_same_concession_is_asked_once(at):
    found = finding(at)
    stand(at, found)
    stand(at, found)
    assert states(at) == [OPEN]


def test_taking_the_concession_back_takes_the_question_back(at):
    found = finding(at)
    stand(at, found)
    stand(at, found, is_free=True)
    assert states(at) == [RequestState.WITHDRAWN]


def test_other_words_replace_an_open_question(at):
    found = finding(at)
    stand(at, found)
    stand(at, found, after="Another clause.")
    assert states(at) == [RequestState.WITHDRAWN, OPEN]


def approved(at: Table, found, outcome: str = APPROVED) -> ApprovalRequest:
    row = asked(at, found=found)
    return decisions.decide(
        request=row, outcome=outcome, by=at.ines, seen=1, comment="So.", condition="Only this year."
    )


def test_better_words_keep_an_approval_and_worse_ones_reopen_it(at):
    found = finding(at)
    row = approved(at, found)
    stand(at, found, after="Better words.")
    assert states(at) == [APPROVED]
    ladder = len(rules_of(at.contract).issue(found.issue).rungs)
    stand(at, found, rung_index=ladder, after="Much worse words.")
    assert states(at) == [APPROVED, OPEN]
    assert ApprovalRequest.objects.get(state=OPEN).reopened_from == row


def test_a_change_reopens_only_the_approval_of_its_own_clause(at):
    codes = [issue.code for issue in rules_of(at.contract).issues if not all(r.free for r in issue.rungs)]
    one, other = finding(at, issue=codes[0]), finding(at, issue=codes[1], clause_at=2)
    approved(at, one)
    approved(at, other)
    below = len(rules_of(at.contract).issue(one.issue).rungs)
    both = [
        concession(one, rung_index=below, after="Worse."),
        concession(other, rung_index=ApprovalRequest.objects.get(issue=other.issue).rung_index),
    ]
    requests.concessions_changed(at.contract, both, at.people.alice)
    assert {row.issue: row.state for row in ApprovalRequest.objects.filter(state=OPEN)} == {one.issue: OPEN}


def test_a_rejection_stands_until_the_words_change(at):
    found = finding(at)
    approved(at, found, REJECTED)
    stand(at, found)
    assert states(at) == [REJECTED]
    stand(at, found, after="Softer words.")
    assert states(at) == [REJECTED, OPEN]


def test_a_turn_is_held_by_open_and_rejected_concessions_only(at):
    found = finding(at)
    standing = [concession(found)]
    codes = [o.code for o in gates.turn_obstacles(at.contract, standing)]
    assert codes == ["unasked"]
    row = asked(at, found=found)
    assert [o.code for o in gates.turn_obstacles(at.contract, standing)] == ["waiting"]
    assert [o.code for o in gates.signing_obstacles(at.contract, at.version)] == ["waiting"]
    decisions.decide(request=row, outcome=REJECTED, by=at.ines, seen=1, comment="No.")
    assert [o.code for o in gates.turn_obstacles(at.contract, standing)] == ["rejected"]


def test_an_approved_concession_holds_nothing(at):
    found = finding(at)
    approved(at, found)
    assert gates.turn_obstacles(at.contract, [concession(found)]) == []
    assert gates.signing_obstacles(at.contract, at.version) == []


# --- who is asked -------------------------------------------------------------------------------------------


def asked_of(row: ApprovalRequest) -> list[str]:
    return [
        step.person.user.name if step.person else step.team.code if step.team else "anybody"
        for step in row.steps.order_by("pk")
    ]


@pytest.mark.parametrize(
    ("approvers", "mode", "expected"),
    [
        (("legal",), "any", ["legal"]),
        (("cfo", "legal"), "any", ["cfo"]),
        (("cfo", "legal"), "all", ["cfo", "legal"]),
        (("nowhere",), "any", ["anybody"]),
        (("nowhere", "legal"), "any", ["legal"]),
        (("nowhere", "legal"), "all", ["anybody", "legal"]),
        (("operations", "legal"), "any", ["legal"]),  # Dara of operations is no approver
        (("operations",), "any", ["anybody"]),
        ((), "any", ["anybody"]),
    ],
)
def test_the_playbooks_rule_names_who_decides(at, approvers, mode, expected):
    assert asked_of(asked(at, approvers=approvers, mode=mode)) == expected


def test_a_team_of_nobody_but_the_requester_does_not_hold_the_question_for_ever(at):
    eve = member(at.people.ours, "eve", Role.LEGAL, Role.APPROVER)
    people.set_team(organisation=at.people.ours, code="privacy", name="Privacy", members=[eve], by=None)
    row = asked(at, by=eve, approvers=("privacy",))
    assert asked_of(row) == ["anybody"]
    assert {one.user.name for one in requests.people_asked(row)} == {"Carla", "Ines"}


@pytest.mark.parametrize(
    ("line", "risk", "asks"),
    [
        ({}, "low", True),
        ({"risk": "medium"}, "low", False),
        ({"risk": "medium"}, "medium", True),
        ({"risk": "medium"}, "high", True),
        ({"issue": "another_issue"}, "high", False),
        ({"rung": "another_rung"}, "high", False),
        ({"rung": "walk_away"}, "high", False),
        ({"value_from_minor": 5_000_000, "currency": "EUR"}, "low", True),
        ({"value_from_minor": 5_000_001, "currency": "EUR"}, "low", False),
        ({"value_from_minor": 1, "currency": "USD"}, "low", False),
        ({"value_from_minor": 1}, "low", True),
    ],
)
def test_a_line_of_the_matrix_asks_in_addition(at, line, risk, asks):
    MatrixRow.objects.create(organisation=at.people.ours, person=at.carla, **line)
    assert asked_of(asked(at, risk=risk)) == ["legal", *(["Carla"] if asks else [])]


def test_a_line_can_speak_of_what_is_below_the_last_fallback(at):
    MatrixRow.objects.create(organisation=at.people.ours, person=at.carla, rung="walk_away")
    row = asked(at, rung_index=BELOW)
    assert asked_of(row) == ["legal", "Carla"]
    assert why_asked(row.steps.get(person=at.carla)).endswith("any issue, below the last fallback")


def test_a_deal_without_a_value_is_below_every_amount():
    at = table(four_people(), value_minor=None)
    MatrixRow.objects.create(organisation=at.people.ours, person=at.carla, value_from_minor=1)
    assert asked_of(asked(at)) == ["legal"]


def test_lines_that_ask_the_same_are_one_step(at):
    for _line in range(2):
        matrix.add_line(by=at.people.alice, team=at.ines.teams.get())
    row = asked(at)
    assert asked_of(row) == ["legal"]
    assert row.steps.get().line is None
    assert "the playbook's rule" in why_asked(row.steps.get())


def test_a_step_says_which_line_asked_even_after_others_were_archived(at):
    first = matrix.add_line(by=at.people.alice, person=at.carla, value_from_minor=9_999_999_999)
    code = finding(at).issue
    line = matrix.add_line(
        by=at.people.alice,
        person=at.carla,
        issue=code,
        risk="medium",
        value_from_minor=2_500_050,
        currency="EUR",
    )
    row = asked(at, found=at.contract.findings.get())
    step = row.steps.get(person=at.carla)
    assert step.line == line
    words = f"the approval matrix: {row.issue_title}, risk medium or higher, deal value from EUR 25,000.50"
    assert why_asked(step) == words
    matrix.archive_line(line=first, by=at.people.alice, seen=1)
    matrix.archive_line(line=line, by=at.people.alice, seen=1)
    assert why_asked(row.steps.get(person=at.carla)) == words


def test_an_archived_line_and_anothers_matrix_ask_nobody(at):
    line = matrix.add_line(by=at.people.alice, person=at.carla)
    matrix.archive_line(line=line, by=at.people.alice, seen=1)
    MatrixRow.objects.create(organisation=at.people.other, person=at.people.charlie)
    assert asked_of(asked(at)) == ["legal"]


def test_every_step_must_agree_and_one_no_is_a_no(at):
    row = asked(at, approvers=("cfo", "legal"), mode="all")
    row = decisions.decide(request=row, outcome=APPROVED, by=at.carla, seen=1)
    assert row.state == OPEN
    row = decisions.decide(request=row, outcome=CONDITIONAL, by=at.ines, seen=2, condition="This year only.")
    assert (row.state, row.condition) == (CONDITIONAL, "This year only.")

    again = asked(at, found=row.finding, approvers=("cfo", "legal"), mode="all", after="w", rung_index=99)
    again = decisions.decide(request=again, outcome=REJECTED, by=at.ines, seen=1, comment="No.")
    assert again.state == REJECTED


def test_the_contract_page_is_told_how_each_issue_stands(at):
    row = asked(at)
    url = row.get_absolute_url()
    assert gates.issue_notes([at.contract])[at.contract.pk] == {
        row.issue: {
            "title": row.title,
            "state": "waiting",
            "needs": "waits for Legal leads",
            "said": "",
            "url": url,
        }
    }
    decisions.decide(request=row, outcome=CONDITIONAL, by=at.ines, seen=1, condition="This year only.")
    note = issue_notes([at.contract])[at.contract.pk][row.issue]
    assert (note["state"], note["needs"]) == ("approved_with_condition", "This year only.")
    assert note["said"].startswith(f"approved by {at.ines.user.name} on ")


def test_a_decided_or_withdrawn_request_is_no_longer_new_to_anybody():
    at = table(four_people())
    row = asked(at)
    new = Notification.objects.filter(kind="approval.asked", read_at=None)
    assert [note.member for note in new] == [at.ines]
    decisions.decide(request=row, outcome="rejected", by=at.ines, seen=row.version, comment="No.")
    assert not new.all().exists()
    assert Notification.objects.filter(kind="approval.decided", read_at=None).count() == 1
