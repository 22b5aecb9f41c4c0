"""The signer's pages: the exact document, the consent, the act, and afterwards the copy and its certificate.

A signer has no session here. The token in the address is the credential, so nothing ambient could be abused
by another site's form: these views need no CSRF token, and could not check one, because a page that sends no
referrer makes browsers post with `Origin: null`.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.models.base import Conflict
from signing.certificate import certificate_of
from signing.forms import DeclineForm, SignForm
from signing.models import EnvelopeState, Signer, SignerState
from signing.paper import paragraphs_of
from signing.services import envelopes
from signing.shown import SHOWN_SIGNER, certificate_page, file_response

GuestView = Callable[[HttpRequest, str], HttpResponseBase]


def without_referrer(view: GuestView) -> GuestView:
    """The address holds the secret: no link out of the page may carry it along. A lost race is answered here
    too, so that its page keeps the rule."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponseBase:
        try:
            response = view(request, token)
        except Conflict as conflict:
            here = reverse("signing_guest:document", args=[token])
            context = {"message": conflict.message, "conflict": {"url": here}, "is_guest": True}
            response = render(request, "409.html", context, status=409)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


def signer_or_404(token: str, now: datetime) -> Signer:
    """The signer of a living link. An unknown, expired or voided one gives the same answer."""
    signer = envelopes.signer_of(token, at=now)
    if signer is None:
        raise Http404
    return signer


@require_GET
@without_referrer
def document(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    signer = signer_or_404(token, now)
    outcome = _outcome(signer)
    if outcome:
        return _done(request, signer, token, outcome)
    envelopes.record_opened(signer=signer, at=now)
    form = SignForm(initial={"document_sha256": signer.envelope.document_sha256, "version": signer.version})
    return _sign_page(request, signer, token, form)


def _outcome(signer: Signer) -> str:
    """What the page says instead of offering to sign; empty while this person may sign."""
    if signer.state == SignerState.SIGNED and signer.envelope.state != EnvelopeState.DECLINED:
        return "signed"
    if signer.state == SignerState.DECLINED:
        return "declined"
    if signer.envelope.state != EnvelopeState.OUT:
        return "voided"
    return "" if envelopes.is_their_turn(signer) else "waiting"


@csrf_exempt
@require_POST
@without_referrer
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """The act itself. What is missing is said on the same page; a lost race is the 409 page."""
    now = timezone.now()
    signer = signer_or_404(token, now)
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            envelopes.sign(
                signer=signer,
                typed_name=form.cleaned_data["typed_name"],
                consents=form.cleaned_data["consents"],
                document_sha256=form.cleaned_data["document_sha256"],
                seen=form.cleaned_data["version"],
                address=request.META.get("REMOTE_ADDR") or None,
                agent=request.headers.get("User-Agent", ""),
                at=now,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("signing_guest:document", token=token)
    outcome = _outcome(signer)
    return _done(request, signer, token, outcome) if outcome else _sign_page(request, signer, token, form)


@csrf_exempt
@require_POST
@without_referrer
def decline(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    signer = signer_or_404(token, now)
    form = DeclineForm(request.POST)
    wrong = _("Say why you decline, so that it can be mended.")
    if form.is_valid():
        try:
            envelopes.decline(
                signer=signer, reason=form.cleaned_data["reason"], seen=form.cleaned_data["version"], at=now
            )
        except ValidationError as error:
            wrong = " ".join(error.messages)
        else:
            return redirect("signing_guest:document", token=token)
    outcome = _outcome(signer)
    if outcome:
        return _done(request, signer, token, outcome)
    fresh = SignForm(initial={"document_sha256": signer.envelope.document_sha256, "version": signer.version})
    return _sign_page(request, signer, token, fresh, decline_error=wrong)


@require_GET
@without_referrer
def file(request: HttpRequest, token: str) -> HttpResponse:
    """The bytes that are signed, exactly."""
    envelope = signer_or_404(token, timezone.now()).envelope
    return file_response(envelope)


@require_GET
@without_referrer
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    return certificate_page(
        request,
        _of_completed(token).envelope,
        json_url=reverse("signing_guest:certificate_json", args=[token]),
        back_url=reverse("signing_guest:document", args=[token]),
        is_guest=True,
    )


@require_GET
@without_referrer
def certificate_json(request: HttpRequest, token: str) -> JsonResponse:
    return JsonResponse(certificate_of(_of_completed(token).envelope))


def _of_completed(token: str) -> Signer:
    signer = signer_or_404(token, timezone.now())
    if signer.envelope.state != EnvelopeState.COMPLETED:
        raise Http404
    return signer


def _shown(signer: Signer) -> dict[str, Any]:
    """What every page of the signer's tree may say: nothing of ours beyond what concerns this document."""
    envelope = signer.envelope
    return {
        "signer": {"name": signer.name, "title": signer.title, "company": signer.side.name},
        "sender": {"name": envelope.started_by.user.name, "organisation": envelope.organisation.name},
        "order": [
            {"name": other.name, "company": other.side.name, "state": SHOWN_SIGNER[SignerState(other.state)]}
            for other in envelope.signers.select_related("side")
        ],
    }


def _sign_page(
    request: HttpRequest, signer: Signer, token: str, form: SignForm, *, decline_error: str = ""
) -> HttpResponse:
    envelope = signer.envelope
    context = _shown(signer) | {
        "document": {
            "title": envelope.contract.title,
            "hash": envelope.document_sha256,
            "download_url": reverse("signing_guest:file", args=[token]),
        },
        "blocks": paragraphs_of(envelope.contract_version),
        "consent": envelope.consent_text,
        "form": form,
        "version": signer.version,
        "sign_url": reverse("signing_guest:sign", args=[token]),
        "decline_url": reverse("signing_guest:decline", args=[token]),
        "decline_error": decline_error,
        "decline_reason": request.POST.get("reason", ""),
    }
    return render(request, "signing/guest_sign.html", context)


def _done(request: HttpRequest, signer: Signer, token: str, outcome: str) -> HttpResponse:
    envelope = signer.envelope
    complete = envelope.state == EnvelopeState.COMPLETED
    document = {"title": envelope.contract.title, "download_url": ""}
    if complete:
        document["download_url"] = reverse("signing_guest:file", args=[token])
    waiting = envelope.signers.exclude(state=SignerState.SIGNED)
    context = _shown(signer) | {
        "outcome": outcome,
        "document": document,
        "at": signer.signed_at,
        "remaining": [] if complete else [other.name for other in waiting],
        "certificate_url": reverse("signing_guest:certificate", args=[token]) if complete else "",
    }
    return render(request, "signing/guest_done.html", context)
