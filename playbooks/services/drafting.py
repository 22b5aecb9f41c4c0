"""Draft versions: begun from the published rules or from new ones, changed as a whole, never half.

Whoever writes rules (the editor, an import, a suggestion, a pack) writes them here; `publishing` decides what
a published version must be.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, Membership, Organisation
from accounts.models.base import Conflict
from accounts.services import audit
from playbooks import rules
from playbooks.fields import BadPlaybook, Mistake
from playbooks.models import Playbook, PlaybookVersion
from playbooks.services.publishing import make_room


class WrongFields(ValidationError):
    """Rules that cannot be kept; `mistakes` names each wrong field by where it stands."""

    def __init__(self, bad: BadPlaybook) -> None:
        super().__init__([str(mistake) for mistake in bad.mistakes])
        self.mistakes: tuple[Mistake, ...] = bad.mistakes


@transaction.atomic
def begin(
    *,
    organisation: Organisation,
    read: rules.Playbook,
    by: Membership | None,
    replace_draft: bool = False,
    action: str = "playbook.imported",
    of: str = "",
) -> PlaybookVersion:
    """A draft with these rules: of a new playbook, or the next version of the one known by this name. The
    record says what was done (`action`) and of which version it was made.

    A draft that is there already is discarded first with `replace_draft`; without it ValidationError says so.
    """
    playbook, _created = Playbook.objects.get_or_create(
        organisation=organisation, slug=read.name, defaults={"title": read.title, "owner": by}
    )
    make_room(playbook, replace_draft=replace_draft, by=by)
    if playbook.title != read.title and playbook.published() is None:
        playbook.change(title=read.title)
    version = _next_version(playbook, read)
    _record(version, by, action, **({"of": of} if of else {}))
    return version


@transaction.atomic
def start(*, playbook: Playbook, by: Membership | None) -> PlaybookVersion:
    """The draft of this playbook: the one that waits, or a copy of the newest published version.

    Raises ValidationError when there is neither.
    """
    draft = playbook.draft()
    if draft is not None:
        return draft
    published = playbook.published()
    if published is None:
        raise ValidationError(_("“%(title)s” has no version to begin from.") % {"title": playbook.title})
    version = _next_version(playbook, rules.Playbook.from_data(published.data))
    _record(version, by, "playbook.draft_started")
    return version


@transaction.atomic
def change(
    *, draft: PlaybookVersion, by: Membership | None, data: dict[str, Any], digest: str, what: str
) -> PlaybookVersion:
    """Put these rules (stored form) into the draft. `digest` is that of the rules the person saw; `what` says
    in a few words what was changed and stands in the record.

    Raises WrongFields naming each wrong field, and Conflict when the draft was changed, published or
    discarded meanwhile; nothing is kept then.
    """
    try:
        read = rules.Playbook.from_data(data)
    except BadPlaybook as error:
        raise WrongFields(error) from error
    if read.name != draft.playbook.slug:
        raise ValidationError(_("The short name of a playbook stays as it is; copy it to give it another."))
    won = (
        PlaybookVersion.objects.drafts()
        .filter(pk=draft.pk, digest=digest)
        .update(data=read.to_data(), digest=read.digest)
    )
    if not won:
        raise Conflict(_what_happened(draft))
    draft.refresh_from_db()
    _record(draft, by, "playbook.draft_changed", what=what)
    return draft


def _what_happened(draft: PlaybookVersion) -> str:
    """Why the change lost, by what the record says of the draft since."""
    now = PlaybookVersion.objects.get(pk=draft.pk)
    if now.discarded_at is not None:
        return _("This draft was discarded meanwhile. Press Edit on the playbook to begin another.")
    if now.published_at is not None:
        return _("This draft was published meanwhile. Press Edit on the playbook to begin the next version.")
    last = AuditEntry.objects.filter(
        organisation=draft.organisation, object_uuid=draft.uuid, action="playbook.draft_changed"
    ).order_by("-number")
    entry = last.first()
    if entry is None:
        return _("Somebody changed this draft meanwhile. Look at it again and repeat your change.")
    return _("%(who)s changed this draft meanwhile (%(what)s). Look at it again and repeat your change.") % {
        "who": audit.actor_name(entry),
        "what": entry.payload.get("what", ""),
    }


def _next_version(playbook: Playbook, read: rules.Playbook) -> PlaybookVersion:
    last = playbook.versions.order_by("-number").first()
    try:
        with transaction.atomic():
            return PlaybookVersion.objects.create(
                organisation=playbook.organisation,
                playbook=playbook,
                number=last.number + 1 if last else 1,
                data=read.to_data(),
                digest=read.digest,
            )
    except IntegrityError as error:
        # One draft for each playbook: the database decides between two who begin at the same moment.
        raise Conflict(_("Somebody began a draft at the same moment. Go on with that one.")) from error


def _record(version: PlaybookVersion, by: Membership | None, action: str, **more: str) -> None:
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
