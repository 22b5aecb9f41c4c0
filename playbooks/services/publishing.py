"""Publishing a version and what it must be for that; making room for a draft, discarding one, its YAML."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit
from playbooks import rules
from playbooks.coherence import ladder_mistakes
from playbooks.models import Playbook, PlaybookVersion
from playbooks.trials import Miss, check_examples
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
    *,
    version: PlaybookVersion,
    by: Membership | None,
    at: datetime | None = None,
    note: str = "",
    digest: str = "",
) -> PlaybookVersion:
    """Make a draft version the one new contracts are pinned to; from now on it cannot change. `note` says in
    a sentence what is new, `digest` is that of the rules the person saw.

    Raises ValidationError naming ladders that cannot work or examples that land on another rung than they
    stand under, and Conflict if somebody published or discarded it first.
    """
    read = rules.Playbook.from_data(version.data)
    _ladders_must_work(read)
    _examples_must_land(read)
    won = (
        PlaybookVersion.objects.drafts()
        .filter(pk=version.pk, digest=digest or version.digest)
        .update(published_at=at or timezone.now(), published_by=by, note=note[:300] or version.note)
    )
    if not won:
        raise Conflict(_("This version was changed, published or discarded meanwhile. Look at it again."))
    version.refresh_from_db()
    if version.playbook.title != read.title:
        version.playbook.change(title=read.title)
    _record(version, by, "playbook.published", reviews=_reviews(version))
    return version


def _reviews(version: PlaybookVersion) -> list[dict[str, Any]]:
    """Who was asked to look at the draft, what they answered, and whether it was about these very rules."""
    return [
        {
            "asked_of": str(row.asked_of.uuid),
            "answer": row.answer or "waiting",
            "of_this_text": row.is_of_this_text,
        }
        for row in version.draft_reviews.select_related("asked_of", "version")
    ]


def _ladders_must_work(playbook: rules.Playbook) -> None:
    mistakes = ladder_mistakes(playbook)
    if mistakes:
        raise ValidationError([str(mistake) for mistake in mistakes[:MISSES_NAMED]])


def _examples_must_land(playbook: rules.Playbook) -> None:
    """A ladder that does not do what its author wrote beside it must not decide anything."""
    _count, misses = check_examples(playbook)
    if misses:
        raise ValidationError([miss_said(miss) for miss in misses[:MISSES_NAMED]])


def miss_said(miss: Miss) -> str:
    """An example that does not stand where its author put it, in a sentence."""
    if miss.got == "unsure":
        said = _("%(issue)s: where an example of %(wanted)s stands could not be told (%(why)s): “%(text)s”")
    else:
        said = _("%(issue)s: an example of %(wanted)s lands on %(got)s: “%(text)s”")
    return said % {**vars(miss), "text": miss.text[:160]}


def _record(version: PlaybookVersion, by: Membership | None, action: str, **more: Any) -> None:
    audit.record(
        organisation=version.organisation,
        by=by,
        action=action,
        target=version,
        payload={
            "playbook": version.playbook.slug,
            "number": version.number,
            "digest": version.digest,
            **more,
        },
    )


def export_yaml(version: PlaybookVersion) -> str:
    """The version's rules as YAML, which imports back to equal rules."""
    return dump(rules.Playbook.from_data(version.data))


def yaml_of(data: object) -> str:
    """YAML of rules in their stored form. Raises BadPlaybook where the data are no playbook."""
    return dump(rules.Playbook.from_data(data))
