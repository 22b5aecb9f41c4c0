"""The record of a completed signing, as plain values for the page and for the JSON beside it."""

from datetime import UTC, datetime
from typing import Any

from accounts.models import AuditEntry
from signing.models import Envelope


def certificate_of(envelope: Envelope) -> dict[str, Any]:
    """Who signed exactly which bytes, when and with which consent, and where the audit chain stood then.

    The chain's number and hash are those of the entry that recorded the completion: whoever keeps this
    certificate can show later that the chain before it was not rewritten.
    """
    sealed = (
        AuditEntry.objects.filter(
            organisation=envelope.organisation, action="signing.completed", object_uuid=envelope.uuid
        )
        .order_by("number")
        .first()
    )
    return {
        "envelope": str(envelope.uuid),
        "document": envelope.contract.title,
        "version": envelope.contract_version.number,
        "document_sha256": envelope.document_sha256,
        "size": envelope.file.size,
        "sent_at": utc(envelope.sent_at),
        "completed_at": utc(envelope.completed_at),
        "consent_text": envelope.consent_text,
        "signers": [
            {
                "name": signer.name,
                "email": signer.email,
                "title": signer.title,
                "for": signer.side.name,
                "order": signer.position,
                "opened_at": utc(signer.opened_at),
                "signed_at": utc(signer.signed_at),
                "typed_name": signer.typed_name,
                "consent_sha256": signer.consent_sha256,
                "document_sha256": signer.document_sha256,
                "address": signer.address,
                "agent": signer.agent,
            }
            for signer in envelope.signers.all()
        ],
        "audit": {"number": sealed.number, "hash": sealed.hash} if sealed else None,
        "kind": "simple electronic signature",
    }


def utc(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
