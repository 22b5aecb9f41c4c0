"""From agreed rungs to dated duties, and from dates to reminders: month ends, clock changes, downtime."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry
from jobs.testing import run_all
from negotiation.models import Contract, Finding, VersionLabel
from obligations.dates import EARLIEST, LATEST, add_days, add_months
from obligations.models import Obligation, Reminder
from obligations.services import mapping, performance, reminders
from obligations.services.mapping import describe_rule, due_date
from playbooks.rules import Due
from tests.builders import four_people
from tests.deals import NOON, Table, finding, obligation, rules_of, table

SIGNED = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-12-01", 24, "2028-12-01"),
    ],
)
def test_months_end_where_the_month_ends(day, months, later):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("counted", "gives"),
    [
        (add_months(date(2199, 11, 30), 1), date(2199, 12, 30)),
        (add_months(LATEST, 1), None),
        (add_months(date(9999, 12, 31), 1), None),
        (add_months(date(2027, 1, 1), 10**18), None),
        (add_months(EARLIEST, -1), None),
        (add_days(date(2199, 12, 1), 30), LATEST),
        (add_days(date(2199, 12, 1), 31), None),
        (add_days(date(2027, 1, 1), 10**18), None),
        (add_days(date(2027, 1, 1), -(10**18)), None),
        (add_days(EARLIEST, -1), None),
        (add_days(EARLIEST, 0), EARLIEST),
    ],
)
def test_counting_ends_at_the_last_possible_day(counted, gives):
    assert counted == gives


@pytest.mark.parametrize(
    ("due", "term", "expected"),
    [
        (Due("after", "signature", 30), None, "2026-12-23"),
        (Due("after", "the Effective Date", 0), None, "2026-11-23"),
        (Due("before", "renewal", 60), 12, "2027-09-24"),
        (Due("after", "end of agreement", 1095), 24, "2031-11-23"),
        (Due("after", "end_of_the_agreement", 1), 24, "2028-11-24"),
        (Due("before", "renewal", 60), None, None),  # the term is not known: no date is guessed
        (Due("after", "acceptance", 30), 24, None),
        (Due("every", "month"), None, "2026-12-23"),
        (Due("every", "quarter"), None, "2027-02-23"),
        (Due("every", "half_year"), None, "2027-05-23"),
        (Due("every", "calendar year"), None, "2027-11-23"),
        (Due("every", "full moon"), None, None),
        (Due("on", "disclosure required by law", 30), 24, None),
        (Due("after", "signature", 10**12), 24, None),  # no possible day: none is made up
        (Due("before", "signature", 10**12), 24, None),
    ],
)
def test_a_rule_gives_a_date_or_none_but_never_a_guess(due, term, expected):
    assert due_date(due, SIGNED, term) == (date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"kind": "after", "event": "signature", "days": 30}, "30 days after signature"),
        ({"kind": "after", "event": "signature", "days": 1}, "1 day after signature"),
        ({"kind": "after", "event": "signature"}, "on signature"),
        ({"kind": "before", "event": "renewal", "days": 60}, "60 days before renewal"),
        ({"kind": "every", "event": "quarter"}, "every quarter after signature"),
        ({"kind": "on", "event": "oral_disclosure", "days": 30}, "within 30 days of each oral disclosure"),
        ({"kind": "on", "event": "audit"}, "each time: audit"),
        ({}, ""),
    ],
)
def test_rules_read_as_words(rule, words):
    assert describe_rule(rule) == words


@pytest.fixture
def at(db) -> Table:
    return table(four_people())


def executed(at: Table) -> list[Finding]:
    """The table's contract executed, with a finding on every rung of the playbook that creates duties."""
    found = []
    for issue in rules_of(at.contract).issues:
        rung = next((one for one in issue.rungs if one.obligations), None)
        if rung is not None:
            found.append(finding(at, issue=issue.code, rung=rung.id))
    type(at.version).objects.filter(pk=at.version.pk).update(label=VersionLabel.EXECUTED)
    Contract.objects.filter(pk=at.contract.pk).update(executed_at=NOON)
    at.contract.refresh_from_db()
    return found


