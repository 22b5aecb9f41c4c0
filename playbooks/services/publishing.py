"""Publishing a version and what it must be for that; making room for a draft, discarding one, its YAML."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit
from playbooks import rules
from playbooks.models import Playbook, PlaybookVersion
from playbooks.trials import check_examples
from playbooks.yaml_format import dump

MISSES_NAMED = 10
"""How many examples that miss are named at once."""


def make_room(playbook: Playbook, *, replace_draft: bool, by: Membership | None) -> None:
    """See that no draft is in the way of a new one. ValidationError when one is and must not be discarded."""
    draft = playbook.draft()
    if draft is None:
        return
    if not replace_draft:
        raise ValidationError(
            _("“%(title)s” already has a draft version. Publish it, discard it, or replace it by this one.")
            % {"title": playbook.title}
        )
    discard_draft(version=draft, by=by)


@transaction.atomic
def discard_draft(
    *, version: PlaybookVersion, by: Membership | None, at: datetime | None = None
) -> PlaybookVersion:
    """Put a draft aside for good; its row stays for the record, its number is not given again.

    Raises Conflict if it was published or discarded meanwhile.
    """
    won = PlaybookVersion.objects.drafts().filter(pk=version.pk).update(discarded_at=at or timezone.now())
    if not won:
        raise Conflict(_("This version was already published or discarded."))
    version.refresh_from_db()
    _record(version, by, "playbook.discarded")
    return version


@transaction.atomic
def publish(
    *, version: PlaybookVersion, by: Membership | None, at: datetime | None = None
) -> PlaybookVersion:
    """Make a draft version the one new contracts are pinned to; from now on it cannot change.

    Raises ValidationError naming examples that land on another rung than they stand under, and Conflict if
    somebody published or discarded it first.
    """
    _examples_must_land(rules.Playbook.from_data(version.data))
    won = (
        PlaybookVersion.objects.drafts()
        .filter(pk=version.pk)
        .update(published_at=at or timezone.now(), published_by=by)
    )
    if not won:
        raise Conflict(_("This version was already published or discarded."))
    version.refresh_from_db()
    _record(version, by, "playbook.published")
    return version


def _examples_must_land(playbook: rules.Playbook) -> None:
    """A ladder that does not do what its author wrote beside it must not decide anything."""
    _count, misses = check_examples(playbook)
    if misses:
        said = _("%(issue)s: an example of %(wanted)s lands on %(got)s: “%(text)s”")
        raise ValidationError(
            [
                said % {"issue": miss.issue, "wanted": miss.wanted, "got": miss.got, "text": miss.text[:160]}
                for miss in misses[:MISSES_NAMED]
            ]
        )


def _record(version: PlaybookVersion, by: Membership | None, action: str) -> None:
    audit.record(
        organisation=version.organisation,
        by=by,
        action=action,
        target=version,
        payload={"playbook": version.playbook.slug, "number": version.number, "digest": version.digest},
    )


def export_yaml(version: PlaybookVersion) -> str:
    """The version's rules as YAML, which imports back to equal rules."""
    return dump(rules.Playbook.from_data(version.data))


def yaml_of(data: object) -> str:
    """YAML of rules in their stored form. Raises BadPlaybook where the data are no playbook."""
    return dump(rules.Playbook.from_data(data))
