"""What our pages and the signers' show alike: states as codes of badges, the document, its certificate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from accounts.services import files
from signing.certificate import certificate_of
from signing.models import Envelope, EnvelopeState, SignerState

SHOWN_SIGNER = {
    SignerState.WAITING: "sent",
    SignerState.OPENED: "viewed",
    SignerState.SIGNED: "signed",
    SignerState.DECLINED: "declined",
}
SHOWN_ENVELOPE = {
    EnvelopeState.OUT: "sent",
    EnvelopeState.COMPLETED: "executed",
    EnvelopeState.DECLINED: "declined",
    EnvelopeState.VOIDED: "withdrawn",
}


def file_response(envelope: Envelope) -> HttpResponse:
    """Exactly the bytes that are signed, checked against their hash, as a download."""
    response = HttpResponse(files.read_bytes(envelope.file), content_type=envelope.file.media_type)
    name = content_disposition_header(True, f"{envelope.contract.title}.docx")
    response.headers["Content-Disposition"] = name or "attachment"
    return response


def certificate_page(
    request: HttpRequest, envelope: Envelope, *, json_url: str, back_url: str, is_guest: bool = False
) -> HttpResponse:
    """The record of a completed signing; signers and colleagues read the same."""
    context = {
        "certificate": certificate_of(envelope),
        "envelope": envelope,
        "json_url": json_url,
        "back_url": back_url,
        "is_guest": is_guest,
    }
    return render(request, "signing/certificate.html", context)
