"""Columns, rows, topics, positions and people: what Parley makes of a table before anybody corrects it."""
# ruff: noqa: E501  (tables are harder to check when cut over lines)

import pytest

from playbooks.importing.building import CannotBuild, Head, build
from playbooks.importing.columns import recognise, role_of
from playbooks.importing.decisions import Decision, RungChoice
from playbooks.importing.instructions import read_position
from playbooks.importing.lines import sort_rows
from playbooks.importing.people import approvers_code, approvers_of, risk_of
from playbooks.importing.plan import Plan, contract_types
from playbooks.importing.positions import candidates, read_cell
from playbooks.importing.proposing import propose
from playbooks.importing.tables import Table
from playbooks.importing.topic_guess import guess_topics
from playbooks.importing.words import contract_name
from playbooks.topics import TOPICS
from playbooks.trials import check_examples
from tests.playbooks.importing.files import LADDERS

HEAD = Head("our-rules", "Our rules", "saas", "customer", "Made from a table.")


def table(rows, areas=()) -> Table:
    return Table("Table 1", tuple(tuple(row) for row in rows), tuple(areas))


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Issue", "issue"),
        ("Clause / Topic", "issue"),
        ("Key Term", "issue"),
        ("Preferred Position", "preferred"),
        ("Our standard position", "preferred"),
        ("Preferred language", "preferred_wording"),
        ("Sample wording", "preferred_wording"),
        ("Fallback", "fallback"),
        ("Fall-back #2", "fallback:2"),
        ("Second fallback language", "fallback_wording:2"),
        ("Acceptable alternative", "fallback"),
        ("Unacceptable", "walk_away"),
        ("Walk-away / red lines", "walk_away"),
        ("Deal breaker", "walk_away"),
        ("Rationale", "guidance"),
        ("Reason to share with the counterparty", "reason"),
        ("Negotiation guidance", "guidance"),
        ("Escalation", "approver"),
        ("Approval needed from", "approver"),
        ("Risk rating", "risk"),
        ("Priority", "risk"),
        ("#", "ignore"),
        ("The quick brown fox", "ignore"),
    ],
)
def test_headings_say_what_a_column_holds(heading, role):
    assert role_of(heading) == role


def test_the_row_of_headings_may_stand_below_a_banner():
    rows = [
        ["Our rules for the year", "", ""],
        ["Issue", "Fallback", "Fallback"],
        ["Payment", "45 days", "60 days"],
    ]
    found = recognise(table(rows))
    assert (found.header, found.roles, found.sure) == (1, ("issue", "fallback:1", "fallback:2"), True)


def test_without_headings_short_titles_and_long_texts_tell_the_columns():
    rows = [["Payment", "x " * 60], ["Liability", "y " * 60]]
    found = recognise(table(rows))
    assert (found.header, found.roles, found.sure) == (None, ("issue", "preferred"), False)


def test_of_two_title_columns_the_one_that_says_issue_is_the_issue():
    assert recognise(table([["Clause", "Issue", "Preferred"], ["a", "b", "c"]])).roles == (
        "category",
        "issue",
        "preferred",
    )


def test_every_row_is_something():
    rows = [
        ["Issue", "Preferred", "Note"],
        ["MONEY", "", ""],
        ["Payment", "30 days", ""],
        ["", "45 days", "if they insist"],
        ["", "", ""],
        ["Issue", "Preferred", "Note"],
        ["Law", "New York", ""],
    ]
    t = table(rows, areas=[(1, 0, 1, 2)])
    found = sort_rows(t, recognise(t), 0)
    assert [line.kind for line in found.lines] == [
        "heading",
        "section",
        "row",
        "part",
        "blank",
        "heading",
        "row",
    ]
    assert [(row.title, row.category, row.parts) for row in found.rows] == [
        ("Payment", "MONEY", [3]),
        ("Law", "MONEY", []),
    ]
    # A second line that does not say which position it is, is for people to read.
    assert found.rows[0].text("preferred") == "30 days"
    assert found.rows[0].text("guidance") == "45 days\nif they insist"


def test_a_column_may_name_the_position_of_its_row():
    rows = [
        ["Issue", "Level", "Language", "Approver"],
        ["Payment", "Preferred", "30 days", ""],
        ["Payment", "Fallback", "45 days", "Finance"],
        ["", "Fallback", "60 days", "CFO"],
        ["", "Walk-away", "Longer", ""],
    ]
    t = table(rows)
    (row,) = sort_rows(t, recognise(t), 0).rows
    assert row.text("preferred_wording") == "30 days"
    assert row.text("fallback_wording:1") == "45 days"
    assert row.text("fallback_wording:2") == "60 days"
    assert row.text("walk_away") == "Longer"


