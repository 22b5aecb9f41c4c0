"""The two playbooks that Bonterms publishes: every row accounted for, and what Parley can execute of them."""

from collections import Counter

import pytest

from playbooks.importing.building import Head, build, problems_of
from playbooks.importing.plan import Book, Plan
from playbooks.importing.proposing import propose
from playbooks.importing.reading import read_tables
from playbooks.trials import check_examples
from tests.shared import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.shared]
FOLDER = SHARED / "data" / "playbooks"
CLOUD = "playbook-of-additional-terms-for-bonterms-cloud-terms-and-sla.docx"
NDA = "playbook-of-additional-terms-for-bonterms-nda.docx"


def book_of(name: str) -> Book:
    tables = read_tables((FOLDER / name).read_bytes(), file_name=name)
    return Book(tables, Plan.first(tables, name), {})


@pytest.mark.parametrize(
    ("name", "kinds", "issues"),
    [
        (CLOUD, {"section": 11, "row": 25, "blank": 1, "not_used": 1}, 18),
        (NDA, {"section": 5, "row": 6, "part": 1, "not_used": 1}, 6),
    ],
)
def test_every_row_is_accounted_for(name, kinds, issues):
    book = book_of(name)
    found = Counter(line.kind for table in book.sorted for line in table.lines)
    assert found == kinds
    assert sum(found.values()) == sum(len(table.rows) for table in book.tables)
    assert len(book.rows) == issues


@pytest.mark.parametrize(
    ("name", "executable"),
    [
        (
            CLOUD,
            {
                "Approval of Logo Usage": ("publicity", "consent = required"),
                "Change Target Availability": ("uptime", "uptime >= 99.5"),
                "Change Multiple Failures Threshold": ("uptime", "exit.misses <= 2"),
            },
        ),
        (
            NDA,
            {
                "Add Feedback Clause": ("secrecy_exceptions", "exceptions has [feedback]"),
                "No Independent Development Exception": (
                    "secrecy_exceptions",
                    "exceptions lacks [independent]",
                ),
            },
        ),
    ],
)
def test_what_can_be_executed_is_found(name, executable):
    book = book_of(name)
    head = Head("bonterms", "Bonterms", "saas", "customer")
    ready = {}
    for row in book.rows:
        decision = propose(row, side="customer").decision
        if decision.use == "take" and not problems_of(row.key, decision, head):
            ready[row.title] = (row.key, decision, book.place(row))
    for title, (topic, when) in executable.items():
        decision = ready[title][1]
        assert (decision.topic, decision.rungs[0].when) == (topic, when)
    read = build(head, list(ready.values()))
    assert check_examples(read)[1] == ()
