"""Lets tests empty the audit table between them on SQLite, where emptying is a DELETE that the append-only
trigger refuses. PostgreSQL empties by TRUNCATE, which row triggers do not see."""

from typing import Any

# Not from `operations`: that module can only be loaded from `base`, which nobody has done on PostgreSQL.
from django.db.backends.sqlite3.base import DatabaseOperations

TRIGGER = "parley_audit_no_delete"
_sql_flush = DatabaseOperations.sql_flush


def _flush_around_the_trigger(self: DatabaseOperations, style: Any, tables: Any, **options: Any) -> list[str]:
    statements = _sql_flush(self, style, tables, **options)
    with self.connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [TRIGGER])
        row = cursor.fetchone()
    return [f"DROP TRIGGER {TRIGGER}", *statements, row[0]] if row and statements else statements


def allow_flush() -> None:
    DatabaseOperations.sql_flush = _flush_around_the_trigger
