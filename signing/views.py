"""Signing as our side sees it: may it start, who signs, how far is it. Links and tokens never show here."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import redline
from accounts.access import SIGN, VIEW, may
from accounts.refusals import said_on_next_page
from accounts.web import member_of, signed_in, version_seen
from negotiation.access import get_contract
from negotiation.forms import BlanksForm
from negotiation.gates import Obstacle
from negotiation.models import Contract
from negotiation.services.turns import TurnBlocked
from negotiation.workspace.blanks import blank_rows
from signing.access import envelopes_visible_to, get_envelope, get_signer
from signing.certificate import certificate_of
from signing.forms import SignerForm, SignerFormSet, initial_signers, invited_by
from signing.models import Envelope, EnvelopeState, Signer, SignerState
from signing.services import envelopes
from signing.shown import SHOWN_ENVELOPE, SHOWN_SIGNER, certificate_page, file_response


@signed_in
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Who signs for each side; everything in the way is listed and nothing typed is lost."""
    member = member_of(request)
    contract = get_contract(member, uuid, SIGN)
    living = (
        envelopes_visible_to(member)
        .filter(contract=contract, state__in=(EnvelopeState.OUT, EnvelopeState.COMPLETED))
        .first()
    )
    if living is not None:
        return redirect(living)
    formset = _signers(request, contract)
    in_the_way = envelopes.obstacles(contract)
    if not (formset.is_bound and formset.is_valid()):
        return _start_page(request, contract, formset, in_the_way)
    wrong = ""
    try:
        envelope = envelopes.start_signing(
            contract=contract,
            invited=invited_by(formset),
            by=member,
            blanks_left=_blanks_accepted(request),
        )
    except TurnBlocked as blocked:
        in_the_way = blocked.obstacles
    except ValidationError as error:
        wrong = " ".join(error.messages)
    except redline.Refused as refusal:
        wrong = refusal.message
    else:
        messages.success(request, _("Sent for signature. Each signer gets a link of their own by e-mail."))
        return redirect(envelope)
    return _start_page(request, contract, formset, in_the_way, wrong=wrong)


def _blanks_accepted(request: HttpRequest) -> int:
    form = BlanksForm(request.POST)
    return form.blanks_accepted() if form.is_valid() else 0


def _signers(request: HttpRequest, contract: Contract) -> "BaseFormSet[SignerForm]":
    """What was posted, or the leads of both sides to begin with."""
    kwargs = {"contract": contract}
    if request.method == "POST":
        return SignerFormSet(request.POST, form_kwargs=kwargs)
    return SignerFormSet(initial=initial_signers(contract), form_kwargs=kwargs)


def _start_page(
    request: HttpRequest,
    contract: Contract,
    formset: "BaseFormSet[SignerForm]",
    in_the_way: list[Obstacle],
    *,
    wrong: str = "",
) -> HttpResponse:
    context = {
        "negotiation": _deal(contract),
        "contract": {"title": contract.title, "url": contract.get_absolute_url()},
        "gate": _gate(in_the_way),
        "can_start": not in_the_way,
        "formset": formset,
        "wrong": wrong,
        "blanks": blank_rows(contract),
        "said": request.POST.get("with_blanks", ""),
        "start_url": reverse("signing:start", args=[contract.uuid]),
    }
    return render(request, "signing/envelope.html", context)


def _deal(contract: Contract) -> dict[str, str]:
    return {"title": contract.negotiation.title, "url": contract.negotiation.get_absolute_url()}


def _gate(in_the_way: list[Obstacle]) -> list[dict[str, Any]]:
    if in_the_way:
        return [{"sentence": row.message, "ok": False, "url": row.url} for row in in_the_way]
    return [
        {"sentence": _("Both sides agreed to exactly this text."), "ok": True},
        {"sentence": _("No concession waits for approval."), "ok": True},
    ]


