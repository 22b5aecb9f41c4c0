"""Real worker processes are killed; the table must come out right."""

import json
import subprocess
import sys

import pytest

from tests.jobs.processes import MANAGE, ROOT, Sample, eventually, fresh_database

# The processes open a database of their own; the mark makes these tests part of the run on PostgreSQL.
pytestmark = [pytest.mark.processes, pytest.mark.django_db]


def killrun(sample, *arguments):
    command = [sys.executable, "-m", "tests.jobs.killrun", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=sample.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check(result, *, jobs):
    assert result["lost"] == []
    assert result["doubled"] == []
    assert result["done"] == jobs
    # Otherwise the kills struck idle workers and the run proves nothing.
    assert result["taken_over"] > 0


def test_two_hundred_jobs_survive_twenty_kills(tmp_path):
    with fresh_database(tmp_path) as url:
        sample = Sample(url, tmp_path, TEST_LEASE_SECONDS="2")
        result = killrun(sample, "--jobs", "200", "--kills", "20", "--seed", "1")
    check(result, jobs=200)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 5))
def test_a_thousand_jobs_survive_a_hundred_kills(tmp_path, seed):
    with fresh_database(tmp_path) as url:
        sample = Sample(url, tmp_path, TEST_LEASE_SECONDS="2")
        result = killrun(sample, "--jobs", "1000", "--kills", "100", "--seed", str(seed))
    check(result, jobs=1000)


@pytest.fixture
def sample(tmp_path):
    with fresh_database(tmp_path) as url:
        sample = Sample(url, tmp_path)
        sample.migrate()
        yield sample


def at_work(sample):
    return [row for row in sample.report()["jobs"] if row["state"] == "running"]


def test_a_worker_told_to_stop_finishes_the_job_at_hand(sample):
    sample.manage("sample", "enqueue", "--count", "2", "--milliseconds", "3000")
    with sample.started(*MANAGE, "worker") as worker:
        eventually(lambda: at_work(sample))
        worker.terminate()
        assert worker.wait(timeout=30) == 0
    report = sample.report()
    assert [row["state"] for row in report["jobs"]] == ["done", "waiting"]
    assert report["marks"] == [0]


def test_a_worker_told_to_stop_hands_a_long_job_back(sample):
    sample.manage("sample", "enqueue", "--milliseconds", "600000")
    with sample.started(*MANAGE, "worker", TEST_STOP_GRACE_SECONDS="0.2") as worker:
        eventually(lambda: at_work(sample))
        worker.terminate()
        assert worker.wait(timeout=30) == 0
    report = sample.report()
    assert [(row["state"], row["failures"]) for row in report["jobs"]] == [("waiting", 0)]
    assert report["marks"] == []


def test_a_sweep_without_redis_does_what_is_due(sample):
    sample.manage("sample", "enqueue", "--count", "3")
    # Three samples, and the room's own housekeeping.
    assert sample.manage("sweep") == "0 rung, 4 done here\n"
    assert sample.report()["marks"] == [0, 1, 2]
    assert sample.manage("sweep") == ""
