"""Workers that finish at the same moment, on PostgreSQL: each document counts once, one ends the run."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

import jobs
from accounts.models import Notification
from analytics.models import ItemState
from analytics.services import items, runs
from analytics.uploads import Upload
from jobs.models import Job
from tests.analytics.test_runs import LONG, docx
from tests.builders import four_people
from tests.deals import playbook, table

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WORKERS = 4


def test_the_last_documents_of_four_workers_close_the_run_once():
    at = table(four_people())
    uploads = [Upload(f"{n}.docx", docx(LONG, f"Number {n}.")) for n in range(WORKERS)]
    run = runs.start_bulk(
        version=playbook(at.people), title="", uploads=uploads, contracts=[], by=at.people.alice
    )
    jobs.run_job(Job.objects.get(kind=items.START).pk)
    waiting = list(Job.objects.filter(kind=items.READ).values_list("pk", flat=True))
    together = Barrier(WORKERS)

    def work(number: int) -> None:
        try:
            together.wait()
            # Each worker tries every job, its own first: what another one has is not done again.
            for pk in (*waiting[number:], *waiting[:number]):
                jobs.run_job(pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    run.refresh_from_db()
    assert (run.done, run.total) == (WORKERS, WORKERS)
    assert run.finished_at is not None
    assert set(run.items.values_list("state", flat=True)) == {ItemState.READY}
    assert Notification.objects.filter(kind="run.finished").count() == 1
