"""Sending out for signature and watching it: what blocks it, who may, and what is never shown."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from jobs.testing import run_all
from negotiation.models import VersionState
from negotiation.models.contracts import ContractState
from negotiation.services.turns import TurnBlocked
from signing.models import Envelope, EnvelopeState
from signing.services import envelopes, invitations
from signing.services.envelopes import Invited
from tests.builders import four_people
from tests.deals import Table, agreed, asked, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Table:
    return table(four_people())


def start_url(at: Table) -> str:
    return reverse("signing:start", args=[at.contract.uuid])


def rows(at: Table, *people: tuple[str, str, str]) -> dict[str, object]:
    """`people` are side ("ours"/"theirs"), name and e-mail."""
    data: dict[str, object] = {"form-TOTAL_FORMS": len(people) + 1, "form-INITIAL_FORMS": 0}
    sides = {"ours": at.negotiation.our_side().pk, "theirs": at.negotiation.their_side().pk}
    for number, (side, name, email) in enumerate((*people, ("ours", "", ""))):
        data |= {
            f"form-{number}-side": sides[side],
            f"form-{number}-name": name,
            f"form-{number}-email": email,
            f"form-{number}-title": "",
            f"form-{number}-position": 1,
        }
    return data


BOTH = (("ours", "Alice", "alice@northgate.example"), ("theirs", "Dana Other", "dana@harbour.example"))


def test_it_offers_the_leads_of_both_sides(client, at):
    agreed(at)
    client.force_login(at.people.alice.user)
    body = client.get(start_url(at)).content.decode()
    assert "alice@northgate.example" in body
    assert "dana@harbour.example" in body
    assert "Both sides agreed to exactly this text." in body


def test_it_sends_each_signer_a_link_of_their_own(client, at):
    agreed(at)
    client.force_login(at.people.alice.user)
    response = client.post(start_url(at), rows(at, *BOTH))
    envelope = Envelope.objects.get()
    assert response["Location"] == envelope.get_absolute_url()
    assert envelope.signers.get(name="Alice").member == at.people.alice
    assert envelope.signers.get(name="Dana Other").guest == at.people.dana
    run_all()
    assert {message.to[0] for message in mail.outbox} == {"alice@northgate.example", "dana@harbour.example"}


def test_it_was_sent_when_the_service_sent_it_not_when_the_row_was_written(client, at):
    agreed(at)
    sides = at.negotiation.our_side(), at.negotiation.their_side()
    envelope = envelopes.start_signing(
        contract=at.contract,
        invited=[Invited(side=side, name=side.name, email=f"{side.pk}@x.example") for side in sides],
        by=at.people.alice,
        at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    client.force_login(at.people.alice.user)
    shown = client.get(envelope.get_absolute_url()).context["envelope"]
    assert shown["sent_at"] == datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_links_and_tokens_never_show_on_our_pages(client, at):
    agreed(at)
    client.force_login(at.people.alice.user)
    client.post(start_url(at), rows(at, *BOTH))
    envelope = Envelope.objects.get()
    body = client.get(envelope.get_absolute_url()).content.decode()
    for signer in envelope.signers.all():
        assert invitations.token_of(signer.uuid) not in body
        assert signer.token_hash not in body


def test_it_names_what_is_in_the_way_and_keeps_what_was_typed(client, at):
    asked(at)
    client.force_login(at.people.alice.user)
    before = client.get(start_url(at)).content.decode()
    assert "Both sides must agree to the newest text first." in before
    agreed(at)
    response = client.post(start_url(at), rows(at, *BOTH))
    body = response.content.decode()
    assert response.status_code == 200
    assert "still waits for approval" in body
    assert "Dana Other" in body
    assert not Envelope.objects.exists()


def test_it_waits_until_the_agreed_text_is_read(at):
    version = agreed(at)
    type(version).objects.filter(pk=version.pk).update(state=VersionState.READING)
    assert [row.code for row in envelopes.obstacles(at.contract)] == ["reading"]


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ((BOTH[0],), "Name at least one signer for Harbour Cloud."),
        ((BOTH[1],), "Name at least one signer for Northgate Analytics."),
        ((BOTH[0], ("theirs", "Dana", "ALICE@northgate.example")), "an e-mail address of their own"),
        ((BOTH[0], ("theirs", "Dana Other", "")), "a name and an e-mail address"),
        ((BOTH[0], ("theirs", "Dana Other", "nonsense")), "valid email address"),
    ],
)
def test_wrong_signers_are_said_on_the_page(client, at, people, sentence):
    agreed(at)
    client.force_login(at.people.alice.user)
    response = client.post(start_url(at), rows(at, *people))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Envelope.objects.exists()


def test_readers_may_not_start_and_outsiders_see_nothing(client, at):
    agreed(at)
    for person, status in ((at.people.bob, 403), (at.people.charlie, 404)):
        client.force_login(person.user)
        assert client.get(start_url(at)).status_code == status
        assert client.post(start_url(at), rows(at, *BOTH)).status_code == status
    assert not Envelope.objects.exists()


def test_starting_again_leads_to_the_living_envelope(client, at):
    agreed(at)
    client.force_login(at.people.alice.user)
    client.post(start_url(at), rows(at, *BOTH))
    envelope = Envelope.objects.get()
    assert client.get(start_url(at))["Location"] == envelope.get_absolute_url()
    at.contract.versions.filter(number=2).update(label="internal_revision")
    with pytest.raises(TurnBlocked):  # nothing agreed is unsigned any more
        envelopes.start_signing(contract=at.contract, invited=[], by=at.people.alice)


def started(at: Table) -> Envelope:
    agreed(at)
    return envelopes.start_signing(
        contract=at.contract,
        invited=[
            Invited(at.negotiation.our_side(), "Alice", "alice@northgate.example", member=at.people.alice),
            Invited(at.negotiation.their_side(), "Dana Other", "dana@harbour.example"),
        ],
        by=at.people.alice,
    )


def test_voiding_frees_the_contract_and_tells_the_signers(client, at):
    envelope = started(at)
    client.force_login(at.people.alice.user)
    url = reverse("signing:void", args=[envelope.uuid])
    assert "Say why signing is stopped" in client.post(url, {"version": 1}).content.decode()
    client.post(url, {"version": envelope.version, "reason": "Wrong annex"})
    envelope.refresh_from_db()
    at.contract.refresh_from_db()
    assert envelope.state == EnvelopeState.VOIDED
    assert at.contract.state == ContractState.AGREED
    run_all()
    told = [message for message in mail.outbox if "stopped" in message.subject]
    assert len(told) == 2
    assert all("Wrong annex" in message.body for message in told)


def test_a_void_with_an_old_version_is_a_409(client, at):
    envelope = started(at)
    client.force_login(at.people.alice.user)
    url = reverse("signing:void", args=[envelope.uuid])
    assert client.post(url, {"version": 99, "reason": "Wrong annex"}).status_code == 409


@pytest.mark.parametrize("name", ["detail", "file", "certificate", "certificate_json", "void"])
def test_another_organisation_gets_404_everywhere(client, at, name):
    envelope = started(at)
    client.force_login(at.people.charlie.user)
    url = reverse(f"signing:{name}", args=[envelope.uuid])
    response = client.post(url) if name == "void" else client.get(url)
    assert response.status_code == 404


def test_sending_again_goes_once_a_day_and_only_to_who_is_asked(client, at):
    envelope = started(at)
    run_all()
    mail.outbox.clear()
    client.force_login(at.people.alice.user)
    dana = envelope.signers.get(name="Dana Other")
    for _time in range(2):
        client.post(reverse("signing:send_again", args=[dana.uuid]))
    run_all()
    assert [message.to for message in mail.outbox] == [["dana@harbour.example"]]
    envelope.signers.filter(pk=dana.pk).update(state="signed")
    dana.refresh_from_db()
    with pytest.raises(ValidationError):
        envelopes.resend(signer=dana, by=at.people.alice, at=dana.created_at)
