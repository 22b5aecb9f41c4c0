"""`manage.py sample enqueue | report`: what tests ask of a database that only child processes open."""

import json

from django.core.management.base import BaseCommand
from django.db import transaction

import jobs
from jobs.models import Job
from tests.jobs.sampleapp.models import Mark


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("what", choices=["enqueue", "report"])
        parser.add_argument("--first", type=int, default=0)
        parser.add_argument("--count", type=int, default=1)
        parser.add_argument("--milliseconds", type=int, default=0)

    def handle(self, *, what, first, count, milliseconds, **options):
        if what == "enqueue":
            with transaction.atomic():
                for number in range(first, first + count):
                    args = {"number": number, "milliseconds": milliseconds}
                    jobs.enqueue(kind="sample.mark", args=args, key=f"mark:{number}")
        else:
            fields = ("state", "attempts", "failures", "worker", "last_error")
            rows = list(Job.objects.filter(kind="sample.mark").order_by("pk").values(*fields))
            marks = sorted(Mark.objects.values_list("number", flat=True))
            self.stdout.write(json.dumps({"jobs": rows, "marks": marks}))
