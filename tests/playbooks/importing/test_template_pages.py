"""Our own template through the pages: read, corrected, made a draft, or refused in a sentence."""

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from config.demo import contracts
from playbooks import rules, shelf
from playbooks.models import Playbook, PlaybookVersion, TableImport
from playbooks.review import review
from playbooks.services import table_imports, template_imports
from playbooks.shelf import Offered, Readable
from playbooks.trials import check_examples
from tests.builders import four_people
from tests.playbooks.importing.files import saved, word
from tests.playbooks.importing.test_template import plain

pytestmark = pytest.mark.django_db
URL = "playbooks:tables_template"
SIDE = {"side": "customer", "contract_type": "saas", "approver": "finance", "title": "Our services"}


@pytest.fixture
def who():
    return four_people()


def as_(client, person):
    client.force_login(person.user)
    return client


def at(name, kept, query=""):
    return reverse(f"playbooks:tables_{name}", args=[kept.uuid]) + query


def received(who, text=None, **settled) -> TableImport:
    text = text or plain()
    return template_imports.receive_template(
        organisation=who.ours,
        name="Ours.txt",
        source=text,
        data=text.encode(),
        by=who.alice,
        **{**SIDE, **settled},
    )


def written(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    return saved(document)


@pytest.mark.parametrize(("name", "data"), [("Ours.docx", written(plain())), ("Ours.txt", plain().encode())])
def test_a_template_becomes_a_draft_that_it_meets_itself(client, who, name, data):
    client = as_(client, who.alice)
    response = client.post(reverse(URL), {"file": SimpleUploadedFile(name, data), **SIDE})
    kept = TableImport.objects.get()
    assert response["Location"] == at("rows", kept)
    page = client.get(at("rows", kept)).content.decode()
    for said in (
        *(
            "days to pay: at least 30 days",
            "nothing below it is made up",
            "Parley reads nothing in your template about these",
        ),
        *("Availability", "3.3", "1.1 Payment"),
    ):
        assert said in page
    client.post(at("sure", kept), {"version": 1})
    response = client.post(at("draft", kept), {"version": 2})
    draft = PlaybookVersion.objects.get()
    assert response["Location"] == reverse("playbooks:version", args=[draft.uuid])
    read = rules.Playbook.from_data(draft.data)
    assert (read.title, read.side, read.contract_type) == ("Our services", "customer", "saas")
    assert {found.status for found in review(read, plain()).findings} == {"compliant"}
    assert check_examples(read)[1] == ()
    payment = read.issue("payment_period")
    assert payment.walk_away.approvers.roles == ("finance",)
    assert payment.policy == f"{name}, 1.1 Payment"
    assert read.description == ""  # the objective is for people to write
    assert read.note.startswith(f"Made from {name}. Made from a template:")
    assert "Not read in the template:" in read.note
    actions = [entry.action for entry in AuditEntry.objects.order_by("number") if "playbook." in entry.action]
    assert actions == [
        *("playbook.template_received", "playbook.tables_rows_taken"),
        *("playbook.imported", "playbook.tables_drafted"),
    ]


def test_a_rule_that_is_sure_is_taken_though_its_words_are_not_proposed(who):
    pointing = plain().replace("3.2 This Agreement is", "3.2 Subject to Schedule 9 this Agreement is")
    kept = received(who, pointing)
    taken, _waiting = table_imports.take_sure(kept=kept, seen=1, by=who.alice)
    kept.refresh_from_db()
    book = table_imports.book_of(kept)
    law = next(row for row in book.rows if row.title == "Governing law and forum")
    assert taken >= 4
    assert book.decisions[law.key].rungs[0].when.startswith("law in [France]")
    assert book.decisions[law.key].rungs[0].wording == ""


def test_a_word_file_of_our_own_contracts_goes_through_the_gate_and_its_kind_is_told(client, who):
    file = SimpleUploadedFile("NDA.docx", contracts.build("mutual-nda"))
    as_(client, who.alice).post(reverse(URL), {"file": file, "side": "both", "approver": "legal"})
    kept = TableImport.objects.get()
    book = table_imports.book_of(kept)
    assert (book.plan.contract_type, book.plan.title) == ("nda_mutual", "NDA")
    assert len(book.rows) == 15


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("ours.docx", b"", "The file is empty"),
        ("ours.txt", b"  \n", "The file is empty"),
        ("ours.pdf", b"%PDF-1.7 scanned", "This is a PDF, not a Word document"),
        ("ours.docx", b"PK\x03\x04 nothing", "damaged"),
        ("ours.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old Word (.doc)"),
        ("ours.txt", "Zahlung in drei\u00dfig Tagen".encode("latin-1"), "not written in UTF-8"),
        ("ours.txt", b"pay\x00ment", "no plain text"),
        ("ours.txt", b"PK\x03\x04 a Word file", "This is a Word document with the ending .txt"),
        ("ours.txt", b"\xd0\xcf\x11\xe0 old", "an old Word document (.doc)"),
        ("ours.txt", b"%PDF-1.7 text", "This is a PDF"),
        ("ours.docx", written(" "), "There is no text in this document"),
        ("ours.docx", word([["", ""]]), "nothing here that a rule could be made of"),
        ("ours.txt", b"Dear Sam, lunch at noon? Best, Kim", "nothing here that a rule could be made of"),
        ("ours.txt", b"word " * 120_000, "more than 500,000 characters"),
    ],
)
def test_what_no_rule_can_be_made_of_is_refused_in_a_sentence_and_nothing_is_kept(
    client, who, name, data, said
):
    response = as_(client, who.alice).post(reverse(URL), {"file": SimpleUploadedFile(name, data), **SIDE})
    page = response.content.decode()
    assert said in page
    assert 'value="Our services"' in page
    assert not TableImport.objects.exists()


