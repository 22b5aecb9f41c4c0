"""What our pages and the signers' show alike: states as the codes of badges, and the document itself."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from accounts.services import files
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
