"""Comments: internal unless the writer chose otherwise; external ones travel with the next turn."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.services import audit
from accounts.services.notifications import notify
from negotiation.models import Clause, Comment, Contract, Finding, Visibility

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
) -> Comment:
    """Say something. Raises ValidationError for an empty or overlong text, or an unknown visibility."""
    body = body.strip()
    if not body or len(body) > LONGEST:
        raise ValidationError(_("A comment has between 1 and %(most)d characters.") % {"most": LONGEST})
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
        reply_to=reply_to,
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
    _tell_mentioned(comment, by)
    return comment


def _tell_mentioned(comment: Comment, by: Membership) -> None:
    """“@Name” tells that colleague, if the deal is in their sight."""
    colleagues = Membership.objects.filter(organisation=by.organisation, is_active=True).exclude(pk=by.pk)
    named = [
        member
        for member in colleagues.select_related("user", "organisation")
        if f"@{member.user.name.split()[0].lower()}" in comment.body.lower()
    ]
    notify(
        members=named,
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
