"""Comments: internal unless the writer chose otherwise; external ones travel with the next turn."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.services import audit
from accounts.services.notifications import notify
from negotiation.access import colleagues_on
from negotiation.models import Clause, Comment, Contract, Draft, Finding, Visibility
from negotiation.models.decisions import DraftState
from negotiation.words import checked

LONGEST = 5_000


@transaction.atomic
def add_comment(
    *,
    contract: Contract,
    body: str,
    visibility: str,
    by: Membership,
    clause: Clause | None = None,
    finding: Finding | None = None,
    reply_to: Comment | None = None,
    asked: Membership | None = None,
) -> Comment:
    """Say something; `asked` is told, beside everybody the text mentions.

    Raises ValidationError for an empty or overlong text, or an unknown visibility."""
    body = checked(body, longest=LONGEST)
    if not body:
        raise ValidationError(_("Write what you want to say."))
    if visibility not in Visibility.values:
        raise ValidationError(_("A comment is either internal or external."))
    comment = Comment.objects.create(
        organisation=contract.organisation,
        negotiation=contract.negotiation,
        contract=contract,
        version=contract.ready_version(),
        clause=clause or (finding.clause if finding else None),
        finding=finding,
        block=finding.block if finding else "",
        reply_to=reply_to.reply_to or reply_to if reply_to else None,  # one thread, however deep
        visibility=visibility,
        body=body,
        author=by,
    )
    audit.record(
        organisation=contract.organisation,
        by=by,
        action="comment.added",
        target=comment,
        negotiation=contract.negotiation.uuid,
        payload={"visibility": visibility},
        personal={"body": body},
    )
    if visibility == Visibility.EXTERNAL:
        _count_draft_up(contract)
    _tell_mentioned(comment, by, asked)
    return comment


def _count_draft_up(contract: Contract) -> None:
    """An external comment leaves with the next turn: whoever is about to send has to see it first."""
    Draft.objects.filter(contract=contract, state=DraftState.OPEN).update(version=F("version") + 1)


def _tell_mentioned(comment: Comment, by: Membership, asked: Membership | None) -> None:
    """“@Name” tells that colleague, if the deal is in their sight; so does being asked."""
    words = set(re.findall(r"@(\w+)", comment.body.lower()))
    if not words and asked is None:
        return
    notify(
        members=[
            member
            for member in colleagues_on(comment.negotiation, but=by)
            if words & set(member.user.name.lower().split()[:1]) or member == asked
        ],
        kind="comment.mentioned",
        url=comment.contract.get_absolute_url(),
        by=by.user.name,
        what=comment.contract.title,
    )


@transaction.atomic
def resolve_comment(*, comment: Comment, by: Membership) -> Comment:
    """Mark a thread done. Doing it twice changes nothing."""
    if Comment.objects.filter(pk=comment.pk, resolved_at=None).update(resolved_at=timezone.now()):
        audit.record(
            organisation=comment.organisation,
            by=by,
            action="comment.resolved",
            target=comment,
            negotiation=comment.negotiation.uuid,
        )
    return comment
