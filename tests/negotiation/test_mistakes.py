"""A file that is no answer is asked about; a version taken by mistake can be taken back until somebody worked
on it."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

import redline
from accounts.models import AuditEntry
from config.demo import contracts
from negotiation.models import Turn, Version
from negotiation.services import agreements, draft, mistakes
from negotiation.services.comments import add_comment
from tests.negotiation.deal import (
    LINES,
    arrives,
    bytes_of,
    close_everything,
    send,
    settle_everything,
    they_comment,
    they_track,
)
from tests.negotiation.test_api import api
from tests.redline.notation import doc

pytestmark = pytest.mark.django_db

OTHER = doc(
    "# 1. Lease",
    "The Landlord lets the warehouse at the harbour to the Tenant for a rent that is paid on the first day "
    "of every month, and the Tenant keeps it dry, clean and locked while nobody is in it.",
    "# 2. Repairs",
    "Repairs of the roof are for the Landlord; all other repairs are for the Tenant, who tells the Landlord "
    "of every leak on the day on which it was seen, by telephone and afterwards in writing.",
)


def word(data: bytes):
    file = io.BytesIO(data)
    file.name = "answer.docx"
    return file


def test_contracts_of_one_kind_share_less_than_two_versions_of_one(db):
    texts = {one.slug: redline.text(contracts.build(one.slug)) for one in contracts.catalogue()}
    slugs = sorted(texts)
    for at, one in enumerate(slugs):
        for two in slugs[at + 1 :]:
            assert mistakes.shared(texts[one], texts[two]) < mistakes.LEAST_SHARED, (one, two)
        half = texts[one].split("\n")
        assert mistakes.shared(texts[one], "\n".join(half[: len(half) // 2])) > 0.9


def test_what_is_no_answer_is_asked_about_before_it_is_taken(deal, as_):
    settle_everything(deal)
    send(deal)
    page = reverse("negotiation:upload", args=[deal.contract.uuid])
    client = as_(deal.who.alice)
    assert "although_unlike" not in client.get(page).content.decode()
    asked = client.post(page, {"file": word(OTHER), "sender": "theirs"})
    body = asked.content.decode()
    assert asked.status_code == 400
    assert "does not look like a version of “Mutual NDA”" in body
    assert 'name="although_unlike"' in body
    assert deal.contract.versions.count() == 2
    taken = client.post(page, {"file": word(OTHER), "sender": "theirs", "although_unlike": "on"})
    assert taken.status_code == 302
    assert deal.contract.versions.count() == 3


def test_a_true_answer_is_taken_without_a_question(deal, as_):
    settle_everything(deal)
    answer = they_track(bytes_of(send(deal)), ("ten (10)", "nine (9)"))
    page = reverse("negotiation:upload", args=[deal.contract.uuid])
    assert as_(deal.who.alice).post(page, {"file": word(answer), "sender": "theirs"}).status_code == 302


def test_a_version_taken_by_mistake_is_taken_back(deal, as_):
    settle_everything(deal)
    sent = send(deal)
    wrong = arrives(deal, they_comment(OTHER, "Landlord", "See you."))
    client = as_(deal.who.alice)
    address = reverse("negotiation:withdraw_version", args=[wrong.uuid])
    assert address in client.get(deal.contract.get_absolute_url()).content.decode()
    assert client.post(address).status_code == 302
    wrong.refresh_from_db()
    assert wrong.state == "withdrawn"
    assert bytes_of(wrong)  # kept
    assert deal.contract.latest_version() == deal.version() == sent
    assert Turn.objects.order_by("-number").first() == sent.turn  # theirs again
    assert AuditEntry.objects.get(action="version.withdrawn").payload["turn_undone"] is True
    shown = client.get(deal.contract.get_absolute_url())
    assert shown.context["version"]["number"] == sent.number
    assert "version 3" not in client.get(deal.negotiation.get_absolute_url()).content.decode()
    right = arrives(deal, bytes_of(sent))
    assert (right.number, right.based_on, right.turn.number) == (4, sent, 3)
    assert right.state == "ready"


def test_a_draft_goes_back_to_the_version_before(deal):
    first = deal.version()
    wrong = arrives(deal, OTHER)
    draft.open_draft(contract=deal.contract)
    mistakes.withdraw_version(version=wrong, by=deal.who.alice)
    assert draft.open_draft(contract=deal.contract).base == first


def worked_on(deal, how: str) -> None:
    if how == "decision":
        row = deal.finding("exceptions")
        draft.dismiss(finding=row, by=deal.who.alice, seen=row.version, reason="Fine.")
    elif how == "edit":
        draft.edit_clause(
            clause=deal.clause("ten (10)"),
            version=deal.version(),
            texts={deal.block("ten (10)").address: "Gone."},
            by=deal.who.alice,
            reason="",
        )
    elif how == "comment":
        add_comment(contract=deal.contract, body="Look.", visibility="internal", by=deal.who.alice)
    elif how == "newer":
        arrives(deal, doc(*LINES))
    elif how == "sent":
        settle_everything(deal)
        send(deal)


@pytest.mark.parametrize("how", ["decision", "edit", "comment", "newer", "sent"])
def test_what_somebody_worked_on_stays(deal, how):
    version = deal.version()
    worked_on(deal, how)
    assert not mistakes.may_be_withdrawn(Version.objects.get(pk=version.pk))
    with pytest.raises(ValidationError):
        mistakes.withdraw_version(version=Version.objects.get(pk=version.pk), by=deal.who.alice)
    assert Version.objects.get(pk=version.pk).state == "ready"


def test_our_sent_turn_and_a_withdrawn_version_stay_what_they_are(deal):
    settle_everything(deal)
    sent = send(deal)
    with pytest.raises(ValidationError, match="sent"):
        mistakes.withdraw_version(version=sent, by=deal.who.alice)
    wrong = arrives(deal, OTHER)
    mistakes.withdraw_version(version=wrong, by=deal.who.alice)
    with pytest.raises(ValidationError, match="already"):
        mistakes.withdraw_version(version=wrong, by=deal.who.alice)


def test_an_agreed_text_stands_again_when_what_reopened_it_is_withdrawn(deal):
    close_everything(deal)
    agreed = agreements.agree_text(
        contract=deal.contract,
        by=deal.who.alice,
        their_person="Dana",
        evidence="Mail.",
        seen=deal.contract.version,
    )
    from jobs.testing import run_all

    run_all()
    wrong = arrives(deal, OTHER)
    assert deal.contract.state == "negotiating"
    mistakes.withdraw_version(version=wrong, by=deal.who.alice)
    deal.contract.refresh_from_db()
    assert deal.contract.state == "agreed"
    assert agreements.agreed_version(deal.contract) == agreed


def test_the_api_asks_about_an_unlike_file_as_the_page_does(deal):
    client = api(deal.who.alice)
    address = f"/api/v1/contracts/{deal.contract.uuid}/versions/"
    refused = client.post(address, {"file": word(OTHER)})
    assert (refused.status_code, refused.json()["code"]) == (400, "unlike")
    assert deal.contract.versions.count() == 1
    assert client.post(address, {"file": word(OTHER), "although_unlike": "true"}).status_code == 202
