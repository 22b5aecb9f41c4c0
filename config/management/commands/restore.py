"""`manage.py restore FILE`: a backup put back into an empty installation, all of it or nothing."""

import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backups import Unusable, reading

REFUSED = 3


class Command(BaseCommand):
    help = "Put a backup back into an empty installation. Stop Parley first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="what `manage.py backup` wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        try:
            back = reading.read(options["file"])
        except Unusable as error:
            raise CommandError(f"{error.code}: {error}", returncode=REFUSED) from error
        self.stdout.write(f"{back.rows:,} rows and {back.files:,} files are back.")
        for sentence in back.wrong:
            print(sentence, file=sys.stderr)
        if not back.wrong:
            self.stdout.write("Every stored file and every record verifies.")
