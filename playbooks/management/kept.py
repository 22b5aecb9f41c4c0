"""The playbooks that organisations keep in the database, for the commands.

Shipped playbooks are found without any database, and a review by a shipped name says the same on every
machine: what an organisation keeps under that name is used only where `--organisation` asks for it.
"""

from pathlib import Path

from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from accounts.models import Organisation
from playbooks.models import Playbook, PlaybookVersion


def is_migrated() -> bool:
    """Whether there is a database with the playbooks' tables as this program knows them. Raises CommandError
    (exit 2) where it does not answer."""
    # To ask SQLite for a file that is not there would make it.
    if connection.vendor == "sqlite" and not _sqlite_is_there():
        return False
    try:
        loader = MigrationLoader(connection)
    except DatabaseError as error:
        raise CommandError(f"The database does not answer: {error}", returncode=2) from error
    ours = {key for key in loader.graph.nodes if key[0] == Playbook._meta.app_label}
    return ours <= set(loader.applied_migrations)


def _sqlite_is_there() -> bool:
    name = str(connection.settings_dict["NAME"])
    return "memory" in name or Path(name).exists()


def organisation_called(name: str) -> Organisation:
    """The organisation of that name, or the only one. Raises CommandError (exit 2) naming those there are."""
    known = Organisation.objects.order_by("pk") if is_migrated() else Organisation.objects.none()
    chosen = list(known.filter(name=name) if name else known)
    if len(chosen) != 1:
        names = ", ".join(known.values_list("name", flat=True)) if is_migrated() else ""
        raise CommandError(
            f"Say for which organisation with --organisation; there are: {names or 'none'}.", returncode=2
        )
    return chosen[0]


def newest(organisation: str, *, draft: bool = False) -> list[PlaybookVersion]:
    """One version of each kept playbook, by name: the one in force, or its draft where none is in force or
    `draft` asks. Without an organisation those of all; nothing before the database is migrated."""
    if not organisation and not is_migrated():
        return []
    books = Playbook.objects.filter(archived_at=None).select_related("organisation")
    if organisation:
        books = books.filter(organisation=organisation_called(organisation))
    found = []
    for book in books.order_by("slug", "organisation__pk"):
        version = (book.draft() if draft else book.published()) or book.published() or book.draft()
        if version is not None:
            found.append(version)
    return found


def one_called(name: str, organisation: str, *, draft: bool = False) -> PlaybookVersion | None:
    """The kept playbook of that name, None where there is none. Raises CommandError (exit 2) where several
    organisations keep one and none was chosen."""
    found = [version for version in newest(organisation, draft=draft) if version.playbook.slug == name]
    if len(found) > 1:
        names = ", ".join(version.playbook.organisation.name for version in found)
        raise CommandError(
            f"Several organisations keep “{name}”: {names}. Choose with --organisation.", returncode=2
        )
    return found[0] if found else None
