"""The sweep rings for what is due, or does it when no bell answers."""

from datetime import timedelta

import pytest
from kombu.exceptions import OperationalError

import jobs
from jobs import bell, registry, worker
from jobs.models import Job
from jobs.worker import sweep
from tests.jobs.support import Clock, sample_kind
from tests.jobs.test_bell import Producer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_this_tests_kinds(monkeypatch):
    monkeypatch.setattr(registry, "_handlers", {})


@pytest.fixture
def producer(settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    producer = Producer()
    monkeypatch.setattr(bell, "_producer", lambda: producer)
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    return producer


def add(clock, kind, *, minutes=0) -> Job:
    return jobs.enqueue(kind=kind, args={}, due_at=clock.time + timedelta(minutes=minutes))


def test_it_rings_for_abandoned_and_due_jobs_only(producer):
    clock = Clock()
    kind = sample_kind(lambda job: None)
    due, later, abandoned, running, done = (add(clock, kind, minutes=m) for m in (-1, 1, -9, -9, -9))
    for job, state, lease in [(abandoned, "running", -1), (running, "running", 1), (done, "done", None)]:
        lease_until = clock.time + timedelta(minutes=lease) if lease else None
        Job.objects.filter(pk=job.pk).update(state=state, lease_until=lease_until)
    assert sweep(clock=clock) == (2, 0)
    assert [args for _, args in producer.sent] == [[abandoned.pk], [due.pk]]
    assert not Job.objects.get(pk=later.pk).is_finished()


def test_a_long_backlog_does_not_fill_redis(producer, monkeypatch):
    monkeypatch.setattr(worker, "MOST_RINGS", 3)
    clock = Clock()
    kind = sample_kind(lambda job: None)
    for _ in range(5):
        add(clock, kind)
    assert sweep(clock=clock) == (3, 0)


def test_with_redis_away_it_does_the_jobs(producer):
    producer.problem = OperationalError("away")
    clock = Clock()
    kind = sample_kind(lambda job: None)
    rows = [add(clock, kind) for _ in range(3)]
    assert sweep(clock=clock) == (0, 3)
    assert {Job.objects.get(pk=row.pk).state for row in rows} == {"done"}


def test_it_stops_between_two_jobs_when_told_to(settings):
    settings.REDIS_URL = ""
    clock, done = Clock(), []
    kind = sample_kind(lambda job: done.append(1))
    for _ in range(3):
        add(clock, kind)
    assert sweep(clock=clock, is_stopping=lambda: len(done) == 2) == (0, 2)


def test_it_does_not_ring_when_told_to_stop(producer):
    clock = Clock()
    add(clock, sample_kind(lambda job: None))
    assert sweep(clock=clock, is_stopping=lambda: True) == (0, 0)
    assert producer.sent == []
