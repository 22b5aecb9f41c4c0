"""Audit entries can be added but never changed or removed, whoever asks the database."""

from typing import Any

from django.db import migrations

POSTGRESQL = [
    """
    CREATE FUNCTION parley_audit_is_append_only() RETURNS trigger AS $$
    BEGIN
        RAISE EXCEPTION 'audit entries are append-only';
    END
    $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER parley_audit_append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION parley_audit_is_append_only()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER parley_audit_append_only ON accounts_auditentry",
    "DROP FUNCTION parley_audit_is_append_only()",
]
SQLITE = [
    f"""
    CREATE TRIGGER parley_audit_no_{action.lower()} BEFORE {action} ON accounts_auditentry
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END
    """
    for action in ("UPDATE", "DELETE")
]
SQLITE_BACK = ["DROP TRIGGER parley_audit_no_update", "DROP TRIGGER parley_audit_no_delete"]


def run(schema_editor: Any, postgresql: list[str], sqlite: list[str]) -> None:
    statements = {"postgresql": postgresql, "sqlite": sqlite}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


def add(apps: Any, schema_editor: Any) -> None:
    run(schema_editor, POSTGRESQL, SQLITE)


def remove(apps: Any, schema_editor: Any) -> None:
    run(schema_editor, POSTGRESQL_BACK, SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
