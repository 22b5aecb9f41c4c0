"""The signer's own pages: the exact document, the act, and one and the same answer for every dead link."""

import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, AuditHead
from accounts.services import audit, files
from jobs.testing import run_all
from negotiation.models.contracts import ContractState
from signing.models import Envelope, EnvelopeState, Signer, SignerState
from signing.services import envelopes, invitations
from signing.services.envelopes import Invited
from tests.builders import four_people
from tests.deals import TEXT, Table, agreed, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Table:
    return table(four_people())


def send_out(at: Table, *, theirs_first: bool = False, ours_second: bool = False) -> Envelope:
    agreed(at)
    return envelopes.start_signing(
        contract=at.contract,
        invited=[
            Invited(
                side=at.negotiation.our_side(),
                name="Alice",
                email="alice@northgate.example",
                position=2 if ours_second else 1,
                member=at.people.alice,
            ),
            Invited(side=at.negotiation.their_side(), name="Dana Other", email="dana@harbour.example"),
        ],
        by=at.people.alice,
    )


def url(signer: Signer, name: str = "document") -> str:
    return reverse(f"signing_guest:{name}", args=[invitations.token_of(signer.uuid)])


def of(envelope: Envelope, name: str) -> Signer:
    return envelope.signers.get(name=name)


def act(signer: Signer, **changed: object) -> dict[str, object]:
    return {
        "typed_name": signer.name,
        "consents": "on",
        "document_sha256": signer.envelope.document_sha256,
        "version": signer.version,
    } | changed


def sign(client: Client, signer: Signer, **changed: object):
    client.get(url(signer))
    signer.refresh_from_db()
    return client.post(url(signer, "sign"), act(signer, **changed), REMOTE_ADDR="203.0.113.9")


def test_it_shows_the_whole_text_the_hash_and_the_consent(client, at):
    envelope = send_out(at)
    response = client.get(url(of(envelope, "Dana Other")))
    body = response.content.decode()
    assert response.status_code == 200
    for paragraph in TEXT:
        assert paragraph in body
    assert envelope.document_sha256 in body
    assert "I agree to sign this contract electronically" in body


def test_its_answers_keep_the_secret(client, at):
    response = client.get(url(of(send_out(at), "Dana Other")))
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert not response.cookies


def test_it_says_nothing_of_our_inside(client, at):
    at.negotiation.objectives = "CANARY-OBJECTIVE"
    at.negotiation.save()
    envelope = send_out(at)
    body = client.get(url(of(envelope, "Dana Other"))).content.decode()
    for inside in ("CANARY-OBJECTIVE", at.negotiation.title, "/negotiations/", "alice@northgate.example"):
        assert inside not in body
    assert invitations.token_of(of(envelope, "Alice").uuid) not in body


def test_the_file_is_exactly_the_bytes_that_are_signed(client, at):
    envelope = send_out(at)
    response = client.get(url(of(envelope, "Dana Other"), "file"))
    data = response.content
    assert data == files.read_bytes(envelope.file)
    assert hashlib.sha256(data).hexdigest() == envelope.document_sha256
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("name", ["document", "file", "certificate", "certificate_json"])
def test_dead_links_all_look_alike(client, at, name):
    envelope = send_out(at)
    dana = of(envelope, "Dana Other")
    unknown = client.get(reverse(f"signing_guest:{name}", args=["0" * 64]))
    with time_machine.travel(dana.expires_at + timedelta(seconds=1), tick=False):
        expired = client.get(url(dana, name))
    envelopes.void(envelope=envelope, reason="Wrong annex", by=at.people.alice, seen=envelope.version)
    voided = client.get(url(dana, name))
    assert {unknown.status_code, expired.status_code, voided.status_code} == {404}
    assert unknown.content == expired.content == voided.content


