"""Claim, work, finish, fail: what happens to a row, and to its effect, on both databases."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

import jobs
from jobs import policy, runner
from jobs.models import Job
from jobs.runner import HandBack, Outcome
from jobs.testing import run_all
from tests.jobs.support import Clock, sample_kind

pytestmark = pytest.mark.django_db


def an_effect(name="effect"):
    """An effect that can be counted: it writes a row of the only table this room has."""
    kind = sample_kind(lambda job: None)
    return lambda: jobs.enqueue(kind=kind, args={"name": name}, due_at=Clock().time + timedelta(days=9_000))


def effects() -> int:
    return Job.objects.filter(args__has_key="name").count()


def enqueue(kind, clock, **more) -> Job:
    return jobs.enqueue(kind=kind, args=more.pop("args", {}), due_at=clock.time, **more)


def test_a_job_is_done_once_and_its_effect_applied_once():
    clock = Clock()
    job = enqueue(sample_kind(lambda job: an_effect()), clock)
    assert runner.run_job(job.pk, clock=clock) is Outcome.DONE
    assert runner.run_job(job.pk, clock=clock) is Outcome.NOTHING
    job.refresh_from_db()
    assert (job.state, job.attempts, job.progress_percent) == ("done", 1, 100)
    assert job.finished_at == clock.time
    assert job.lease_until is None
    assert job.is_finished()
    assert effects() == 1


def test_a_job_is_left_alone_before_it_is_due():
    clock = Clock()
    job = jobs.enqueue(
        kind=sample_kind(lambda job: None), args={}, due_at=clock.time + timedelta(milliseconds=1)
    )
    assert runner.run_job(job.pk, clock=clock) is Outcome.NOTHING
    clock.forward(milliseconds=1)
    assert runner.run_job(job.pk, clock=clock) is Outcome.DONE


def test_the_handler_reads_args_and_shows_progress():
    clock, seen = Clock(), []

    def handle(job):
        job.progress("reading", 40)
        row = Job.objects.get(uuid=job.uuid)
        seen.append((job.args, job.attempt, job.now(), row.state, row.progress_step, row.progress_percent))

    enqueue(sample_kind(handle), clock, args={"version": 7})
    run_all(now=clock.time)
    assert seen == [({"version": 7}, 1, clock.time, "running", "reading", 40)]


@pytest.mark.parametrize(("given", "kept"), [(-5, 0), (0, 0), (100, 100), (250, 100)])
def test_progress_stays_between_0_and_100(given, kept):
    clock, seen = Clock(), []

    def handle(job):
        job.progress("reading", given)
        seen.append(Job.objects.get(uuid=job.uuid).progress_percent)

    enqueue(sample_kind(handle), clock)
    run_all(now=clock.time)
    assert seen == [kept]


def test_the_job_due_longest_comes_first():
    clock, order = Clock(), []
    kind = sample_kind(lambda job: order.append(job.args["id"]))
    for number, minutes in [(1, 0), (2, -5), (3, -1), (4, -5)]:
        jobs.enqueue(kind=kind, args={"id": number}, due_at=clock.time + timedelta(minutes=minutes))
    assert run_all(now=clock.time) == 4
    assert order == [2, 4, 3, 1]


def test_a_job_enqueued_by_an_effect_runs_in_the_same_drain():
    clock, order = Clock(), []
    second = sample_kind(lambda job: order.append("second"))
    first = sample_kind(lambda job: lambda: enqueue(second, clock))
    enqueue(first, clock)
    assert run_all(now=clock.time) == 2
    assert order == ["second"]


def test_a_job_that_feeds_itself_is_noticed():
    clock = Clock()
    kinds = []
    kinds.append(sample_kind(lambda job: lambda: enqueue(kinds[0], clock)))
    enqueue(kinds[0], clock)
    with pytest.raises(RuntimeError, match="enqueue itself"):
        jobs.drain(clock=clock, limit=20)


# --- failures -----------------------------------------------------------------------------------------------


def test_a_failing_job_waits_longer_each_time_and_is_dead_after_eight_tries(settings):
    settings.JOBS_BACKOFF_SECONDS = 5
    clock, told = Clock(), []

    def handle(job):
        raise OSError("mail server away")

    job = enqueue(sample_kind(handle, on_dead=lambda job, sentence: told.append(sentence)), clock)
    waits = []
    for _ in range(7):
        assert runner.run_job(job.pk, clock=clock) is Outcome.FAILED
        job.refresh_from_db()
        assert job.state == "waiting"
        waits.append((job.due_at - clock.time).total_seconds())
        assert runner.run_job(job.pk, clock=clock) is Outcome.NOTHING
        clock.time = job.due_at
    assert waits == [5, 20, 80, 320, 1280, 5120, 20480]
    assert told == []
    assert runner.run_job(job.pk, clock=clock) is Outcome.DEAD
    job.refresh_from_db()
    assert (job.state, job.failures, job.last_error) == ("dead", 8, "OSError: mail server away")
    assert told == [f"This could not be finished after 8 tries. Reference: {job.uuid}"]
    assert list(Job.objects.dead()) == [job]
    assert runner.run_job(job.pk, clock=clock) is Outcome.NOTHING


def test_the_wait_has_a_limit():
    assert policy.backoff(5_000) == timedelta(hours=6)


def test_a_failing_effect_leaves_nothing_and_is_tried_again():
    clock, broken = Clock(), [True]
    apply = an_effect()

    def handle(job):
        def effect():
            apply()
            if broken.pop():
                raise OSError("disk full")

        return effect

    job = enqueue(sample_kind(handle), clock)
    assert runner.run_job(job.pk, clock=clock) is Outcome.FAILED
    assert effects() == 0
    broken.append(False)
    clock.forward(hours=6)
    assert runner.run_job(job.pk, clock=clock) is Outcome.DONE
    assert effects() == 1


@pytest.mark.parametrize("where", ["handler", "effect"])
def test_a_permanent_problem_is_not_tried_again_and_tells_its_sentence(where):
    clock, told = Clock(), []

    def refuse():
        raise jobs.Permanent("This file is password-protected.")

    def handle(job):
        return refuse() if where == "handler" else refuse

    kind = sample_kind(handle, on_dead=lambda job, sentence: told.append((job.args["version"], sentence)))
    job = enqueue(kind, clock, args={"version": 3})
    assert runner.run_job(job.pk, clock=clock) is Outcome.DEAD
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("dead", 1)
    assert job.last_error == "This file is password-protected."
    assert told == [(3, "This file is password-protected.")]


def test_a_broken_hook_does_not_keep_a_dead_job_alive():
    clock = Clock()

    def handle(job):
        raise jobs.Permanent("No.")

    def hook(job, sentence):
        an_effect()()
        raise KeyError("gone")

    job = enqueue(sample_kind(handle, on_dead=hook), clock)
    assert runner.run_job(job.pk, clock=clock) is Outcome.DEAD
    job.refresh_from_db()
    assert job.state == "dead"
    assert "No." in job.last_error
    assert "KeyError" in job.last_error
    assert effects() == 0


def test_a_kind_this_version_does_not_know_is_tried_again_later():
    clock = Clock()
    job = Job.objects.create(kind="from.a.newer.version", due_at=clock.time, created_at=clock.time)
    assert runner.run_job(job.pk, clock=clock) is Outcome.FAILED


def test_in_tests_an_unexpected_error_is_raised_and_recorded():
    clock = Clock()

    def handle(job):
        raise ZeroDivisionError

    job = enqueue(sample_kind(handle), clock)
    with pytest.raises(ZeroDivisionError):
        run_all(now=clock.time)
    job.refresh_from_db()
    assert (job.state, job.failures) == ("waiting", 1)


def test_a_dead_job_can_be_revived_once():
    clock = Clock()
    answers = [jobs.Permanent("No."), None]

    def handle(job):
        answer = answers.pop(0)
        if answer:
            raise answer

    job = enqueue(sample_kind(handle), clock)
    runner.run_job(job.pk, clock=clock)
    assert jobs.revive(job=job) is True
    assert jobs.revive(job=job) is False
    assert runner.run_job(job.pk) is Outcome.DONE


# --- leases -------------------------------------------------------------------------------------------------


def test_a_silent_workers_job_goes_to_another_and_the_first_changes_nothing():
    clock, seen = Clock(), []

    def handle(job):
        if job.attempt == 1:  # the first worker is frozen for more than its lease; meanwhile:
            clock.forward(seconds=61)
            seen.append(runner.run_job(row.pk, clock=clock))
        return an_effect(f"of attempt {job.attempt}")

    row = enqueue(sample_kind(handle), clock)
    assert runner.run_job(row.pk, clock=clock) is Outcome.LOST
    assert seen == [Outcome.DONE]
    assert [job.args["name"] for job in Job.objects.filter(args__has_key="name")] == ["of attempt 2"]
    row.refresh_from_db()
    assert (row.state, row.attempts, row.failures) == ("done", 2, 1)


@pytest.mark.parametrize("ending", ["raise", "permanent", "progress", "heartbeat", "hand back"])
def test_a_worker_that_lost_its_lease_cannot_end_the_job_in_any_way(ending):
    clock = Clock()

    def handle(job):
        if job.attempt > 1:
            return
        clock.forward(seconds=61)
        taken = runner.claim(Job.objects.filter(uuid=job.uuid), now=clock())
        assert taken is not None
        if ending == "progress":
            job.progress("reading", 1)
        if ending == "heartbeat":
            job.heartbeat()
        raise {"permanent": jobs.Permanent("No."), "hand back": HandBack()}.get(ending, OSError("away"))

    row = enqueue(sample_kind(handle), clock)
    assert runner.run_job(row.pk, clock=clock) is Outcome.LOST
    row.refresh_from_db()
    assert (row.state, row.attempts, row.finished_at, row.progress_step) == ("running", 2, None, "")


def test_progress_renews_the_lease():
    clock, seen = Clock(), []

    def handle(job):
        for _ in range(5):
            clock.forward(seconds=45)
            job.progress("reading", 10)
            seen.append(runner.run_job(row.pk, clock=clock))

    row = enqueue(sample_kind(handle), clock)
    assert runner.run_job(row.pk, clock=clock) is Outcome.DONE
    assert seen == [Outcome.NOTHING] * 5


def test_a_job_that_kills_eight_workers_is_dead():
    clock, told = Clock(), []
    row = enqueue(sample_kind(lambda job: None, on_dead=lambda job, sentence: told.append(sentence)), clock)
    for _ in range(8):
        assert runner.claim(Job.objects.all(), now=clock()) is not None  # and the worker is never seen again
        clock.forward(seconds=61)
    assert runner.run_job(row.pk, clock=clock) is Outcome.DEAD
    row.refresh_from_db()
    assert (row.state, row.failures, row.attempts) == ("dead", 8, 9)
    assert "went silent" in row.last_error
    assert len(told) == 1


def test_a_job_handed_back_is_due_again_at_once_and_counts_no_failure():
    clock = Clock()

    def handle(job):
        if job.attempt == 1:
            raise HandBack

    row = enqueue(sample_kind(handle), clock)
    assert runner.run_job(row.pk, clock=clock) is Outcome.HANDED_BACK
    row.refresh_from_db()
    assert (row.state, row.failures, row.due_at) == ("waiting", 0, clock.time)
    assert runner.run_job(row.pk, clock=clock) is Outcome.DONE


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_renews_the_lease_while_the_handler_works(settings):
    settings.JOBS_LEASE_SECONDS = 0.3
    first, renewed = [], threading.Event()

    def handle(job):
        first.append(Job.objects.get(uuid=job.uuid).lease_until)
        for _ in range(200):
            if Job.objects.get(uuid=job.uuid).lease_until > first[0]:
                renewed.set()
                return
            renewed.wait(0.05)

    row = jobs.enqueue(kind=sample_kind(handle), args={})
    assert runner.run_job(row.pk) is Outcome.DONE
    assert renewed.is_set()


@pytest.mark.django_db(transaction=True)
def test_eight_threads_claiming_forty_jobs_take_each_once():
    clock = Clock()
    kind = sample_kind(lambda job: None)
    for number in range(40):
        enqueue(kind, clock, args={"id": number})
    barrier, taken, errors = threading.Barrier(8), [], []

    def work():
        try:
            barrier.wait()
            for _ in range(200):
                job = runner.claim(Job.objects.filter(kind=kind), now=clock())
                if job is not None:
                    taken.append(job.pk)
        except Exception as problem:
            errors.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(taken) == sorted(Job.objects.filter(kind=kind).values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_the_effect_and_the_done_mark_commit_together():
    clock, states = Clock(), []

    def look_from_outside(pk):
        def look():
            states.append((Job.objects.get(pk=pk).state, effects()))
            connection.close()

        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    apply = an_effect()

    def handle(job):
        def effect():
            apply()
            look_from_outside(row.pk)
            transaction.on_commit(lambda: look_from_outside(row.pk))

        return effect

    row = enqueue(sample_kind(handle), clock)
    assert runner.run_job(row.pk, clock=clock) is Outcome.DONE
    assert states == [("running", 0), ("done", 1)]
