"""A second pair of eyes: a colleague is asked to look at a draft and says whether it may be published."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import WRITE_PLAYBOOKS, may
from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit
from accounts.services.notifications import notify, settle
from playbooks.models import Answer, DraftReview, PlaybookVersion

ANSWERS = (Answer.AGREES, Answer.OBJECTS)


def who_can_be_asked(version: PlaybookVersion, *, but: Membership) -> list[Membership]:
    """Colleagues who may write playbooks, by name."""
    rows = Membership.objects.filter(
        organisation=version.organisation, is_active=True, user__is_active=True
    ).exclude(pk=but.pk)
    people: Iterable[Membership] = rows.select_related("user", "organisation").order_by("user__name", "pk")
    return [row for row in people if may(row, WRITE_PLAYBOOKS)]


@transaction.atomic
def ask(*, version: PlaybookVersion, of: Membership, question: str, by: Membership) -> DraftReview:
    """Ask a colleague to look at a draft. Raises ValidationError where they may not, were asked already, or
    the version is no draft."""
    if version.published_at is not None or version.discarded_at is not None:
        raise ValidationError(_("Only a draft can be looked at before it is published."))
    if of not in who_can_be_asked(version, but=by):
        raise ValidationError(_("Choose a colleague who may write playbooks."))
    if version.draft_reviews.filter(asked_of=of, answer=Answer.WAITING).exists():
        raise ValidationError(_("%(name)s was asked already.") % {"name": of.user.name})
    row = DraftReview.objects.create(
        organisation=version.organisation, version=version, asked_by=by, asked_of=of, question=question
    )
    notify(
        members=[of],
        kind="playbook.review_asked",
        url=reverse("playbooks:difference", args=[version.uuid]),
        by=by.user.name,
        what=version.playbook.title,
    )
    _record(row, by, "playbook.review_asked", personal={"question": question} if question else {})
    return row


def waiting_for(version: PlaybookVersion, member: Membership) -> QuerySet[DraftReview]:
    return version.draft_reviews.filter(asked_of=member, answer=Answer.WAITING)


@transaction.atomic
def answer(
    *,
    version: PlaybookVersion,
    answer: str,
    remark: str,
    digest: str,
    by: Membership,
    at: datetime | None = None,
) -> DraftReview:
    """What the colleague says about the draft as they saw it (`digest`).

    Raises ValidationError for one who was not asked, and Conflict where the draft was changed since.
    """
    row = waiting_for(version, by).select_related("asked_by__user").first()
    if row is None:
        raise ValidationError(_("Nobody asked you to look at this draft, or you have answered."))
    if answer not in ANSWERS:
        raise ValidationError(_("Say whether you agree or object."))
    if digest != version.digest:
        raise Conflict(_("The draft was changed while you looked at it. Read what is new, then answer."))
    won = DraftReview.objects.filter(pk=row.pk, answer=Answer.WAITING).update(
        answer=answer, remark=remark, digest=digest, answered_at=at or timezone.now()
    )
    if not won:
        raise Conflict(_("You have answered already."))
    row.refresh_from_db()
    url = reverse("playbooks:difference", args=[version.uuid])
    settle(url=url, kinds=["playbook.review_asked"], at=at or timezone.now(), member=by)
    notify(
        members=[row.asked_by],
        kind="playbook.review_answered",
        url=url,
        by=by.user.name,
        what=version.playbook.title,
        answer=str(row.get_answer_display()),
    )
    _record(row, by, "playbook.review_answered", personal={"remark": remark} if remark else {})
    return row


def _record(row: DraftReview, by: Membership, action: str, personal: dict[str, str]) -> None:
    audit.record(
        organisation=row.organisation,
        by=by,
        action=action,
        target=row.version,
        payload={
            "playbook": row.version.playbook.slug,
            "number": row.version.number,
            "digest": row.version.digest,
            "asked_of": str(row.asked_of.uuid),
            "answer": row.answer,
        },
        personal=personal,
    )
