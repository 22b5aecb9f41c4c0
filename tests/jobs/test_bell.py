"""When the bell is rung, and that a silent bell disturbs nobody. A real Redis rings in test_redis.py."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

import jobs
from jobs import bell
from tests.jobs.processes import ROOT
from tests.jobs.support import sample_kind

pytestmark = pytest.mark.django_db


class Producer:
    """Stands where Celery's producer stands; keeps what it was asked to send, or breaks."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.sent: list = []
        self.asked = 0
        self.problem = problem

    def send_task(self, name, *, args, **options):
        self.asked += 1
        if self.problem:
            raise self.problem
        self.sent.append((name, args))


@pytest.fixture
def producer(settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    producer = Producer()
    monkeypatch.setattr(bell, "_producer", lambda: producer)
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    return producer


def test_it_rings_after_the_commit_and_not_before(producer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        job = jobs.enqueue(kind=sample_kind(lambda job: None), args={})
        assert producer.sent == []
    assert producer.sent == [("jobs.run_job", [job.pk])]


def test_it_does_not_ring_for_later_nor_twice_for_one_key(producer, django_capture_on_commit_callbacks):
    kind = sample_kind(lambda job: None)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue(kind=kind, args={}, due_at=timezone.now() + timedelta(hours=1))
        jobs.enqueue(kind=kind, args={}, key="once")
        jobs.enqueue(kind=kind, args={}, key="once")
    assert len(producer.sent) == 1


def test_it_does_not_ring_without_redis(producer, settings, django_capture_on_commit_callbacks):
    settings.REDIS_URL = ""
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue(kind=sample_kind(lambda job: None), args={})
    assert producer.asked == 0


@pytest.mark.parametrize("problem", [OperationalError("away"), ConnectionRefusedError(), TimeoutError()])
def test_a_redis_that_is_away_is_asked_once_and_then_left_alone(
    producer, problem, caplog, django_capture_on_commit_callbacks
):
    producer.problem = problem
    kind = sample_kind(lambda job: None)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(20):
            jobs.enqueue(kind=kind, args={})
    assert producer.asked == 1
    assert not bell.is_answering()
    assert len([line for line in caplog.messages if "waits for the sweep" in line]) == 1
    assert jobs.health().waiting == 20


def test_a_revived_job_rings(producer, django_capture_on_commit_callbacks):
    def handle(job):
        raise jobs.Permanent("No.")

    job = jobs.enqueue(kind=sample_kind(handle), args={})
    jobs.run_job(job.pk, beat=False)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.revive(job=job)
    assert producer.sent == [("jobs.run_job", [job.pk])]


def test_celery_is_not_loaded_without_redis():
    # It takes a third of a second, on every management command.
    code = "import django, sys; django.setup(); import jobs.worker; print('celery' in sys.modules)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.jobs.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.stdout == "False\n", done.stderr
