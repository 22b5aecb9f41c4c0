"""The operations person's pages: the list with its figures, one obligation, export and calendar."""

import csv
import hashlib
import io
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar

from accounts.models import AuditEntry
from accounts.spreadsheets import neutral
from jobs.testing import run_all
from obligations.models import CalendarFeed, Obligation, ObligationState
from obligations.pages import today_of
from obligations.services import evidence
from tests.builders import four_people
from tests.deals import Table, finding, issue_with_approval, obligation, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Table:
    return table(four_people())


def day(at: Table, ahead: int) -> date:
    return today_of(at.dara) + timedelta(days=ahead)


def home(client, who, **query: str) -> str:
    client.force_login(who.user)
    response = client.get(reverse("obligations:home"), query)
    assert response.status_code == 200
    return response.content.decode()


def post(client, who, row: Obligation, name: str, **data: object):
    client.force_login(who.user)
    return client.post(reverse(f"obligations:{name}", args=[row.uuid]), {"version": row.version, **data})


def test_the_cards_count_and_lead_to_what_they_count(client, at):
    obligation(at, title="Late one", due_on=day(at, -1), owner=at.dara)
    obligation(at, title="Soon one", due_on=day(at, 7), owner=at.dara)
    obligation(at, title="Later one", due_on=day(at, 30))
    obligation(at, title="Done one", due_on=day(at, -9), state=ObligationState.FULFILLED)
    client.force_login(at.dara.user)
    response = client.get(reverse("obligations:home"), {"view": "all"})
    numbers = {row["label"]: row["number"] for row in response.context["stats"]}
    assert numbers == {
        "Overdue": 1,
        "Due in 7 days": 1,
        "Due in 30 days": 2,
        "Without owner": 1,
        "Fulfilled": 1,
    }
    for card in response.context["stats"]:
        page = client.get(reverse("obligations:home") + urlsplit(card["url"])._replace(path="").geturl())
        assert len(page.context["rows"]) == card["number"], card


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"view": "mine"}, {"Mine"}),
        ({"view": "team"}, {"Mine", "Of the team"}),
        ({"view": "theirs"}, {"Theirs"}),
        ({"view": "all"}, {"Mine", "Of the team", "Theirs", "Nobody's"}),
        ({"view": "nonsense"}, {"Mine"}),
        ({"view": "all", "party": "Harbour Cloud"}, {"Mine", "Of the team", "Theirs", "Nobody's"}),
        ({"view": "all", "party": "Quay"}, set()),
        ({"view": "all", "month": "2031-02"}, {"Theirs"}),
        ({"view": "all", "month": "2031-99"}, {"Mine", "Of the team", "Theirs", "Nobody's"}),
        ({"view": "all", "month": "9999-12"}, {"Mine", "Of the team", "Theirs", "Nobody's"}),
        ({"view": "all", "month": "0001-01"}, {"Mine", "Of the team", "Theirs", "Nobody's"}),
        ({"view": "all", "month": "2199-12"}, set()),
    ],
)
def test_it_filters(client, at, query, shown):
    obligation(at, title="Mine", owner=at.dara)
    obligation(at, title="Of the team", team=at.dara.teams.get())
    obligation(at, title="Theirs", bearer="theirs", due_on=date(2031, 2, 28))
    obligation(at, title="Nobody's")
    client.force_login(at.dara.user)
    page = client.get(reverse("obligations:home"), query).context["rows"]
    assert {row["title"] for row in page} == shown


def test_the_most_urgent_stands_first_and_done_ones_last(client, at):
    obligation(at, title="No date")
    obligation(at, title="Done", due_on=day(at, -40), state=ObligationState.FULFILLED)
    obligation(at, title="Later", due_on=day(at, 40))
    obligation(at, title="Late", due_on=day(at, -4))
    client.force_login(at.dara.user)
    page = client.get(reverse("obligations:home"), {"view": "all"}).context["rows"]
    assert [row["title"] for row in page] == ["Late", "Later", "No date", "Done"]


