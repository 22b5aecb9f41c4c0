"""What a playbook would have cost: counted here by hand, and by the program."""

from playbooks.backtest import Count, Outcome, backtest, outcome, tally
from playbooks.findings import Finding
from playbooks.library import shipped
from playbooks.review import review
from playbooks.rules import Playbook
from tests.analytics.histories import PAYS, small_playbook

SILENT = "Neither party may assign this agreement."
CONTRACTS = [PAYS.format(days=days) for days in (60, 30, 30, 20, 7)] + [SILENT]


def test_the_counts_are_those_made_by_hand():
    counts, outcomes = backtest(small_playbook(), CONTRACTS)
    # 60 → P; 30, 30 and silence → F1, free, but worse than the opening, which alone is left unmarked;
    # 20 → F2, finance approves; 7 → below the last rung, the CFO alone may let it pass.
    assert [one.stood[0].rung for one in outcomes] == ["P", "F1", "F1", "F2", "walk_away", "F1"]
    assert counts.issues["payment"] == Count(
        contracts=6,
        findings=5,
        approvals=1,
        stops=1,
        unsure=0,
        rungs={"F1": 3, "F2": 1, "P": 1, "walk_away": 1},
    )
    assert counts.to_data() == {
        "contracts": 6,
        "findings": 5,
        "approvals": 1,
        "stops": 1,
        "unsure": 0,
        "issues": {
            "payment": {
                "contracts": 6,
                "findings": 5,
                "approvals": 1,
                "stops": 1,
                "unsure": 0,
                "rungs": {"F1": 3, "F2": 1, "P": 1, "walk_away": 1},
            }
        },
        "approvers": {
            "cfo": {"approvals": 0, "stops": 1, "contracts": 1},
            "finance": {"approvals": 1, "stops": 0, "contracts": 1},
        },
    }


def test_a_softer_draft_costs_what_its_ladder_says():
    """F1 left alone on their paper, and fourteen days free: two findings and one approval less, by hand."""
    data = small_playbook(leave_alone={"our_paper": "P", "their_paper": "F1"}).to_data()
    del data["issues"][0]["rungs"][2]["approvers"]
    counts, _outcomes = backtest(Playbook.from_data(data), CONTRACTS)
    assert (counts.total.findings, counts.total.approvals, counts.total.stops) == (2, 0, 1)


def test_our_own_paper_is_judged_as_ours():
    book = small_playbook(leave_alone={"our_paper": "P", "their_paper": "F1"})
    ours, _ = backtest(book, CONTRACTS[1:2], paper="ours")
    theirs, _ = backtest(book, CONTRACTS[1:2])
    assert (ours.total.findings, theirs.total.findings) == (1, 0)


def test_what_cannot_be_told_is_counted_by_itself():
    counts, _ = backtest(
        small_playbook(), ["The Customer shall pay each invoice within [30] days of the invoice date."]
    )
    assert counts.issues["payment"] == Count(1, 0, 0, 0, 1, {"unsure": 1})


def test_where_any_of_several_may_decide_the_request_reaches_each():
    data = small_playbook().to_data()
    data["issues"][0]["rungs"][2]["approvers"] = {"any": ["finance", "legal"]}
    counts, _ = backtest(Playbook.from_data(data), CONTRACTS)
    assert counts.approvers["finance"] == counts.approvers["legal"]
    assert counts.total.approvals == 1


def test_it_says_what_a_review_of_the_same_text_says():
    """One judgement, two doors: status, rung, severity, weight and approvers, and a change proposed only
    where there is a finding."""
    playbook = shipped("mutual-nda")
    text = (
        "1. Term\nThe obligations of confidentiality survive for nine (9) years from disclosure.\n"
        "2. Return\nOn request the Recipient shall return or destroy the Confidential Information.\n"
        "3. Assignment\nNeither party may assign this Agreement without the consent of the other.\n"
    )
    told, full = outcome(playbook, text), review(playbook, text)
    assert (told.risk_score, told.risk_level) == (full.risk.score, full.risk.level)
    assert [one.issue for one in told.stood] == [found.issue for found in full.findings]
    for one, found in zip(told.stood, full.findings, strict=True):
        assert (one.status, one.rung or None, one.severity, one.weight) == (
            found.status,
            found.rung,
            found.severity,
            found.weight,
        )
        assert not found.changes or one.is_finding
        if one.needs:
            assert _roles(found) == one.roles


def _roles(found: Finding) -> tuple[str, ...]:
    return tuple(role for rule in found.approval for role in rule["roles"])


def test_an_outcome_is_stored_and_read_back_whole():
    told = outcome(shipped("mutual-nda"), "The obligations of confidentiality survive for nine (9) years.")
    again = Outcome.from_data(told.to_data())
    assert again.to_data() == told.to_data()
    assert tally([again]) == tally([told])
