"""The moves after their answer as plain values: what each offers, what it costs, the words it starts from."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from negotiation.models import Decision, Finding, FindingStatus
from negotiation.services import next_step
from negotiation.workspace.rows import Rows
from negotiation.workspace.sentences import position_name
from playbooks import rules
from playbooks.pages import cost

RISK_WORDS = {
    "low": gettext_lazy("low risk"),
    "medium": gettext_lazy("medium risk"),
    "high": gettext_lazy("high risk"),
}


def price(rung: rules.Rung) -> dict[str, Any]:
    """What going to a position costs: whose approval, which risk, what it obliges to."""
    return {
        "cost": cost(rung.approvers) or _("no approval"),
        "needs_approval": not rung.free,
        "risk_words": RISK_WORDS.get(rung.risk, rung.risk),
        "obligations": [one.title for one in rung.obligations],
        "mitigation": rung.mitigation,
    }


def trade(rung: rules.Rung, rows: Rows) -> dict[str, Any] | None:
    """What we ask in return for a position, and whether that is agreed."""
    if not rung.trade:
        return None
    agreed = next((one for one in rows.trades if one.code == rung.needs_trade), None)
    return {
        "text": rung.trade,
        "code": rung.needs_trade,
        "is_needed": bool(rung.needs_trade),
        "agreed": agreed is not None,
    }


def after_their_answer(
    row: Finding, issue: rules.Issue, rows: Rows, can: Collection[str]
) -> dict[str, Any] | None:
    """None where we asked for nothing before, or nothing is to be decided."""
    asked = rows.asked.get(row.issue)
    if asked is None or row.decision != Decision.OPEN or asked.rung not in {r.id for r in issue.rungs}:
        return None
    agreed = {one.code for one in rows.trades}
    new = next_step.with_own_words(issue, row.ways or {}, can)
    found = next_step.moves(issue, row.status, row.rung, asked, can=can, trades=agreed, new=new)
    return {
        "asked": position_name(issue, asked.rung),
        "turn": asked.turn,
        "says": _where(row, issue, found),
        "accept": _accept(row, issue, found),
        "hold": _rung(found.hold, issue, rows),
        "following": _rung(found.following, issue, rows),
        "trades": [_rung(one, issue, rows) for one in found.trades],
        "past_the_last": found.is_past_the_last,
        "who_may": cost(issue.walk_away.approvers),
    }


def _where(row: Finding, issue: rules.Issue, found: next_step.Moves) -> str:
    if found.gives_all:
        return _("Their words give us what we asked for.")
    if found.theirs is not None:
        return _("Their words meet %(name)s: %(label)s.") % {
            "name": position_name(issue, found.theirs.id),
            "label": found.theirs.label,
        }
    if row.status == FindingStatus.UNSURE:
        return _("Where their words stand could not be told: a person reads them.")
    if row.status == FindingStatus.MISSING:
        return _("They took it out: the contract says nothing on this.")
    return _("Their words are below every position we accept.")


def _accept(row: Finding, issue: rules.Issue, found: next_step.Moves) -> dict[str, Any] | None:
    """Accepting their words, where they meet an allowed position; its approval is asked for by accepting."""
    if found.theirs is None:
        return None
    reason = _("Their words meet %(name)s.") % {"name": position_name(issue, found.theirs.id)}
    return price(found.theirs) | {"name": position_name(issue, found.theirs.id), "reason": reason}


def _rung(rung: rules.Rung | None, issue: rules.Issue, rows: Rows) -> dict[str, Any] | None:
    if rung is None:
        return None
    return price(rung) | {
        "id": rung.id,
        "name": position_name(issue, rung.id),
        "text": rung.label,
        "reason": rung.reason,
        "trade": trade(rung, rows),
    }


def trades_of_deal(rows: Rows) -> list[dict[str, Any]]:
    """The trades that stand, with the form that lets one fall."""
    return [
        {
            "text": one.text,
            "evidence": one.evidence,
            "by": one.agreed_by.user.name,
            "at": one.agreed_at,
            "version": one.version,
            "drop_url": reverse("negotiation:drop_trade", args=[one.uuid]),
            "id": str(one.uuid),
        }
        for one in rows.trades
    ]