@pytest.mark.parametrize("name", ["sign", "decline"])
def test_a_dead_link_takes_nothing(client, at, name):
    envelope = send_out(at)
    dana = of(envelope, "Dana Other")
    envelopes.void(envelope=envelope, reason="Wrong annex", by=at.people.alice, seen=envelope.version)
    assert client.post(url(dana, name), act(dana, reason="no")).status_code == 404
    assert client.get(url(dana, name)).status_code == 405


def test_the_first_look_is_recorded_once(client, at):
    dana = of(send_out(at), "Dana Other")
    client.get(url(dana))
    client.get(url(dana))
    dana.refresh_from_db()
    assert dana.state == SignerState.OPENED
    assert AuditEntry.objects.filter(action="signing.opened").count() == 1


def test_signing_by_both_executes_the_contract_and_offers_the_copy(client, at):
    envelope = send_out(at)
    assert sign(client, of(envelope, "Dana Other")).status_code == 302
    page = client.get(url(of(envelope, "Dana Other"))).content.decode()
    assert "You have signed" in page
    assert "Alice" in page
    assert "Download the signed document" not in page
    sign(client, of(envelope, "Alice"))
    envelope.refresh_from_db()
    at.contract.refresh_from_db()
    assert envelope.state == EnvelopeState.COMPLETED
    assert at.contract.state == ContractState.EXECUTED
    page = client.get(url(of(envelope, "Dana Other"))).content.decode()
    assert "Download the signed document" in page
    assert "Certificate" in page


def test_it_records_who_signed_what_when_and_from_where(client, at):
    dana = of(send_out(at), "Dana Other")
    sign(client, dana)
    dana.refresh_from_db()
    assert dana.state == SignerState.SIGNED
    assert dana.typed_name == "Dana Other"
    assert dana.address == "203.0.113.9"
    assert dana.document_sha256 == dana.envelope.document_sha256
    assert dana.consent_sha256 == hashlib.sha256(dana.envelope.consent_text.encode()).hexdigest()


def test_the_certificate_names_both_and_anchors_the_chain(client, at):
    envelope = send_out(at)
    sign(client, of(envelope, "Dana Other"))
    sign(client, of(envelope, "Alice"))
    data = client.get(url(of(envelope, "Dana Other"), "certificate_json")).json()
    assert data["envelope"] == str(envelope.uuid)
    assert data["document_sha256"] == envelope.document_sha256
    assert [row["name"] for row in data["signers"]] == ["Alice", "Dana Other"]
    assert all(row["signed_at"].endswith("+00:00") for row in data["signers"])
    entry = AuditEntry.objects.get(action="signing.completed")
    assert data["audit"] == {"number": entry.number, "hash": entry.hash}
    page = client.get(url(of(envelope, "Dana Other"), "certificate"))
    assert entry.hash in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert audit.verify_chain(at.people.ours).is_whole


def test_there_is_no_certificate_before_everybody_signed(client, at):
    envelope = send_out(at)
    sign(client, of(envelope, "Dana Other"))
    assert client.get(url(of(envelope, "Dana Other"), "certificate")).status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"consents": ""}, "Tick the consent"),
        ({"typed_name": "Somebody Else"}, "Type your name as it stands above: Dana Other."),
        ({"typed_name": ""}, "This field is required"),
    ],
)
def test_what_is_missing_is_said_on_the_same_page(client, at, changed, sentence):
    dana = of(send_out(at), "Dana Other")
    response = sign(client, dana, **changed)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    dana.refresh_from_db()
    assert dana.state == SignerState.OPENED


@pytest.mark.parametrize("typed", ["dana other", "  Dana   Other "])
def test_capitals_and_spaces_of_the_name_do_not_matter(client, at, typed):
    dana = of(send_out(at), "Dana Other")
    assert sign(client, dana, typed_name=typed).status_code == 302


def test_another_hash_than_the_one_sent_out_is_stopped(client, at):
    dana = of(send_out(at), "Dana Other")
    response = sign(client, dana, document_sha256="0" * 64)
    assert response.status_code == 409
    assert response["Referrer-Policy"] == "no-referrer"
    dana.refresh_from_db()
    assert dana.state == SignerState.OPENED


