"""From draft to version: what is new in words, a second look, publishing, copies, the archive."""

from dataclasses import replace

import pytest
from django.urls import reverse

from accounts.models import AuditEntry, Notification
from negotiation.forms import ContractForm
from playbooks import library
from playbooks.authoring import ladders
from playbooks.authoring.differences import difference
from playbooks.models import DraftReview, Playbook, PlaybookVersion
from playbooks.services import drafting, publishing
from tests.builders import four_people, member
from tests.deals import playbook
from tests.playbooks.web.test_authoring import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return four_people()


@pytest.fixture
def alice(client, who):
    client.force_login(who.alice.user)
    return client


@pytest.fixture
def draft(who):
    return drafting.start(playbook=playbook(who).playbook, by=who.alice)


def changed(draft, by, data):
    return drafting.change(draft=draft, by=by, data=data, digest=draft.digest, what="test")


def test_the_difference_says_each_field_before_and_after_in_words(alice, draft, who):
    data = ladders.put_rung(draft.data, "secrecy_term", "F1", {"label": "Up to four years", "risk": "high"})
    data = ladders.put_issue(data, "secrecy_term", {"missing": {"stands": "P", "reason": "As agreed."}})
    data = ladders.remove_issue(data, data["issues"][0]["code"])
    gone = draft.data["issues"][0]["title"]
    changed(draft, who.alice, {**data, "lists": {**data["lists"], "our_laws": ["Finland"]}})
    body = alice.get(at("difference", draft)).content.decode()
    for said in (
        gone,
        "removed",
        "four",
        "high",
        "Finland",
        "If the contract says nothing",
        "against version 1",
    ):
        assert said in body
    assert "parley_playbook" not in body
    counts = alice.get(at("difference", draft)).context["counts"]
    assert counts == {"added": 0, "removed": 1, "changed": 1}


def test_what_is_new_covers_every_field_of_every_part():
    """A change of any field of the stored form shows in the difference: nothing is published unseen."""
    old = library.shipped("mutual-nda")
    issue = old.issue("secrecy_term")
    rung = issue.rungs[1]
    others = {
        "label": "x", "when": issue.rungs[0].when, "risk": "high", "weight": 77, "reason": "x",
        "guidance": "x",
        "mitigation": "x", "approvers": issue.walk_away.approvers, "wordings": (), "edits": (),
        "obligations": issue.rungs[0].obligations, "examples": (), "trade": "x", "review_on": "2027-01-01",
    }  # fmt: skip
    for name, value in others.items():
        if getattr(rung, name) == value:
            continue
        new_issue = replace(issue, rungs=(issue.rungs[0], replace(rung, **{name: value}), *issue.rungs[2:]))
        new = replace(old, issues=tuple(new_issue if one.code == issue.code else one for one in old.issues))
        found = difference(old, new)
        assert [one.code for one in found.issues] == ["secrecy_term"], name
        assert found.issues[0].rungs[0].fields, name
    for name in ("title", "side", "contract_type", "description", "note"):
        assert difference(old, replace(old, **{name: "other"})).settings, name
    assert difference(old, old).is_empty
    assert difference(old, replace(old, issues=old.issues[::-1])).order
    swapped = replace(issue, rungs=(issue.rungs[1], issue.rungs[0], *issue.rungs[2:]))
    moved = difference(old, replace(old, issues=tuple(swapped if o is issue else o for o in old.issues)))
    assert {rung.kind for rung in moved.issues[0].rungs} == {"moved"}


