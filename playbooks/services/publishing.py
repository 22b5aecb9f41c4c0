"""Keeping playbooks: bringing one in from YAML, publishing a version, exporting it again."""

from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation
from accounts.models.base import Conflict
from accounts.services import audit
from playbooks import rules
from playbooks.fields import BadPlaybook
from playbooks.models import Playbook, PlaybookVersion
from playbooks.trials import check_examples
from playbooks.yaml_format import dump, load

MISSES_NAMED = 10
"""How many examples that miss are named at once."""
SHIPPED = Path(__file__).resolve().parent.parent / "shipped"


@transaction.atomic
def import_yaml(
    *, organisation: Organisation, text: str, by: Membership | None, replace_draft: bool = False
) -> PlaybookVersion:
    """Bring a playbook in as a draft version: a new playbook, or the next version of one known by name.

    A draft that is there already is discarded first with `replace_draft`.
    Raises ValidationError naming each wrong line and field, or that there is a draft; nothing is kept then.
    """
    try:
        read = load(text)
    except BadPlaybook as error:
        raise ValidationError(str(error)) from error
    playbook, _created = Playbook.objects.get_or_create(
        organisation=organisation, slug=read.name, defaults={"title": read.title, "owner": by}
    )
    _make_room(playbook, replace_draft=replace_draft, by=by)
    if playbook.title != read.title and playbook.published() is None:
        playbook.change(title=read.title)
    last = playbook.versions.order_by("-number").first()
    version = PlaybookVersion.objects.create(
        organisation=organisation,
        playbook=playbook,
        number=last.number + 1 if last else 1,
        data=read.to_data(),
        digest=read.digest,
    )
    audit.record(
        organisation=organisation,
        by=by,
        action="playbook.imported",
        target=version,
        payload={"playbook": read.name, "digest": read.digest},
    )
    return version


def _make_room(playbook: Playbook, *, replace_draft: bool, by: Membership | None) -> None:
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


def install_shipped(*, organisation: Organisation, by: Membership | None) -> list[PlaybookVersion]:
    """The playbooks that come with Parley, published for this organisation; those already there are left."""
    published = []
    for path in sorted(SHIPPED.glob("*.yaml")):
        kept = PlaybookVersion.objects.kept().filter(organisation=organisation)
        if not kept.filter(playbook__slug=path.stem).exists():
            version = import_yaml(organisation=organisation, text=path.read_text("utf-8"), by=by)
            published.append(publish(version=version, by=by))
    return published


def yaml_of(data: object) -> str:
    """YAML of rules in their stored form. Raises BadPlaybook where the data are no playbook."""
    return dump(rules.Playbook.from_data(data))