@signed_in
@require_GET
def detail(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    return _detail_page(request, get_envelope(member_of(request), uuid, VIEW))


def _detail_page(request: HttpRequest, envelope: Envelope, *, wrong: str = "") -> HttpResponse:
    may_sign = may(member_of(request), SIGN, envelope)
    is_out = envelope.state == EnvelopeState.OUT
    complete = envelope.state == EnvelopeState.COMPLETED
    contract = envelope.contract
    shown = {
        "state": SHOWN_ENVELOPE[EnvelopeState(envelope.state)],
        "sent_at": envelope.sent_at,
        "sent_by": envelope.started_by.user.name,
        "closed_at": envelope.completed_at,
        "hash": envelope.document_sha256,
        "document": f"{contract.title} · {_('version')} {envelope.contract_version.number}",
        "document_url": reverse("signing:file", args=[envelope.uuid]),
        "certificate_url": reverse("signing:certificate", args=[envelope.uuid]) if complete else "",
        "void_url": reverse("signing:void", args=[envelope.uuid]) if is_out and may_sign else "",
        "void_reason": envelope.void_reason,
        "version": envelope.version,
    }
    context = {
        "negotiation": _deal(contract),
        "contract": {"title": contract.title, "url": contract.get_absolute_url()},
        "envelope": shown,
        "signers": [_signer(row, can_remind=is_out and may_sign) for row in envelope.signers.all()],
        "wrong": wrong,
        "typed_reason": request.POST.get("reason", ""),
        "again_url": reverse("signing:start", args=[contract.uuid])
        if may_sign and envelope.state in (EnvelopeState.DECLINED, EnvelopeState.VOIDED)
        else "",
    }
    return render(request, "signing/envelope.html", context)


def _signer(row: Signer, *, can_remind: bool) -> dict[str, Any]:
    asked = can_remind and row.state in envelopes.UNDECIDED and envelopes.is_their_turn(row)
    return {
        "name": row.name,
        "email": row.email,
        "title": row.title,
        "side": "ours" if row.side.is_ours else "theirs",
        "company": row.side.name,
        "order": row.position,
        "state": SHOWN_SIGNER[SignerState(row.state)],
        "at": row.signed_at or row.opened_at,
        "decline_reason": row.decline_reason,
        "remind_url": reverse("signing:send_again", args=[row.uuid]) if asked else "",
    }


@signed_in
@require_POST
def void(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    envelope = get_envelope(member, uuid, SIGN)
    try:
        envelopes.void(
            envelope=envelope,
            reason=request.POST.get("reason", ""),
            by=member,
            seen=version_seen(request),
        )
    except ValidationError as error:
        return _detail_page(request, envelope, wrong=" ".join(error.messages))
    messages.success(request, _("Signing is stopped; the links no longer work."))
    return redirect(envelope)


@signed_in
@require_POST
def send_again(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    member = member_of(request)
    signer = get_signer(member, uuid, SIGN)
    with said_on_next_page(request):
        envelopes.resend(signer=signer, by=member, at=timezone.now())
        messages.success(request, _("The invitation goes to %(name)s again.") % {"name": signer.name})
    return redirect(signer.envelope)


@signed_in
@require_GET
def file(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The bytes that were sent out, exactly."""
    return file_response(get_envelope(member_of(request), uuid, VIEW))


@signed_in
@require_GET
def certificate(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    envelope = _completed(request, uuid)
    return certificate_page(
        request,
        envelope,
        json_url=reverse("signing:certificate_json", args=[envelope.uuid]),
        back_url=envelope.get_absolute_url(),
    )


@signed_in
@require_GET
def certificate_json(request: HttpRequest, uuid: uuids.UUID) -> JsonResponse:
    return JsonResponse(certificate_of(_completed(request, uuid)))


def _completed(request: HttpRequest, uuid: uuids.UUID) -> Envelope:
    envelope = get_envelope(member_of(request), uuid, VIEW)
    if envelope.state != EnvelopeState.COMPLETED:
        raise Http404
    return envelope
