"""What every row of a tenant has: a public id, its organisation, and for edited rows a version counter."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class TenantRow(models.Model):
    """A row that belongs to one organisation and is only met together with the row it hangs on."""

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )

    class Meta:
        abstract = True


class TenantModel(TenantRow):
    """A row with an address of its own. The UUID stands in URLs and the API, never the bigint key."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Conflict(Exception):
    """Somebody else changed the row first. Shown as a 409 page with who did what and what to do next."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Versioned(models.Model):
    """A row that people edit: forms and the API send back the version they saw."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def change(self, *, seen: int | None = None, conflict: str = "", **fields: Any) -> Self:
        """Write `fields` if the row is still at version `seen` (default: as loaded), or raise Conflict.

        One conditional UPDATE, because `select_for_update` does nothing on SQLite and a read followed by a
        save double-applies on PostgreSQL.
        """
        expected = self.version if seen is None else seen
        changed = (
            type(self)
            ._default_manager.filter(pk=self.pk, version=expected)
            .update(version=expected + 1, **fields)
        )
        if not changed:
            raise Conflict(conflict or str(_("Somebody changed this while you had it open.")))
        self.version = expected + 1
        for name, value in fields.items():
            setattr(self, name, value)
        return self
