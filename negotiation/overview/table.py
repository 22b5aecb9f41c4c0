"""Who sits at the table of a deal."""

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from negotiation.models import Negotiation, Party, Side


def fetch_sides(negotiation: Negotiation) -> None:
    """Have the sides with their parties and leads at hand, for all of the page."""
    parties = Party.objects.select_related("lead_member__user", "lead_guest")
    sides = Side.objects.prefetch_related(Prefetch("parties", parties))
    prefetch_related_objects([negotiation], Prefetch("sides", sides))


def parties(negotiation: Negotiation) -> list[dict[str, Any]]:
    """Everybody at the table, our side first."""
    rows = []
    team = list(negotiation.team.select_related("member__user"))
    for side in sorted(negotiation.sides.all(), key=lambda side: (not side.is_ours, side.pk)):
        for party in side.parties.all():
            people = []
            if party.lead_member:
                people.append(
                    {"name": party.lead_member.user.name, "role": party.lead_member.title, "is_lead": True}
                )
            if party.lead_guest:
                people.append(
                    {"name": party.lead_guest.name, "role": party.lead_guest.company, "is_lead": True}
                )
            if side.is_ours:
                people += [
                    {"name": row.member.user.name, "role": row.member.title, "is_lead": False}
                    for row in team
                    if row.member_id != party.lead_member_id
                ]
            rows.append(
                {
                    "name": party.legal_name,
                    "side": "ours" if side.is_ours else "theirs",
                    "role": party.contract_role,
                    "people": people,
                }
            )
    return rows