def test_owner_and_date_change_from_the_list_and_come_back_to_it(client, at):
    row = obligation(at)
    back = reverse("obligations:home") + "?view=all&state=no_owner"
    response = post(client, at.dara, row, "change", owner=at.dara.pk, due_on="2027-01-31", next=back)
    row.refresh_from_db()
    assert response["Location"] == back
    assert (row.owner, row.due_on) == (at.dara, date(2027, 1, 31))


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/account/sign-out/"])
def test_it_goes_back_to_nothing_but_its_own_list(client, at, back):
    row = obligation(at)
    response = post(client, at.dara, row, "change", owner="", due_on="", next=back)
    assert response["Location"] == row.get_absolute_url()


def test_a_date_that_is_none_is_said_on_the_page(client, at):
    row = obligation(at)
    response = post(client, at.dara, row, "change", owner="", due_on="31.2.2027")
    assert response.status_code == 200
    assert "Enter a valid date" in response.content.decode()


def test_a_stranger_cannot_become_owner(client, at):
    row = obligation(at)
    response = post(client, at.dara, row, "change", owner=at.people.charlie.pk, due_on="")
    row.refresh_from_db()
    assert response.status_code == 200
    assert row.owner is None


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2200-01-01", "9999-12-31"])
def test_an_impossible_year_is_said_on_the_page_of_either_form(client, at, day):
    row = obligation(at)
    changed = post(client, at.dara, row, "change", owner=at.dara.pk, due_on=day)
    good = {"contract": at.contract.pk, "title": "Name a contact", "bearer": "theirs", "owner": at.dara.pk}
    added = client.post(reverse("obligations:new"), good | {"due_on": day})
    for response in (changed, added):
        assert "A due date lies between 1990 and 2199." in response.content.decode()
        assert f'value="{day}"' in response.content.decode()  # what was typed is still there
    assert list(Obligation.objects.values_list("due_on", flat=True)) == [None]


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2199-12"])
def test_the_export_stands_any_month(client, at, month):
    client.force_login(at.dara.user)
    assert client.get(reverse("obligations:export"), {"month": month}).status_code == 200


def test_an_old_version_is_a_409(client, at):
    row = obligation(at)
    assert post(client, at.dara, row, "change", owner="", due_on="", version=7).status_code == 409


