"""Words that people type: what no document and no database row may hold is refused with a sentence."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST_REASON = 2_000
LONGEST_PARAGRAPH = 20_000

_UNFIT = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Neither XML 1.0 nor PostgreSQL takes these. Tab, the ends of lines and the line break (\\v) are fit."""


def checked(text: str, *, longest: int = LONGEST_REASON) -> str:
    """The text without blanks at its ends. Raises ValidationError where it is too long or holds a control
    character."""
    text = text.strip()
    if _UNFIT.search(text):
        raise ValidationError(
            _("The text holds a control character that no document can carry. Remove it and try again."),
            code="control_character",
        )
    if len(text) > longest:
        raise ValidationError(
            _("The text is too long: at most %(most)d characters, this has %(now)d.")
            % {"most": longest, "now": len(text)},
            code="too_long",
        )
    return text


def searched(text: str) -> str:
    """Words to search by: what nothing can contain is left out instead of refused."""
    return _UNFIT.sub("", text).strip()[:200]
