"""Reviews: the JSON form, quotes and offsets, silence, blanks, what is left alone, and the same bytes
every time."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from clauses.topics.page import Page
from playbooks.library import shipped
from playbooks.review import review
from playbooks.risk import Risk
from playbooks.yaml_format import load
from tests.playbooks.test_yaml_format import SMALL

NDA = (
    '1. Confidentiality. Each party (the "Disclosing Party") may disclose Confidential Information to the '
    'other (the "Receiving Party").\n'
    "2. Term. The obligations of confidentiality survive for seven (7) years from disclosure. "
    "Trade secrets remain protected for as long as they remain trade secrets.\n"
    "3. Residuals. The Receiving Party may freely use Residuals retained in unaided memory.\n"
    "4. General. Neither party may assign this Agreement without the prior written consent "
    "of the other party. "
    "Notices must be in writing.\n"
    "5. Law. This Agreement is governed by the laws of the State of Texas, and the courts of Texas have "
    "jurisdiction.\n"
)
FIELDS = {
    "issue",
    "title",
    "category",
    "rung",
    "status",
    "severity",
    "weight",
    "clause",
    "quote",
    "start",
    "end",
    "blocks",
    "value",
    "expected",
    "rule",
    "decided_by",
    "reason",
    "changes",
    "approval",
    "checked",
    "why_not",
    "also",
    "document",
    "rule_id",
    "cautions",
    "rests_on",
}


def nda(**options):
    return review(shipped("mutual-nda"), NDA, **options)


def after(text, edits):
    return Page.from_text(text).edited(edits).text


def test_every_issue_has_one_finding_in_the_order_of_the_playbook():
    assert [finding.issue for finding in nda().findings] == [
        issue.code for issue in shipped("mutual-nda").issues
    ]


def test_the_json_has_the_stable_fields_and_no_internal_guidance():
    data = json.loads(nda().to_json())
    assert set(data) == {
        "playbook",
        "version",
        "digest",
        "risk",
        "findings",
        "elsewhere",
        "not_covered",
        "absent",
    }
    assert all(set(finding) == FIELDS for finding in data["findings"])
    guidance = [
        rung.guidance for issue in shipped("mutual-nda").issues for rung in issue.rungs if rung.guidance
    ]
    assert guidance
    assert not any(text in nda().to_json() for text in guidance)


def test_quotes_are_the_text_at_their_offsets():
    for finding in nda().findings:
        if finding.start is not None:
            assert NDA[finding.start : finding.end] == finding.quote
        for place in finding.also:
            assert NDA[place["start"] : place["end"]] == place["quote"]


def test_a_finding_tells_value_rule_reason_and_change():
    found = nda().finding("secrecy_term")
    assert (found.status, found.rung, found.clause) == ("outside", "walk_away", "2. Term".replace(".", "", 1))
    assert found.value["years"] == 7
    assert found.rule == "The duty of secrecy lasts 7 years; we accept 5 years or less."
    assert "at most 5 years" in found.decided_by
    assert "found 7" in found.decided_by
    assert found.reason
    assert found.approval == ({"mode": "any", "roles": ["general_counsel"]},)
    assert [(edit["op"], edit["text"]) for edit in found.changes] == [("replace", "three (3)")]
    assert NDA.replace("seven (7)", "three (3)") == after(NDA, found.changes)


def test_a_forbidden_clause_is_deleted_alone():
    found = nda().finding("residuals")
    assert after(NDA, found.changes) == "".join(
        line + "\n" for line in NDA.splitlines() if "Residuals" not in line
    )


def test_what_is_good_enough_for_their_paper_is_left_alone():
    assert nda().finding("assignment").changes == ()
    assert nda(paper="ours").finding("assignment").changes != ()


def test_both_place_names_change_together():
    found = nda().finding("governing_law")
    assert "laws of Germany, and the courts of Germany have" in after(NDA, found.changes)


def test_a_missing_clause_goes_behind_the_clause_it_belongs_after():
    found = nda().finding("return_destroy")
    assert found.status == "missing"
    (edit,) = found.changes
    assert (edit["op"], edit["block"]) == ("insert_after", "line:1")
    assert edit["text"].startswith("2A. Return or Destruction. ")


def test_silence_can_be_what_we_want():
    assert nda().finding("penalty").status == "compliant"
    assert nda().finding("penalty").changes == ()


def test_a_blank_form_is_unsure_and_gets_no_change():
    text = (
        "The obligations of confidentiality survive for the Confidentiality "
        "Period.\nConfidentiality Period\n[Fill in]\n"
    )
    found = review(shipped("mutual-nda"), text).finding("secrecy_term")
    assert (found.status, found.rung, found.changes) == ("unsure", None, ())
    assert "blank" in found.rule


def test_words_and_figures_that_disagree_are_a_question_not_a_guess():
    text = "The obligations of confidentiality survive for three (5) years from disclosure."
    found = review(shipped("mutual-nda"), text).finding("secrecy_term")
    assert found.status == "unsure"
    assert "words and figures disagree" in found.rule


def test_terms_that_are_named_but_not_attached_leave_everything_open():
    text = (
        "By signing, the parties enter into the Standard Mutual NDA (Version 2) "
        "available at the publisher's site.\n"
    )
    found = review(shipped("mutual-nda"), text)
    assert found.findings == ()
    assert {finding.status for finding in found.elsewhere} == {"unsure"}
    assert "not attached" in found.finding("penalty").rule
    assert found.absent == ("Standard Mutual NDA (Version 2)",)


def test_the_worst_of_two_places_counts_and_both_are_shown():
    text = (
        "The Provider's total liability shall not exceed the Fees paid and payable in "
        "the twelve (12) months before the event.\n"
        "In no case shall the Provider's total liability exceed the Fees paid in the "
        "two (2) months before the event.\n"
    )
    found = review(shipped("saas-customer"), text).finding("liability_cap")
    assert found.status == "outside"
    assert "two (2) months" in found.quote
    assert [place["rung"] for place in found.also] == ["F1"]


def test_better_than_asked_is_compliant_and_untouched():
    text = (
        "The obligations of confidentiality survive for one (1) year from disclosure; "
        "trade secrets remain protected for as long as they are secret."
    )
    found = review(shipped("mutual-nda"), text).finding("secrecy_term")
    assert (found.status, found.changes) == ("compliant", ())


def test_deal_facts_decide_where_the_rule_asks_for_them():
    text = SMALL.replace("law in LIST.ours", "law = deal.law")
    contract = "This Agreement is governed by the laws of Ireland."
    assert review(load(text), contract, deal={"law": "Ireland"}).finding("law").status == "compliant"
    assert review(load(text), contract, deal={"law": "Ohio"}).finding("law").status == "outside"
    unknown = review(load(text), contract).finding("law")
    assert unknown.status == "unsure"
    assert "deal does not say" in unknown.rule


def test_risk_is_the_sum_of_named_findings():
    risk = nda().risk
    assert isinstance(risk, Risk)
    assert risk.score == sum(weight for _, _, weight in risk.parts)
    assert {issue for issue, _, _ in risk.parts} == {f.issue for f in nda().findings if f.weight}


def test_what_could_not_be_told_weighs_like_the_walk_away():
    blank = review(shipped("mutual-nda"), "Confidentiality Period\n[Fill in]\n").finding("secrecy_term")
    assert blank.weight == shipped("mutual-nda").issue("secrecy_term").walk_away.weight


def test_the_same_bytes_under_every_hash_seed(tmp_path):
    program = (
        "import sys; from playbooks.library import shipped; from playbooks.review import review\n"
        "text = open(sys.argv[1], encoding='utf-8').read()\n"
        "sys.stdout.buffer.write(''.join(review(shipped(n), text).to_json() for n in "
        "('mutual-nda', 'saas-customer')).encode())"
    )
    path = tmp_path / "contract.txt"
    path.write_text(NDA, encoding="utf-8")
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "424242")
    }
    assert len(outputs) == 1


def test_numbers_in_the_json_are_numbers():
    value = nda().finding("secrecy_term").to_data()["value"]["years"]
    assert value == 7
    assert not isinstance(value, Decimal)


@pytest.mark.parametrize(
    "text", ["", "\n", "\n\n\n", "\x0b", "a" * 50_000, "1.\n2.\n3.\n", "”“’ — \u200b", "((((((" * 500]
)
def test_odd_text_is_reviewed_without_a_crash(text):
    assert len(review(shipped("saas-customer"), text).findings) == len(shipped("saas-customer").issues)
