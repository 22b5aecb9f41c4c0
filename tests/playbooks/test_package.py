"""The documents of a deal read together; papers that are only a part; what no issue covers; order and filters."""
# ruff: noqa: E501  (clauses stand whole, so that they can be read)

import os
import subprocess
import sys
from pathlib import Path

import pytest

import redline
from config.demo import contracts
from playbooks.library import shipped
from playbooks.ordering import ORDERS, filtered, ordered
from playbooks.review import Document, page_of, review, review_package
from playbooks.rules import OUTSIDE
from tests.playbooks.test_traps import COVER, FEES, TERMS, only

LOW = "8. Liability. The Provider's total liability shall not exceed the Fees paid and payable in the three (3) months before the claim.\n"
HIGH = "2. Liability. The Provider's total liability shall not exceed the Fees paid and payable in the eighteen (18) months before the claim.\n"


def cap(*documents):
    return review_package(only("provider_cap"), documents, deal=FEES).finding("provider_cap")


def test_without_ranks_the_worst_document_counts():
    found = cap(Document("Order", HIGH), Document("Terms", LOW))
    assert (found.rung, found.document) == (OUTSIDE, "Terms")
    assert [(place["document"], place["rung"]) for place in found.also] == [("Order", "F1")]


def test_with_ranks_the_better_ranked_document_decides_and_the_other_is_shown():
    found = cap(Document("Order", HIGH, 1), Document("Terms", LOW, 2))
    assert (found.rung, found.document) == ("F1", "Order")
    assert [(place["document"], place["rung"]) for place in found.also] == [("Terms", OUTSIDE)]
    other_way = cap(Document("Order", HIGH, 2), Document("Terms", LOW, 1))
    assert (other_way.rung, other_way.document) == (OUTSIDE, "Terms")


def test_offsets_blocks_and_edits_are_those_of_the_document():
    found = cap(Document("Order", HIGH, 2), Document("Terms", LOW, 1))
    assert LOW[found.start : found.end] == found.quote
    assert found.blocks == ("line:0",)
    for place in found.also:
        assert HIGH[place["start"] : place["end"]] == place["quote"]
    pay = "The Customer shall pay each invoice within ninety (90) days of the invoice date.\n"
    papers = [Document("Terms", LOW + pay), Document("Order", HIGH)]
    (edit,) = review_package(only("payment"), papers).finding("payment").changes
    assert (edit["document"], edit["block"], edit["text"]) == ("Terms", "line:1", "thirty (30)")


def test_a_cover_page_alone_is_not_the_contract_and_with_its_terms_it_is():
    book = only("provider_cap", "law_and_forum", "assignment")
    alone = review(book, COVER, deal=FEES)
    assert alone.findings == ()
    together = review_package(book, [Document("Terms", TERMS), Document("Cover", COVER)], deal=FEES)
    assert together.elsewhere == ()
    assert together.finding("law_and_forum").status == "compliant"


def test_our_order_form_gives_findings_on_what_it_says_only():
    found = review(shipped("saas-customer"), redline.read(contracts.build("hosting-order-form")))
    assert {one.issue: (one.status, one.rung) for one in found.findings} == {
        "uptime": ("fallback", "F2"),  # 99.9 % is said; a way out may stand in the terms that were not read
        "auto_renewal": ("compliant", "P"),
        "renewal_price": ("compliant", "P"),
        "payment": ("fallback", "F1"),
        "data_return": ("fallback", "F1"),
        "dpa": ("compliant", "P"),
    }
    assert found.finding("uptime").changes == ()
    assert len(found.findings) + len(found.elsewhere) == len(shipped("saas-customer").issues)


def test_rows_of_the_order_that_displace_the_terms_decide_in_the_package():
    documents = [
        Document(name, redline.read(contracts.build(slug)))
        for name, slug in (("Order", "hosting-order-form"), ("Master", "master-saas-agreement"))
    ]
    found = review_package(shipped("saas-customer"), documents)
    assert found.elsewhere == ()
    assert found.absent == ()
    payment = found.finding("payment")
    assert (payment.document, payment.rung, payment.value["days"]) == ("Order", "F1", 30)
    assert [(row["document"], row["rung"]) for row in payment.also] == [("Master", "F2")]
    renewal = found.finding("auto_renewal")
    assert (renewal.document, renewal.rung) == ("Master", "walk_away")
    assert [(row["document"], row["rung"]) for row in renewal.also] == [("Order", "P")]
    # Accepted, the change of the master's renewal brings the package to the rung asked for.
    assert {edit["document"] for edit in renewal.changes} == {"Master"}


