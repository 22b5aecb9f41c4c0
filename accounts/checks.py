"""What an organisation's and a person's own values must look like: for forms and services alike."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _


@cache
def _zones() -> frozenset[str]:
    # Reading the folder of zones takes a tenth of a second; it does not change while a process runs.
    return frozenset(available_timezones())


def checked_zone(zone: str) -> str:
    """The zone. Raises ValidationError for one that dates could not be shown in."""
    if zone not in _zones():
        raise ValidationError(_("This is not a time zone we know, for example Europe/Berlin."))
    return zone


def checked_currency(code: str) -> str:
    """The code in capitals. Raises ValidationError unless it has the form of ISO 4217: three of A to Z."""
    code = code.strip().upper()
    # `isalpha` alone would take Ä and ß, too.
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise ValidationError(_("A currency has three letters, for example EUR."))
    return code


def checked_email(email: str) -> str:
    """The address as it is kept, in small letters. Raises ValidationError for what no mail could reach."""
    email = email.strip().lower()
    validate_email(email)
    return email


def checked_name(name: str, *, longest: int) -> str:
    """The name without spaces round it. Raises ValidationError for none, and for one too long to keep."""
    name = name.strip()
    if not name or len(name) > longest:
        raise ValidationError(_("A name has between 1 and %(longest)d characters.") % {"longest": longest})
    return name
