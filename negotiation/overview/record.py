"""What happened in a deal: its turns, and the decisions that the record tells with their reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import AuditEntry
from accounts.services.audit import actor_name
from negotiation.models import Negotiation, Turn
from negotiation.overview import rows
from negotiation.package import Document
from negotiation.services import reviews
from playbooks import rules

DECISION_SENTENCES = {
    "finding.proposed": gettext_noop("proposed our wording"),
    "finding.countered": gettext_noop("offered a fallback"),
    "finding.edited": gettext_noop("edited a clause"),
    "finding.reserved": gettext_noop("reserved our position"),
    "finding.conceded": gettext_noop("accepted their text"),
    "finding.dismissed": gettext_noop("set an issue aside"),
    "finding.open": gettext_noop("reopened an issue"),
    "clause.edited": gettext_noop("edited a clause"),
    "change.accepted": gettext_noop("accepted a change of theirs"),
    "change.rejected": gettext_noop("refused a change of theirs"),
    "change.reopened": gettext_noop("reopened a change of theirs"),
    "trade.agreed": gettext_noop("recorded that a trade is agreed"),
    "trade.fell": gettext_noop("recorded that a trade fell"),
    "version.clauses_read": gettext_noop("read clauses that no rule covers"),
    "draft.set_aside": gettext_noop("set unsent changes aside"),
    "turn.sent": gettext_noop("sent a turn"),
    "contract.agreed": gettext_noop("recorded the agreement of both sides"),
    "approval.asked": gettext_noop("asked for approval"),
    "approval.reopened": gettext_noop("asked for approval again"),
    "approval.approved": gettext_noop("approved a concession"),
    "approval.conditional": gettext_noop("approved a concession with a condition"),
    "approval.rejected": gettext_noop("rejected a concession"),
    "signing.started": gettext_noop("sent the contract out for signature"),
    "signing.signed": gettext_noop("signed"),
    "contract.executed": gettext_noop("recorded that everybody signed"),
}


def turns(package: Sequence[Document]) -> list[dict[str, Any]]:
    """Every turn of the deal, newest first."""
    taken = [turn for document in package for turn in rows.turns(document.contract)]
    taken.sort(key=lambda turn: (turn.sent_at, turn.pk), reverse=True)
    several = len(package) > 1
    return [
        {
            "number": turn.number,
            "side": "ours" if turn.side.is_ours else "theirs",
            "label": _("Turn %(number)d") % {"number": turn.number}
            + (f" · {turn.contract.title}" if several else ""),
            "who": turn.sent_by.user.name if turn.sent_by else turn.side.name,
            "at": turn.sent_at,
            "summary": turn.message,
            "url": turn.contract.get_absolute_url() + f"?version={turn.version.number}",
            "compare_url": _compare_url(turn),
            "download_url": reverse("negotiation:download", args=[turn.version.uuid]),
        }
        for turn in taken
    ]


def _compare_url(turn: Turn) -> str:
    base = turn.version.based_on
    if base is None:
        return ""
    return (
        reverse("negotiation:compare", args=[turn.contract.uuid])
        + f"?old={base.uuid}&new={turn.version.uuid}&only_changed=1"
    )


PER_PAGE = 12


@dataclass(frozen=True)
class Decisions:
    """One page of the decisions, the newest first, and whether there are newer and older ones."""

    rows: list[dict[str, Any]]
    newer: int  # the page with newer ones; 0 where there is none
    older: int


def decisions(negotiation: Negotiation, page: int = 1, package: Sequence[Document] = ()) -> Decisions:
    """Decisions with their reasons, as the record tells; one more row than shown says whether there are older
    ones, so that nothing is counted. Issues and positions have the names that the playbooks of the package
    give them."""
    pinned = [document.contract.playbook_version for document in package]
    playbooks = [reviews.rules_of_version(version) for version in pinned if version is not None]
    known = {issue.code: issue for playbook in playbooks for issue in playbook.issues}
    start = (max(page, 1) - 1) * PER_PAGE
    entries = (
        AuditEntry.objects.filter(
            organisation=negotiation.organisation_id,
            negotiation_uuid=negotiation.uuid,
            action__in=list(DECISION_SENTENCES),
        )
        .select_related("actor_user", "actor_guest", "personal")
        .order_by("-number")[start : start + PER_PAGE + 1]
    )
    shown = list(entries)
    rows = [
        {
            "at": entry.at,
            "who": actor_name(entry),
            "sentence": _sentence(entry, known),
            "what": _issue_name(entry, known),
            "reason": _reason(entry),
            "url": "",
        }
        for entry in shown[:PER_PAGE]
    ]
    return Decisions(rows, newer=max(page, 1) - 1, older=max(page, 1) + 1 if len(shown) > PER_PAGE else 0)


def _sentence(entry: AuditEntry, known: Mapping[str, rules.Issue]) -> str:
    issue, rung = known.get(str(entry.payload.get("issue", ""))), str(entry.payload.get("rung", ""))
    if entry.action == "finding.countered" and issue is not None and rung in {one.id for one in issue.rungs}:
        index = issue.position(rung)
        return _("offered our preferred position") if index == 0 else _("offered fallback %d") % index
    return _(DECISION_SENTENCES[entry.action])


def _issue_name(entry: AuditEntry, known: Mapping[str, rules.Issue]) -> str:
    if entry.action.startswith("trade."):
        return str(entry.payload.get("code", "")).replace("_", " ")
    code = str(entry.payload.get("issue", ""))
    return known[code].title if code in known else code.replace("_", " ")


def _reason(entry: AuditEntry) -> str:
    personal = getattr(entry, "personal", None)
    if personal is None:
        return ""
    return str(personal.data.get("reason") or personal.data.get("comment") or "")
