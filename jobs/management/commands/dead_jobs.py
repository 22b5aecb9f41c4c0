"""`manage.py dead_jobs`: what was given up, why, and a way to try it again."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from jobs.models import Job
from jobs.services import revive


class Command(BaseCommand):
    help = "List the jobs that were given up, oldest first; --revive gives one all its tries again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--revive", type=UUID, metavar="UUID")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["revive"] is not None:
            self._revive(options["revive"])
            return
        for job in Job.objects.dead():
            self.stdout.write(f"{job.uuid}  {job.finished_at:%Y-%m-%d %H:%M}  {job.kind}  {job.last_error}")

    def _revive(self, uuid: UUID) -> None:
        job = Job.objects.filter(uuid=uuid).first()
        if job is None or not revive(job=job):
            raise CommandError(f"No job that was given up has the reference {uuid}.")
        self.stdout.write(f"{job.kind} is waiting again.")
