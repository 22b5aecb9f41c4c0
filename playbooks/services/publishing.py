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
from playbooks.models import Playbook, PlaybookVersion
from playbooks.schema import BadPlaybook
from playbooks.yaml_format import dump, load

SHIPPED = Path(__file__).resolve().parent.parent / "shipped"


@transaction.atomic
def import_yaml(*, organisation: Organisation, text: str, by: Membership | None) -> PlaybookVersion:
    """Bring a playbook in as a draft version: a new playbook, or the next version of one known by name.

    Raises ValidationError naming each wrong line and field; nothing is kept then.
    """
    try:
        read = load(text)
    except BadPlaybook as error:
        raise ValidationError(str(error)) from error
    playbook, _created = Playbook.objects.get_or_create(
        organisation=organisation, slug=read.name, defaults={"title": read.title, "owner": by}
    )
    if playbook.versions.filter(published_at=None).exists():
        raise ValidationError(_("“%(title)s” already has a draft version.") % {"title": playbook.title})
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


@transaction.atomic
def publish(
    *, version: PlaybookVersion, by: Membership | None, at: datetime | None = None
) -> PlaybookVersion:
    """Make a draft version the one new contracts are pinned to; from now on it cannot change.

    Raises Conflict if somebody published it first.
    """
    won = PlaybookVersion.objects.filter(pk=version.pk, published_at=None).update(
        published_at=at or timezone.now(), published_by=by
    )
    if not won:
        raise Conflict(_("This version was already published."))
    version.refresh_from_db()
    audit.record(
        organisation=version.organisation,
        by=by,
        action="playbook.published",
        target=version,
        payload={"playbook": version.playbook.slug, "number": version.number, "digest": version.digest},
    )
    return version


def export_yaml(version: PlaybookVersion) -> str:
    """The version's rules as YAML, which imports back to equal rules."""
    return dump(rules.Playbook.from_data(version.data))


def install_shipped(*, organisation: Organisation, by: Membership | None) -> list[PlaybookVersion]:
    """The playbooks that come with Parley, published for this organisation; those already there are left."""
    published = []
    for path in sorted(SHIPPED.glob("*.yaml")):
        if not Playbook.objects.filter(organisation=organisation, slug=path.stem).exists():
            version = import_yaml(organisation=organisation, text=path.read_text("utf-8"), by=by)
            published.append(publish(version=version, by=by))
    return published


def yaml_of(data: object) -> str:
    """YAML of rules in their stored form. Raises BadPlaybook where the data are no playbook."""
    return dump(rules.Playbook.from_data(data))
