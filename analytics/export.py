"""The result table of a run as CSV."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.spreadsheets import csv_bytes
from analytics.models import ItemState, RunItem
from playbooks.backtest import APPROVAL, STOP, Outcome


def csv_of(items: Iterable[RunItem]) -> bytes:
    head = [
        _("Document"),
        _("Negotiation"),
        _("State"),
        _("Risk"),
        _("Risk score"),
        _("High"),
        _("Medium"),
        _("Low"),
        _("Could not tell"),
        _("Worst issue"),
        _("Approvals"),
        _("Walk-away stops"),
        _("Why it could not be read"),
        _("Link"),
    ]
    return csv_bytes(head, map(_cells, items))


def _cells(item: RunItem) -> list[str | int]:
    known = item.state == ItemState.READY
    needs = [one.needs for one in Outcome.from_data(item.outcome or {}).stood] if known else []
    figures: list[str | int] = ["", "", "", "", "", "", "", "", ""]
    if known:
        figures = [
            item.risk_level,
            item.risk_score,
            item.high,
            item.medium,
            item.low,
            item.unsure,
            item.worst,
            needs.count(APPROVAL),
            needs.count(STOP),
        ]
    return [
        item.title,
        item.contract.negotiation.title if item.contract else "",
        str(item.get_state_display()),
        *figures,
        item.failure,
        settings.PARLEY_URL + item.get_absolute_url() if known else "",
    ]
