"""Playbooks as a collection: copied under another name, put away and brought back, restored."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation
from accounts.services import audit
from playbooks import rules
from playbooks.models import Playbook, PlaybookVersion
from playbooks.services import drafting


@transaction.atomic
def create(*, organisation: Organisation, read: rules.Playbook, by: Membership | None) -> PlaybookVersion:
    """A new playbook as a draft. Raises ValidationError where its short name is taken."""
    _name_is_free(organisation, read.name)
    return drafting.begin(organisation=organisation, read=read, by=by, action="playbook.begun")


@transaction.atomic
def copy(*, version: PlaybookVersion, name: str, title: str, by: Membership) -> PlaybookVersion:
    """The same rules as a draft of a playbook of its own. Raises ValidationError where the name is taken."""
    _name_is_free(version.organisation, name)
    read = replace(rules.Playbook.from_data(version.data), name=name, title=title)
    return drafting.begin(
        organisation=version.organisation, read=read, by=by, action="playbook.copied", of=str(version.uuid)
    )


def _name_is_free(organisation: Organisation, name: str) -> None:
    kept = PlaybookVersion.objects.kept().filter(organisation=organisation, playbook__slug=name)
    if kept.exists():
        raise ValidationError(
            {"name": _("There is a playbook “%(name)s” already; choose another short name.") % {"name": name}}
        )


@transaction.atomic
def restore(*, version: PlaybookVersion, by: Membership, replace_draft: bool = False) -> PlaybookVersion:
    """An older version's rules as the draft of the next one. Raises ValidationError where a draft is in the
    way and is not to be replaced."""
    read = rules.Playbook.from_data(version.data)
    return drafting.begin(
        organisation=version.organisation,
        read=read,
        by=by,
        replace_draft=replace_draft,
        action="playbook.restored",
        of=str(version.uuid),
    )


@transaction.atomic
def archive(*, playbook: Playbook, by: Membership, at: datetime | None = None) -> Playbook:
    """Offer it to no new deal; running deals keep their version. Does nothing for one put away already."""
    if playbook.archived_at is None:
        playbook.change(archived_at=at or timezone.now())
        _record(playbook, by, "playbook.archived")
    return playbook


@transaction.atomic
def bring_back(*, playbook: Playbook, by: Membership) -> Playbook:
    """Offer it again."""
    if playbook.archived_at is not None:
        playbook.change(archived_at=None)
        _record(playbook, by, "playbook.brought_back")
    return playbook


def _record(playbook: Playbook, by: Membership, action: str) -> None:
    audit.record(
        organisation=playbook.organisation,
        by=by,
        action=action,
        target=playbook,
        payload={"playbook": playbook.slug},
    )
