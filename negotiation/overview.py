"""The negotiation page and the rows of the list, as plain values for their templates."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.access import EDIT, REQUEST, SIGN, may
from accounts.models import AuditEntry, Membership
from accounts.services.audit import actor_name
from negotiation import gates, stages
from negotiation.models import (
    Contract,
    Decision,
    Finding,
    FindingStatus,
    Negotiation,
    Stage,
    Turn,
    VersionState,
)
from negotiation.models.contracts import ContractState

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


def list_row(negotiation: Negotiation) -> dict[str, Any]:
    """One row of the list. Expects sides and contracts prefetched and `open_issues` annotated."""
    theirs = next((side for side in negotiation.sides.all() if not side.is_ours), None)
    last = _last_turn(negotiation)
    return {
        "title": negotiation.title,
        "url": negotiation.get_absolute_url(),
        "counterparty": theirs.name if theirs else "",
        "kind": negotiation.get_kind_display(),
        "stage": negotiation.get_stage_display(),
        "stage_number": stages.ORDER.index(negotiation.stage) + 1,
        "whose": _whose(negotiation, last),
        "since": last.sent_at if last else negotiation.created_at,
        "lead": negotiation.owner.user.name,
        "value_minor": negotiation.value_minor,
        "currency": negotiation.currency,
        "open_issues": getattr(negotiation, "open_issues", 0),
        "waiting_approvals": 0,
        "risk": "",
    }


def _last_turn(negotiation: Negotiation) -> Turn | None:
    return (
        Turn.objects.filter(contract__negotiation=negotiation)
        .select_related("side")
        .order_by("-sent_at", "-pk")
        .first()
    )


def _whose(negotiation: Negotiation, last: Turn | None) -> str:
    if negotiation.stage == Stage.HANDOVER:
        return "none"
    return "theirs" if last is not None and last.side.is_ours else "ours"


def page(negotiation: Negotiation, member: Membership) -> dict[str, Any]:
    may_edit = may(member, EDIT, negotiation)
    contracts = list(negotiation.contracts.select_related("playbook_version__playbook"))
    missing = stages.missing_to_leave(negotiation)
    following = _following(negotiation)
    waiting = _waiting(contracts)
    return {
        "negotiation": _head(negotiation, contracts),
        "next_action": next_action(negotiation, contracts, may_edit=may_edit),
        "stages": _stages(negotiation),
        "missing": [obstacle.message for obstacle in missing] if following else [],
        "advance_url": reverse("negotiation:stage", args=[negotiation.uuid])
        if may_edit and following
        else "",
        "advance_target": following,
        "version": negotiation.version,
        "may_override": may_edit,
        "contracts": [_contract(contract, member) for contract in contracts],
        "parties": _parties(negotiation),
        "turns": _turns(contracts),
        "decisions": _decisions(negotiation),
        "approvals": waiting,
        "add_contract_url": (
            reverse("negotiation:add_contract", args=[negotiation.uuid])
            if may(member, REQUEST, negotiation)
            else ""
        ),
        "sign_url": _sign_url(contracts) if may(member, SIGN, negotiation) else "",
    }


def _following(negotiation: Negotiation) -> str:
    position = stages.ORDER.index(negotiation.stage) + 1
    return stages.ORDER[position] if position < len(stages.ORDER) else ""


def _head(negotiation: Negotiation, contracts: list[Contract]) -> dict[str, Any]:
    pinned = next((one.playbook_version for one in contracts if one.playbook_version), None)
    return {
        "title": negotiation.title,
        "kind": negotiation.get_kind_display(),
        "value_minor": negotiation.value_minor,
        "currency": negotiation.currency,
        "objectives": negotiation.objectives,
        "playbook": f"{pinned.playbook.title} v{pinned.number}" if pinned else "",
        "playbook_url": reverse("playbooks:detail", args=[pinned.playbook.uuid]) if pinned else "",
        "lead": negotiation.owner.user.name,
        "opened_at": negotiation.created_at,
        "is_closed": negotiation.stage == Stage.HANDOVER,
    }


def next_action(
    negotiation: Negotiation, contracts: list[Contract], *, may_edit: bool
) -> dict[str, Any] | None:
    """The one thing that moves this deal, and who owns it."""
    ours, theirs = negotiation.owner.user.name, negotiation.their_side().name
    if not contracts:
        return _action(
            ours,
            _("Put the first contract into the package."),
            reverse("negotiation:add_contract", args=[negotiation.uuid]) if may_edit else "",
            _("Add a document"),
        )
    for contract in contracts:
        action = _contract_action(contract, ours, theirs, may_edit)
        if action:
            return action
    return None


def _contract_action(contract: Contract, ours: str, theirs: str, may_edit: bool) -> dict[str, Any] | None:
    page, upload = contract.get_absolute_url(), reverse("negotiation:upload", args=[contract.uuid])
    if contract.state == ContractState.EXECUTED:
        return None
    latest = contract.latest_version()
    if latest is None:
        sentence = _("Upload the first draft of “%(title)s”.") % {"title": contract.title}
        return _action(ours, sentence, upload if may_edit else "", _("Upload a draft"))
    if contract.state == ContractState.SIGNING:
        return _action(_("the signers"), _("Sign “%(title)s”.") % {"title": contract.title}, page, _("Open"))
    if contract.state == ContractState.AGREED:
        url = reverse("signing:start", args=[contract.uuid])
        sentence = _("“%(title)s” is agreed: send it out for signature.") % {"title": contract.title}
        return _action(ours, sentence, url, _("Start signing"))
    last = contract.turns.select_related("side").order_by("-number").first()
    if last is not None and last.side.is_ours:
        sentence = _("Answer our turn %(number)d of “%(title)s”.") % {
            "number": last.number,
            "title": contract.title,
        }
        return _action(theirs, sentence, upload if may_edit else "", _("Upload their answer"))
    sentence = _("Decide the open issues of “%(title)s” and send our turn.") % {"title": contract.title}
    return _action(ours, sentence, page, _("Open the contract"))


def _action(who: str, sentence: str, url: str, label: str) -> dict[str, Any]:
    return {"who": who, "sentence": sentence, "url": url, "label": label}


def _stages(negotiation: Negotiation) -> list[dict[str, Any]]:
    entered = {entry.stage: entry.entered_at for entry in negotiation.stage_entries.all()}
    now = stages.ORDER.index(negotiation.stage)
    return [
        {
            "name": Stage(code).label,
            "state": "done" if position < now else "now" if position == now else "todo",
            "entered_at": entered.get(code),
        }
        for position, code in enumerate(stages.ORDER)
    ]


def _contract(contract: Contract, member: Membership) -> dict[str, Any]:
    latest = contract.latest_version()
    figures = _progress(contract)
    words = {
        ContractState.NEGOTIATING: "open",
        ContractState.AGREED: "agreed",
        ContractState.SIGNING: "waiting",
        ContractState.EXECUTED: "agreed",
    }
    return {
        "rank": contract.precedence,
        "title": contract.title,
        "url": contract.get_absolute_url(),
        "state": words[ContractState(contract.state)],
        "version_label": (
            _("version %(number)d, %(label)s")
            % {"number": latest.number, "label": latest.get_label_display()}
            if latest
            else _("no draft yet")
        ),
        "job": _("being read") if latest and latest.state == VersionState.READING else None,
        "upload_url": (
            reverse("negotiation:upload", args=[contract.uuid])
            if may(member, REQUEST, contract)
            and contract.state not in (ContractState.SIGNING, ContractState.EXECUTED)
            else ""
        ),
        **figures,
    }


def _progress(contract: Contract) -> dict[str, int]:
    version = contract.ready_version()
    needing = Finding.objects.filter(review__version=version).exclude(status=FindingStatus.COMPLIANT)
    counts = needing.aggregate(total=Count("pk"), decided=Count("pk", filter=~Q(decision=Decision.OPEN)))
    return {**counts, "open_issues": counts["total"] - counts["decided"]}


def _parties(negotiation: Negotiation) -> list[dict[str, Any]]:
    rows = []
    for side in negotiation.sides.order_by("-is_ours", "pk"):
        for party in side.parties.select_related("lead_member__user", "lead_guest"):
            people = []
            if party.lead_member:
                people.append(
                    {"name": party.lead_member.user.name, "role": party.lead_member.title, "is_lead": True}
                )
            if party.lead_guest:
                people.append(
                    {"name": party.lead_guest.name, "role": party.lead_guest.company, "is_lead": True}
                )
            if side.is_ours:
                team = negotiation.team.exclude(member=party.lead_member).select_related("member__user")
                people += [
                    {"name": row.member.user.name, "role": row.member.title, "is_lead": False} for row in team
                ]
            rows.append(
                {
                    "name": party.legal_name,
                    "side": "ours" if side.is_ours else "theirs",
                    "role": party.contract_role,
                    "people": people,
                }
            )
    return rows


def _turns(contracts: list[Contract]) -> list[dict[str, Any]]:
    rows = Turn.objects.filter(contract__in=contracts).select_related(
        "contract", "side", "version__based_on", "sent_by__user"
    )
    several = len(contracts) > 1
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
        for turn in rows.order_by("-sent_at", "-pk")
    ]


def _compare_url(turn: Turn) -> str:
    base = turn.version.based_on
    if base is None:
        return ""
    return (
        reverse("negotiation:compare", args=[turn.contract.uuid])
        + f"?old={base.uuid}&new={turn.version.uuid}&only_changed=1"
    )


def _decisions(negotiation: Negotiation) -> list[dict[str, Any]]:
    entries = (
        AuditEntry.objects.filter(
            organisation=negotiation.organisation,
            negotiation_uuid=negotiation.uuid,
            action__in=list(DECISION_SENTENCES),
        )
        .select_related("actor_user", "actor_guest", "personal")
        .order_by("-number")[:12]
    )
    return [
        {
            "at": entry.at,
            "who": actor_name(entry),
            "sentence": _(DECISION_SENTENCES[entry.action]),
            "reason": _reason(entry),
            "url": "",
        }
        for entry in entries
    ]


def _reason(entry: AuditEntry) -> str:
    personal = getattr(entry, "personal", None)
    if personal is None:
        return ""
    return str(personal.data.get("reason") or personal.data.get("comment") or "")


def _waiting(contracts: list[Contract]) -> list[dict[str, Any]]:
    return [
        {"title": note.get("title", issue), "url": note.get("url", ""), "needs": note.get("needs", "")}
        for contract in contracts
        for issue, note in gates.issue_notes(contract).items()
        if note.get("state") == "waiting"
    ]


def _sign_url(contracts: list[Contract]) -> str:
    agreed = next((one for one in contracts if one.state == ContractState.AGREED), None)
    return reverse("signing:start", args=[agreed.uuid]) if agreed else ""