def test_agreed_rungs_become_duties_with_their_clause_and_words(at):
    found = executed(at)
    mapping.contract_executed(at.contract)
    rows = list(Obligation.objects.all())
    expected = sum(len(rules_of(at.contract).issue(one.issue).rung(one.rung).obligations) for one in found)
    assert len(rows) == expected > 0
    assert {row.issue for row in rows} == {one.issue for one in found}
    assert all(row.clause_id and row.quote and row.finding_id for row in rows)
    assert AuditEntry.objects.filter(action="obligation.created").count() == expected


def test_running_the_mapping_twice_adds_nothing(at):
    executed(at)
    mapping.contract_executed(at.contract)
    before = (Obligation.objects.count(), Reminder.objects.count(), AuditEntry.objects.count())
    mapping.contract_executed(at.contract)
    assert (Obligation.objects.count(), Reminder.objects.count(), AuditEntry.objects.count()) == before


def test_a_team_that_exists_gives_the_owner_and_another_leaves_it_open(at):
    executed(at)
    mapping.contract_executed(at.contract)
    by_role = {row.owner_role: row.owner for row in Obligation.objects.all()}
    assert by_role["legal"] == at.ines
    assert by_role["business"] is None


def test_the_day_of_signature_is_the_organisations_day(at):
    executed(at)
    late_evening = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # already 2027 in Berlin
    Contract.objects.filter(pk=at.contract.pk).update(executed_at=late_evening)
    at.contract.refresh_from_db()
    assert mapping._local(at.contract) == date(2027, 1, 1)


# --- reminders ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [
        ("2027-03-27", "Europe/Berlin", "2027-03-27T07:00"),  # the day before the clocks go forward
        ("2027-03-28", "Europe/Berlin", "2027-03-28T06:00"),
        ("2027-10-31", "Europe/Berlin", "2027-10-31T07:00"),  # the day they go back
        ("2027-04-04", "Australia/Lord_Howe", "2027-04-03T21:30"),  # half an hour back
        ("2027-10-03", "Australia/Lord_Howe", "2027-10-02T21:00"),
        ("2011-12-30", "Pacific/Apia", "2011-12-30T18:00"),  # a day that was skipped: the morning after
        ("2027-01-01", "UTC", "2027-01-01T08:00"),
    ],
)
def test_it_is_eight_in_the_morning_where_the_duty_is(day, zone, expected):
    assert reminders.instant(date.fromisoformat(day), zone) == datetime.fromisoformat(f"{expected}+00:00")


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata",
        "Asia/Tehran", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Africa/Cairo",
        "America/Santiago", "UTC",
    ],
)  # fmt: skip
def test_over_five_years_each_day_has_one_later_instant(zone):
    first = date(2026, 1, 1)
    instants = [reminders.instant(first + timedelta(days=n), zone) for n in range(5 * 365)]
    steps = {later - earlier for earlier, later in pairwise(instants)}
    assert all(timedelta(hours=22) <= step <= timedelta(hours=26) for step in steps)
    for moment in instants:
        assert moment.astimezone(ZoneInfo(zone)).hour in (8, 9)


@pytest.fixture
def quiet(at) -> Table:
    """Reminders 7 and 1 days before."""
    at.people.ours.reminder_days = "7,1"
    at.people.ours.save()
    return at


def planned(at: Table, due_on: date, now: datetime) -> Obligation:
    row = obligation(at, title="Pay", due_on=due_on, owner=at.dara)
    reminders.plan(row, now=now)
    return row


