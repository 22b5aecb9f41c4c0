"""Whose turn it is, as far as a received version tells."""

from datetime import datetime

from negotiation.models import Turn, Version


def close_their_turn(*, version: Version, at: datetime) -> Turn | None:
    """A version that came from the other side closes their turn; ours is closed by sending."""
    if version.side.is_ours:
        return None
    return record_turn(version=version, at=at)


def record_turn(*, version: Version, at: datetime, message: str = "") -> Turn:
    last = version.contract.turns.order_by("-number").first()
    return Turn.objects.create(
        organisation=version.organisation,
        contract=version.contract,
        number=last.number + 1 if last else 1,
        side=version.side,
        version=version,
        message=message,
        sent_by=version.uploaded_by if version.side.is_ours else None,
        sent_at=at,
    )
