"""The rates of a contract beside our rate card, as the rows of a small table."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clauses.topics.rates import figure, said, unit_said
from negotiation.models import Finding

KEY = "rates"
"""Where a finding's value keeps the rows."""


def items(row: Finding) -> dict[str, str]:
    """What the price in each paragraph is for; paragraphs that hold several prices say it themselves."""
    named: dict[str, dict[str, None]] = {}
    for one in (row.value or {}).get(KEY) or ():
        named.setdefault(one["block"], {})[one["item"]] = None
    return {block: next(iter(found)) for block, found in named.items() if len(found) == 1}


def table(row: Finding) -> list[dict[str, Any]]:
    """Item, their price, ours, and the difference in words; the rows above our card first, then what could
    not be told, each in the order of the contract."""
    value = row.value if isinstance(row.value, Mapping) else {}
    rows: Sequence[Mapping[str, Any]] = value.get(KEY) or ()
    order = ("above", "unknown", "within")
    return [_row(one) for one in sorted(rows, key=lambda one: order.index(one["verdict"]))]


def why_unchanged(row: Finding) -> str:
    """Why no price is changed, naming the rows that could not be compared; "" where prices are, or all rows
    could be compared."""
    if row.edits:
        return ""
    names = list(dict.fromkeys(f"“{one['item']}”" for one in table(row) if one["verdict"] == "unknown"))
    if not names:
        return ""
    more = len(names) - MOST_NAMED
    if more > 0:
        names[MOST_NAMED:] = [ngettext("%(more)d more row", "%(more)d more rows", more) % {"more": more}]
    told = ", ".join(names[:-1])
    listed = _("%(some)s and %(last)s") % {"some": told, "last": names[-1]} if told else names[-1]
    said = _(
        "No price is changed, because %(names)s could not be compared with our rate card: a change is offered"
        " only where it brings every row to the card."
    )
    return said % {"names": listed}


MOST_NAMED = 6
"""Rows a sentence names; the table shows them all."""


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
