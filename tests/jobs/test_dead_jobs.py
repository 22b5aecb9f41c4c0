"""The list of what was given up, on the command line."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

import jobs
from tests.jobs.support import sample_kind

pytestmark = pytest.mark.django_db


def dead_jobs(*arguments) -> str:
    out = StringIO()
    call_command("dead_jobs", *arguments, stdout=out)
    return out.getvalue()


def test_it_lists_the_dead_and_revives_one():
    def handle(job):
        raise jobs.Permanent("This file is password-protected.")

    kind = sample_kind(handle)
    first, second = (jobs.enqueue(kind=kind, args={"id": number}) for number in (1, 2))
    jobs.drain()
    assert [line.split()[0] for line in dead_jobs().splitlines()] == [str(first.uuid), str(second.uuid)]
    assert "password-protected" in dead_jobs()

    assert dead_jobs("--revive", str(first.uuid)) == f"{kind} is waiting again.\n"
    assert [line.split()[0] for line in dead_jobs().splitlines()] == [str(second.uuid)]


def test_it_revives_nothing_that_is_not_dead():
    job = jobs.enqueue(kind=sample_kind(lambda job: None), args={})
    for reference in (job.uuid, uuid4()):
        with pytest.raises(CommandError, match="given up"):
            dead_jobs("--revive", str(reference))
