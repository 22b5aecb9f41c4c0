"""Searching and filtering the list of clauses."""

import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from playbooks.models.library import LibraryClauseQuerySet

MOST_WORDS = 12


def filtered(known: LibraryClauseQuerySet, asked: QueryDict, today: datetime.date) -> LibraryClauseQuerySet:
    """Clauses that hold every word of `q`, of the type in `type`, in the state of `show`."""
    rows = _shown(known, asked.get("show", ""), today)
    if asked.get("type"):
        rows = rows.filter(clause_type=str(asked["type"]).replace("\x00", "")[:40])
    for word in asked.get("q", "").replace("\x00", "").split()[:MOST_WORDS]:
        rows = rows.filter(words__icontains=word)
    return rows.order_by("title", "pk")


def _shown(known: LibraryClauseQuerySet, show: str, today: datetime.date) -> LibraryClauseQuerySet:
    if show == "overdue":
        return known.overdue(today)
    if show == "retired":
        return known.exclude(retired_at=None)
    rows = known.filter(retired_at=None)
    return rows.exclude(standing="other") if show == "ladders" else rows


def filters(known: LibraryClauseQuerySet, asked: QueryDict, today: datetime.date) -> list[dict[str, Any]]:
    """The choices above the list, each keeping the words and the type asked for."""
    show = asked.get("show", "")
    labels = {
        "": _("In use"),
        "ladders": _("On ladders"),
        "overdue": _("Overdue for review"),
        "retired": _("Retired"),
    }
    found = []
    for name, label in labels.items():
        kept = asked.copy()
        kept.pop("page", None)
        kept["show"] = name
        count = _shown(known, name, today).count()
        found.append({"label": label, "url": f"?{kept.urlencode()}", "active": show == name, "count": count})
    return found
