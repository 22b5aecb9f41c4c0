"""PostgreSQL drops its connections, as in a restart: workers come back by themselves."""

import os

import pytest

from tests.jobs.processes import MANAGE, Sample, eventually, fresh_database

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def sample(tmp_path):
    with fresh_database(tmp_path) as url:
        sample = Sample(url, tmp_path)
        sample.migrate()
        yield sample


def drop_all_connections(sample) -> int:
    """Ends every session of the sample's database, and says how many there were."""
    import psycopg

    name = sample.environment["DATABASE_URL"].rpartition("/")[2]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        return len(ended.fetchall())


def test_an_idle_worker_and_one_at_work_survive_dropped_connections(sample):
    with sample.started(*MANAGE, "worker") as worker:
        sample.manage("sample", "enqueue")
        eventually(lambda: sample.report()["marks"] == [0])
        assert drop_all_connections(sample)

        sample.manage("sample", "enqueue", "--first", "1", "--milliseconds", "2000")
        eventually(lambda: sample.report()["jobs"][1]["state"] == "running")
        assert drop_all_connections(sample)
        eventually(lambda: sample.report()["jobs"][1]["state"] == "done")
        assert sample.report()["marks"] == [0, 1]
        assert worker.poll() is None
