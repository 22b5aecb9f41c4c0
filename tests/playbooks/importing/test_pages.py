"""From a file to a draft, through the pages: columns, rows, corrections, nothing by halves."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.models.base import Conflict
from playbooks import rules
from playbooks.importing.decisions import Decision, RungChoice
from playbooks.models import Playbook, PlaybookVersion, TableImport
from playbooks.services import table_imports
from playbooks.trials import check_examples
from tests.builders import four_people
from tests.playbooks.importing.files import LADDERS, excel, word

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return four_people()


def as_(client, person):
    client.force_login(person.user)
    return client


def brought(who, data=None, name="Cloud rules.docx") -> TableImport:
    return table_imports.receive(
        organisation=who.ours, file_name=name, data=data or word(LADDERS), by=who.alice
    )


def at(name, kept, query=""):
    return reverse(f"playbooks:tables_{name}", args=[kept.uuid]) + query


def test_a_word_file_becomes_a_draft_playbook(client, who):
    client = as_(client, who.alice)
    file = SimpleUploadedFile("Cloud rules.docx", word(LADDERS))
    response = client.post(reverse("playbooks:tables"), {"file": file})
    kept = TableImport.objects.get()
    assert response["Location"] == at("columns", kept)
    page = client.get(at("columns", kept)).content.decode()
    for said in ("Table 1", "Preferred position", "Net 30", 'value="Cloud rules"'):
        assert said in page
    form = {"version": 1, "title": "Cloud rules", "contract_type": "saas", "side": "customer", "use-0": "on"}
    roles = ["issue", "preferred", "fallback:1", "fallback:2", "walk_away", "approver"]
    form |= {"header-0": "1"} | {f"role-0-{n}": role for n, role in enumerate(roles)}
    assert client.post(at("columns", kept), form)["Location"] == at("rows", kept)
    page = client.get(at("rows", kept)).content.decode()
    for said in ("Payment period", "days to pay: at most 30 days", "Company picnic", "Where every row went"):
        assert said in page
    client.post(at("sure", kept), {"version": 2})
    response = client.post(at("draft", kept), {"version": 3})
    draft = PlaybookVersion.objects.get()
    assert response["Location"] == reverse("playbooks:version", args=[draft.uuid])
    read = rules.Playbook.from_data(draft.data)
    assert (read.name, read.side) == ("cloud-rules", "customer")
    assert [issue.code for issue in read.issues] == [
        *("payment_period", "liability_cap", "governing_law", "automatic_renewal")
    ]
    assert read.issues[0].policy == "Cloud rules.docx, Table 1, row 2"
    assert check_examples(read)[1] == ()
    kept.refresh_from_db()
    assert (kept.state, kept.draft) == ("drafted", draft)
    actions = [entry.action for entry in AuditEntry.objects.order_by("number") if "tables" in entry.action]
    assert actions == [f"playbook.tables_{done}" for done in ("received", "mapped", "rows_taken", "drafted")]


def test_a_row_is_corrected_before_it_is_taken(client, who):
    kept = brought(who)
    client = as_(client, who.alice)
    url = at("row", kept, "?at=0:1")
    page = client.get(url).content.decode()
    assert 'value="days &lt;= 30"' in page
    assert "days to pay: at most 30 days" in page
    # Another topic is read at once.
    assert "availability" in client.get(at("row", kept, "?at=0:1&topic=uptime")).content.decode()
    form = {
        "version": 1,
        "rungs": 2,
        "title": "Payment",
        "topic": "payment_days",
        "risk": "medium",
        "role-0": "preferred",
        "label-0": "Thirty days",
        "when-0": "days <= 30",
        "role-1": "fallback:1",
        "label-1": "Forty-five",
        "when-1": "days <=",
        "approvers-1": "any:finance",
        "walk_approvers": "any:cfo",
    }
    # Checked without being kept; a broken condition is named and everything typed stays.
    page = client.post(url, {**form, "check": "1"}).content.decode()
    assert "Forty-five" in page
    assert "cannot be read as a rule" in page
    page = client.post(url, {**form, "use": "take"}).content.decode()
    assert "cannot be read as a rule" in page
    kept.refresh_from_db()
    assert kept.decisions == {}
    page = client.post(url, {**form, "pick": "1|days <= 45"}).content.decode()
    assert 'value="days &lt;= 45"' in page
    response = client.post(url, {**form, "when-1": "days <= 45", "use": "take"})
    assert response["Location"] == at("row", kept, "?at=0:2")
    kept.refresh_from_db()
    assert kept.decisions["0:1"]["rungs"][1]["approvers"] == "any:finance"


def test_a_row_left_out_stays_listed_and_is_in_no_rule(client, who):
    kept = brought(who)
    client = as_(client, who.alice)
    client.post(at("row", kept, "?at=0:5"), {"version": 1, "title": "Company picnic", "use": "leave"})
    client.post(at("sure", kept), {"version": 2})
    client.post(at("draft", kept), {"version": 3})
    assert "picnic" not in str(PlaybookVersion.objects.get().data)
    page = client.get(at("rows", kept, "?show=left")).content.decode()
    assert "Company picnic" in page
    assert "left out" in page


def test_nothing_is_made_by_halves_and_what_is_wrong_is_named(client, who):
    kept = brought(who)
    bad = Decision(
        "take", "Payment", topic="payment_days", rungs=(RungChoice("fallback:1", "a", "ours <= 3"),)
    )
    good = Decision(
        "take", "Law", topic="governing_law", rungs=(RungChoice("preferred", "a", "law = France"),)
    )
    # As if a playbook's topics had changed since the row was taken.
    kept.change(decisions={"0:1": bad.to_data(), "0:3": good.to_data()})
    response = as_(client, who.alice).post(at("draft", kept), {"version": 2}, follow=True)
    page = response.content.decode()
    assert "nothing of the table was imported" in page
    assert "Table 1, row 2, column 3 (Payment period): “ours” is not read on this topic" in page
    assert not Playbook.objects.exists()
    kept.refresh_from_db()
    assert kept.is_open


def test_a_draft_that_is_there_is_replaced_only_when_asked(who):
    for replace in (False, True):
        kept = brought(who)
        table_imports.take_sure(kept=kept, seen=1, by=who.alice)
        draft = table_imports.make_draft(kept=kept, seen=2, replace_draft=replace, by=who.alice)
        assert draft.number == 1 + replace
    kept = brought(who)
    table_imports.take_sure(kept=kept, seen=1, by=who.alice)
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="already has a draft"):
        table_imports.make_draft(kept=kept, seen=2, replace_draft=False, by=who.alice)
    kept.refresh_from_db()
    assert kept.is_open


def test_two_people_do_not_overwrite_each_other(who):
    kept = brought(who)
    same = TableImport.objects.get()
    table_imports.take_sure(kept=kept, seen=1, by=who.alice)
    with pytest.raises(Conflict):
        table_imports.put_aside(kept=same, seen=1, by=who.alice)
    table_imports.put_aside(kept=kept, seen=2, by=who.alice)
    with pytest.raises(Conflict, match="closed"):
        table_imports.take_sure(kept=kept, seen=3, by=who.alice)


def test_columns_that_cannot_be_are_refused_and_others_drop_what_was_decided(client, who):
    kept = brought(who)
    table_imports.take_sure(kept=kept, seen=1, by=who.alice)
    client = as_(client, who.alice)
    form = {"version": 2, "title": "Rules", "use-0": "on", "header-0": "1"}
    ignored = {f"role-0-{n}": "ignore" for n in range(6)}
    page = client.post(at("columns", kept), {**form, **ignored}, follow=True).content.decode()
    assert "Table 1: exactly one column names the issue" in page
    roles = ["issue", "preferred", "fallback:1", "ignore", "ignore", "ignore"]
    client.post(at("columns", kept), {**form, **{f"role-0-{n}": role for n, role in enumerate(roles)}})
    kept.refresh_from_db()
    assert kept.decisions == {}
    assert kept.plan["tables"][0]["roles"] == roles


def test_thousands_of_rows_are_listed_page_by_page(client, who):
    rows = [["Issue", "Preferred"], *([f"Payment period {n}", f"at most {n} days"] for n in range(1_200))]
    kept = brought(who, excel({"Rules": rows}), "rules.xlsx")
    client = as_(client, who.alice)
    page = client.get(at("rows", kept, "?page=48")).content.decode()
    assert "Payment period 1199" in page
    assert "All 1200" in page
    taken, waiting = table_imports.take_sure(kept=kept, seen=1, by=who.alice)
    assert taken + waiting == 1_200
    assert taken == table_imports.MOST_AT_ONCE


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("rules.pdf", b"%PDF-1.7", "Bring in a Word document"),
        ("rules.docx", b"PK\x03\x04 nothing", "damaged"),
        ("rules.xlsx", word([["a", "b"]]), "not an Excel workbook"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(client, who, name, data, said):
    response = as_(client, who.alice).post(
        reverse("playbooks:tables"), {"file": SimpleUploadedFile(name, data)}
    )
    assert said in response.content.decode()
    assert not TableImport.objects.exists()


def test_only_those_who_write_playbooks_of_this_organisation_meet_an_import(client, who):
    kept = brought(who)
    assert as_(client, who.bob).get(at("rows", kept)).status_code == 403
    assert as_(client, who.charlie).get(at("rows", kept)).status_code == 404
    assert as_(client, who.charlie).post(at("draft", kept), {"version": 1}).status_code == 404


def test_what_no_database_keeps_is_dropped_from_what_was_typed(client, who):
    kept = brought(who)
    client = as_(client, who.alice)
    form = {"version": 1, "title": "Pay\x00ment", "guidance": "\x00", "use": "leave"}
    assert client.post(at("row", kept, "?at=0:1"), form).status_code == 302
    kept.refresh_from_db()
    assert kept.decisions["0:1"]["title"] == "Payment"