def test_the_order_form_is_read_with_its_master_agreement():
    book = shipped("saas-customer")
    papers = [
        Document("order", redline.read(contracts.build("hosting-order-form")), 2),
        Document("master", redline.read(contracts.build("master-saas-agreement")), 1),
    ]
    found = review_package(book, papers)
    assert found.elsewhere == ()
    assert [f.issue for f in found.findings] == [issue.code for issue in book.issues]
    texts = {paper.name: page_of(paper.source).text for paper in papers}
    for finding in found.findings:
        if finding.start is not None:
            assert texts[finding.document][finding.start : finding.end] == finding.quote


def test_documents_need_different_names():
    with pytest.raises(ValueError, match="different names"):
        review_package(only("provider_cap"), [Document("A", LOW), Document("A", HIGH)])


def test_what_no_issue_covers_is_listed():
    text = (
        LOW
        + "9. Export. The Customer shall not export the Software to embargoed countries or let others do so.\n"
    )
    found = review(only("provider_cap"), text, deal=FEES)
    assert [clause.clause for clause in found.not_covered] == ["9 Export"]
    (clause,) = found.not_covered
    assert text[clause.start : clause.end] == clause.quote
    assert review(only("provider_cap"), LOW, deal=FEES).not_covered == ()


def test_a_finding_says_why_better_rules_did_not_fire():
    found = cap(Document("Terms", LOW))
    assert [row["rung"] for row in found.why_not] == ["P", "F1"]
    assert "at least 12 months" in found.why_not[1]["says"]
    assert "found 3" in found.why_not[1]["says"]
    assert found.rule_id.startswith("ladders-of-practice@1/provider_cap/walk_away#")


def findings():
    text = redline.read(contracts.build("master-saas-agreement"))
    return review(shipped("saas-customer"), text).findings


def test_findings_are_ordered_by_risk_policy_document_or_category():
    found = findings()
    assert ordered(found, "policy") == found
    weights = [("none", "low", "medium", "high").index(f.severity) for f in ordered(found)]
    assert weights == sorted(weights, reverse=True)
    starts = [f.start for f in ordered(found, "document") if f.start is not None]
    assert starts == sorted(starts)
    for by in ORDERS:
        assert {f.issue for f in ordered(found, by)} == {f.issue for f in found}
    with pytest.raises(ValueError, match="ordered by"):
        ordered(found, "mood")


def test_findings_are_filtered_by_threshold_and_what_is_unknown_stays():
    found = findings()
    high = filtered(found, at_least="high")
    assert high
    assert {f.severity for f in high} == {"high"}
    assert all(f.weight >= 9 for f in filtered(found, weight=9))
    assert {f.status for f in filtered(found, statuses={"fallback"})} == {"fallback"}
    assert {f.category for f in filtered(found, categories={"Liability"})} == {"Liability"}
    unsure = review(
        only("payment"), "The Customer shall pay each invoice within [30] days of the invoice date."
    ).findings
    assert filtered(unsure, at_least="high", weight=1000) == unsure


def test_risk_is_named_parts_that_never_offset_one_another():
    book = only("provider_cap", "payment", "law_and_forum")
    bad = review(book, LOW, deal=FEES)
    good_too = review(
        book,
        LOW + "The Customer shall pay each invoice within ten (10) days of the invoice date.\n",
        deal=FEES,
    )
    part = {issue: weight for issue, _, weight in bad.risk.parts}
    assert bad.risk.score == sum(part.values())
    assert part["provider_cap"] == {issue: w for issue, _, w in good_too.risk.parts}["provider_cap"]


PROGRAM = """
import sys
import redline
from config.demo import contracts
from playbooks.library import shipped, shipped_names
from playbooks.review import Document, review, review_package
slugs = ("master-saas-agreement", "hosting-order-form", "mutual-nda")
read = {slug: redline.read(contracts.build(slug)) for slug in slugs}
out = [review(shipped(name), read[slug]).to_json() for name in shipped_names()[::4] for slug in slugs]
out.append(review_package(shipped("saas-customer"), [Document(s, read[s], n) for n, s in enumerate(slugs, 1)]).to_json())
sys.stdout.buffer.write("".join(out).encode())
"""


def test_the_same_bytes_in_every_process():
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "7", "4294967295")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 100_000


@pytest.mark.parametrize("slug", ["master-saas-agreement", "data-processing-agreement"])
def test_a_review_after_an_edit_is_the_review_of_the_edited_text(slug):
    book = shipped("saas-customer" if "saas" in slug else "dpa-controller")
    page = page_of(redline.read(contracts.build(slug)))
    before = review(book, page)
    long_lines = [line for line in page.lines if line.is_text and len(line.text) > 120]
    for line in long_lines[::9]:
        words = line.text.replace("thirty (30)", "forty (40)").replace("shall", "must")
        edited = page.edited(
            [{"op": "replace", "block": line.block, "start": 0, "end": len(line.text), "text": words}]
        )
        again = review(book, edited, earlier=(before, page))
        assert again.to_json() == review(book, edited).to_json()
