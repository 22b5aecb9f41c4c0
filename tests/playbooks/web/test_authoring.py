"""Writing a playbook in the browser: issues and rungs changed piece by piece, every wrong field named."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from playbooks import rules
from playbooks.models import PlaybookVersion
from playbooks.services import drafting
from tests.builders import four_people
from tests.deals import playbook
from tests.playbooks.web.forms import posted

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


def at(name, draft, **query):
    return reverse(f"playbooks:{name}", args=[draft.uuid], query=query or None)


def issue_of(draft, code="secrecy_term"):
    draft.refresh_from_db()
    return rules.Playbook.from_data(draft.data).issue(code)


def test_edit_begins_the_draft_and_goes_on_with_it(alice, who):
    published = playbook(who)
    first = alice.post(reverse("playbooks:edit", args=[published.playbook.uuid]))
    again = alice.post(reverse("playbooks:edit", args=[published.playbook.uuid]))
    draft = PlaybookVersion.objects.get(published_at=None)
    assert first["Location"] == again["Location"] == at("draft", draft)
    body = alice.get(first["Location"]).content.decode()
    for issue in rules.Playbook.from_data(draft.data).issues:
        assert issue.title in body


def test_every_page_opens(alice, draft):
    for name, query in (
        ("draft", {}),
        ("settings", {}),
        ("add_issue", {}),
        ("add_issue", {"topic": "payment_days"}),
        ("edit_issue", {"issue": "secrecy_term"}),
        ("edit_rung", {"issue": "secrecy_term", "rung": "F1"}),
        ("edit_rung", {"issue": "secrecy_term", "rung": "walk_away"}),
        ("edit_rung", {"issue": "secrecy_term"}),
        ("difference", {}),
        ("copy", {}),
    ):
        assert alice.get(at(name, draft, **query)).status_code == 200, name
    assert alice.get(reverse("playbooks:new")).status_code == 200


def test_a_form_sent_as_it_was_shown_changes_nothing(alice, draft):
    """What the page shows is what is stored: the digest stays."""
    before = draft.digest
    for name, query in (
        ("settings", {}),
        ("edit_issue", {"issue": "secrecy_term"}),
        ("edit_rung", {"issue": "secrecy_term", "rung": "P"}),
        ("edit_rung", {"issue": "secrecy_term", "rung": "walk_away"}),
    ):
        url = at(name, draft, **query)
        given = posted(alice.get(url))
        response = alice.post(url, given)
        assert response.status_code == 302, (name, response.context["editor"].problems)
        draft.refresh_from_db()
        assert draft.digest == before, name


def edited(alice, url, **fields):
    """Post the form of a page with these fields as a person would have them."""
    given = posted(alice.get(url))
    return alice.post(url, {**given, **{name.replace("__", "-"): value for name, value in fields.items()}})


def test_a_rung_is_changed_by_rows_and_stands_in_the_record(alice, draft):
    url = at("edit_rung", draft, issue="secrecy_term", rung="F1")
    response = edited(alice, url, label="Up to four years", rows__0__typed="4", examples__0__DELETE="on")
    assert response.status_code == 302
    rung = issue_of(draft).rung("F1")
    assert rung.label == "Up to four years"
    assert "years <= 4" in str(draft.data["issues"])
    entry = AuditEntry.objects.filter(action="playbook.draft_changed").latest("number")
    assert entry.payload["what"] == "rung F1 of secrecy_term changed"


def test_every_wrong_field_is_named_and_what_was_typed_is_kept(alice, draft):
    url = at("edit_rung", draft, issue="secrecy_term", rung="F1")
    response = edited(
        alice, url, label="", rows__0__typed="several", approval="any", roles=[], guidance="Kept as typed"
    )
    body = response.content.decode()
    assert response.status_code == 400
    assert set(response.context["editor"].form.errors) == {"label", "roles"}
    assert "“several” is not a number" in body
    assert "Kept as typed" in body
    before = draft.digest
    draft.refresh_from_db()
    assert draft.digest == before


def test_the_text_form_names_what_is_wrong_with_a_condition(alice, draft):
    url = at("edit_rung", draft, issue="secrecy_term", rung="F1")
    given = posted(alice.get(url))
    for condition, said in (
        ("years <= ", "found the end"),
        ("yeers <= 3", "is not read on this topic"),
        ("rung(nothing) >= P", "there is no rung"),
        ("", "Say when a text stands"),
    ):
        response = alice.post(url, {**given, "how": "text", "condition": condition})
        assert response.status_code == 400
        assert said in response.context["condition_problem"], condition
    assert edited(alice, url, how="text", condition="years <= 6 or years absent").status_code == 302


def test_a_condition_is_said_in_words_before_it_is_kept(alice, draft):
    url = at("edit_rung", draft, issue="secrecy_term", rung="F1")
    body = edited(alice, url, do="show", rows__0__typed="9", label="").content.decode()
    assert "the length of secrecy at most 9 years" in body
    assert "field-error" not in body
    assert issue_of(draft).rung("F1").label != ""


def test_another_value_brings_a_comparison_that_fits_it(alice, draft):
    url = at("edit_rung", draft, issue="secrecy_term", rung="F1")
    response = edited(alice, url, do="show", rows__0__name="trade_secrets")
    row = response.context["condition"].rows.forms[0]
    assert row["op"].value() == "="
    assert [code for code, _said in row.fields["chosen"].choices] == ["while_secret"]


def test_whoever_turns_from_rows_to_text_goes_on_with_what_the_rows_say(alice, draft):
    url = at("edit_rung", draft, issue="secrecy_term", rung="F1")
    turned = edited(alice, url, do="show", how="text", rows__0__typed="9").context["condition"].form
    assert turned["condition"].value().startswith("years <= 9 and")
    written = edited(alice, url, do="show", how="text", rows__0__typed="9", condition="years <= 2")
    assert written.context["condition"].form["condition"].value() == "years <= 2"
    assert "at most 2 years" in written.context["words"]


def test_a_line_more_is_added_without_a_script(alice, draft):
    url = at("edit_rung", draft, issue="secrecy_term", rung="F1")
    before = alice.get(url).context["editor"].sets["examples"].total_form_count()
    response = edited(alice, url, more="examples", guidance="Not lost")
    assert response.context["editor"].sets["examples"].total_form_count() == before + 1
    assert "Not lost" in response.content.decode()


def test_a_fallback_is_added_moved_and_removed_and_what_named_it_follows(alice, draft):
    url = at("edit_rung", draft, issue="secrecy_term")
    response = edited(
        alice,
        url,
        label="Up to ten years",
        reason="Ten years is long.",
        rows__0__name="years",
        rows__0__op="<=",
        rows__0__typed="10",
        approval="free",
    )
    assert response.status_code == 302
    ids = [rung.id for rung in issue_of(draft).rungs]
    new = ids[-1]
    arrange = at("arrange", draft)
    alice.post(arrange, {"issue": "secrecy_term", "rung": new, "do": "up", "digest": draft.digest})
    assert [rung.id for rung in issue_of(draft).rungs].index(new) == len(ids) - 2
    alice.post(arrange, {"issue": "secrecy_term", "rung": "P", "do": "remove", "digest": draft.digest})
    issue = issue_of(draft)
    assert issue.opening == issue.leave_alone["ours"] == issue.rungs[0].id != "P"


def test_an_issue_is_added_from_a_topic_moved_and_removed(alice, draft):
    url = at("add_issue", draft, topic="payment_days")
    first = draft.data["issues"][0]["code"]
    response = edited(
        alice, url, title="Payment", category="Price", label="At most 30 days", reason="Usual here."
    )
    assert response["Location"] == at("edit_issue", draft, issue="payment")
    assert issue_of(draft, "payment").topic == "payment_days"
    arrange = at("arrange", draft)
    alice.post(arrange, {"issue": first, "do": "down", "digest": draft.digest})
    draft.refresh_from_db()
    assert draft.data["issues"][1]["code"] == first
    alice.post(arrange, {"issue": "payment", "do": "remove", "digest": draft.digest})
    draft.refresh_from_db()
    assert "payment" not in [issue["code"] for issue in draft.data["issues"]]


def test_an_unreachable_rung_is_kept_in_the_draft_and_keeps_it_from_being_published(alice, draft):
    url = at("edit_rung", draft, issue="secrecy_term", rung="F1")
    assert edited(alice, url, how="text", condition="years <= 1 and years >= 4").status_code == 302
    draft.refresh_from_db()
    body = alice.get(at("draft", draft)).content.decode()
    assert "contradicts itself" in body
    response = alice.post(reverse("playbooks:publish", args=[draft.uuid]), follow=True)
    assert "contradicts itself" in response.content.decode()
    draft.refresh_from_db()
    assert draft.published_at is None


def test_two_people_do_not_overwrite_each_other(alice, draft, who):
    url = at("edit_rung", draft, issue="secrecy_term", rung="F1")
    given = posted(alice.get(url))
    data = {**draft.data, "note": "Changed by somebody else"}
    drafting.change(draft=draft, by=who.alice, data=data, digest=draft.digest, what="settings")
    response = alice.post(url, {**given, "guidance": "My long text"})
    body = response.content.decode()
    assert response.status_code == 409
    assert "Alice changed this draft meanwhile (settings)" in body
    assert "My long text" in body
    again = alice.post(url, {**posted(response), "guidance": "My long text"})
    assert again.status_code == 302, "the page shows the draft as it is now, so the second time counts"
    assert issue_of(draft).rung("F1").guidance == "My long text"
    assert draft.data["note"] == "Changed by somebody else"
    lost = alice.post(at("arrange", draft), {"issue": "secrecy_term", "do": "down", "digest": "0" * 64})
    assert lost.status_code == 409


def test_a_text_is_tried_on_a_rung_that_is_not_kept(alice, draft):
    text = "The obligations of confidentiality survive for nine (9) years from disclosure."
    url = at("edit_rung", draft, issue="secrecy_term", rung="F1")
    as_kept = edited(alice, at("edit_issue", draft, issue="secrecy_term"), do="try", try__text=text)
    assert as_kept.context["result"]["lands"] == "below the last rung"
    typed = {"how": "text", "condition": "years <= 9"}
    as_typed = edited(alice, url, do="try", try__text=text, **typed)
    assert as_typed.context["result"]["rung"] == "F1"
    assert "nine (9) years" in as_typed.context["result"]["quote"]
    verdicts = {step["verdict"] for rung in as_typed.context["result"]["rungs"] for step in rung["steps"]}
    assert verdicts == {"yes", "no"}
    assert "nine" not in str(issue_of(draft).rung("F1"))
    nothing = edited(alice, url, do="try", try__text="  ")
    assert "Paste a clause" in nothing.content.decode()


def test_a_playbook_begins_from_nothing_and_its_short_name_is_its_own(alice, who):
    playbook(who)
    url = reverse("playbooks:new")
    given = {"title": "Rules", "contract_type": "supply", "side": "buyer", "topic": "payment_days"}
    taken = alice.post(url, {**given, "name": "mutual-nda"})
    assert taken.status_code == 400
    assert "There is a playbook “mutual-nda” already" in taken.content.decode()
    assert alice.post(url, {**given, "name": "No Spaces"}).status_code == 400
    made = alice.post(url, {**given, "name": "our-rules"})
    draft = PlaybookVersion.objects.get(playbook__slug="our-rules")
    assert made["Location"] == at("edit_issue", draft, issue="payment_period")


def test_nonsense_in_every_field_is_a_sentence_and_never_a_crash(alice, draft):
    nonsense, number = "a\x00b", "9" * 400
    for name, query, do in (
        ("settings", {}, "save"),
        ("add_issue", {"topic": "payment_days"}, "save"),
        ("edit_issue", {"issue": "secrecy_term"}, "save"),
        ("edit_issue", {"issue": "secrecy_term"}, "try"),
        ("edit_rung", {"issue": "secrecy_term", "rung": "F1"}, "save"),
        ("edit_rung", {"issue": "secrecy_term", "rung": "F1"}, nonsense),
    ):
        url = at(name, draft, **query)
        shown = posted(alice.get(url))
        kept = {field: value for field, value in shown.items() if "_FORMS" in field}
        given = {field: (nonsense, number)[place % 2] for place, field in enumerate(shown)}
        response = alice.post(url, {**given, **kept, "do": do})
        assert response.status_code in (200, 302, 400, 409), (name, do)
    response = alice.post(url, {**dict.fromkeys(shown, nonsense), "more": nonsense})
    assert response.status_code == 200, "not even the counts of lines can be read"
    fields = ("issue", "rung", "do", "digest", "colleague", "answer", "remark", "note")
    for name in ("arrange", "ask_review", "answer_review", "publish"):
        assert alice.post(at(name, draft), dict.fromkeys(fields, nonsense)).status_code < 500
