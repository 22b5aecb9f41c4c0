"""What a version is called: whose turn it was once it went over the table, its kind of draft before."""

from django.utils.translation import gettext as _

from negotiation.models import Version, VersionLabel

NAMED = (VersionLabel.APPROVED, VersionLabel.EXECUTED)
"""What these are says more than whose turn brought them."""


def version_word(version: Version) -> str:
    """As in “our turn 2, sent”, “their turn 3” or “internal draft”. Asks nothing of the database where the
    version was fetched with its turn and side."""
    turn = getattr(version, "turn", None)
    if turn is None or version.label in NAMED:
        return str(version.get_label_display())
    pattern = _("our turn %(number)d, sent") if turn.side.is_ours else _("their turn %(number)d")
    return pattern % {"number": turn.number}
