"""Sending a turn, and recording that both sides agree to the text."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

import redline
from accounts.access import EDIT
from accounts.web import member_of, signed_in
from negotiation.access import get_contract
from negotiation.forms import AgreeForm, SendForm
from negotiation.gates import Obstacle
from negotiation.models import ChangeState, Contract, Draft, Visibility
from negotiation.models.contracts import ContractState
from negotiation.services import agreements, outgoing, turns
from negotiation.services import draft as drafting
from negotiation.services.turns import TurnBlocked


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
    form = SendForm(request.POST or None, initial={"version": working.version})
    if request.method == "POST" and form.is_valid():
        try:
            turn = turns.send_turn(
                contract=contract,
                by=member,
                message=form.cleaned_data["message"],
                seen=form.cleaned_data["version"],
            )
        except TurnBlocked as blocked:
            messages.warning(request, _("The turn was not sent: see what is still needed."))
            return _send_page(request, contract, working, form, blocked.obstacles, status=409)
        except ValidationError as error:
            form.add_error(None, error)
        except redline.Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request,
                _("Turn %(number)d is ready: download the file and send it.") % {"number": turn.number},
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
    pending = working.changes.filter(state=ChangeState.PENDING).count() if working.pk else 0
    answers = working.base.changes.exclude(origin="draft")
    accepted = answers.filter(state=ChangeState.ACCEPTED, origin="tracked").count()
    refused = answers.filter(state=ChangeState.REJECTED).count()
    said = list(outgoing.unsent_comments(contract))
    numbers = dict(working.base.clause_texts.values_list("clause_id", "number"))
    internal = contract.comments.filter(visibility=Visibility.INTERNAL).count()
    goes = [
        (pending, ngettext("change of ours, tracked", "changes of ours, tracked", pending)),
        (accepted, ngettext("change of theirs accepted", "changes of theirs accepted", accepted)),
        (refused, ngettext("change of theirs taken back", "changes of theirs taken back", refused)),
        (len(said), ngettext("external comment", "external comments", len(said))),
    ]
    unasked = any(obstacle.code == "unasked" for obstacle in obstacles)
    others = [obstacle for obstacle in obstacles if obstacle.code != "unasked"]
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
        "goes": [{"number": number, "label": label} for number, label in goes if number],
        "stays": [
            ngettext("%(n)d internal comment", "%(n)d internal comments", internal) % {"n": internal},
            _("guidance, scores and reasons for deciding"),
            _("document properties, names of people who worked on it, hidden parts"),
        ],
        "external_comments": [
            {"text": row.body, "clause_number": numbers.get(row.clause_id or 0, "")} for row in said
        ],
    }
    return render(request, "negotiation/send_turn.html", context, status=status)


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
    }
    return render(request, "negotiation/agree.html", context, status=status)
