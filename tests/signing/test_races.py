"""Signing at the same moment: signing twice, signing while the envelope is stopped, two signers at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import AuditEntry
from accounts.models.base import Conflict
from accounts.services import audit
from signing.models import Envelope, EnvelopeState, Signer, SignerState
from signing.services import envelopes
from signing.services.envelopes import Invited
from tests.builders import four_people
from tests.deals import NOON, Table, agreed, table

ROUNDS = 15


def start(at: Table) -> Envelope:
    agreed(at)
    return envelopes.start_signing(
        contract=at.contract,
        invited=[
            Invited(at.negotiation.our_side(), "Alice", "alice@northgate.example", member=at.people.alice),
            Invited(at.negotiation.their_side(), "Dana Other", "dana@harbour.example"),
        ],
        by=at.people.alice,
    )


def sign(pk: int) -> None:
    signer = Signer.objects.select_related("envelope__contract__negotiation", "envelope__file").get(pk=pk)
    envelopes.sign(
        signer=signer,
        typed_name=signer.name,
        consents=True,
        document_sha256=signer.envelope.document_sha256,
        seen=1,
        address="127.0.0.1",
        agent="race",
        at=NOON,
    )


def void(pk: int, at: Table) -> None:
    envelope = Envelope.objects.get(pk=pk)
    envelopes.void(envelope=envelope, reason="Wrong annex", by=at.people.alice, seen=1)


def together(*acts) -> list[bool]:
    """Whether each act won; all begin at the same moment."""
    gate = threading.Barrier(len(acts), timeout=30)

    def run(act) -> bool:
        try:
            gate.wait()
            act()
        except (Conflict, ValidationError):
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_signing_twice_at_once_records_one_signature():
    at = table(four_people())
    for _round in range(ROUNDS):
        envelope = start(at)
        dana = envelope.signers.get(name="Dana Other")
        assert sorted(together(lambda: sign(dana.pk), lambda: sign(dana.pk))) == [False, True]  # noqa: B023
        envelope.refresh_from_db()
        envelopes.void(envelope=envelope, reason="next round", by=at.people.alice, seen=envelope.version)
        at.contract.refresh_from_db()
    assert AuditEntry.objects.filter(action="signing.signed").count() == ROUNDS
    assert audit.verify_chain(at.people.ours).is_whole


@pytest.mark.django_db(transaction=True)
def test_signing_and_stopping_at_once_never_both_succeed():
    at = table(four_people())
    for _round in range(ROUNDS):
        envelope = start(at)
        dana = envelope.signers.get(name="Dana Other")
        signed, stopped = together(lambda: sign(dana.pk), lambda: void(envelope.pk, at))  # noqa: B023
        dana.refresh_from_db()
        envelope.refresh_from_db()
        assert signed != stopped
        assert (dana.state == SignerState.SIGNED) == signed
        assert (envelope.state == EnvelopeState.VOIDED) == stopped
        if signed:
            envelopes.void(envelope=envelope, reason="next round", by=at.people.alice, seen=envelope.version)
        at.contract.refresh_from_db()
    assert audit.verify_chain(at.people.ours).is_whole


@pytest.mark.django_db(transaction=True)
def test_two_signers_at_once_complete_at_most_once_and_the_loser_may_try_again():
    at = table(four_people())
    envelope = start(at)
    pks = list(envelope.signers.values_list("pk", flat=True))
    won = together(*[lambda pk=pk: sign(pk) for pk in pks])
    for pk, did in zip(pks, won, strict=True):
        if not did:
            sign(pk)
    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.COMPLETED
    assert AuditEntry.objects.filter(action="signing.completed").count() == 1
    assert AuditEntry.objects.filter(action="contract.executed").count() == 1