def test_each_reminder_is_sent_once_at_its_hour(quiet):
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    row = planned(quiet, date(2027, 4, 4), start)
    sent = []
    moment = start
    while moment < datetime(2027, 4, 6, tzinfo=UTC):
        before = len(mail.outbox)
        with time_machine.travel(moment, tick=False):
            run_all(now=moment)
        sent += [moment] * (len(mail.outbox) - before)
        moment += timedelta(hours=1)
    # 28 March: summer time begins between planning and sending; still eight in the morning in Berlin.
    assert sent == [datetime(2027, 3, 28, 6, tzinfo=UTC), datetime(2027, 4, 3, 6, tzinfo=UTC)]
    assert row.reminders.filter(sent_at=None).count() == 0
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == list(
        row.reminders.order_by("-days_before").values_list("message_id", flat=True)
    )


def test_after_days_of_downtime_each_is_sent_once_and_says_that_it_is_late(quiet):
    planned(quiet, date(2027, 4, 10), datetime(2027, 3, 1, 12, tzinfo=UTC))
    for hour in (9, 10):
        run_all(now=datetime(2027, 4, 6, hour, tzinfo=UTC))
    assert len(mail.outbox) == 1
    assert "in 4 days" in mail.outbox[0].subject
    assert "This reminder is late" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("day_of_sending", "said"),
    [(13, "was due 3 days ago"), (11, "was due yesterday"), (10, "is due today"), (9, "is due tomorrow")],
)
def test_a_reminder_says_was_due_of_what_is_past(quiet, day_of_sending, said):
    now = datetime(2027, 4, day_of_sending, 12, tzinfo=UTC)
    row = planned(quiet, date(2027, 4, 10), datetime(2027, 4, 11, 12, tzinfo=UTC))
    with time_machine.travel(now, tick=False):
        reminders.remind_now(row, by=quiet.people.alice)
        run_all(now=now)
    assert f"{row.title} {said}, on 2027-04-10." in mail.outbox[0].body
    assert mail.outbox[0].subject == f"{said.removeprefix('is ').capitalize()}: {row.title}"


def test_a_clock_set_back_sends_nothing_again(quiet):
    planned(quiet, date(2027, 4, 10), datetime(2027, 3, 1, 12, tzinfo=UTC))
    run_all(now=datetime(2027, 4, 3, 7, tzinfo=UTC))
    run_all(now=datetime(2027, 4, 3, 5, tzinfo=UTC))
    run_all(now=datetime(2027, 4, 3, 7, tzinfo=UTC))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("what", ["fulfilled", "moved", "given away", "left"])
def test_nothing_is_sent_for_what_changed_meanwhile(quiet, what):
    row = planned(quiet, date(2027, 4, 10), datetime(2027, 3, 1, 12, tzinfo=UTC))
    alice = quiet.people.alice
    with time_machine.travel(datetime(2027, 3, 2, tzinfo=UTC), tick=False):
        if what == "fulfilled":
            performance.record_outcome(obligation=row, outcome="fulfilled", evidence="done", by=alice, seen=1)
        elif what == "moved":
            performance.change_obligation(
                obligation=row, by=alice, seen=1, owner=quiet.dara, due_on=date(2027, 9, 9)
            )
        elif what == "given away":
            performance.change_obligation(
                obligation=row, by=alice, seen=1, owner=None, due_on=date(2027, 4, 10)
            )
        else:
            quiet.dara.user.is_active = False
            quiet.dara.user.save()
    run_all(now=datetime(2027, 4, 11, tzinfo=UTC))
    assert mail.outbox == []


def test_planning_twice_adds_nothing_and_past_offsets_are_not_made_up_for(quiet):
    now = datetime(2027, 4, 5, 12, tzinfo=UTC)
    row = planned(quiet, date(2027, 4, 10), now)
    reminders.plan(row, now=now)
    assert list(row.reminders.values_list("days_before", flat=True)) == [1]


