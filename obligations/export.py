"""Obligations as CSV that a spreadsheet cannot be tricked into running."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from obligations.models import Obligation
from obligations.services.mapping import describe_rule

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Text that a spreadsheet shows instead of computing: what begins like a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_of(rows: Iterable[Obligation]) -> bytes:
    """UTF-8 with a byte order mark, which makes spreadsheets read it as UTF-8; dates as ISO 8601."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
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
    )
    for row in rows:
        cells = [
            row.title,
            str(row.get_bearer_display()),
            row.owner.user.name if row.owner else "",
            row.due_on.isoformat() if row.due_on else "",
            row.zone,
            describe_rule(row.due_rule),
            str(row.get_state_display()),
            row.contract.title,
            row.contract.negotiation.title,
            row.issue,
            row.quote,
            row.get_absolute_url(),
        ]
        writer.writerow([neutral(cell) for cell in cells])
    return ("\ufeff" + out.getvalue()).encode()
