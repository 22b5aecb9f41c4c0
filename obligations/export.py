"""Obligations as CSV that a spreadsheet cannot be tricked into running."""

import csv
import io
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from obligations.models import Bearer, Obligation
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
        writer.writerow([neutral(cell) for cell in cells])
    return ("\ufeff" + out.getvalue()).encode()
