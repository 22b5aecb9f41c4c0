"""Personal calendar feeds: a secret address, revocable, with titles and links but no contract text."""

import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from icalendar import Calendar, Event

from accounts.models import Membership
from accounts.services import audit
from accounts.services.people import hash_token
from obligations.access import obligations_visible_to
from obligations.models import CalendarFeed, ObligationState


@transaction.atomic
def new_feed(*, member: Membership) -> tuple[CalendarFeed, str]:
    """A new secret address; the one before stops working."""
    _revoke(member)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        organisation=member.organisation, member=member, token_hash=hash_token(token)
    )
    audit.record(organisation=member.organisation, by=member, action="feed.created", target=feed)
    return feed, token


@transaction.atomic
def revoke_feed(*, member: Membership) -> None:
    if _revoke(member):
        audit.record(organisation=member.organisation, by=member, action="feed.revoked", target=member)


def _revoke(member: Membership) -> int:
    return CalendarFeed.objects.filter(member=member, revoked_at=None).update(revoked_at=timezone.now())


def feed_of(token: str) -> CalendarFeed | None:
    """The living feed behind a secret address, or None; a leaver's feed ends with their membership."""
    feed = (
        CalendarFeed.objects.select_related("member__user", "organisation")
        .filter(token_hash=hash_token(token), revoked_at=None)
        .first()
    )
    if feed is None or feed.organisation.archived_at is not None:
        return None
    if not (feed.member.is_active and feed.member.user.is_active):
        return None
    return feed


def calendar_of(feed: CalendarFeed) -> bytes:
    """The member's own dated, pending obligations as iCalendar: one all-day event each.

    An event that starts on a date and names no end lasts that day (RFC 5545, 3.6.1).
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Parley//Obligations//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Parley · {feed.organisation.name}")
    # What they no longer see in the pages, the calendar does not tell either.
    rows = obligations_visible_to(feed.member).filter(
        owner=feed.member, state=ObligationState.PENDING, due_on__isnull=False
    )
    for row in rows.order_by("due_on", "pk"):
        if row.due_on is None:
            continue
        event = Event()
        event.add("uid", f"{row.uuid}@parley")
        event.add("dtstamp", row.created_at)
        event.add("dtstart", row.due_on)
        event.add("summary", f"{row.contract.title}: {row.title}")
        event.add("url", f"{settings.PARLEY_URL}{row.get_absolute_url()}")
        event.add("sequence", row.version)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
