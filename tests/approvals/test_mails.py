"""Mails of approvals: who is asked, what the requester hears, and what is no longer sent."""

import pytest
from django.core import mail

import jobs
from approvals.models import RequestState
from approvals.services import decisions
from jobs.testing import run_all
from tests.builders import four_people
from tests.deals import Table, asked, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Table:
    return table(four_people())


def sent() -> list[tuple[str, str]]:
    run_all()
    return [(message.to[0], message.subject) for message in mail.outbox]


def test_everybody_who_may_decide_gets_one_mail(at, settings):
    settings.PARLEY_URL = "https://parley.example"
    row = asked(at)
    assert sent() == [(at.ines.user.email, f"To approve: {row.title}")]
    body = mail.outbox[0].body
    assert f"https://parley.example{row.get_absolute_url()}" in body
    assert "We need the trial to start on Monday." in body
    assert at.contract.title in body
    assert "Decide by: " in body
    job = jobs.Job.objects.get(kind="approvals.mail_asked")
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{job.uuid}@parley.example>"
    assert sent() == [(at.ines.user.email, f"To approve: {row.title}")], "once"


def test_nobody_is_asked_by_mail_what_is_decided_already(at):
    row = asked(at)
    decisions.decide(request=row, outcome="approved", by=at.ines, seen=row.version)
    assert [to for to, _subject in sent()] == [at.people.alice.user.email]


def test_a_request_taken_back_asks_nobody(at):
    row = asked(at)
    type(row).objects.filter(pk=row.pk).update(state=RequestState.WITHDRAWN)
    assert sent() == []


def test_the_requester_hears_the_decision_with_its_condition(at):
    row = asked(at)
    sent()
    decisions.decide(
        request=row,
        outcome="conditional",
        by=at.ines,
        seen=row.version,
        condition="Only for this year.",
        comment="Sales\nagrees.",
    )
    to, subject = sent()[-1]
    assert (to, subject) == (at.people.alice.user.email, f"Approved with a condition: {row.title}")
    body = mail.outbox[-1].body
    assert "Only for this year." in body
    assert "Sales\nagrees." in body
    assert row.get_absolute_url() in body


def test_a_colleague_who_left_gets_no_mail(at):
    asked(at)
    at.ines.user.is_active = False
    at.ines.user.save()
    assert sent() == []
