"""The figures behind the readiness page."""

from datetime import timedelta

import pytest

import jobs
from jobs.models import Job
from tests.jobs.support import Clock

pytestmark = pytest.mark.django_db


def add(clock, *, state, due=0, lease=None):
    lease_until = clock.time + timedelta(seconds=lease) if lease is not None else None
    due_at = clock.time + timedelta(seconds=due)
    Job.objects.create(kind="any", state=state, due_at=due_at, lease_until=lease_until, created_at=due_at)


def test_an_empty_queue_is_well():
    assert jobs.health() == jobs.Health(0.0, 0, 0, 0, 0)


def test_it_counts_what_waits_what_runs_and_what_went_wrong():
    clock = Clock()
    add(clock, state="waiting", due=-90)
    add(clock, state="waiting", due=-5)
    add(clock, state="waiting", due=3600)  # a plan, not a backlog
    add(clock, state="running", due=-500, lease=30)
    add(clock, state="running", due=-500, lease=-1)
    add(clock, state="dead", due=-5000)
    add(clock, state="done", due=-5000)
    assert jobs.health(clock=clock) == jobs.Health(
        oldest_waiting_seconds=90.0, waiting=2, running=1, abandoned=1, dead=1
    )
