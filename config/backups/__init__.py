"""A backup: one zip file with every row and every stored file, whatever the database.

    manifest.json               form, migrations, and of each table its rows and the SHA-256 of its member
    rows/<app>.<model>.jsonl    one row a line: {"model", "pk", "fields"}
    files/<storage key>         the bytes of a stored file, as they are

Taken while Parley runs, it shows one moment: rows are read from one snapshot of the database, and the bytes
of a stored file are there before its row and never change. Sessions and failed sign-ins are left out.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

FORM = 1
CHUNK = 1 << 20  # bytes read at a time
MANIFEST, ROWS, FILES = "manifest.json", "rows/", "files/"
_LEFT_OUT = {"auth", "axes", "contenttypes", "sessions"}


class Unusable(Exception):
    """The backup cannot be taken or put back; ``code`` is stable, the message a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def tables() -> Iterator[type[models.Model]]:
    """The models a backup holds, those that others point to first within each app."""
    for config in apps.get_app_configs():
        if config.label not in _LEFT_OUT:
            yield from config.get_models()


def migrations() -> list[str]:
    """The migrations applied to this database, as `app.name`, of the apps a backup holds."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app not in _LEFT_OUT)
