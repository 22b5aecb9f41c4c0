"""`manage.py worker`: does jobs one after another until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand

from jobs.loop import Loop
from jobs.worker import Worker


class Command(BaseCommand):
    help = "Do the background work of the Job table. Stops on SIGTERM or Ctrl-C, after the job at hand."
    # The web process checks the project; here it would mean loading every page before the first job.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        Loop(Worker().step).run()