def test_the_page_says_where_it_comes_from_and_what_happened(client, at):
    row = obligation(
        at,
        due_on=day(at, 3),
        owner=at.dara,
        quote="The Recipient returns everything.",
        due_rule={"kind": "after", "event": "signature", "days": 30},
    )
    post(client, at.dara, row, "record", outcome="fulfilled", evidence="Mail of Monday")
    body = client.get(row.get_absolute_url()).content.decode()
    for said in (
        "The Recipient returns everything.",
        "30 days after signature",
        at.negotiation.title,
        at.contract.get_absolute_url(),
        "Mail of Monday",
        "recorded it as fulfilled",
        "Reopen",
    ):
        assert said in body


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"outcome": "fulfilled", "evidence": ""}, "Say what shows it, or attach it"),
        ({"outcome": "waived", "evidence": " "}, "Say why it no longer applies"),
        ({"outcome": "eaten", "evidence": "x"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_on_the_same_page(client, at, data, sentence):
    row = obligation(at)
    response = post(client, at.dara, row, "record", **data)
    assert response.status_code == 200
    assert sentence in response.content.decode()


def attach(name: str = "Invoice 17.pdf", data: bytes = b"%PDF-1.7 paid") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="text/html")


def test_a_file_shows_it_and_is_given_back_as_a_download(client, at):
    row = obligation(at)
    post(client, at.dara, row, "record", outcome="fulfilled", file=attach())
    done = row.fulfilments.get()
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Invoice 17.pdf" in page
    assert done.file.sha256 in page
    client.force_login(at.people.bob.user)
    response = client.get(done.file_url)
    assert response.content == b"%PDF-1.7 paid"
    # Whatever the sender called it, no browser may show it as a page of ours.
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="Invoice 17.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    client.force_login(at.people.charlie.user)
    assert client.get(done.file_url).status_code == 404


def test_the_record_names_the_files_hash_and_not_its_name(client, at):
    row = obligation(at)
    post(client, at.dara, row, "record", outcome="fulfilled", evidence="Paid", file=attach())
    entry = AuditEntry.objects.get(action="obligation.fulfilled")
    assert entry.payload["file_sha256"] == hashlib.sha256(b"%PDF-1.7 paid").hexdigest()
    assert "Invoice" not in str(entry.payload)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"", "The submitted file is empty"),
        ("a.pdf", b"x" * 65, "The file is too large"),
        ("a" * 201 + ".pdf", b"x", "at most 200 characters"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_and_nothing_recorded(
    client, at, name, data, sentence, monkeypatch
):
    monkeypatch.setattr(evidence, "MOST_BYTES", 64)
    row = obligation(at)
    response = post(client, at.dara, row, "record", outcome="fulfilled", file=attach(name, data))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    row.refresh_from_db()
    assert (row.version, row.fulfilments.count()) == (1, 0)


def test_a_fulfilment_without_a_file_has_no_download(client, at):
    row = obligation(at)
    post(client, at.dara, row, "record", outcome="fulfilled", evidence="Mail")
    done = row.fulfilments.get()
    assert done.file_url == ""
    assert client.get(reverse("obligations:evidence", args=[done.uuid])).status_code == 404


def test_recording_twice_is_a_409(client, at):
    row = obligation(at)
    post(client, at.dara, row, "record", outcome="fulfilled", evidence="one")
    response = post(client, at.dara, row, "record", outcome="waived", evidence="two")
    assert response.status_code == 409
    assert row.fulfilments.count() == 1


def test_reopening_and_reminding(client, at):
    row = obligation(at, due_on=day(at, 3), owner=at.dara)
    post(client, at.dara, row, "record", outcome="waived", evidence="not needed")
    row.refresh_from_db()
    post(client, at.dara, row, "reopen")
    row.refresh_from_db()
    assert row.state == ObligationState.PENDING
    post(client, at.dara, row, "remind")
    run_all()
    assert [message.to for message in mail.outbox] == [["dara@northgate.example"]]
    again = post(client, at.dara, row, "remind")
    assert "already reminded today" in client.get(again["Location"]).content.decode()


def test_readers_see_but_change_nothing_and_outsiders_see_nothing(client, at):
    row = obligation(at, due_on=day(at, 3), owner=at.dara)
    client.force_login(at.people.bob.user)
    body = client.get(row.get_absolute_url()).content.decode()
    assert row.title in body
    assert "Record what happened" not in body
    for name in ("change", "record", "reopen", "remind"):
        assert post(client, at.people.bob, row, name).status_code == 403
        assert post(client, at.people.charlie, row, name).status_code == 404
    assert client.get(row.get_absolute_url()).status_code == 404
    client.force_login(at.people.bob.user)
    assert client.get(reverse("obligations:new")).status_code == 403


def test_adding_one_by_hand(client, at):
    client.force_login(at.dara.user)
    url = reverse("obligations:new")
    wrong = client.post(url, {"contract": at.contract.pk, "title": "", "bearer": "ours", "detail": "kept"})
    assert "kept" in wrong.content.decode()
    good = {"contract": at.contract.pk, "title": "Name a contact", "bearer": "theirs", "owner": at.dara.pk}
    response = client.post(url, good | {"due_on": "2027-02-28"})
    row = Obligation.objects.get()
    assert response["Location"] == row.get_absolute_url()
    assert (row.bearer, row.owner, row.due_on) == ("theirs", at.dara, date(2027, 2, 28))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("Pay 30 = all", "Pay 30 = all"),
        ("", ""),
    ],
)
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(text, cell):
    assert neutral(text) == cell


