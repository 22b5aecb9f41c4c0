"""A person read a suggestion: they use it, changed as they like, or dismiss it."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit
from integrations.language_models.models import Kind, State, Suggestion
from negotiation.services import draft
from playbooks.authoring.ladders import add_issue, next_issue_code
from playbooks.models import PlaybookVersion
from playbooks.services import drafting


@transaction.atomic
def use_words(*, suggestion: Suggestion, text: str, reason: str, by: Membership, seen: int) -> Suggestion:
    """Put the reviewed words into our draft: as the reason of our proposal, or as our own wording of the
    paragraph.

    Raises ValidationError where they are empty or the issue was decided, Conflict where the suggestion was
    used or dismissed meanwhile.
    """
    finding = suggestion.finding
    if finding is None:
        raise ValidationError(_("This suggestion belongs to no issue of a contract."))
    _must_be_ready(suggestion)
    if suggestion.kind == Kind.REASON:
        if not text.strip():
            raise ValidationError(_("Write the reason to give."))
        draft.propose(finding=finding, by=by, seen=finding.version, reason=text)
    else:
        draft.propose_own_wording(finding=finding, text=text, by=by, seen=finding.version, reason=reason)
    return _decided(suggestion, State.USED, by, seen, changed=text.strip() != suggestion.text)


@transaction.atomic
def use_rules(
    *, suggestion: Suggestion, chosen: Collection[int], by: Membership, seen: int
) -> PlaybookVersion:
    """Add the chosen rules (positions in the list) to the playbook's draft, where they are edited and tested.

    Raises ValidationError where none or an unusable one is chosen, Conflict as above.
    """
    _must_be_ready(suggestion)
    playbook = suggestion.playbook
    if playbook is None:
        raise ValidationError(_("This suggestion belongs to no playbook."))
    picked = [item for n, item in enumerate(suggestion.issues) if n in chosen]
    if not picked:
        raise ValidationError(_("Tick the rules to take."))
    if any(item["problem"] for item in picked):
        raise ValidationError(_("A rule that Parley cannot run cannot be taken."))
    version = drafting.start(playbook=playbook, by=by)
    data: dict[str, Any] = dict(version.data)
    for item in picked:
        # Named only now: two suggestions may share a title, and the draft may have grown meanwhile.
        code = next_issue_code(data, item["issue"]["title"])
        data = add_issue(data, {**item["issue"], "code": code})
    version = drafting.change(
        draft=version, by=by, data=data, digest=version.digest, what=f"{len(picked)} suggested rules"
    )
    _decided(suggestion, State.USED, by, seen, rules=len(picked))
    return version


@transaction.atomic
def dismiss(*, suggestion: Suggestion, by: Membership, seen: int) -> Suggestion:
    """Put it aside; the row stays for the record. Raises Conflict where it was used or dismissed
    meanwhile."""
    if suggestion.state not in (State.READY, State.FAILED, State.WAITING):
        raise Conflict(_("This suggestion was already used or dismissed."))
    return _decided(suggestion, State.DISMISSED, by, seen)


def _must_be_ready(suggestion: Suggestion) -> None:
    if suggestion.state != State.READY:
        raise Conflict(_("This suggestion was already used or dismissed, or is not there yet."))


def _decided(suggestion: Suggestion, state: str, by: Membership, seen: int, **payload: Any) -> Suggestion:
    suggestion.change(seen=seen, state=state, decided_by=by, decided_at=timezone.now())
    audit.record(
        organisation=suggestion.organisation,
        by=by,
        action=f"suggestion.{state}",
        target=suggestion,
        negotiation=suggestion.contract.negotiation.uuid if suggestion.contract else None,
        payload={"kind": suggestion.kind, "model": suggestion.model, **payload},
    )
    return suggestion