def test_bytes_changed_on_disk_cannot_be_signed(client, at):
    envelope = send_out(at)
    dana = of(envelope, "Dana Other")
    client.get(url(dana))
    path = default_storage.path(envelope.file.storage_key)
    data = bytearray(files.read_bytes(envelope.file))
    data[len(data) // 2] ^= 1
    with open(path, "wb") as stored:
        stored.write(bytes(data))
    dana.refresh_from_db()
    response = client.post(url(dana, "sign"), act(dana))
    dana.refresh_from_db()
    assert response.status_code == 409
    assert "signing is stopped" in response.content.decode()
    assert dana.state == SignerState.OPENED
    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.OUT
    data[len(data) // 2] ^= 1
    with open(path, "wb") as stored:  # the file is shared by tests
        stored.write(bytes(data))


def test_signing_twice_records_once(client, at):
    dana = of(send_out(at), "Dana Other")
    sign(client, dana)
    first = Signer.objects.get(pk=dana.pk)
    again = client.post(url(dana, "sign"), act(dana))
    assert again.status_code == 409
    assert Signer.objects.get(pk=dana.pk).signed_at == first.signed_at
    assert AuditEntry.objects.filter(action="signing.signed").count() == 1


def test_the_order_is_kept_by_the_server(client, at):
    envelope = send_out(at, ours_second=True)
    alice = of(envelope, "Alice")
    assert "not your turn" in client.get(url(alice)).content.decode()
    assert client.post(url(alice, "sign"), act(alice)).status_code == 409
    sign(client, of(envelope, "Dana Other"))
    assert "Your signature" in client.get(url(alice)).content.decode()


def test_only_whose_turn_it_is_gets_a_mail(client, at):
    envelope = send_out(at, ours_second=True)
    run_all()
    assert [message.to for message in mail.outbox] == [["dana@harbour.example"]]
    sign(client, of(envelope, "Dana Other"))
    run_all()
    assert [message.to for message in mail.outbox][1:] == [["alice@northgate.example"]]
    assert invitations.token_of(of(envelope, "Alice").uuid) in mail.outbox[1].body


def test_declining_ends_it_and_tells_the_sender_why(client, at):
    envelope = send_out(at)
    dana = of(envelope, "Dana Other")
    client.get(url(dana))
    dana.refresh_from_db()
    client.post(url(dana, "decline"), {"reason": "Wrong annex", "version": dana.version})
    envelope.refresh_from_db()
    at.contract.refresh_from_db()
    assert envelope.state == EnvelopeState.DECLINED
    assert at.contract.state == ContractState.AGREED
    assert at.people.alice.notifications.filter(kind="signing.declined").exists()
    assert "You have declined" in client.get(url(dana)).content.decode()
    assert "Signing was stopped" in client.get(url(of(envelope, "Alice"))).content.decode()


def test_declining_without_a_reason_keeps_the_page(client, at):
    dana = of(send_out(at), "Dana Other")
    response = client.post(url(dana, "decline"), {"reason": " ", "version": dana.version})
    assert "Say why you decline" in response.content.decode()
    dana.refresh_from_db()
    assert dana.state == SignerState.WAITING


def test_the_copy_stays_reachable_long_after_the_link_for_signing_would_have_ended(client, at):
    envelope = send_out(at)
    sign(client, of(envelope, "Dana Other"))
    sign(client, of(envelope, "Alice"))
    dana = of(envelope, "Dana Other")
    with time_machine.travel(dana.signed_at + timedelta(days=200), tick=False):
        assert client.get(url(dana, "file")).status_code == 200


def test_the_chain_stays_whole(client, at):
    envelope = send_out(at)
    sign(client, of(envelope, "Dana Other"))
    sign(client, of(envelope, "Alice"))
    report = audit.verify_chain(at.people.ours)
    assert report.is_whole, report.broken
    assert AuditHead.objects.get(organisation=at.people.ours).number == report.entries
