"""The loop ends on a signal, and does not end because the database is away."""

import os
import signal
import time

import pytest
from django.db import InterfaceError, OperationalError

from jobs import loop
from jobs.loop import Loop
from jobs.runner import HandBack


@pytest.fixture(autouse=True)
def _signals_as_before():
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_finishes_the_step_at_hand(number):
    steps = []

    def step():
        steps.append("begun")
        os.kill(os.getpid(), number)
        steps.append("finished")
        return 600.0

    Loop(step).run()
    assert steps == ["begun", "finished"]


def test_a_signal_wakes_it_from_a_long_pause():
    def step():
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        return 600.0

    Loop(step).run()


def test_after_the_grace_it_breaks_into_the_step(settings):
    settings.JOBS_STOP_GRACE_SECONDS = 0.05
    broken_into = []

    def step():
        os.kill(os.getpid(), signal.SIGTERM)
        try:
            time.sleep(600)
        except HandBack:
            broken_into.append(True)
            raise
        return 0.0

    Loop(step).run()
    assert broken_into == [True]


@pytest.mark.parametrize("problem", [OperationalError("shutting down"), InterfaceError("closed")])
def test_it_waits_for_a_database_that_is_away(problem, monkeypatch, caplog):
    monkeypatch.setattr(loop, "DATABASE_PAUSE", 0.0)
    closed = []
    monkeypatch.setattr(loop.connection, "close", lambda: closed.append(True))
    answers = [problem, problem, None]

    def step():
        answer = answers.pop(0)
        if answer:
            raise answer
        os.kill(os.getpid(), signal.SIGTERM)
        return 0.0

    Loop(step).run()
    assert closed == [True, True]
    assert caplog.text.count("The database does not answer") == 2


def test_any_other_error_ends_it():
    def step():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Loop(step).run()
