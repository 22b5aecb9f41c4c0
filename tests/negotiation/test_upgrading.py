"""A running contract moved to a newer version of its playbook: a preview, the move, what stays."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.models.base import Conflict
from jobs.testing import run_all
from negotiation.models import Contract, Decision, Finding, Review
from negotiation.services import again, reviews, upgrading
from playbooks.authoring import ladders
from playbooks.services import drafting, publishing
from tests.builders import four_people
from tests.deals import read_contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return four_people()


def without_first(data):
    return ladders.remove_issue(data, data["issues"][0]["code"])


def next_version(contract, by, change):
    """The playbook's next version, published, with its rules changed by `change`."""
    draft = drafting.start(playbook=contract.playbook_version.playbook, by=by)
    drafting.change(draft=draft, by=by, data=change(draft.data), digest=draft.digest, what="for the test")
    return publishing.publish(version=draft, by=by)


def test_the_preview_says_what_changes_and_the_move_keeps_it(client, who):
    contract = read_contract(who)
    pinned = contract.playbook_version
    rows = list(Finding.objects.filter(contract=contract).exclude(rung__in=["", "walk_away"]))
    worse, gone = rows[0], rows[1]
    Finding.objects.filter(pk=worse.pk).update(decision=Decision.CONCEDED)

    def change(data):
        fewer = ladders.remove_issue(data, gone.issue)
        return ladders.put_rung(fewer, worse.issue, worse.rung, {"when": "clause absent", "examples": []})

    newer = next_version(contract, who.alice, change)
    assert upgrading.newer_version(contract) == newer
    seen = {line.issue: line for line in upgrading.preview(contract).lines}
    assert seen[gone.issue].kind == "gone"
    assert seen[worse.issue].kind == "worse"
    assert seen[worse.issue].reopens
    assert not [line for code, line in seen.items() if line.changes and code not in {gone.issue, worse.issue}]

    client.force_login(who.alice.user)
    url = reverse("negotiation:upgrade", args=[contract.uuid])
    assert f'href="{url}"' in client.get(contract.get_absolute_url()).content.decode()
    body = client.get(url).content.decode()
    assert worse.title in body
    assert "One decision must be taken again." in body
    contract.refresh_from_db()
    assert contract.playbook_version == pinned, "looking moves nothing"

    assert client.post(url, {"to": str(pinned.uuid)}).status_code == 409
    assert client.post(url, {"to": str(newer.uuid)}).status_code == 302
    contract.refresh_from_db()
    assert contract.playbook_version == newer
    now = {
        row.issue: row for row in Finding.objects.filter(contract=contract, review__playbook_version=newer)
    }
    assert gone.issue not in now
    assert now[worse.issue].decision == Decision.OPEN
    assert now[worse.issue].rung != worse.rung
    assert "version 2 of its playbook" in now[worse.issue].reopened
    entry = AuditEntry.objects.get(action="contract.playbook_upgraded")
    assert entry.payload["changed"] == sorted([gone.issue, worse.issue])
    assert entry.payload["reopened"] == [worse.issue]

    with pytest.raises(ValidationError, match="newest version"):
        upgrading.preview(contract)
    with pytest.raises(ValidationError):
        upgrading.upgrade(contract=contract, to=newer, by=who.alice)
    assert client.get(url).status_code == 302


def test_a_version_published_since_the_preview_is_looked_at_first(who):
    contract = read_contract(who)
    second = next_version(contract, who.alice, without_first)
    third = next_version(contract, who.alice, without_first)
    assert upgrading.newer_version(contract) == third
    with pytest.raises(Conflict, match="since you looked"):
        upgrading.upgrade(contract=contract, to=second, by=who.alice)
    contract.refresh_from_db()
    assert contract.playbook_version.number == 1


def test_a_text_judged_by_the_older_version_is_not_kept_after_the_move(who, monkeypatch):
    contract = read_contract(who)
    newer = next_version(contract, who.alice, without_first)
    judge = reviews.judge

    def judge_and_move(*given, **more):
        judged = judge(*given, **more)
        monkeypatch.setattr(reviews, "judge", judge)
        upgrading.upgrade(contract=Contract.objects.get(pk=contract.pk), to=newer, by=who.alice)
        return judged

    monkeypatch.setattr(reviews, "judge", judge_and_move)
    with transaction.atomic():
        again.ask(negotiation=contract.negotiation, because="facts", key="changed")
    run_all()
    assert Review.objects.get().playbook_version == newer


def test_what_is_agreed_stays_with_its_version(who):
    contract = read_contract(who)
    next_version(contract, who.alice, without_first)
    contract.change(state="agreed")
    assert upgrading.newer_version(contract) is None