def test_a_reminder_asked_for_is_sent_at_once_and_replaces_todays(quiet):
    now = datetime(2027, 4, 9, 5, 30, tzinfo=UTC)  # half past seven in Berlin; one is planned for eight
    row = planned(quiet, date(2027, 4, 10), datetime(2027, 4, 8, 12, tzinfo=UTC))
    with time_machine.travel(now, tick=False):
        reminders.remind_now(row, by=quiet.people.alice)
        run_all(now=now)
        assert len(mail.outbox) == 1
        assert "late" not in mail.outbox[0].body
        with pytest.raises(ValidationError):
            reminders.remind_now(row, by=quiet.people.alice)
    run_all(now=now + timedelta(hours=2))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("missing", [{"owner": None}, {"due_on": None}, {"state": "waived"}])
def test_nobody_can_be_reminded_of_what_has_no_owner_date_or_need(quiet, missing):
    row = obligation(quiet, **({"due_on": date(2027, 4, 10), "owner": quiet.dara} | missing))
    with pytest.raises(ValidationError):
        reminders.remind_now(row, by=quiet.people.alice)


def test_a_line_break_in_a_title_reaches_no_mail_header(quiet):
    now = datetime(2027, 4, 9, 7, tzinfo=UTC)
    row = obligation(quiet, title="Pay\r\nBcc: x@y.example", due_on=date(2027, 4, 10), owner=quiet.dara)
    reminders.remind_now(row, by=quiet.people.alice, now=now)
    run_all()
    assert "\n" not in mail.outbox[0].subject


@pytest.mark.parametrize(
    ("due_on", "repeats", "next_on"),
    [("2027-01-31", 1, "2027-02-28"), ("2028-02-29", 12, "2029-02-28")],
)
def test_a_repeating_duty_moves_on_and_keeps_its_history(at, due_on, repeats, next_on):
    row = obligation(at, due_on=date.fromisoformat(due_on), repeats_months=repeats)
    performance.record_outcome(obligation=row, outcome="fulfilled", evidence="x", by=at.dara, seen=1)
    row.refresh_from_db()
    assert (row.due_on, row.state) == (date.fromisoformat(next_on), "pending")
    assert row.fulfilments.get().due_on == date.fromisoformat(due_on)


@pytest.mark.parametrize("day", [date.min, date(1989, 12, 31), date(2200, 1, 1), date.max])
def test_no_duty_falls_due_on_an_impossible_day(at, day):
    with pytest.raises(ValidationError, match="between 1990 and 2199"):
        performance.add_obligation(
            contract=at.contract, title="Pay", bearer="ours", by=at.dara, owner=at.dara, due_on=day
        )
    row = obligation(at, owner=at.dara)
    with pytest.raises(ValidationError, match="between 1990 and 2199"):
        performance.change_obligation(obligation=row, by=at.dara, seen=1, owner=at.dara, due_on=day)
    assert list(Obligation.objects.values_list("due_on", "version")) == [(None, 1)]


@pytest.mark.parametrize("due_on", [LATEST, date.max])
def test_a_repeating_duty_ends_where_no_date_follows(at, due_on):
    row = obligation(at, due_on=due_on, repeats_months=12)
    performance.record_outcome(obligation=row, outcome="fulfilled", evidence="x", by=at.dara, seen=1)
    row.refresh_from_db()
    assert (row.due_on, row.state) == (due_on, "fulfilled")


@pytest.mark.parametrize("due_on", [date.min, date.max])
def test_a_date_kept_from_before_the_bounds_plans_nothing(at, due_on):
    row = obligation(at, due_on=due_on, owner=at.dara, state="waived")
    performance.reopen(obligation=row, by=at.dara, seen=1)
    assert row.reminders.count() == 0


def test_overdue_is_the_day_after(at):
    row = obligation(at, due_on=SIGNED)
    assert list(Obligation.objects.overdue(SIGNED)) == []
    assert list(Obligation.objects.overdue(SIGNED + timedelta(days=1))) == [row]
    assert list(Obligation.objects.due_within(SIGNED, 0)) == [row]