@pytest.mark.parametrize(
    ("title", "topic", "band"),
    [
        ("Payment terms", "payment_days", "sure"),
        ("Limitation of liability", "liability_cap", "sure"),
        ("Governing law and venue", "governing_law", "sure"),
        ("Auto-renewal", "auto_renewal", "sure"),
        ("Assignment", "assignment", "sure"),
        ("Data breach notification", "breach_notice", "sure"),
        ("Publicity / logo use", "publicity", "sure"),
        ("Insurance", "insurance", "sure"),
        ("Sub-processors", "sub_processors", "sure"),
        ("Super-cap for data breach", "data_cap", "check"),
        ("Service levels", "uptime", "sure"),
    ],
)
def test_a_title_names_its_topic(title, topic, band):
    best = guess_topics(title, "", "")[0]
    assert best.topic == topic
    assert best.band in {band, "sure"}


def test_no_topic_is_made_up():
    assert all(guess.band == "unsure" for guess in guess_topics("Company picnic", "", "Twice a year"))


@pytest.mark.parametrize(
    ("topic", "side", "cells", "conditions"),
    [
        ("payment_days", "supplier", ["Net 30", "45 days", "60 days"], ["days <= 30", "days <= 45", "days <= 60"]),
        ("payment_days", "customer", ["60 days", "45 days", "30 days"], ["days >= 60", "days >= 45", "days >= 30"]),
        ("payment_days", "both", ["no more than 30 days"], ["days <= 30"]),
        ("liability_cap", "customer", ["24 months' fees", "12 months"], ["cap.months >= 24", "cap.months >= 12"]),
        ("liability_cap", "provider", ["6 months", "12 months"], ["cap.months <= 6", "cap.months <= 12"]),
        ("governing_law", "both", ["New York", "Delaware or California"], ['law = "New York"', "law in [Delaware, California]"]),
        ("mutuality", "both", ["Mutual", "One-way"], ["binds = both", "binds = one"]),
        ("auto_renewal", "customer", ["None", "12 months"], ["clause absent", "months <= 12"]),
        ("breach_notice", "controller", ["24 hours", "within 48 hours of becoming aware"], ["hours <= 24", "hours <= 48"]),
        ("insurance", "buyer", ["at least $5,000,000", "USD 2 million"], ["amount >= 5000000", "amount >= 2000000"]),
        ("uptime", "customer", ["99.9%", "99.5 %"], ["uptime >= 99.9", "uptime >= 99.5"]),
        ("publicity", "both", ["No publicity without prior written consent"], ["consent = required"]),
        ("secrecy_exceptions", "both", ["Delete Section 4(d) which reads:\n“(d) independently developed by it.”"], ["exceptions lacks [independent]"]),
    ],
)  # fmt: skip
def test_what_a_cell_means(topic, side, cells, conditions):
    reads = [read_cell(topic, TOPICS[topic].title, cell) for cell in cells]
    assert [options[0].when for options in candidates(topic, side, reads)] == conditions


def test_a_wording_is_read_as_the_contract_would_be():
    text = "The Customer shall pay each invoice within forty-five (45) days of receipt."
    (options,) = candidates("payment_days", "provider", [read_cell("payment_days", "Payment", text)])
    assert options[0].band == "sure"
    assert "days <= 45 and from = receipt" in [option.when for option in options]


def test_parties_named_in_passing_are_no_position_and_a_title_may_say_what_an_instruction_is_for():
    trials = "Notwithstanding anything else in this Agreement, Provider offers no warranty, SLA or Support for Trials."
    assert read_cell("ip_indemnity", "Trials and betas", trials).values == {}
    cell = "Replace the first sentence with the following:\nThis Mutual NDA allows the Discloser to disclose its Confidential Information to the Recipient."
    assert read_cell("mutuality", "Make NDA unilateral", cell).values == {"binds": "one"}


def test_a_blank_in_a_position_is_named_and_never_sure():
    read = read_cell(
        "payment_days", "Payment", "All amounts are due within [__] days after the invoice date."
    )
    assert read.position.blanks == ("[__]",)
    assert all(option.band != "sure" for option in candidates("payment_days", "both", [read])[0])


def test_an_instruction_is_told_from_its_words_and_notes():
    found = read_position(
        "Replace the first sentence of Section 2 with the following:\nEach party pays [30] days after invoice."
        "\n[USAGE NOTES: for large deals only]"
    )
    assert found.instruction.startswith("Replace the first sentence")
    assert found.words == "Each party pays 30 days after invoice."
    assert found.notes == "for large deals only"
    assert not found.deletes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ""),
        ("None", ""),
        ("Legal", "any:legal"),
        ("CFO and General Counsel", "all:cfo,general_counsel"),
        ("Finance or procurement", "any:finance,procurement"),
        ("Head of Legal", "any:general_counsel"),
        ("DPO", "any:privacy"),
    ],
)
def test_people_are_known_by_what_they_are_called(text, code):
    rule, known = approvers_of(text)
    assert known
    assert approvers_code(rule) == code


def test_a_name_nobody_knows_is_said_so():
    assert approvers_of("Aunt Emma") == (None, False)


