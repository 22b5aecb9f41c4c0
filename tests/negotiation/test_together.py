"""Documents of a deal judged together, again when one of them or a fact changes, and what reopens then."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from jobs.testing import run_all
from negotiation.models import Finding
from negotiation.services import deals, draft, versions
from tests.deals import playbook
from tests.negotiation import deal as builders
from tests.redline.notation import doc

pytestmark = pytest.mark.django_db

ORDER = (
    "Statement of Work",
    "This Statement of Work is made under the Mutual Non-Disclosure Agreement between the parties.",
    "# 1 Work",
    "The parties exchange drawings of the Platform until March.",
    "# 2 Staff",
    builders.HIRING,
)
KEPT = (
    "# 1 Keeping",
    "The obligations to keep Confidential Information secret continue for seven (7) years from disclosure.",
)
MEANING = (
    "# 1 Meaning",
    "“Confidential Information” means information marked as confidential in writing.",
)


def beside(deal, title, *lines, with_playbook=True):
    """One more document of the deal, read and reviewed."""
    contract = deals.add_contract(
        negotiation=deal.negotiation,
        title=title,
        paper="theirs",
        by=deal.who.alice,
        playbook_version=playbook(deal.who) if with_playbook else None,
    )
    upload(deal, contract, *lines)
    return contract


def upload(deal, contract, *lines):
    versions.add_version(
        contract=contract,
        data=doc(*lines),
        file_name="draft.docx",
        side=deal.negotiation.their_side(),
        by=deal.who.alice,
    )
    run_all()
    contract.refresh_from_db()


def review_of(contract):
    return contract.ready_version().reviews.get()


def test_a_part_is_judged_beside_the_agreement_it_belongs_to(as_):
    deal = builders.opened()
    upload(deal, deal.contract, *ORDER)
    alone = review_of(deal.contract)
    assert {row.issue for row in deal.contract.findings.all()} == {"non_solicit"}
    assert all(one["status"] == "unsure" and not one["document"] for one in alone.elsewhere)
    nda = beside(deal, "Mutual NDA", *builders.LINES)
    deal.contract.refresh_from_db()
    together = review_of(deal.contract)
    assert together.pk == alone.pk  # the version keeps its one review
    by_issue = {one["issue"]: one for one in together.elsewhere}
    assert by_issue["secrecy_term"]["document"] == str(nda.uuid)
    assert by_issue["secrecy_term"]["status"] == "outside"
    assert not [one for one in together.elsewhere if one["status"] == "unsure" and not one["document"]]
    body = as_(deal.who.alice).get(deal.contract.get_absolute_url()).content.decode()
    assert "issues stand in other documents" in body
    assert reverse("negotiation:contract", args=[nda.uuid]) in body
    # The agreement itself shows its own words, and what the part says on the same issue beside them.
    own = Finding.objects.get(contract=nda, issue="non_solicit")
    assert own.document == ""
    assert [one["document"] for one in own.also] == [str(deal.contract.uuid)]
    other = as_(deal.who.alice).get(reverse("negotiation:contract", args=[nda.uuid])).content.decode()
    assert "it ranks above this document" in other
    assert AuditEntry.objects.filter(action="version.reviewed_again").exists()


def test_a_definition_in_another_document_reopens_what_rested_on_it(as_):
    deal = builders.opened()
    meaning = beside(deal, "Definitions", *MEANING, with_playbook=False)
    upload(deal, deal.contract, *KEPT)
    row = deal.finding("secrecy_term")
    assert [one["term"] for one in row.rests_on] == ["Confidential Information"]
    draft.concede(finding=row, by=deal.who.alice, seen=row.version, reason="Fine.")
    unmoved = deal.finding("non_solicit")
    draft.dismiss(finding=unmoved, by=deal.who.alice, seen=unmoved.version, reason="Fine.")
    upload(deal, meaning, MEANING[0], "“Confidential Information” means all information, however disclosed.")
    row.refresh_from_db()
    unmoved.refresh_from_db()
    assert row.decision == "open"
    assert "Another document of the deal has a new version." in row.reopened
    assert "“Confidential Information”" in row.reopened
    assert (unmoved.decision, unmoved.reopened) == ("dismissed", "")
    body = as_(deal.who.alice).get(deal.contract.get_absolute_url()).content.decode()
    assert "The words stayed, but what they rest on changed" in body


def test_a_fact_of_the_deal_that_changes_has_its_contracts_judged_again(deal):
    was = AuditEntry.objects.filter(action="version.reviewed_again").count()
    deal.negotiation.refresh_from_db()
    deals.change_negotiation(
        negotiation=deal.negotiation,
        by=deal.who.alice,
        seen=deal.negotiation.version,
        title="Harbour cloud trial",
        counterparty_name="Harbour Cloud",
        kind="distributive",
        objectives="Share plans safely.",
        value_minor=None,
        currency="EUR",
        term_months=None,
        law="Germany",
    )
    run_all()
    entries = AuditEntry.objects.filter(action="version.reviewed_again")
    assert entries.count() == was + 1
    assert entries.latest("number").payload == {"because": "facts", "reopened": []}


def test_an_edit_of_ours_is_judged_at_once_with_all_that_rests_on_it():
    deal = builders.received(lines=(*KEPT, *MEANING))
    block = deal.block("means information marked")
    draft.edit_clause(
        clause=deal.clause("means information marked"),
        version=deal.version(),
        texts={block.address: block.text.replace("marked as confidential", "disclosed, marked or not,")},
        by=deal.who.alice,
        reason="",
    )
    standing = draft.open_draft(contract=deal.contract).standing
    assert standing["secrecy_term"]["terms"] == ["Confidential Information"]
    number = deal.block("seven (7)")
    draft.edit_clause(
        clause=deal.clause("seven (7)"),
        version=deal.version(),
        texts={number.address: number.text.replace("seven (7)", "three (3)")},
        by=deal.who.alice,
        reason="",
    )
    assert draft.open_draft(contract=deal.contract).standing["secrecy_term"]["rung"] == "F2"


SECOND = (
    "# 1 Sharing",
    "The parties exchange drawings of the Harbour.",
    "# 2 Keeping",
    "The obligations of confidentiality continue for nine (9) years from disclosure.",
)


def test_documents_with_the_same_fault_are_each_mended_in_their_own_file(deal, as_):
    other = beside(deal, "A second agreement", *SECOND)
    rows = [Finding.objects.get(contract=one, issue="secrecy_term") for one in (deal.contract, other)]
    for row, words in zip(rows, ("seven (7)", "nine (9)"), strict=True):
        edit = row.edits[0]
        block = row.review.version.blocks.get(address=edit["block"])
        assert block.text[edit["start"] : edit["end"]] in words
        assert row.ways["P"] == row.edits
    assert ["A second agreement" in said for said in rows[0].cautions if "own file" in said] == [True]
    draft.propose(finding=rows[0], by=deal.who.alice, seen=rows[0].version)
    standing = draft.open_draft(contract=deal.contract).standing
    assert standing["secrecy_term"]["rung"] == "P"
    body = as_(deal.who.alice).get(other.get_absolute_url()).content.decode()
    assert "made in another document" not in body


def test_a_clause_that_two_documents_lack_can_be_written_into_either(deal):
    other = beside(deal, "A second agreement", *SECOND)
    for contract in (deal.contract, other):
        row = Finding.objects.get(contract=contract, issue="governing_law")
        assert row.status == "missing"
        assert [edit["op"] for edit in row.edits][:1] == ["insert_after"]
        assert row.review.version.blocks.filter(address=row.edits[0]["block"]).exists()
        assert not row.cautions
