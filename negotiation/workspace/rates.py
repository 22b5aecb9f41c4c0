"""The rates of a contract beside our rate card, as the rows of a small table."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clauses.topics.rates import figure, said, unit_said
from negotiation.models import Finding

KEY = "rates"
"""Where a finding's value keeps the rows."""


def table(row: Finding) -> list[dict[str, Any]]:
    """Item, their price, ours, and the difference in words; the rows above our card first, then what could
    not be told, each in the order of the contract."""
    value = row.value if isinstance(row.value, Mapping) else {}
    rows: Sequence[Mapping[str, Any]] = value.get(KEY) or ()
    order = ("above", "unknown", "within")
    return [_row(one) for one in sorted(rows, key=lambda one: order.index(one["verdict"]))]


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    theirs = Decimal(one["theirs"]) if one["theirs"] else None
    ours = Decimal(one["ours"]) if one["ours"] else None
    difference, share = _difference(theirs, ours)
    return {
        "item": one["item"],
        "block": one["block"],
        "theirs": said(theirs, one["currency"], "") if theirs is not None else _("not read"),
        "unit": unit_said(one["unit"]) if theirs is not None else "",
        "ours": figure(ours) if ours is not None else "–",
        "verdict": one["verdict"],
        "difference": difference,
        "share": share,
        "why": one["why"],
    }


def _difference(theirs: Decimal | None, ours: Decimal | None) -> tuple[str, str]:
    """By how much theirs is above or below ours: the amount, and the share of our price."""
    if theirs is None or not ours:
        return "", ""
    apart = theirs - ours
    if not apart:
        return _("the same"), ""
    sign = "+" if apart > 0 else "−"
    return f"{sign}{figure(abs(apart))}", f"{sign}{abs(apart) / ours * 100:.1f} %"
