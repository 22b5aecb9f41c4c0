"""Which envelopes a member sees: those of the contracts they see. Signers come by their own link instead."""

import uuid

from django.db.models import QuerySet

from accounts.access import load
from accounts.models import Membership
from negotiation.access import contracts_visible_to
from signing.models import Envelope, Signer


def envelopes_visible_to(member: Membership) -> QuerySet[Envelope]:
    return (
        Envelope.objects.filter(contract__in=contracts_visible_to(member))
        .select_related(
            "contract__negotiation", "contract_version", "file", "started_by__user", "organisation"
        )
        .prefetch_related("signers__side")
    )


def get_envelope(member: Membership, uuid: uuid.UUID, action: str) -> Envelope:
    return load(envelopes_visible_to(member), member, action, uuid=uuid)


def signers_visible_to(member: Membership) -> QuerySet[Signer]:
    return Signer.objects.filter(envelope__in=envelopes_visible_to(member)).select_related(
        "envelope__contract__negotiation", "organisation"
    )


def get_signer(member: Membership, uuid: uuid.UUID, action: str) -> Signer:
    return load(signers_visible_to(member), member, action, uuid=uuid)
