"""The negotiation page and the rows of the list, as plain values for their templates."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

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
    Party,
    Stage,
    Turn,
    Version,
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
    "change.reopened": gettext_noop("reopened a change of theirs"),
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


def list_row(negotiation: Negotiation) -> dict[str, Any]:
    """One row of the list, of `for_list`: no query of its own."""
    theirs = next((side for side in negotiation.sides.all() if not side.is_ours), None)
    last_is_ours: bool | None = getattr(negotiation, "last_turn_is_ours", None)
    return {
        "title": negotiation.title,
        "url": negotiation.get_absolute_url(),
        "counterparty": theirs.name if theirs else "",
        "kind": negotiation.get_kind_display(),
        "stage": negotiation.get_stage_display(),
        "stage_number": stages.ORDER.index(negotiation.stage) + 1,
        "whose": _whose(negotiation, last_is_ours=bool(last_is_ours)),
        "since": getattr(negotiation, "last_turn_at", None) or negotiation.created_at,
        "lead": negotiation.owner.user.name,
        "value_minor": negotiation.value_minor,
        "currency": negotiation.currency,
        "open_issues": getattr(negotiation, "open_issues", 0),
        "waiting_approvals": 0,
        "risk": "",
    }


def for_list(rows: QuerySet[Negotiation]) -> QuerySet[Negotiation]:
    """The deals with all that `list_row` shows of them: one query and one for the sides, however many."""
    turns = Turn.objects.filter(contract__negotiation=OuterRef("pk")).order_by("-sent_at", "-pk")
    newest = (
        Version.objects.filter(contract=OuterRef("contract"), state=VersionState.READY)
        .order_by("-number")
        .values("pk")[:1]
    )
    undecided = (
        Finding.objects.filter(
            contract__negotiation=OuterRef("pk"),
            decision=Decision.OPEN,
            review__version=Subquery(newest),
        )
        .exclude(status=FindingStatus.COMPLIANT)
        .order_by()
        .values("contract__negotiation")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return (
        rows.select_related("owner__user", "organisation")
        .prefetch_related("sides")
        .annotate(
            open_issues=Coalesce(Subquery(undecided), 0),
            last_turn_is_ours=Subquery(turns.values("side__is_ours")[:1]),
            last_turn_at=Subquery(turns.values("sent_at")[:1]),
        )
    )


def _whose(negotiation: Negotiation, *, last_is_ours: bool) -> str:
    if negotiation.stage == Stage.HANDOVER:
        return "none"
    return "theirs" if last_is_ours else "ours"


def page(negotiation: Negotiation, member: Membership) -> dict[str, Any]:
    may_edit = may(member, EDIT, negotiation)
    contracts = package_of(negotiation)
    figures = _figures(contracts)
    missing = stages.missing_to_leave(negotiation)
    following = _following(negotiation)
    waiting = _waiting(contracts)
    return {
        "negotiation": _head(negotiation, contracts),
        "next_action": next_action(negotiation, contracts, figures, may_edit=may_edit),
        "stages": _stages(negotiation),
        "missing": [obstacle.message for obstacle in missing] if following else [],
        "advance_url": reverse("negotiation:stage", args=[negotiation.uuid])
        if may_edit and following
        else "",
        "advance_target": following,
        "version": negotiation.version,
        "may_override": may_edit,
        "contracts": [_contract(contract, member, figures) for contract in contracts],
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


def package_of(negotiation: Negotiation) -> list[Contract]:
    """The package with versions and turns, in a fixed number of queries."""
    versions = Version.objects.defer("text", "facts", "reading", "notices").order_by("-number")
    turns = Turn.objects.select_related("side").order_by("-number")
    return list(
        negotiation.contracts.select_related(
            "playbook_version__playbook", "negotiation", "organisation"
        ).prefetch_related(
            Prefetch("versions", versions, to_attr="newest_first"),
            Prefetch("turns", turns, to_attr="turns_newest_first"),
        )
    )


def _newest(contract: Contract) -> Version | None:
    rows: list[Version] = contract.newest_first  # type: ignore[attr-defined]
    return rows[0] if rows else None


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
    negotiation: Negotiation,
    contracts: list[Contract],
    figures: Mapping[int, Mapping[str, int]],
    *,
    may_edit: bool,
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
        open_issues = figures.get(contract.pk, {}).get("open_issues", 0)
        action = _contract_action(contract, ours, theirs, may_edit, open_issues)
        if action:
            return action
    return None


def _contract_action(
    contract: Contract, ours: str, theirs: str, may_edit: bool, open_issues: int
) -> dict[str, Any] | None:
    page, upload = contract.get_absolute_url(), reverse("negotiation:upload", args=[contract.uuid])
    if contract.state == ContractState.EXECUTED:
        return None
    latest = _newest(contract)
    if latest is None:
        sentence = _("Upload the first draft of “%(title)s”.") % {"title": contract.title}
        return _action(ours, sentence, upload if may_edit else "", _("Upload a draft"))
    if contract.state == ContractState.SIGNING:
        return _action(_("the signers"), _("Sign “%(title)s”.") % {"title": contract.title}, page, _("Open"))
    if contract.state == ContractState.AGREED:
        url = reverse("signing:start", args=[contract.uuid])
        sentence = _("“%(title)s” is agreed: send it out for signature.") % {"title": contract.title}
        return _action(ours, sentence, url, _("Start signing"))
    turns: list[Turn] = contract.turns_newest_first  # type: ignore[attr-defined]
    last = turns[0] if turns else None
    if latest.state == VersionState.FAILED:
        sentence = _("Version %(number)d of “%(title)s” could not be read: upload it again.") % {
            "number": latest.number,
            "title": contract.title,
        }
        return _action(ours, sentence, upload if may_edit else "", _("Upload"))
    if last is not None and last.side.is_ours:
        sentence = _("Answer our turn %(number)d of “%(title)s”.") % {
            "number": last.number,
            "title": contract.title,
        }
        return _action(theirs, sentence, upload if may_edit else "", _("Upload their answer"))
    if open_issues:
        sentence = ngettext(
            "Decide the open issue of “%(title)s” and send our turn.",
            "Decide the %(count)d open issues of “%(title)s” and send our turn.",
            open_issues,
        )
    else:
        sentence = _("Send our turn of “%(title)s”, or agree the text.")
    sentence %= {"title": contract.title, "count": open_issues}
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
            "entered_at": entered.get(code) if position <= now else None,
        }
        for position, code in enumerate(stages.ORDER)
    ]


def _contract(contract: Contract, member: Membership, figures: dict[int, dict[str, int]]) -> dict[str, Any]:
    latest = _newest(contract)
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
        **figures.get(contract.pk, {"total": 0, "decided": 0, "open_issues": 0}),
    }


def _figures(contracts: list[Contract]) -> dict[int, dict[str, int]]:
    """Findings that need a person in each contract's newest readable version: all and decided."""
    ready = [
        next((one.pk for one in contract.newest_first if one.is_ready()), None)  # type: ignore[attr-defined]
        for contract in contracts
    ]
    rows = (
        Finding.objects.filter(review__version__in=[pk for pk in ready if pk])
        .exclude(status=FindingStatus.COMPLIANT)
        .order_by()
        .values("contract")
        .annotate(total=Count("pk"), decided=Count("pk", filter=~Q(decision=Decision.OPEN)))
    )
    return {
        row["contract"]: {
            "total": row["total"],
            "decided": row["decided"],
            "open_issues": row["total"] - row["decided"],
        }
        for row in rows
    }


def _parties(negotiation: Negotiation) -> list[dict[str, Any]]:
    rows = []
    parties = Party.objects.select_related("lead_member__user", "lead_guest")
    team = list(negotiation.team.select_related("member__user"))
    for side in negotiation.sides.order_by("-is_ours", "pk").prefetch_related(Prefetch("parties", parties)):
        for party in side.parties.all():
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
                people += [
                    {"name": row.member.user.name, "role": row.member.title, "is_lead": False}
                    for row in team
                    if row.member_id != party.lead_member_id
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
            "what": str(entry.payload.get("issue", "")).replace("_", " "),
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