def test_a_file_or_a_contract_and_our_side_are_needed(client, who):
    client = as_(client, who.alice)
    assert "Choose a file or a contract" in client.post(reverse(URL), SIDE).content.decode()
    file = SimpleUploadedFile("ours.txt", plain().encode())
    page = client.post(reverse(URL), {**SIDE, "file": file, "side": ""}).content.decode()
    assert "This field is required" in page
    assert not TableImport.objects.exists()


class OneContract:
    """A shelf with a contract that alice may read and nobody else."""

    def __init__(self, alice) -> None:
        self.alice = alice

    def offered(self, member):
        return [Offered("our-form", "Services Agreement · Platform")] if member == self.alice else []

    def fetch(self, member, key):
        from redline import read

        given = member == self.alice and key == "our-form"
        return Readable("Services Agreement, version 2", read(written(plain()))) if given else None


def test_a_contract_that_the_author_may_read_serves_as_template(client, who, monkeypatch):
    monkeypatch.setattr(shelf, "_shelves", [OneContract(who.alice)])
    client = as_(client, who.alice)
    assert "Services Agreement · Platform" in client.get(reverse(URL)).content.decode()
    both = {**SIDE, "contract": "our-form", "file": SimpleUploadedFile("ours.txt", plain().encode())}
    assert "one of them" in client.post(reverse(URL), both).content.decode()
    client.post(reverse(URL), {**SIDE, "contract": "our-form"})
    kept = TableImport.objects.get()
    assert kept.file_name == "Services Agreement, version 2"
    assert "Payment period" in client.get(at("rows", kept)).content.decode()


def test_a_contract_that_is_not_theirs_to_read_is_no_choice(client, who, monkeypatch):
    monkeypatch.setattr(shelf, "_shelves", [OneContract(who.bob)])
    page = as_(client, who.alice).post(reverse(URL), {**SIDE, "contract": "our-form"}).content.decode()
    assert "Choose a file or a contract" in page
    assert not TableImport.objects.exists()


