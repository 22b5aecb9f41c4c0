"""Conditions as rows of a form: what rows say comes back as it was; the rest is left to text."""

import pytest

from clauses.topics.values import Spec
from playbooks.authoring.condition_rows import BadRows, Row, condition_of, names_of, rows_of, same
from playbooks.condition_text import parse, write
from playbooks.library import shipped, shipped_names

NAMES = {
    "clause": Spec("clause", "the clause"),
    "days": Spec("number", "days to pay", "day"),
    "from": Spec("word", "the start", allowed=("receipt", "invoice_date")),
    "law": Spec("word", "the law"),
    "keep": Spec("set", "copies", allowed=("backup", "legal_copy")),
    "text": Spec("wording", "the words"),
    "deal.value": Spec("number", "the value of the deal"),
}


@pytest.mark.parametrize(
    "text",
    [
        "clause present",
        "days <= 30",
        "days <= 30 and from = receipt",
        "days <= 30 or from in [receipt, invoice_date]",
        "days absent or days <= 30",
        "days <= 30 and (law absent or law in LIST.ours)",
        "days > deal.value and keep has [backup, legal_copy]",
        'text has ["hereby assigns", "third party"]',
        'from = "present"',
        "days = 2.5",
        "law != Germany and deal.value < 5",
    ],
)
def test_rows_give_back_the_condition_they_were_made_of(text):
    condition = parse(text)
    mode, rows = rows_of(condition)
    assert write(condition_of(mode, rows, NAMES)) == text


@pytest.mark.parametrize(
    "text", ["not days = 30", "days <= 30 or days absent", "(days <= 30 or days absent)"]
)
def test_another_way_to_write_the_same_rows_is_the_same(text):
    condition = parse(text)
    mode, rows = rows_of(condition)
    assert same(condition_of(mode, rows, NAMES), condition)


@pytest.mark.parametrize(
    "text",
    [
        "if days <= 30 then from = receipt",
        "rung(cap) >= F1",
        "covers(keep, other)",
        "days <= 30 and (from = receipt or law = Germany)",
        "not (days <= 30)",
        "ISSUE.cap.months >= 12",
        "days <= COVER.Payment_Period.days",
        "law = LIST.laws[deal.law]",
        'text has ["one; two"]',
        "days >= ISSUE.cap.months",
    ],
)
def test_what_rows_cannot_say_is_left_to_text(text):
    assert rows_of(parse(text)) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("", "="), "choose what is compared"),
        (Row("days", "has", "x"), "does not fit days to pay"),
        (Row("days", "<="), "say what days to pay is compared with"),
        (Row("days", "<=", "soon"), "“soon” is not a number"),
        (Row("days", "<=", "NaN"), "could be compared"),
        (Row("days", "<=", "1e400000"), "could be compared"),
        (Row("from", "=", "receipt; invoice_date"), "choose “is one of”"),
        (Row("law", "in", "LIST.ours; Germany"), "either a list or words"),
    ],
)
def test_a_row_that_says_nothing_is_named(row, said):
    with pytest.raises(BadRows) as caught:
        condition_of("all", [Row("clause", "present"), row], NAMES)
    assert list(caught.value.wrong) == [1]
    assert said in caught.value.wrong[1]


def test_no_row_at_all_is_no_condition():
    with pytest.raises(BadRows, match="at least one"):
        condition_of("all", [], NAMES)


def test_nine_of_ten_conditions_that_ship_are_rows_and_survive_them():
    """docs/playbooks.md says how many; a change of theirs belongs there."""
    rows = others = 0
    for name in shipped_names():
        playbook = shipped(name)
        for issue in playbook.issues:
            names = names_of(playbook, issue.topic)
            for rung in issue.rungs:
                shown = rows_of(rung.when)
                if shown is None:
                    others += 1
                    continue
                rows += 1
                assert same(condition_of(*shown, names), rung.when), write(rung.when)
    print(f"{rows} of {rows + others} conditions are rows")
    assert rows / (rows + others) > 0.9