def test_the_export_holds_the_filtered_list_and_no_formula(client, at):
    at.negotiation.title = "@SUM(1)"
    at.negotiation.save()
    obligation(at, title='=HYPERLINK("http://x")', owner=at.dara, due_on=date(2027, 3, 1))
    obligation(at, title="Not mine")
    client.force_login(at.dara.user)
    response = client.get(reverse("obligations:export"), {"view": "mine"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][0] == '\'=HYPERLINK("http://x")'
    assert rows[1][3] == "2027-03-01"
    assert rows[1][8] == "'@SUM(1)"
    assert "attachment" in response["Content-Disposition"]


def feed_path(client, who) -> str:
    client.force_login(who.user)
    page = client.post(reverse("obligations:feed"))
    return urlsplit(page.context["address"]).path


def test_the_feed_holds_ones_own_dated_open_duties_and_no_contract_text(client, at):
    obligation(at, title="Mine", owner=at.dara, due_on=date(2027, 2, 28), quote="SECRET WORDS")
    obligation(at, title="Somebody else's", owner=at.people.alice, due_on=date(2027, 2, 28))
    path = feed_path(client, at.dara)
    client.logout()
    response = client.get(path)
    assert response["Content-Type"].startswith("text/calendar")
    events = list(Calendar.from_ical(response.content).walk("VEVENT"))
    assert [str(event["summary"]) for event in events] == ["Mutual NDA: Mine"]
    assert events[0]["dtstart"].dt == date(2027, 2, 28)
    assert b"SECRET" not in response.content


def test_an_event_lasts_its_day_even_the_last_one_of_all(client, at):
    obligation(at, owner=at.dara, due_on=date.max)  # stored before dates were bounded
    response = client.get(feed_path(client, at.dara))
    event = next(iter(Calendar.from_ical(response.content).walk("VEVENT")))
    assert event["dtstart"].dt == date.max
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert "dtend" not in event  # a date without an end is that whole day


def test_the_address_is_shown_once_and_only_its_hash_is_kept(client, at):
    path = feed_path(client, at.dara)
    token = path.rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in client.get(reverse("obligations:feed")).content.decode()
    assert CalendarFeed.objects.get().token_hash != token


def test_a_new_or_stopped_address_ends_the_old_one(client, at):
    first = feed_path(client, at.dara)
    second = feed_path(client, at.dara)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    client.post(reverse("obligations:revoke_feed"))
    assert client.get(second).status_code == 404


def test_a_leavers_feed_ends_with_their_membership(client, at):
    path = feed_path(client, at.dara)
    at.dara.is_active = False
    at.dara.save()
    assert client.get(path).status_code == 404


def test_an_unknown_address_is_404(client, at):
    assert client.get("/calendar/nothing.ics").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_list(client, at, django_assert_max_num_queries):
    for _row in range(20):
        obligation(at, owner=at.dara, due_on=day(at, 3))
    client.force_login(at.dara.user)
    client.get(reverse("obligations:home"))
    with django_assert_max_num_queries(30):
        client.get(reverse("obligations:home"))


def test_the_title_can_be_changed_and_the_record_keeps_both(client, at):
    row = obligation(at, title="Tell recruting", owner=at.dara, due_on=day(at, 40))
    post(client, at.dara, row, "change", title="Tell  recruiting", owner=at.dara.pk, due_on=row.due_on)
    seen = row.version
    row.refresh_from_db()
    assert row.title == "Tell recruiting"
    entry = AuditEntry.objects.get(action="obligation.changed")
    assert entry.payload["title_was"] == "Tell recruting"
    assert entry.payload["title"] == "Tell recruiting"
    late = client.post(
        reverse("obligations:change", args=[row.uuid]),
        {"version": seen, "title": "Mine", "owner": "", "due_on": ""},
    )
    assert late.status_code == 409
    row.refresh_from_db()
    assert row.title == "Tell recruiting"


def test_an_empty_title_is_refused_and_the_small_form_of_the_list_keeps_the_title(client, at):
    row = obligation(at, title="Tell recruiting", owner=at.dara, due_on=day(at, 40))
    assert post(client, at.dara, row, "change", title=" ", owner="", due_on="").status_code == 200
    post(client, at.dara, row, "change", owner="", due_on=day(at, 50))
    row.refresh_from_db()
    assert (row.title, row.owner, row.due_on) == ("Tell recruiting", None, day(at, 50))


def test_an_entry_is_cancelled_with_a_reason_and_ends_even_where_it_repeats(client, at):
    row = obligation(at, due_on=day(at, 40), repeats_months=12)
    without = post(client, at.dara, row, "record", outcome="cancelled", evidence=" ")
    assert "Say why the entry is cancelled." in without.content.decode()
    post(client, at.dara, row, "record", outcome="cancelled", evidence="Entered twice.")
    row.refresh_from_db()
    assert (row.state, row.due_on) == (ObligationState.CANCELLED, day(at, 40))
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Entered twice." in page
    assert "cancelled it" in page
    assert row.title not in home(client, at.dara, view="all", state="pending")
    assert row.title in home(client, at.dara, view="all", state="cancelled")
    post(client, at.dara, row, "reopen")
    row.refresh_from_db()
    assert row.state == ObligationState.PENDING


def test_a_date_in_the_past_is_asked_back_and_kept_when_confirmed(client, at):
    row = obligation(at, owner=at.dara, due_on=day(at, 5))
    past = {"title": row.title, "owner": at.dara.pk, "due_on": day(at, -2518)}
    asked = post(client, at.dara, row, "change", **past).content.decode()
    assert "That is 2518 days ago. Keep it?" in asked
    row.refresh_from_db()
    assert row.due_on == day(at, 5)
    post(client, at.dara, row, "change", **past, keep_past="on")
    row.refresh_from_db()
    assert row.due_on == day(at, -2518)
    again = post(client, at.dara, row, "change", **(past | {"owner": ""}))
    assert again.status_code == 302, "a date that was kept is not asked about again"
    new = {"contract": at.contract.pk, "title": "Name a contact", "bearer": "ours", "due_on": day(at, -1)}
    assert "That is 1 day ago. Keep it?" in client.post(reverse("obligations:new"), new).content.decode()
    assert client.post(reverse("obligations:new"), new | {"keep_past": "on"}).status_code == 302


def test_no_question_stands_beside_a_date_that_is_still_ahead(client, at):
    row = obligation(at, owner=at.dara, due_on=day(at, 5))
    client.force_login(at.dara.user)
    assert "keep_past" not in client.get(row.get_absolute_url()).content.decode()
    bad = post(client, at.dara, row, "change", title="", owner="", due_on=day(at, 9)).content.decode()
    assert "keep_past" not in bad


def test_the_page_says_when_reminders_go_out(client, at):
    at.people.ours.reminder_days = "30,7,0"
    at.people.ours.save()
    row = obligation(at, owner=at.dara, due_on=day(at, 90))
    client.force_login(at.dara.user)
    page = client.get(row.get_absolute_url()).content.decode()
    name = at.dara.user.name
    assert f"By mail to {name}, 30 days before, 7 days before, on the day, at 08:00 ({row.zone})." in page
    nobodys = obligation(at, title="Nobody's", due_on=day(at, 90))
    assert "it needs an owner and a date first" in client.get(nobodys.get_absolute_url()).content.decode()


def test_the_export_has_absolute_links_and_plain_names(client, at, settings):
    settings.PARLEY_URL = "https://parley.example"
    row = obligation(at, issue="data_return", bearer="theirs", due_on=day(at, 3))
    client.force_login(at.dara.user)
    response = client.get(reverse("obligations:export"), {"view": "all"})
    cells = next(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert cells["Link"] == f"https://parley.example{row.get_absolute_url()}"
    assert cells["Issue"] == "data return"
    assert cells["Whose duty"] == "the other side"


def test_the_rung_is_named_as_its_ladder_names_it_and_explained(client, at):
    known, place = issue_with_approval(at.contract)
    rung = known.rungs[place]
    row = obligation(at, issue=known.code, rung=rung.id, finding=finding(at))
    client.force_login(at.dara.user)
    page = client.get(row.get_absolute_url()).content.decode()
    assert f"Fallback {place}" in page
    assert '<abbr title="One step of an issue' in page
    strange = obligation(at, title="Strange", issue="gone", rung="F9", finding=row.finding)
    assert "F9" in client.get(strange.get_absolute_url()).content.decode()
