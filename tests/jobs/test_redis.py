"""The bell: a real Redis, a real Celery worker, and what happens without them."""

import sys

import pytest

from ops import services
from tests.jobs.processes import MANAGE, Sample, children_of, eventually, fresh_database, is_alive

pytestmark = [pytest.mark.redis, pytest.mark.django_db]

CELERY = [
    sys.executable,
    "-m",
    "celery",
    "-A",
    "config",
    "worker",
    "--concurrency",
    "1",
    "--loglevel",
    "INFO",
]


@pytest.fixture
def sample(tmp_path):
    with fresh_database(tmp_path) as url:
        sample = Sample(url, tmp_path)
        sample.migrate()
        yield sample


def test_a_committed_job_reaches_the_celery_worker_and_a_sweep_rings_for_forgotten_ones(sample):
    with services.redis() as redis, sample.started(*CELERY, REDIS_URL=redis):
        sample.manage("sample", "enqueue", REDIS_URL=redis)
        # No sweep and no other worker runs here: only the bell can have brought it.
        eventually(lambda: sample.report()["marks"] == [0])

        # Enqueued where nobody rings, as with a broker that lost the message.
        sample.manage("sample", "enqueue", "--first", "1", "--count", "3")
        assert sample.manage("sweep", REDIS_URL=redis).endswith(" rung, 0 done here\n")
        eventually(lambda: sample.report()["marks"] == [0, 1, 2, 3])
    assert {(row["state"], row["attempts"]) for row in sample.report()["jobs"]} == {("done", 1)}


def test_without_redis_enqueueing_works_and_the_sweep_does_the_jobs(sample):
    with services.redis() as redis:
        pass  # it has run, and now it is gone
    sample.manage("sample", "enqueue", "--count", "3", REDIS_URL=redis)
    assert [row["state"] for row in sample.report()["jobs"]] == ["waiting"] * 3
    assert sample.manage("sweep", REDIS_URL=redis).startswith("0 rung, ")
    report = sample.report()
    assert [row["state"] for row in report["jobs"]] == ["done"] * 3
    assert report["marks"] == [0, 1, 2]


def test_everything_goes_on_when_redis_comes_back(sample, tmp_path):
    port = services.free_port()
    server = [
        "redis-server",
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(tmp_path),
    ]
    redis = f"redis://127.0.0.1:{port}/0"
    with sample.started(*CELERY, REDIS_URL=redis):
        with sample.started(*server):
            sample.manage("sample", "enqueue", REDIS_URL=redis)
            eventually(lambda: sample.report()["marks"] == [0])
        sample.manage("sample", "enqueue", "--first", "1", REDIS_URL=redis)
        with sample.started(*server):
            # A first sweep may come before Redis listens, and then does the job itself.
            sample.manage("sweep", REDIS_URL=redis)
            eventually(lambda: sample.report()["marks"] == [0, 1])
            sample.manage("sample", "enqueue", "--first", "2", REDIS_URL=redis)
            eventually(lambda: sample.report()["marks"] == [0, 1, 2])


def test_up_starts_a_celery_worker_and_a_sweep(sample):
    port = services.free_port()
    with (
        services.redis() as redis,
        sample.started(*MANAGE, "up", "--port", str(port), REDIS_URL=redis) as up,
    ):
        next(line for line in up.stdout if "Parley answers at" in line)
        sample.manage("sample", "enqueue", REDIS_URL=redis)
        eventually(lambda: sample.report()["marks"] == [0])
        everyone = children_of(up.pid)
        assert len(everyone) == 3
        up.terminate()
        assert up.wait(timeout=30) == 0
        assert not [pid for pid in everyone if is_alive(pid)]
