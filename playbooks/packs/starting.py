"""Drafts out of packs: a playbook begun from one, and a playbook with an overlay over it."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation
from accounts.models.base import Conflict
from accounts.services import audit
from playbooks import rules
from playbooks.models import PlaybookVersion
from playbooks.packs.applying import Applied, apply_overlay
from playbooks.packs.contract_types import Pack, Start, starting_playbook
from playbooks.packs.overlays import Overlay
from playbooks.schema import read_playbook
from playbooks.services import drafting

LONGEST_TITLE = 200
_NAME = re.compile(r"[a-z][a-z0-9-]{1,60}")


@transaction.atomic
def start_from_pack(
    *, organisation: Organisation, pack: Pack, start: Start, title: str, by: Membership
) -> PlaybookVersion:
    """A draft of a new playbook of this title with the pack's rules.

    Raises ValidationError for a title without letters, or one that a playbook of the organisation has.
    """
    title = checked_title(title)
    read = starting_playbook(pack, start, name=new_name(organisation, title), title=title)
    made = drafting.begin(organisation=organisation, read=read, by=by)
    _record(made, by, "playbook.started_from_pack", pack=pack.code, start=start.code)
    return made


@transaction.atomic
def take_overlay(
    *, version: PlaybookVersion, overlay: Overlay, by: Membership, digest: str, title: str = ""
) -> PlaybookVersion:
    """The overlay made a draft: in the draft that was chosen, as the next version of what is published, or,
    with `title`, of a new playbook.

    `digest` is that of the rules the preview showed. Raises Conflict when the draft is another by now, and
    ValidationError where there is nothing to change, the title is taken, or a draft is in the way.
    """
    if version.digest != digest:
        raise Conflict(_("Somebody changed this playbook meanwhile. Look at the changes again."))
    applied = previewed(version, overlay)
    if not applied.changes:
        raise ValidationError(_("There is nothing in it that this playbook does not have already."))
    made = _kept(version, applied.playbook, overlay, by=by, digest=digest, title=title)
    _record(made, by, "playbook.overlay_taken", overlay=overlay.code, changes=len(applied.changes))
    return made


def _kept(
    version: PlaybookVersion,
    adjusted: rules.Playbook,
    overlay: Overlay,
    *,
    by: Membership,
    digest: str,
    title: str,
) -> PlaybookVersion:
    """The adjusted rules where they were wanted."""
    organisation = version.organisation
    if title.strip():
        title = checked_title(title)
        data = {**adjusted.to_data(), "name": new_name(organisation, title), "title": title}
        return drafting.begin(organisation=organisation, read=read_playbook(data), by=by)
    if version.published_at is None:
        return drafting.change(
            draft=version, by=by, data=adjusted.to_data(), digest=digest, what=overlay.title
        )
    return drafting.begin(organisation=organisation, read=adjusted, by=by)


def _record(version: PlaybookVersion, by: Membership, action: str, **payload: str | int) -> None:
    audit.record(
        organisation=version.organisation, by=by, action=action, target=version, payload=dict(payload)
    )


def previewed(version: PlaybookVersion, overlay: Overlay) -> Applied:
    """What the overlay would change in this version."""
    return apply_overlay(rules.Playbook.from_data(version.data), overlay)


def checked_title(title: str) -> str:
    """The title without blanks around it. ValidationError for an empty or overlong one."""
    title = "".join(letter for letter in " ".join(title.split()) if letter.isprintable())
    if not title:
        raise ValidationError(_("Give the playbook a title."))
    if len(title) > LONGEST_TITLE:
        raise ValidationError(_("A title has at most %(most)d characters.") % {"most": LONGEST_TITLE})
    return title


def new_name(organisation: Organisation, title: str) -> str:
    """The short name for a title. ValidationError where it has no letters or is taken."""
    name = slugify(title)[:60].strip("-")
    if not _NAME.fullmatch(name):
        raise ValidationError(
            _("Begin the title with a letter of the Latin alphabet, so that it gets a short name.")
        )
    if PlaybookVersion.objects.kept().filter(organisation=organisation, playbook__slug=name).exists():
        raise ValidationError(_("There is a playbook called like this already. Choose another title."))
    return name
