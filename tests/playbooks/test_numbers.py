"""Numbers that Word counts: no proposal moves one that others refer to, or leaves a heading without text."""

import pytest

import redline
from clauses.topics.page import Page
from config.demo import contracts
from playbooks.block_changes import emptied_headings, removal
from playbooks.library import shipped
from playbooks.numbers import behind, moves_references, path_of, section_end
from playbooks.papers import DocumentPage
from playbooks.review import page_of, proposal_for_rung, review, together
from tests.shared import SHARED, needs_shared


def counted(*rows):
    """A page whose numbers Word counts: rows of "number|text", headings where the text is short."""
    found = []
    for at, row in enumerate(rows):
        number, _, text = row.partition("|")
        found.append((f"body:{at}", text, number, "heading" if len(text) < 20 else "paragraph"))
    return DocumentPage(Page.from_rows(found).lines, {}, {block: number for block, _, number, _ in found})


TERMS = (
    "1.|The Services",
    "1.1|The Provider shall provide the Services to the Customer with reasonable skill and care.",
    "1.2|The Provider may change this Agreement at any time by posting the changed version on its website.",
    "1.3|The Customer keeps all rights in the data that it puts into the Services during the term.",
    "2.|Fees",
    "2.1|The Customer shall pay the Fees when they fall due under the Order that the parties have signed:",
    "(a)|for the first year, in advance, and",
    "(b)|for each later year, at its beginning.",
    "2.2|The sections named here survive: {refs}.",
)


def terms(refs):
    return counted(*(row.format(refs=refs) for row in TERMS))


@pytest.mark.parametrize(
    ("index", "path", "moved"),
    [
        (1, "1.1", ["1.2", "1.3"]),
        (3, "1.3", []),
        (0, "1", ["2"]),
        (6, "2.1(a)", ["2.1(b)"]),
        (8, "2.2", []),
    ],
)
def test_a_paragraph_moves_those_behind_it_in_its_row(index, path, moved):
    page = terms("none")
    assert path_of(page, index) == path
    assert list(behind(page, index)) == moved


@pytest.mark.parametrize(
    ("refs", "named"),
    [
        ("Section 1.3 (Rights)", ("1.3",)),
        ("Sections 1.1, 1.3(a) and 2", ("1.3(a)",)),
        ("Sections 1.1 (Access) and 2", ()),
        ("Section 11.3 and Section 1.33", ()),
    ],
)
def test_it_knows_which_references_a_clause_would_move(refs, named):
    assert moves_references(terms(refs), 2) == named


def test_a_clause_that_must_go_keeps_its_number_where_a_later_one_is_named():
    page = terms("Section 1.3")
    edits = removal(page, [page.passage(page.lines[2].start, page.lines[2].end).span])
    assert [(e["op"], e["block"], e["text"]) for e in edits] == [
        ("replace", "body:2", "Intentionally omitted.")
    ]


def test_a_clause_that_nobody_behind_is_named_with_goes_whole():
    page = terms("Section 1.1")
    edits = removal(page, [page.passage(page.lines[2].start, page.lines[2].end).span])
    assert edits == [{"op": "delete_block", "block": "body:2"}]


def test_the_end_of_a_section_is_behind_its_last_clause_and_its_list():
    page = terms("Section 1.3")
    assert section_end(page, 1) == 3
    assert section_end(page, 5) == 8


def test_the_engine_counts_a_clause_put_behind_a_list_as_a_clause():
    page = page_of(redline.read(contracts.build("master-saas-agreement")))
    data = contracts.build("master-saas-agreement")
    items = [n for n, line in enumerate(page.lines) if line.is_item and not page.lines[n + 1].is_item]
    above = next(n for n in range(items[0], 0, -1) if not page.lines[n].is_item)
    edit = {
        "op": "insert_after",
        "block": page.lines[items[0]].block,
        "style_from": page.lines[above].block,
        "text": "The Provider shall keep records.",
    }
    after = redline.read(
        redline.resolve(redline.apply(data, [edit], date="2026-01-01T00:00:00Z").docx, accept_all=True)
    )
    fresh = next(block for block in after.blocks if block.text == "The Provider shall keep records.")
    assert fresh.number.rpartition(".")[0] == page.lines[above].number.rpartition(".")[0]


def test_two_deletions_that_empty_a_section_take_its_heading():
    document = redline.read(contracts.build("evaluation-nda"))
    found = review(shipped("mutual-nda"), document)
    page = page_of(document)
    both = [edit for issue in ("non_solicit", "penalty") for edit in found.finding(issue).changes]
    heading = next(line for line in page.lines if line.text == "Staff")
    assert [edit["block"] for edit in emptied_headings(page, both)] == [heading.block]
    assert heading.block in {edit["block"] for edit in together(found, document)}
    assert emptied_headings(page, both[:1]) == []


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("issue", ["uptime", "ip_indemnity", "insurance", "payment"])
def test_a_clause_put_into_a_real_form_moves_no_reference(issue):
    data = (SHARED / "data" / "docx" / "common-paper-cloud-service-agreement.docx").read_bytes()
    page = page_of(redline.read(data))
    wanted = shipped("saas-customer").issue(issue).opening
    edits = proposal_for_rung(shipped("saas-customer"), page, issue, wanted) or ()
    for edit in edits:
        if edit["op"] == "insert_after":
            index = next(n for n, line in enumerate(page.lines) if line.block == edit["block"])
            assert moves_references(page, index) == ()
