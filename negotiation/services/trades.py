"""Trades: what the other side gives in return for a position. A position that asks for one holds only while
the trade stands; when it falls, every contract of the deal is judged again and what rested on it is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit
from negotiation.models import Negotiation, Trade
from negotiation.services import again
from negotiation.services.reviews import rules_of_version
from negotiation.words import checked


@dataclass(frozen=True)
class Asked:
    """A trade that some position of the deal's playbooks asks for."""

    code: str
    text: str


def known(negotiation: Negotiation) -> list[Asked]:
    """The trades that the pinned playbooks of the deal's contracts ask for, each once, by code."""
    rows = negotiation.contracts.filter(playbook_version__isnull=False).select_related("playbook_version")
    found = {
        rung.needs_trade: rung.trade
        for contract in rows
        if contract.playbook_version is not None
        for issue in rules_of_version(contract.playbook_version).issues
        for rung in issue.rungs
        if rung.needs_trade
    }
    return [Asked(code, text) for code, text in sorted(found.items())]


def standing(negotiation: Negotiation) -> Sequence[Trade]:
    return list(negotiation.trades.filter(fallen_at=None).select_related("agreed_by__user"))


def agree_trade(*, negotiation: Negotiation, code: str, evidence: str, by: Membership) -> Trade:
    """Record that the other side gives what a position asks for in return. `evidence` says where they agreed.

    Raises ValidationError for a trade no playbook of the deal asks for, or without evidence, and Conflict
    where it stands already.
    """
    asked = next((one for one in known(negotiation) if one.code == code), None)
    if asked is None:
        raise ValidationError(_("No position of the playbook asks for this trade."))
    evidence = checked(evidence)
    if not evidence:
        raise ValidationError(_("Say where they agreed to it: a mail, a call, a marked draft."))
    try:
        with transaction.atomic():
            trade = Trade.objects.create(
                organisation=negotiation.organisation,
                negotiation=negotiation,
                code=asked.code,
                text=asked.text,
                evidence=evidence,
                agreed_by=by,
                agreed_at=timezone.now(),
            )
            _recorded(trade, by, "trade.agreed", evidence)
    except IntegrityError as error:
        raise Conflict(_("This trade is recorded as agreed already.")) from error
    return trade


def drop_trade(*, trade: Trade, reason: str, by: Membership, seen: int) -> Trade:
    """The trade fell: they do not give it after all. Raises ValidationError without a reason and Conflict
    where it fell already."""
    reason = checked(reason)
    if not reason:
        raise ValidationError(_("Say why: the reason is kept with the decision."))
    with transaction.atomic():
        trade.change(
            seen=seen,
            conflict=_("Somebody changed this trade while you had it open."),
            fallen_by=by,
            fallen_at=timezone.now(),
            fallen_reason=reason,
        )
        _recorded(trade, by, "trade.fell", reason)
    return trade


def _recorded(trade: Trade, by: Membership, action: str, reason: str) -> None:
    audit.record(
        organisation=trade.organisation,
        by=by,
        action=action,
        target=trade,
        negotiation=trade.negotiation.uuid,
        payload={"code": trade.code},
        personal={"reason": reason},
    )
    again.ask(negotiation=trade.negotiation, because="trade", key=f"{trade.uuid}:{trade.version}")
