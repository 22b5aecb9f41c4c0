"""Sending a turn, and recording that both sides agree to the text."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

import redline
from accounts.access import EDIT
from accounts.web import member_of, signed_in
from negotiation import gates
from negotiation.access import get_contract
from negotiation.forms import AgreeForm, SendForm
from negotiation.gates import Obstacle
from negotiation.models import ChangeState, Contract, Draft, Visibility
from negotiation.models.contracts import ContractState
from negotiation.services import agreements, leaving, turns, uncovered
from negotiation.services import draft as drafting
from negotiation.services.turns import TurnBlocked
from negotiation.workspace.blanks import blank_rows
from negotiation.workspace.sentences import short


@signed_in
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Exactly what goes, what it concedes, and what stands in its way; POST asks or sends."""
    member = member_of(request)
    contract = get_contract(member, uuid, EDIT)
    try:
        working = drafting.draft_to_be(contract=contract)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(contract)
    if request.method == "POST":
        form = SendForm(request.POST)
    else:
        form = SendForm(initial={"version": working.version})
    if request.method == "POST" and form.is_valid():
        try:
            turn = turns.send_turn(
                contract=contract,
                by=member,
                message=form.cleaned_data["message"],
                seen=form.cleaned_data["version"],
                leave_out=form.left_out(),
                listed=form.cleaned_data["listed"],
                with_undecided=form.undecided_accepted(),
            )
        except TurnBlocked as blocked:
            messages.warning(request, _("The turn was not sent: see what is still needed."))
            return _send_page(request, contract, working, form, blocked.obstacles, status=409)
        except ValidationError as error:
            form.add_error(None, error)
        except redline.Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            words = {"number": turn.number, "name": contract.negotiation.their_side().name}
            messages.success(
                request,
                _("Turn %(number)d is written. Download the Word file and send it to %(name)s.") % words,
            )
            return redirect("negotiation:progress", turn.version.uuid)
    _conceded, obstacles = turns.preview(contract)
    return _send_page(request, contract, working, form, obstacles)


def _send_page(
    request: HttpRequest,
    contract: Contract,
    working: Draft,
    form: SendForm,
    obstacles: list[Obstacle],
    status: int = 200,
) -> HttpResponse:
    negotiation = contract.negotiation
    last = contract.turns.order_by("-number").first()
    unasked = any(obstacle.code == "unasked" for obstacle in obstacles)
    others = [obstacle for obstacle in obstacles if obstacle.code != "unasked"]
    said = leaving.said_by(contract, working)
    kept = form.left_out() if form.is_bound and form.is_valid() else frozenset()
    context: dict[str, Any] = {
        "negotiation": {
            "title": negotiation.title,
            "url": negotiation.get_absolute_url(),
            "counterparty": negotiation.their_side().name,
        },
        "contract": {"title": contract.title, "url": contract.get_absolute_url()},
        "turn": {"number": last.number + 1 if last else 1},
        "form": form,
        "obstacles": obstacles,
        "asks_approval": unasked and not others,
        "may_send": not others,
        "goes": _goes(working, len(said)),
        "stays": _stays(contract),
        "says": [
            {
                "key": one.key,
                "text": one.text,
                "clause_number": one.clause_number,
                "about": Truncator(one.about).words(14),
                "is_reason": one.is_reason,
                "ticked": one.key not in kept,
            }
            for one in said
        ],
        "listed": " ".join(one.key for one in said),
        "blanks": blank_rows(contract),
        **_to_read(contract),
        "undecided": [
            {"title": row.title, "url": f"{contract.get_absolute_url()}?finding={row.uuid}"}
            for row in turns.undecided(working.base)
        ],
        "conditions": [
            {"title": note.get("title", issue), "text": note["needs"], "url": note.get("url", "")}
            for issue, note in gates.issue_notes([contract])[contract.pk].items()
            if note.get("state") == "approved_with_condition"
        ],
    }
    return render(request, "negotiation/send_turn.html", context, status=status)


def _to_read(contract: Contract) -> dict[str, Any]:
    """The clauses no rule covers that nobody ticked yet, and where they are ticked."""
    version = contract.ready_version()
    rows = uncovered.unread(version) if version is not None else []
    return {
        "uncovered": [{"name": one.name, "quote": short(one.quote)} for one in rows],
        "read_clauses_url": reverse("negotiation:read_clauses", args=[contract.uuid]),
    }


def _goes(working: Draft, said: int) -> list[dict[str, Any]]:
    """What leaves, counted."""
    pending = working.changes.filter(state=ChangeState.PENDING).count() if working.pk else 0
    answers = working.base.changes.exclude(origin="draft")
    accepted = answers.filter(state=ChangeState.ACCEPTED, origin="tracked").count()
    refused = answers.filter(state=ChangeState.REJECTED).count()
    goes = [
        (pending, ngettext("change of ours, tracked", "changes of ours, tracked", pending)),
        (accepted, ngettext("change of theirs accepted", "changes of theirs accepted", accepted)),
        (refused, ngettext("change of theirs taken back", "changes of theirs taken back", refused)),
        (said, ngettext("comment in the file", "comments in the file", said)),
    ]
    return [{"number": number, "label": label} for number, label in goes if number]


def _stays(contract: Contract) -> list[str]:
    internal = contract.comments.filter(visibility=Visibility.INTERNAL).count()
    return [
        ngettext("%(n)d internal comment", "%(n)d internal comments", internal) % {"n": internal},
        _("guidance, scores and reasons for deciding"),
        _("document properties, names of people who worked on it, hidden parts"),
    ]


@signed_in
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Both sides' word on the newest text: what is checked first, and who said so."""
    member = member_of(request)
    contract = get_contract(member, uuid, EDIT)
    if contract.state != ContractState.NEGOTIATING:
        messages.info(request, _("This text is already agreed."))
        return redirect(contract)
    form = AgreeForm(request.POST or None, initial={"version": contract.version})
    obstacles: list[Obstacle] | None = None
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            version = agreements.agree_text(
                contract=contract,
                by=member,
                their_person=form.cleaned_data["their_person"],
                evidence=form.cleaned_data["evidence"],
                seen=form.cleaned_data["version"],
                blanks_left=form.blanks_accepted(),
            )
        except TurnBlocked as blocked:
            obstacles, status = blocked.obstacles, 409
        except ValidationError as error:
            form.add_error(None, error)
        except redline.Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Agreed by both sides. The clean copy is being made ready."))
            return redirect("negotiation:progress", version.uuid)
    negotiation = contract.negotiation
    context = {
        "negotiation": {
            "title": negotiation.title,
            "url": negotiation.get_absolute_url(),
            "counterparty": negotiation.their_side().name,
        },
        "contract": {"title": contract.title, "url": contract.get_absolute_url()},
        "form": form,
        "obstacles": agreements.obstacles(contract) if obstacles is None else obstacles,
        "blanks": blank_rows(contract),
        **_to_read(contract),
    }
    return render(request, "negotiation/agree.html", context, status=status)
