"""Days that a duty can fall due on, and counting months."""

import calendar
from datetime import date, timedelta

EARLIEST = date(1990, 1, 1)
LATEST = date(2199, 12, 31)
"""A date outside is a slip of the keyboard. The room to either side is for what is counted from a date:
reminders before it, the next month of a repeating duty, the hour in another zone."""


def is_possible(day: date) -> bool:
    """Whether a duty may fall due on this day."""
    return EARLIEST <= day <= LATEST


def add_months(day: date, months: int) -> date | None:
    """The same day `months` later, or the month's last day where it has no such day; None where that is no
    possible day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if not EARLIEST.year <= year <= LATEST.year:
        return None
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date | None:
    """The day `days` later (earlier where negative), None where that is no possible day."""
    room = (LATEST - day).days if days > 0 else (day - EARLIEST).days
    return day + timedelta(days=days) if abs(days) <= room else None
