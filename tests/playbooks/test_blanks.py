"""A form that nobody has filled in: its blanks are named and filled, and nothing printed goes."""
# ruff: noqa: E501  (the words of a contract stand whole, so that they can be read)

import pytest

import redline
from playbooks.library import shipped
from playbooks.review import page_of, review
from tests.shared import SHARED, needs_shared

COVER = """Cloud Service Agreement

Key Terms

General Cap Amount
Limitation of liability amount for most claims

{general_cap_display}

Governing Law
The laws of {governing_law}

Chosen Courts
Jurisdiction or where disputes are filed
The courts located in {jurisdiction}

{IF has_covered_claims}Covered Claims
Claims covered by indemnity obligations
{covered_claims_display}
{END-IF}

Payment Process

{payment_display}

{IF has_insurance}Insurance Minimums
{insurance_description}
[ x ]\tWorkers\u2019 compensation insurance as required by Applicable Laws
{END-IF}

Standard Terms
8. Limitation of Liability
8.1 Except as provided in Section 8.4 (Exceptions), each party\u2019s total cumulative liability for all claims arising out of this Agreement will not be more than the General Cap Amount.
9. Indemnification
9.1 Provider will indemnify, defend, and hold harmless Customer from and against all Provider Covered Claims made by someone other than Customer, and all damages and settlements that result from them.
12.3 The Governing Law will govern all interpretations and disputes about this Agreement.
"""
BLANK = "Could not tell, because the form is blank here."


def found(text=COVER, playbook="saas-customer"):
    return review(shipped(playbook), text)


@pytest.mark.parametrize("issue", ["liability_cap", "ip_indemnity", "insurance", "payment", "governing_law"])
def test_a_row_that_is_there_and_blank_is_not_missing(issue):
    finding = found().finding(issue)
    assert (finding.status, finding.rule) == ("unsure", BLANK)
    assert "{" in "".join(str(row["quote"]) for row in finding.also) + finding.quote


@pytest.mark.parametrize(
    ("issue", "before", "after"),
    [
        (
            "liability_cap",
            ["{general_cap_display}"],
            ["the fees paid and payable by Customer in the twenty-four (24) months before the event that gave rise to the claim"],
        ),
        ("governing_law", ["{governing_law}", "{jurisdiction}"], ["Germany", "Germany"]),
        ("payment", ["{payment_display}"], ["Each invoice is due forty-five (45) days after receipt."]),
    ],
)  # fmt: skip
def test_the_change_fills_the_blank_and_touches_nothing_that_is_printed(issue, before, after):
    page = page_of(COVER)
    lines = {line.block: line for line in page.lines}
    edits = found().finding(issue).changes
    assert [lines[e["block"]].text[e["start"] : e["end"]] for e in edits] == before
    assert [e["text"].casefold() for e in edits] == [text.casefold() for text in after]


def test_the_blank_multiple_of_a_cap_is_no_cap_and_takes_the_multiple_alone():
    text = COVER.replace(
        "{general_cap_display}",
        "[ x ]\t{multiple}x the Fees paid or payable by Customer to Provider in the 12 month period immediately before the claim",
    )
    finding = found(text).finding("liability_cap")
    assert finding.status == "unsure"
    assert [edit["text"] for edit in finding.changes] == ["2"]


def test_what_was_filled_in_below_a_hint_is_read():
    text = COVER.replace(
        "{general_cap_display}", "The Fees paid and payable in the eighteen (18) months before the claim"
    )
    finding = found(text).finding("liability_cap")
    assert (finding.rung, finding.value["cap.months"]) == ("F1", 18)


@pytest.mark.parametrize("cap", ["the Fees paid in the three (3) months before the claim", "EUR 5,000"])
def test_our_own_cap_is_not_taken_with_theirs(cap):
    text = COVER.replace("{general_cap_display}", cap)
    finding = found(text).finding("liability_cap")
    assert finding.status == "outside"
    page = page_of(text)
    after = page.edited(finding.changes).text
    assert "each party\u2019s total cumulative liability" in after
    assert "provider\u2019s" not in after
    assert "Limitation of liability amount for most claims" in after


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("form", ["common-paper-cloud-service-agreement", "common-paper-csa-with-sla"])
def test_the_cap_of_a_real_form_is_filled_on_its_cover_page(form):
    document = redline.read((SHARED / "data" / "docx" / f"{form}.docx").read_bytes())
    finding = review(shipped("saas-customer"), document).finding("liability_cap")
    assert finding.status == "unsure"
    assert finding.changes
    blocks = {block.id: block.text for block in document.blocks}
    for edit in finding.changes:
        assert blocks[edit["block"]][edit["start"] : edit["end"]].startswith("{")


def test_what_could_not_be_told_is_never_a_reason_for_the_other_side():
    for finding in found().findings:
        if finding.status == "unsure":
            assert "could not tell" not in finding.reason.casefold()
            assert all("could not" not in str(edit["reason"]).casefold() for edit in finding.changes)
