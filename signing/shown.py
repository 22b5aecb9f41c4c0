"""States of signers and envelopes as the codes of the page's badges."""

from signing.models import EnvelopeState, SignerState

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