def test_a_colleague_is_asked_looks_and_answers_and_the_record_has_it(client, draft, who):
    lena = member(who.ours, "lena", "legal")
    client.force_login(who.alice.user)
    asked = client.post(at("ask_review", draft), {"colleague": str(lena.uuid), "question": "The cap?"})
    assert asked.status_code == 302
    assert Notification.objects.get(member=lena).kind == "playbook.review_asked"
    again = client.post(at("ask_review", draft), {"colleague": str(lena.uuid)})
    assert again.status_code == 400, "asked once, until they answer"
    nobody = client.post(
        at("answer_review", draft), {"answer": "agrees", "digest": draft.digest}, follow=True
    )
    assert "Nobody asked you" in nobody.content.decode()

    client.force_login(lena.user)
    body = client.get(at("difference", draft)).content.decode()
    assert "asks you to look at this draft" in body
    assert "The cap?" in body
    stale = client.post(at("answer_review", draft), {"answer": "agrees", "digest": "0" * 64})
    assert stale.status_code == 409
    client.post(
        at("answer_review", draft), {"answer": "objects", "remark": "Too low.", "digest": draft.digest}
    )
    row = DraftReview.objects.get()
    assert (row.answer, row.remark, row.is_of_this_text) == ("objects", "Too low.", True)
    assert Notification.objects.get(member=who.alice).kind == "playbook.review_answered"

    changed(draft, who.alice, {**draft.data, "note": "Changed after the look"})
    assert "changed since" in client.get(at("difference", draft)).content.decode()
    response = client.post(
        reverse("playbooks:publish", args=[draft.uuid]), {"note": "Lower cap", "digest": draft.digest}
    )
    assert response.status_code == 302
    draft.refresh_from_db()
    assert (draft.note, draft.published_by) == ("Lower cap", lena)
    entry = AuditEntry.objects.get(action="playbook.published")
    assert entry.payload["reviews"] == [
        {"asked_of": str(lena.uuid), "answer": "objects", "of_this_text": False}
    ]


def test_what_was_changed_since_it_was_seen_is_not_published(alice, draft, who):
    seen = draft.digest
    changed(draft, who.alice, {**draft.data, "note": "Other"})
    response = alice.post(reverse("playbooks:publish", args=[draft.uuid]), {"digest": seen})
    assert response.status_code == 409
    draft.refresh_from_db()
    assert draft.published_at is None


def test_a_published_version_is_not_edited(alice, draft, who):
    publishing.publish(version=draft, by=who.alice)
    for name in ("draft", "settings", "edit_issue", "edit_rung", "add_issue"):
        response = alice.get(at(name, draft))
        assert response.status_code == 409
        assert "Press Edit" in response.content.decode()


def test_an_older_version_comes_back_as_a_draft(alice, draft, who):
    first = draft.playbook.published()
    changed(draft, who.alice, {**draft.data, "note": "Second"})
    publishing.publish(version=draft, by=who.alice)
    response = alice.post(at("restore", first))
    back = PlaybookVersion.objects.get(number=3)
    assert response["Location"] == at("draft", back)
    assert (back.digest, back.published_at) == (first.digest, None)
    alice.post(at("restore", first))
    assert PlaybookVersion.objects.filter(number=4).count() == 0, "a draft in the way is not overwritten"
    alice.post(at("restore", first), {"replace": "yes"})
    assert PlaybookVersion.objects.get(number=4).digest == first.digest


def test_a_copy_has_a_name_and_a_life_of_its_own(alice, who):
    version = playbook(who)
    taken = alice.post(at("copy", version), {"title": "Copy", "name": "mutual-nda"})
    assert taken.status_code == 400
    made = alice.post(at("copy", version), {"title": "Our copy", "name": "our-copy"})
    draft = PlaybookVersion.objects.get(playbook__slug="our-copy")
    assert made["Location"] == at("draft", draft)
    assert (draft.data["name"], draft.data["title"], draft.playbook.title) == (
        "our-copy",
        "Our copy",
        "Our copy",
    )
    assert version.playbook.published() == version


def test_what_is_put_away_is_offered_to_no_new_deal_until_it_is_brought_back(alice, who):
    version = playbook(who)

    def offered():
        return list(ContractForm(member=who.alice).fields["playbook"].queryset)

    url = reverse("playbooks:archive", args=[version.playbook.uuid])
    alice.post(url, {"do": "archive"})
    assert version.playbook not in offered()
    assert "is put away" in alice.get(at("version", version)).content.decode()
    alice.post(url, {"do": "bring_back"})
    assert Playbook.objects.get() in offered()
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"playbook.archived", "playbook.brought_back"} <= actions


def test_a_new_title_reaches_the_list_when_it_is_published(alice, draft, who):
    changed(draft, who.alice, {**draft.data, "title": "NDA, as we like it"})
    assert Playbook.objects.get().title != "NDA, as we like it"
    publishing.publish(version=draft, by=who.alice)
    assert Playbook.objects.get().title == "NDA, as we like it"


def test_a_reader_sees_what_is_new_and_changes_nothing(client, draft, who):
    client.force_login(who.bob.user)
    body = client.get(at("difference", draft)).content.decode()
    assert ">Publish<" not in body
    assert "Ask for a look" not in body
    assert client.get(at("draft", draft)).status_code == 403
