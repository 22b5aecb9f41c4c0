"""The clause library through its pages: written, searched, changed, retired, used in drafts."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models.base import Conflict
from playbooks import library as shipped_playbooks
from playbooks import rules
from playbooks.clause_library import hooks
from playbooks.importing.people import approvers_of
from playbooks.models import LibraryClause, PlaybookVersion, TableImport
from playbooks.services import drafting, library, table_imports
from playbooks.services.library import Contents
from tests.builders import four_people

pytestmark = pytest.mark.django_db

PAY = "The Customer shall pay each invoice within thirty (30) days of receipt."
PAY_45 = "The Customer shall pay each invoice within forty-five (45) days of receipt."
LAW = "This Agreement is governed by the laws of England and Wales."


@pytest.fixture
def who():
    return four_people()


def as_(client, person):
    client.force_login(person.user)
    return client


def made(who, **more) -> LibraryClause:
    contents = {"title": "Payment in thirty days", "text": PAY, "clause_type": "payment", **more}
    return library.create_clause(organisation=who.ours, contents=Contents(**contents), by=who.alice)


def at(name, clause, query=""):
    return reverse(f"playbooks:library_{name}", args=[clause.uuid]) + query


def body(response) -> str:
    return response.content.decode()


def form(**more):
    return {
        "title": "Payment",
        "text": PAY,
        "clause_type": "payment",
        "standing": "other",
        "version": 1,
        **more,
    }


def test_a_clause_is_written_with_variants_and_shown(client, who):
    client = as_(client, who.alice)
    response = client.post(
        reverse("playbooks:library_new"),
        form(
            topic="payment_days", standing="preferred", policy="Credit policy 4", review_on="2027-01-31",
            before="Customer pays within 60 days.", after="Customer pays within 30 days.",
            **{"variant-0-text": PAY_45, "variant-0-jurisdiction": "Spain", "variant-1-text": " "},
        ),
    )  # fmt: skip
    clause = LibraryClause.objects.get()
    assert response["Location"] == at("clause", clause)
    assert clause.newest().variants == [{"jurisdiction": "Spain", "industry": "", "role": "", "text": PAY_45}]
    page = body(as_(client, who.bob).get(at("clause", clause)))
    for said in (PAY, PAY_45, "Spain", "Credit policy 4", "Preferred", "<del>60", "<ins>30"):
        assert said in page
    assert "Use in a playbook" not in page


def test_words_selected_in_a_contract_come_along(client, who):
    page = body(
        as_(client, who.alice).get(
            reverse("playbooks:library_new"),
            {"text": PAY, "title": "Payment", "source": "Platform terms, 4.2"},
        )
    )
    assert PAY in page
    assert 'value="Platform terms, 4.2"' in page
    assert '<option value="payment" selected>' in page
    assert '<option value="payment_days" selected>' in page
    posted = as_(client, who.alice).post(reverse("playbooks:library_new"), {"text": LAW, "prefill": "1"})
    assert LAW in body(posted)
    assert not LibraryClause.objects.exists()


def test_a_change_is_a_version_and_the_one_before_stays(client, who):
    clause = made(who)
    client = as_(client, who.alice)
    client.post(at("edit", clause), form(text=PAY_45, note="Sales asked for it."))
    clause.refresh_from_db()
    assert (clause.newest().number, clause.newest().text) == (2, PAY_45)
    page = body(client.get(at("clause", clause, "?version=1")))
    assert PAY in page
    assert "This is what version 1 said." in page
    assert "Sales asked for it." in page
    assert client.get(at("clause", clause, "?version=9")).status_code == 404
    with pytest.raises(ValidationError, match="cannot be changed"):
        clause.newest().save()


def test_two_people_do_not_overwrite_each_other(client, who):
    clause = made(who)
    client = as_(client, who.alice)
    assert client.post(at("edit", clause), form(text=PAY_45)).status_code == 302
    assert client.post(at("edit", clause), form(text=LAW)).status_code == 409
    assert clause.newest().text == PAY_45


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"standing": "preferred"}, "Name the topic"),
        ({"before": "x"}, "needs both"),
        ({"clause_type": "nonsense"}, "Select a valid choice"),
        ({"rank": "99"}, "less than or equal to 6"),
        ({"review_on": "31/31/2027"}, "Enter a valid date"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, who, more, said):
    page = body(as_(client, who.alice).post(reverse("playbooks:library_new"), form(**more)))
    assert said in page
    assert PAY in page
    assert not LibraryClause.objects.exists()


def test_the_list_is_searched_and_filtered(client, who):
    made(who, review_on=datetime.date(2020, 1, 1), topic="payment_days", standing="preferred")
    made(who, title="English law", text=LAW, clause_type="governing_law")
    old = made(who, title="Old clause")
    library.retire_clause(clause=old, seen=1, by=who.alice)
    client = as_(client, who.bob)

    def titles(query):
        page = body(client.get(reverse("playbooks:library") + query))
        return [t for t in ("Payment in thirty days", "English law", "Old clause") if t in page]

    assert titles("") == ["Payment in thirty days", "English law"]
    assert titles("?q=wales governed") == ["English law"]
    assert titles("?type=payment") == ["Payment in thirty days"]
    assert titles("?show=overdue") == ["Payment in thirty days"]
    assert titles("?show=retired") == ["Old clause"]
    assert titles("?show=ladders") == ["Payment in thirty days"]
    assert "one is overdue for review" in body(client.get(reverse("playbooks:library")))


def test_a_retired_clause_cannot_be_changed_or_used_until_it_is_back(client, who):
    clause = made(who)
    client = as_(client, who.alice)
    client.post(at("retire", clause), {"version": 1})
    assert "retired" in body(client.get(at("clause", clause)))
    assert client.post(at("edit", clause), form(version=2)).status_code == 409
    clause.refresh_from_db()
    with pytest.raises(Conflict):
        library.retire_clause(clause=clause, seen=2, by=who.alice)
    client.post(at("bring_back", clause), {"version": 2})
    clause.refresh_from_db()
    assert clause.retired_at is None


def test_similar_clauses_of_library_and_contracts_are_named_with_their_words(client, who, monkeypatch):
    clause = made(who)
    made(who, title="Payment in forty-five days", text=PAY_45)
    made(who, title="English law", text=LAW, clause_type="governing_law")
    made_elsewhere = Contents(title="Their own payment clause", text=PAY, clause_type="payment")
    library.create_clause(organisation=who.other, contents=made_elsewhere, by=who.charlie)
    texts = hooks.ContractText("Invoices", "Platform agreement", "/there/", PAY)
    monkeypatch.setattr(
        hooks, "_offered", {"contracts": lambda member, kind: [texts] if kind == "payment" else []}
    )
    page = body(as_(client, who.bob).get(at("clause", clause)))
    similar = page[page.index("Similar clauses") :]
    assert "Payment in forty-five days" in similar
    assert "Platform agreement" in similar
    assert "invoice" in similar
    assert "English law" not in similar
    assert "Their own payment clause" not in similar


def draft_of(who, name="saas-provider") -> PlaybookVersion:
    return drafting.begin(organisation=who.ours, read=shipped_playbooks.shipped(name), by=who.alice)


def payment_issue(draft) -> rules.Issue:
    read = rules.Playbook.from_data(draft.data)
    return next(issue for issue in read.issues if issue.topic == "payment_days")


def test_a_clause_becomes_the_wording_of_a_rung_and_the_use_is_shown(client, who):
    clause = made(who, variants=[{"text": PAY_45, "jurisdiction": "Spain", "industry": "", "role": ""}])
    draft = draft_of(who)
    issue = payment_issue(draft)
    client = as_(client, who.alice)
    value = f"{draft.uuid}:{issue.code}:P"
    assert value in body(client.get(at("clause", clause)))
    response = client.post(at("use", clause), {"rung": value})
    assert response["Location"].endswith(f"#{issue.code}")
    draft.refresh_from_db()
    wordings = payment_issue(draft).rung("P").wordings
    assert [(one.text, one.jurisdiction) for one in wordings] == [(PAY, ""), (PAY_45, "Spain")]
    page = body(as_(client, who.bob).get(at("clause", clause)))
    assert "(draft)" in page[page.index("Where it is used") :]
    # What the clause says later is not in the playbook by itself.
    library.change_clause(
        clause=clause,
        seen=1,
        contents=Contents(title="Payment", text=LAW, clause_type="payment"),
        by=who.alice,
    )
    assert "an older text" in body(client.get(at("clause", clause)))


@pytest.mark.parametrize("rung", ["", "nonsense", "{draft}:nowhere:P", "{draft}:{issue}:Z9"])
def test_a_rung_that_is_not_there_is_refused(client, who, rung):
    clause, draft = made(who), draft_of(who)
    value = rung.format(draft=draft.uuid, issue=payment_issue(draft).code)
    page = body(as_(client, who.alice).post(at("use", clause), {"rung": value}, follow=True))
    assert "Choose a" in page or "Choose again" in page
    digest = draft.digest
    draft.refresh_from_db()
    assert draft.digest == digest


def test_a_playbook_is_made_of_chosen_clauses(client, who):
    ours = [
        made(who, topic="payment_days", standing="preferred", guidance="Ask finance."),
        made(who, title="Forty-five", text=PAY_45, topic="payment_days", standing="fallback", rank=1),
        made(who, title="English law", text=LAW, topic="governing_law", standing="preferred"),
    ]
    client = as_(client, who.alice)
    url = reverse("playbooks:library_playbook")
    assert "Forty-five" in body(client.get(url))
    head = {"title": "Our terms", "contract_type": "saas", "side": "provider", "approver": "ip_counsel"}
    page = body(client.post(url, {**head, "clause": [str(ours[1].uuid)]}))
    assert "exactly one preferred clause is needed" in page
    response = client.post(url, {**head, "clause": [str(one.uuid) for one in ours]})
    kept = TableImport.objects.get()
    assert response["Location"] == reverse("playbooks:tables_rows", args=[kept.uuid])
    table_imports.take_sure(kept=kept, seen=1, by=who.alice)
    draft = table_imports.make_draft(kept=kept, seen=2, replace_draft=False, by=who.alice)
    read = rules.Playbook.from_data(draft.data)
    assert [issue.topic for issue in read.issues] == ["governing_law", "payment_days"]
    payment = read.issues[1]
    assert [(rung.id, rung.wordings[0].text) for rung in payment.rungs] == [("P", PAY), ("F1", PAY_45)]
    assert [example.text for example in payment.rungs[1].examples] == [PAY_45]
    assert payment.rungs[0].guidance == "Ask finance."
    assert [rung.approvers and rung.approvers.roles for rung in payment.rungs] == [None, ("ip_counsel",)]
    assert payment.walk_away.approvers.roles == ("ip_counsel",)


def test_whoever_may_be_chosen_to_approve_is_understood_in_the_table():
    for role in rules.ROLES:
        rule, known = approvers_of(role.replace("_", " "))
        assert known
        assert rule.roles == (role,)


def test_readers_may_read_and_outsiders_find_nothing(client, who):
    clause = made(who)
    bob = as_(client, who.bob)
    assert bob.get(at("clause", clause)).status_code == 200
    assert bob.get(at("edit", clause)).status_code == 403
    assert bob.post(at("retire", clause), {"version": 1}).status_code == 403
    charlie = as_(client, who.charlie)
    assert charlie.get(at("clause", clause)).status_code == 404
    assert PAY not in body(charlie.get(reverse("playbooks:library")))
