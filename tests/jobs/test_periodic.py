"""Periodic work is one row per period, whoever asks for it and whatever the clock does."""

from datetime import timedelta

import pytest

import jobs
from jobs import housekeeping, registry, services
from jobs.models import Job
from jobs.testing import run_all
from jobs.worker import Worker
from tests.jobs.support import Clock, sample_kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_this_tests_kinds(monkeypatch):
    monkeypatch.setattr(registry, "_handlers", {})


def test_each_period_has_one_job():
    clock = Clock()
    kind = sample_kind(lambda job: None)
    for _ in range(60):  # three hours, asked every three minutes
        jobs.ensure_periodic(kind=kind, every_seconds=3600, clock=clock)
        clock.forward(minutes=3)
    assert Job.objects.count() == 3


def test_a_clock_set_back_makes_no_second_job():
    clock = Clock()
    kind = sample_kind(lambda job: None)
    for hours in (0, 1, 2, -2, 1, 1):
        clock.forward(hours=hours)
        jobs.ensure_periodic(kind=kind, every_seconds=3600, clock=clock)
    assert Job.objects.count() == 4


def test_after_a_long_standstill_only_the_current_period_is_done():
    clock = Clock()
    kind = sample_kind(lambda job: None)
    jobs.ensure_periodic(kind=kind, every_seconds=3600, clock=clock)
    clock.forward(days=3)
    jobs.ensure_periodic(kind=kind, every_seconds=3600, clock=clock)
    assert Job.objects.count() == 2


def test_the_same_kind_with_other_args_is_other_work():
    clock = Clock()
    kind = sample_kind(lambda job: None)
    for organisation in (1, 2, 1):
        jobs.ensure_periodic(kind=kind, every_seconds=60, args={"organisation": organisation}, clock=clock)
    assert [job.args for job in Job.objects.order_by("pk")] == [{"organisation": 1}, {"organisation": 2}]


def test_a_worker_enqueues_and_does_what_is_registered_as_periodic():
    done = []
    kind = sample_kind(lambda job: done.append(job.kind), every_seconds=3600)
    worker = Worker()
    assert worker.step() == 0.0
    assert worker.step() > 0.0
    assert done == [kind]
    services.ensure_all_periodic()
    assert run_all() == 0


def test_old_finished_jobs_are_forgotten_but_not_the_memory_of_business_keys():
    clock = Clock()
    registry.register("jobs.forget_finished")(housekeeping.forget_finished)
    old, young = clock.time - timedelta(days=91), clock.time - timedelta(days=89)
    rows = [
        ("plain", None, "done", old, False),
        ("every", "every:x:60:1", "done", old, False),
        ("young", None, "done", young, True),
        ("remembered", "reminder:5", "done", old, True),
        ("dead", None, "dead", old, True),
    ]
    for kind, key, state, finished, _ in rows:
        Job.objects.create(
            kind=kind,
            idempotency_key=key,
            state=state,
            finished_at=finished,
            due_at=finished,
            created_at=finished,
        )
    jobs.enqueue(kind="jobs.forget_finished", args={}, due_at=clock.time)
    run_all(now=clock.time)
    kept = set(Job.objects.exclude(kind="jobs.forget_finished").values_list("kind", flat=True))
    assert kept == {kind for kind, _, _, _, stays in rows if stays}
