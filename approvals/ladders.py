"""The issues and rungs a line of the matrix can name: those of each playbook's newest published version."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from accounts.models import Membership
from negotiation.services.reviews import rules_of_version
from playbooks.access import playbooks_visible_to, versions_visible_to
from playbooks.pages import rung_name
from playbooks.rules import OUTSIDE


@dataclass
class Ladder:
    """An issue's title, and its rungs in order: id → name. Playbooks that share an issue share a ladder."""

    title: str
    rungs: dict[str, str] = field(default_factory=dict)


def known_ladders(member: Membership) -> dict[str, Ladder]:
    """Issue code → ladder. One query, however many playbooks and versions there are."""
    shown = versions_visible_to(member).filter(
        published_at__isnull=False, playbook__in=playbooks_visible_to(member).filter(archived_at=None)
    )
    newest = shown.filter(playbook=OuterRef("playbook")).order_by("-number").values("pk")[:1]
    found: dict[str, Ladder] = {}
    for version in shown.filter(pk=Subquery(newest)).order_by("playbook"):
        for issue in rules_of_version(version).issues:
            ladder = found.setdefault(issue.code, Ladder(issue.title))
            for index, rung in enumerate(issue.rungs):
                ladder.rungs.setdefault(rung.id, f"{rung_name(index)}: {rung.label}".removesuffix(": "))
    return found


def rung_words(rung: str, ladder: Ladder | None) -> str:
    """A rung as the matrix shows it; of any issue only the id tells which one is meant."""
    if rung == OUTSIDE:
        return _("below the last fallback")
    return ladder.rungs.get(rung, rung) if ladder else rung
