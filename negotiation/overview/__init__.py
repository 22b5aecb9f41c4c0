"""The negotiation page and the rows of the list, as plain values for their templates."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import EDIT, REQUEST, SIGN, may
from accounts.models import Membership
from negotiation import gates, stages
from negotiation.models import Contract, Negotiation, Stage, VersionState
from negotiation.models.contracts import ContractState
from negotiation.overview import record
from negotiation.overview.listing import for_list, list_row
from negotiation.overview.next_action import next_action
from negotiation.overview.rows import newest, package_of
from negotiation.overview.table import fetch_sides, parties
from negotiation.package import Document

__all__ = ["for_list", "list_row", "page"]


def page(negotiation: Negotiation, member: Membership, *, decisions_page: int = 1) -> dict[str, Any]:
    """The page of one deal. Reads everything with a fixed number of queries."""
    may_edit = may(member, EDIT, negotiation)
    fetch_sides(negotiation)
    package = package_of(negotiation)
    contracts = [document.contract for document in package]
    missing = stages.missing_to_leave(negotiation, package)
    following = _following(negotiation)
    return {
        "negotiation": _head(negotiation, contracts),
        "next_action": next_action(negotiation, package, may_edit=may_edit),
        "stages": _stages(negotiation),
        "missing": [
            {
                "sentence": obstacle.message,
                "url": obstacle.url if obstacle.url != negotiation.get_absolute_url() else "",
            }
            for obstacle in (missing if following else [])
        ],
        "change_url": (
            reverse("negotiation:change", args=[negotiation.uuid])
            if may(member, REQUEST, negotiation)
            else ""
        ),
        "advance_url": reverse("negotiation:stage", args=[negotiation.uuid])
        if may_edit and following
        else "",
        "advance_target": following,
        "version": negotiation.version,
        "may_override": may_edit,
        "contracts": [_document(document, member) for document in package],
        "parties": parties(negotiation),
        "turns": record.turns(package),
        "decisions": record.decisions(negotiation, decisions_page, package),
        "approvals": _waiting(contracts),
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


def _document(document: Document, member: Membership) -> dict[str, Any]:
    contract = document.contract
    latest = newest(contract)
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
        "total": document.issues,
        "decided": document.decided,
        "open_issues": document.open_issues,
    }


def _waiting(contracts: list[Contract]) -> list[dict[str, Any]]:
    return [
        {"title": note.get("title", issue), "url": note.get("url", ""), "needs": note.get("needs", "")}
        for issues in gates.issue_notes(contracts).values()
        for issue, note in issues.items()
        if note.get("state") == "waiting"
    ]


def _sign_url(contracts: list[Contract]) -> str:
    agreed = next((one for one in contracts if one.state == ContractState.AGREED), None)
    return reverse("signing:start", args=[agreed.uuid]) if agreed else ""