def test_a_rule_is_corrected_and_the_page_says_when_the_template_no_longer_meets_it(client, who):
    kept = received(who)
    client = as_(client, who.alice)
    url = at("row", kept, "?at=0:1")
    page = client.get(url).content.decode()
    for said in ('value="days &gt;= 30"', "Your template itself meets this rule", "What your template says"):
        assert said in page
    form = {
        "version": 1,
        "rungs": 1,
        "title": "Payment",
        "topic": "payment_days",
        "risk": "medium",
        "role-0": "preferred",
        "label-0": "Sixty days",
        "when-0": "days >= 60",
        "silence": "accept",
        "example-0": "The Customer shall pay each invoice within 30 days.",
        "walk_approvers": "any:cfo",
    }
    page = client.post(url, {**form, "check": "1"}).content.decode()
    assert "Your template itself does not meet this rule" in page
    ours = {"label-0": "Days to pay: at least 30 days", "ours-0": "Days to pay: at least 30 days"}
    page = client.post(url, {**form, **ours, "check": "1"}).content.decode()
    assert 'name="label-0" value="Days to pay: at least 60 days"' in page  # nobody touched it: it follows
    client.post(url, {**form, "use": "take"})
    client.post(at("draft", kept), {"version": 2})
    issue = rules.Playbook.from_data(PlaybookVersion.objects.get().data).issue("payment")
    assert issue.missing.stands == "P"
    assert issue.walk_away.approvers.roles == ("cfo",)
    assert issue.rungs[0].examples == ()  # the template's own clause would miss the rule now


COVER = """Mutual Non-Disclosure Agreement
Cover Page
This Mutual NDA consists of this Cover Page and the Common Secrecy Terms, which are incorporated by reference.
Term of confidentiality: ____ years
Governing law: ____
"""


def test_a_cover_page_says_that_its_terms_stand_elsewhere_and_how_to_go_on(client, who):
    kept = received(who, COVER, contract_type="nda_mutual", side="both")
    page = as_(client, who.alice).get(at("rows", kept)).content.decode()
    assert "Bring in the terms themselves" in page
    assert "They may well stand in “" in page
    assert "Parley reads nothing in your template about these" not in page
    assert "Take a row first" in page


def test_names_of_our_law_come_along_with_a_row_that_is_corrected(client, who):
    kept = received(who)
    client = as_(client, who.alice)
    book = table_imports.book_of(kept)
    at_law = next(row.key for row in book.rows if row.title == "Governing law and forum")
    page = client.get(at("row", kept, f"?at={at_law}")).content.decode()
    assert "law: France\nforum: France</textarea>" in page
    form = {"version": 1, "rungs": 1, "title": "Law", "topic": "governing_law", "use": "take"}
    rung = {"role-0": "preferred", "label-0": "Ours", "when-0": "law in [France]", "names-0": "law: France"}
    client.post(at("row", kept, f"?at={at_law}"), {**form, **rung})
    client.post(at("draft", kept), {"version": 2})
    (edit,) = rules.Playbook.from_data(PlaybookVersion.objects.get().data).issue("law").rungs[0].edits
    assert (edit.mends, edit.action, edit.text) == (("law",), "replace", "France")


def test_nothing_is_made_of_a_template_before_a_row_is_taken(client, who):
    kept = received(who)
    page = as_(client, who.alice).post(at("draft", kept), {"version": 1}, follow=True).content.decode()
    assert "take at least one" in page
    assert not Playbook.objects.exists()


def test_the_columns_of_a_template_are_not_for_choosing(client, who):
    kept = received(who)
    client = as_(client, who.alice)
    assert client.get(at("columns", kept))["Location"] == at("rows", kept)
    assert client.post(at("columns", kept), {"version": 1, "title": "x"})["Location"] == at("rows", kept)
    assert (
        reverse("playbooks:tables_columns", args=[kept.uuid])
        not in client.get(at("rows", kept)).content.decode()
    )


def test_imports_of_both_kinds_are_listed_and_templates_on_their_own_page(client, who):
    received(who)
    table_imports.receive(
        organisation=who.ours,
        file_name="rules.docx",
        data=word([["Issue", "Preferred"], ["Payment period", "30 days"]]),
        by=who.alice,
    )
    client = as_(client, who.alice)
    both, one = (client.get(reverse(url)).content.decode() for url in ("playbooks:tables", URL))
    assert "rules.docx" in both
    assert "Ours.txt" in both
    assert "Ours.txt" in one
    assert "rules.docx" not in one


def test_only_those_who_write_playbooks_of_this_organisation_meet_a_template(client, who):
    kept = received(who)
    assert as_(client, who.bob).get(reverse(URL)).status_code == 403
    assert as_(client, who.bob).get(at("rows", kept)).status_code == 403
    assert as_(client, who.charlie).get(at("row", kept, "?at=0:1")).status_code == 404
