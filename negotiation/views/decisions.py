"""Deciding findings and changes, editing a clause by hand, commenting."""

import uuid as uuids
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import redline
from accounts.access import COMMENT, EDIT, load
from accounts.models import Membership
from accounts.web import member_of, signed_in
from negotiation import gates
from negotiation.access import (
    colleagues_on,
    comments_visible_to,
    get_change,
    get_clause,
    get_contract,
    get_finding,
)
from negotiation.markup import draw
from negotiation.models import (
    Change,
    Clause,
    ClauseText,
    Comment,
    Contract,
    Decision,
    Draft,
    Finding,
    Version,
)
from negotiation.services import comments, draft, outgoing, reviews
from negotiation.words import searched
from negotiation.workspace import shown
from playbooks.pages import cost, rung_name


@signed_in
@require_POST
def finding(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """One decision about one finding; what kind is in `decision`."""
    member = member_of(request)
    row = get_finding(member, uuid, EDIT)
    seen = _number(request, "version", row.version)
    try:
        _decide(request, row, member, seen)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except redline.Refused as refusal:
        messages.error(request, refusal.message)
    view = shown.asked(QueryDict(request.POST.get("view", "")[:400]).dict())
    return redirect(f"{row.contract.get_absolute_url()}?{urlencode({'finding': str(row.uuid), **view})}")


def _decide(request: HttpRequest, row: Finding, member: Membership, seen: int) -> None:
    kind = request.POST.get("decision", "")
    reason = request.POST.get("reason", "")
    if kind == "accept":
        draft.propose(finding=row, by=member, seen=seen, reason=reason)
    elif kind == "counter":
        draft.counter(finding=row, rung=request.POST.get("rung", ""), by=member, seen=seen, reason=reason)
    elif kind == "hold":
        draft.hold_position(finding=row, by=member, seen=seen, reason=reason)
    elif kind == "ask_trade":
        rung, text = request.POST.get("rung", ""), request.POST.get("text", "")
        draft.ask_for_trade(finding=row, rung=rung, text=text, by=member, seen=seen)
    elif kind == "edit":
        draft.propose_own_wording(
            finding=row, text=request.POST.get("text", ""), by=member, seen=seen, reason=reason
        )
    elif kind == "reserve":
        draft.reserve(finding=row, by=member, seen=seen, reason=reason)
    elif kind == "concede":
        draft.concede(finding=row, by=member, seen=seen, reason=reason)
    elif kind == "dismiss":
        draft.dismiss(finding=row, by=member, seen=seen, reason=reason)
    elif kind == "reopen":
        draft.reopen(finding=row, by=member, seen=seen)
    elif kind == "ask":
        _ask(request, row, member, reason)
    else:
        raise ValidationError(_("Choose what to do with this issue."))


def _ask(request: HttpRequest, row: Finding, member: Membership, question: str) -> None:
    """A question to one colleague who sees the deal, or to whoever reads the comments."""
    wanted = request.POST.get("colleague", "")
    seeing = colleagues_on(row.contract.negotiation, but=member) if wanted else []
    asked = next((one for one in seeing if str(one.uuid) == wanted), None)
    if wanted and asked is None:
        raise ValidationError(_("Choose a colleague who sees this deal."))
    comments.add_comment(
        contract=row.contract, body=question, visibility="internal", by=member, finding=row, asked=asked
    )
    if asked is None:
        messages.success(request, _("Your question is in the comments of this clause, internal only."))
        return
    said = _("%(name)s is told. Your question is in the comments of this clause, internal only.")
    messages.success(request, said % {"name": asked.user.name})


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    """The version the form was shown with. A form without one cannot have seen any: it loses the race."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else -otherwise


@signed_in
@require_POST
def change(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    row = get_change(member, uuid, EDIT)
    kind = request.POST.get("decision", "")
    seen = _number(request, "version", row.version)
    if kind not in ("accept", "reject", "reopen"):
        messages.error(request, _("Choose accept or reject."))
        return _back_to_changes(row)
    try:
        if kind == "reopen":
            draft.reopen_change(change=row, by=member, seen=seen)
        else:
            reason = request.POST.get("reason", "")
            draft.decide_change(change=row, accept=kind == "accept", by=member, seen=seen, reason=reason)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except redline.Refused as refusal:
        messages.error(request, refusal.message)
    return _back_to_changes(row)


@signed_in
@require_POST
def set_aside(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Withdraw what is unsent on an older version, and go on from the newest."""
    member = member_of(request)
    contract = get_contract(member, uuid, EDIT)
    try:
        draft.set_aside(contract=contract, by=member, seen=_number(request, "version", 1))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Set aside. The changes stay readable on their version."))
    return redirect(contract)


@signed_in
@require_POST
def withdraw(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    row = get_change(member, uuid, EDIT)
    try:
        draft.withdraw_change(change=row, by=member, seen=_number(request, "version", row.version))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except redline.Refused as refusal:
        messages.error(request, refusal.message)
    return _back_to_changes(row)


def _back_to_changes(row: Change) -> HttpResponse:
    return redirect(f"{row.contract.get_absolute_url()}#changes")


@signed_in
@require_http_methods(["GET", "POST"])
def edit_clause(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """A clause in a plain form: one text area for each of its paragraphs."""
    member = member_of(request)
    clause = get_clause(member, uuid, EDIT)
    contract = clause.contract
    version = contract.ready_version()
    text = ClauseText.objects.filter(version=version, clause=clause).first()
    if version is None or text is None:
        messages.error(request, _("This clause is not in the newest version."))
        return redirect(contract)
    asked = _finding_asked(request, member, clause)
    proposal = _proposal(asked) if request.method == "GET" else []
    paragraphs = _paragraphs(contract, version, text, proposal)
    if request.method == "POST":
        for paragraph in paragraphs:
            paragraph["wished"] = request.POST.get(paragraph["name"], paragraph["wished"])
        try:
            draft.edit_clause(
                clause=clause,
                version=version,
                texts={paragraph["address"]: paragraph["wished"] for paragraph in paragraphs},
                by=member,
                reason=request.POST.get("reason", "").strip(),
                seen=_number(request, "version", clause.version),
                finding=asked,
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except redline.Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Your edit is in the draft, as a tracked change."))
            _say_what_waits(request, contract, clause)
            return redirect(f"{contract.get_absolute_url()}#b-{paragraphs[0]['address']}")
    context = _edit_context(request, contract, clause, text, paragraphs)
    if asked is not None:
        context["asks"] = _asks(asked)
        if proposal and any(edit.get("block") in {one["address"] for one in paragraphs} for edit in proposal):
            context["reason"] = reviews.outward_reason(asked, reviews.ladder_of(asked).opening)
    return render(request, "negotiation/edit_clause.html", context)


def _proposal(finding: Finding | None) -> list[dict[str, Any]]:
    """What the review proposes, to start from, as long as nothing was decided."""
    return list(finding.edits) if finding is not None and finding.decision == Decision.OPEN else []


def _asks(finding: Finding) -> list[str]:
    """From which position on saving asks for approval, and whom."""
    issue = reviews.ladder_of(finding)
    asks = [
        f"{rung_name(index)}: {cost(rung.approvers)}"
        for index, rung in enumerate(issue.rungs)
        if not rung.free
    ]
    return [*asks, _("below the last fallback: %(who)s") % {"who": cost(issue.walk_away.approvers)}]


def _say_what_waits(request: HttpRequest, contract: Contract, clause: Clause) -> None:
    issues = set(contract.findings.filter(clause=clause).values_list("issue", flat=True))
    for issue, note in gates.issue_notes([contract])[contract.pk].items():
        if issue in issues and note.get("state") == "waiting":
            messages.info(
                request,
                _("Approval was asked for: “%(title)s” %(needs)s.")
                % {"title": note.get("title", issue), "needs": note.get("needs", "")},
            )


def _paragraphs(
    contract: Contract, version: Version, text: ClauseText, proposal: Sequence[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    """The clause's paragraphs with our pending changes already in them, and the proposal where it does not
    touch those."""
    blocks = list(version.blocks.filter(position__gte=text.first_block, position__lte=text.last_block))
    open_draft = Draft.objects.filter(contract=contract, state="open", base=version).first()
    edits = outgoing.all_edits(version, open_draft)
    if not outgoing.overlapping(proposal, edits):
        edits = [*edits, *proposal]
    drawn = [one for one in draw(blocks, edits, author=contract.organisation.name) if one.row is not None]
    return [
        {
            "address": one.key,
            "name": f"text-{position}",
            "number": text.number if not position else one.row.number if one.row else "",
            "was": draft.typed(one.row.text).replace("\v", "\n") if one.row else "",
            "wished": draft.typed("".join(p.text for p in one.pieces if p.in_accepted)).replace("\v", "\n"),
        }
        for position, one in enumerate(drawn)
    ]


def _finding_asked(request: HttpRequest, member: Membership, clause: Clause) -> Finding | None:
    asked = request.POST.get("finding") or request.GET.get("finding", "")
    try:
        uuid = uuids.UUID(asked)
    except ValueError:
        return None
    found = get_finding(member, uuid, EDIT)
    known = {issue.code for issue in reviews.rules_of(found).issues}
    return found if found.clause_id == clause.pk and found.issue in known else None


def _edit_context(
    request: HttpRequest,
    contract: Contract,
    clause: Clause,
    text: ClauseText,
    paragraphs: list[dict[str, Any]],
) -> dict[str, Any]:
    negotiation = contract.negotiation
    return {
        "negotiation": {
            "title": negotiation.title,
            "url": negotiation.get_absolute_url(),
            "counterparty": negotiation.their_side().name,
        },
        "contract": {"title": contract.title, "url": contract.get_absolute_url()},
        "clause": {"number": text.number, "heading": text.heading, "version": clause.version},
        "paragraphs": paragraphs,
        "reason": request.POST.get("reason", ""),
        "finding": request.GET.get("finding", "") or request.POST.get("finding", ""),
    }


@signed_in
@require_POST
def comment(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    contract = get_contract(member, uuid, COMMENT)
    _say(request, contract, member, request.POST.get("audience", "internal"), None)
    return redirect(f"{contract.get_absolute_url()}#comments")


@signed_in
@require_POST
def reply(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    thread = load(comments_visible_to(member), member, COMMENT, uuid=uuid)
    _say(request, thread.contract, member, thread.visibility, thread)
    return redirect(f"{thread.contract.get_absolute_url()}#comments")


def _say(
    request: HttpRequest, contract: Contract, member: Membership, audience: str, thread: Comment | None
) -> None:
    block = "" if request.POST.get("whole") else request.POST.get("block", "")
    clause = thread.clause if thread else _clause_of_block(contract, block)
    try:
        comments.add_comment(
            contract=contract,
            body=request.POST.get("text", ""),
            visibility=audience,
            by=member,
            clause=clause,
            reply_to=thread,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Said: %(where)s.") % {"where": _where(contract, clause)})


def _where(contract: Contract, clause: Clause | None) -> str:
    version = contract.ready_version()
    text = version.clause_texts.filter(clause=clause).first() if clause and version else None
    if text is None:
        return _("about the whole contract")
    return _("at %(clause)s") % {"clause": " ".join((text.number, text.heading or text.text[:40])).strip()}


def _clause_of_block(contract: Contract, address: str) -> Clause | None:
    version = contract.ready_version()
    address = searched(address)
    block = version.blocks.filter(address=address).first() if version and address else None
    if version is None or block is None:
        return None
    text = (
        version.clause_texts.filter(first_block__lte=block.position, last_block__gte=block.position)
        .select_related("clause")
        .order_by("-depth")
        .first()
    )
    return text.clause if text else None


@signed_in
@require_POST
def resolve(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    thread = load(comments_visible_to(member), member, COMMENT, uuid=uuid)
    comments.resolve_comment(comment=thread, by=member)
    return redirect(f"{thread.contract.get_absolute_url()}#comments")