@pytest.mark.parametrize(
    ("text", "risk"),
    [("High", "high"), ("1", "high"), ("3", "low"), ("Should-have", "medium"), ("purple", "")],
)
def test_risks_are_known_by_what_they_are_called(text, risk):
    assert risk_of(text) == risk


def proposals(rows, side="customer"):
    t = table(rows)
    return [propose(row, side=side) for row in sort_rows(t, recognise(t), 0).rows]


def test_a_plain_table_becomes_a_playbook_whose_wordings_land():
    found = proposals(LADDERS)
    taken = [(f"0:{n}", p.decision, f"row {n}") for n, p in enumerate(found) if p.decision.use == "take"]
    read = build(HEAD, taken)
    assert [issue.topic for issue in read.issues] == [
        "payment_days",
        "liability_cap",
        "governing_law",
        "auto_renewal",
    ]
    payment = read.issues[0]
    assert [rung.id for rung in payment.rungs] == ["P", "F1", "F2"]
    assert payment.rungs[1].approvers.roles == ("finance",)
    assert payment.walk_away.guidance == "Anything longer"
    assert read.issues[3].missing.stands == "P"
    assert check_examples(read)[1] == ()
    # What no topic fits is proposed to be left out, not guessed into a rule.
    assert found[-1].decision.use == "leave"


def test_what_was_written_for_colleagues_never_becomes_a_reason():
    rows = [
        ["Issue", "Preferred", "Rationale", "Unacceptable"],
        ["Payment period", "30 days", "Our cash is tight until spring", "We would lose the bank"],
    ]
    (issue,) = build(HEAD, [("0:1", proposals(rows)[0].decision, "row 2")]).issues
    said = " ".join(
        [*(rung.reason for rung in issue.rungs), issue.walk_away.reason, *(r.label for r in issue.rungs)]
    )
    assert "cash" not in said
    assert "bank" not in said
    assert issue.rungs[0].guidance == "Our cash is tight until spring"


def test_what_is_wrong_is_named_by_row_and_rung():
    ladder = (RungChoice("preferred", "a", "days <= 30"), RungChoice("fallback:1", "b", "days <= 20"))
    good = Decision("take", "Payment", topic="payment_days", rungs=ladder[:1])
    bad = Decision("take", "Payment again", topic="payment_days", rungs=ladder)
    none = Decision("take", "Law", topic="governing_law", rungs=(RungChoice("preferred", "any"),))
    with pytest.raises(CannotBuild) as found:
        build(HEAD, [("0:1", good, ""), ("0:2", bad, ""), ("0:3", none, "")])
    assert [(p.key, p.rung) for p in found.value.problems] == [("0:3", 0)]
    with pytest.raises(CannotBuild) as found:
        build(HEAD, [("0:1", good, ""), ("0:2", bad, "")])
    assert [(p.key, p.rung) for p in found.value.problems] == [("0:2", 1)]
    assert "can never be reached" in found.value.problems[0].says


def test_a_wording_with_a_blank_is_no_wording_yet():
    rung = RungChoice("preferred", "a", "days <= 30", wording="Invoices are due within [__] days.")
    with pytest.raises(CannotBuild, match="fill in “\\[__\\]” in its wording"):
        build(HEAD, [("0:1", Decision("take", "Payment", topic="payment_days", rungs=(rung,)), "")])


def test_two_issues_of_one_title_get_codes_of_their_own():
    one = Decision(
        "take", "Payment!", topic="payment_days", rungs=(RungChoice("preferred", "a", "days <= 30"),)
    )
    read = build(HEAD, [("0:1", one, ""), ("0:2", one, "")])
    assert [issue.code for issue in read.issues] == ["payment", "payment_2"]


def test_the_same_table_gives_the_same_bytes():
    def digest() -> str:
        found = [
            (f"0:{n}", p.decision, "") for n, p in enumerate(proposals(LADDERS)) if p.decision.use == "take"
        ]
        return build(HEAD, found).digest

    assert digest() == digest()


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("mutual-nda.docx", "Mutual NDA"),
        ("SOW_short form.docx", "SOW short form"),
        ("master-saas-agreement.txt", "Master SaaS agreement"),
    ],
)
def test_a_title_out_of_a_file_name_keeps_short_names_as_they_are_written(file, title):
    assert Plan.first([], file).title == title


def test_each_kind_of_contract_is_offered_once_and_in_words():
    kinds = contract_types()
    names = [contract_name(kind) for kind in kinds]
    assert len(set(names)) == len(kinds)
    assert {"NDA, mutual", "data processing agreement", "employment"} <= set(names)


def test_a_plan_survives_being_stored():
    plan = Plan.first([table(LADDERS)], "our_cloud-rules.xlsx")
    assert Plan.from_data(plan.to_data()) == plan
    assert (plan.title, plan.name, plan.contract_type) == ("Our cloud rules", "our-cloud-rules", "saas")
    decision = Decision("take", "T", rungs=(RungChoice("preferred", "a", "days <= 30"),))
    assert Decision.from_data(decision.to_data()) == decision
