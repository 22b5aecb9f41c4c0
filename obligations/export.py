"""Obligations as CSV; dates as ISO 8601."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.spreadsheets import csv_bytes
from obligations.models import Bearer, Obligation
from obligations.services.mapping import describe_rule


def csv_of(rows: Iterable[Obligation]) -> bytes:
    head = [
        _("Obligation"),
        _("Whose duty"),
        _("Owner"),
        _("Due on"),
        _("Time zone"),
        _("Due rule"),
        _("State"),
        _("Contract"),
        _("Negotiation"),
        _("Issue"),
        _("Quote"),
        _("Link"),
    ]
    return csv_bytes(head, map(_cells, rows))


def _cells(row: Obligation) -> list[str]:
    return [
        row.title,
        _("the other side") if row.bearer == Bearer.THEIRS else _("we"),
        row.owner.user.name if row.owner else "",
        row.due_on.isoformat() if row.due_on else "",
        row.zone,
        describe_rule(row.due_rule),
        str(row.get_state_display()),
        row.contract.title,
        row.contract.negotiation.title,
        row.finding.title if row.finding else row.issue.replace("_", " "),
        row.quote,
        settings.PARLEY_URL + row.get_absolute_url(),
    ]
