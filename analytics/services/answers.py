"""What a run over past contracts suggests, and a person's word on each suggestion."""

from collections import Counter
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.models.base import Conflict
from accounts.services import audit
from analytics import suggestions
from analytics.endings import Ending
from analytics.models import ItemState, Run, SuggestionAnswer
from analytics.suggestions import Asked, CannotApply, Suggestion
from approvals.models import ApprovalRequest, RequestState
from playbooks import rules
from playbooks.backtest import Outcome
from playbooks.models import PlaybookVersion
from playbooks.services import drafting


def endings_of(run: Run) -> dict[str, list[Ending]]:
    """Issue → how each contract of the run ended on it."""
    found: dict[str, list[Ending]] = {}
    rows = run.items.filter(state=ItemState.READY).order_by("position").values_list("position", "outcome")
    for position, data in rows.iterator(chunk_size=200):
        for stood in Outcome.from_data(data or {}).stood:
            found.setdefault(stood.issue, []).append(Ending(position, stood))
    return found


def approvals_of(run: Run) -> dict[tuple[str, str], Asked]:
    """(issue, rung) → how often approval was decided and given in the run's contracts by this playbook."""
    book = run.playbook_version.playbook_id
    rows = ApprovalRequest.objects.filter(
        organisation=run.organisation_id,
        contract__in=run.items.exclude(contract=None).values("contract"),
        contract__playbook_version__playbook=book,
        state__in=(RequestState.APPROVED, RequestState.CONDITIONAL, RequestState.REJECTED),
    )
    decided: Counter[tuple[str, str]] = Counter()
    given: Counter[tuple[str, str]] = Counter()
    for issue, rung, state in rows.values_list("issue", "rung", "state"):
        decided[issue, rung] += 1
        given[issue, rung] += state != RequestState.REJECTED
    return {key: Asked(decided[key], given[key]) for key in sorted(decided)}


def rules_of(run: Run) -> rules.Playbook:
    """The rules the run was held against."""
    return rules.Playbook.from_data(run.rules)


def suggested(run: Run, endings: Mapping[str, list[Ending]] | None = None) -> tuple[Suggestion, ...]:
    """Everything the run suggests; nothing while it is still going."""
    if run.finished_at is None:
        return ()
    found = endings_of(run) if endings is None else endings
    return suggestions.suggestions(rules_of(run), found, approvals_of(run))


@transaction.atomic
def accept(*, run: Run, key: str, by: Membership) -> PlaybookVersion:
    """Write one suggestion into the playbook's draft, begun from the published version where there is none.

    Raises ValidationError where the draft no longer has room for it, and Conflict when somebody answered the
    suggestion or changed the draft meanwhile.
    """
    suggestion = _one(run, key)
    draft = drafting.start(playbook=run.playbook_version.playbook, by=by)
    try:
        changed = suggestions.applied(rules.Playbook.from_data(draft.data), suggestion)
    except CannotApply as error:
        raise ValidationError(str(error)) from error
    what = f"{suggestion.kind} {suggestion.issue} {suggestion.rung or suggestion.value}"
    drafting.change(draft=draft, by=by, data=changed.to_data(), digest=draft.digest, what=what)
    _answer(run, suggestion, by, draft)
    return draft


@transaction.atomic
def refuse(*, run: Run, key: str, by: Membership) -> None:
    """Set one suggestion aside. Raises Conflict when somebody answered it meanwhile."""
    _answer(run, _one(run, key), by, None)


def _one(run: Run, key: str) -> Suggestion:
    for suggestion in suggested(run):
        if suggestion.key == key:
            return suggestion
    raise ValidationError(_("This run makes no such suggestion."))


def _answer(run: Run, suggestion: Suggestion, by: Membership, draft: PlaybookVersion | None) -> None:
    answer, made = SuggestionAnswer.objects.get_or_create(
        run=run,
        key=suggestion.key,
        defaults={
            "organisation": run.organisation,
            "accepted": draft is not None,
            "by": by,
            "draft": draft,
        },
    )
    if not made:
        raise Conflict(_("%(name)s has answered this suggestion already.") % {"name": answer.by.user.name})
    audit.record(
        organisation=run.organisation,
        by=by,
        action="run.suggestion_accepted" if draft is not None else "run.suggestion_refused",
        target=run,
        payload={
            "playbook": run.playbook_version.playbook.slug,
            "suggestion": suggestion.key,
            "support": suggestion.support,
            "of": suggestion.of,
            "draft": draft.number if draft else None,
        },
    )
