"""Kill workers at random in the middle of their jobs and count what was lost or doubled.

    DJANGO_SETTINGS_MODULE=tests.jobs.settings DATABASE_URL=... \
        python -m tests.jobs.killrun --jobs 200 --kills 20 --seed 1

1. Enqueue the jobs; each works a while outside a transaction and then adds one row.
2. Start the workers. So many times: choose one by lot; wait until the table says it is at work, and then a
   moment more, by lot; SIGKILL it; start another in its place.
3. Wait until every job is finished, and print the counts as JSON.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter

import django


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--milliseconds", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("sample", "enqueue", count=options.jobs, milliseconds=options.milliseconds)
    crew = [_start() for _ in range(options.workers)]
    try:
        started = time.monotonic()
        _kill_by_lot(crew, options.kills, options.milliseconds, random.Random(options.seed))
        last_kill = time.monotonic()
        _wait_for_the_end()
        ended = time.monotonic()
    finally:
        for worker in crew:
            worker.terminate()
        for worker in crew:
            worker.wait()
    figures = {"seconds": round(ended - started, 1), "after_the_last_kill": round(ended - last_kill, 1)}
    print(json.dumps(_count(options.jobs) | figures))


def _start() -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "manage.py", "worker"], stdout=subprocess.DEVNULL)


def _kill_by_lot(crew: list, kills: int, milliseconds: int, lot: random.Random) -> None:
    for _ in range(kills):
        place = lot.randrange(len(crew))
        _wait_until_at_work(crew[place])
        # Sometimes in the work, sometimes in the finishing transaction, sometimes just after it.
        time.sleep(lot.uniform(0, milliseconds * 1.3 / 1000))
        crew[place].kill()
        crew[place].wait()
        crew[place] = _start()


def _wait_until_at_work(worker: subprocess.Popen) -> None:
    from jobs.models import Job

    until = time.monotonic() + 60
    while not Job.objects.filter(state=Job.State.RUNNING, worker__endswith=f":{worker.pid}").exists():
        if time.monotonic() > until:
            raise SystemExit(f"Worker {worker.pid} never took a job; {os.getpid()} gives up.")
        time.sleep(0.005)


def _wait_for_the_end() -> None:
    from jobs.models import Job

    until = time.monotonic() + 120
    while Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING]).exists():
        if time.monotonic() > until:
            raise SystemExit("Jobs are still open after two minutes.")
        time.sleep(0.05)


def _count(expected: int) -> dict:
    from jobs.models import Job
    from tests.jobs.sampleapp.models import Mark

    rows = Job.objects.filter(kind="sample.mark")
    marks = Counter(Mark.objects.values_list("number", flat=True))
    return {
        "done": rows.filter(state=Job.State.DONE).count(),
        "lost": sorted(set(range(expected)) - set(marks)),
        "doubled": sorted(number for number, times in marks.items() if times > 1),
        "taken_over": rows.filter(attempts__gt=1).count(),
    }


if __name__ == "__main__":
    main()
