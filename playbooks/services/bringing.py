"""Bringing playbooks in from YAML: one that somebody wrote, or those that come with Parley."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Membership, Organisation
from playbooks.fields import BadPlaybook
from playbooks.library import SHIPPED
from playbooks.models import PlaybookVersion
from playbooks.services import drafting
from playbooks.services.publishing import publish
from playbooks.yaml_format import load


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
    return drafting.begin(organisation=organisation, read=read, by=by, replace_draft=replace_draft)


def install_shipped(*, organisation: Organisation, by: Membership | None) -> list[PlaybookVersion]:
    """The playbooks that come with Parley, published for this organisation; those already there are left."""
    published = []
    for path in sorted(SHIPPED.glob("*.yaml")):
        kept = PlaybookVersion.objects.kept().filter(organisation=organisation)
        if not kept.filter(playbook__slug=path.stem).exists():
            version = import_yaml(organisation=organisation, text=path.read_text("utf-8"), by=by)
            published.append(publish(version=version, by=by))
    return published
