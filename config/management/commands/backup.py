"""`manage.py backup OUT`: every row and file in one zip file, consistent while Parley runs."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backups import Unusable, writing

WRONG_USE = 2


class Command(BaseCommand):
    help = "Write everything to one file. Parley may go on running."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, metavar="OUT", help="a file that is not there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = writing.write(options["out"])
        except (Unusable, OSError) as error:
            raise CommandError(str(error), returncode=WRONG_USE) from error
        self.stdout.write(f"{options['out']}: {written.rows:,} rows, {written.files:,} files.")
        for key in written.damaged:
            print(f"damaged: the stored file {key} is not what it was when it was stored", file=sys.stderr)
