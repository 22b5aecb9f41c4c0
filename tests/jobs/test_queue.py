"""Enqueueing: once per key, only what belongs in the table, only when the transaction commits."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

import jobs
from jobs.models import Job
from tests.jobs.support import sample_kind

pytestmark = pytest.mark.django_db


def test_a_job_is_due_at_once_unless_told_otherwise():
    kind = sample_kind(lambda job: None)
    later = timezone.now() + timedelta(days=1)
    assert jobs.enqueue(kind=kind, args={"id": 1}).due_at <= timezone.now()
    assert jobs.enqueue(kind=kind, args={"id": 2}, due_at=later).due_at == later
    assert jobs.health().waiting == 1


def test_the_same_key_gives_the_same_job():
    kind = sample_kind(lambda job: None)
    first = jobs.enqueue(kind=kind, args={"id": 1}, key="mail:1")
    again = jobs.enqueue(kind=kind, args={"id": 2}, key="mail:1")
    assert first.pk == again.pk
    assert again.args == {"id": 1}
    assert Job.objects.count() == 1


def test_jobs_without_a_key_are_all_kept():
    kind = sample_kind(lambda job: None)
    assert jobs.enqueue(kind=kind, args={}).pk != jobs.enqueue(kind=kind, args={}).pk


def test_a_repeated_key_leaves_the_callers_transaction_usable():
    kind = sample_kind(lambda job: None)
    jobs.enqueue(kind=kind, args={}, key="once")
    with transaction.atomic():
        jobs.enqueue(kind=kind, args={}, key="once")
        jobs.enqueue(kind=kind, args={}, key="twice")
    assert Job.objects.count() == 2


def test_a_rolled_back_transaction_leaves_no_job():
    kind = sample_kind(lambda job: None)
    with transaction.atomic():
        jobs.enqueue(kind=kind, args={}, key="once")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "args", [{"text": "x" * 201}, {"value": 1.5}, {"nested": {"id": 1}}, {"ids": [1, {"id": 2}]}]
)
def test_it_refuses_anything_but_ids(args):
    kind = sample_kind(lambda job: None)
    with pytest.raises(ValueError, match="ids only"):
        jobs.enqueue(kind=kind, args=args)


def test_it_refuses_a_kind_nobody_registered():
    with pytest.raises(LookupError):
        jobs.enqueue(kind="nobody.does.this", args={})


def test_two_functions_cannot_have_one_kind():
    kind = sample_kind(lambda job: None)

    def another(job):
        return None

    with pytest.raises(ValueError, match="registered twice"):
        jobs.register(kind)(another)


def test_one_kind_cannot_have_two_hooks():
    kind = sample_kind(lambda job: None, on_dead=lambda job, sentence: None)

    def another(job, sentence):
        return None

    with pytest.raises(ValueError, match="two on_dead hooks"):
        jobs.on_dead(kind)(another)


def test_the_package_has_no_other_names():
    assert all(hasattr(jobs, name) for name in jobs.__all__)
    with pytest.raises(AttributeError, match="no attribute 'enqueu'"):
        jobs.enqueu  # noqa: B018


@pytest.mark.django_db(transaction=True)
def test_eight_threads_enqueueing_one_key_make_one_job():
    kind = sample_kind(lambda job: None)
    barrier, found, errors = threading.Barrier(8), [], []

    def enqueue():
        try:
            barrier.wait()
            with transaction.atomic():
                found.append(jobs.enqueue(kind=kind, args={"id": 1}, key="the one").pk)
        except Exception as problem:
            errors.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=enqueue) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(found) == 8
    assert len(set(found)) == 1
    assert Job.objects.count() == 1
