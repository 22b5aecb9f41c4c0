"""`manage.py sweep`: what a lost or missing bell forgot."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from jobs.loop import Loop
from jobs.worker import sweep


class Command(BaseCommand):
    help = "Ring the Celery workers for due and abandoned jobs; without Redis, do these jobs here."
    # The web process checks the project; here it would mean loading every page before the first job.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="repeat until told to stop")

    def handle(self, *args: Any, **options: Any) -> None:
        every: float | None = options["every"]
        if every is None:
            self._say(sweep())
            return

        def step() -> float:
            self._say(sweep(is_stopping=loop.is_stopping))
            return every

        loop = Loop(step)
        loop.run()

    def _say(self, counts: tuple[int, int]) -> None:
        rung, done = counts
        if rung or done:
            self.stdout.write(f"{rung} rung, {done} done here")
